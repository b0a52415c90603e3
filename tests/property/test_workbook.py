"""Whatever is changed in a small book, a file and the memory come to the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetcrm.errors import GuardError
from sheetcrm.tab import Tab, TabColumn, TabRow
from sheetcrm.table import Book, Change, Sheet, Value
from sheetcrm.workbook.edited import grid
from sheetcrm.workbook.memory import MemoryWorkbook
from sheetcrm.workbook.port import Workbook
from sheetcrm.workbook.xlsx import XlsxWorkbook
from tests.contract.test_workbook import recognise

COLUMNS = ("company_id", "name", "city", "since")

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff\r"), max_size=12)
values: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    texts,
    st.sampled_from(["=1+1", "#N/A", "007", "_x0041_", "TRUE", " ", "x005F_"]),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.decimals(-(10**9), 10**9, places=4),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
)
ids = st.sampled_from([f"C-{number:06d}" for number in range(1, 4)])
cells = st.builds(
    lambda id, column, new: Change("companies", id, column, None, new), ids, st.sampled_from(COLUMNS), values
)
places = st.builds(
    lambda row, column, new: Change("companies", None, column, None, new, row),
    st.integers(3, 8),
    st.sampled_from(COLUMNS),
    values,
)
inserts = st.builds(
    lambda new: Change("companies", None, None, None, new),
    st.dictionaries(st.sampled_from(COLUMNS), values, min_size=1),
)
deletes = st.builds(lambda id: Change("companies", id, None, {"name": "old"}, None), ids)
headers = st.just(Change("companies", None, "debt", None, "▦ Debt", 2))
elsewhere = st.builds(
    lambda column, row, new: Change("Notes", None, column, None, new, row),
    st.sampled_from("ABZ"),
    st.integers(1, 6),
    values,
)
tabs = st.builds(
    lambda title, rows: Tab(title, (TabColumn("A"), TabColumn("B")), tuple(TabRow(row) for row in rows)),
    st.sampled_from(["▦ Report", "Notes"]),
    st.lists(st.tuples(values, values), max_size=3),
)
writes = st.tuples(
    st.lists(st.one_of(cells, places, inserts, deletes, headers, elsewhere), max_size=6), st.lists(tabs, max_size=2)
)
bodies = st.lists(st.tuples(texts, values, values), max_size=4).map(
    lambda rows: [(f"C-{number:06d}", *row) for number, row in enumerate(rows, 1)]
)


def starting_cells(body: Sequence[Sequence[Value]]) -> dict[str, list[list[Value]]]:
    return {
        "Companies": [["Our clients"], ["ID", "Name", "City", "Since"], *map(list, body)],
        "Notes": [["free", None, 7]],
    }


def in_memory(body: Sequence[Sequence[Value]]) -> MemoryWorkbook:
    sheets = [
        Sheet(title, grid([], {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row)}))
        for title, rows in starting_cells(body).items()
    ]
    return MemoryWorkbook(recognise, sheets)


def in_a_file(folder: Path, body: Sequence[Sequence[Value]]) -> XlsxWorkbook:
    """The same cells, written by the adapter itself from nothing."""
    path = folder / "clients.xlsx"
    tabs = [
        Tab(title, rows=tuple(TabRow(row) for row in rows), group="work")
        for title, rows in starting_cells(body).items()
    ]
    workbook = XlsxWorkbook(path, recognise)
    workbook.write((), tabs, "")
    return workbook


def outcome(workbook: Workbook, changes: Sequence[Change], tabs: Sequence[Tab]) -> str:
    """What became of a write: nothing to say, or the refusal's words."""
    try:
        workbook.write(changes, tabs, workbook.read().revision)
    except GuardError as refusal:
        return str(refusal)
    return ""


def seen(book: Book) -> list[tuple[str, list[list[object]]]]:
    return [(sheet.title, [list(row) for row in sheet.rows]) for sheet in book.sheets]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(bodies, st.lists(writes, min_size=1, max_size=2))
def test_a_file_and_the_memory_agree(
    body: Sequence[Sequence[Value]], history: Sequence[tuple[Sequence[Change], Sequence[Tab]]]
) -> None:
    with TemporaryDirectory() as folder:
        file, memory = in_a_file(Path(folder), body), in_memory(body)
        assert seen(file.read()) == seen(memory.read())
        for changes, tabs in history:
            assert outcome(file, changes, tabs).replace("clients.xlsx", "memory") == outcome(memory, changes, tabs)
            assert seen(file.read()) == seen(memory.read())


@settings(max_examples=30)
@given(bodies)
def test_what_another_program_wrote_survives(body: Sequence[Sequence[Value]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "clients.xlsx"
        book = openpyxl.Workbook()
        book.worksheets[0].title = "Mine"
        for row in body:
            book.worksheets[0].append([value if not isinstance(value, str) else repr(value) for value in row])
        book.worksheets[0]["H1"] = Decimal("0.1")
        book.save(path)
        workbook = XlsxWorkbook(path, recognise)
        before = seen(workbook.read())
        workbook.write((), [Tab("▦ Report", rows=(TabRow(("x",)),))], workbook.read().revision)
        assert seen(workbook.read())[0] == before[0]
