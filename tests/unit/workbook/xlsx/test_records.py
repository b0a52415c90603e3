"""Which table of a sheet a row goes into or comes out of, and what goes along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from sheetcrm.errors import BusyError, GuardError, UsageError
from sheetcrm.table import Value
from sheetcrm.text import say
from sheetcrm.workbook.xlsx import Patch

Draw = Callable[[Worksheet, Workbook], object]


def drawn(folder: Path, draw: Draw, **options: object) -> Path:
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path, options) as book:
        draw(book.add_worksheet("Data"), book)
    return path


def put(sheet: Worksheet, start: int, *rows: str, left: int = 0) -> None:
    """Rows of words, `-` for a blank cell, from row `start` on."""
    for number, row in enumerate(rows, start - 1):
        for column, word in enumerate(row.split(), left):
            if word != "-":
                sheet.write(number, column, int(word) if word.isdecimal() else word)


def table(sheet: Worksheet, where: str, *columns: str, **options: object) -> None:
    sheet.add_table(where, {"columns": [{"header": column} for column in columns], **options})


def grid(path: Path) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(path)["Data"].iter_rows(values_only=True)]


def appended(path: Path, cells: Mapping[str, Value]) -> int:
    with Patch(path) as book:
        row = book.append("Data", cells)
        book.save(path)
    return row


def refused(path: Path, cells: Mapping[str, Value]) -> str:
    """The refusal of a row, which leaves the book as it was."""
    before = grid(path)
    with Patch(path) as book:
        with pytest.raises(GuardError) as stop:
            book.append("Data", cells)
        book.save(path)
    assert grid(path) == before
    return say(stop.value.message, "en")


@pytest.mark.parametrize(
    ("above", "records"),
    [
        (["Our_clients", "-"], 2),
        (["Our_clients", "-"], 0),
        (["Our_clients"], 2),
        (["Clients on_1_May", "-"], 2),
    ],
)
def test_a_title_is_no_header(tmp_path: Path, above: list[str], records: int) -> None:
    rows = [*above, "Name Town Phone", *["Ann Perm 12", "Bob Tula 34"][:records]]
    path = drawn(tmp_path, lambda sheet, _: put(sheet, 1, *rows))
    assert appended(path, {"A": "New", "C": 4}) == len(rows) + 1
    with Patch(path) as book, pytest.raises(GuardError):
        book.clear("Data", len(above) + 1)


def test_a_blank_row_below_the_header_makes_no_record_the_header(tmp_path: Path) -> None:
    path = drawn(tmp_path, lambda sheet, _: put(sheet, 1, "Name Town", "-", "Ann Perm", "Bob Tula"))
    with Patch(path) as book:
        book.clear("Data", 3)
        assert book.append("Data", {"A": "New"}) == 3


def test_blank_rows_of_a_plain_list_are_not_filled(tmp_path: Path) -> None:
    path = drawn(tmp_path, lambda sheet, _: put(sheet, 1, "Name Town", "Ann Perm", "-", "Bob Tula", "Eve Omsk"))
    with Patch(path) as book:
        assert book.append("Data", {"A": "New"}) == 6
        book.clear("Data", 4)
        book.save(path)
        assert [book.append("Data", {"A": "New"}) for _ in range(2)] == [4, 7]


def test_blank_rows_of_an_excel_table_are_filled_those_first_that_are_seen(tmp_path: Path) -> None:
    def draw(sheet: Worksheet, _: Workbook) -> None:
        table(sheet, "A1:B6", "Name", "Town")
        put(sheet, 2, "Ann Perm", "-", "-", "-", "Eve Omsk")
        sheet.set_row(2, None, None, {"hidden": True})

    with Patch(drawn(tmp_path, draw)) as book:
        assert [book.append("Data", {"A": "New"}) for _ in range(4)] == [4, 5, 3, 7]


def test_a_row_goes_into_the_table_that_has_its_columns(tmp_path: Path) -> None:
    def draw(sheet: Worksheet, _: Workbook) -> None:
        put(sheet, 1, "Name Town", "Ann Perm", "Bob Tula")
        table(sheet, "D1:E2", "Thing", "Price")
        put(sheet, 2, "Pen 3", left=3)
        put(sheet, 1, "Note Day", "call 1", left=6)

    path = drawn(tmp_path, draw)
    records: list[dict[str, Value]] = [{"B": "x"}, {"D": "Ink", "E": 2}, {"G": "ask", "H": 2}]
    with Patch(path) as book:
        rows = [book.append("Data", cells) for cells in records]
        book.save(path)
    assert rows == [4, 3, 3]
    assert openpyxl.load_workbook(path)["Data"].tables["Table1"].ref == "D1:E3"


@pytest.mark.parametrize(
    ("cells", "column"), [({"A": 1, "D": 1}, "D"), ({"C": 1, "D": 1}, "D"), ({"E": 1}, "E"), ({"G": 1, "I": 1}, "I")]
)
def test_columns_of_no_table_or_of_two_are_refused(tmp_path: Path, cells: Mapping[str, Value], column: str) -> None:
    def draw(sheet: Worksheet, _: Workbook) -> None:
        table(sheet, "A1:C2", "Name", "Town", "Sum")
        table(sheet, "D1:D2", "Thing")
        table(sheet, "F1:F3", "Day")
        put(sheet, 1, "Note Day", "call 1", left=6)

    said = refused(drawn(tmp_path, draw), cells)
    assert f"column {column} is no column of the table" in said


def test_a_column_of_two_excel_tables_is_refused(tmp_path: Path) -> None:
    def draw(sheet: Worksheet, _: Workbook) -> None:
        table(sheet, "A1:B3", "Name", "Town")
        table(sheet, "B8:C9", "Thing", "Price")

    path = drawn(tmp_path, draw)
    assert "column B belongs to several Excel tables: Table1, Table2" in refused(path, {"A": 1, "B": 1})
    with Patch(path) as book:
        book.clear("Data", 9)


def test_a_row_of_two_excel_tables_is_not_cleared(tmp_path: Path) -> None:
    def draw(sheet: Worksheet, _: Workbook) -> None:
        table(sheet, "A1:A3", "Name")
        table(sheet, "C1:C3", "Thing")

    with Patch(drawn(tmp_path, draw)) as book, pytest.raises(GuardError, match="several tables"):
        book.clear("Data", 3)


def test_a_slot_gets_the_formulas_of_its_columns(tmp_path: Path) -> None:
    def draw(sheet: Worksheet, _: Workbook) -> None:
        sheet.add_table("A1:C6", {"columns": [{"header": "Name"}, {"header": "Sum"}, {"header": "Double"}]})
        for row in (2, 4, 5, 6):
            put(sheet, row, f"Ann{row} {row}")
            sheet.write_formula(row - 1, 2, f"=B{row}*2")

    path = drawn(tmp_path, draw)
    with Patch(path) as book:
        book.clear("Data", 2)
        assert [book.append("Data", {"A": "New", "B": 9}) for _ in range(2)] == [2, 3]
        book.save(path)
    assert [row[2] for row in grid(path)[1:4]] == ["=B2*2", "=B3*2", "=B4*2"]


def with_totals(sheet: Worksheet, book: Workbook) -> None:
    columns = [{"header": "Name", "total_string": "All"}, {"header": "Sum", "total_function": "sum"}]
    sheet.add_table("A1:B4", {"columns": columns, "total_row": True})
    put(sheet, 2, "Ann 1", "Bob 2")
    sheet.set_row(3, 30)
    sheet.write_url("A4", "https://example.org/", string="All")
    sheet.write_url("A3", "https://example.org/bob", string="Bob")


def test_links_and_height_of_a_row_of_totals_move_along(tmp_path: Path) -> None:
    path = drawn(tmp_path, with_totals)
    assert appended(path, {"A": "New", "B": 3}) == 4
    sheet = openpyxl.load_workbook(path)["Data"]
    assert {link.ref: link.target for row in sheet for cell in row if (link := cell.hyperlink)} == {
        "A3": "https://example.org/bob",
        "A5": "https://example.org/",
    }
    assert (sheet.row_dimensions[4].height, sheet.row_dimensions[5].height) == (None, 30)


def test_a_row_of_totals_with_a_comment_stays(tmp_path: Path) -> None:
    def draw(sheet: Worksheet, book: Workbook) -> None:
        with_totals(sheet, book)
        sheet.write_comment("B4", "who counted that?")

    said = refused(drawn(tmp_path, draw), {"A": "New"})
    assert "Data!B4 in the row of totals has a comment" in said


def test_a_table_that_a_query_fills_takes_no_row(tmp_path: Path) -> None:
    path = drawn(tmp_path, lambda sheet, _: table(sheet, "A1:B3", "Name", "Town"))
    with ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/tables/table1.xml"] = parts["xl/tables/table1.xml"].replace(b" ref=", b' tableType="queryTable" ref=', 1)
    with ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    assert "a query fills the Excel table Table1" in refused(path, {"A": "New"})


def test_a_row_that_cannot_be_cleared_whole_keeps_all(tmp_path: Path) -> None:
    def draw(sheet: Worksheet, _: Workbook) -> None:
        put(sheet, 1, "Name Sum Double", "Ann 1 2", "Bob 2 4", "Eve 3 6")
        sheet.write_array_formula("C2:C4", "{=B2:B4*2}", None, 2)
        put(sheet, 3, "Bob 2 4", "Eve 3 6")

    path = drawn(tmp_path, draw)
    with Patch(path) as book:
        with pytest.raises(GuardError):
            book.clear("Data", 3)
        book.save(path)
    assert grid(path)[2] == ["Bob", 2, 4]


@pytest.mark.parametrize("totals", [False, True])
def test_a_day_that_the_book_cannot_hold_leaves_nothing_behind(tmp_path: Path, totals: bool) -> None:
    def draw(sheet: Worksheet, book: Workbook) -> None:
        if totals:
            with_totals(sheet, book)
        else:
            put(sheet, 1, "Name Day", "Ann 1")

    assert "1904" in refused(drawn(tmp_path, draw, date_1904=True), {"A": "New", "B": date(1902, 1, 1)})


@pytest.mark.parametrize("name", ["copy.xlsm", "copy.csv", "copy"])
def test_no_copy_goes_under_the_name_of_another_kind(tmp_path: Path, name: str) -> None:
    path = drawn(tmp_path, lambda sheet, _: put(sheet, 1, "Name"))
    with Patch(path) as book, pytest.raises(UsageError) as stop:
        book.save(tmp_path / name)
    assert stop.value.hint is not None
    assert "copy.xlsx" in say(stop.value.hint, "en")
    assert not (tmp_path / name).exists()


def test_a_copy_takes_no_other_book_s_place(tmp_path: Path) -> None:
    path = drawn(tmp_path, lambda sheet, _: put(sheet, 1, "Name"))
    with Patch(path) as book:
        book.save(tmp_path / "copy.xlsx")
        with pytest.raises(BusyError) as stop:
            book.save(path)
    assert "book.xlsx stands already" in say(stop.value.message, "en")


def test_a_header_given_later_belongs_to_the_list(tmp_path: Path) -> None:
    def draw(sheet: Worksheet, _: Workbook) -> None:
        put(sheet, 1, "Name Town", "Ann Perm")
        sheet.write_datetime(5, 5, datetime(2026, 5, 1))

    path = drawn(tmp_path, draw)
    with Patch(path) as book:
        assert book.append("Data", {"A": "New"}) == 3
        with pytest.raises(GuardError):
            book.append("Data", {"C": 1})
        book.set("Data", "C1", "Sum")
        assert book.append("Data", {"C": 1}) == 4


def test_totals_that_were_cleared_are_in_nobody_s_way(tmp_path: Path) -> None:
    path = drawn(tmp_path, lambda sheet, _: put(sheet, 1, "Name Sum", "Ann 1", "-", "Total 1"))
    with Patch(path) as book:
        with pytest.raises(GuardError):
            book.append("Data", {"A": "New"})
        book.clear("Data", 4)
        assert book.append("Data", {"A": "New"}) == 3


def test_a_row_cleared_in_a_table_separates_the_list_beside_it_still(tmp_path: Path) -> None:
    def draw(sheet: Worksheet, _: Workbook) -> None:
        table(sheet, "A1:A4", "Name")
        put(sheet, 2, "Ann", "Bob", "Eve")
        put(sheet, 1, "Note Day", "call 1", "-", "ask 2", left=2)

    with Patch(drawn(tmp_path, draw)) as book:
        book.clear("Data", 3)
        assert book.append("Data", {"C": "write"}) == 5
        assert book.append("Data", {"A": "New"}) == 3
