"""A sheet as it will be read after an edit: what an adapter must give back, whatever it writes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal

from sheetcrm.tab import Tab
from sheetcrm.table import Book, Cell, Sheet, Spot, Value
from sheetcrm.workbook.cells import check_value, is_exact
from sheetcrm.workbook.grid import tab_values
from sheetcrm.workbook.place import Edit


def edited(sheet: Sheet, edit: Edit) -> Sheet:
    """The sheet with the edit in it."""
    sheet = _footers_moved(sheet, edit)
    cells = {spot: check_value(value, sheet.title, spot) for spot, value in edit.cells.items()}
    errors = {spot: text for spot, text in sheet.errors.items() if spot not in cells}
    return replace(sheet, rows=grid(sheet.rows, cells), errors=errors)


def _footers_moved(sheet: Sheet, edit: Edit) -> Sheet:
    """The sheet with the totals row right below a grown table where it goes then."""
    above, down = edit.bottom, edit.grown
    if not down or above + 1 not in edit.footers:
        return sheet
    left, right = edit.footers[above + 1]

    def moved(spot: Spot) -> Spot:
        return (spot[0] + down, spot[1]) if spot[0] == above + 1 and left <= spot[1] <= right else spot

    row = sheet.rows[above] if above < len(sheet.rows) else ()
    values = {(above + 1, column): row[column] for column in range(left, min(right + 1, len(row)))}
    rows = grid(sheet.rows, dict.fromkeys(values) | {moved(spot): value for spot, value in values.items()})
    return replace(
        sheet,
        rows=rows,
        errors={moved(spot): text for spot, text in sheet.errors.items()},
        formulas=frozenset(map(moved, sheet.formulas)),
        uncached=frozenset(map(moved, sheet.uncached)),
        footers={row: end for row, end in sheet.footers.items() if row != above + 1}
        | {above + 1 + down: (left, right)},
    )


def grid(rows: Sequence[Sequence[Cell]], cells: Mapping[Spot, Value | float]) -> list[list[Cell]]:
    """The rows with some cells replaced, just large enough to hold every value."""
    filled = [spot for spot, value in cells.items() if value not in (None, "")]
    width = max([len(rows[0]) if rows else 0, *(column + 1 for _, column in filled)])
    height = max([len(rows), *(row for row, _ in filled)])
    full = [[*row, *[""] * (width - len(row))] for row in rows] + [[""] * width for _ in range(height - len(rows))]
    for (row, column), value in cells.items():
        if row <= height and column < width:
            full[row - 1][column] = as_read(value)
    return trimmed(full)


def drawn(tab: Tab) -> list[list[Cell]]:
    """The rows of a tab as they will be read once it is written whole.

    Raises:
        GuardError: If a cell cannot hold its value.
    """
    return grid([], {spot: check_value(value, tab.title, spot) for spot, value in tab_values(tab)})


def stands(book: Book, tab: Tab) -> bool:
    """Whether a book holds a tab already, value by value.

    Raises:
        GuardError: If a cell cannot hold its value.
    """
    sheet = next((sheet for sheet in book.sheets if sheet.title == tab.title), None)
    if sheet is None or sheet.formulas or sheet.errors:
        return False
    return _typed(trimmed(sheet.rows)) == _typed(drawn(tab))


def _typed(rows: Sequence[Sequence[Cell]]) -> list[list[tuple[type, Cell]]]:
    """The cells with what they are: to Python, yes is 1."""
    return [[(type(cell), cell) for cell in row] for row in rows]


def trimmed(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows, all of one width, without blank ones at the end and blank columns at the right."""
    height = len(rows)
    while height and all(cell == "" for cell in rows[height - 1]):
        height -= 1
    width = len(rows[0]) if height else 0
    while width and all(row[width - 1] == "" for row in rows[:height]):
        width -= 1
    return [list(row[:width]) for row in rows[:height]]


def as_read(value: Value | float) -> Cell:
    """A value as a file gives it back: a number a float or its digits, midnight a date, blank an empty text."""
    match value:
        case None:
            return ""
        case bool() | str():
            return value
        case int() | float() | Decimal():
            return float(value) if is_exact(value) else str(int(value))
        case datetime() if value.time() == time():
            return value.date()
        case _:
            return value
