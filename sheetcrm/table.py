"""A sheet as a value, and a difference between two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property

Cell = str | bool | int | float | Decimal | date | datetime | time | timedelta | None
"""A raw cell. Blank is "" or None; spaces count as blank too (`is_blank`)."""

Value = str | bool | int | Decimal | date | datetime | None
"""A canonical value: what a cell means once its column's type is known. Blank is None."""

MARK = "▦"
"""Begins the title of every generated tab and the header of every derived column."""

Spot = tuple[int, int]
"""A cell's row number (from 1) and column number (from 0)."""

DIGITS = 15
"""The significant digits that a cell keeps of a number; the rest is noise."""

_RECORD = 3
"""So many cells make a row a record even below a row of totals; a signature has fewer."""

_TOTALS = re.compile(r"\s*((итого|всего)\b.*|(итог|подытог)[\s:.]*$|(grand\s+|sub)?totals?[\s:.]*$)", re.IGNORECASE)


def letters(column: int) -> str:
    """The column's letters: 0 → A, 26 → AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def is_blank(cell: object) -> bool:
    """Whether the cell holds nothing: None, "", spaces and no-break spaces."""
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))


def heads_totals(cell: object) -> bool:
    """Whether the cell says that its row sums up those above: «Итого», «Всего по отделу», Total."""
    return isinstance(cell, str) and _TOTALS.match(cell) is not None


def day_of(value: object) -> date | None:
    """The day of a date, with or without a time; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tab as it was read, before anybody knows what it means.

    Attributes:
        title: The tab's name.
        rows: Every row from row 1 to the last one that holds a value, all of the same width, from column A;
            formulas stand as their cached values, errors and uncached formulas as "".
        errors: Error cells and their text (`#N/A`).
        formulas: Cells that hold a formula.
        uncached: Those of them that were never calculated.
        merged: Merged ranges as (first spot, last spot).
        fills: Background colour of a row's first coloured cell, by row number, as `RRGGBB`; read only on request.
        hidden: Whether the tab is hidden.
        protected: Whether people are kept from typing into it; sheetcrm writes into it all the same.
        footers: Totals rows that move down when their table grows: the row's number, and its first and last column.
        excel_tables: Excel tables, or a Google Sheet's, as (first spot, last spot).
        url: Where the tab opens in a browser, with `&range=B17` behind it at a cell; "" for a file's.
    """

    title: str
    rows: Sequence[Sequence[Cell]]
    errors: Mapping[Spot, str] = field(default_factory=dict)
    formulas: frozenset[Spot] = frozenset()
    uncached: frozenset[Spot] = frozenset()
    merged: tuple[tuple[Spot, Spot], ...] = ()
    fills: Mapping[int, str] = field(default_factory=dict)
    hidden: bool = False
    protected: bool = False
    footers: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    excel_tables: tuple[tuple[Spot, Spot], ...] = ()
    url: str = ""

    @property
    def generated(self) -> bool:
        """Whether the tab is an output of ours, never read back as data."""
        return self.title.startswith(MARK)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: where it stands, what its header says, and which field it is.

    Attributes:
        index: The column's number, from 0.
        header: The header as typed.
        code: The field code, or None for the user's own column.
    """

    index: int
    header: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Layout:
    """Which table a sheet is, and where its header and columns are.

    Attributes:
        table: The table's code.
        header_row: The header's row number, from 1.
        columns: The columns that have a header, from left to right; a field code occurs once.
        doubles: Columns whose header names a field that an earlier column already is.
    """

    table: str
    header_row: int
    columns: tuple[Column, ...]
    doubles: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Table:
    """A sheet that is known to be a table: its layout and its rows, as typed.

    Rows that hold nothing but blanks and formulas in its columns are left out, and so is what stands below its totals;
    duplicates and rows without an id stay.

    Attributes:
        sheet: The tab as read.
        layout: Its header and columns.
        left_out: More row numbers that don't count: totals, and what is dated after the day that is asked about.
    """

    sheet: Sheet
    layout: Layout
    left_out: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        """The table's code: `companies`."""
        return self.layout.table

    @property
    def title(self) -> str:
        """The tab's title."""
        return self.sheet.title

    @cached_property
    def numbers(self) -> Sequence[int]:
        """The row numbers of the rows, in sheet order."""
        first = self.layout.header_row + 1
        rows = self.sheet.rows[self.layout.header_row :]
        # Nearly every row begins with its id, which settles it.
        lead = min(self.record_columns, default=0)
        ids = self._everything[lead] if rows else ()
        begun = {number for number, column in self.sheet.formulas if column == lead}
        doubtful = [i for i, id in enumerate(ids) if not id or first + i in begun or (type(id) is str and id.isspace())]
        blanks = {i for i in doubtful if not self.filled(first + i)}
        left_out = self.left_out.union(self.footers, range(self._end + 1, len(self.sheet.rows) + 1))
        if not blanks and not left_out:
            return range(first, first + len(rows))
        return [first + i for i in range(len(rows)) if i not in blanks and first + i not in left_out]

    @cached_property
    def _end(self) -> int:
        """The last row that may be a record: a row of totals ends the table, and what is signed below is none."""
        key = None if self.key is None else self.columns[self.key].index
        for number in range(len(self.sheet.rows), self.layout.header_row, -1):
            row = self.sheet.rows[number - 1]
            if not any(row):
                continue
            if number in self.footers or self.sums_up(number):
                return number
            if len(self.filled(number)) >= _RECORD or (key is not None and not is_blank(row[key])):
                break
        return len(self.sheet.rows)

    def sums_up(self, number: int) -> bool:
        """Whether a row sums up those above: it says «Итого», and all the rest of it is numbers."""
        row = self.sheet.rows[number - 1]
        cells = [row[index] for index in self.record_columns if not is_blank(row[index])]
        texts = [cell for cell in cells if isinstance(cell, str)]
        if len(texts) != 1 or not heads_totals(texts[0]):
            return False
        return len(cells) > 1 or any(row == number for row, _ in self.sheet.formulas)

    def filled(self, number: int) -> list[int]:
        """The columns of a row in which something of a record stands; a formula may be filled down ahead of it."""
        row, formulas = self.sheet.rows[number - 1], self.sheet.formulas
        return [at for at in self.record_columns if not is_blank(row[at]) and (number, at) not in formulas]

    @cached_property
    def record_columns(self) -> tuple[int, ...]:
        """The columns that make a record: the recognised ones, and the user's own that stand next to them.

        Beyond a column without a header, or in an Excel table that covers none of ours, stands another list.
        """
        known = {column.index for column in self.columns.values()}
        strange = self._strange(known)
        runs: list[list[int]] = []
        for at in sorted(self._headed - strange):
            if not runs or runs[-1][-1] != at - 1:
                runs.append([])
            runs[-1].append(at)
        return tuple(at for run in runs if not known or not known.isdisjoint(run) for at in run)

    def _strange(self, known: set[int]) -> set[int]:
        """The columns of the Excel tables across the header's row that cover none of the recognised ones."""
        header = self.layout.header_row
        beside = [(one[1], end[1]) for one, end in self.sheet.excel_tables if one[0] <= header <= end[0]]
        ranges = (range(left, right + 1) for left, right in beside)
        return {at for columns in ranges if known.isdisjoint(columns) for at in columns}

    @cached_property
    def _headed(self) -> frozenset[int]:
        return frozenset(column.index for column in (*self.layout.columns, *self.layout.doubles))

    @cached_property
    def beside(self) -> frozenset[int]:
        """The columns that have a header and belong to other lists on the same tab."""
        return self._headed.difference(self.record_columns)

    @cached_property
    def footers(self) -> Mapping[int, tuple[int, int]]:
        """Those of the sheet's totals rows that sum up this table."""
        own = self.record_columns
        footers = self.sheet.footers.items()
        return {row: (left, right) for row, (left, right) in footers if any(left <= at <= right for at in own)}

    @cached_property
    def key(self) -> str | None:
        """The field code of its id column, None where it has none."""
        return next((code for code in self.columns if code.endswith("_id")), None)

    @cached_property
    def _everything(self) -> tuple[Sequence[Cell], ...]:
        """The columns of all rows below the header, blank ones too."""
        return tuple(zip(*self.sheet.rows[self.layout.header_row :], strict=True))

    @cached_property
    def _columns(self) -> tuple[Sequence[Cell], ...]:
        if isinstance(self.numbers, range):
            return self._everything
        first = self.layout.header_row + 1
        kept = [number - first for number in self.numbers]
        return tuple([column[at] for at in kept] for column in self._everything)

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """The recognised columns by field code."""
        return {column.code: column for column in self.layout.columns if column.code}

    @cached_property
    def own(self) -> Mapping[str, Column]:
        """The user's own columns by header."""
        return {column.header: column for column in self.layout.columns if not column.code}

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.numbers)

    def cells(self, column: str) -> Sequence[Cell]:
        """The raw cells of a field or of the user's own column, a cell a row; blanks where the column is absent."""
        found = self.columns.get(column) or self.own.get(column)
        if found is None or not self._columns:
            return [""] * len(self)
        return self._columns[found.index]

    def spot(self, position: int, column: str) -> Spot:
        """Where the cell of the `position`-th row (from 0) and that column stands."""
        found = self.columns.get(column) or self.own[column]
        return self.numbers[position], found.index


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two tables: a cell, an inserted row or a deleted row.

    Attributes:
        table: The table's code; or a tab's title, for a cell outside the tables (then `column` is a letter).
        id: The record's id; None where there is none.
        column: The field code or the user's own header; None for a whole row.
        old: The cell before, canonical; None for blank and for an inserted row.
        new: The cell after; for an inserted row its cells by column.
        row: The row's number at the expected revision; it wins over the id. On the header's row, `new` is the
            header of a column to be appended as `column`.
    """

    table: str
    id: str | None
    column: str | None
    old: Value | Mapping[str, Value]
    new: Value | Mapping[str, Value]
    row: int | None = None

    def __invert__(self) -> Change:
        """The change that undoes this one."""
        return Change(self.table, self.id, self.column, self.new, self.old, self.row)

    @property
    def inserts(self) -> bool:
        """Whether a row is added."""
        return self.column is None and self.old is None

    @property
    def deletes(self) -> bool:
        """Whether a row is removed."""
        return self.column is None and self.new is None


Recognise = Callable[[Sheet], Layout | None]
"""Tells which table a sheet is; given to `open_workbook`, since only the schema knows."""


@dataclass(frozen=True)
class Book:
    """A whole workbook as it was read at one moment.

    Attributes:
        name: What to call the book in a message: the file's name or the sheet's title.
        revision: Tells this state from any later one.
        sheets: All worksheets, in order.
        tables: The sheets that are tables, in order; two may claim one name, the first counts.
        coloured: Whether background colours were read.
        address: What a command calls it by where that is not its name: `gsheet:ID`.
    """

    name: str
    revision: str
    sheets: tuple[Sheet, ...]
    tables: tuple[Table, ...]
    coloured: bool = False
    address: str = ""

    @cached_property
    def urls(self) -> Mapping[str, str]:
        """Where the tabs open in a browser, by title; none of a file's."""
        return {sheet.title: sheet.url for sheet in self.sheets if sheet.url}

    @cached_property
    def by_name(self) -> Mapping[str, Table]:
        """The tables by code; where two claim one code, the first."""
        found: dict[str, Table] = {}
        for table in self.tables:
            found.setdefault(table.name, table)
        return found

    def __iter__(self) -> Iterator[Table]:
        """The tables that count."""
        return iter(self.by_name.values())


def book(
    name: str,
    revision: str,
    sheets: Sequence[Sheet],
    recognise: Recognise,
    *,
    coloured: bool = False,
    address: str = "",
) -> Book:
    """A book from its sheets: generated tabs are never tables, and totals rows that move are no rows."""
    tables = [
        Table(sheet, layout) for sheet in sheets if not sheet.generated and (layout := recognise(sheet)) is not None
    ]
    return Book(name, revision, tuple(sheets), tuple(tables), coloured, address)
