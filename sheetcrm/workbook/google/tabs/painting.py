"""The looks of a drawn tab in few requests: one a column, then what differs from its column.

Styles, links, number formats and alignments are painted one after the other, each by its own mask: a row of totals is
one rectangle, whatever the formats of its columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sheetcrm.tab import Item, Look, Shown, Tab, TabRow
from sheetcrm.table import Spot
from sheetcrm.workbook.dress import (
    align_of,
    body_styles,
    header_align,
    header_style,
    look_of,
    ruled_width,
    vertical_of,
)
from sheetcrm.workbook.edited import as_read
from sheetcrm.workbook.formats import GENERAL, TYPED_TEXT, fitting, number_formats
from sheetcrm.workbook.google.tabs.extent import used
from sheetcrm.workbook.google.tabs.links import uri
from sheetcrm.workbook.google.tabs.rectangles import alike, rectangles
from sheetcrm.workbook.google.tabs.styles import (
    ALIGN,
    FONT,
    LINKED,
    NUMBER,
    STYLE,
    align_format,
    colour,
    number_format,
    style_format,
    text_format,
)
from sheetcrm.workbook.google.wire import Json, grid_range
from sheetcrm.workbook.grid import body_row, footer_row, header_end, last_row, plain
from sheetcrm.workbook.looks import LINK, STYLES, Align, Style

_PLAIN = STYLES[Look.PLAIN]
_BLANK = TabRow(())


class Line(NamedTuple):
    """A row of free text: its number, what it holds, and how many of its cells are dressed."""

    number: int
    row: TabRow
    width: int


def ground(tab: Tab, gid: int) -> Json:
    """What everything else is painted on: the letters of the book."""
    letters = text_format(_PLAIN) | {"fontFamily": FONT}
    return _repeat(gid, (1, 0), used(tab), align_format(Align()) | {"textFormat": letters}, "userEnteredFormat")


def paint(tab: Tab, gid: int, gids: Mapping[str, int]) -> Iterator[Json]:
    """The requests that dress the cells of a tab that is painted over."""
    yield from _styles(tab, gid)
    yield from _links(tab, gid, gids)
    yield from _number_formats(tab, gid)
    yield from _aligns(tab, gid)


def _repeat(gid: int, first: Spot, last: Spot, cell_format: Json, fields: str) -> Json:
    cell = {"userEnteredFormat": cell_format}
    return {"repeatCell": {"range": grid_range(gid, first, last), "cell": cell, "fields": fields}}


# ── styles ──


def _styles(tab: Tab, gid: int) -> Iterator[Json]:
    usual = body_styles(tab)
    own = [usual[column.look] for column in tab.columns]
    yield from _by_column(tab, gid, [None if style == _PLAIN else style_format(style) for style in own], STYLE)
    cells = _free_styles(tab) | _header_styles(tab) | _body_styles(tab, own, usual)
    for first, last, style in rectangles(cells):
        yield _repeat(gid, first, last, style_format(style), STYLE)


def _by_column(tab: Tab, gid: int, formats: Sequence[Json | None], fields: str) -> Iterator[Json]:
    """A request for all neighbouring columns of the body that are alike; None where the ground will do."""
    first, last = body_row(tab), last_row(tab)
    if last < first:
        return
    for run, one in alike(formats):
        if one is not None:
            yield _repeat(gid, (first, run.start), (last, run.end - 1), one, fields)


def _free_lines(tab: Tab) -> Iterator[Line]:
    """The lines above and below the table; all of them, where there is no table."""
    for number, row in enumerate(tab.lead, 1):
        yield Line(number, row, len(row.values))
    if not tab.columns:
        for number, row in enumerate(tab.rows, body_row(tab)):
            yield Line(number, row, ruled_width(tab, row))
    for number, row in enumerate(tab.footer, footer_row(tab)):
        yield Line(number, row, len(row.values))


def _free_styles(tab: Tab) -> dict[Spot, Style]:
    return {
        (line.number, at): style
        for line in _free_lines(tab)
        for at in range(line.width)
        if (style := STYLES[look_of(_item(line.row, at), line.row, None)]) != _PLAIN
    }


def _header_styles(tab: Tab) -> dict[Spot, Style]:
    """The header's, which goes on below where a native pivot has several lines of it."""
    lines = range(tab.header_row, header_end(tab) + 1)
    return {(row, at): header_style(tab, column) for row in lines for at, column in enumerate(tab.columns)}


def _body_styles(tab: Tab, own: Sequence[Style], usual: Mapping[Look, Style]) -> dict[Spot, Style]:
    """What differs from its column; a native pivot has its lines where the program puts them."""
    return {
        (number, at): style
        for number, row in _body(tab)
        if row.look is not Look.PLAIN or any(isinstance(item, Shown) for item in row.values)
        for at, column in enumerate(tab.columns)
        if (style := usual[look_of(_item(row, at), row, column)]) != own[at]
    }


def _body(tab: Tab) -> Iterator[tuple[int, TabRow]]:
    """The rows of a table that stand where the tab has them, with their numbers."""
    yield from enumerate(tab.rows if tab.columns and tab.pivot is None else (), body_row(tab))


def _item(row: TabRow, at: int) -> Item:
    return row.values[at] if at < len(row.values) else None


# ── links ──


def _links(tab: Tab, gid: int, gids: Mapping[str, int]) -> Iterator[Json]:
    lines = (*_body(tab), *((line.number, line.row) for line in _free_lines(tab)))
    cells = {(number, at): True for number, row in lines for at, item in enumerate(row.values) if uri(item, gids)}
    letters = {"textFormat": {"foregroundColorStyle": colour(LINK), "underline": True}}
    for first, last, _ in rectangles(cells):
        yield _repeat(gid, first, last, letters, LINKED)


# ── number formats ──


def _number_formats(tab: Tab, gid: int) -> Iterator[Json]:
    own = number_formats(tab)
    yield from _by_column(tab, gid, [number_format(one) or None for one in own], NUMBER)
    cells = {
        (line.number, at): pattern
        for line in _free_lines(tab)
        for at, item in enumerate(line.row.values)
        if (pattern := _pattern(item, GENERAL)) != GENERAL
    }
    for number, row in _body(tab):
        for at, (item, usual) in enumerate(zip(row.values, own, strict=False)):
            if (pattern := _pattern(item, usual)) != usual:
                cells[number, at] = pattern
    for first, last, pattern in rectangles(cells):
        yield _repeat(gid, first, last, number_format(pattern), NUMBER)


def _pattern(item: Item, usual: str) -> str:
    """The column's number format, or one that fits the value: where texts are typed, Google makes them of numbers."""
    value = plain(item)
    if value is None or isinstance(value, str):
        return usual
    found = fitting(usual, as_read(value))
    return GENERAL if found == TYPED_TEXT else found


# ── alignments ──


def _aligns(tab: Tab, gid: int) -> Iterator[Json]:
    vertical = vertical_of(tab)
    own = [align_of(column, at, _BLANK, vertical) for at, column in enumerate(tab.columns)]
    yield from _by_column(tab, gid, [None if align == Align() else align_format(align) for align in own], ALIGN)
    lines = range(tab.header_row, header_end(tab) + 1)
    cells = {(row, at): header_align(tab, at) for row in lines for at in range(len(tab.columns))}
    for number, row in _body(tab):
        if row.level and (align := align_of(tab.columns[0], 0, row, vertical)) != own[0]:
            cells[number, 0] = align
    for first, last, align in rectangles(cells):
        yield _repeat(gid, first, last, align_format(align), ALIGN)
