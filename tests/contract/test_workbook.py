"""What every place that keeps a client base must do: one suite over all adapters."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from sheetcrm.errors import BusyError, CannotReadError, GuardError
from sheetcrm.tab import Shown, Tab, TabColumn, TabRow
from sheetcrm.table import Book, Change, Column, Layout, Sheet, Spot, Value
from sheetcrm.workbook.edited import grid
from sheetcrm.workbook.google import GoogleWorkbook
from sheetcrm.workbook.google.address import spreadsheet_id
from sheetcrm.workbook.google.connection.client import connect
from sheetcrm.workbook.google.connection.endpoint import find_endpoint
from sheetcrm.workbook.memory import MemoryWorkbook
from sheetcrm.workbook.port import Workbook
from sheetcrm.workbook.xlsx import XlsxWorkbook
from tests.google.sheets import emptied, fill, local_client, new_sheet

CODES = {"ID": "company_id", "Name": "name", "City": "city", "Since": "since", "▦ Debt": "debt"}

Cells = Mapping[str, Sequence[Sequence[Value]]]
Formulas = Mapping[tuple[str, Spot], str]
Make = Callable[..., Workbook]


def recognise(sheet: Sheet) -> Layout | None:
    """A table is what has a row with the header ID, anywhere near the top."""
    for number, row in enumerate(sheet.rows[:10], 1):
        if "ID" in row:
            columns = (Column(at, str(text), CODES.get(str(text))) for at, text in enumerate(row) if text != "")
            return Layout("companies", number, tuple(columns))
    return None


def in_memory(_: Path, cells: Cells | None, formulas: Formulas, merged: Mapping[str, str]) -> Workbook:
    if cells is None:
        return MemoryWorkbook(recognise)
    sheets = []
    for title, rows in cells.items():
        spots = {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row)}
        own = frozenset(spot for tab, spot in formulas if tab == title)
        ranges = ((_spot(merged[title].split(":")[0]), _spot(merged[title].split(":")[1])),) if title in merged else ()
        sheets.append(Sheet(title, grid([], spots), formulas=own, uncached=own, merged=ranges))
    return MemoryWorkbook(recognise, sheets)


def in_a_file(folder: Path, cells: Cells | None, formulas: Formulas, merged: Mapping[str, str]) -> Workbook:
    path = folder / "clients.xlsx"
    if cells is not None:
        book = openpyxl.Workbook()
        del book["Sheet"]
        for title, rows in cells.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
            if title in merged:
                sheet.merge_cells(merged[title])
        for (title, (number, column)), formula in formulas.items():
            book[title].cell(number, column + 1, formula)
        book.save(path)
    return XlsxWorkbook(path, recognise)


def _spot(cell: str) -> Spot:
    row, column = coordinate_to_tuple(cell)
    return row, column - 1


def in_google(folder: Path, cells: Cells | None, formulas: Formulas, merged: Mapping[str, str], url: str) -> Workbook:
    """A Google Sheet of the local Google, or the one that SHEETCRM_LIVE_SHEET names; a blank one is no book yet."""
    live = os.environ.get("SHEETCRM_LIVE_SHEET", "")
    client = connect(find_endpoint("", os.environ)) if live else local_client(url, folder)
    id = emptied(client, spreadsheet_id(live)) if live else new_sheet(client)
    if cells is not None:
        corners = {title: (_spot(area.split(":")[0]), _spot(area.split(":")[1])) for title, area in merged.items()}
        fill(client, id, cells, formulas, corners)
    return GoogleWorkbook(f"gsheet:{id}", client, recognise)


@pytest.fixture(params=["memory", "xlsx", "google"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Make a workbook of the adapter under test from tabs of cells; None for one that does not exist."""
    makers: dict[str, Callable[..., Workbook]] = {"memory": in_memory, "xlsx": in_a_file}
    if request.param == "google":
        url = request.getfixturevalue("served").url
        makers["google"] = partial(in_google, url=url)

    def build(
        cells: Cells | None = COMPANIES, formulas: Formulas | None = None, merged: Mapping[str, str] | None = None
    ) -> Workbook:
        return makers[request.param](tmp_path, cells, formulas or {}, merged or {})

    return build


