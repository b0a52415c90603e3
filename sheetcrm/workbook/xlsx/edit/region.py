"""Where a table stands on a sheet: its header, its columns, its last row."""

from __future__ import annotations

from typing import NamedTuple

from sheetcrm.errors import GuardError
from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.references import area
from sheetcrm.workbook.xlsx.edit.sheet import SheetDraft
from sheetcrm.workbook.xlsx.edit.tables import ExcelTable, excel_tables
from sheetcrm.workbook.xlsx.parts import local


class Region(NamedTuple):
    """A table's place on its sheet: rows from 1, columns from 0, both ends included; totals are not part of it."""

    header_row: int
    first_column: int
    last_column: int
    last_row: int


def table_at(draft: Draft, sheet: SheetDraft, header_row: int, columns: range) -> ExcelTable | None:
    """The Excel table with that header row which covers one of the columns."""
    for table in excel_tables(draft, sheet.title):
        if table.headers and table.top == header_row and table.left < columns.stop and columns.start <= table.right:
            return table
    return None


def region_of(draft: Draft, sheet: SheetDraft) -> Region:
    """The table of a sheet that nobody has described: its first Excel table, else what its filter or first row heads.

    Raises:
        GuardError: If the sheet holds nothing.
    """
    tables = [table for table in excel_tables(draft, sheet.title) if table.headers]
    if tables:
        first = min(tables, key=lambda table: (table.top, table.left))
        return Region(first.top, first.left, first.right, first.last)
    filled = next((row for row in sheet.row_numbers() if sheet.filled(row)), None)
    if filled is None:
        raise GuardError(
            msg("Tab {tab} is blank: there is no table to add a row to.", tab=sheet.title),
            msg("Put the header into its first row first."),
        )
    header = _filtered(sheet) or (filled, min(sheet.filled(filled)), max(sheet.filled(filled)))
    return Region(*header, max(_last_row(sheet, header[1], header[2]), header[0]))


def _filtered(sheet: SheetDraft) -> tuple[int, int, int] | None:
    """The header row and the columns of the sheet's filter."""
    found = next((element for element in sheet.frame() if local(element) == "autoFilter"), None)
    cells = area(str(found.get("ref", ""))) if found is not None else None
    return (cells[0], cells[1], cells[3]) if cells is not None else None


def _last_row(sheet: SheetDraft, left: int, right: int) -> int:
    """The last row with a value in those columns: formulas may be filled down ahead of the records."""
    for row in reversed(sheet.row_numbers()):
        cells = sheet.cells(row).items()
        if any(left <= at <= right and not cell.blank and not cell.formula for at, cell in cells):
            return row
    return 0
