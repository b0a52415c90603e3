"""The editor of an .xlsx that loses nothing: a few cells and rows change, everything else stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from sheetcrm.errors import CannotWriteError, GuardError
from sheetcrm.findings import Place
from sheetcrm.table import Spot, Value
from sheetcrm.text import msg
from sheetcrm.workbook.cells import check_value, no_room
from sheetcrm.workbook.xlsx.edit.calculated import filled_ahead, total_in
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.region import Region, region_of
from sheetcrm.workbook.xlsx.edit.slots import pinned
from sheetcrm.workbook.xlsx.edit.writer import Writer
from sheetcrm.workbook.xlsx.guards import check_writable
from sheetcrm.workbook.xlsx.kinds import bytes_of
from sheetcrm.workbook.xlsx.locks import check_unlocked
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.save import revision, save
from sheetcrm.workbook.xlsx.verify import verify_cells, verify_rest
from sheetcrm.workbook.xlsx.walk import column_number

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_COLUMNS, _ROWS = 16_384, 1_048_576


class Patch:
    """A workbook being edited; nothing reaches the disk before `save`.

    Every refusal is an error of `sheetcrm.errors` that names the part or the cell; after one the edits made before it
    stand, and the refused one has left no trace.

    Example:
        with Patch("clients.xlsx") as book:
            book.set("Deals", "B7", Decimal("1250.50"))
            book.append("Deals", {"A": "D-0042", "B": Decimal("900")})
            book.save("clients.xlsx")
    """

    def __init__(self, path: str | Path, *, force: bool = False) -> None:
        """Open a book.

        Args:
            path: An .xlsx or .xlsm.
            force: Edit also a signed book, whose signature is void then, and one that keeps the history of changes
                of the people who share it.

        Raises:
            CannotReadError: If it is missing, damaged, too large to be opened safely or no workbook.
            GuardError: If it is signed or shared, unless forced.
        """
        self._path = Path(path)
        self._force = force
        data = bytes_of(self._path)
        self._expected = revision(data)
        self._begin(data)

    def _begin(self, data: bytes) -> None:
        """Go on from a state of the book."""
        self._package = open_package(self._path.name, data)
        check_writable(self._package, self._force)
        self._writer = Writer(Draft(self._package))
        self._values: dict[str, dict[Spot, Value | float]] = {}
        self._before: dict[str, Region] = {}
        self._now: dict[str, Region] = {}
        self._slots: dict[str, list[int]] = {}

    def __enter__(self) -> Self:
        """The book itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Forget what was not saved."""

    @property
    def sheet_names(self) -> list[str]:
        """The titles of the worksheets, in order."""
        return [sheet.title for sheet in self._writer.draft.sheets() if sheet.kind == "worksheet"]

    def set(self, sheet: str, cell: str, value: Value | float) -> None:
        """Give one cell a value, None to clear it; its format stays, but that a date gets a date's.

        Args:
            sheet: The sheet's title.
            cell: Its address: `B7`.
            value: Text is never taken for a formula. A whole number of more than fifteen digits becomes text, since
                no cell could hold it.

        Raises:
            GuardError: If there is no such cell, if it holds a formula, is hidden by a merge or filled by an array or
                a pivot table, or if it cannot hold the value whole.
        """
        self._check_sheet(sheet)
        spot = self._spot(sheet, cell)
        self._put(sheet, spot, value)
        if value is not None and spot[0] in self._slots.get(sheet, ()):
            self._slots[sheet].remove(spot[0])

    def append(self, sheet: str, cells: Mapping[str, Value | float]) -> int:
        """Add a row to the sheet's table.

        It goes into a row that was cleared and that nothing points at, else directly below the last one; what ends
        with the table grows, calculated columns are filled down, and a totals row moves. The table is the sheet's
        first Excel table, else what its filter or its first row heads.

        Args:
            sheet: The sheet's title.
            cells: The values by the letters of their columns.

        Returns:
            The row's number.

        Raises:
            GuardError: If something stands in the way, or a cell cannot hold its value.
        """
        self._check_sheet(sheet)
        region = self._region(sheet)
        slot = self._next_slot(sheet)
        row = self._row_below(sheet) if slot is None else slot
        spots = {self._spot(sheet, f"{column}{row}"): value for column, value in cells.items()}
        totals = slot is None and self._writer.totals_row(sheet, region) is not None
        for spot, value in spots.items():
            check_value(value, sheet, spot)
            if not (totals and region.first_column <= spot[1] <= region.last_column):
                self._writer.taken(sheet).check(spot)
        if slot is None:
            self._reach(sheet, row, totals)
        else:
            self._slots[sheet].remove(row)
        for spot, value in spots.items():
            self._put(sheet, spot, value)
        if slot is None:
            self._writer.complete_row(sheet, region, row)
        return row

    def clear(self, sheet: str, row: int) -> None:
        """Take a record out of the sheet's table.

        Rows are never shifted, since a formula that points at one would then mean another. At the end the table
        becomes shorter; elsewhere, or where something points at the row, the row stays as a blank one.

        Args:
            sheet: The sheet's title.
            row: The row's number.

        Raises:
            GuardError: If the row is not one of the table's.
        """
        self._check_sheet(sheet)
        region = self._region(sheet)
        if not region.header_row < row <= region.last_row:
            raise GuardError(
                msg("Tab {tab}: row {row} is no row of its table.", tab=sheet, row=row),
                msg("The table's rows are {first} to {last}.", first=region.header_row + 1, last=region.last_row),
            )
        for column, cell in list(self._writer.draft.sheet(sheet).cells(row).items()):
            if region.first_column <= column <= region.last_column and not cell.blank and not cell.formula:
                self._put(sheet, (row, column), None)
        self._slots.pop(sheet, None)
        self._settle(sheet)
        self._before[sheet] = self._now[sheet] = self._writer.shorten(sheet, self._region(sheet))

    def save(self, path: str | Path) -> None:
        """Check the book and put it in its place: all of it or nothing, with a backup of what stood there.

        Args:
            path: The book's own path, or that of a copy, where nothing may stand yet.

        Raises:
            BusyError: If the book is open elsewhere or was changed since it was opened, or the copy stands already.
            CannotWriteError: If the disk does not allow it, or the finished book fails the check.
        """
        target = Path(path)
        same = target.resolve() == self._path.resolve()
        check_unlocked(target)
        data = self._finished()
        save(target, data, self._expected if same else "")
        self._path = target
        self._expected = revision(data)

    def _finished(self) -> bytes:
        """The book with all edits in it, checked; whatever is edited next comes on top of it."""
        for sheet in list(self._before):
            self._settle(sheet)
        self._writer.finish()
        before, values, changed = self._package, self._values, self._writer.draft.changed
        data = self._writer.draft.finished()
        # What was taken apart for the edits is let go first: the check needs the memory.
        self._begin(data)
        try:
            verify_rest(before, changed, self._package)
            verify_cells(self._path.name, values, self._package)
        except CannotWriteError:
            self._begin(before.data)  # nothing that failed the check may be saved by asking again
            raise
        return data

    def _check_sheet(self, sheet: str) -> None:
        if sheet not in self.sheet_names:
            raise GuardError(msg("{book} has no tab {tab} to write to.", book=self._path.name, tab=sheet))

    def _spot(self, sheet: str, cell: str) -> Spot:
        found = _CELL.fullmatch(cell.upper())
        column = column_number(found[1]) if found else _COLUMNS
        if found is None or column >= _COLUMNS or int(found[2]) > _ROWS:
            raise GuardError(msg("Tab {tab}: {cell} is no cell.", tab=sheet, cell=cell))
        return int(found[2]), column

    def _put(self, sheet: str, spot: Spot, value: Value | float) -> None:
        self._values.setdefault(sheet, {})[spot] = self._writer.put(sheet, spot, value)

    def _region(self, sheet: str) -> Region:
        """The sheet's table with the rows added so far."""
        if sheet not in self._now:
            self._now[sheet] = self._before[sheet] = region_of(self._writer.draft, self._writer.draft.sheet(sheet))
        return self._now[sheet]

    def _settle(self, sheet: str) -> None:
        """Let what ended at the table's last row end at the last one of today."""
        self._writer.end_at(sheet, self._before[sheet], self._now[sheet].last_row)
        self._before[sheet] = self._now[sheet]

    def _reach(self, sheet: str, row: int, totals: bool) -> None:
        """Let the table end at a row below; what ends with it follows when it is settled, a row of totals at once."""
        region = self._region(sheet)
        for at in range(region.last_row + 1, row + 1):
            self._writer.check_room(sheet, region, at)
        if totals or row > region.last_row + 1:
            self._settle(sheet)
            self._writer.reach(sheet, region, row, ())
            self._before[sheet] = region._replace(last_row=row)
        if region.last_row > region.header_row:
            self._writer.begin_row(sheet, region.last_row, row)
        self._now[sheet] = region._replace(last_row=row)

    def _next_slot(self, sheet: str) -> int | None:
        """A cleared row that a record may take."""
        if sheet not in self._slots:
            region = self._region(sheet)
            draft = self._writer.draft
            columns = range(region.first_column, region.last_column + 1)
            blank = draft.sheet(sheet).blank_rows(region.header_row + 1, region.last_row, columns)
            held = pinned(draft, sheet, region.header_row + 1, region.last_row) if blank else set()
            self._slots[sheet] = [row for row in blank if row not in held]
        return next(iter(self._slots[sheet]), None)

    def _row_below(self, sheet: str) -> int:
        """The row below the table's last one; rows that something points at are passed over.

        Raises:
            GuardError: If something stands there.
        """
        region, draft = self._region(sheet), self._writer.draft
        row = region.last_row + 1
        if self._writer.totals_row(sheet, region) is not None:
            return row
        total = total_in(draft, sheet, region)
        if total is not None:
            cell = Place(sheet=sheet, row=region.last_row, column=total).address
            raise no_room(sheet, msg("a formula stands in {cell}", cell=cell))
        while self._writer.is_pointed_at(sheet, row):
            row += 1
        own = range(region.first_column, region.last_column + 1)
        filled = draft.sheet(sheet).filled(row).intersection(own) - filled_ahead(draft, sheet, region, row)
        if filled:
            cell = Place(sheet=sheet, row=row, column=min(filled)).address
            raise no_room(sheet, msg("something stands in {cell}", cell=cell))
        return row
