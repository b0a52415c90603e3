"""What is written into the sheets of a draft, and everything that must follow from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from functools import cached_property

from sheetcrm.findings import Place
from sheetcrm.table import Spot, Value
from sheetcrm.text import msg
from sheetcrm.workbook.cells import check_value, no_room
from sheetcrm.workbook.xlsx.edit.calculated import fill_down
from sheetcrm.workbook.xlsx.edit.cell import check_epoch
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.follow import check_totals
from sheetcrm.workbook.xlsx.edit.grow import check_growth, resize
from sheetcrm.workbook.xlsx.edit.headers import name_column
from sheetcrm.workbook.xlsx.edit.pivots import refresh
from sheetcrm.workbook.xlsx.edit.region import Region, table_at
from sheetcrm.workbook.xlsx.edit.slots import pinned, pointed_rows
from sheetcrm.workbook.xlsx.edit.stale import drop_calc_chain, forget
from sheetcrm.workbook.xlsx.edit.styles import Styles, shows_day
from sheetcrm.workbook.xlsx.edit.tables import ExcelTable, excel_tables
from sheetcrm.workbook.xlsx.edit.taken import Taken
from sheetcrm.workbook.xlsx.edit.totals import check_movable, move

DATE = "dd.mm.yyyy"
DATETIME = "dd.mm.yyyy hh:mm"
_QUOTED = "quoted"
_NUMBER = "number"


class Writer:
    """Writes into a draft and remembers where, so that `finish` can tell what became stale.

    Attributes:
        draft: The book.
        filled: Formulas that were filled down into new rows, by sheet.
        erased: Formulas that went with the rows they stood in, by sheet.
    """

    def __init__(self, draft: Draft) -> None:
        """Nothing is written yet."""
        self.draft = draft
        self.filled: dict[str, set[Spot]] = {}
        self.erased: dict[str, set[Spot]] = {}
        self._written: dict[str, set[Spot]] = {}
        self._reworded: dict[str, set[Spot]] = {}
        self._taken: dict[str, Taken] = {}
        self._pointed: dict[str, set[int]] = {}
        self._headed: dict[str, set[int]] = {}
        self._fitting: dict[tuple[int, str], int] = {}
        self._formulas_gone = False

    @cached_property
    def styles(self) -> Styles:
        """The cell formats of the book."""
        return Styles(self.draft)

    def taken(self, title: str) -> Taken:
        """What must not be written on a sheet."""
        if title not in self._taken:
            self._taken[title] = Taken(self.draft, self.draft.sheet(title))
        return self._taken[title]

    def put(self, title: str, spot: Spot, value: Value | float) -> Value | float:
        """Write a value into a cell; its looks stay, but for what the kind of the value needs.

        Returns:
            The value as it was written.

        Raises:
            GuardError: If the cell must not be written, or cannot hold the value whole.
        """
        self.taken(title).check(spot)
        value = self.check_value(title, spot, value)
        if spot[0] in self._header_rows(title):
            value = name_column(self.draft, title, spot, value) or value
        sheet = self.draft.sheet(title)
        sheet.set(*spot, value, self._dressed(sheet.style(*spot), value))
        self._touch(title, {spot})
        return value

    def check_value(self, title: str, spot: Spot, value: Value | float) -> Value | float:
        """The value as a cell of this book will hold it.

        Raises:
            GuardError: If it cannot.
        """
        value = check_value(value, title, spot)
        check_epoch(value, title, spot, self.draft.date1904)
        return value

    def _header_rows(self, title: str) -> set[int]:
        """The rows of a sheet that head an Excel table."""
        if title not in self._headed:
            self._headed[title] = {table.top for table in excel_tables(self.draft, title) if table.headers}
        return self._headed[title]

    def _dressed(self, style: int, value: Value | float) -> int:
        """The cell format for that value: a day must look like a day, and a number or a truth not like one."""
        need = _need(value)
        if need is None:
            return style
        if (style, need) not in self._fitting:
            self._fitting[style, need] = self._fitted(style, need)
        return self._fitting[style, need]

    def _fitted(self, style: int, need: str) -> int:
        code = self.styles.code(style)
        if need == _QUOTED:
            return self.styles.quoted(style)
        if need == _NUMBER:
            return self.styles.general(style) if shows_day(code) else style
        return style if shows_day(code) else self.styles.dated(style, need)

    def totals_row(self, title: str, region: Region) -> ExcelTable | None:
        """The Excel table whose row of totals stands right below the region, None where there is none."""
        table = table_at(self.draft, self.draft.sheet(title), region)
        return table if table is not None and table.totals else None

    def check_room(self, title: str, region: Region, row: int) -> None:
        """Do nothing if a table may reach down to that row.

        Raises:
            GuardError: If something stands in the way.
        """
        obstacle = self.taken(title).in_the_way(row, region.first_column, region.last_column)
        if obstacle is not None:
            raise no_room(title, obstacle)

    def is_pointed_at(self, title: str, row: int) -> bool:
        """Whether something means a row that lies below a table, so that no new record may stand there."""
        if title not in self._pointed:
            self._pointed[title] = pointed_rows(self.draft, title)
        return row in self._pointed[title]

    def end_at(self, title: str, region: Region, last: int) -> None:
        """Let everything that ends at a table's last row end at another one; a row of totals moves along.

        Raises:
            GuardError: If something stands in the way.
        """
        if last == region.last_row:
            return
        table = self.totals_row(title, region) if last > region.last_row else None
        if last > region.last_row:
            self.check_end(title, region, last)
        for sheet, spots in resize(self.draft, title, region, last).items():
            self._touch(sheet, spots)
            self._reworded.setdefault(sheet, set()).update(spots)
        if table is not None:
            self._move_totals(title, table, last + 1)

    def check_end(self, title: str, region: Region, last: int) -> None:
        """Do nothing if a table may end at a row further down, and its row of totals below that.

        Raises:
            GuardError: If something stands in the way, or must not move along.
        """
        table = self.totals_row(title, region)
        if table is not None:
            self._check_below(title, region, table, last + 1)
            check_movable(self.draft, table)
            check_totals(self.draft, table)
        check_growth(self.draft, title, region, last)

    def _move_totals(self, title: str, table: ExcelTable, row: int) -> None:
        move(self.draft, table, row)
        # The list of calculations knows the cells by their addresses.
        self._formulas_gone = True
        for column in range(table.left, table.right + 1):
            old, new = (table.bottom, column), (row, column)
            self._touch(title, {old, new})
            if old in self._reworded.get(title, ()):
                self._reworded[title] ^= {old, new}

    def reach(self, title: str, region: Region, last: int, taken: Collection[int]) -> None:
        """Let a table end at a row below, step by step past those that no record takes.

        Something may have ended at one of them: its record is gone, but something points at it still.

        Raises:
            GuardError: If something stands in the way.
        """
        for row in [at for at in range(region.last_row + 1, last) if at not in taken] + [last]:
            self.end_at(title, region, row)
            region = region._replace(last_row=row)

    def _check_below(self, title: str, region: Region, table: ExcelTable, last: int) -> None:
        """Do nothing if a row of totals may move down to that row."""
        sheet = self.draft.sheet(title)
        for row in range(table.bottom + 1, last + 1):
            if not sheet.filled(row).isdisjoint(range(table.left, table.right + 1)):
                cell = Place(sheet=title, row=table.bottom, column=table.left).address
                raise no_room(title, msg("something stands below the row of totals {cell}", cell=cell))
            self.check_room(title, region, row)

    def begin_row(self, title: str, model: int, row: int) -> None:
        """Make a row look like another one, where it has no looks of its own."""
        sheet = self.draft.sheet(title)
        standing = sheet.cells(row)
        for column, cell in sheet.cells(model).items():
            if cell.style and (column not in standing or not standing[column].style):
                sheet.set_style(row, column, cell.style)
        sheet.take_height(row, model)

    def complete_row(self, title: str, region: Region, row: int) -> None:
        """Fill the formulas of a table's columns down into a new row, where nothing was written.

        Args:
            title: The sheet.
            region: The table with its last row before this one.
            row: The new row.
        """
        filled = set(fill_down(self.draft, title, region, row))
        self.filled.setdefault(title, set()).update(filled)
        self._touch(title, filled)

    def shorten(self, title: str, region: Region) -> Region:
        """Let a table end above the blank rows at its end; rows that something points at stay.

        The formulas of an Excel table's rows go with them; elsewhere nobody can say that they belong to the row.

        Returns:
            The table as it is then.
        """
        if self.totals_row(title, region) is not None:
            return region
        sheet = self.draft.sheet(title)
        columns = range(region.first_column, region.last_column + 1)
        last = region.last_row
        if sheet.blank_rows(last, last, columns):
            held = pinned(self.draft, title, region.header_row + 1, last)
            while last > region.header_row + 1 and last not in held and sheet.blank_rows(last, last, columns):
                last -= 1
        table = table_at(self.draft, sheet, region)
        for row in range(last + 1, region.last_row + 1) if table else ():
            for column in [at for at, cell in sheet.cells(row).items() if at in columns and cell.formula]:
                sheet.erase(row, column)
                self._formulas_gone = True
                self.erased.setdefault(title, set()).add((row, column))
                self._touch(title, {(row, column)})
        self.end_at(title, region, last)
        return region._replace(last_row=last)

    def replaced(self, title: str, spots: Iterable[Spot], had_formulas: bool) -> None:
        """Remember a sheet that was written whole: the cells that it has or had, and whether formulas were there."""
        self._formulas_gone |= had_formulas
        self._touch(title, spots)

    def finish(self) -> Mapping[str, Collection[Spot]]:
        """Let formulas and pivots that depend on what was written be calculated anew.

        Returns:
            The cells whose value was dropped, by sheet.
        """
        if self._formulas_gone:
            drop_calc_chain(self.draft)
        refresh(self.draft, self._written.keys())
        dropped = forget(self.draft, self._written)
        for title, spots in self._reworded.items():
            dropped.setdefault(title, set()).update(spots)
        return dropped

    def _touch(self, title: str, spots: Iterable[Spot]) -> None:
        self._written.setdefault(title, set()).update(spots)


def _need(value: Value | float) -> str | None:
    """What a value needs of its format: a number format for a date, or one of the needs above; None for nothing."""
    match value:
        case str():
            return _QUOTED if value.startswith("=") else None
        case None:
            return None
        case datetime() if value.time() != time():
            return DATETIME
        case date():
            return DATE
        case _:
            return _NUMBER
