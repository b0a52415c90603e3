"""The tables of the daily work: deals, activities, tasks and payments."""

from typing import Annotated, ClassVar

from sheetcrm.schema import kinds
from sheetcrm.schema.record import (
    AMOUNT_ALIASES,
    COMPANY_ALIASES,
    CONTACT_ALIASES,
    MANAGER_ALIASES,
    STAGE_ALIASES,
    CampaignRef,
    Col,
    CompanyRef,
    ContactRef,
    Day,
    DealRef,
    Id,
    Integer,
    ManagerRef,
    Moment,
    Money,
    Plain,
    ProductRef,
    Quantity,
    Record,
    TableInfo,
    Text,
)
from sheetcrm.text import Label


class Deal(Record):
    """One need of one product, from the need to the settlement (S-36); `order_no` groups rows of one order."""

    info: ClassVar[TableInfo] = TableInfo(
        "deals",
        Label("Deals", "Сделки"),
        "D",
        star=True,
        group="work",
        aliases=("Заказы", "Orders", "Opportunities", "Продажи"),
        dated="need_date",
        title_field="deal_id",
    )

    deal_id: Annotated[Id, Col("ID сделки", en="Deal ID")] = None
    company: Annotated[CompanyRef, Col("Компания", *COMPANY_ALIASES, gates="D1", key=True, width=28)] = None
    company_link: Annotated[Plain, Col("связь с компанией", hidden=True)] = None
    stage: Annotated[str | None, kinds.choice("deal_stage"), Col("Стадия", *STAGE_ALIASES, key=True, width=20)] = None
    manager: Annotated[ManagerRef, Col("Ответственный", *MANAGER_ALIASES, gates="D1", width=18)] = None
    order_no: Annotated[Text, Col("№ заказа", "Номер заказа")] = None
    product: Annotated[ProductRef, Col("Товар", "Продукт", "Услуга", gates="D1", width=22)] = None
    need_qty: Annotated[Quantity, Col("Объём потребности", "Количество", gates="D1", low=0)] = None
    unit: Annotated[Text, Col("Ед.", "Единица", gates="D1", width=8)] = None
    price: Annotated[Money, Col("Цена", unit="currency", gates="D2", low=0)] = None
    amount: Annotated[Money, Col("Сумма", *AMOUNT_ALIASES, unit="currency", gates="D1 D2", low=0)] = None
    need_date: Annotated[Day, Col("Дата выявления", gates="D1")] = None
    due_date: Annotated[Day, Col("Срок поставки", gates="D1")] = None
    expected_close: Annotated[Day, Col("Ожид. закрытие", "Ожидаемое закрытие", gates="D2")] = None
    contact: Annotated[ContactRef, Col("Контактное лицо", *CONTACT_ALIASES, gates="D2")] = None
    terms: Annotated[Text, Col("Условия поставки", gates="D3", width=22)] = None
    invoice_no: Annotated[Text, Col("№ счёта", gates="D4")] = None
    invoice_date: Annotated[Day, Col("Дата счёта", gates="D4")] = None
    pay_due: Annotated[Day, Col("Срок оплаты", gates="D4")] = None
    delivered_qty: Annotated[Quantity, Col("Объём поставки", gates="D5", low=0)] = None
    delivered_on: Annotated[Day, Col("Дата поставки", "Дата отгрузки", gates="D5")] = None
    lost_reason: Annotated[str | None, kinds.choice("lost_reason"), Col("Причина отказа")] = None

    currency: Annotated[Text, Col("Валюта", group="details")] = None
    probability: Annotated[Quantity, Col("Вероятность", unit="%", low=0, high=100, group="details")] = None
    competitor: Annotated[Text, Col("Конкурент", group="details")] = None
    objection: Annotated[str | None, kinds.choice("objection"), Col("Возражение", group="details")] = None
    satisfaction: Annotated[Integer, Col("Удовлетворённость", low=0, high=10, group="details")] = None
    campaign: Annotated[CampaignRef, Col("Программа", group="details")] = None
    cost: Annotated[Money, Col("Себестоимость", unit="currency", low=0, group="details")] = None

    purchase_no: Annotated[Integer, Col("№ покупки", derived=True, group="analysis")] = None
    paid: Annotated[Money, Col("Оплачено", unit="currency", derived=True, group="analysis")] = None
    overdue_days: Annotated[Integer, Col("Просрочка, дн.", unit="days", derived=True, group="analysis")] = None


