"""A pivot that the reader's own program counts: its flat table, and a tab that shows what it comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from sheetcrm.errors import UsageError
from sheetcrm.reports.aggregates import Aggregate
from sheetcrm.reports.cross import TOTAL, Crossed, cross
from sheetcrm.reports.dimensions import Axis
from sheetcrm.reports.flat import IDS, FlatColumn, flat, items_of, raw_key, shown, unique
from sheetcrm.reports.pivot import Counting, currencies
from sheetcrm.reports.report import Figure, Report, ReportCell, ReportColumn, ReportRow
from sheetcrm.reports.show import tab_title, to_tab
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.schema.words import fold
from sheetcrm.tab import Look, Pivot, PivotField, PivotValue, Tab
from sheetcrm.text import Label, Lang, Message, msg, say

PIVOT = Label("pivot", "сводная")
DATA = Label("data", "данные")
VALUES = Label("Values", "Значения")

Function = Literal["count", "sum", "average", "min", "max"]

_FUNCTIONS: Mapping[str, Function] = {"count": "count", "sum": "sum", "avg": "average", "min": "min", "max": "max"}
_SHARE = "share"

_NARROWEST, _WIDEST = 11.0, 30.0
_BOLD = 1.15
"""Room that a letter of a header takes, in characters."""


def check_native(question: Counting) -> None:
    """Do nothing if a native pivot comes to the same figures as ours.

    Raises:
        UsageError: If it cannot compute one of them, would add up money of several currencies, or should tell both
            rows and columns apart by the same.
    """
    for axis in question.across:
        if axis.key in {level.key for level in question.down}:
            raise UsageError(
                msg("In a native pivot “{column}” stands either down or across, not both.", column=axis.label),
                msg("Leave it out of --rows or --cols, or leave out --native."),
            )
    for one in question.aggregates:
        if one.function not in _FUNCTIONS and one.function != _SHARE:
            raise UsageError(
                msg("“{figure}” is nothing that a native pivot can compute.", figure=one.label),
                msg("Leave {word} out, or leave out --native: the tab ▦ has the figure.", word=one.key),
            )
    found = currencies(question)
    if len(found) > 1:
        raise UsageError(
            msg("A native pivot would add up money of several currencies ({currencies}).", currencies=found),
            msg('Count one of them: --where "currency = {currency}".', currency=found[0]),
        )


def native_tabs(question: Counting, report: Report, lang: Lang) -> tuple[Tab, Tab]:
    """The tab of the native pivot, and that of its flat table.

    Args:
        question: What is counted.
        report: What it comes to; where nothing is counted, both tabs say so.
        lang: The reader's language.
    """
    titles = tab_title(report, lang, PIVOT), tab_title(report, lang, DATA)
    base = question.facts.base
    if not question.rows:
        empty = to_tab(report, base, lang)
        return replace(empty, title=titles[0]), replace(empty, title=titles[1])
    down = [shown(axis, question.rows, lang) for axis in question.down]
    across = [shown(axis, question.rows, lang) for axis in question.across]
    question = replace(question, down=down, across=across)
    columns = flat(question, lang)
    pivot = _pivot(question, columns, titles[1], lang)
    whole = replace(report, reading=_reading(titles[1]), footer=(), chart=None, totals=())
    figures = to_tab(_laid_out(whole, question, pivot, columns), base, lang)
    data = to_tab(_listed(whole, question, columns), base, lang)
    return replace(figures, title=titles[0], pivot=pivot), replace(data, title=titles[1], table=table_name(titles[1]))


def table_name(title: str) -> str:
    """What a table on the tab is called: letters, digits and underscores, as formulas need it."""
    name = re.sub(r"\W+", "_", title).strip("_")
    return name if name[:1].isalpha() else f"_{name}"


def _reading(source: str) -> Message:
    return msg(
        "A pivot table to rearrange: pull other columns in, filter, double-click a figure to see what stands behind"
        " it. It counts the tab “{tab}”.",
        tab=source,
    )


# ── what is counted by what ──


def _pivot(question: Counting, columns: Sequence[FlatColumn], source: str, lang: Lang) -> Pivot:
    at = {column.key: number for number, column in enumerate(columns)}
    rows, across = (
        tuple(PivotField(at[axis.key], items_of(axis)) for axis in axes) for axes in (question.down, question.across)
    )
    taken = {fold(column.header) for column in columns}
    values: list[PivotValue] = []
    for one in question.aggregates:
        name = _name(one, taken, lang)
        number = at[IDS if one.column is None else raw_key(one.column)]
        values.append(PivotValue(number, _function(one), name, one.format, one.function == _SHARE))
    return Pivot(source, rows, across, tuple(values), TOTAL.get(lang), VALUES.get(lang))


def _function(one: Aggregate) -> Function:
    """The program's function; a share is one of what is counted or added up."""
    if one.function == _SHARE:
        return "count" if one.column is None else "sum"
    return _FUNCTIONS[one.function]


