"""Placed changes on an openpyxl worksheet: cells, new rows that look like their neighbours, appended columns."""

from __future__ import annotations

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.workbook.place import Edit
from sheetcrm.workbook.xlsx.appended import dress_appended
from sheetcrm.workbook.xlsx.grow import grow, grow_tables_right, sync_table_headers
from sheetcrm.workbook.xlsx.looks import copy_style
from sheetcrm.workbook.xlsx.values import put


def apply(sheet: Worksheet, edit: Edit) -> None:
    """Make the changes of one sheet.

    Raises:
        GuardError: If something stands in the way of a new row, or a cell cannot hold its value.
    """
    grow(sheet, edit)
    dress_appended(sheet, edit)
    width = sheet.max_column
    for row in edit.inserted:
        _copy_row_styles(sheet, edit, row, width)
    for (row, index), value in edit.cells.items():
        cell = sheet.cell(row, index + 1)
        if isinstance(cell, Cell):
            put(cell, value)
    grow_tables_right(sheet, edit)
    sync_table_headers(sheet)


def _copy_row_styles(sheet: Worksheet, edit: Edit, row: int, width: int) -> None:
    """Dress a new row as the table's last row; one that was dressed in advance stays as it is."""
    header = edit.table.layout.header_row if edit.table else 0
    if row <= edit.last or edit.last <= header:
        return
    for column in range(1, width + 1):
        above, cell = sheet.cell(edit.last, column), sheet.cell(row, column)
        if above.has_style and not cell.has_style:
            copy_style(above, cell)
    height = sheet.row_dimensions[edit.last].height
    if height is not None and sheet.row_dimensions[row].height is None:
        sheet.row_dimensions[row].height = height
