"""What clients buy and how often: purchases, the period P, R21, ABCD classes and lifetime value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import fmean, median
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from sheetcrm.schema.orders import ZERO, Order
from sheetcrm.table import Value

_YEAR = Decimal("365.25")
"""Days in a year."""


@dataclass(frozen=True, slots=True)
class Purchases:
    """A client's purchases: settled orders, those of one day counted as one.

    Attributes:
        days: The distinct purchase days, in order.
        amounts: What was bought on each of them.
    """

    days: tuple[date, ...] = ()
    amounts: tuple[Decimal, ...] = ()

    def between(self, after: date, until: date) -> Decimal:
        """Revenue in (after, until]."""
        return sum((a for d, a in zip(self.days, self.amounts, strict=True) if after < d <= until), ZERO)

    @property
    def gaps(self) -> list[int]:
        """Days between one purchase and the next."""
        return [(later - earlier).days for earlier, later in zip(self.days, self.days[1:], strict=False)]


NONE = Purchases()


def purchases_by_company(orders: Iterable[Order], today: date) -> Mapping[int, Purchases]:
    """Each company's purchases up to `today`, by its position."""
    sums: dict[int, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for order in orders:
        if order.settled and order.day is not None and order.day <= today and order.company >= 0:
            sums[order.company][order.day] += order.amount
    return {
        company: Purchases(tuple(sorted(days)), tuple(days[day] for day in sorted(days)))
        for company, days in sums.items()
    }


def year_before(today: date) -> date:
    """The day that begins the 12 months (begin, today]."""
    return today - relativedelta(months=12)


@dataclass(frozen=True, slots=True)
class Period:
    """The firm's average purchase period by each estimator, in days; None while no client bought twice.

    Attributes:
        pooled_mean: Σ gaps ÷ number of gaps.
        median: The middle gap.
        client_mean: The mean of the clients' own means.
        days: P itself: by the estimator that the settings name, or the fixed number.
    """

    pooled_mean: float | None
    median: float | None
    client_mean: float | None
    days: float | None


def period(purchases: Iterable[Purchases], estimator: str, fixed: Decimal | None) -> Period:
    """The average purchase period P (S-134…S-136)."""
    per_client = [gaps for bought in purchases if (gaps := bought.gaps)]
    gaps = [gap for client in per_client for gap in client]
    pooled = fmean(gaps) if gaps else None
    middle = float(median(gaps)) if gaps else None
    clients = fmean(map(fmean, per_client)) if gaps else None
    if fixed is not None:
        days: float | None = float(fixed)
    else:
        days = {"median": middle, "client_mean": clients}.get(estimator, pooled)
    return Period(pooled, middle, clients, days)


@dataclass(frozen=True, slots=True)
class SecondPurchaseRate:
    """R21: clients with two purchases or more ÷ clients with one or more (S-124).

    Attributes:
        first: Clients with at least one purchase.
        second: Clients with at least two.
        matured_first: The same, only clients whose first purchase is older than 2P.
        matured_second: The same.
        period_first: First purchases in the last 12 months.
        period_second: Second purchases in the last 12 months.
    """

    first: int
    second: int
    matured_first: int
    matured_second: int
    period_first: int
    period_second: int

    @property
    def naive(self) -> float | None:
        """Second ÷ first over all clients, 0–1."""
        return self.second / self.first if self.first else None

    @property
    def matured(self) -> float | None:
        """Second ÷ first over clients old enough to have come back, 0–1."""
        return self.matured_second / self.matured_first if self.matured_first else None

    @property
    def flow(self) -> float | None:
        """Second ÷ first purchases of the last 12 months; may exceed 1."""
        return self.period_second / self.period_first if self.period_first else None


def second_purchase_rate(
    clients: Iterable[tuple[Purchases, int, date | None]], today: date, days: float | None
) -> SecondPurchaseRate:
    """R21 three ways.

    Args:
        clients: Each client's purchases, its purchases before the base, and the first of those.
        today: The day it is asked about.
        days: P in days.
    """
    begin = year_before(today)
    first = second = matured_first = matured_second = period_first = period_second = 0
    for bought, before, first_before in clients:
        count = len(bought.days) + before
        if not count:
            continue
        first += 1
        second += count >= 2
        # Of purchases before the base without a date it is only known that they were no later than those in it.
        start = (first_before if before else None) or next(iter(bought.days), None)
        if days is not None and start is not None and (today - start).days > 2 * days:
            matured_first += 1
            matured_second += count >= 2
        if not before:
            period_first += begin < bought.days[0] <= today
        if before < 2 <= count:
            period_second += begin < bought.days[1 - before] <= today
    return SecondPurchaseRate(first, second, matured_first, matured_second, period_first, period_second)


def abcd(revenue: Sequence[Decimal]) -> list[str]:
    """Classes by 12-month revenue (S-137).

    Returns:
        A while the cumulative share before the client is under 80 %, B under 95 %, C the rest, D without revenue;
        equal revenues take the better class.
    """
    total = sum((r for r in revenue if r > 0), ZERO)
    classes: dict[Decimal, str] = {}
    before = ZERO
    for amount in sorted((r for r in revenue if r > 0), reverse=True):
        if amount not in classes:
            share = before / total
            classes[amount] = "A" if share < Decimal("0.8") else "B" if share < Decimal("0.95") else "C"
        before += amount
    return [classes.get(r, "D") if r > 0 else "D" for r in revenue]


class Habit(NamedTuple):
    """How a client buys.

    Attributes:
        order: What a purchase brings on average.
        yearly: Purchases a year.
    """

    order: Decimal
    yearly: Decimal


def lifetime_value(average_order: Decimal, purchases_a_year: Decimal, years: int) -> Decimal:
    """Average order × purchases a year × years: 10 000 × 4 × 3 = 120 000 (S-57)."""
    return (average_order * purchases_a_year * years).quantize(Decimal(1))


def lifetime_values(
    purchases: Sequence[Purchases], has_bought: Sequence[bool], industries: Sequence[Value], years: int
) -> list[Decimal | None]:
    """Each client's lifetime value, rounded to whole money.

    Args:
        purchases: What each client bought.
        has_bought: Whether it ever bought, before the base or in it.
        industries: Its industry, None where it is unknown.
        years: How far ahead.

    Returns:
        By the client's own habit from two purchase days on; else by the mean habit of its industry, or of all clients
        where nobody of the industry has one; None for those who never bought.
    """
    own = [_habit(bought) for bought in purchases]
    by_industry: dict[Value, list[Habit]] = defaultdict(list)
    for habit, industry in zip(own, industries, strict=True):
        if habit is not None:
            by_industry[industry].append(habit)
    means = {industry: _mean(habits) for industry, habits in by_industry.items()}
    usual = _mean([habit for habits in by_industry.values() for habit in habits])
    likely = [
        habit or (means.get(industry, usual) if bought else None)
        for habit, industry, bought in zip(own, industries, has_bought, strict=True)
    ]
    return [None if habit is None else lifetime_value(*habit, years) for habit in likely]


def _habit(bought: Purchases) -> Habit | None:
    """A client's own habit, from two purchase days on."""
    if len(bought.days) < 2:
        return None
    span = Decimal((bought.days[-1] - bought.days[0]).days)
    return Habit(sum(bought.amounts, ZERO) / len(bought.days), _YEAR * (len(bought.days) - 1) / span)


def _mean(habits: Sequence[Habit]) -> Habit | None:
    if not habits:
        return None
    return Habit(
        sum((habit.order for habit in habits), ZERO) / len(habits),
        sum((habit.yearly for habit in habits), ZERO) / len(habits),
    )
