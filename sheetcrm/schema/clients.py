"""The first triad of tables: companies, their contacts, and what is known of their needs."""

from typing import Annotated, ClassVar

from sheetcrm.schema import kinds
from sheetcrm.schema.record import (
    CITY_ALIASES,
    COMPANY_ALIASES,
    CONTACT_ALIASES,
    EMAIL_ALIASES,
    MANAGER_ALIASES,
    NOTE_ALIASES,
    PHONE_ALIASES,
    STAGE_ALIASES,
    Col,
    CompanyRef,
    Day,
    Email,
    Id,
    Inn,
    Integer,
    Kpp,
    ManagerRef,
    Money,
    Phone,
    Plain,
    Quantity,
    Record,
    TableInfo,
    TerritoryRef,
    Text,
    YesNo,
)
from sheetcrm.text import Label


class Company(Record):
    """A firm in the client base: the master table (S-30)."""

    info: ClassVar[TableInfo] = TableInfo(
        "companies",
        Label("Companies", "Компании"),
        "C",
        star=True,
        group="work",
        aliases=("Клиенты", "Контрагенты", "Clients", "Customers", "Accounts", "База клиентов", "Организации"),
        dated="created_on",
        title_field="name",
    )

    company_id: Annotated[Id, Col("ID компании", en="Company ID")] = None
    name: Annotated[Text, Col("Наименование", *COMPANY_ALIASES, "Компания", "Company", gates="G1 G2", width=30)] = None
    stage: Annotated[str | None, kinds.choice("company_stage"), Col("Этап", *STAGE_ALIASES, key=True, width=20)] = None
    missing: Annotated[Plain, Col("Не хватает", derived=True, width=30)] = None
    manager: Annotated[ManagerRef, Col("Ответственный", *MANAGER_ALIASES, width=18)] = None
    phone: Annotated[Phone, Col("Телефон", *PHONE_ALIASES, gates="G1", width=18)] = None
    email: Annotated[Email, Col("E-mail", *EMAIL_ALIASES, gates="G1", width=24)] = None
    city: Annotated[Text, Col("Город", *CITY_ALIASES, gates="G2", width=16)] = None
    next_contact: Annotated[Day, Col("Следующий контакт", "Следующий звонок", "Next call")] = None
    vip: Annotated[YesNo, Col("VIP")] = None
    tags: Annotated[Text, Col("Метки", "Теги")] = None
    note: Annotated[Plain, Col("Примечание", *NOTE_ALIASES, width=34)] = None

    legal_name: Annotated[Text, Col("Юр. наименование", "Полное наименование", group="requisites", width=30)] = None
    inn: Annotated[Inn, Col("ИНН", gates="G4", group="requisites")] = None
    kpp: Annotated[Kpp, Col("КПП", group="requisites")] = None
    address: Annotated[Text, Col("Адрес", gates="G1 G2", group="requisites", width=34)] = None
    territory: Annotated[TerritoryRef, Col("Территория", "Область", group="requisites")] = None
    messenger: Annotated[Text, Col("Мессенджер", "Telegram", "WhatsApp", gates="G1", group="requisites")] = None
    website: Annotated[Text, Col("Сайт", "Site", group="requisites", width=22)] = None
    mailing_consent: Annotated[Day, Col("Согласие на рассылку", group="requisites")] = None

    industry: Annotated[Text, Col("Отрасль", "Сфера деятельности", group="profile", width=18)] = None
    source: Annotated[str | None, kinds.choice("source"), Col("Источник", group="profile")] = None
    category: Annotated[str | None, kinds.choice("category"), Col("Категория", group="profile")] = None
    key_client: Annotated[str | None, kinds.choice("key_client"), Col("Ключевой", group="profile")] = None
    sale_type: Annotated[str | None, kinds.choice("sale_type"), Col("Тип продаж", group="profile")] = None
    turnover: Annotated[Money, Col("Оборот клиента", unit="currency", low=0, group="profile")] = None
    preferences: Annotated[Plain, Col("Предпочтения", group="profile", width=24)] = None
    lost_reason: Annotated[str | None, kinds.choice("lost_reason"), Col("Причина отказа", group="profile")] = None
    lost_on: Annotated[Day, Col("Дата отказа", group="profile")] = None

    contract_no: Annotated[Text, Col("№ договора", "Договор", gates="G5", group="contract")] = None
    contract_date: Annotated[Day, Col("Дата договора", gates="G5", group="contract")] = None
    payment_days: Annotated[
        Integer, Col("Отсрочка, дн.", "Отсрочка", unit="days", gates="G5", low=0, group="contract")
    ] = None
    contract_until: Annotated[Day, Col("Договор до", group="contract")] = None
    price_list: Annotated[Text, Col("Прайс", group="contract")] = None
    discount: Annotated[Quantity, Col("Скидка, %", "Скидка", unit="%", low=0, high=100, group="contract")] = None
    credit_limit: Annotated[Money, Col("Лимит", unit="currency", low=0, group="contract")] = None

    purchases_before: Annotated[Integer, Col("Покупок до базы", low=0, group="opening")] = None
    first_purchase_before: Annotated[Day, Col("Первая покупка до базы", group="opening")] = None
    last_purchase_before: Annotated[Day, Col("Последняя покупка до базы", group="opening")] = None
    revenue_before: Annotated[Money, Col("Выручка за 12 мес. до базы", unit="currency", low=0, group="opening")] = None

    created_on: Annotated[Day, Col("Заведён", derived=True, group="analysis")] = None
    stage_fact: Annotated[
        str | None, kinds.choice("company_stage"), Col("Этап (факт)", derived=True, group="analysis", width=20)
    ] = None
    abcd: Annotated[str | None, kinds.choice("category"), Col("Класс ABCD", derived=True, group="analysis")] = None
    last_contact: Annotated[Day, Col("Последний контакт", derived=True, group="analysis")] = None
    last_purchase: Annotated[Day, Col("Последняя покупка", derived=True, group="analysis")] = None
    period_days: Annotated[Quantity, Col("Период покупки, дн.", unit="days", derived=True, group="analysis")] = None
    debt: Annotated[Money, Col("Долг", unit="currency", derived=True, group="analysis")] = None
    ltv: Annotated[Money, Col("LTV", unit="currency", derived=True, group="analysis")] = None


