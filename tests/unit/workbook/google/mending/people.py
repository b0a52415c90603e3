"""A tab that a person and a batch edit in turn: every row and column keeps its identity, whatever is done to it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from itertools import count

from sheetcrm.table import Book, Cell, Sheet, Spot, book
from sheetcrm.workbook.edited import as_read, trimmed
from sheetcrm.workbook.google.mending import Aimed
from sheetcrm.workbook.place import Edit
from tests.contract.test_workbook import recognise

Ghost = tuple[int, int]
"""A cell by the identities of its row and its column, wherever they stand."""

TITLE = "Companies"
SPARE = 30
"""So many blank rows and columns the grid has beyond what is filled."""


@dataclass
class Grid:
    """A tab: the order of its rows and columns, and what stands in each cell."""

    rows: list[int]
    columns: list[int]
    cells: dict[Ghost, Cell]
    formulas: set[Ghost] = field(default_factory=set)
    typed: dict[Ghost, Cell] = field(default_factory=dict)
    covered: set[Ghost] = field(default_factory=set)
    fresh: count[int] = field(default_factory=lambda: count(1000))

    def sheet(self) -> Sheet:
        """What is read of it."""
        full = [[as_cell(self.cells.get((row, column))) for column in self.columns] for row in self.rows]
        rows = {ghost: at for at, ghost in enumerate(self.rows, 1)}
        columns = {ghost: at for at, ghost in enumerate(self.columns)}
        stand = ((rows.get(row), columns.get(column)) for row, column in self.formulas)
        formulas = frozenset((row, column) for row, column in stand if row is not None and column is not None)
        return Sheet(TITLE, trimmed(full), formulas=formulas)

    def book(self) -> Book:
        """The book that it is read as."""
        return book("Clients", "r1", [self.sheet()], recognise)

    def ghost(self, spot: Spot) -> Ghost:
        """Which cell stands there."""
        return self.rows[spot[0] - 1], self.columns[spot[1]]

    # What a person does.

    def type(self, spot: Spot, value: Cell) -> None:
        ghost = self.ghost(spot)
        self.cells[ghost] = self.typed[ghost] = value
        self.formulas.discard(ghost)
        self.covered.discard(ghost)

    def sort(self, header: int, by: int) -> None:
        """Sort the rows below a header, blank ones last."""
        column = self.columns[by]

        def order(row: int) -> tuple[bool, str]:
            cell = self.cells.get((row, column))
            return cell in (None, ""), str(cell)

        self.rows[header:] = sorted(self.rows[header:], key=order)

    def shuffle(self, header: int, seed: int) -> None:
        """Sort the rows below a header by something else."""
        filled = len(self.sheet().rows)
        body = self.rows[header:filled]
        random.Random(seed).shuffle(body)
        self.rows[header:filled] = body

    def insert_rows(self, at: int, number: int = 1) -> None:
        self.rows[at:at] = [next(self.fresh) for _ in range(number)]

    def insert_columns(self, at: int, number: int = 1) -> None:
        self.columns[at:at] = [next(self.fresh) for _ in range(number)]

    def delete_row(self, at: int) -> None:
        del self.rows[at]

    def delete_column(self, at: int) -> None:
        del self.columns[at]

    def move_row(self, old: int, new: int) -> None:
        self.rows.insert(new, self.rows.pop(old))

    def move_column(self, old: int, new: int) -> None:
        self.columns.insert(new, self.columns.pop(old))

    # What a batch does: by position, whatever stands there.

    def write(self, cells: Iterable[Aimed]) -> None:
        cells = list(cells)
        inserted = sorted({cell.spot[0] for cell in cells if cell.row is None})
        for cell in cells:
            if cell.row is not None:
                self._set(cell)
        for row in inserted:
            self.insert_rows(row - 1)
        for cell in cells:
            if cell.row is None:
                self._set(cell)

    def _set(self, cell: Aimed) -> None:
        ghost = self.ghost(cell.spot)
        self.cells[ghost] = cell.value
        self.formulas.discard(ghost)
        self.covered.add(ghost)


def as_cell(value: Cell) -> Cell:
    """A value as it is read back."""
    return value if isinstance(value, time | timedelta) else as_read(value)


def grid_of(rows: Sequence[Sequence[Cell]], formulas: Iterable[Spot] = ()) -> Grid:
    """A grid that holds these rows from A1 on, with blank ones to spare."""
    width = max(map(len, rows))
    cells: dict[Ghost, Cell] = {
        (r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row) if cell not in (None, "")
    }
    ghosts = {(row - 1, column) for row, column in formulas}
    return Grid(list(range(len(rows) + SPARE)), list(range(width + SPARE)), cells, ghosts)


def aimed(edit: Edit, inserts: bool) -> list[Aimed]:
    """The cells that a batch sets, its new records in rows that it inserts or in blank ones that stand."""
    fresh = set(edit.inserted) if inserts else set()
    return [
        Aimed(edit.sheet.title, spot, value, None if spot[0] in fresh else spot[0])
        for spot, value in edit.cells.items()
    ]


def values_of(grid: Grid, header: int, id: str) -> list[Mapping[str, Cell]]:
    """The records that show this id, by header."""
    rows = grid.sheet().rows
    headers = rows[header - 1]
    at = headers.index("ID")
    return [
        {str(name): cell for name, cell in zip(headers, row, strict=True) if name != ""}
        for row in rows
        if row[at] == id
    ]
