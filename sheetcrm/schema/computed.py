"""Columns that are computed and not read: by the facts, or because no cell ever holds them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sheetcrm.schema import kinds
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.gates import missing_text
from sheetcrm.schema.kinds import Kind
from sheetcrm.schema.orders import SHARED
from sheetcrm.schema.words import DEAL_PROBABILITY
from sheetcrm.table import Value
from sheetcrm.text import Label

Read = Callable[[Facts], Sequence[Value]]
"""Gives a column's values along the rows of its table."""


def _period_days(facts: Facts) -> list[Value]:
    return [None if days is None else Decimal(str(days)) for days in facts.period_days]


def _missing(facts: Facts) -> list[Value]:
    lang = facts.base.lang
    companies = range(facts.base.size("companies"))
    return [missing_text(facts.company_lacks(company), "companies", lang) or None for company in companies]


def deal_stages(facts: Facts) -> list[str]:
    """The stage in which each deal counts on the day asked about.

    It is the typed one, a blank one is the first. What is typed as delivered or settled but was delivered after that
    day counts as invoiced or agreed, as its dates tell; what is typed as settled but is not settled, as delivered.
    """
    typed, delivered = facts.base.values("deals", "stage"), facts.base.values("deals", "delivered_on")
    invoiced = facts.deals.inherited["invoice_date"]
    return [
        _stage_on(facts.today, str(stage or "need"), *dates, is_settled=settled)
        for stage, settled, *dates in zip(typed, facts.deals.settled, delivered, invoiced, strict=True)
    ]


def _stage_on(today: date, typed: str, delivered: Value, invoiced: Value, *, is_settled: bool) -> str:
    if typed not in ("delivered", "settled"):
        return typed
    if isinstance(delivered, date) and delivered > today:
        return "invoiced" if isinstance(invoiced, date) and invoiced <= today else "agreed"
    return typed if is_settled else "delivered"


def probability(facts: Facts) -> list[Value]:
    """Each deal's probability in per cent: typed, else that of the stage in which it counts."""
    typed = facts.base.values("deals", "probability")
    return [
        Decimal(DEAL_PROBABILITY.get(stage, DEAL_PROBABILITY["need"])) if value is None else value
        for value, stage in zip(typed, deal_stages(facts), strict=True)
    ]


def currency(facts: Facts) -> list[str]:
    """The currency of each deal; the firm's where none is typed."""
    own = facts.base.settings.currency
    return [typed.upper() or own for typed in facts.base.texts("deals", "currency")]


def _shared(code: str) -> Read:
    return lambda facts: facts.deals.inherited[code]


COMPUTED: Mapping[tuple[str, str], Read] = {
    ("companies", "stage"): lambda facts: facts.counted_stage,
    ("companies", "stage_fact"): lambda facts: facts.stage_fact,
    ("companies", "abcd"): lambda facts: facts.abcd,
    ("companies", "last_contact"): lambda facts: facts.last_contact,
    ("companies", "last_purchase"): lambda facts: facts.last_purchase,
    ("companies", "period_days"): _period_days,
    ("companies", "debt"): lambda facts: facts.debt,
    ("companies", "ltv"): lambda facts: facts.ltv,
    ("companies", "missing"): _missing,
    ("deals", "amount"): lambda facts: facts.deals.amount,
    ("deals", "price"): lambda facts: facts.deals.price,
    ("deals", "unit"): lambda facts: facts.deals.unit,
    ("deals", "currency"): currency,
    ("deals", "paid"): lambda facts: facts.deals.paid,
    ("deals", "probability"): probability,
    ("deals", "purchase_no"): lambda facts: facts.purchase_no,
    ("deals", "overdue_days"): lambda facts: facts.overdue_days,
    **{("deals", code): _shared(code) for code in SHARED if code != "contact"},
}
"""Columns of the tables whose cells may be blank or stale; the facts know better."""


class Extra(NamedTuple):
    """A column that no table has.

    Attributes:
        table: Along whose rows it runs.
        code: Its name.
        label: Its header.
        kind: What its values mean.
        read: Its values.
    """

    table: str
    code: str
    label: Label
    kind: Kind
    read: Read


def _acquired(facts: Facts) -> list[Value]:
    """The day of each company's first purchase, that before the base first."""
    before = facts.base.values("companies", "first_purchase_before")
    return [
        day if isinstance(day, date) else next(iter(facts.purchases_of(company).days), None)
        for company, day in enumerate(before)
    ]


def _purchases(facts: Facts) -> list[Value]:
    return [len(facts.purchases_of(c).days) + before for c, before in enumerate(facts.purchases_before)]


def _product_group(facts: Facts) -> list[Value]:
    """The group of each deal's product, or the group that the deal names itself."""
    groups = facts.base.values("products", "group")
    products = facts.base.links("deals", "product").target
    typed = facts.base.values("deals", "product")
    known = {*groups}
    return [
        groups[product] if product >= 0 else name if name in known else None
        for product, name in zip(products, typed, strict=True)
    ]


def _weighted(facts: Facts) -> list[Value]:
    pairs = zip(facts.deals.amount, probability(facts), strict=True)
    return [
        amount * chance / 100 if amount is not None and isinstance(chance, Decimal) else None
        for amount, chance in pairs
    ]


def _margin(facts: Facts) -> list[Value]:
    pairs = zip(facts.deals.amount, facts.base.values("deals", "cost"), strict=True)
    return [amount - cost if amount is not None and isinstance(cost, Decimal) else None for amount, cost in pairs]


EXTRA: Sequence[Extra] = (
    Extra(
        "companies",
        "typed_stage",
        Label("Typed stage", "Этап в ячейке"),
        kinds.choice("company_stage"),
        lambda facts: facts.base.values("companies", "stage"),
    ),
    Extra("companies", "acquisition", Label("Acquisition month", "Месяц первой покупки"), kinds.DATE, _acquired),
    Extra("companies", "purchases", Label("Purchases", "Покупок"), kinds.INTEGER, _purchases),
    Extra(
        "companies",
        "revenue_12m",
        Label("Revenue of 12 months", "Выручка за 12 мес."),
        kinds.MONEY,
        lambda facts: facts.revenue_12m,
    ),
    Extra(
        "companies",
        "days_since",
        Label("Days since purchase", "Дней с покупки"),
        kinds.INTEGER,
        lambda facts: facts.days_since,
    ),
    Extra("deals", "product_group", Label("Product group", "Группа товаров"), kinds.PLAIN, _product_group),
    Extra("deals", "weighted", Label("Weighted amount", "Взвешенная сумма"), kinds.MONEY, _weighted),
    Extra("deals", "margin", Label("Margin", "Маржа"), kinds.MONEY, _margin),
    Extra("deals", "settled", Label("Settled", "Рассчитана"), kinds.BOOL, lambda facts: facts.deals.settled),
)
"""What filters and pivots know besides the columns of the tables."""
