"""A cell that a write sets, and the record that it is meant for."""

from __future__ import annotations

from dataclasses import dataclass

from sheetcrm.table import Cell, Spot


@dataclass(frozen=True, slots=True)
class Aimed:
    """A cell that a write sets.

    Attributes:
        title: The tab's title in the book that the write aims at.
        spot: Where the write sets it: its row as it counts once the rows that the same write inserts are there. The
            column is also the one that it is meant for.
        value: What the write sets, as checked for writing; None clears the cell.
        row: The row of its record in the book that the write aims at; None where the write inserts that record, into
            the fresh row of `spot`. A header's cell belongs to the header's row.
    """

    title: str
    spot: Spot
    value: Cell
    row: int | None
