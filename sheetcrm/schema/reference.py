"""The reference tables: managers, products, territories, the market, the plan, campaigns and their members."""

from typing import Annotated, ClassVar

from sheetcrm.schema import kinds
from sheetcrm.schema.record import (
    COMPANY_ALIASES,
    CONTACT_ALIASES,
    EMAIL_ALIASES,
    MANAGER_ALIASES,
    NOTE_ALIASES,
    CampaignRef,
    Col,
    CompanyRef,
    ContactRef,
    Day,
    Email,
    Id,
    Integer,
    ManagerRef,
    Money,
    Plain,
    Quantity,
    Record,
    TableInfo,
    TerritoryRef,
    Text,
)
from sheetcrm.text import Label


class Manager(Record):
    """A salesperson, or the head (S-38, S-39)."""

    info: ClassVar[TableInfo] = TableInfo(
        "managers",
        Label("Managers", "Ответственные"),
        "M",
        star=True,
        aliases=("Менеджеры", "Сотрудники", "Продавцы", "Salespeople"),
        title_field="name",
    )

    manager_id: Annotated[Id, Col("ID ответственного", en="Manager ID")] = None
    name: Annotated[Text, Col("Имя", "ФИО", "Менеджер", "Manager", key=True, width=26)] = None
    email: Annotated[Email, Col("E-mail", *EMAIL_ALIASES, width=24)] = None
    role: Annotated[str | None, kinds.choice("manager_role"), Col("Роль", width=18)] = None
    functions: Annotated[Text, Col("Функции", width=20)] = None
    territories: Annotated[Text, Col("Территории", width=20)] = None
    hired: Annotated[Day, Col("Принят")] = None
    left: Annotated[Day, Col("Уволен")] = None
    substitute: Annotated[ManagerRef, Col("Замещает", "Заместитель")] = None
    strengths: Annotated[Plain, Col("Сильные стороны", width=24)] = None
    note: Annotated[Plain, Col("Примечание", *NOTE_ALIASES, width=30)] = None


class Product(Record):
    """What the firm sells (S-136)."""

    info: ClassVar[TableInfo] = TableInfo(
        "products",
        Label("Products", "Товары"),
        "PD",
        aliases=("Продукция", "Услуги", "Номенклатура"),
        title_field="name",
    )

    product_id: Annotated[Id, Col("ID товара", en="Product ID")] = None
    name: Annotated[Text, Col("Товар", "Наименование", "Название", "Product", key=True, width=30)] = None
    group: Annotated[Text, Col("Группа", "Группа товаров", width=20)] = None
    unit: Annotated[Text, Col("Ед.", "Единица")] = None
    price: Annotated[Money, Col("Цена", unit="currency", low=0)] = None
    period_days: Annotated[Integer, Col("Период покупки, дн.", unit="days", low=1)] = None
    sale_type: Annotated[str | None, kinds.choice("sale_type"), Col("Тип продаж")] = None
    stock: Annotated[Quantity, Col("Остаток")] = None
    expected_on: Annotated[Day, Col("Ожидается")] = None


class Territory(Record):
    """A place that managers share out; territories may be nested."""

    info: ClassVar[TableInfo] = TableInfo(
        "territories", Label("Territories", "Территории"), "TR", aliases=("Регионы",), title_field="territory"
    )

    territory_id: Annotated[Id, Col("ID территории", en="Territory ID")] = None
    territory: Annotated[Text, Col("Территория", key=True, width=24)] = None
    parent: Annotated[TerritoryRef, Col("Входит в", width=24)] = None
    manager: Annotated[ManagerRef, Col("Ответственный", *MANAGER_ALIASES, width=18)] = None


