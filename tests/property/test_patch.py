"""Whatever is done to a list, its book holds what the same comes to in memory, and nobody's formula means another."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import openpyxl
import pytest
import python_calamine
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from sheetcrm.tab import Tab, TabRow
from sheetcrm.table import Change, Spot, Value, letters
from sheetcrm.workbook.edited import as_read, grid, trimmed
from sheetcrm.workbook.xlsx import Patch, XlsxWorkbook
from tests.property.deal_list import CONSTANT, DOUBLE, HEADERS, Form, Memory, forms, formulas_of, made, recognise, said
from tests.property.deal_list import values as any_values


class Step(NamedTuple):
    """Something done to a list.

    Attributes:
        verb: `append`, `clear`, `set`, `fill`, `note`, `save`; through changes also `undo` and `redraw`.
        at: Which row, counted among those in question.
        values: What is written.
    """

    verb: str
    at: int
    values: tuple[Value, Value]


def steps(*verbs: str) -> st.SearchStrategy[list[Step]]:
    step = st.builds(Step, st.sampled_from(verbs), st.integers(0, 9), st.tuples(any_values, any_values))
    return st.lists(step, max_size=12)


patches = steps("append", "append", "append", "clear", "clear", "clear", "set", "fill", "note", "save", "save")
changes = steps(
    "append", "append", "append", "clear", "clear", "clear", "set", "undo", "note", "redraw", "save", "save"
)


def patched(path: Path, form: Form, history: Sequence[Step]) -> Memory:
    """The book as the editor leaves it, and what it should hold."""
    memory = Memory(form)
    path.write_bytes(made(form))
    with Patch(path) as book:
        for step in history:
            _patch(book, path, memory, step)
        book.save(path)
    return memory


def _patch(book: Patch, path: Path, memory: Memory, step: Step) -> None:
    form, records = memory.form, memory.records()
    gaps = [row for row in memory.blanks() if row < max(records, default=0)]
    match step.verb:
        case "save":
            book.save(path)
        case "append":
            record = memory.fresh(*step.values)
            cells = {letters(form.left + at): value for at, value in enumerate(record)}
            assert book.append("Deals", cells) == memory.append(record)
        case "clear" if records:
            row = records[step.at % len(records)]
            book.clear("Deals", row)
            memory.clear(row)
            memory.shorten()
        case "set" if records:
            row, column = records[step.at % len(records)], 2 + step.at % 2
            book.set("Deals", form.cell(row, column), step.values[0])
            memory.set(row, column, step.values[0])
        case "fill" if gaps:
            row = gaps[step.at % len(gaps)]
            for column, value in enumerate(memory.fresh(*step.values)):
                book.set("Deals", form.cell(row, column), value)
                memory.set(row, column, value)
        case "note":
            book.set("Notes", f"B{step.at + 1}", step.values[0])
            memory.cells["Notes"][step.at + 1, 1] = step.values[0]


def changed(path: Path, form: Form, history: Sequence[Step]) -> Memory:
    """The book as changes through the adapter leave it, and what it should hold; `save` ends a write."""
    memory = Memory(form)
    path.write_bytes(made(form))
    batch = Batch(memory)
    for step in [*history, Step("save", 0, (None, None))]:
        batch.add(step)
        if step.verb == "save":
            batch.end()
            workbook = XlsxWorkbook(path, recognise)
            workbook.write(batch.changes, batch.tabs, workbook.read().revision)
            batch = Batch(memory)
    return memory


class Batch:
    """One write through the adapter, and the same in memory; records that it adds are not its to change."""

    def __init__(self, memory: Memory) -> None:
        self.changes: list[Change] = []
        self.tabs: list[Tab] = []
        self._memory = memory
        self._alive = memory.records()
        self._gone: dict[int, list[Value]] = {}
        self._last = max(self._alive, default=memory.form.header)
        self._bottom = memory.end if memory.form.excel else self._last

    def add(self, step: Step) -> None:
        memory, rows = self._memory, self._alive
        match step.verb:
            case "append":
                self._last = memory.below(self._last)
                self._insert(self._last, memory.fresh(*step.values), None)
            case "undo" if self._gone:
                row, record = self._gone.popitem()
                self._insert(row, record, row)
            case "clear" if rows:
                self._clear(rows.pop(step.at % len(rows)))
            case "set" if rows:
                self._set(rows[step.at % len(rows)], 2 + step.at % 2, step.values[0])
            case "note":
                self.changes.append(Change("Notes", None, "B", None, step.values[0], step.at + 1))
                memory.cells["Notes"][step.at + 1, 1] = step.values[0]
            case "redraw":
                self.tabs.append(Tab("▦ Report", rows=(TabRow(step.values),)))
                memory.cells["▦ Report"] = {(1, column): value for column, value in enumerate(step.values)}

    def end(self) -> None:
        """The list ends higher if its last record went and none came."""
        if self._bottom in self._gone and self._last <= self._bottom:
            self._memory.shorten()

    def _insert(self, row: int, record: list[Value], asked: int | None) -> None:
        values = dict(zip(HEADERS.values(), record, strict=True))
        self.changes.append(Change("deals", None, None, None, values, asked))
        self._memory.put(row, record)

    def _clear(self, row: int) -> None:
        self._gone[row] = [self._memory.at(row, column) for column in range(DOUBLE)]
        self.changes.append(Change("deals", str(self._gone[row][0]), None, {}, None))
        self._memory.clear(row)

    def _set(self, row: int, column: int, value: Value) -> None:
        code = list(HEADERS.values())[column]
        self.changes.append(Change("deals", str(self._memory.at(row, 0)), code, None, value))
        self._memory.set(row, column, value)


def check(path: Path, memory: Memory) -> None:
    """The book holds what the memory holds, and every formula means what it meant."""
    form, data = memory.form, path.read_bytes()
    sheets = {sheet.title: sheet for sheet in XlsxWorkbook(path, recognise).read().sheets}
    deals = sheets["Deals"]
    wanted = {title: grid([], cells) for title, cells in memory.cells.items()}
    computed = dict.fromkeys(deals.formulas)
    total = {(memory.end + 1, form.left): None} if form.totals else {}
    assert trimmed(grid(deals.rows, computed | total)) == wanted["Deals"]
    assert all(trimmed(sheets[title].rows) == cells for title, cells in wanted.items() if title != "Deals")
    own = {form.cell(row, DOUBLE): form.formula(row) for row, _ in memory.formulas if row <= memory.end}
    there = {cell: text for cell, (text, _) in formulas_of(data, 1).items()}
    assert {cell: text for cell, text in there.items() if cell in own} == own
    assert not [row for row in range(form.first, memory.end + 1) if form.cell(row, DOUBLE) in there.keys() - own.keys()]
    _check_board(data, memory)
    if form.excel:
        last = form.cell(memory.end + form.totals, DOUBLE - 1 + form.own)
        assert said(data, "xl/tables/table1.xml", '<table [^>]*ref="([^"]+)"') == [
            f"{form.cell(form.header, 0)}:{last}"
        ]
    if form.totals:
        assert form.cell(memory.end + 1, 2) in formulas_of(data, 1)
        assert deals.rows[memory.end][form.left] == "All"


def _check_board(data: bytes, memory: Memory) -> None:
    form = memory.form
    board = list(formulas_of(data, 2).values())
    whole = form.followers(memory.end)
    assert board[0] == (CONSTANT, True)
    assert [text for text, _ in board[2 : 2 + len(whole)]] == whole
    names = said(data, "xl/workbook.xml", '<definedName name="Amounts">([^<]+)<')
    assert names == [form.column(2, form.first, memory.end, dollars=True)]
    pointers = board[2 + len(whole) :]
    for at, (text, cached) in zip(form.pointed, pointers, strict=False):
        row = form.first + at
        assert text == f"Deals!{form.cell(row, 1)}"
        assert cached == ((row, 1) not in memory.touched)
        meant = f"Client {row}" if at < len(form.body) and form.body[at] is not None else None
        assert memory.at(row, 1) in (meant, None)
    if form.total_shown:
        assert pointers[-1][0] == f"Deals!{form.cell(memory.end + 1, 2)}"


def run(play: Callable[[Path, Form, Sequence[Step]], Memory], form: Form, history: Sequence[Step]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "deals.xlsx"
        check(path, play(path, form, history))


LIST = Form(
    body=((1, date(2024, 5, 20)), (2, date(2024, 5, 20)), (3, date(2024, 5, 20))),
    excel=False,
    totals=False,
    own=False,
    running=False,
    header=1,
    left=0,
    days_from_1904=False,
    pointed=(),
    aside=None,
    total_shown=False,
)
EMPTY = replace(LIST, body=())
TABLE = replace(LIST, excel=True, own=True)
WITH_TOTALS = replace(TABLE, totals=True, total_shown=True)


def did(*said: str) -> list[Step]:
    """Steps such as `append` and `clear 2`."""
    words = (step.split() for step in said)
    return [Step(verb, int(at[0]) if at else 0, (None, None)) for verb, *at in words]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(forms, patches)
@example(EMPTY, did("append"))
@example(replace(EMPTY, excel=True, body=(None,)), did("append"))
@example(replace(LIST, own=True), did("clear 2", "append"))
@example(replace(LIST, own=True), did("clear 2", "clear 1", "clear 0", "save", "append"))
@example(replace(LIST, own=True, pointed=(3,)), did("append", "append"))
@example(replace(LIST, own=True, running=True, pointed=(3,)), did("append", "clear 3", "append"))
@example(replace(LIST, pointed=(2,)), did("clear 2", "save", "append"))
@example(LIST, did("append", "clear 3", "append"))
@example(LIST, did("clear 0", "clear 0", "append", "fill", "append"))
def test_patches_equal_the_same_in_memory(form: Form, history: Sequence[Step]) -> None:
    run(patched, form, history)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(forms, changes)
@example(replace(EMPTY, pointed=(0,)), did("append"))
@example(replace(TABLE, body=(None,), pointed=(0,)), did("append"))
@example(replace(LIST, body=LIST.body[:1], own=True, pointed=(0,)), did("clear 0", "save", "append"))
@example(WITH_TOTALS, did("append", "append"))
@example(replace(LIST, pointed=(2,)), did("clear 2", "save", "append"))
@example(TABLE, did("clear 2", "undo", "clear 0", "save", "append"))
def test_changes_equal_the_same_in_memory(form: Form, history: Sequence[Step]) -> None:
    run(changed, form, history)


SAMPLE = 25
Played = Mapping[Path, Memory]


def sample(plays: st.SearchStrategy[list[Step]]) -> list[tuple[Form, Sequence[Step]]]:
    """Forms and histories, the same in every run: some of the longer ones."""
    found: list[tuple[Form, Sequence[Step]]] = []

    @settings(max_examples=10 * SAMPLE, derandomize=True, database=None, phases=[Phase.generate])
    @given(forms, plays)
    def collect(form: Form, history: Sequence[Step]) -> None:
        found.append((replace(form, days_from_1904=len(found) % 3 == 0), history))

    collect()
    long = [(form, history) for form, history in found if len(history) > 5]
    return long[:: len(long) // SAMPLE][:SAMPLE]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Books after a history each, half of them through the editor and half through the adapter."""
    folder = tmp_path_factory.mktemp("played")
    both = [(patched, one) for one in sample(patches)[::2]] + [(changed, one) for one in sample(changes)[1::2]]
    paths = [folder / f"{number}.xlsx" for number in range(len(both))]
    return {path: play(path, form, history) for path, (play, (form, history)) in zip(paths, both, strict=True)}


