"""A list of deals as plain cells in memory, and the same as a book in which other formulas point at it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import xlsxwriter
from hypothesis import strategies as st
from lxml import etree
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from sheetcrm.table import Column, Layout, Sheet, Spot, Value, letters

HEADERS = {"Deal ID": "deal_id", "Client": "client", "Amount": "amount", "Since": "since"}
DOUBLE = len(HEADERS)
"""The column of the list's own formula, counted within the list."""
CONSTANT = "2*3"

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff\r"), min_size=1, max_size=8)
values: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    texts,
    st.sampled_from(["=1+1", "#N/A", "007", "_x0041_", "TRUE", " "]),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.decimals(-(10**9), 10**9, places=4),
    st.dates(date(1904, 3, 1), date(9999, 12, 31)),
)


@dataclass(frozen=True, slots=True)
class Form:
    """How the list stands in its book.

    Attributes:
        body: Amount and day of each record at the beginning, None for a blank row.
        excel: Whether it is an Excel table.
        totals: Whether that has a row of totals.
        own: Whether the list has a column of formulas of its own.
        running: Whether that adds up the amounts so far, in a list that is no Excel table.
        header: The row of its header.
        left: Its first column.
        days_from_1904: Whether the book counts days from 1904.
        pointed: The rows that formulas on another sheet point at, counted from the first record's.
        aside: The row that a formula beside the list points at; None for no such formula.
        total_shown: Whether a formula points at the total.
    """

    body: tuple[tuple[int, date] | None, ...]
    excel: bool
    totals: bool
    own: bool
    running: bool
    header: int
    left: int
    days_from_1904: bool
    pointed: tuple[int, ...]
    aside: int | None
    total_shown: bool

    @property
    def first(self) -> int:
        """The row of the first record."""
        return self.header + 1

    @property
    def end(self) -> int:
        """The row of the last record; a list without any has one blank row."""
        return self.header + max(len(self.body), 1)

    @property
    def rows_meant(self) -> frozenset[int]:
        """The rows that a formula means in particular."""
        aside = () if self.aside is None else (self.aside,)
        return frozenset(self.first + at for at in (*self.pointed, *aside))

    def cell(self, row: int, column: int, dollars: bool = False) -> str:
        """The address of a cell, by its column within the list."""
        letter = letters(self.left + column)
        return f"${letter}${row}" if dollars else f"{letter}{row}"

    def formula(self, row: int) -> str:
        """The list's own formula in a row."""
        if self.excel:
            return "Sales[[#This Row],[Amount]]*2"
        if self.running:
            letter = letters(self.left + 2)
            return f"SUM({letter}${self.first}:{letter}{row})"
        return f"{self.cell(row, 2)}*2"

    def column(self, column: int, top: int, end: int, dollars: bool = False) -> str:
        """A range within a column of the list."""
        return f"Deals!{self.cell(top, column, dollars)}:{self.cell(end, column, dollars)}"

    def followers(self, end: int) -> list[str]:
        """Formulas that mean the list whole, if it ends there."""
        return [
            f"SUM({self.column(2, self.first, end, dollars=True)})",
            f"ROWS({self.column(0, self.header, end)})",
            f'SUMIFS({self.column(2, self.first, end)},{self.column(1, self.first, end)},"Client 1")',
        ]


def _form(form: Form) -> Form:
    """Only what can be: no total without an Excel table, nothing blank at the end of a plain list."""
    body = list(form.body)
    while not form.excel and body and body[-1] is None:
        body.pop()
    if form.excel and not body:
        body.append(None)
    totals = form.excel and form.totals
    # What is pointed at below a row of totals would be pushed over by it.
    inside = tuple(at for at in form.pointed if at < max(len(body), 1) or not totals)
    aside = form.aside if form.aside is not None and form.aside < max(len(body), 1) else None
    return Form(
        tuple(body),
        form.excel,
        totals,
        form.own,
        form.running,
        form.header,
        form.left,
        form.days_from_1904,
        inside,
        aside,
        totals and form.total_shown,
    )


