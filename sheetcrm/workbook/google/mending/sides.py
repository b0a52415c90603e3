"""A tab as its rows and columns are compared, before and after a write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from sheetcrm.table import Cell, Sheet, Spot, is_blank
from sheetcrm.workbook.google.wire import raw


class Known(Enum):
    """What stands for a cell whose value tells nothing, or something else than it seems."""

    FORMULA = "formula"
    """A formula: its value depends on where it stands."""

    OURS = "ours"
    """A value that our write set: it tells nothing about the row that it stands on."""

    YES = "yes"
    NO = "no"


Plain = Cell | Known
"""A cell as it is compared: blank is None, and yes is not 1."""


def plain(cell: Cell) -> Plain:
    """A cell as it is compared: a day is the number that it looks like where it comes to stand among numbers."""
    if type(cell) is bool:
        return Known.YES if cell else Known.NO
    return None if is_blank(cell) else raw(cell)


@dataclass(frozen=True, slots=True)
class Side:
    """A tab as its lines are compared.

    Attributes:
        cells: Every row that counts, all of one width.
        numbers: The row number of each of them.
        meant: The rows before that our values on a row were meant for, by its index here.
    """

    cells: Sequence[Sequence[Plain]]
    numbers: Sequence[int]
    meant: Mapping[int, frozenset[int | None]] = field(default_factory=dict)


def common_size(before: Sheet, after: Sheet, end: Spot = (0, 0)) -> Spot:
    """How many rows and columns to compare: all that is filled, to `end` at least, and a blank one more to spare."""
    rows = max(len(before.rows), len(after.rows), end[0])
    return rows + 1, max(sheet_width(before), sheet_width(after), end[1] + 1) + 1


def sheet_width(sheet: Sheet) -> int:
    """How many columns are filled."""
    return len(sheet.rows[0]) if sheet.rows else 0


def side(sheet: Sheet, size: Spot) -> Side:
    """A tab as it is compared.

    Args:
        sheet: The tab.
        size: How many rows and columns it is to have; those beyond its last are blank.
    """
    height, width = size
    cells = [list(map(plain, row)) + [None] * (width - len(row)) for row in sheet.rows]
    cells += [[None] * width for _ in range(height - len(cells))]
    for row, column in (*sheet.formulas, *sheet.errors):
        if row <= height and column < width:
            cells[row - 1][column] = Known.FORMULA
    return Side(cells, range(1, height + 1))


def written(sheet: Sheet, size: Spot, ours: Mapping[Spot, int | None], fresh: Collection[int]) -> Side:
    """A tab that our write has changed, as it is compared.

    Args:
        sheet: The tab.
        size: How many rows and columns it is to have.
        ours: The cells that our write set, and the row that each was meant for.
        fresh: Rows that our write inserted; they don't count.
    """
    cells = [list(row) for row in side(sheet, size).cells]
    meant: dict[int, set[int | None]] = defaultdict(set)
    for (row, column), aim in ours.items():
        cells[row - 1][column] = Known.OURS
        meant[row].add(aim)
    numbers = [number for number in range(1, len(cells) + 1) if number not in fresh]
    aims = {index: frozenset(meant[number]) for index, number in enumerate(numbers) if number in meant}
    return Side([cells[number - 1] for number in numbers], numbers, aims)
