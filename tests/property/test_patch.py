"""Whatever is done to a list, its book holds what the same comes to in memory, and nobody's formula means another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetcrm.tab import Tab, TabRow
from sheetcrm.table import Change, Value, letters
from sheetcrm.workbook.edited import grid, trimmed
from sheetcrm.workbook.xlsx import Patch, XlsxWorkbook
from tests.property.deal_list import CONSTANT, DOUBLE, HEADERS, Form, Memory, formulas_of, forms, made, recognise, said
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
changes = steps("append", "append", "append", "clear", "clear", "clear", "set", "undo", "note", "redraw", "save", "save")


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
    form, records, blanks = memory.form, memory.records(), memory.blanks()
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
        case "fill" if blanks:
            row = blanks[step.at % len(blanks)]
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
    batch: list[Step] = []
    for step in [*history, Step("save", 0, (None, None))]:
        batch.append(step)
        if step.verb == "save":
            _write(path, memory, batch)
            batch = []
    return memory


def _write(path: Path, memory: Memory, batch: Sequence[Step]) -> None:
    old = {row: memory.at(row, 0) for row in memory.records()}
    last = max(old, default=memory.form.header)
    bottom = memory.end if memory.form.excel else last
    alive, gone = dict(old), dict[int, list[Value]]()
    made_changes: list[Change] = []
    tabs: list[Tab] = []
    for step in batch:
        id = _id(old, step.at, alive)
        match step.verb:
            case "append":
                row, record = memory.below(last), memory.fresh(*step.values)
                last = max(last, row)
                made_changes.append(_insert(record))
                memory.put(row, record)
            case "undo" if gone:
                row, record = gone.popitem()
                made_changes.append(_insert(record, row))
                memory.put(row, record)
            case "clear" if id:
                row = next(row for row, known in alive.items() if known == id)
                del alive[row]
                gone[row] = [memory.at(row, column) for column in range(DOUBLE)]
                made_changes.append(Change("deals", str(id), None, {}, None))
                memory.clear(row)
            case "set" if id:
                row, column = next(row for row, known in alive.items() if known == id), 2 + step.at % 2
                made_changes.append(Change("deals", str(id), list(HEADERS.values())[column], None, step.values[0]))
                memory.set(row, column, step.values[0])
            case "note":
                made_changes.append(Change("Notes", None, "B", None, step.values[0], step.at + 1))
                memory.cells["Notes"][step.at + 1, 1] = step.values[0]
            case "redraw":
                tabs.append(Tab("▦ Report", rows=(TabRow(step.values),)))
                memory.cells["▦ Report"] = {(1, column): value for column, value in enumerate(step.values)}
    if bottom in old and memory.is_blank(bottom) and last <= bottom:
        memory.shorten()
    workbook = XlsxWorkbook(path, recognise)
    workbook.write(made_changes, tabs, workbook.read().revision)


def _id(old: dict[int, Value], at: int, alive: dict[int, Value]) -> Value:
    ids = [id for row, id in old.items() if row in alive]
    return ids[at % len(ids)] if ids else None


def _insert(record: Sequence[Value], row: int | None = None) -> Change:
    return Change("deals", None, None, None, dict(zip(HEADERS.values(), record, strict=True)), row)


def check(path: Path, memory: Memory) -> None:
    """The book holds what the memory holds, and every formula means what it meant."""
    form, data = memory.form, path.read_bytes()
    sheets = {sheet.title: sheet for sheet in XlsxWorkbook(path, recognise).read().sheets}
    deals = sheets["Deals"]
    wanted = {title: grid([], cells) for title, cells in memory.cells.items()}
    computed = {spot: None for spot in deals.formulas}
    total = {(memory.end + 1, form.left): None} if form.totals else {}
    assert trimmed(grid(deals.rows, computed | total)) == wanted["Deals"]
    assert all(trimmed(sheets[title].rows) == cells for title, cells in wanted.items() if title != "Deals")
    column = form.left + DOUBLE
    assert {spot for spot in deals.formulas if spot[1] == column and spot[0] <= memory.end} == {
        spot for spot in memory.formulas if spot[0] <= memory.end
    }
    _check_board(data, memory)
    if form.excel:
        last = form.cell(memory.end + form.totals, DOUBLE - 1 + form.own)
        assert said(data, "xl/tables/table1.xml", '<table [^>]*ref="([^"]+)"') == [f"{form.cell(form.header, 0)}:{last}"]
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


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(forms, patches)
def test_patches_equal_the_same_in_memory(form: Form, history: Sequence[Step]) -> None:
    run(patched, form, history)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(forms, changes)
def test_changes_equal_the_same_in_memory(form: Form, history: Sequence[Step]) -> None:
    run(changed, form, history)
