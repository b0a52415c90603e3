"""How far a sheet reaches: python-calamine holds the whole rectangle from A1, so it must fit in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sheetcrm.errors import CannotReadError
from sheetcrm.table import Spot, letters
from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.walk import RawCell

MOST_CELLS = 60_000_000
"""The largest rectangle from A1 that is read. Fifty-two columns always fit, whatever the rows."""


@dataclass(slots=True)
class Extent:
    """What a sheet holds and how far it reaches; blank cells do not count.

    Attributes:
        errors: Error cells and their text.
        formulas: Cells with a formula.
        uncached: Those of them that were never calculated.
        lowest: The cell of the last row.
        rightmost: The cell of the last column.
    """

    errors: dict[Spot, str] = field(default_factory=dict)
    formulas: set[Spot] = field(default_factory=set)
    uncached: set[Spot] = field(default_factory=set)
    lowest: Spot = (1, 0)
    rightmost: Spot = (1, 0)

    @property
    def size(self) -> int:
        """The number of cells in the rectangle from A1."""
        return self.lowest[0] * (self.rightmost[1] + 1)


def measure(cells: Iterable[RawCell]) -> Extent:
    """The extent of a sheet by its cells."""
    extent = Extent()
    for cell in cells:
        if cell.blank:
            continue
        spot = cell.row, cell.column
        if cell.formula:
            extent.formulas.add(spot)
            if not cell.value and (cell.value is None or cell.kind != "str"):
                extent.uncached.add(spot)
        if cell.kind == "e":
            extent.errors[spot] = cell.value or ""
        if cell.row > extent.lowest[0]:
            extent.lowest = spot
        if cell.column > extent.rightmost[1]:
            extent.rightmost = spot
    return extent


def check_extent(book: str, title: str, extent: Extent) -> None:
    """Do nothing if the sheet fits in memory.

    Raises:
        CannotReadError: If it does not; the far cells are named.
    """
    if extent.size <= MOST_CELLS:
        return
    far = sorted({extent.lowest, extent.rightmost})
    raise CannotReadError(
        msg(
            "{book}, tab {tab}: the sheet reaches as far as {cells}, which is more than memory holds.",
            book=book,
            tab=title,
            cells=[f"{letters(column)}{row}" for row, column in far],
        ),
        msg("Nothing useful can stand there: open the book and clear that cell."),
    )
