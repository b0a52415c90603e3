"""What ends exactly where a table ends, and must reach the new row: Excel tables, filters, drop-downs, formats."""

from __future__ import annotations

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.errors import GuardError
from sheetcrm.findings import Place
from sheetcrm.text import Message, msg
from sheetcrm.workbook.place import Edit


def grow(sheet: Worksheet, edit: Edit) -> None:
    """Lengthen what ends at the table's last row by the rows that were added below it.

    Raises:
        GuardError: If an Excel table has a totals row there, or another one begins there.
    """
    if not edit.grown or edit.table is None:
        return
    header = edit.table.layout.header_row
    for table in sheet.tables.values():
        _grow_table(table, header, edit)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _longer(sheet.auto_filter.ref, header, edit)
    for validation in sheet.data_validations.dataValidation:
        validation.sqref = _longer_all(validation.sqref, header, edit)
    _grow_formats(sheet, header, edit)


def _grow_table(table: ExcelTable, header: int, edit: Edit) -> None:
    cells = CellRange(table.ref)
    top, bottom = cells.min_row, cells.max_row
    if top <= header < bottom:
        if table.totalsRowCount and bottom <= edit.last + edit.grown:
            raise _in_the_way(edit, bottom, msg("the Excel table {table} has its totals row there", table=table.name))
        table.ref = _longer(table.ref, header, edit)
        if table.autoFilter is not None and table.autoFilter.ref:
            table.autoFilter.ref = _longer(table.autoFilter.ref, header, edit)
    elif header < top <= edit.last + edit.grown:
        raise _in_the_way(edit, top, msg("the Excel table {table} begins there", table=table.name))


def _in_the_way(edit: Edit, row: int, what: Message) -> GuardError:
    place = Place(sheet=edit.sheet.title, row=row).address
    return GuardError(
        msg("{place}: there is no room for a new row, {what}.", place=place, what=what),
        msg("Insert some blank rows above it, or move it to another tab."),
    )


def _longer(reference: str, header: int, edit: Edit) -> str:
    """The range, longer if it covers the table's rows and ends with its last one."""
    cells = CellRange(reference)
    starts_in_table = header <= cells.min_row <= max(edit.last, header + 1)
    if not starts_in_table or cells.max_row != edit.last:
        return reference
    return _reference(cells.min_col, cells.min_row, cells.max_col, cells.max_row + edit.grown)


def _reference(left: int, top: int, right: int, bottom: int) -> str:
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"


def _longer_all(ranges: MultiCellRange, header: int, edit: Edit) -> MultiCellRange:
    return MultiCellRange([CellRange(_longer(cells.coord, header, edit)) for cells in ranges.ranges])


def _grow_formats(sheet: Worksheet, header: int, edit: Edit) -> None:
    grown = ConditionalFormattingList()
    for found in sheet.conditional_formatting:
        ranges = str(_longer_all(found.sqref, header, edit))
        for rule in found.rules:
            grown.add(ranges, rule)
    sheet.conditional_formatting = grown


def grow_tables_right(sheet: Worksheet, edit: Edit) -> None:
    """Take an appended column into the Excel table that ends directly left of it."""
    header_row = edit.table.layout.header_row if edit.table else 0
    for index, column in sorted(edit.headers.items()):
        for table in sheet.tables.values():
            cells = CellRange(table.ref)
            if cells.min_row != header_row or cells.max_col != index:
                continue
            table.ref = _reference(cells.min_col, cells.min_row, index + 1, cells.max_row)
            if table.autoFilter is not None:
                table.autoFilter.ref = table.ref
            number = max((known.id for known in table.tableColumns), default=0) + 1
            table.tableColumns.append(TableColumn(id=number, name=column.header))


def sync_table_headers(sheet: Worksheet) -> None:
    """Name the columns of Excel tables as their header cells say: Excel repairs a file where they differ."""
    for table in sheet.tables.values():
        if table.headerRowCount == 0:
            continue
        cells = CellRange(table.ref)
        for at, column in enumerate(table.tableColumns):
            text = sheet.cell(cells.min_row, cells.min_col + at).value
            if isinstance(text, str) and text.replace("\n", "_x000a_") != column.name:
                column.name = text
