"""Placed changes on an openpyxl worksheet: cells, new rows that look like their neighbours, appended columns."""

from __future__ import annotations

from copy import copy

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.table import MARK, Column
from sheetcrm.workbook.place import Edit, NewColumn
from sheetcrm.workbook.xlsx.grow import grow, grow_tables_right, sync_table_headers
from sheetcrm.workbook.xlsx.looks import copy_style, grey
from sheetcrm.workbook.xlsx.values import put

_NEW_WIDTH = 16.0
_LINK = "_link"
"""Ends the field code of a column that keeps what a reference last meant; nobody needs to see it."""


def apply(sheet: Worksheet, edit: Edit) -> None:
    """Make the changes of one sheet.

    Raises:
        GuardError: If something stands in the way of a new row, or a cell cannot hold its value.
    """
    grow(sheet, edit)
    for index, column in edit.headers.items():
        _prepare_column(sheet, edit, index, column)
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


def _prepare_column(sheet: Worksheet, edit: Edit, index: int, column: NewColumn) -> None:
    """Dress an appended column like the one on its left, grey where it is ours; links are hidden."""
    if edit.table is None:
        return
    header_row = edit.table.layout.header_row
    model = max((left for left in edit.table.layout.columns if left.index < index), key=_index, default=None)
    if model is not None:
        copy_style(sheet.cell(header_row, model.index + 1), sheet.cell(header_row, index + 1))
    dimension = _own_dimension(sheet, index)
    if dimension.width is None or not dimension.customWidth:
        dimension.width = _NEW_WIDTH
    dimension.hidden = column.code.endswith(_LINK)
    if column.header.startswith(MARK):
        grey(sheet, index, header_row, edit.last)


def _index(column: Column) -> int:
    return column.index


def _own_dimension(sheet: Worksheet, index: int) -> ColumnDimension:
    """The column's own width entry: one that spans several columns is split around it."""
    number = index + 1
    for key, wide in list(sheet.column_dimensions.items()):
        first, last = wide.min or 0, wide.max or 0
        if first <= number <= last and first < last:
            del sheet.column_dimensions[key]
            for start, end in ((first, number - 1), (number, number), (number + 1, last)):
                if start <= end:
                    _add_dimension(sheet, wide, start, end)
    return sheet.column_dimensions[get_column_letter(number)]


def _add_dimension(sheet: Worksheet, model: ColumnDimension, first: int, last: int) -> None:
    dimension = copy(model)
    dimension.min, dimension.max, dimension.index = first, last, get_column_letter(first)
    sheet.column_dimensions[dimension.index] = dimension
