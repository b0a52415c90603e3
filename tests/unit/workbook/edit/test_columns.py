"""Columns appended to somebody's own list look as if they had always been there, and its Excel table takes them in."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet as Read
from xlsxwriter.worksheet import Worksheet

from sheetcrm.table import Change, book
from sheetcrm.workbook.place import Edit, place
from sheetcrm.workbook.xlsx.edit.columns import dress_appended, grow_tables_right
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.read import read_sheets
from tests.contract.test_workbook import recognise
from tests.unit.workbook.edit.drafts import draft

TITLE = "Companies"
TASTE = {
    "font_name": "Arial", "font_size": 10, "bold": True, "font_color": "#FFFFFF", "bg_color": "#7B3F00", "bottom": 2,
    "align": "center",
}  # fmt: skip
GREY, BROWN = "FF8B95A1", "FF7B3F00"

Decorate = Callable[[xlsxwriter.Workbook, Worksheet], object]


def companies(decorate: Decorate | None = None, columns: tuple[str, ...] = ("ID", "Name", "City")) -> Draft:
    """A company on row 2, under a header of the firm's own taste."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet(TITLE)
        sheet.write_row(0, 0, columns, workbook.add_format(TASTE))
        sheet.write_row(1, 0, ["C-000001", "Daisy", "Perm"])
        if decorate is not None:
            decorate(workbook, sheet)

    return draft(fill)


def placed(under: Draft, **headers: str) -> Edit:
    """Columns with these headers, by field code, appended to the list."""
    found = book("clients.xlsx", "1", read_sheets(under.package), recognise)
    changes = [Change("companies", None, code, None, header, 1) for code, header in headers.items()]
    (edit,) = place(found, changes)
    return edit


def append(under: Draft, **headers: str) -> Draft:
    """The list once they are written into it."""
    edit = placed(under, **headers)
    dress_appended(under, edit)
    for (row, column), value in edit.cells.items():
        under.sheet(TITLE).set(row, column, value)
    grow_tables_right(under, edit)
    return under


def seen(under: Draft) -> Read:
    """The list as openpyxl sees it."""
    sheet = openpyxl.load_workbook(BytesIO(under.finished()))[TITLE]
    assert isinstance(sheet, Read)
    return sheet


def fill(sheet: Read, spot: str) -> str:
    return str(sheet[spot].fill.fgColor.rgb)


def test_headers_take_after_the_firms_own_and_ours_are_grey_among_them() -> None:
    found = seen(append(companies(), debt="▦ Debt", phone="Phone"))
    assert (fill(found, "D1"), fill(found, "E1")) == (GREY, BROWN)
    for spot in ("D1", "E1"):
        header = found[spot]
        assert (header.font.name, header.font.size, header.font.bold) == ("Arial", 10, True)
        assert (header.border.bottom.style, header.alignment.horizontal) == ("medium", "center")


def test_cells_of_ours_are_muted_and_typed_ones_are_plain() -> None:
    found = seen(append(companies(), debt="▦ Debt", phone="Phone"))
    assert (fill(found, "D2"), found["D2"].font.color.rgb, found["D2"].font.b) == ("FFF4F5F7", "FF6B7785", False)
    assert not found["E2"].has_style