forms = st.builds(
    Form,
    body=st.lists(st.one_of(st.none(), st.tuples(st.integers(1, 999), st.just(date(2024, 5, 20)))), max_size=6).map(
        tuple
    ),
    excel=st.booleans(),
    totals=st.booleans(),
    own=st.booleans(),
    running=st.booleans(),
    header=st.sampled_from([1, 3]),
    left=st.sampled_from([0, 2]),
    days_from_1904=st.booleans(),
    pointed=st.lists(st.integers(0, 7), max_size=3, unique=True).map(tuple),
    aside=st.none() | st.integers(0, 5),
    total_shown=st.booleans(),
).map(_form)


def recognise(sheet: Sheet) -> Layout | None:
    """The list, wherever its header stands."""
    for number, row in enumerate(sheet.rows[:3], 1):
        if "Deal ID" in row:
            columns = (Column(at, str(text), HEADERS.get(str(text))) for at, text in enumerate(row) if text != "")
            return Layout("deals", number, tuple(columns))
    return None


def made(form: Form) -> bytes:
    """The book: the list, a board of formulas over it, and notes."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": form.days_from_1904}) as book:
        deals, board, notes = (book.add_worksheet(title) for title in ("Deals", "Board", "Notes"))
        _write_list(book, deals, form)
        _write_board(book, board, form)
        notes.write_row(0, 0, ["free", None, 7])
    return stream.getvalue()


def _write_list(book: Workbook, deals: Worksheet, form: Form) -> None:
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    headers = [*HEADERS, "Double"][: DOUBLE + form.own]
    deals.write_row(form.header - 1, form.left, headers, book.add_format({"bold": True}))
    for row, record in enumerate(form.body, form.first):
        if record is not None:
            deals.write_row(row - 1, form.left, [f"D-{row}", f"Client {row}", record[0]])
            deals.write_datetime(row - 1, form.left + 3, datetime(record[1].year, record[1].month, record[1].day), day)
    for row in range(form.first, form.first + len(form.body)) if form.own else ():
        deals.write_formula(row - 1, form.left + DOUBLE, f"={form.formula(row)}", None, 1)
    if form.excel:
        columns: list[dict[str, object]] = [{"header": header} for header in headers]
        if form.own:
            columns[DOUBLE]["formula"] = f"={form.formula(0)}"
        if form.totals:
            columns[0]["total_string"] = "All"
            columns[2] |= {"total_function": "sum", "total_value": 1}
        whole = f"{form.cell(form.header, 0)}:{form.cell(form.end + form.totals, len(headers) - 1)}"
        deals.add_table(whole, {"name": "Sales", "columns": columns, "total_row": form.totals})
    elif form.header > 1:
        deals.write(0, 0, "Our deals")
        deals.autofilter(f"{form.cell(form.header, 0)}:{form.cell(form.end, len(headers) - 1)}")
    if form.aside is not None:
        deals.write_formula(form.header - 1, form.left + 8, f"={form.cell(form.first + form.aside, 1)}", None, "old")


def _write_board(book: Workbook, board: Worksheet, form: Form) -> None:
    shown = [f"Deals!{form.cell(form.first + at, 1)}" for at in form.pointed]
    shown += [f"Deals!{form.cell(form.end + 1, 2)}"] if form.total_shown else []
    # No two of them are neighbours, or they would be a list that repeats the deals row by row.
    for row, formula in enumerate([CONSTANT, "SUM(Amounts)", *form.followers(form.end), *shown]):
        board.write_formula(2 * row, 0, f"={formula}", None, "old")
    book.define_name("Amounts", f"={form.column(2, form.first, form.end, dollars=True)}")


@dataclass
class Memory:
    """The list in memory, and what becomes of it.

    Attributes:
        form: How it stood at the beginning.
        cells: All values by sheet.
        formulas: The cells of the list's own formulas.
        end: The list's last row.
        touched: The cells of the list that were ever written.
        used: How many records there ever were.
        cleared: The rows whose record was taken out.
    """

    form: Form
    cells: dict[str, dict[Spot, Value]] = field(default_factory=dict)
    formulas: set[Spot] = field(default_factory=set)
    end: int = 0
    touched: set[Spot] = field(default_factory=set)
    used: int = 100
    cleared: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        form = self.form
        self.end = form.end
        self.cells = {"Deals": {}, "Notes": {(1, 0): "free", (1, 2): 7}}
        for at, header in enumerate([*HEADERS, "Double"][: DOUBLE + form.own]):
            self.cells["Deals"][form.header, form.left + at] = header
        if form.header > 1 and not form.excel:
            self.cells["Deals"][1, 0] = "Our deals"
        for row, record in enumerate(form.body, form.first):
            if record is not None:
                self._write(row, [f"D-{row}", f"Client {row}", record[0], record[1]])
            if form.own:
                self.formulas.add((row, form.left + DOUBLE))
        self.touched.clear()

    def fresh(self, amount: Value, since: Value) -> list[Value]:
        """A record that nobody has had before."""
        self.used += 1
        return [f"D-{self.used}", f"Client {self.used}", amount, since]

    def records(self) -> list[int]:
        """The rows that hold a record."""
        return [row for row in range(self.form.first, self.end + 1) if not self.is_blank(row)]

    def blanks(self) -> list[int]:
        """The blank rows of the list that nothing points at."""
        rows = range(self.form.first, self.end + 1)
        return [row for row in rows if self.is_blank(row) and row not in self.form.rows_meant]

    def is_blank(self, row: int) -> bool:
        """Whether a row of the list holds nothing."""
        return all(self.at(row, column) is None for column in range(DOUBLE))

    def at(self, row: int, column: int) -> Value:
        """A value of the list."""
        return self.cells["Deals"].get((row, self.form.left + column))

    def set(self, row: int, column: int, value: Value) -> None:
        """A value of the list, otherwise from now on."""
        self.cells["Deals"][row, self.form.left + column] = value
        self.touched.add((row, column))

    def _write(self, row: int, record: Sequence[Value]) -> None:
        for column, value in enumerate(record):
            self.set(row, column, value)

    def append(self, record: Sequence[Value]) -> int:
        """A record in the first blank row that nothing points at, else below the list; returns its row.

        In a plain list with records blank rows separate its parts, but for those whose record was taken out.
        """
        parted = not self.form.excel and self.records()
        slots = [row for row in self.blanks() if not parted or row in self.cleared]
        row = next(iter(slots), None) or self.below(self.end)
        self.put(row, record)
        return row

    def below(self, last: int) -> int:
        """The row for a record below another one."""
        row = last + 1
        while row in self.form.rows_meant:
            row += 1
        return row

    def put(self, row: int, record: Sequence[Value]) -> None:
        """A record in a certain row; the list reaches down to it."""
        self._write(row, record)
        if row > self.end:
            if self.formulas or (self.form.own and self.form.excel):
                self.formulas.add((row, self.form.left + DOUBLE))
            self.end = row

    def clear(self, row: int) -> None:
        """No record in that row any more."""
        self.cleared.add(row)
        for column in range(DOUBLE):
            if self.at(row, column) is not None:
                self.set(row, column, None)

    def shorten(self) -> None:
        """The list ends above the blank rows at its end."""
        while not self.form.totals and self.end > self.form.first and self.end in self.blanks():
            if self.form.excel:
                self.formulas.discard((self.end, self.form.left + DOUBLE))
            self.end -= 1


def formulas_of(book: bytes, sheet: int) -> Mapping[str, tuple[str, bool]]:
    """The formulas of a sheet by cell, and whether each has a value; read without any code of sheetcrm's."""
    with ZipFile(BytesIO(book)) as package:
        tree = etree.fromstring(package.read(f"xl/worksheets/sheet{sheet}.xml"))
    return {
        str(cell.get("r")): (cell.findtext("{*}f") or "", cell.find("{*}v") is not None)
        for cell in tree.iter("{*}c")
        if cell.find("{*}f") is not None
    }


def said(book: bytes, part: str, pattern: str) -> list[str]:
    """What a part says."""
    with ZipFile(BytesIO(book)) as package:
        return re.findall(pattern, package.read(part).decode()) if part in package.namelist() else []
