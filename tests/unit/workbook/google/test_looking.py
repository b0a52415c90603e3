"""What is looked at before and after a write, and what counts as unchanged."""

from datetime import date, datetime

import pytest

from sheetcrm.table import Book, Cell, Change, Column, Layout, Sheet, book
from sheetcrm.workbook.google.edits import aimed
from sheetcrm.workbook.google.looking import Sight, aims, same, sights
from sheetcrm.workbook.place import Edit, place

CODES = {"ID": "company_id", "Name": "name", "City": "city", "Since": "since"}


def recognise(sheet: Sheet) -> Layout | None:
    if "ID" not in sheet.rows[0]:
        return None
    columns = tuple(Column(at, str(text), CODES.get(str(text))) for at, text in enumerate(sheet.rows[0]) if text)
    return Layout("companies", 1, columns)


def clients(*rows: list[Cell], hidden: bool = False) -> Book:
    header: list[Cell] = ["ID", "Name", "City", "Since"]
    return book("Clients", "1", [Sheet("Clients", [header, *rows], hidden=hidden)], recognise)


TWO = clients(["C-1", "Daisy", "Perm", ""], ["C-2", "Lily", "Omsk", ""], ["", "Rose", "Tver", ""])


def edits(base: Book, *changes: Change) -> list[Edit]:
    return place(base, changes)


def cell(column: str, row: int, new: str = "x") -> Change:
    return Change("companies", None, column, None, new, row)


def ranges(found: list[Sight]) -> list[str]:
    return [sight.range.partition("!")[2] for sight in found]


def test_headers_ids_and_touched_columns_are_looked_at() -> None:
    assert ranges(sights(edits(TWO, cell("city", 2), cell("city", 3)))) == ["A1:D1", "A2:A3", "C2:C3"]


def test_a_row_without_an_id_is_looked_at_whole() -> None:
    assert ranges(sights(edits(TWO, cell("company_id", 4)))) == ["A1:D1", "A4:A4", "A4:D4"]


def test_for_a_new_record_the_headers_are_enough() -> None:
    insert = Change("companies", None, None, None, {"name": "Iris"})
    assert ranges(sights(edits(TWO, insert))) == ["A1:D1"]


def test_a_new_line_on_a_hidden_tab_needs_no_look() -> None:
    insert = Change("companies", None, None, None, {"name": "Iris"})
    assert sights(edits(clients(["C-1", "Daisy", "", ""], hidden=True), insert)) == []


def test_many_scattered_rows_are_one_rectangle() -> None:
    rows: list[list[Cell]] = [["", f"Name {n}", "", ""] for n in range(200)]
    nameless = clients(*rows)
    found = sights(edits(nameless, *(cell("company_id", 2 + 2 * n, f"C-{n}") for n in range(100))))
    assert ranges(found) == ["A1:D200", "A2:A200"]


def test_after_a_write_the_ids_are_asked_back() -> None:
    made = edits(TWO, cell("city", 2), Change("companies", None, None, None, {"name": "Iris"}))
    assert ranges(aims(made, aimed(made[0]))) == ["A1:D1", "A2:A2"]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("x", "x"),
        ("", ""),
        (None, ""),
        (7.0, 7),
        (True, True),
        (date(2026, 11, 22), 46348),
        (datetime(2026, 11, 22, 8, 30), 46348.354166666664),
    ],
)
def test_a_cell_is_as_it_was(cell: Cell, told: object) -> None:
    assert same(Sight("S", (1, 0), (1, 0)), Sheet("S", [[cell]]), [[told]])


@pytest.mark.parametrize(("cell", "told"), [("x", "y"), ("", "x"), ("x", ""), (1.0, True), (1.0, "1"), (5.0, "=A1")])
def test_a_cell_is_not_as_it_was(cell: Cell, told: object) -> None:
    assert not same(Sight("S", (1, 0), (1, 0)), Sheet("S", [[cell]]), [[told]])


def test_formulas_may_come_to_something_else_meanwhile() -> None:
    sheet = Sheet("S", [[2.0, "x"]], formulas=frozenset({(1, 0)}))
    assert same(Sight("S", (1, 0), (1, 1)), sheet, [["=1+2", "x"]])


def test_rows_that_google_cuts_short_are_blank() -> None:
    assert same(Sight("S", (1, 0), (3, 1)), Sheet("S", [["x", ""], ["", ""], ["", ""]]), [["x"]])
