"""The rule by which a range follows a table that becomes longer or shorter."""

from __future__ import annotations

from dataclasses import dataclass

from sheetcrm.table import letters
from sheetcrm.workbook.xlsx.edit.grammar import Ref, references
from sheetcrm.workbook.xlsx.edit.references import Area
from sheetcrm.workbook.xlsx.edit.region import Region


@dataclass(frozen=True, slots=True)
class Stretch:
    """A table's end that moves.

    Attributes:
        title: Its sheet.
        region: The table as it was.
        old: Its last row before; an empty table has one blank row.
        new: Its last row after.
        totals: The columns of the totals row directly below that goes along, None where there is none.
    """

    title: str
    region: Region
    old: int
    new: int
    totals: tuple[int, int] | None = None

    @property
    def first(self) -> int:
        """The first row of the table's body."""
        return self.region.header_row + 1

    def of_range(self, cells: Area, whole: bool = False, above: bool = False) -> tuple[int, int] | None:
        """The rows that a range has afterwards; None where it stays as it is.

        Args:
            cells: What it covers.
            whole: Whether it follows only if it is the table's whole height, with its header or without.
            above: Whether it may begin above the table, as a print area does.
        """
        top, left, bottom, right = cells
        if not self.region.meeting(left, right):
            return None
        if self.totals and self._in_totals(cells):
            return self.new + 1, self.new + 1
        end = self.old + 1 if self.totals and bottom == self.old + 1 else self.old
        if bottom != end or not self._begins_in_table(top, whole, above) or self.new < top:
            return None
        return top, bottom + self.new - self.old

    def _in_totals(self, cells: Area) -> bool:
        left, right = self.totals or (0, 0)
        return cells[0] == cells[2] == self.old + 1 and left <= cells[1] and cells[3] <= right

    def _begins_in_table(self, top: int, whole: bool, above: bool) -> bool:
        if top in (self.region.header_row, self.first):
            return True
        # One row in the middle of many is somebody's remark on it, not a range that ends with the table.
        return (top < self.first and above) or (self.first < top < self.old and not whole)

    def of_ref(self, ref: Ref, whole: bool = False, above: bool = False) -> tuple[int, int] | None:
        """The same for a reference in a text, which is on the table's sheet; a single cell never becomes a range."""
        if ref.until or ref.sheet.casefold() != self.title.casefold():
            return None
        cells = ref.top, ref.left, ref.bottom, ref.right
        if ref.single:
            return (self.new + 1, self.new + 1) if self.totals and self._in_totals(cells) else None
        return self.of_range(cells, whole, above)

    def ranges(self, text: str) -> str:
        """A list of ranges such as `C2:C100 E5`, each as long as it is afterwards."""
        pieces: list[str] = []
        done = 0
        for ref in references(text, self.title):
            cells = ref.top, ref.left, ref.bottom, ref.right
            rows = self.of_range(cells) if ref.spelled else None
            if rows is not None:
                pieces += text[done : ref.start], spelled((rows[0], ref.left, rows[1], ref.right))
                done = ref.end
        return "".join(pieces) + text[done:]


def spelled(cells: Area) -> str:
    """A rectangle as a reference: `A1:F100`, or `A1`."""
    top, left, bottom, right = cells
    first, last = f"{letters(left)}{top}", f"{letters(right)}{bottom}"
    return first if first == last else f"{first}:{last}"
