"""Columns appended to somebody's own list look as if they had always been there."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.table import Change
from sheetcrm.workbook.xlsx import XlsxWorkbook
from tests.contract.test_workbook import recognise


@pytest.fixture
def sheet() -> Worksheet:
    """A company on row 2, under a header of the firm's own taste."""
    found = openpyxl.Workbook().worksheets[0]
    found.title = "Companies"
    found.append(["ID", "Name", "City"])
    found.append(["C-000001", "Daisy", "Perm"])
    for cell in found[1]:
        cell.font = Font(name="Arial", size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="7B3F00")
        cell.border = Border(bottom=Side("medium"))
        cell.alignment = Alignment(horizontal="center")
    return found


def appended(folder: Path, sheet: Worksheet, **headers: str) -> Worksheet:
    """The sheet once columns with these headers, by field code, were appended to it."""
    path = folder / "clients.xlsx"
    assert sheet.parent is not None
    sheet.parent.save(path)
    workbook = XlsxWorkbook(path, recognise)
    changes = [Change("companies", None, code, None, header, 1) for code, header in headers.items()]
    workbook.write(changes, (), workbook.read().revision)
    found = openpyxl.load_workbook(path)["Companies"]
    assert isinstance(found, Worksheet)
    return found


def fill(sheet: Worksheet, spot: str) -> str:
    return str(sheet[spot].fill.fgColor.rgb)


def test_headers_take_after_the_firms_own_and_ours_are_grey_among_them(tmp_path: Path, sheet: Worksheet) -> None:
    found = appended(tmp_path, sheet, debt="▦ Debt", phone="Phone")
    assert (fill(found, "D1"), fill(found, "E1")) == ("FF8B95A1", "007B3F00")
    for spot in ("D1", "E1"):
        header = found[spot]
        assert (header.font.name, header.font.size, header.font.bold) == ("Arial", 10, True)
        assert (header.border.bottom.style, header.alignment.horizontal) == ("medium", "center")


def test_a_typed_column_takes_after_a_typed_one_where_a_grey_one_stands_last(tmp_path: Path, sheet: Worksheet) -> None:
    sheet["C1"] = "▦ Debt"
    sheet["C1"].fill = PatternFill("solid", fgColor="8B95A1")
    assert fill(appended(tmp_path, sheet, phone="Phone"), "D1") == "007B3F00"


def test_no_header_is_cut(tmp_path: Path, sheet: Worksheet) -> None:
    found = appended(tmp_path, sheet, phone="Tel", opening="Last purchase before the base")
    assert found.column_dimensions["D"].width == 14
    assert found.column_dimensions["E"].width > len("Last purchase before the base") * 1.1


def test_a_width_left_behind_by_an_office_program_is_widened(tmp_path: Path, sheet: Worksheet) -> None:
    rest = sheet.column_dimensions["D"]
    rest.width, rest.min, rest.max = 8, 4, 1024
    found = appended(tmp_path, sheet, phone="Phone")
    assert found.column_dimensions["D"].width == 14
    assert (found.column_dimensions["E"].width, found.column_dimensions["E"].max) == (8, 1024)


def test_what_is_missing_has_room(tmp_path: Path, sheet: Worksheet) -> None:
    found = appended(tmp_path, sheet, missing="▦ Missing")
    assert found.column_dimensions["D"].width == 40


@pytest.mark.parametrize(("before", "button"), [(False, "P"), (True, "N")])
def test_of_many_columns_ten_show_and_the_rest_is_folded(
    tmp_path: Path, sheet: Worksheet, before: bool, button: str
) -> None:
    outline = sheet.sheet_properties.outlinePr
    assert outline is not None
    outline.summaryRight = not before
    links = {"company_link": "▦ company link"}
    found = appended(tmp_path, sheet, **links, **{f"own_{n}": f"Own {n}" for n in range(1, 12)})
    shown = [letter for letter in "DEFGHIJKLMNO" if not found.column_dimensions[letter].hidden]
    assert shown == list("EFGHIJKLMN")
    assert [found.column_dimensions[letter].outlineLevel for letter in "DNO"] == [0, 0, 1]
    assert found.column_dimensions[button].collapsed


def test_the_filter_and_the_frozen_panes_stay_as_they_were(tmp_path: Path, sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:C2"
    sheet.freeze_panes = "B2"
    found = appended(tmp_path, sheet, phone="Phone")
    assert (found.auto_filter.ref, found.freeze_panes) == ("A1:C2", "B2")