COMPANIES: Cells = {
    "Companies": [
        ["Our clients"],
        ["ID", "Name", "City"],
        ["C-000001", "Daisy", "Perm"],
        ["C-000002", "Lily", "Omsk"],
    ],
    "Notes": [["free text", 42]],
}


def rows(book: Book, title: str = "Companies") -> list[list[object]]:
    return [list(row) for row in next(sheet for sheet in book.sheets if sheet.title == title).rows]


def write(workbook: Workbook, *changes: Change, tabs: Sequence[Tab] = ()) -> Book:
    workbook.write(changes, tabs, workbook.read().revision)
    return workbook.read()


def cell(column: str, new: Value, id: str | None = "C-000002", row: int | None = None) -> Change:
    return Change("companies", id, column, None, new, row)


def test_reads_all_tabs_with_true_row_numbers(make: Make) -> None:
    book = make().read()
    assert [sheet.title for sheet in book.sheets] == ["Companies", "Notes"]
    assert rows(book, "Notes") == [["free text", 42.0]]
    table = book.by_name["companies"]
    assert list(table.numbers) == [3, 4]
    assert list(table.cells("name")) == ["Daisy", "Lily"]


def test_a_book_that_does_not_exist_says_so(make: Make) -> None:
    workbook = make(None)
    assert not workbook.exists
    with pytest.raises(CannotReadError):
        workbook.read()


def test_a_new_book_holds_the_tabs_in_their_groups_order(make: Make) -> None:
    workbook = make(None)
    tabs = [Tab("Runs", group="system", rows=(TabRow(("1",)),)), Tab("▦ Report", rows=(TabRow(("x",)),))]
    tabs += [Tab("Start", group="start", rows=(TabRow(("hello",)),))]
    revision = workbook.write((), tabs, "").revision
    book = workbook.read()
    assert workbook.exists
    assert book.revision == revision
    assert [(sheet.title, sheet.hidden) for sheet in book.sheets] == [
        ("Start", False),
        ("▦ Report", False),
        ("Runs", True),
    ]


def test_a_new_book_needs_tabs_and_takes_no_changes(make: Make) -> None:
    workbook = make(None)
    for changes, tabs in (((), ()), ([cell("city", "Tomsk")], [Tab("Start", group="start")])):
        with pytest.raises(GuardError):
            workbook.write(changes, tabs, "")
    assert not workbook.exists


def test_a_new_book_never_lands_on_one_that_stands(make: Make) -> None:
    workbook = make()
    with pytest.raises(BusyError):
        workbook.write((), [Tab("Start", group="start", rows=(TabRow(("hello",)),))], "")


def test_changes_a_cell_by_id(make: Make) -> None:
    book = write(make(), cell("city", "Tomsk"))
    assert rows(book)[2:] == [["C-000001", "Daisy", "Perm"], ["C-000002", "Lily", "Tomsk"]]


def test_the_row_wins_over_the_id(make: Make) -> None:
    book = write(make(), cell("city", "Tomsk", id="C-000002", row=3))
    assert [row[2] for row in rows(book)[2:]] == ["Tomsk", "Omsk"]


def test_changes_a_cell_outside_the_tables_by_its_letter(make: Make) -> None:
    book = write(make(), Change("Notes", None, "C", None, "new", 3))
    assert rows(book, "Notes") == [["free text", 42.0, ""], ["", "", ""], ["", "", "new"]]


def test_clears_a_cell(make: Make) -> None:
    assert rows(write(make(), cell("city", None)))[3] == ["C-000002", "Lily", ""]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("=1+1", "=1+1"),
        ("#N/A", "#N/A"),
        ("007707083893", "007707083893"),
        ("_x0041_ and _x005F_", "_x0041_ and _x005F_"),
        ("two\r\nlines", "two\nlines"),
        (" spaces ", " spaces "),
        ("bell\x07", "bell\x07"),
        (Decimal("1234.5"), 1234.5),
        (Decimal("0.1"), 0.1),
        (7, 7.0),
        (True, True),
        (date(2026, 11, 21), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 8, 30), datetime(2026, 11, 21, 8, 30)),
    ],
)
def test_values_come_back_as_they_were_meant(make: Make, value: Value, read: object) -> None:
    found = rows(write(make(), cell("city", value)))[3][2]
    assert found == read
    assert type(found) is type(read)


