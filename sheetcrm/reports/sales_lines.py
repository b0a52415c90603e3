"""Sales summed up: how much, of what, with what margin, month by month, and a year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from sheetcrm.reports.labels import first_of, months_from
from sheetcrm.reports.report import ReportCell
from sheetcrm.reports.sold import Sale, between, purchases, revenue
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.orders import ZERO
from sheetcrm.text import Label

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Window:
    """The months that are told, up to the day asked about.

    Attributes:
        months: Each by its first day.
        today: The day asked about, with which the last month ends.
    """

    months: Sequence[date]
    today: date

    @property
    def after(self) -> date:
        """The day before the first month."""
        return self.months[0] - timedelta(days=1)

    def told(self, sold: Iterable[Sale]) -> list[Sale]:
        """What was sold in these months."""
        return between(sold, self.after, self.today)

    def year_before(self, sold: Iterable[Sale]) -> list[Sale]:
        """What was sold in the same months of the year before, up to the same day."""
        year = relativedelta(months=12)
        return between(sold, self.months[0] - year - timedelta(days=1), self.today - year)


def window(today: date) -> Window:
    """The last twelve calendar months, the current one up to today."""
    return Window(months_from(today - relativedelta(months=MONTHS - 1), MONTHS), today)


@dataclass(frozen=True, slots=True)
class SalesLine:
    """Sales of one product, of a group of products, or of all.

    Attributes:
        title: What was sold, or to whom.
        amount: What it brought.
        purchases: How many purchases it was part of.
        quantity: How much of it was delivered; None where units differ or none is known.
        unit: Of the quantity, "" where it is unknown.
        margin: Amount − cost over the rows whose cost is known, None where none is.
        costed: What those rows brought.
        before: What it brought in the same months a year before.
        months: What it brought in each month.
    """

    title: str | Label | ReportCell
    amount: Decimal
    purchases: int
    quantity: Decimal | None
    unit: str
    margin: Decimal | None
    costed: Decimal
    before: Decimal
    months: Sequence[Decimal]

    @property
    def average(self) -> Decimal | None:
        """What one purchase brought on average."""
        return self.amount / self.purchases if self.purchases else None

    @property
    def margin_share(self) -> float | None:
        """Margin ÷ the amount of the rows whose cost is known."""
        return float(self.margin / self.costed) if self.margin is not None and self.costed else None

    @property
    def growth(self) -> float | None:
        """The amount against the same months a year before, 0.1 for a tenth more."""
        return float(self.amount / self.before - 1) if self.before else None


def line(facts: Facts, title: str | Label | ReportCell, sold: Sequence[Sale], told: Window) -> SalesLine:
    """Sales summed up over the window."""
    now = told.told(sold)
    quantity, unit = _quantity(facts, now)
    costs = facts.base.values("deals", "cost")
    costed = [(sale.amount, cost) for sale in now if isinstance(cost := costs[sale.deal], Decimal)]
    by_month: dict[date, Decimal] = defaultdict(Decimal)
    for sale in now:
        by_month[first_of(sale.day)] += sale.amount
    return SalesLine(
        title,
        revenue(now),
        purchases(now),
        quantity,
        unit,
        sum((amount - cost for amount, cost in costed), ZERO) if costed else None,
        sum((amount for amount, _ in costed), ZERO),
        revenue(told.year_before(sold)),
        [by_month[month] for month in told.months],
    )


def _quantity(facts: Facts, sold: Iterable[Sale]) -> tuple[Decimal | None, str]:
    """How much was sold, where it is all in one unit."""
    base = facts.base
    delivered, needed = base.values("deals", "delivered_qty"), base.values("deals", "need_qty")
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for sale in sold:
        quantity = delivered[sale.deal] if delivered[sale.deal] is not None else needed[sale.deal]
        if isinstance(quantity, Decimal):
            sums[str(facts.deals.unit[sale.deal] or "")] += quantity
    if len(sums) != 1:
        return None, ""
    ((unit, quantity),) = sums.items()
    return quantity, unit
