"""The pen that fills a worksheet: a header, a line of the table, a line of text above or below it."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.tab import Format, Item, Look, Shown, Tab, TabColumn, TabRow
from sheetcrm.workbook.grid import header_text, plain
from sheetcrm.workbook.xlsx.formats import number_formats
from sheetcrm.workbook.xlsx.looks import HEADER, HEADER_OF, LINE, LINK, STYLES, Align, Style, Vertical, Wardrobe
from sheetcrm.workbook.xlsx.values import put

_MOST_LINKS = 65_000
"""A worksheet takes 65 530 hyperlinks and no more."""

_LINE_HEIGHT = 15.0
_BOLD = 1.1
"""How much wider a bold letter may be than the digit that widths are counted in."""

_HEIGHTS = {Look.TITLE: 30.0, Look.SUBTITLE: 20.0, Look.HEADING: 26.0}
_NUMBERS = (Format.INTEGER, Format.QUANTITY, Format.MONEY, Format.PERCENT)
_DATES = (Format.DATE, Format.DATETIME, Format.MONTH)
_SAFE_LINKS = ("http", "https", "mailto", "tel")


class Pen:
    """A worksheet while it is filled: the tab, the styles made so far, the formats of the columns."""

    def __init__(self, sheet: Worksheet, tab: Tab) -> None:
        """Begin on a blank worksheet."""
        self._sheet = sheet
        self._tab = tab
        self._wardrobe = Wardrobe()
        self._formats = number_formats(tab)
        self._links = 0
        self._lines = tab.group in ("report", "start")
        # Beside wrapped texts the short ones stand level with the first line.
        self._vertical: Vertical = "top" if any(column.wrap for column in tab.columns) else "center"

    def header(self) -> None:
        """The header: dark, two lines where a unit is given."""
        row = self._tab.header_row
        lines = 1
        for at, column in enumerate(self._tab.columns):
            text = header_text(column)
            cell = self._cell(row, at)
            put(cell, text)
            style = HEADER_OF.get(column.look, HEADER)
            align = Align(
                "right" if column.format in _NUMBERS and not self._tab.filter else "left",
                wrap=True,
                indent=_margin(column, at),
            )
            self._wardrobe.dress(cell, style, "General", align)
            if column.note:
                _comment(cell, column.note)
            lines = max(lines, _text_lines(text, column.width / _BOLD))
        self._sheet.row_dimensions[row].height = lines * _LINE_HEIGHT + 7

    def free_row(self, number: int, row: TabRow) -> None:
        """A line above or below the table: its text runs on to the right."""
        for at, item in enumerate(row.values):
            look = self._look(item, row, None)
            cell = self._cell(number, at)
            self._set(cell, item)
            self._dress_item(cell, item, STYLES[look], "General", Align())
        if row.look in _HEIGHTS:
            self._sheet.row_dimensions[number].height = _HEIGHTS[row.look]

    def body_row(self, number: int, row: TabRow) -> None:
        """A line of the table; cells without a value are dressed too."""
        columns: Sequence[TabColumn | None] = self._tab.columns or [None] * self._width(row)
        for at, column in enumerate(columns):
            item = row.values[at] if at < len(row.values) else None
            cell = self._cell(number, at)
            self._set(cell, item)
            look = self._look(item, row, column)
            style = self._lined(STYLES[look]) if column is not None else STYLES[look]
            number_format = self._formats[at] if column is not None else "General"
            self._dress_item(cell, item, style, number_format, _alignment(column, row, at, self._vertical))
        self._outline(number, row)
        if not self._tab.columns and row.look in _HEIGHTS:
            self._sheet.row_dimensions[number].height = _HEIGHTS[row.look]
        lines = self._wrapped(row)
        if lines > 1:
            # LibreOffice does not fit a row to its text when it opens a book.
            self._sheet.row_dimensions[number].height = lines * _LINE_HEIGHT + 4

    def _wrapped(self, row: TabRow) -> int:
        """How many lines the longest of the row's wrapped texts takes."""
        texts = (
            (str(plain(item)), column.width)
            for item, column in zip(row.values, self._tab.columns, strict=False)
            if column.wrap and plain(item) is not None
        )
        return max((_text_lines(text, width) for text, width in texts), default=1)

    def _outline(self, number: int, row: TabRow) -> None:
        """The row's place in the outline; the button that opens a folded row stands on the row above it."""
        if row.level:
            self._sheet.row_dimensions[number].outlineLevel = row.level
        if row.folded:
            self._sheet.row_dimensions[number].hidden = True
            if not self._sheet.row_dimensions[number - 1].hidden:
                self._sheet.row_dimensions[number - 1].collapsed = True

    def _width(self, row: TabRow) -> int:
        """How many cells a line of free text has: one with a rule below it runs across the page."""
        if not STYLES[row.look].below:
            return len(row.values)
        return max(len(line.values) for line in self._tab.rows)

    def _cell(self, row: int, at: int) -> Cell:
        cell = self._sheet.cell(row, at + 1)
        assert isinstance(cell, Cell)
        return cell

    def _set(self, cell: Cell, item: Item) -> None:
        if item is None:
            return
        put(cell, plain(item))
        if isinstance(item, Shown):
            if item.note:
                _comment(cell, item.note)
            # openpyxl would write the link's target into a cell that shows nothing.
            if item.link is not None and cell.value is not None and self._links < _MOST_LINKS:
                self._links += 1
                _link(cell, item.link)

    def _look(self, item: Item, row: TabRow, column: TabColumn | None) -> Look:
        """The cell's own look before the row's, the row's before the column's."""
        if isinstance(item, Shown) and item.look is not None:
            return item.look
        if row.look is not Look.PLAIN or column is None:
            return row.look
        return column.look

    def _lined(self, style: Style) -> Style:
        """With a thin line below, where no grid lines are shown."""
        if not self._lines or style.above or style.around:
            return style
        return replace(style, below=LINE)

    def _dress_item(self, cell: Cell, item: Item, style: Style, number_format: str, align: Align) -> None:
        if isinstance(item, Shown) and item.link is not None and cell.hyperlink is not None:
            style = replace(style, colour=LINK, underline=True)
        if number_format in ("General", "@") and cell.is_date:
            number_format = cell.number_format
        self._wardrobe.dress(cell, style, number_format, align)


def _alignment(column: TabColumn | None, row: TabRow, at: int, vertical: Vertical) -> Align:
    if column is None:
        return Align()
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


def _comment(cell: Cell, text: str) -> None:
    comment = Comment(text, "sheetcrm")
    comment.width = 260
    comment.height = 24 + 18 * math.ceil(len(text) / 38)
    cell.comment = comment


def _link(cell: Cell, link: tuple[str, str]) -> None:
    """A link to a cell of the book, or to a page or a mail address; other schemes are left as text."""
    target, spot = link
    if spot:
        title = target.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!{spot}")
    elif urlsplit(target).scheme.lower() in _SAFE_LINKS:
        cell.hyperlink = target
