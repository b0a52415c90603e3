"""The pen that fills a worksheet: a header, a line of the table, a line of text above or below it."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from xlsxwriter.format import Format as CellFormat

from sheetcrm.tab import Format, Item, Look, Shown, Tab, TabColumn, TabRow
from sheetcrm.table import Cell, Value
from sheetcrm.workbook.cells import LONGEST_TEXT, check_value
from sheetcrm.workbook.edited import as_read
from sheetcrm.workbook.grid import header_text, plain
from sheetcrm.workbook.xlsx.edit.cell import check_epoch, serial
from sheetcrm.workbook.xlsx.tabs.book import Sheet
from sheetcrm.workbook.xlsx.tabs.formats import GENERAL, fitting, number_formats
from sheetcrm.workbook.xlsx.tabs.links import link_to
from sheetcrm.workbook.xlsx.tabs.looks import HEADER, HEADER_OF, LINE, LINK, STYLES, Align, Style, Vertical
from sheetcrm.workbook.xlsx.tabs.wardrobe import Wardrobe

_MOST_LINKS = 65_000
"""A worksheet takes 65 530 hyperlinks and no more."""

_LINE_HEIGHT = 15.0
_POINTS = 0.75
"""Of a pixel, in which XlsxWriter counts without rounding."""

_BOLD = 1.1
"""How much wider a bold letter may be than the digit that widths are counted in."""

_HEIGHTS = {Look.TITLE: 30.0, Look.SUBTITLE: 20.0, Look.HEADING: 26.0}
_NUMBERS = (Format.INTEGER, Format.QUANTITY, Format.MONEY, Format.PERCENT)
_DATES = (Format.DATE, Format.DATETIME, Format.MONTH)


class Pen:
    """A worksheet while it is filled: the tab, the formats of its columns, the links so far."""

    def __init__(self, sheet: Sheet, tab: Tab, wardrobe: Wardrobe, date1904: bool) -> None:
        """Begin on a blank worksheet."""
        self._sheet = sheet
        self._tab = tab
        self._wardrobe = wardrobe
        self._date1904 = date1904
        self._formats = number_formats(tab)
        self._links = 0
        # A thin line below each row, where no grid lines are shown.
        self._styles = (
            {look: _lined(style) for look, style in STYLES.items()} if tab.group in ("report", "start") else STYLES
        )
        # Beside wrapped texts the short ones stand level with the first line.
        self._vertical: Vertical = "top" if any(column.wrap for column in tab.columns) else "center"

    def header(self) -> None:
        """The header: dark, two lines where a unit is given."""
        row = self._tab.header_row
        lines = 1
        for at, column in enumerate(self._tab.columns):
            text = header_text(column)
            right = column.format in _NUMBERS and not self._tab.filter
            align = Align("right" if right else "left", wrap=self._tab.pivot is None, indent=_margin(column, at))
            self._write(row, at, text, self._header_style(column), GENERAL, align)
            self._comment(row, at, column.note)
            if self._tab.pivot is None:
                lines = max(lines, _text_lines(text, column.width / _BOLD))
        folded = bool(self._tab.rows) and self._tab.rows[0].folded
        self._set_row(row, lines * _LINE_HEIGHT + 7, collapsed=folded)

    def _header_style(self, column: TabColumn) -> Style:
        """A pivot's header is as quiet as its subtotals: the program lays its own style over it, with dark letters."""
        return STYLES[Look.SUBTOTAL] if self._tab.pivot is not None else HEADER_OF.get(column.look, HEADER)

    def free_row(self, number: int, row: TabRow) -> None:
        """A line above or below the table: its text runs on to the right."""
        for at, item in enumerate(row.values):
            self._item(number, at, item, STYLES[_look(item, row, None)], GENERAL, Align())
        self._set_row(number, _HEIGHTS.get(row.look))

    def body_row(self, number: int, row: TabRow, folds_next: bool = False) -> None:
        """A line of the table; cells without a value are dressed too.

        Args:
            number: The row's.
            row: What it holds.
            folds_next: Whether the row below is folded and this one holds the button that opens it.
        """
        columns: Sequence[TabColumn | None] = self._tab.columns or [None] * self._width(row)
        for at, column in enumerate(columns):
            item = row.values[at] if at < len(row.values) else None
            look = _look(item, row, column)
            if column is None:
                self._item(number, at, item, STYLES[look], GENERAL, Align())
            else:
                align = _alignment(column, row, at, self._vertical)
                self._item(number, at, item, self._styles[look], self._formats[at], align)
        self._set_row(number, self._height(row), row.level, row.folded, folds_next)

    def _height(self, row: TabRow) -> float | None:
        """The row's own height: LibreOffice does not fit a row to its text when it opens a book."""
        if not self._tab.columns:
            return _HEIGHTS.get(row.look)
        texts = (
            (str(plain(item)), column.width)
            for item, column in zip(row.values, self._tab.columns, strict=False)
            if column.wrap and plain(item) is not None
        )
        lines = max((_text_lines(text, width) for text, width in texts), default=1)
        return lines * _LINE_HEIGHT + 4 if lines > 1 else None

    def _set_row(
        self, number: int, height: float | None, level: int = 0, hidden: bool = False, collapsed: bool = False
    ) -> None:
        if height is None and not (level or hidden or collapsed):
            return
        options = {"level": level, "hidden": hidden, "collapsed": collapsed}
        self._sheet.set_row_pixels(number - 1, None if height is None else height / _POINTS, None, options)

    def _width(self, row: TabRow) -> int:
        """How many cells a line of free text has: one with a rule below it runs across the page."""
        if not STYLES[row.look].below:
            return len(row.values)
        return max(len(line.values) for line in self._tab.rows)

    def _item(self, row: int, at: int, item: Item, style: Style, number_format: str, align: Align) -> None:
        """A value with its link and its comment; what shows nothing has no link."""
        value = plain(item)
        link = link_to(item.link) if isinstance(item, Shown) and item.link and value not in (None, "") else None
        if link is not None and self._links < _MOST_LINKS:
            self._links += 1
            style = replace(style, colour=LINK, underline=True)
            self._sheet.link(row - 1, at, link)
        self._write(row, at, value, style, number_format, align)
        if isinstance(item, Shown):
            self._comment(row, at, item.note)

    def _write(self, row: int, at: int, value: Value, style: Style, number_format: str, align: Align) -> None:
        cell = self._cell(row, at, value)
        quoted = isinstance(cell, str) and cell.startswith("=")
        self._put(row - 1, at, cell, self._wardrobe.cell(style, fitting(number_format, cell), align, quoted))

    def _cell(self, row: int, at: int, value: Value) -> Cell:
        """The value as the file keeps it."""
        held = check_value(value, self._tab.title, (row, at))
        check_epoch(held, self._tab.title, (row, at), self._date1904)
        return as_read(held)

    def _put(self, row: int, at: int, cell: Cell, dress: CellFormat) -> None:
        match cell:
            case None | "":
                self._sheet.write_blank(row, at, None, dress)
            case bool():
                self._sheet.write_boolean(row, at, cell, dress)
            case str():
                self._sheet.write_string(row, at, cell, dress)
            case date():
                self._sheet.write_number(row, at, float(serial(cell, self._date1904)), dress)
            case int() | float():
                self._sheet.write_number(row, at, cell, dress)

    def _comment(self, row: int, at: int, text: str) -> None:
        if text:
            height = 24 + 18 * math.ceil(len(text) / 38)
            size = {"width": 260, "height": height, "font_size": 9}
            self._sheet.write_comment(row - 1, at, text[:LONGEST_TEXT], {"author": "sheetcrm"} | size)


def _lined(style: Style) -> Style:
    return style if style.above or style.around else replace(style, below=LINE)


def _look(item: Item, row: TabRow, column: TabColumn | None) -> Look:
    """The cell's own look before the row's, the row's before the column's."""
    if isinstance(item, Shown) and item.look is not None:
        return item.look
    if row.look is not Look.PLAIN or column is None:
        return row.look
    return column.look


def _alignment(column: TabColumn, row: TabRow, at: int, vertical: Vertical) -> Align:
    # A folded row is a sibling of the row above it, though one level deeper in the outline.
    depth = row.level - row.folded if at == 0 and column.format is Format.TEXT else 0
    indent = _margin(column, at) or depth
    left = indent or column.format in _DATES
    return Align("left" if left else None, vertical, column.wrap, indent)


def _margin(column: TabColumn, at: int) -> int:
    """What is aligned left keeps its distance: the column before may be numbers, aligned right."""
    return 1 if at and column.format not in _NUMBERS else 0


def _text_lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of that many characters."""
    letters = max(int(width - 1), 4)
    return sum(len(textwrap.wrap(part, letters)) or 1 for part in text.split("\n"))
