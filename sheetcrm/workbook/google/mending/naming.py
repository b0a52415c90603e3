"""How cells and records are called in a message, and what is said of them whoever found out."""

from __future__ import annotations

from sheetcrm.findings import Place
from sheetcrm.table import Cell, Sheet, Spot, Table, is_blank
from sheetcrm.text import Message, msg


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


def changed_meanwhile(sheet: Sheet, spot: Spot, value: object) -> Message:
    """Somebody typed into a cell that was to be set."""
    return msg(
        "{cell} was changed by somebody meanwhile and stays so; “{value}” was not written.",
        cell=address(sheet, *spot),
        value=value,
    )


def no_column(sheet: Sheet, column: str, value: object) -> Message:
    """A column that was to be filled is gone."""
    return msg(
        "Tab {tab} has no column {column} any more; “{value}” was not written.",
        tab=sheet.title,
        column=column,
        value=value,
    )