def test_a_typed_column_takes_after_a_typed_one_where_a_grey_one_stands_last() -> None:
    def grey(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write(0, 2, "▦ Debt", workbook.add_format({"bg_color": "#8B95A1"}))

    assert fill(seen(append(companies(grey), phone="Phone")), "D1") == BROWN


def test_no_header_is_cut() -> None:
    found = seen(append(companies(), phone="Tel", opening="Last purchase before the base"))
    assert found.column_dimensions["D"].width == 14
    assert found.column_dimensions["E"].width > len("Last purchase before the base") * 1.1


def test_what_is_missing_has_room() -> None:
    assert seen(append(companies(), missing="▦ Missing")).column_dimensions["D"].width == 40


def test_a_width_left_behind_by_an_office_program_is_widened_for_that_column_only() -> None:
    def narrow(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.set_column(2, 1023, 8, workbook.add_format({"italic": True}))

    under = append(companies(narrow), phone="Phone")
    cols = [(col.get("min"), col.get("max"), col.get("width")) for col in under.sheet(TITLE).frame().iter("{*}col")]
    assert cols == [("3", "3", "8.7109375"), ("4", "4", "14"), ("5", "1024", "8.7109375")]
    assert {col.get("style") for col in under.sheet(TITLE).frame().iter("{*}col")} == {"1"}


def test_columns_that_keep_what_a_reference_meant_are_hidden() -> None:
    found = seen(append(companies(), company_link="▦ company link", phone="Phone"))
    assert [found.column_dimensions[letter].hidden for letter in "DE"] == [True, False]


@pytest.mark.parametrize(("before", "button"), [(False, "P"), (True, "N")])
def test_of_many_columns_ten_show_and_the_rest_is_folded(before: bool, button: str) -> None:
    def outline(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.outline_settings(True, True, not before)

    many = {f"own_{number}": f"Own {number}" for number in range(1, 12)}
    found = seen(append(companies(outline), company_link="▦ company link", **many))
    shown = [letter for letter in "DEFGHIJKLMNO" if not found.column_dimensions[letter].hidden]
    assert shown == list("EFGHIJKLMN")
    assert [found.column_dimensions[letter].outlineLevel for letter in "DNO"] == [0, 0, 1]
    assert found.column_dimensions[button].collapsed
    assert found.sheet_format.outlineLevelCol == 1


def test_the_filter_and_the_frozen_panes_stay_as_they_were() -> None:
    def filtered(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.autofilter("A1:C2")
        sheet.freeze_panes(1, 1)

    found = seen(append(companies(filtered), phone="Phone"))
    assert (found.auto_filter.ref, found.freeze_panes) == ("A1:C2", "B2")


def test_without_new_columns_nothing_is_touched() -> None:
    under = companies(table)
    dress_appended(under, Edit(read_sheets(under.package)[0], None))
    grow_tables_right(under, placed(companies(table), name="Title"))
    assert not under.changed


def table(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    """The list as an Excel table."""
    columns = [{"header": name} for name in ("ID", "Name", "City")]
    sheet.add_table("A1:C2", {"name": "Firms", "columns": columns})


def with_totals(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    columns = [{"header": "ID", "total_string": "Total"}, {"header": "Name"}, {"header": "City"}]
    sheet.add_table("A1:C3", {"name": "Firms", "columns": columns, "total_row": True})


def test_an_excel_table_takes_the_new_columns_in() -> None:
    found = seen(append(companies(table), debt="▦ Debt", phone="Phone")).tables["Firms"]
    assert (found.ref, found.autoFilter.ref) == ("A1:E2", "A1:E2")
    assert [(column.id, column.name) for column in found.tableColumns][2:] == [(3, "City"), (4, "▦ Debt"), (5, "Phone")]


def test_a_totals_row_stays_outside_the_filter() -> None:
    found = seen(append(companies(with_totals), phone="Phone")).tables["Firms"]
    assert (found.ref, found.autoFilter.ref, found.totalsRowCount) == ("A1:D3", "A1:D2", 1)


def test_a_table_that_a_query_fills_is_not_widened() -> None:
    under = companies(table)
    under.edit("xl/tables/table1.xml").set("tableType", "queryTable")
    assert seen(append(under, phone="Phone")).tables["Firms"].ref == "A1:C2"


def test_a_table_elsewhere_on_the_tab_stays() -> None:
    def beside(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.add_table("B5:C7", {"name": "Other"})

    assert seen(append(companies(beside), phone="Phone")).tables["Other"].ref == "B5:C7"