def _name(one: Aggregate, taken: set[str], lang: Lang) -> str:
    """What a figure is called, its unit with it; never as a column of the data is."""
    name = ", ".join(filter(None, (say(one.label, lang), say(one.unit, lang))))
    return unique(say(msg("Sum: {column}", column=name), lang) if fold(name) in taken else name, taken)


# ── how it is laid out ──


def _laid_out(report: Report, question: Counting, pivot: Pivot, columns: Sequence[FlatColumn]) -> Report:
    """The header's lines, the rows with their subtotals above, and the total."""
    crossed = cross(question.down, question.across, question.aggregates, question.rows)
    first, *further = _heads(question, pivot, [column.header for column in columns])
    widths = [_room(lines) for lines in zip(*(further or [first]), strict=True)]
    named = [
        replace(column, label=_words(head), unit="", width=0 if at < len(question.down) else width)
        for at, (column, head, width) in enumerate(zip(crossed.columns, first, widths, strict=True))
    ]
    lines = [ReportRow(line, look=Look.SUBTOTAL) for line in further]
    rows = [*lines, *_body(crossed, len(question.down)), *crossed.totals]
    return replace(report, columns=tuple(named), rows=tuple(rows))


def _words(head: Figure) -> str | Label | Message:
    return head if isinstance(head, str | Label | Message) else ""


def _room(heads: Sequence[Figure]) -> float:
    """The width of a column of figures: programs do not wrap the header of a pivot."""
    return min(max(_NARROWEST, *(len(str(head)) * _BOLD + 1 for head in heads if head is not None)), _WIDEST)


def _body(crossed: Crossed, labels: int) -> Iterator[ReportRow]:
    """The rows, each with its innermost name alone."""
    for row in crossed.rows:
        heads: list[Figure] = [None] * labels
        own = row.cells[row.level]
        heads[row.level] = own.figure if isinstance(own, ReportCell) else own
        yield ReportRow((*heads, *row.cells[labels:]), look=row.look)


def _heads(question: Counting, pivot: Pivot, headers: Sequence[str]) -> Iterator[list[Figure]]:
    """The lines of the header from above: what stands across, its values level by level, the figures."""
    down: list[Figure] = [headers[field.column] for field in pivot.rows]
    names: list[Figure] = [value.name for value in pivot.values]
    if not question.across:
        yield [*down, *names]
        return
    keys = sorted({tuple(axis.codes[row] for axis in question.across) for row in question.rows})
    several = len(names) > 1
    blank: list[Figure] = [None] * len(down)
    width = (len(keys) + 1) * len(names)
    above: list[Figure] = [*(headers[field.column] for field in pivot.columns), *([pivot.across] if several else [])]
    yield [*([None] if several else names), *blank[1:], *above, *[None] * width][: len(down) + width]
    for level, axis in enumerate(question.across):
        last = level == len(question.across) - 1 and not several
        yield [*(down if last else blank), *_values_across(axis, level, keys, len(names)), *_totals(level, pivot)]
    if several:
        yield [*down, *names * len(keys), *[None] * len(names)]


def _values_across(axis: Axis, level: int, keys: Sequence[tuple[int, ...]], figures: int) -> Iterator[Figure]:
    """The values of a level, each over the first of its columns."""
    before: tuple[int, ...] = ()
    for key in keys:
        yield None if key[: level + 1] == before else axis.items[key[level]].figure
        yield from [None] * (figures - 1)
        before = key[: level + 1]


def _totals(level: int, pivot: Pivot) -> list[Figure]:
    """What stands over the totals: their name, in the first line alone."""
    if level:
        return [None] * len(pivot.values)
    if len(pivot.values) == 1:
        return [pivot.total]
    return [f"{pivot.total} {value.name}" for value in pivot.values]


def _listed(report: Report, question: Counting, columns: Sequence[FlatColumn]) -> Report:
    """The flat table."""
    return replace(
        report,
        reading=msg(
            "A row for each row of the tab “{tab}” that counts: the source of a pivot table.",
            tab=SCHEMA[question.table].info.label,
        ),
        columns=tuple(ReportColumn(column.key, column.header, column.format) for column in columns),
        rows=tuple(map(ReportRow, zip(*(column.values for column in columns), strict=True))),
        freeze=1,
    )
