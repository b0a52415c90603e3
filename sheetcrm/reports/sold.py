"""What counts as sold: the rows of settled orders, each on the day its order was complete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sheetcrm.reports.report import Question
from sheetcrm.schema.computed import currency
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.orders import ZERO
from sheetcrm.schema.purchases import year_before
from sheetcrm.text import Message, msg


class Sale(NamedTuple):
    """One sold row of an order.

    Attributes:
        deal: The deal's position.
        company: The company's position, -1 where it is unknown.
        day: The latest delivery day of the order's rows, on which its whole revenue falls.
        amount: What the row brought.
    """

    deal: int
    company: int
    day: date
    amount: Decimal


def sales(question: Question) -> list[Sale]:
    """Everything sold up to the day asked about, by rows of orders; lost rows of an order are left out."""
    deals, today = question.facts.deals, question.facts.today
    return [
        Sale(deal, order.company, order.day, deals.amount[deal] or ZERO)
        for order in deals.orders
        if order.settled and order.day is not None and order.day <= today
        for deal in order.deals
        if deals.settled[deal] and question.deal(deal)
    ]


def between(sold: Iterable[Sale], after: date, until: date) -> list[Sale]:
    """What was sold in (after, until]."""
    return [sale for sale in sold if after < sale.day <= until]


def revenue(sold: Iterable[Sale]) -> Decimal:
    """What the sales brought."""
    return sum((sale.amount for sale in sold), ZERO)


def purchases(sold: Iterable[Sale]) -> int:
    """How many purchases the sales are: a client's orders of one day are one."""
    return len({(sale.company, sale.day) if sale.company >= 0 else (-1, sale.deal) for sale in sold})


def by_company(sold: Iterable[Sale]) -> Mapping[int, Decimal]:
    """Revenue by the company's position; sales to unknown companies are left out."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for sale in sold:
        if sale.company >= 0:
            sums[sale.company] += sale.amount
    return sums


def revenue_12m(question: Question) -> list[Decimal]:
    """Each company's revenue of the last 12 months: as facts have it, or of the deals asked about alone."""
    facts = question.facts
    if question.deals is None:
        return facts.revenue_12m
    sums = by_company(between(sales(question), year_before(facts.today), facts.today))
    return [sums.get(company, ZERO) for company in range(facts.base.size("companies"))]


def life_revenue(facts: Facts) -> list[Decimal]:
    """Each company's revenue over its whole life, the opening balance added."""
    return [
        sum(facts.purchases_of(company).amounts, before if isinstance(before, Decimal) else ZERO)
        for company, before in enumerate(facts.base.values("companies", "revenue_before"))
    ]


def currencies(facts: Facts, deals: Iterable[int]) -> list[str]:
    """The currencies of those deals, by the alphabet; the firm's own where there are no deals at all."""
    codes = currency(facts)
    return sorted({codes[deal] for deal in deals} or {facts.base.settings.currency})


def mixed(found: list[str]) -> Message:
    """Why sums cannot be told."""
    return msg(
        "The deals are in several currencies ({currencies}), and sums of different money mean nothing: "
        "ask about one currency at a time with `--where`.",
        currencies=found,
    )
