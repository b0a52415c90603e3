"""The pen that fills a worksheet: a header, a line of the table, a line of text above or below it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from xlsxwriter.format import Format as CellFormat

from sheetcrm.tab import Item, Shown, Tab, TabColumn, TabRow
from sheetcrm.table import Cell, Value
from sheetcrm.workbook.cells import LONGEST_TEXT, check_value
from sheetcrm.workbook.dress import align_of, body_styles, header_align, header_style, look_of, ruled_width, vertical_of
from sheetcrm.workbook.edited import as_read
from sheetcrm.workbook.formats import GENERAL, fitting, number_formats
from sheetcrm.workbook.grid import header_text, plain
from sheetcrm.workbook.looks import LINK, STYLES, Align, Style
from sheetcrm.workbook.measures import HEIGHTS, header_height, row_height
from sheetcrm.workbook.xlsx.edit.cell import check_epoch, serial
from sheetcrm.workbook.xlsx.tabs.book import Sheet
from sheetcrm.workbook.xlsx.tabs.links import link_to
from sheetcrm.workbook.xlsx.tabs.wardrobe import Wardrobe

_MOST_LINKS = 65_000
"""A worksheet takes 65 530 hyperlinks and no more."""

_POINTS = 0.75
"""Of a pixel, in which XlsxWriter counts without rounding."""


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
        self._styles = body_styles(tab)
        self._vertical = vertical_of(tab)

    def header(self) -> None:
        """The header: dark, two lines where a unit is given."""
        row = self._tab.header_row
        for at, column in enumerate(self._tab.columns):
            align = header_align(self._tab, at)
            self._write(row, at, header_text(column), header_style(self._tab, column), GENERAL, align)
            self._comment(row, at, column.note)
        folded = bool(self._tab.rows) and self._tab.rows[0].folded
        self._set_row(row, header_height(self._tab), collapsed=folded)

    def free_row(self, number: int, row: TabRow) -> None:
        """A line above or below the table: its text runs on to the right."""
        for at, item in enumerate(row.values):
            self._item(number, at, item, STYLES[look_of(item, row, None)], GENERAL, Align())
        self._set_row(number, HEIGHTS.get(row.look))

    def body_row(self, number: int, row: TabRow, folds_next: bool = False) -> None:
        """A line of the table; cells without a value are dressed too.

        Args:
            number: The row's.
            row: What it holds.
            folds_next: Whether the row below is folded and this one holds the button that opens it.
        """
        columns: Sequence[TabColumn | None] = self._tab.columns or [None] * ruled_width(self._tab, row)
        for at, column in enumerate(columns):
            item = row.values[at] if at < len(row.values) else None
            look = look_of(item, row, column)
            if column is None:
                self._item(number, at, item, STYLES[look], GENERAL, Align())
            else:
                align = align_of(column, at, row, self._vertical)
                self._item(number, at, item, self._styles[look], self._formats[at], align)
        self._set_row(number, row_height(self._tab, row), row.level, row.folded, folds_next)

    def _set_row(
        self, number: int, height: float | None, level: int = 0, hidden: bool = False, collapsed: bool = False
    ) -> None:
        if height is None and not (level or hidden or collapsed):
            return
        options = {"level": level, "hidden": hidden, "collapsed": collapsed}
        self._sheet.set_row_pixels(number - 1, None if height is None else height / _POINTS, None, options)

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
