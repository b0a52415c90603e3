"""How far the open deals cover what is left of the month's plan (K16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sheetcrm.reports.labels import first_of, money, month_label, months_from, percent
from sheetcrm.reports.open_deals import OpenDeal, weighted
from sheetcrm.reports.report import Question
from sheetcrm.reports.sold import revenue, sales
from sheetcrm.schema.base import Base
from sheetcrm.schema.orders import ZERO
from sheetcrm.schema.words import fold
from sheetcrm.text import Message, msg

SALES_WORDS = frozenset(map(fold, ("sales", "revenue", "amount", "продажи", "выручка", "сумма", "сумма продаж")))
"""What the Plan tab may call planned sales."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How the open deals of a month cover what is left of its plan (K16).

    Attributes:
        month: The month, by its first day.
        plan: What was to be sold in it.
        sold: What has been sold of that.
        promised: The weighted amount of the open deals that should close by its end, slipped ones included.
    """

    month: date
    plan: Decimal
    sold: Decimal
    promised: Decimal

    @property
    def left(self) -> Decimal:
        """What is still to be sold."""
        return max(self.plan - self.sold, ZERO)

    @property
    def covered(self) -> float | None:
        """Promised ÷ left, None where the plan is met."""
        return float(self.promised / self.left) if self.left else None


def coverage(question: Question, deals: Sequence[OpenDeal]) -> Coverage | None:
    """How this month's plan is covered; None without a plan, or where only part of the base is asked about."""
    facts, month = question.facts, first_of(question.facts.today)
    if question.companies is not None or question.deals is not None:
        return None
    plan = _planned(facts.base, month)
    if not plan:
        return None
    last = months_from(month, 2)[1]
    due = [d for d in deals if d.expected_close is not None and d.expected_close < last]
    sold = [sale for sale in sales(question) if first_of(sale.day) == month]
    return Coverage(month, plan, revenue(sold), weighted(due))


def _planned(base: Base, month: date) -> Decimal:
    """The sales planned for a month, all managers together."""
    rows = zip(base.values("plan", "month"), base.texts("plan", "indicator"), base.values("plan", "value"), strict=True)
    return sum(
        (
            value
            for day, indicator, value in rows
            if isinstance(day, date)
            and first_of(day) == month
            and isinstance(value, Decimal)
            and fold(indicator) in SALES_WORDS
        ),
        ZERO,
    )


def told(plan: Coverage, currency: str) -> Message:
    """The coverage as a sentence."""
    if plan.covered is None:
        return msg(
            "The plan of {month} is met: {sold} of {plan} {currency}.",
            month=month_label(plan.month),
            sold=money(plan.sold),
            plan=money(plan.plan),
            currency=currency,
        )
    return msg(
        "Plan of {month}: {sold} of {plan} {currency} sold; "
        "the deals that should close by its end cover {share} % of what is left.",
        month=month_label(plan.month),
        sold=money(plan.sold),
        plan=money(plan.plan),
        currency=currency,
        share=percent(plan.covered),
    )
