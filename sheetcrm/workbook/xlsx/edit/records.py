"""Where the records of one table come and go."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from sheetcrm.findings import Place
from sheetcrm.table import Spot, Value
from sheetcrm.text import msg
from sheetcrm.workbook.cells import check_rows, no_room
from sheetcrm.workbook.xlsx.edit.calculated import filled_ahead, total_in
from sheetcrm.workbook.xlsx.edit.grow import check_unqueried
from sheetcrm.workbook.xlsx.edit.region import Region
from sheetcrm.workbook.xlsx.edit.slots import pinned
from sheetcrm.workbook.xlsx.edit.writer import Writer


class Records:
    """The records of a table of a draft; what ends with the table follows when it is settled.

    Attributes:
        region: The table with the rows added so far.
    """

    def __init__(self, writer: Writer, title: str, region: Region, cleared: set[int] | None) -> None:
        """Begin with the table as it stands.

        Args:
            writer: What writes into the draft.
            title: The table's sheet.
            region: The table.
            cleared: The rows of a plain list that were cleared, more of them being added: other blank ones separate
                its parts. None for an Excel table, whose blank rows all wait for records.
        """
        self.region = region
        self._writer = writer
        self._title = title
        self._cleared = cleared
        self._before = region
        self._slots: list[int] | None = None

    @property
    def _own(self) -> range:
        return range(self.region.first_column, self.region.last_column + 1)

    def next_row(self) -> int:
        """Where the next record goes: a blank row that may take it, one that is seen rather than a hidden one.

        Else it is the row below the last one; rows that something points at are passed over.

        Raises:
            GuardError: If something stands there.
        """
        if self._slots is None:
            sheet = self._writer.draft.sheet(self._title)
            self._slots = sorted(self._free(), key=lambda row: (sheet.is_hidden(row), row))
        return self._slots[0] if self._slots else self._row_below()

    def _free(self) -> list[int]:
        first, last = self.region.header_row + 1, self.region.last_row
        blank = self._writer.draft.sheet(self._title).blank_rows(first, last, self._own)
        if self._cleared is not None and len(blank) <= last - first:
            blank = [row for row in blank if row in self._cleared]
        held = pinned(self._writer.draft, self._title, first, last) if blank else set()
        return [row for row in blank if row not in held]

    def _row_below(self) -> int:
        region, row = self.region, self.region.last_row + 1
        totals = self._writer.totals_row(self._title, region) is not None
        if not totals:
            if self._cleared is not None:
                self._check_no_total()
            while self._writer.is_pointed_at(self._title, row):
                row += 1
        check_rows(self._title, row + totals)
        if not totals:
            self._check_blank(row)
        return row

    def _check_no_total(self) -> None:
        """Refuse where the list, or whatever stands below it, ends with a row of totals."""
        for row in (self.region.last_row, self._totals_below):
            column = self._total_in(row)
            if column is not None:
                cell = Place(sheet=self._title, row=row, column=column).address
                raise no_room(self._title, msg("{cell} begins a row of totals", cell=cell))

    @cached_property
    def _totals_below(self) -> int:
        """The last row with anything in the list's columns as it was found, if it is one of totals; else 0."""
        sheet = self._writer.draft.sheet(self._title)
        rows = reversed(sheet.row_numbers())
        row = next((row for row in rows if not sheet.filled(row).isdisjoint(self._own)), 0)
        return 0 if self._total_in(row) is None else row

    def _total_in(self, row: int) -> int | None:
        return total_in(self._writer.draft, self._title, self.region, row)

    def _check_blank(self, row: int) -> None:
        draft = self._writer.draft
        filled = draft.sheet(self._title).filled(row).intersection(self._own)
        filled -= filled_ahead(draft, self._title, self.region, row)
        if filled:
            cell = Place(sheet=self._title, row=row, column=min(filled)).address
            raise no_room(self._title, msg("something stands in {cell}", cell=cell))

    def check(self, row: int, cells: Mapping[Spot, Value | float]) -> None:
        """Do nothing if a record may be written into the row that comes next.

        Raises:
            GuardError: If something stands in the way, or a cell cannot hold its value.
        """
        check_unqueried(self._writer.draft, self._title, self.region)
        below = row > self.region.last_row
        moves = below and self._writer.totals_row(self._title, self.region) is not None
        for spot, value in cells.items():
            self._writer.check_value(self._title, spot, value)
            if not (moves and spot[1] in self._own):
                self._writer.taken(self._title).check(spot)
        for at in range(self.region.last_row + 1, row + 1):
            self._writer.check_room(self._title, self.region, at)
        if below:
            self._writer.check_end(self._title, self.region, row)

    def begin(self, row: int) -> None:
        """Make room for a record in a row; an Excel table's row of totals moves at once."""
        region, last = self.region, self.region.last_row
        if row <= last:
            self.fill(row)
            return
        if row > last + 1 or self._writer.totals_row(self._title, region) is not None:
            self.settle()
            self._writer.reach(self._title, region, row, ())
            self._before = region._replace(last_row=row)
        if last > region.header_row:
            self._writer.begin_row(self._title, last, row)
        self.region = region._replace(last_row=row)

    def complete(self, row: int) -> None:
        """Fill the calculated columns of a row that was written."""
        last = self.region.last_row
        others = self.region._replace(last_row=row - 1) if row == last else self.region
        self._writer.complete_row(self._title, others, row)

    def fill(self, row: int) -> None:
        """Remember that a row holds something now."""
        if self._slots and row in self._slots:
            self._slots.remove(row)

    def shorten(self, cleared: int) -> None:
        """Let the table end above the blank rows at its end, one of which may have been cleared just now."""
        if self._cleared is not None:
            self._cleared.add(cleared)
        self._slots = None
        self.settle()
        self._before = self.region = self._writer.shorten(self._title, self.region)

    def settle(self) -> None:
        """Let what ended at the table's last row end at the last one of today."""
        self._writer.end_at(self._title, self._before, self.region.last_row)
        self._before = self.region