class Activity(Record):
    """A contact or a decision: the append-only log (S-49, S-52)."""

    info: ClassVar[TableInfo] = TableInfo(
        "activities",
        Label("Activities", "События"),
        "A",
        star=True,
        group="work",
        aliases=("Звонки", "Контакты с клиентами", "Calls", "История"),
        dated="at",
        title_field="activity_id",
    )

    activity_id: Annotated[Id, Col("ID события", en="Activity ID")] = None
    at: Annotated[Moment, Col("Дата и время", "Дата", "Date", key=True, width=17)] = None
    type: Annotated[str | None, kinds.choice("activity_type"), Col("Тип", "Вид")] = None
    direction: Annotated[str | None, kinds.choice("direction"), Col("Направление")] = None
    company: Annotated[CompanyRef, Col("Компания", *COMPANY_ALIASES, key=True, width=28)] = None
    company_link: Annotated[Plain, Col("связь с компанией", hidden=True)] = None
    contact: Annotated[ContactRef, Col("Контактное лицо", *CONTACT_ALIASES)] = None
    manager: Annotated[ManagerRef, Col("Ответственный", *MANAGER_ALIASES, width=18)] = None
    result: Annotated[str | None, kinds.choice("activity_result"), Col("Результат", width=16)] = None
    summary: Annotated[Plain, Col("Итог", "Содержание", width=40)] = None
    next_date: Annotated[Day, Col("Следующий шаг", "Дата следующего шага")] = None
    deal: Annotated[DealRef, Col("Сделка", "Заказ", "Opportunity", group="details")] = None
    campaign: Annotated[CampaignRef, Col("Программа", group="details")] = None
    company_at_time: Annotated[Plain, Col("Компания на тот момент", derived=True, group="details", width=24)] = None


class Task(Record):
    """Something to do next, set by a rule or by a person (S-40, S-41)."""

    info: ClassVar[TableInfo] = TableInfo(
        "tasks",
        Label("Tasks", "Задачи"),
        "T",
        star=True,
        group="work",
        aliases=("To do", "Дела"),
        title_field="title",
    )

    task_id: Annotated[Id, Col("ID задачи", en="Task ID")] = None
    title: Annotated[Plain, Col("Задача", "Что сделать", key=True, width=44)] = None
    company: Annotated[CompanyRef, Col("Компания", *COMPANY_ALIASES, width=28)] = None
    company_link: Annotated[Plain, Col("связь с компанией", hidden=True)] = None
    manager: Annotated[ManagerRef, Col("Ответственный", *MANAGER_ALIASES, key=True, width=18)] = None
    due: Annotated[Day, Col("Срок", "Due date", key=True)] = None
    priority: Annotated[Integer, Col("Приоритет", low=1, high=4, width=11)] = None
    status: Annotated[str | None, kinds.choice("task_status"), Col("Статус", width=14)] = None
    done_on: Annotated[Day, Col("Выполнена")] = None
    result: Annotated[Plain, Col("Результат", width=24)] = None
    next_date: Annotated[Day, Col("Следующий шаг")] = None
    contact: Annotated[ContactRef, Col("Контактное лицо", *CONTACT_ALIASES, group="details")] = None
    deal: Annotated[DealRef, Col("Сделка", "Заказ", "Opportunity", group="details")] = None
    campaign: Annotated[CampaignRef, Col("Программа", group="details")] = None
    function: Annotated[str | None, kinds.choice("task_function"), Col("Функция", group="details")] = None
    script: Annotated[Plain, Col("Сценарий", group="details", width=30)] = None
    rule: Annotated[Plain, Col("Правило", group="details", width=9)] = None
    key: Annotated[Plain, Col("Ключ", derived=True, group="details", width=26)] = None


class Payment(Record):
    """Money received for a deal or an order (S-11, S-119)."""

    info: ClassVar[TableInfo] = TableInfo("payments", Label("Payments", "Оплаты"), "PAY", dated="date")

    payment_id: Annotated[Id, Col("ID оплаты", en="Payment ID")] = None
    company: Annotated[CompanyRef, Col("Компания", *COMPANY_ALIASES, width=28)] = None
    company_link: Annotated[Plain, Col("связь с компанией", hidden=True)] = None
    deal: Annotated[DealRef, Col("Сделка", "Opportunity")] = None
    order_no: Annotated[Text, Col("№ заказа", "Заказ", "Номер заказа")] = None
    date: Annotated[Day, Col("Дата", "Дата оплаты", key=True)] = None
    amount: Annotated[Money, Col("Сумма", *AMOUNT_ALIASES, "Сумма оплаты", unit="currency", key=True)] = None
    doc_no: Annotated[Text, Col("№ документа")] = None
    source: Annotated[str | None, kinds.choice("payment_source"), Col("Источник")] = None
