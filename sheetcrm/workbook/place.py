"""Where changes land: from ids, columns and rows to the cells of a book, the same for every adapter.

Nothing is written here. What must not be written, such as a value over somebody's formula, is refused here, so that
every adapter refuses the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sheetcrm.errors import GuardError
from sheetcrm.findings import Place
from sheetcrm.tab import Tab
from sheetcrm.table import Book, Change, Sheet, Spot, Table, Value, heads_totals, is_blank
from sheetcrm.text import Message, msg
from sheetcrm.workbook.cells import (
    LAST_COLUMN,
    LAST_ROW,
    check_columns,
    check_rows,
    formula_stands,
    hidden_by_merge,
    no_room,
)

_CELL = re.compile(r"[A-Z]{1,3}")

Pinned = Callable[[str, int], bool]
"""Whether something in the book points at that row of that tab, so that no other record may ever stand there."""


class NewColumn(NamedTuple):
    """A column appended to a table: its header and its field code."""

    header: str
    code: str


@dataclass(slots=True)
class Edit:
    """What changes on one sheet.

    Attributes:
        sheet: The sheet as it was read.
        table: The table that it is, None for any other tab.
        cells: The new value of each changed cell; None clears it.
        headers: Columns appended to the table, by number.
        inserted: Rows that take a new record, in order.
        cleared: Rows whose record is gone.
        last: The table's last row before the change, the header's where it had none.
    """

    sheet: Sheet
    table: Table | None
    cells: dict[Spot, Value] = field(default_factory=dict)
    headers: dict[int, NewColumn] = field(default_factory=dict)
    inserted: list[int] = field(default_factory=list)
    cleared: list[int] = field(default_factory=list)
    last: int = 0

    @property
    def bottom(self) -> int:
        """The last row of the table before the change; one with a row of totals may end in blank rows."""
        below = [row - 1 for row in self.footers if row > self.last]
        return min(below, default=self.last)

    @property
    def footers(self) -> Mapping[int, tuple[int, int]]:
        """The table's own rows of totals."""
        return {} if self.table is None else self.table.footers

    @property
    def grown(self) -> int:
        """How many rows the table became longer."""
        return max([self.bottom, *self.inserted]) - self.bottom


def _is_free(_title: str, _row: int) -> bool:
    return False


def place(book: Book, changes: Sequence[Change], pinned: Pinned = _is_free) -> list[Edit]:
    """The cells that the changes come to, sheet by sheet.

    Args:
        book: The book as it was read.
        changes: What changes in it.
        pinned: Which rows a new record must not take; none, where nothing in a book can point at a row.

    Raises:
        GuardError: If a change points nowhere, at a formula, at a cell hidden by a merge, or if a new row would have
            to push something aside.
    """
    placers: dict[str, _Placer] = {}
    for change in changes:
        sheet, table = _find_sheet(book, change.table)
        placer = placers.get(sheet.title)
        if placer is None:
            placer = placers[sheet.title] = _Placer(sheet, table, pinned)
        placer.add(change)
    return [placer.edit for placer in placers.values()]


def check_fresh(name: str, changes: Sequence[Change], tabs: Sequence[Tab]) -> None:
    """Do nothing if a new book can be made of that: some tabs, and no changes of what isn't there.

    Raises:
        GuardError: If it cannot.
    """
    if changes or not tabs:
        raise GuardError(msg("{book} does not exist yet: there is nothing to change in it.", book=name))


def _find_sheet(book: Book, name: str) -> tuple[Sheet, Table | None]:
    table = book.by_name.get(name)
    if table is not None:
        return table.sheet, table
    sheet = next((sheet for sheet in book.sheets if sheet.title == name), None)
    if sheet is None:
        raise GuardError(msg("{book} has no tab {tab} to write to.", book=book.name, tab=name))
    return sheet, next((table for table in book.tables if table.sheet is sheet), None)


