"""Which clients have fallen silent, and what they were worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sheetcrm.reports.report import Question
from sheetcrm.reports.sold import life_revenue
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.gates import GIVEN_UP
from sheetcrm.schema.orders import ZERO
from sheetcrm.schema.purchases import abcd, year_before


@dataclass(frozen=True, slots=True)
class Silent:
    """A client that has not bought for more than 2P.

    Attributes:
        company: Its position.
        last: The day of its last purchase.
        silent: Days since.
        period: P in days.
        purchases: How many purchases it made, those before the base counted.
        year: What it brought in the 12 months up to its last purchase.
        life: What it brought in all.
        life_class: Its class by that.
    """

    company: int
    last: date
    silent: int
    period: float
    purchases: int
    year: Decimal
    life: Decimal
    life_class: str

    @property
    def over(self) -> float:
        """Days beyond 2P."""
        return self.silent - 2 * self.period


def candidates(question: Question) -> list[int]:
    """The companies that may stand in the queue: those that count and were not given up."""
    stages = question.facts.base.values("companies", "stage")
    return [company for company, stage in enumerate(stages) if stage not in GIVEN_UP and question.company(company)]


def silent_clients(question: Question) -> list[Silent]:
    """The clients silent for more than 2P, those that brought most before they fell silent first."""
    facts = question.facts
    life = life_revenue(facts)
    classes = abcd(life)
    found = [
        Silent(
            company,
            last,
            (facts.today - last).days,
            facts.period_of(company) or 0,
            len(facts.purchases_of(company).days) + facts.purchases_before[company],
            _past_year(facts, company, last),
            life[company],
            classes[company],
        )
        for company in candidates(question)
        if (last := facts.last_purchase[company]) is not None and facts.silent(company, 2)
    ]
    return sorted(found, key=lambda one: (-one.year, -one.life, one.company))


def _past_year(facts: Facts, company: int, last: date) -> Decimal:
    """Revenue of the 12 months up to the last purchase; the opening balance where all was before the base."""
    bought = facts.purchases_of(company)
    if bought.days:
        return bought.between(year_before(last), last)
    before = facts.base.values("companies", "revenue_before")[company]
    return before if isinstance(before, Decimal) else ZERO


def queue_size(question: Question, period: float | None) -> int | None:
    """How many clients would stand in the queue if P were that many days."""
    if period is None:
        return None
    since = question.facts.days_since
    return sum((silent := since[company]) is not None and silent > 2 * period for company in candidates(question))