def test_a_number_over_a_date_is_a_number(make: Make) -> None:
    workbook = make()
    write(workbook, cell("city", date(2026, 11, 21)))
    assert rows(write(workbook, cell("city", 5)))[3][2] == 5.0


def test_a_new_record_stands_directly_below_the_last(make: Make) -> None:
    book = write(make(), Change("companies", None, None, None, {"company_id": "C-000003", "name": "Rose"}))
    assert list(book.by_name["companies"].numbers) == [3, 4, 5]
    assert rows(book)[4] == ["C-000003", "Rose", ""]


def test_a_new_record_can_be_changed_in_the_same_write(make: Make) -> None:
    insert = Change("companies", None, None, None, {"company_id": "C-000003", "name": "Rose"})
    assert rows(write(make(), insert, cell("city", "Tver", id="C-000003")))[4] == ["C-000003", "Rose", "Tver"]


def test_a_deleted_record_is_cleared_in_place_and_comes_back_there(make: Make) -> None:
    workbook = make()
    record = {"company_id": "C-000001", "name": "Daisy", "city": "Perm"}
    delete = Change("companies", "C-000001", None, record, None, 3)
    book = write(workbook, delete)
    assert list(book.by_name["companies"].numbers) == [4]
    assert rows(write(workbook, ~delete))[2:] == rows(make_plain())[2:]


def make_plain() -> Book:
    return in_memory(Path(), COMPANIES, {}, {}).read()


def test_a_new_column_is_appended_and_filled(make: Make) -> None:
    header = Change("companies", None, "debt", None, "▦ Debt", 2)
    book = write(make(), header, cell("debt", Decimal("10.5")))
    assert rows(book)[1:] == [
        ["ID", "Name", "City", "▦ Debt"],
        ["C-000001", "Daisy", "Perm", ""],
        ["C-000002", "Lily", "Omsk", 10.5],
    ]
    assert book.by_name["companies"].columns["debt"].index == 3


def test_a_new_column_passes_by_what_stands_right_of_the_table(make: Make) -> None:
    cells: Cells = {"Companies": [["ID", "Name"], ["C-000001", "Daisy", "call!"]]}
    book = write(make(cells), Change("companies", None, "city", None, "City", 1))
    assert rows(book)[0] == ["ID", "Name", "", "City"]


def test_a_new_column_can_be_taken_back(make: Make) -> None:
    workbook = make()
    append = Change("companies", None, "debt", None, "▦ Debt", 2)
    write(workbook, append)
    assert rows(write(workbook, ~append))[1] == ["ID", "Name", "City"]


def test_a_tab_is_replaced_whole_where_it_stands(make: Make) -> None:
    workbook = make()
    tab = Tab("Notes", (TabColumn("A"), TabColumn("B")), (TabRow(("a", Shown("b"))),), footer=(TabRow(("end",)),))
    book = write(workbook, tabs=[tab])
    assert [sheet.title for sheet in book.sheets] == ["Companies", "Notes"]
    assert rows(book, "Notes") == [["A", "B"], ["a", "b"], ["", ""], ["end", ""]]


def test_a_tab_has_its_header_where_it_says(make: Make) -> None:
    lead = (TabRow(("Title",)), TabRow(("how to read it",)))
    tab = Tab("▦ R", (TabColumn("Stage"), TabColumn("Amount", unit="RUB")), (TabRow(("lead", 5)),), lead)
    assert rows(write(make(), tabs=[tab]), "▦ R") == [
        ["Title", ""],
        ["how to read it", ""],
        ["", ""],
        ["Stage", "Amount\nRUB"],
        ["lead", 5.0],
    ]


def test_generated_tabs_are_never_tables(make: Make) -> None:
    tab = Tab("▦ Copy", (TabColumn("ID"), TabColumn("Name")), (TabRow(("C-000009", "x")),))
    assert len(write(make(), tabs=[tab]).tables) == 1


def test_a_row_or_a_column_beyond_the_sheet_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sheetcrm.workbook.cells.LAST_ROW", 4)
    monkeypatch.setattr("sheetcrm.workbook.cells.LAST_COLUMN", 2)
    workbook = make()
    for change in (
        Change("companies", None, None, None, {"name": "Rose"}),
        Change("companies", None, "debt", None, "▦ Debt", 2),
    ):
        with pytest.raises(GuardError, match="Tab Companies is full"):
            workbook.write([change], (), workbook.read().revision)


