"""Where a new row of somebody's list goes, and where it must not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from sheetcrm.errors import GuardError
from sheetcrm.text import say
from sheetcrm.workbook.xlsx import Patch

Draw = Callable[[Workbook, Worksheet], object]


def drawn(folder: Path, draw: Draw) -> Path:
    """A book with three deals on rows 2 to 4, and more."""
    path = folder / "deals.xlsx"
    with xlsxwriter.Workbook(path) as book:
        deals = book.add_worksheet("Deals")
        deals.write_row(0, 0, ["ID", "Client", "Sum", "Double"])
        for row in range(2, 5):
            deals.write_row(row - 1, 0, [f"D-{row}", f"Client {row}", row])
        draw(book, deals)
    return path


def rows(path: Path) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(path)["Deals"].iter_rows(values_only=True)]


@pytest.mark.parametrize("row", [5, 8])
@pytest.mark.parametrize(("label", "formula"), [("Total", "=SUM(C2:C4)"), ("Total", ""), ("", "=SUBTOTAL(9,C2:C4)")])
def test_no_row_goes_below_totals_that_somebody_typed(tmp_path: Path, label: str, formula: str, row: int) -> None:
    def sum_up(_: Workbook, deals: Worksheet) -> None:
        deals.write(row - 1, 0, label)
        if formula:
            deals.write_formula(row - 1, 2, formula)

    with Patch(drawn(tmp_path, sum_up)) as book, pytest.raises(GuardError) as refused:
        book.append("Deals", {"A": "D-9"})
    assert f"Deals!{'A' if label else 'C'}{row} begins a row of totals" in say(refused.value.message, "en")


def test_formulas_filled_down_ahead_of_the_deals_are_no_obstacle(tmp_path: Path) -> None:
    def fill(_: Workbook, deals: Worksheet) -> None:
        for row in range(2, 9):
            deals.write_formula(row - 1, 3, f"=C{row}*2")

    path = drawn(tmp_path, fill)
    with Patch(path) as book:
        assert book.append("Deals", {"A": "D-9", "C": 9}) == 5
        book.save(path)
    assert rows(path)[4:6] == [["D-9", None, 9, "=C5*2"], [None, None, None, "=C6*2"]]


def test_a_refused_row_leaves_nothing_behind(tmp_path: Path) -> None:
    path = drawn(tmp_path, lambda _, deals: deals.write_formula("F5", "=1+1"))
    before = rows(path)
    with Patch(path) as book:
        with pytest.raises(GuardError):
            book.append("Deals", {"A": "D-9", "F": 9})
        book.set("Deals", "A2", "D-2")
        book.save(path)
    assert rows(path) == before


def test_a_row_that_was_filled_is_not_free_any_more(tmp_path: Path) -> None:
    path = drawn(tmp_path, lambda *_: None)
    with Patch(path) as book:
        book.clear("Deals", 2)
        book.clear("Deals", 3)
        assert book.append("Deals", {"A": "D-8"}) == 2
        book.set("Deals", "A3", "mine")
        assert book.append("Deals", {"A": "D-9"}) == 5
        book.save(path)
    assert [row[0] for row in rows(path)] == ["ID", "D-8", "mine", "D-4", "D-9"]


def test_a_list_begun_on_a_blank_sheet_takes_rows_at_once(tmp_path: Path) -> None:
    path = drawn(tmp_path, lambda book, _: book.add_worksheet("New"))
    with Patch(path) as book:
        book.set("New", "A1", "ID")
        assert [book.append("New", {"A": "D-1"}), book.append("New", {"A": "D-2"})] == [2, 3]
        book.clear("New", 3)
        assert book.append("New", {"A": "D-3"}) == 3


def test_a_truth_in_a_cell_of_days_does_not_look_like_a_day(tmp_path: Path) -> None:
    def day(book: Workbook, deals: Worksheet) -> None:
        deals.write_datetime("E2", datetime(2026, 5, 1), book.add_format({"num_format": "dd.mm.yyyy"}))

    path = drawn(tmp_path, day)
    with Patch(path) as book:
        book.set("Deals", "E2", True)
        book.save(path)
    cell = openpyxl.load_workbook(path)["Deals"]["E2"]
    assert (cell.value, cell.number_format) == (True, "General")


@pytest.mark.parametrize("cells", [{}, {"A": "x"}])
@pytest.mark.parametrize("totals", [False, True])
def test_no_row_goes_beyond_the_end_of_the_sheet(tmp_path: Path, cells: dict[str, str], totals: bool) -> None:
    path = tmp_path / "long.xlsx"
    with xlsxwriter.Workbook(path) as book:
        deals = book.add_worksheet("Deals")
        deals.write(1_048_573, 0, "ID")
        deals.write(1_048_574, 0, "D-1")
        if totals:
            deals.add_table("A1048574:A1048576", {"columns": [{"header": "ID"}], "total_row": True})
        else:
            deals.write(1_048_575, 0, "D-2")
    with Patch(path) as patch, pytest.raises(GuardError, match="Tab Deals is full"):
        patch.append("Deals", cells)
