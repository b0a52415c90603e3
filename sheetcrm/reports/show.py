"""A report as people and programs get it: a tab of the book, or JSON; the numbers are the same in both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from sheetcrm.reports.report import Figure, Report, ReportCell, ReportColumn, ReportRow
from sheetcrm.schema.base import Base
from sheetcrm.schema.tables import SCHEMA, field_of
from sheetcrm.tab import (
    TITLE_LENGTH,
    Chart,
    Format,
    Highlight,
    Item,
    Look,
    Shown,
    Tab,
    TabColumn,
    TabRow,
    beginning,
    plain_title,
    units,
)
from sheetcrm.table import DIGITS, MARK, Value
from sheetcrm.text import Label, Lang, Message, msg, say

_WIDTHS = {Format.TEXT: 26, Format.INTEGER: 11, Format.PERCENT: 10, Format.DATE: 12, Format.MONTH: 12}
_WIDTH = 15
_BOLD = 1.15
"""Room that a letter of a header takes, in characters."""

_MARK = 4
"""How many characters tell titles apart that would be alike."""


def tab_title(report: Report, lang: Lang, companion: Label | None = None) -> str:
    """The title of the report's tab: marked, within what a sheet may be called.

    A longer one is cut at a word and ends with a mark made from the whole, so that two cut ones differ; so does one
    whose words do not tell the whole question.

    Args:
        report: Whose tab it is.
        lang: The reader's language.
        companion: What another tab of the same report holds, said behind the title.
    """
    end = "" if companion is None else f" · {companion.get(lang)}"
    title = plain_title(f"{MARK} {say(report.title, lang)}").rstrip("'")
    return _fitting(title, report.told_by, TITLE_LENGTH - len(end)) + end


def _fitting(title: str, told_by: str, length: int) -> str:
    if units(title) <= length and not told_by:
        return title
    mark = f" ·{sha256((title + told_by).encode(errors='surrogatepass')).hexdigest()[:_MARK]}"
    room = length - len(mark)
    if units(title) <= room:
        return title + mark
    words = beginning(title, room + 1).rpartition(" ")[0]
    return (words if words != MARK else beginning(title, room)).rstrip(" ,–×'") + mark


def to_tab(report: Report, base: Base, lang: Lang) -> Tab:
    """The report as a tab: what it is and how to read it above, totals and footnotes below.

    Args:
        report: What to show.
        base: Where the records stand that cells lead to, and how well the used columns are filled.
        lang: The reader's language.
    """
    lead = [
        TabRow((say(report.title, lang),), Look.TITLE),
        TabRow((say(report.reading, lang),), Look.SUBTITLE),
        TabRow((" · ".join(say(part, lang) for part in _provenance(report, base)),), Look.NOTE),
    ]
    rows = [_row(row, base, lang, row.look) for row in report.rows]
    totals = [_row(row, base, lang, Look.TOTAL if row.look is Look.PLAIN else row.look) for row in report.totals]
    return Tab(
        tab_title(report, lang),
        tuple(_column(column, lang) for column in report.columns),
        (*rows, *totals),
        tuple(lead),
        tuple(TabRow((say(line, lang),), Look.NOTE) for line in report.footer),
        freeze=report.freeze,
        chart=_chart(report, lang),
        highlights=tuple(Highlight(i, "bar") for i, column in enumerate(report.columns) if column.bars),
    )


def _chart(report: Report, lang: Lang) -> Chart | None:
    """The chart, under the report's title where it has none of its own."""
    if report.chart is None or report.chart.title:
        return report.chart
    return replace(report.chart, title=say(report.title, lang))


def _provenance(report: Report, base: Base) -> Iterator[Message]:
    """What the figures stand on: the day, the filter, and how full the columns are (S-116)."""
    yield msg("As of {day}", day=report.as_of)
    if report.condition:
        yield msg("filter: {condition}", condition=report.condition)
    filled = [_fill_rate(base, table, code) for table, code in dict.fromkeys(report.uses) if base.size(table)]
    if filled:
        yield msg("filled: {columns}", columns=filled)


def _fill_rate(base: Base, table: str, code: str) -> Message:
    filled = sum(value is not None for value in base.values(table, code))
    return msg(
        "{tab} “{column}” {share} %",
        tab=SCHEMA[table].info.label,
        column=field_of(table, code).label,
        share=100 * filled // base.size(table),
    )


def _column(column: ReportColumn, lang: Lang) -> TabColumn:
    header = say(column.label, lang)
    wanted = column.width or _WIDTHS.get(column.format, _WIDTH)
    longest = max(map(len, header.split()), default=0)
    return TabColumn(
        header,
        column.format,
        max(wanted, longest * _BOLD + 1),
        level=1 if column.folded else 0,
        collapsed=column.folded,
        key=column.key,
        unit=say(column.unit, lang),
        wrap=column.wrap,
    )


def _row(row: ReportRow, base: Base, lang: Lang, look: Look) -> TabRow:
    # A group of its own within the level, so that one click unfolds what is folded and nothing else.
    level = row.level + 1 if row.folded else row.level
    return TabRow(tuple(_item(cell, base, lang) for cell in row.cells), look, level, row.folded)


def _item(cell: Figure | ReportCell, base: Base, lang: Lang) -> Item:
    if not isinstance(cell, ReportCell):
        return _value(cell, lang)
    link = None
    if cell.record is not None:
        place = base.place(*cell.record)
        link = (place.sheet, f"A{place.row}")
    return Shown(_value(cell.figure, lang), cell.look, link)


def _value(figure: Figure, lang: Lang) -> Value:
    """A figure as a canonical value: words said, floats without their noise."""
    if isinstance(figure, Label | Message):
        return say(figure, lang)
    if isinstance(figure, float):
        return Decimal(f"{figure:.{DIGITS}g}")
    return figure


def to_json(report: Report, base: Base, lang: Lang) -> dict[str, object]:
    """The report as its documented JSON object: a key a column, the numbers unrounded, dates in ISO.

    A row's `level` is its outline level; what the tab says above and below the table stands in `reading`,
    `provenance` and `footer`, the footer's figures in `figures`. Units are in English.
    """
    return {
        "code": report.code,
        "name": report.name,
        "title": say(report.title, lang),
        "reading": say(report.reading, lang),
        "as_of": report.as_of.isoformat(),
        "filter": report.condition,
        "provenance": [say(part, lang) for part in _provenance(report, base)],
        "columns": [
            {
                "key": column.key,
                "label": say(column.label, lang),
                "type": column.format.value,
                "unit": say(column.unit, "en"),
            }
            for column in report.columns
        ],
        "rows": [_json_row(report, row, lang) for row in report.rows],
        "totals": [_json_row(report, row, lang) for row in report.totals],
        "figures": {name: _json(figure, lang) for name, figure in report.figures.items()},
        "footer": [say(line, lang) for line in report.footer],
    }


def _json_row(report: Report, row: ReportRow, lang: Lang) -> dict[str, object]:
    figures = (cell.figure if isinstance(cell, ReportCell) else cell for cell in row.cells)
    found = {column.key: _json(figure, lang) for column, figure in zip(report.columns, figures, strict=False)}
    return {"level": row.level, **found}


def _json(figure: Figure, lang: Lang) -> str | bool | int | float | None:
    value = _value(figure, lang)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