@pytest.mark.parametrize(("column", "row"), [("XFE", 1), ("A", 1_048_577)])
def test_a_cell_beyond_the_sheet_is_refused(make: Make, column: str, row: int) -> None:
    workbook = make()
    with pytest.raises(GuardError, match=f"{column}{row} is no cell"):
        workbook.write([Change("Notes", None, column, None, "x", row)], (), workbook.read().revision)


def test_a_stale_revision_is_refused_and_nothing_changes(make: Make) -> None:
    workbook = make()
    stale = workbook.read().revision
    write(workbook, cell("city", "Tomsk"))
    before = workbook.read()
    with pytest.raises(BusyError):
        workbook.write([cell("city", "Kazan")], (), stale)
    assert workbook.read().sheets == before.sheets


def test_a_formula_is_never_overwritten(make: Make) -> None:
    formulas = {("Companies", (4, 2)): "=B4"}
    workbook = make(formulas=formulas)
    with pytest.raises(GuardError, match="Companies!C4 holds a formula"):
        workbook.write([cell("city", "Tomsk")], (), workbook.read().revision)


def test_clearing_a_row_leaves_its_formulas(make: Make) -> None:
    book = write(
        make(formulas={("Companies", (4, 2)): "=B4"}), Change("companies", "C-000002", None, {"name": "x"}, None)
    )
    assert (4, 2) in book.by_name["companies"].sheet.formulas
    assert list(book.by_name["companies"].numbers) == [3]


def test_a_cell_under_a_merge_is_refused(make: Make) -> None:
    workbook = make(
        merged={"Companies": "B3:B4"}, cells={"Companies": [*COMPANIES["Companies"][:3], ["C-000002", None]]}
    )
    with pytest.raises(GuardError, match="Companies!B4 is hidden under a merged cell"):
        workbook.write([cell("name", "Lily")], (), workbook.read().revision)


@pytest.mark.parametrize(
    ("below", "formula", "named"),
    [
        (["Total", None, 5], None, "Companies!A5"),
        (["Итого:", None, None], None, "Companies!A5"),
        ([None, None, None], "=COUNTA(C3:C4)", "Companies!C5"),
    ],
)
def test_totals_below_the_table_stop_a_new_row(make: Make, below: list[Value], formula: str | None, named: str) -> None:
    cells = {"Companies": [*COMPANIES["Companies"], below]}
    workbook = make(cells, formulas={("Companies", (5, 2)): formula} if formula else {})
    with pytest.raises(GuardError, match=named):
        workbook.write([Change("companies", None, None, None, {"name": "Rose"})], (), workbook.read().revision)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (cell("city", "x", id="C-999999"), "C-999999"),
        (cell("phone", "x"), "phone"),
        (cell("city", "x" * 32_768), "Companies!C4"),
        (cell("city", "half \ud83d"), "Companies!C4"),
        (cell("city", date(1812, 6, 24)), "Companies!C4"),
        (Change("Nowhere", None, "A", None, "x", 1), "Nowhere"),
        (Change("Notes", None, "1A", None, "x", 1), "Notes"),
    ],
)
def test_what_cannot_be_written_is_named(make: Make, change: Change, named: str) -> None:
    workbook = make()
    before = workbook.read()
    with pytest.raises(GuardError, match=named):
        workbook.write([change], (), before.revision)
    assert workbook.read() == before


def test_an_id_on_two_rows_cannot_address_one(make: Make) -> None:
    cells: Cells = {"Companies": [["ID", "Name"], ["C-000001", "Daisy"], ["C-000001", "Lily"]]}
    workbook = make(cells)
    with pytest.raises(GuardError, match="2, 3"):
        workbook.write([cell("name", "Rose", id="C-000001")], (), workbook.read().revision)


@pytest.mark.parametrize("title", ["", "a/b", "x" * 32, "'quoted", "History"])
def test_a_title_that_no_program_takes_is_refused(make: Make, title: str) -> None:
    workbook = make()
    with pytest.raises(GuardError):
        workbook.write((), [Tab(title)], workbook.read().revision)