def written(memory: Memory) -> dict[tuple[str, Spot], object]:
    """What was written, by sheet and cell."""
    cells = ((title, spot, as_read(value)) for title, found in memory.cells.items() for spot, value in found.items())
    return {(title, spot): value for title, spot, value in cells if value != ""}


def read(memory: Memory, rows: Iterable[tuple[str, int, Sequence[object]]]) -> dict[tuple[str, Spot], object]:
    """The same of a book as another program reads it: formulas are not looked at."""
    typed = range(memory.form.left + DOUBLE)
    spots = {
        (title, (number, column)): value
        for title, number, row in rows
        for column, value in enumerate(row)
        if title in memory.cells
        and (title != "Deals" or number == memory.form.header or (number <= memory.end and column in typed))
    }
    aside = "Deals", (memory.form.header, memory.form.left + 8)
    return {spot: _plain(value) for spot, value in spots.items() if value not in (None, "") and spot != aside}


def _plain(value: object) -> object:
    match value:
        case bool():
            return value
        case int():
            return float(value)
        case datetime():
            return value.date()
        case _:
            return value


def in_calamine(path: Path) -> Iterable[tuple[str, int, Sequence[object]]]:
    book = python_calamine.load_workbook(path)
    for title in book.sheet_names:
        for number, row in enumerate(book.get_sheet_by_name(title).to_python(skip_empty_area=False), 1):
            yield title, number, row


def in_openpyxl(path: Path) -> Iterable[tuple[str, int, Sequence[object]]]:
    for sheet in openpyxl.load_workbook(path).worksheets:
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield sheet.title, number, [unescape(cell) if isinstance(cell, str) else cell for cell in row]


def test_the_sample_is_worth_opening(played: Played) -> None:
    assert len(played) == SAMPLE
    assert {memory.form.excel for memory in played.values()} == {True, False}
    assert {memory.form.days_from_1904 for memory in played.values()} == {True, False}


def test_calamine_reads_the_same(played: Played) -> None:
    for path, memory in played.items():
        assert read(memory, in_calamine(path)) == written(memory)


def test_openpyxl_reads_the_same(played: Played) -> None:
    for path, memory in played.items():
        assert read(memory, in_openpyxl(path)) == written(memory)


def test_libreoffice_reads_the_same(soffice: str, played: Played, tmp_path: Path) -> None:
    """All of them in one run, saved anew by it."""
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, *map(str, played)], check=True, capture_output=True, timeout=300)
    for path, memory in played.items():
        assert read(memory, in_calamine(tmp_path / "out" / path.name)) == written(memory)
