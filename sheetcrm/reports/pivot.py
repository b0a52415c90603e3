"""The pivot: any rows told apart by any dimensions, with subtotals, totals and a chart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from sheetcrm.errors import UsageError
from sheetcrm.reports.aggregates import Aggregate, aggregate, value_column
from sheetcrm.reports.cross import Crossed, cross
from sheetcrm.reports.dimensions import Axis, axes, axis, dimension
from sheetcrm.reports.grains import DEFAULT_GRAIN
from sheetcrm.reports.question import question
from sheetcrm.reports.report import Report
from sheetcrm.schema import kinds
from sheetcrm.schema.computed import currency
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.filter import parse, tokens
from sheetcrm.schema.tables import SCHEMA, titled
from sheetcrm.schema.words import fold
from sheetcrm.tab import Chart, Format
from sheetcrm.table import MARK
from sheetcrm.text import LANGUAGES, Label, Lang, Message, msg, say

TABLES = ("companies", "deals", "activities", "payments", "tasks")
"""What a pivot can count."""

DRILL = ("territory", "manager", "product_group", "company", "deal")
"""The rows where none are named: the default drill."""

_FROZEN = 2
_CHART_ROWS = 30
_CHART_SERIES = 8
_WORD = re.compile(r'(?:"[^"]*"|[^,"])+')


@dataclass(frozen=True, slots=True)
class Ask:
    """What a pivot is asked.

    Attributes:
        rows: The dimensions that tell rows apart, the outermost first; none for the default drill.
        cols: The dimensions that tell columns apart.
        values: What is counted: `count`, `sum:amount`.
        of: The table whose rows are counted; "" to tell by the columns that are named.
        name: The tab's name, "" for one made of the question.
    """

    rows: tuple[str, ...] = ()
    cols: tuple[str, ...] = ()
    values: tuple[str, ...] = ("count",)
    of: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Counting:
    """A question understood.

    Attributes:
        facts: The facts as of the day asked about.
        ask: The question.
        where: The filter, "" for none.
        table: The table whose rows are counted.
        rows: The positions of the rows that count, in sheet order.
        down: What tells rows apart, the outermost first.
        across: What tells columns apart.
        aggregates: The figures.
    """

    facts: Facts
    ask: Ask
    where: str
    table: str
    rows: Sequence[int]
    down: Sequence[Axis]
    across: Sequence[Axis]
    aggregates: Sequence[Aggregate]


def words(text: str) -> tuple[str, ...]:
    """The names in `A, "B, or C", sum:"D, %"`; quotes keep a comma."""
    found = (word.replace('"', "").strip() for word in _WORD.findall(text))
    return tuple(word for word in found if word)


def pivot(facts: Facts, ask: Ask, where: str = "") -> Report:
    """Count rows by dimensions: what is asked, understood and told.

    Raises:
        UsageError: If a name is unknown, or what is asked for does not go together.
    """
    return told(counting(facts, ask, where))


def counting(facts: Facts, ask: Ask, where: str = "") -> Counting:
    """What is counted, by what.

    Args:
        facts: The facts as of the day asked about.
        ask: What is counted, and by what.
        where: A filter of the rows, "" for none.

    Raises:
        UsageError: If a name is unknown, or what is asked for does not go together.
    """
    table = _table(facts, ask)
    rows = sorted(_counted(facts, table, where))
    down = _levels(facts, table, ask.rows or _drill(facts, table))
    across = _levels(facts, table, ask.cols)
    aggregates = [aggregate(facts, table, word, rows) for word in dict.fromkeys(ask.values or ("count",))]
    return Counting(facts, ask, where.strip(), table, rows, down, across, aggregates)


def told(question: Counting) -> Report:
    """What a question comes to.

    Returns:
        A row a value of the outermost dimension, the inner ones below it, outlined; a column a figure, or one for
        each value of the dimensions across, with row totals. Subtotals and totals are computed from the rows they
        stand for, so averages, medians and distinct counts are right in them too.
    """
    table, down, across, aggregates = question.table, question.down, question.across, question.aggregates
    uses = [*(level.uses for level in (*down, *across)), *(one.uses for one in aggregates)]
    report = Report(
        "pivot",
        "pivot",
        _title(question),
        _reading(table, down, across, aggregates),
        question.facts.today,
        (),
        (),
        uses=tuple(dict.fromkeys(chain.from_iterable(uses))),
        condition=question.where,
        told_by="" if _own_name(question.ask) else _spelt(question.where),
        freeze=min(len(down), _FROZEN),
    )
    if not question.rows:
        return replace(report, reading=_nothing(question.facts, table, question.where))
    crossed = cross(down, across, aggregates, question.rows)
    return replace(
        report,
        columns=crossed.columns,
        rows=crossed.rows,
        totals=crossed.totals,
        footer=tuple(_footer(question)),
        chart=_chart(crossed, down, across, aggregates),
    )


# ── what is asked ──


def _table(facts: Facts, ask: Ask) -> str:
    if ask.of:
        table = titled(ask.of)
        if table not in TABLES:
            raise UsageError(
                msg("A pivot does not count “{table}”.", table=ask.of),
                msg("Name one of: {tables}.", tables=list(TABLES)),
            )
        return table
    named = [dimension(facts.base, "companies", word) is not None for word in (*ask.rows, *ask.cols)]
    counted = [value_column(facts.base, "companies", word) is not None for word in ask.values if ":" in word]
    return "companies" if (ask.rows or ask.cols) and all(named) and all(counted) else "deals"


def _counted(facts: Facts, table: str, where: str) -> Iterable[int]:
    if not where.strip():
        return range(facts.base.size(table))
    if table == "companies":
        # A filter may name a deal's column: then the companies that have such a deal count.
        return question(facts, where).companies or ()
    return parse(where, table, facts.base).positions(facts)


def _drill(facts: Facts, table: str) -> tuple[str, ...]:
    """The default rows, without those that the table does not know or that nobody has filled."""
    known = [word for word in DRILL if dimension(facts.base, table, word) is not None]
    return tuple(word for word in known if word in (known[-1], "manager") or len(axis(facts, table, word).items) > 1)


def _levels(facts: Facts, table: str, asked: Iterable[str]) -> list[Axis]:
    """The dimensions in order, each once."""
    found = chain.from_iterable(axes(facts, table, word) for word in asked)
    return list({level.key: level for level in found}.values())


def _title(question: Counting) -> Label:
    """The question in words, so that each has a tab of its own; the filter alone is left out."""
    name = _own_name(question.ask)
    if name:
        return Label(name, name)
    return Label(*(f"{_counted_words(question, lang)} – {_crossing(question, lang)}" for lang in LANGUAGES))


def _own_name(ask: Ask) -> str:
    return ask.name.strip().removeprefix(MARK).strip()


def _counted_words(question: Counting, lang: Lang) -> str:
    """`Companies`, `Deals: Amount, Count`: the tab, and the figures where they are not merely how many rows."""
    tab = SCHEMA[question.table].info.label.get(lang)
    if [one.key for one in question.aggregates] == ["count"]:
        return tab
    return f"{tab}: {', '.join(say(one.label, lang) for one in question.aggregates)}"


def _crossing(question: Counting, lang: Lang) -> str:
    """`Manager, Stage × Month`: what stands down, and what stands across."""
    sides = (", ".join(_level(level, lang) for level in side) for side in (question.down, question.across) if side)
    return " × ".join(sides)


def _level(level: Axis, lang: Lang) -> str:
    """`Manager`, `Need date (quarter)`; the usual step of time goes without saying."""
    label = level.label.get(lang)
    return label if level.grain in (None, DEFAULT_GRAIN) else f"{label} ({level.grain.title.get(lang)})"


def _spelt(where: str) -> str:
    """A filter as it is told from others: spaces, quotes and capitals don't matter."""
    return " ".join(fold(token.text) for token in tokens(where))


