"""How the base stands by stage (R01)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from sheetcrm.reports.labels import TOTAL, in_order, manager_key, manager_label
from sheetcrm.reports.measures import Measure, columns_of, measure, row_of, rows_of
from sheetcrm.reports.open_deals import open_deals
from sheetcrm.reports.report import Entry, Question, Report, ReportColumn
from sheetcrm.reports.sold import currencies
from sheetcrm.schema.base import Base, load
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.orders import ZERO
from sheetcrm.tab import Chart, Format, Look
from sheetcrm.text import Label, Message, msg, nmsg

USES = (
    ("companies", "stage"),
    ("companies", "manager"),
    ("companies", "created_on"),
    ("deals", "stage"),
    ("deals", "delivered_on"),
    ("deals", "amount"),
)


@dataclass(slots=True)
class StageCount:
    """The companies counted in one stage, or in all of them.

    Attributes:
        label: The stage as the firm calls it.
        clients: How many there are.
        before: How many there were a month before, None where nothing tells.
        typed: How many bear the stage as typed, whatever their data says.
        open_deals: How many open deals they have.
        open_amount: What those are worth.
        by_manager: How many each manager answers for.
    """

    label: Label
    clients: int = 0
    before: int | None = None
    typed: int = 0
    open_deals: int = 0
    open_amount: Decimal = ZERO
    by_manager: Counter[int] = field(default_factory=Counter)

    @property
    def change(self) -> int | None:
        """Clients more or fewer than a month before."""
        return None if self.before is None else self.clients - self.before


def client_stages(question: Question) -> Report:
    """How many clients stand in each stage, and how that changed in a month.

    A company counts in the stage its data supports: buyer, regular buyer and reactivation follow from its purchases,
    a typed stage counts as far as the gates allow, refused and not our client count as typed.

    Columns: stage; clients; change (clients more or fewer than a month before, as the dates of the rows tell);
    share of all clients that count (0–1); typed (how many bear the stage as typed); open_deals and open_amount
    (deals neither settled nor lost, in the book's currency); then clients by manager.

    Source:
        Requirements S-07, S-110, S-111; reactivation is a silence of more than 2P (S-135).
    """
    counts = stage_counts(question)
    total = sum_of(counts.values())
    if not total.clients:
        return STAGES.nothing(question, msg("No company answers the question, so there is nothing to count."))
    money = currencies(question.facts, (deal.deal for deal in open_deals(question)))
    measures = list(_measures(question.facts.base, total, money))
    return replace(
        STAGES.empty(question, _reading(counts, total)),
        columns=columns_of(measures),
        rows=rows_of(measures, counts.values()),
        totals=(row_of(measures, total, look=Look.TOTAL),),
        footer=tuple(_footer(total, money)),
        uses=USES,
        figures={"clients": total.clients, **{stage: count.clients for stage, count in counts.items()}},
        chart=Chart("bar", "", 0, (1,), 0, len(counts) - 1),
    )


STAGES = Entry("R01", "stages", Label("Client stages", "Этапы клиентов"), client_stages)


def stage_counts(question: Question) -> Mapping[str, StageCount]:
    """The companies that count, by stage, in the order of the stages."""
    facts, base = question.facts, question.facts.base
    counts = {choice.code: StageCount(choice.label) for choice in base.vocabulary.enumerations["company_stage"].choices}
    typed = base.values("companies", "stage")
    managers = base.managers("companies")
    for company, stage in enumerate(facts.counted_stage):
        if question.company(company):
            counts[stage].clients += 1
            counts[stage].by_manager[managers[company]] += 1
            counts[str(typed[company] or "lead")].typed += 1
    for deal in open_deals(question):
        if deal.company >= 0:
            count = counts[facts.counted_stage[deal.company]]
            count.open_deals += 1
            count.open_amount += deal.amount or ZERO
    before = month_before(question)
    for stage, count in counts.items():
        count.before = None if before is None else before[stage]
    return counts


def month_before(question: Question) -> Counter[str] | None:
    """The same companies by stage a month before, with every row left out that is dated later.

    Returns:
        None where the base cannot tell: companies without the day they were entered, or all entered since.
    """
    base, day = question.facts.base, question.facts.today - relativedelta(months=1)
    entered = base.values("companies", "created_on")
    if None in entered or all(isinstance(one, date) and one > day for one in entered):
        return None
    then = Facts(load(base.book, day), day)
    now = {number: position for position, number in enumerate(_numbers(base))}
    stages = zip(_numbers(then.base), then.counted_stage, strict=True)
    return Counter(stage for number, stage in stages if number in now and question.company(now[number]))


def _numbers(base: Base) -> Sequence[int]:
    table = base.table("companies")
    return () if table is None else table.numbers


def sum_of(counts: Iterable[StageCount]) -> StageCount:
    """All stages together."""
    total = StageCount(TOTAL)
    for count in counts:
        total.clients += count.clients
        total.typed += count.typed
        total.open_deals += count.open_deals
        total.open_amount += count.open_amount
        total.by_manager += count.by_manager
        if count.before is not None:
            total.before = (total.before or 0) + count.before
    return total


def _measures(base: Base, total: StageCount, money: list[str]) -> Iterator[Measure[StageCount]]:
    yield measure("stage", "Stage", "Этап", lambda count: count.label)
    yield measure("clients", "Clients", "Клиентов", lambda count: count.clients, Format.INTEGER, bars=True)
    if total.before is not None:
        yield measure("change", "Δ in a month", "Δ за месяц", lambda count: count.change, Format.INTEGER)
    yield measure("share", "Share", "Доля", lambda count: count.clients / total.clients, Format.PERCENT)
    yield measure("typed", "As typed", "Как указано", lambda count: count.typed, Format.INTEGER)
    yield measure("open_deals", "Open deals", "Сделок в работе", lambda count: count.open_deals, Format.INTEGER)
    if len(money) == 1:
        yield measure(
            "open_amount", "Their amount", "На сумму", lambda count: count.open_amount, Format.MONEY, unit=money[0]
        )
    managers = in_order(total.by_manager)
    if managers != [-1]:
        yield from (_manager_measure(base, manager) for manager in managers)


def _manager_measure(base: Base, manager: int) -> Measure[StageCount]:
    column = ReportColumn(manager_key(base, manager), manager_label(base, manager), Format.INTEGER)
    return Measure(column, lambda count: count.by_manager[manager])


def _reading(counts: Mapping[str, StageCount], total: StageCount) -> Message:
    return nmsg(
        "{n} client, counted in the stage its data supports: {buyers} buying, {dormant} to win back.",
        "{n} clients, each counted in the stage its data supports: {buyers} buying, {dormant} to win back.",
        total.clients,
        n=total.clients,
        buyers=counts["buyer"].clients + counts["regular"].clients,
        dormant=counts["dormant"].clients,
    )


def _footer(total: StageCount, money: list[str]) -> Iterator[Message]:
    yield msg(
        "Buyer, regular buyer and reactivation follow from purchases; any other stage counts as typed, "
        "as far as the client's data supports it."
    )
    if total.before is None:
        yield msg("The change in a month is not shown: the base does not yet tell how it stood then.")
    else:
        yield msg(
            "The change in a month counts what has a date: new clients, purchases, silence; "
            "a stage typed by hand counts as if it had stood a month ago."
        )
    if len(money) > 1:
        yield msg("Amounts are left out: the deals are in several currencies ({currencies}).", currencies=money)
