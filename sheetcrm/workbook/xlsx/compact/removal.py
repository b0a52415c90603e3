"""Which rows go from a sheet, and where those that stay come to stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from sheetcrm.workbook.cells import LAST_ROW
from sheetcrm.workbook.xlsx.edit.references import area, rewritten


@dataclass(frozen=True, slots=True)
class Removal:
    """The rows that go from one sheet.

    Attributes:
        gone: Their numbers, in order; none for a sheet that stays as it is.
    """

    gone: tuple[int, ...] = ()

    def __contains__(self, row: object) -> bool:
        """Whether the row goes."""
        return isinstance(row, int) and self.hits(row, row)

    def __bool__(self) -> bool:
        """Whether any row goes."""
        return bool(self.gone)

    def moved(self, row: int) -> int:
        """Where a row comes to stand; of one that goes, where the next one does."""
        return row - bisect_left(self.gone, row)

    def closed(self, row: int) -> int:
        """Where the last row that stays, up to this one, comes to stand; the sheet's end stays."""
        return row if row == LAST_ROW else row - bisect_right(self.gone, row)

    def reaches(self, bottom: int) -> bool:
        """Whether something that ends there stands on rows that go or move."""
        return bool(self.gone) and bottom >= self.gone[0]

    def hits(self, top: int, bottom: int) -> bool:
        """Whether one of these rows goes."""
        return bisect_right(self.gone, bottom) > bisect_left(self.gone, top)

    def shrunk(self, top: int, bottom: int) -> tuple[int, int] | None:
        """The first and last row of a range afterwards, None where all of its rows go."""
        first, last = self.moved(top), self.closed(bottom)
        return (first, last) if first <= last else None

    def ranges(self, text: str) -> str:
        """A list of ranges such as an `sqref` afterwards; those that go are left out."""
        stay = (piece for piece in text.split() if not self._goes(piece))
        return " ".join(rewritten(piece, "", lambda ref: self.shrunk(ref.top, ref.bottom)) for piece in stay)

    def _goes(self, piece: str) -> bool:
        cells = area(piece)
        return cells is not None and self.shrunk(cells[0], cells[2]) is None


NOTHING = Removal()