class _Placer:
    """One sheet while changes are placed on it: its columns, its ids and the next free row."""

    def __init__(self, sheet: Sheet, table: Table | None, pinned: Pinned) -> None:
        self.edit = Edit(sheet, table)
        self._pinned = pinned
        self._columns: dict[str, int] = {}
        self._rows: dict[str, list[int]] = {}
        self._next = 0
        self._key = -1
        self._formulas: dict[int, set[Spot]] = {}
        for spot in sheet.formulas:
            self._formulas.setdefault(spot[0], set()).add(spot)
        self._taken: set[int] = set()
        if table is None:
            return
        self._taken.update(table.numbers)
        self._columns = {column.header: column.index for column in table.layout.columns if not column.code}
        self._columns |= {code: column.index for code, column in table.columns.items()}
        self.edit.last = table.numbers[-1] if len(table) else table.layout.header_row
        self._next = self.edit.last + 1
        if table.key is not None:
            self._key = table.columns[table.key].index
            for number, cell in zip(table.numbers, table.cells(table.key), strict=True):
                self._rows.setdefault(_id(cell), []).append(number)

    def add(self, change: Change) -> None:
        table = self.edit.table
        if table is None or change.table != table.name:
            self._put((change.row or 0, self._letter(change)), _value(change.new))
        elif change.inserts:
            self._insert(change)
        elif change.deletes:
            self._clear(self._row(change))
        elif change.row == table.layout.header_row and change.column not in self._columns:
            self._append_column(change)
        else:
            row, column = self._row(change), self._column(change.column or "")
            self._put((row, column), _value(change.new))
            if column == self._key:
                self._know(row)

    def _know(self, row: int) -> None:
        """Let later changes of the same write address a row by the id that it has just been given."""
        self._rows.setdefault(_id(self.edit.cells[row, self._key]), []).append(row)

    def _letter(self, change: Change) -> int:
        column, row = change.column or "", change.row or 0
        number = 0
        for letter in column if _CELL.fullmatch(column) else "":
            number = number * 26 + ord(letter) - 64
        if not 0 < number <= LAST_COLUMN + 1 or not 0 < row <= LAST_ROW:
            raise GuardError(msg("Tab {tab}: {cell} is no cell.", tab=change.table, cell=f"{column}{row or ''}"))
        return number - 1

    def _column(self, name: str) -> int:
        index = self._columns.get(name)
        if index is None:
            raise GuardError(msg("Tab {tab} has no column {column}.", tab=self.edit.sheet.title, column=name))
        return index

    def _row(self, change: Change) -> int:
        if change.row is not None:
            return change.row
        rows = self._rows.get(_id(change.id), []) if change.id else []
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise GuardError(
                msg("Tab {tab}: {id} stands on rows {rows}.", tab=self.edit.sheet.title, id=change.id, rows=rows),
                msg("Give each of them an id of its own first."),
            )
        raise GuardError(msg("Tab {tab} has no row with the id {id}.", tab=self.edit.sheet.title, id=change.id))

    def _put(self, spot: Spot, value: Value) -> None:
        sheet = self.edit.sheet
        moves = spot[0] in self.edit.footers and spot[0] in self.edit.inserted
        if spot in sheet.formulas and not moves:
            raise formula_stands(_address(sheet, spot))
        anchor = next((first for first, last in sheet.merged if _within(spot, first, last)), spot)
        if anchor != spot:
            raise hidden_by_merge(_address(sheet, spot), _address(sheet, anchor))
        self.edit.cells[spot] = value
        if value is not None:
            self._taken.add(spot[0])

    def _insert(self, change: Change) -> None:
        values = change.new if isinstance(change.new, Mapping) else {}
        row = self._free_row(change.row)
        self.edit.inserted.append(row)
        self._taken.add(row)
        self._next = max(self._next, row + 1)
        for name, value in values.items():
            if value is not None:
                self._put((row, self._column(name)), value)
        if self._key >= 0 and (row, self._key) in self.edit.cells:
            self._know(row)

    def _free_row(self, asked: int | None) -> int:
        """The row asked for where it is blank, as an undone deletion leaves it; else the one below the table."""
        header_row = 0 if self.edit.table is None else self.edit.table.layout.header_row
        if asked is not None and header_row < asked <= self.edit.last and asked not in self._taken:
            return asked
        row = self._next
        # What points at a row of totals goes along with it.
        while row not in self.edit.footers and self._pinned(self.edit.sheet.title, row):
            row += 1
        check_rows(self.edit.sheet.title, row + any(footer > self.edit.last for footer in self.edit.footers))
        obstacle = self._obstacle(row)
        if obstacle is not None:
            raise no_room(self.edit.sheet.title, obstacle)
        return row

    def _obstacle(self, row: int) -> Message | None:
        """What stands in the way of a new row, None where the way is free."""
        sheet, last = self.edit.sheet, self.edit.last
        label = self._totals_label(last)
        if label is None:
            label = next(((number, 0) for number in self.edit.footers if number <= last or self._signed(number)), None)
        if label is not None:
            return msg("{cell} begins a row of totals", cell=_address(sheet, label))
        if row in self.edit.footers:
            return None  # it moves down
        # A formula that continues the one above is a filled-down column; any other is somebody's total.
        own = {
            spot
            for spot in self._formulas.get(row, ())
            if (last, spot[1]) not in sheet.formulas and spot[1] not in self._beside
        }
        if own and len(self.edit.table or ()):
            return msg("a formula stands in {cell}", cell=_address(sheet, min(own)))
        for first, end in sheet.merged:
            if first[0] <= row <= end[0]:
                return msg("a merged cell stands in {cell}", cell=_address(sheet, first))
        error = min((spot for spot in sheet.errors if spot[0] == row and spot not in sheet.formulas), default=None)
        return None if error is None else msg("an error stands in {cell}", cell=_address(sheet, error))

    def _signed(self, footer: int) -> bool:
        """Whether something stands below a row of totals, which therefore cannot move down."""
        table = self.edit.table
        return table is not None and any(map(table.filled, range(footer + 1, len(table.sheet.rows) + 1)))

    def _totals_label(self, row: int) -> Spot | None:
        """The cell that says that the table's last row is a row of totals: it has no id but such a word."""
        table = self.edit.table
        if table is None or not len(table):
            return None
        cells = self.edit.sheet.rows[row - 1]
        id = cells[self._key] if 0 <= self._key < len(cells) else None
        if not is_blank(id) and not heads_totals(id):
            return None
        return next(((row, index) for index in table.record_columns if heads_totals(cells[index])), None)

    def _clear(self, row: int) -> None:
        self._taken.discard(row)
        self.edit.cleared.append(row)
        for column in () if self.edit.table is None else self.edit.table.record_columns:
            if (row, column) not in self.edit.sheet.formulas:
                self.edit.cells[row, column] = None

    def _append_column(self, change: Change) -> None:
        header = change.new
        if not isinstance(header, str) or is_blank(header) or change.column is None or change.row is None:
            raise GuardError(msg("Tab {tab}: a new column needs a header.", tab=self.edit.sheet.title))
        index = max([*self._columns.values(), *self._doubles(), -1]) + 1
        # Next to another list it would be one of its columns.
        while index - 1 in self._beside or not self._is_free_column(index, change.row):
            index += 1
        check_columns(self.edit.sheet.title, index)
        self._columns[change.column] = index
        if self._key < 0 and change.column.endswith("_id"):
            self._key = index
        self.edit.headers[index] = NewColumn(header, change.column)
        self.edit.cells[change.row, index] = header

    @property
    def _beside(self) -> frozenset[int]:
        return frozenset() if self.edit.table is None else self.edit.table.beside

    def _doubles(self) -> Iterable[int]:
        return () if self.edit.table is None else (column.index for column in self.edit.table.layout.doubles)

    def _is_free_column(self, index: int, header_row: int) -> bool:
        sheet = self.edit.sheet
        if any(spot[1] == index for spot in (*sheet.errors, *sheet.formulas)):
            return False
        if any(first[1] <= index <= last[1] and last[0] >= header_row for first, last in sheet.merged):
            return False
        return all(index >= len(row) or is_blank(row[index]) for row in sheet.rows[header_row - 1 :])


def _value(value: Value | Mapping[str, Value]) -> Value:
    return None if isinstance(value, Mapping) else value


def _id(cell: object) -> str:
    """An id as it is compared: 7.0 is 7."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell or "").strip()


def _within(spot: Spot, first: Spot, last: Spot) -> bool:
    return first[0] <= spot[0] <= last[0] and first[1] <= spot[1] <= last[1]


def _address(sheet: Sheet, spot: Spot) -> str:
    return Place(sheet=sheet.title, row=spot[0], column=spot[1]).address
