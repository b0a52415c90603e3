"""Columns appended to a table: dressed like its header, wide enough for theirs, and folded where they are many."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.table import MARK, Layout
from sheetcrm.workbook.place import Edit, NewColumn
from sheetcrm.workbook.xlsx.looks import copy_style, grey

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


def dress_appended(sheet: Worksheet, edit: Edit) -> None:
    """Make the appended columns of a table look as if they had always been there."""
    if edit.table is None:
        return
    layout = edit.table.layout
    for index, column in edit.headers.items():
        _dress(sheet, layout, index, column, edit.last)
    links = {index for index, column in edit.headers.items() if _is_link(column)}
    _fold(sheet, sorted(edit.headers.keys() - links)[_SHOWN:])


def _is_link(column: NewColumn) -> bool:
    return column.code.endswith(_LINK)


def _dress(sheet: Worksheet, layout: Layout, index: int, column: NewColumn, last: int) -> None:
    """Dress a column like the typed one on its left, grey where it is ours; links are hidden."""
    header = sheet.cell(layout.header_row, index + 1)
    model = _model(layout, index)
    if model is not None:
        copy_style(sheet.cell(layout.header_row, model + 1), header)
    if column.header.startswith(MARK):
        grey(sheet, index, layout.header_row, last)
    dimension = _own_dimension(sheet, index)
    dimension.width = max(dimension.width, _width(column))
    dimension.hidden = _is_link(column)


def _model(layout: Layout, index: int) -> int | None:
    """The column whose header the new one takes after: a typed one before one of ours."""
    left = [column for column in layout.columns if column.index < index]
    typed = [column for column in left if not column.header.startswith(MARK)]
    return max((column.index for column in typed or left), default=None)


def _width(column: NewColumn) -> float:
    """Room for the whole header: LibreOffice does not make a standing row higher for a second line."""
    return max(_ROOMS.get(column.code, _LEAST), len(column.header) * _BOLD + _BUTTON)


def _fold(sheet: Worksheet, indexes: Sequence[int]) -> None:
    """Fold the columns; the button that opens them stands where the sheet has its buttons."""
    if not indexes:
        return
    for index in indexes:
        dimension = _own_dimension(sheet, index)
        dimension.outlineLevel = 1
        dimension.hidden = True
    outline = sheet.sheet_properties.outlinePr
    before = outline is not None and outline.summaryRight is False
    _own_dimension(sheet, indexes[0] - 1 if before else indexes[-1] + 1).collapsed = True


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
