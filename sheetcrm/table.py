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

    Rows that hold nothing but blanks and formulas are left out; duplicates and rows without an id stay.

    Attributes:
        sheet: The tab as read.
        layout: Its header and columns.
        left_out: Row numbers that don't count: totals, and what is dated after the day that is asked about.
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
        ids = self._everything[0] if rows else ()
        begun = {number for number, _ in self.sheet.formulas}
        doubtful = [i for i, id in enumerate(ids) if not id or first + i in begun or (type(id) is str and id.isspace())]
        blanks = {i for i in doubtful if self._is_blank_row(first + i, rows[i])}
        if not blanks and not self.left_out:
            return range(first, first + len(rows))
        return [first + i for i in range(len(rows)) if i not in blanks and first + i not in self.left_out]

    def _is_blank_row(self, number: int, row: Sequence[Cell]) -> bool:
        formulas = self.sheet.formulas
        return all(is_blank(cell) or (number, index) in formulas for index, cell in enumerate(row))

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
    """

    name: str
    revision: str
    sheets: tuple[Sheet, ...]
    tables: tuple[Table, ...]

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


def book(name: str, revision: str, sheets: Sequence[Sheet], recognise: Recognise) -> Book:
    """A book from its sheets: generated tabs are never tables, and totals rows that move are no rows."""
    tables = [
        Table(sheet, layout, frozenset(sheet.footers))
        for sheet in sheets
        if not sheet.generated and (layout := recognise(sheet)) is not None
    ]
    return Book(name, revision, tuple(sheets), tuple(tables))
