"""Columns appended to a table: dressed like its header, wide enough for theirs, folded where they are many.

An Excel table that ends directly left of them takes them in.
"""

from __future__ import annotations

from functools import cache

from lxml import etree

from sheetcrm.tab import Look
from sheetcrm.table import MARK, Layout, letters
from sheetcrm.workbook.looks import HEADER_OF, STYLES
from sheetcrm.workbook.place import Edit, NewColumn
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.headers import as_name
from sheetcrm.workbook.xlsx.edit.order import child, children, fresh
from sheetcrm.workbook.xlsx.edit.references import area
from sheetcrm.workbook.xlsx.edit.sheet import SheetDraft
from sheetcrm.workbook.xlsx.edit.styles import Styles
from sheetcrm.workbook.xlsx.edit.tables import ExcelTable, excel_tables
from sheetcrm.workbook.xlsx.edit.widths import fold, hide, widen

_LINK = "_link"
"""Ends the field code of a column that keeps what a reference last meant; nobody needs to see it."""

_LEAST = 14.0
_ROOMS = {"missing": 40.0}
"""Columns that hold sentences, by field code."""

_BOLD = 1.1
"""How much wider a bold letter may be than the digit that widths are counted in."""

_BUTTON = 3.0
"""Room for a filter's button."""

_SHOWN = 10
"""Of many columns appended at once so many show: those that matter most come first."""

_GREY_HEADER, _GREY = HEADER_OF[Look.DERIVED], STYLES[Look.DERIVED]
# Tables that a query or an XML map fills have the columns that it says.
_FILLED = ("queryTable", "xml")


def dress_appended(draft: Draft, edit: Edit) -> None:
    """Make the appended columns of a table look as if they had always been there; before their values are written."""
    if edit.table is None or not edit.headers:
        return
    sheet, styles = draft.sheet(edit.sheet.title), Styles(draft)
    for index, column in edit.headers.items():
        _dress(sheet, styles, edit.table.layout, index, column)
        if column.header.startswith(MARK):
            _grey(sheet, styles, index, edit.table.layout.header_row, edit.last)
        widen(sheet, index, _width(column))
        hide(sheet, index, _is_link(column))
    folded = sorted(index for index, column in edit.headers.items() if not _is_link(column))[_SHOWN:]
    if folded:
        fold(sheet, folded)


def _is_link(column: NewColumn) -> bool:
    return column.code.endswith(_LINK)


def _dress(sheet: SheetDraft, styles: Styles, layout: Layout, index: int, column: NewColumn) -> None:
    """Dress a header like the typed one on its left, grey where it is ours."""
    model = _model(layout, index)
    style = sheet.style(layout.header_row, index if model is None else model)
    if column.header.startswith(MARK):
        style = styles.tinted(style, _GREY_HEADER.colour, _GREY_HEADER.fill, _GREY_HEADER.bold)
    sheet.set_style(layout.header_row, index, style)


def _model(layout: Layout, index: int) -> int | None:
    """The column whose header the new one takes after: a typed one before one of ours."""
    left = [column for column in layout.columns if column.index < index]
    typed = [column for column in left if not column.header.startswith(MARK)]
    return max((column.index for column in typed or left), default=None)


def _grey(sheet: SheetDraft, styles: Styles, index: int, header_row: int, last: int) -> None:
    """Mute the cells of a column that is ours."""

    @cache
    def muted(style: int) -> int:
        return styles.tinted(style, _GREY.colour, _GREY.fill, _GREY.bold)

    for row in range(header_row + 1, last + 1):
        sheet.set_style(row, index, muted(sheet.style(row, index)))


def _width(column: NewColumn) -> float:
    """Room for the whole header: LibreOffice does not make a standing row higher for a second line."""
    return max(_ROOMS.get(column.code, _LEAST), len(column.header) * _BOLD + _BUTTON)


def grow_tables_right(draft: Draft, edit: Edit) -> None:
    """Take an appended column into the Excel table that ends directly left of it."""
    if edit.table is None:
        return
    header_row = edit.table.layout.header_row
    for index, column in sorted(edit.headers.items()):
        for table in excel_tables(draft, edit.sheet.title):
            if table.headers and table.top == header_row and table.right == index - 1:
                _take_in(draft, table, column.header)


def _take_in(draft: Draft, table: ExcelTable, header: str) -> None:
    """Lengthen a table by a column, unless its columns are not ours to add to, or one is called so already."""
    taken = {name.casefold() for name in table.columns}
    if header.casefold() in taken or draft.tree(table.part).get("tableType") in _FILLED:
        return
    root = draft.edit(table.part)
    columns = child(root, "tableColumns")
    assert columns is not None
    number = 1 + max((int(known.get("id", "0")) for known in children(columns)), default=0)
    columns.append(fresh(columns, "tableColumn", id=str(number), name=as_name(header)))
    columns.set("count", str(len(children(columns))))
    for element in (root, *children(root, "autoFilter")):
        _reach_right(element, table.right + 1)


def _reach_right(element: etree._Element, right: int) -> None:
    corners = area(str(element.get("ref", "")))
    if corners is not None:
        top, left, bottom, _ = corners
        element.set("ref", f"{letters(left)}{top}:{letters(right)}{bottom}")