class Contact(Record):
    """A person at a company, with what is needed to address them (S-15, S-19, S-34)."""

    info: ClassVar[TableInfo] = TableInfo(
        "contacts",
        Label("Contacts", "Контактные лица"),
        "P",
        star=True,
        group="work",
        aliases=("Контакты", "People", "Persons", "Люди"),
        title_field="full_name",
    )

    contact_id: Annotated[Id, Col("ID контакта", en="Contact ID")] = None
    full_name: Annotated[Text, Col("ФИО", *CONTACT_ALIASES, "Name", "Contact", gates="G1 G2", width=30)] = None
    company: Annotated[CompanyRef, Col("Компания", *COMPANY_ALIASES, gates="G2", key=True, width=28)] = None
    company_link: Annotated[Plain, Col("связь с компанией", hidden=True)] = None
    position: Annotated[Text, Col("Должность", gates="G2", width=22)] = None
    role: Annotated[str | None, kinds.choice("contact_role"), Col("Роль")] = None
    phone: Annotated[Phone, Col("Телефон", *PHONE_ALIASES, gates="G2", width=18)] = None
    mobile: Annotated[Phone, Col("Мобильный", "Мобильный телефон", "Сотовый", gates="G2", width=18)] = None
    email: Annotated[Email, Col("E-mail", *EMAIL_ALIASES, gates="G2", width=24)] = None
    birthday: Annotated[Day, Col("День рождения", "Дата рождения")] = None
    is_main: Annotated[YesNo, Col("Основной")] = None
    status: Annotated[str | None, kinds.choice("contact_status"), Col("Статус")] = None
    consent: Annotated[Day, Col("Согласие на обработку ПДн", "Согласие ПДн", group="details")] = None
    do_not_contact: Annotated[YesNo, Col("Не беспокоить", group="details")] = None
    note: Annotated[Plain, Col("Примечание", *NOTE_ALIASES, width=30)] = None


class Need(Record):
    """What a client consumes of a product group a year, from us or from others (S-22, S-69)."""

    info: ClassVar[TableInfo] = TableInfo("needs", Label("Needs", "Потребности"), "N", dated="as_of")

    need_id: Annotated[Id, Col("ID потребности", en="Need ID")] = None
    company: Annotated[CompanyRef, Col("Компания", *COMPANY_ALIASES, key=True, width=28)] = None
    company_link: Annotated[Plain, Col("связь с компанией", hidden=True)] = None
    product_group: Annotated[Text, Col("Группа товаров", "Группа", width=22)] = None
    consumption_qty: Annotated[Quantity, Col("Объём потребления в год", low=0)] = None
    unit: Annotated[Text, Col("Ед.", "Единица")] = None
    budget: Annotated[Money, Col("Бюджет", unit="currency", low=0)] = None
    current_supplier: Annotated[Text, Col("Нынешний поставщик", "Поставщик", width=22)] = None
    market_price: Annotated[Money, Col("Рыночная цена", unit="currency", low=0)] = None
    as_of: Annotated[Day, Col("На дату", en="As of")] = None
    source: Annotated[Text, Col("Источник")] = None
