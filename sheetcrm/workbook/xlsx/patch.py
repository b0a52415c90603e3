"""The editor of an .xlsx that loses nothing: a few cells and rows change, everything else stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from sheetcrm.errors import BusyError, CannotWriteError, GuardError, UsageError
from sheetcrm.table import Spot, Value
from sheetcrm.text import msg
from sheetcrm.workbook.cells import LAST_COLUMN, LAST_ROW
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.records import Records
from sheetcrm.workbook.xlsx.edit.region import Home, Region, home_of, homes, no_column, region_of
from sheetcrm.workbook.xlsx.edit.tables import ExcelTable
from sheetcrm.workbook.xlsx.edit.writer import Writer
from sheetcrm.workbook.xlsx.guards import check_writable
from sheetcrm.workbook.xlsx.kinds import bytes_of
from sheetcrm.workbook.xlsx.locks import check_unlocked
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.parts import suffix_of
from sheetcrm.workbook.xlsx.save import revision, save
from sheetcrm.workbook.xlsx.target import target_of
from sheetcrm.workbook.xlsx.verify import verify_cells, verify_rest
from sheetcrm.workbook.xlsx.walk import column_number

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


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
        self._cleared: dict[tuple[str, str], set[int]] = {}
        data = bytes_of(self._path)
        self._expected = revision(data)
        self._begin(data, {})

    def _begin(self, data: bytes, regions: dict[tuple[str, str], Region]) -> None:
        """Go on from a state of the book, with the tables that are known in it."""
        self._package = open_package(self._path.name, data)
        check_writable(self._package, self._force)
        self._writer = Writer(Draft(self._package))
        self._values: dict[str, dict[Spot, Value | float]] = {}
        self._records: dict[str, dict[str, Records]] = {}
        self._regions = regions

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
        for home, records in list(self._records.get(sheet, {}).items()):
            if spot[0] == records.region.header_row:
                records.settle()
                del self._records[sheet][home]
                self._regions.pop((sheet, home), None)
            elif value is not None:
                records.fill(spot[0])

    def append(self, sheet: str, cells: Mapping[str, Value | float]) -> int:
        """Add a row to the sheet's table.

        It goes into a blank row that nothing points at, in a plain list only into one that was cleared here, else
        directly below the last one; what ends with the table grows, calculated columns are filled down, and a totals
        row moves. The table is the one that has all the columns: an Excel table, or a list outside of those.

        Args:
            sheet: The sheet's title.
            cells: The values by the letters of their columns.

        Returns:
            The row's number.

        Raises:
            GuardError: If something stands in the way, a cell cannot hold its value, or no table has all the columns.
        """
        self._check_sheet(sheet)
        columns = {self._spot(sheet, f"{column}1")[1]: value for column, value in cells.items()}
        records = self._records_with(sheet, columns)
        row = records.next_row()
        spots = {(row, column): value for column, value in columns.items()}
        records.check(row, spots)
        records.begin(row)
        for spot, value in spots.items():
            self._put(sheet, spot, value)
        records.complete(row)
        return row

    def clear(self, sheet: str, row: int) -> None:
        """Take a record out of the sheet's table.

        Rows are never shifted, since a formula that points at one would then mean another. At the end the table
        becomes shorter; elsewhere, or where something points at the row, the row stays as a blank one.

        Args:
            sheet: The sheet's title.
            row: The row's number.

        Raises:
            GuardError: If the row is not one of the table's, is one of two Excel tables, or cannot be cleared whole.
        """
        self._check_sheet(sheet)
        records = self._records_at(sheet, row)
        cells = self._writer.draft.sheet(sheet).cells(row).items()
        own = records.region.meeting
        spots = [(row, at) for at, cell in cells if own(at, at) and not cell.blank and not cell.formula]
        for spot in spots:
            self._writer.taken(sheet).check(spot)
        for spot in spots:
            self._put(sheet, spot, None)
        records.shorten(row)

    def save(self, path: str | Path) -> None:
        """Check the book and put it in its place: all of it or nothing, with a backup of what stood there.

        Args:
            path: The book's own path, or that of a copy, where nothing may stand yet.

        Raises:
            UsageError: If the copy's name says that it is another kind of book.
            BusyError: If the book is open elsewhere or was changed since it was opened, or the copy stands already.
            CannotWriteError: If the disk does not allow it, or the finished book fails the check.
        """
        target = Path(path)
        same = target_of(target) == target_of(self._path)
        if not same:
            self._check_copy(target)
        check_unlocked(target)
        data = self._finished()
        save(target, data, self._expected if same else "")
        self._path = target
        self._expected = revision(data)

    def _finished(self) -> bytes:
        """The book with all edits in it, checked; whatever is edited next comes on top of it."""
        for sheet, found in self._records.items():
            for key, records in found.items():
                records.settle()
                self._regions[sheet, key] = records.region
        self._writer.finish()
        before, values, changed = self._package, self._values, self._writer.draft.changed
        data = self._writer.draft.finished()
        # What was taken apart for the edits is let go first: the check needs the memory.
        self._begin(data, self._regions)
        try:
            verify_rest(before, changed, self._package)
            verify_cells(self._path.name, values, self._package)
        except CannotWriteError:
            self._begin(before.data, {})  # nothing that failed the check may be saved by asking again
            raise
        return data

    def _check_copy(self, target: Path) -> None:
        ending = suffix_of(self._package)
        if ending and target.suffix.lower() != ending:
            raise UsageError(
                msg("{book} cannot be the name of this book: it is of the kind {ending}.",
                    book=target.name, ending=ending),
                msg("Save it as {book}; office programs open no book under the name of another kind.",
                    book=target.with_suffix(ending).name),
            )  # fmt: skip
        if target.exists():
            raise BusyError(
                msg("{book} stands already, and a copy takes nobody's place; nothing was written.", book=target.name),
                msg("Choose another name. The book that was opened can be saved under its own name first."),
            )

    def _check_sheet(self, sheet: str) -> None:
        if sheet not in self.sheet_names:
            raise GuardError(msg("{book} has no tab {tab} to write to.", book=self._path.name, tab=sheet))

    def _spot(self, sheet: str, cell: str) -> Spot:
        found = _CELL.fullmatch(cell.upper())
        column = column_number(found[1]) if found else 0
        if found is None or column > LAST_COLUMN or int(found[2]) > LAST_ROW:
            raise GuardError(msg("Tab {tab}: {cell} is no cell.", tab=sheet, cell=cell))
        return int(found[2]), column

    def _put(self, sheet: str, spot: Spot, value: Value | float) -> None:
        self._values.setdefault(sheet, {})[spot] = self._writer.put(sheet, spot, value)

    def _records_in(self, sheet: str, home: Home) -> Records | None:
        """The records of one of the sheet's tables; None where there is no list in those columns."""
        known = self._records.setdefault(sheet, {})
        excel = isinstance(home, ExcelTable)
        key = home.part if isinstance(home, ExcelTable) else str(home)
        if key not in known:
            region = self._regions.get((sheet, key)) or region_of(self._writer.draft.sheet(sheet), home)
            if region is None:
                return None
            cleared = None if excel else self._cleared.setdefault((sheet, key), set())
            known[key] = Records(self._writer, sheet, region, cleared)
        return known[key]

    def _records_with(self, sheet: str, columns: Collection[int]) -> Records:
        """Those of the table that has all the columns; of the sheet's first table where there are none."""
        among = homes(self._writer.draft, sheet)
        own = [home_of(sheet, among, columns)] if columns else among
        found = next((records for home in own if (records := self._records_in(sheet, home))), None)
        if found is None and not any(self._records_in(sheet, home) for home in among):
            raise _no_table(sheet)
        for column in sorted(columns):
            if found is None or not found.region.meeting(column, column):
                raise no_column(sheet, column)
        assert found is not None
        return found

    def _records_at(self, sheet: str, row: int) -> Records:
        """Those of the table that has the row: an Excel table before a list beside it."""
        among = homes(self._writer.draft, sheet)
        found = [(home, records) for home in among if (records := self._records_in(sheet, home))]
        if not found:
            raise _no_table(sheet)
        having = [(home, one) for home, one in found if one.region.header_row < row <= one.region.last_row]
        if not having:
            region = found[0][1].region
            raise GuardError(
                msg("Tab {tab}: row {row} is no row of its table.", tab=sheet, row=row),
                msg("The table's rows are {first} to {last}.", first=region.header_row + 1, last=region.last_row),
            )
        excel = [one for home, one in having if isinstance(home, ExcelTable)]
        own = excel or [one for _, one in having]
        if len(own) > 1:
            raise GuardError(
                msg("Tab {tab}: row {row} belongs to several tables that stand side by side.", tab=sheet, row=row),
                msg("Clear the cells of the one that is meant, one by one."),
            )
        return own[0]


def _no_table(sheet: str) -> GuardError:
    return GuardError(
        msg("Tab {tab} is blank: there is no table to add a row to.", tab=sheet),
        msg("Put the header into its first row first."),
    )
