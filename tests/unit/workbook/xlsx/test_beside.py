"""Another list beside the table on the same tab is never taken for a part of it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.table import Book, Change
from sheetcrm.workbook.xlsx import XlsxWorkbook
from tests.contract.test_workbook import recognise

ROSE = Change("companies", None, None, None, {"company_id": "C-000003", "name": "Rose"})
DEBT = Change("companies", None, "debt", None, "▦ Debt", 1)


def tab(left: int = 6) -> Worksheet:
    """Two companies in A:C, and three holidays in two columns that begin at `left` (from 1)."""
    sheet = openpyxl.Workbook().worksheets[0]
    sheet.title = "Companies"
    for row in (["ID", "Name", "City"], ["C-000001", "Daisy", "Perm"], ["C-000002", "Lily", "Omsk"]):
        sheet.append(row)
    for number, name in enumerate(["Holiday", "New Year", "May Day", "Victory"], 1):
        sheet.cell(number, left, name)
    for number, days in enumerate(["Days", "8", "1", "1"], 1):
        sheet.cell(number, left + 1, days)
    return sheet


def written(folder: Path, sheet: Worksheet, *changes: Change) -> tuple[Book, Worksheet]:
    """The book as it is read, and the tab, once the changes are made."""
    path = folder / "clients.xlsx"
    assert sheet.parent is not None
    sheet.parent.save(path)
    workbook = XlsxWorkbook(path, recognise)
    if changes:
        workbook.write(changes, (), workbook.read().revision)
    found = openpyxl.load_workbook(path)["Companies"]
    assert isinstance(found, Worksheet)
    return workbook.read(), found


def refs(sheet: Worksheet) -> dict[str, str]:
    return {name: str(sheet.tables[name].ref) for name in ("Side", "Ours") if name in sheet.tables}


@pytest.mark.parametrize("excel", [False, True])
def test_a_longer_list_beside_the_table_gives_it_no_rows(tmp_path: Path, excel: bool) -> None:
    sheet = tab()
    if excel:
        sheet.add_table(Table(displayName="Side", ref="F1:G4"))
    book, _ = written(tmp_path, sheet)
    assert list(book.by_name["companies"].numbers) == [2, 3]


def test_an_excel_table_right_next_to_the_columns_is_another_list(tmp_path: Path) -> None:
    sheet = tab(left=4)
    sheet.add_table(Table(displayName="Side", ref="D1:E4"))
    book, _ = written(tmp_path, sheet)
    assert list(book.by_name["companies"].numbers) == [2, 3]


def test_a_new_record_goes_below_the_last_one_and_the_list_beside_stays(tmp_path: Path) -> None:
    sheet = tab()
    sheet.add_table(Table(displayName="Side", ref="F1:G4"))
    _, found = written(tmp_path, sheet, ROSE)
    assert [cell.value for cell in found[4]] == ["C-000003", "Rose", None, None, None, "Victory", "1"]
    assert refs(found) == {"Side": "F1:G4"}


def test_it_is_the_excel_table_of_the_records_that_grows(tmp_path: Path) -> None:
    sheet = tab(left=4)
    sheet.add_table(Table(displayName="Side", ref="D1:E3"))
    sheet.add_table(Table(displayName="Ours", ref="A1:C3"))
    sheet["D4"] = sheet["E4"] = None
    _, found = written(tmp_path, sheet, ROSE)
    assert refs(found) == {"Side": "D1:E3", "Ours": "A1:C4"}


def test_a_new_column_keeps_its_distance_from_the_list_beside(tmp_path: Path) -> None:
    sheet = tab()
    sheet.add_table(Table(displayName="Side", ref="F1:G4"))
    book, found = written(tmp_path, sheet, DEBT, ROSE)
    assert [cell.value for cell in found[1]] == ["ID", "Name", "City", None, None, "Holiday", "Days", None, "▦ Debt"]
    assert list(book.by_name["companies"].numbers) == [2, 3, 4]
    assert refs(found) == {"Side": "F1:G4"}


def test_a_list_between_the_columns_neither_grows_nor_is_filled_down(tmp_path: Path) -> None:
    sheet = tab()
    sheet["I1"] = "▦ Debt"
    for row in (2, 3):
        sheet.cell(row, 7, f"=LEN(F{row})")
    sheet.delete_rows(4)
    sheet.add_table(Table(displayName="Side", ref="F1:G3"))
    _, found = written(tmp_path, sheet, ROSE)
    assert [cell.value for cell in found[4]][:7] == ["C-000003", "Rose", None, None, None, None, None]
    assert refs(found) == {"Side": "F1:G3"}


def test_a_deleted_record_leaves_the_list_beside_as_it_is(tmp_path: Path) -> None:
    delete = Change("companies", "C-000001", None, {"company_id": "C-000001", "name": "Daisy"}, None, 2)
    _, found = written(tmp_path, tab(), delete)
    assert [cell.value for cell in found[2]] == [None, None, None, None, None, "New Year", "8"]


def test_the_totals_of_the_list_beside_are_none_of_ours(tmp_path: Path) -> None:
    sheet = tab()
    sheet["F3"], sheet["G3"] = "Total", 8
    side = Table(displayName="Side", ref="F1:G3", totalsRowCount=1)
    sheet.add_table(side)
    book, found = written(tmp_path, sheet, ROSE)
    assert list(book.by_name["companies"].numbers) == [2, 3, 4]
    assert [cell.value for cell in found[3]][5:] == ["Total", 8]