class MarketRow(Record):
    """What is known of a market: a product group in a territory in a period (S-66, S-90…S-93)."""

    info: ClassVar[TableInfo] = TableInfo("market", Label("Market", "Рынок"), "MK")

    market_id: Annotated[Id, Col("ID строки рынка", en="Market ID")] = None
    group: Annotated[Text, Col("Группа", "Группа товаров", width=20)] = None
    territory: Annotated[TerritoryRef, Col("Территория", width=20)] = None
    period: Annotated[Text, Col("Период")] = None
    volume: Annotated[Quantity, Col("Объём рынка", low=0)] = None
    clients_total: Annotated[Integer, Col("Клиентов на рынке", low=0)] = None
    price_min: Annotated[Money, Col("Цена мин.", unit="currency", low=0)] = None
    price_median: Annotated[Money, Col("Цена медиана", unit="currency", low=0)] = None
    price_max: Annotated[Money, Col("Цена макс.", unit="currency", low=0)] = None
    competitor: Annotated[Text, Col("Конкурент")] = None
    source: Annotated[Text, Col("Источник")] = None


class PlanRow(Record):
    """A planned figure of a manager for a month (S-72)."""

    info: ClassVar[TableInfo] = TableInfo("plan", Label("Plan", "План"), "PL")

    plan_id: Annotated[Id, Col("ID строки плана", en="Plan ID")] = None
    month: Annotated[Day, Col("Месяц")] = None
    manager: Annotated[ManagerRef, Col("Ответственный", *MANAGER_ALIASES, width=18)] = None
    indicator: Annotated[Text, Col("Показатель", width=20)] = None
    value: Annotated[Money, Col("Значение")] = None


class Campaign(Record):
    """A programme aimed at all or part of the clients (S-42…S-44)."""

    info: ClassVar[TableInfo] = TableInfo(
        "campaigns", Label("Campaigns", "Программы"), "PR", aliases=("Рассылки", "Programs"), title_field="name"
    )

    campaign_id: Annotated[Id, Col("ID программы", en="Campaign ID")] = None
    name: Annotated[Text, Col("Программа", "Название", "Наименование", "Campaign", key=True, width=28)] = None
    type: Annotated[str | None, kinds.choice("campaign_type"), Col("Тип", width=18)] = None
    manager: Annotated[ManagerRef, Col("Ответственный", *MANAGER_ALIASES, width=18)] = None
    start: Annotated[Day, Col("Начало")] = None
    end: Annotated[Day, Col("Окончание")] = None
    budget: Annotated[Money, Col("Бюджет", unit="currency", low=0)] = None
    content: Annotated[str | None, kinds.choice("campaign_content"), Col("Содержание")] = None
    segment: Annotated[Plain, Col("Сегмент", width=28)] = None
    control_share: Annotated[Quantity, Col("Доля контрольной группы, %", unit="%", low=0, high=100)] = None


class Member(Record):
    """A company's part in a campaign, state by state (S-84, S-85)."""

    info: ClassVar[TableInfo] = TableInfo("members", Label("Members", "Участники"), "MB")

    member_id: Annotated[Id, Col("ID участника", en="Member ID")] = None
    campaign: Annotated[CampaignRef, Col("Программа", key=True, width=24)] = None
    company: Annotated[CompanyRef, Col("Компания", *COMPANY_ALIASES, key=True, width=28)] = None
    company_link: Annotated[Plain, Col("связь с компанией", hidden=True)] = None
    contact: Annotated[ContactRef, Col("Контактное лицо", *CONTACT_ALIASES)] = None
    manager: Annotated[ManagerRef, Col("Ответственный", *MANAGER_ALIASES, width=18)] = None
    state: Annotated[str | None, kinds.choice("member_state"), Col("Состояние", "Статус", width=20)] = None
    planned_on: Annotated[Day, Col("Запланировано")] = None
    sent_on: Annotated[Day, Col("Отправлено")] = None
    delivered_on: Annotated[Day, Col("Доставлено")] = None
    confirmed_on: Annotated[Day, Col("Подтверждено")] = None
    responded_on: Annotated[Day, Col("Ответ получен")] = None
    bounced_on: Annotated[Day, Col("Не доставлено")] = None
    refused_on: Annotated[Day, Col("Отказ")] = None
    response: Annotated[Plain, Col("Ответ", width=30)] = None