def _reading(table: str, down: Sequence[Axis], across: Sequence[Axis], aggregates: Sequence[Aggregate]) -> Message:
    named = {
        "tab": SCHEMA[table].info.label,
        "values": [one.label for one in aggregates],
        "rows": [level.label for level in down],
    }
    if across:
        columns = [level.label for level in across]
        return msg(
            "Rows are told apart by: {rows}; columns by: {columns}; the figures are: {values}, over the tab “{tab}”.",
            columns=columns,
            **named,
        )
    return msg("Rows are told apart by: {rows}; the figures are: {values}, over the tab “{tab}”.", **named)


def _nothing(facts: Facts, table: str, where: str) -> Message:
    tab = SCHEMA[table].info.label
    if facts.base.size(table):
        return msg("No row of the tab “{tab}” matches the filter “{condition}”.", tab=tab, condition=where)
    return msg("The tab “{tab}” has no rows yet: there is nothing to count.", tab=tab)


# ── around the table ──


def _footer(question: Counting) -> Iterator[Message]:
    table, rows, levels = question.table, question.rows, (*question.down, *question.across)
    size, tab = question.facts.base.size(table), SCHEMA[table].info.label
    yield msg("Rows counted: {n} of {size}, tab “{tab}”.", n=len(rows), size=size, tab=tab)
    for level in levels:
        blank = next((number for number, item in enumerate(level.items) if not item.key), None)
        count = sum(level.codes[row] == blank for row in rows)
        if count:
            yield msg("Rows with a blank “{column}”: {n}.", column=level.label, n=count)
    if any(level.key == "stage" for level in levels):
        yield msg("A company counts under the stage that its purchases bear out; `typed_stage` is what is typed.")
    found = currencies(question)
    if len(found) > 1:
        yield msg(
            "Money in several currencies ({currencies}) is not added up: those cells are blank.", currencies=found
        )


def currencies(question: Counting) -> list[str]:
    """The currencies of the deals whose money is counted; none where no money of deals is."""
    counted = [one.column for one in question.aggregates if one.column is not None]
    if not any(column.table == question.table == "deals" and column.kind == kinds.MONEY for column in counted):
        return []
    codes = currency(question.facts)
    return sorted({codes[row] for row in question.rows})


def _chart(
    crossed: Crossed, down: Sequence[Axis], across: Sequence[Axis], aggregates: Sequence[Aggregate]
) -> Chart | None:
    """One level of a few rows: its first figure as bars, a line over time, stacked where it is told apart across."""
    last = len(crossed.rows) - 1
    if last > 0 and not down[0].items[-1].key:
        last -= 1  # the blank is no point of the chart
    if len(down) > 1 or not 1 <= last < _CHART_ROWS or aggregates[0].format is Format.DATE:
        return None
    totals = len(crossed.columns) - len(aggregates)
    series = tuple(range(1, totals, len(aggregates)))
    if across and len(series) <= _CHART_SERIES and aggregates[0].additive:
        return Chart("stacked", "", 0, series, 0, last)
    return Chart("line" if down[0].grain else "bar", "", 0, (totals,), 0, last)
