"""What is in work and what it promises (R07)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sheetcrm.reports.coverage import Coverage, coverage, told
from sheetcrm.reports.labels import (
    TOTAL,
    first_of,
    in_order,
    manager_key,
    manager_label,
    money,
    month_key,
    month_label,
    months_from,
)
from sheetcrm.reports.measures import Measure, columns_of, measure, row_of, rows_of
from sheetcrm.reports.open_deals import OPEN_STAGES, OpenDeal, notes, open_deals, stage_label, weighted
from sheetcrm.reports.report import Entry, Question, Report, ReportColumn
from sheetcrm.reports.sold import currencies, mixed
from sheetcrm.schema.base import Base
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.orders import ZERO
from sheetcrm.schema.words import DEAL_PROBABILITY, DEAL_STAGE
from sheetcrm.tab import Chart, Format, Look
from sheetcrm.table import Value
from sheetcrm.text import Label, Message, msg, nmsg

USES = (
    ("deals", "stage"),
    ("deals", "amount"),
    ("deals", "expected_close"),
    ("deals", "probability"),
    ("deals", "manager"),
)
AHEAD = 6
"""How many months of closing may have a column of their own, the current one included."""
LEAST_AHEAD = 3
"""How many months have one though nothing closes in them."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The open deals of one stage, or of all.

    Attributes:
        label: The stage as the firm calls it.
        deals: The deals.
        today: The day asked about.
    """

    label: Label
    deals: Sequence[OpenDeal]
    today: date

    @property
    def amount(self) -> Decimal:
        """What the deals are worth."""
        return sum((deal.amount or ZERO for deal in self.deals), ZERO)

    @property
    def weighted(self) -> Decimal:
        """What they promise: amount × probability."""
        return weighted(self.deals)

    @property
    def slipped(self) -> list[OpenDeal]:
        """Those that should have closed before today."""
        return [deal for deal in self.deals if deal.slipped(self.today)]

    def closing(self, month: date) -> list[OpenDeal]:
        """Those that should close in a month, from today on."""
        return [
            deal
            for deal in self.deals
            if deal.expected_close is not None
            and deal.expected_close >= self.today
            and first_of(deal.expected_close) == month
        ]

    def closing_after(self, month: date) -> list[OpenDeal]:
        """Those that should close in a later month."""
        return [d for d in self.deals if d.expected_close is not None and first_of(d.expected_close) > month]

    @property
    def undated(self) -> list[OpenDeal]:
        """Those nobody knows when to close."""
        return [deal for deal in self.deals if deal.expected_close is None]


def open_pipeline(question: Question) -> Report:
    """What the open deals of each stage are worth, what they promise, and when.

    Open is what is neither settled nor lost. A deal typed as settled that is not yet delivered or paid counts as
    delivered; one typed as delivered or settled that was delivered after the day asked about counts as invoiced where
    its invoice has a date by then, else as agreed; a blank stage counts as the first.

    A blank amount counts as need quantity × price: the deal's own, else, where the tab Products is on, the product's.

    Columns: stage; deals; amount; weighted (amount × probability; the stage's default unless one is typed); slipped
    (expected to close before today); then the weighted amount of those (overdue), by month of expected close, later and
    undated, which make up the whole; then the weighted amount by manager.

    Where the tab Plan is on, the footer tells how far the open deals cover what is left of this month's plan:
    weighted amount expected by the month's end ÷ (plan − sold).

    Source:
        Requirements S-70, S-78, S-101; weighted pipeline and coverage are K16.
    """
    facts = question.facts
    deals = open_deals(question)
    if not deals:
        return PIPELINE.nothing(question, msg("There is no open deal: each one is settled or lost."))
    found = currencies(facts, (deal.deal for deal in deals))
    if len(found) > 1:
        return PIPELINE.empty(question, mixed(found))
    stages = by_stage(facts, deals)
    total = Stage(TOTAL, deals, facts.today)
    measures = list(_measures(facts.base, total, found[0]))
    plan = coverage(question, deals)
    return replace(
        PIPELINE.empty(question, _reading(total, found[0])),
        columns=columns_of(measures),
        rows=rows_of(measures, stages),
        totals=(row_of(measures, total, look=Look.TOTAL),),
        footer=(*_footer(total), *notes(facts, deals), *([told(plan, found[0])] if plan else [])),
        uses=USES,
        figures=_figures(total, plan),
        chart=Chart("bar", "", 0, (2, 3), 0, len(stages) - 1),
    )


PIPELINE = Entry("R07", "pipeline", Label("Pipeline", "Сделки в работе"), open_pipeline)


def by_stage(facts: Facts, deals: Sequence[OpenDeal]) -> list[Stage]:
    """The open deals by stage, in the order of the work; an empty stage stays as a line."""
    return [
        Stage(stage_label(facts, stage), [deal for deal in deals if deal.stage == stage], facts.today)
        for stage in OPEN_STAGES
    ]


def _measures(base: Base, total: Stage, currency: str) -> Iterator[Measure[Stage]]:
    yield measure("stage", "Stage", "Стадия", lambda one: one.label)
    yield measure("deals", "Deals", "Сделок", lambda one: len(one.deals), Format.INTEGER)
    yield measure("amount", "Amount", "Сумма", lambda one: one.amount, Format.MONEY, unit=currency)
    yield measure("weighted", "Weighted", "С вероятностью", lambda one: one.weighted, Format.MONEY, unit=currency)
    yield measure("slipped", "Slipped", "Срок прошёл", lambda one: len(one.slipped), Format.INTEGER)
    yield _weighted("overdue", Label("Slipped, weighted", "Срок прошёл, с вер."), lambda one: one.slipped, currency)
    months = _months(total)
    yield from (_closing(month, currency) for month in months)
    yield _weighted("later", Label("Later", "Позже"), lambda one: one.closing_after(months[-1]), currency)
    yield _weighted("undated", Label("No date", "Без даты"), lambda one: one.undated, currency)
    yield from (_of_manager(base, manager, currency) for manager in in_order(deal.manager for deal in total.deals))


def _months(total: Stage) -> Sequence[date]:
    """The months of closing that are told: as far as something closes, within limits."""
    months = months_from(total.today, AHEAD)
    closing = [number for number, month in enumerate(months, 1) if total.closing(month)]
    return months[: max([LEAST_AHEAD, *closing])]


def _weighted(
    key: str, label: str | Label, part: Callable[[Stage], Iterable[OpenDeal]], currency: str
) -> Measure[Stage]:
    return Measure(ReportColumn(key, label, Format.MONEY, currency, width=13), lambda one: weighted(part(one)))


def _closing(month: date, currency: str) -> Measure[Stage]:
    return _weighted(month_key(month), month_label(month), lambda one: one.closing(month), currency)


def _of_manager(base: Base, manager: int, currency: str) -> Measure[Stage]:
    return _weighted(
        manager_key(base, manager),
        manager_label(base, manager),
        lambda one: (deal for deal in one.deals if deal.manager == manager),
        currency,
    )


def _reading(total: Stage, currency: str) -> Message:
    return nmsg(
        "{n} open deal worth {amount} {currency}; weighted by probability it promises {weighted}, "
        "and the columns to the right say when and through whom.",
        "{n} open deals worth {amount} {currency}; weighted by probability they promise {weighted}, "
        "and the columns to the right say when and through whom.",
        len(total.deals),
        n=len(total.deals),
        amount=money(total.amount),
        currency=currency,
        weighted=money(total.weighted),
    )


def _footer(total: Stage) -> Iterator[Message]:
    yield msg(
        "Weighted is the amount × the probability: the typed one, else the stage's ({stages}).",
        stages=[
            msg("{stage} {percent} %", stage=DEAL_STAGE.label_of(stage), percent=DEAL_PROBABILITY[stage])
            for stage in OPEN_STAGES
        ],
    )
    if total.slipped:
        yield nmsg(
            "{n} deal should have closed before today: move its date or close it.",
            "{n} deals should have closed before today: move their dates or close them.",
            len(total.slipped),
            n=len(total.slipped),
        )
    nameless = sum(deal.amount is None for deal in total.deals)
    if nameless:
        yield nmsg("{n} deal has no amount.", "{n} deals have no amount.", nameless, n=nameless)


def _figures(total: Stage, plan: Coverage | None) -> dict[str, Value | float]:
    found: dict[str, Value | float] = {
        "deals": len(total.deals),
        "amount": total.amount,
        "weighted": total.weighted,
        "slipped": len(total.slipped),
        "slipped_amount": sum((deal.amount or ZERO for deal in total.slipped), ZERO),
    }
    if plan is not None:
        found |= {"plan": plan.plan, "sold": plan.sold, "left": plan.left, "coverage": plan.covered}
    return found
