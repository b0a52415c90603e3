"""How cells and records are called in a message."""

from __future__ import annotations

from sheetcrm.findings import Place
from sheetcrm.table import Cell, Sheet, Spot, Table, is_blank


def address(sheet: Sheet, row: int, column: int | None = None) -> str:
    """`Companies!B17`, or `Companies!17` for a row."""
    return Place(sheet=sheet.title, row=row, column=column).address


def cell_at(sheet: Sheet, spot: Spot) -> Cell:
    """The cell, "" beyond what is filled."""
    row, column = spot
    cells = sheet.rows[row - 1] if 0 < row <= len(sheet.rows) else ()
    return cells[column] if column < len(cells) else ""


def record(sheet: Sheet, table: Table | None, row: int) -> str:
    """A record by its id, or by the row that it stood on."""
    id = "" if table is None or table.key is None else cell_at(sheet, (row, table.columns[table.key].index))
    return address(sheet, row) if is_blank(id) else f"{id} ({address(sheet, row)})"
