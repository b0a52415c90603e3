"""A write changes what it says and nothing else: formulas, results, formats, tables and drop-downs stay."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.workbook import Workbook as Openpyxl
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.errors import BusyError, GuardError
from sheetcrm.tab import Tab, TabColumn, TabRow
from sheetcrm.table import Book, Change
from sheetcrm.workbook.xlsx import XlsxWorkbook
from tests.contract.test_workbook import recognise
from tests.unit.workbook.packages import SHEET, parts, text, worksheet, zipped

INSERT = Change("companies", None, None, None, {"company_id": "C-000003", "name": "Rose", "city": "Tver"})


@pytest.fixture
def book() -> Openpyxl:
    """Two companies on rows 2 and 3."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Companies"
    for row in (["ID", "Name", "City"], ["C-000001", "Daisy", "Perm"], ["C-000002", "Lily", "Omsk"]):
        sheet.append(row)
    return made


def sheet_of(book: Openpyxl) -> Worksheet:
    sheet = book["Companies"]
    assert isinstance(sheet, Worksheet)
    return sheet


def written(folder: Path, book: Openpyxl, *changes: Change, tabs: tuple[Tab, ...] = ()) -> Openpyxl:
    """The book after a write, as openpyxl sees it."""
    path = folder / "clients.xlsx"
    book.save(path)
    workbook = XlsxWorkbook(path, recognise)
    workbook.write(changes, tabs, workbook.read().revision)
    return openpyxl.load_workbook(path, rich_text=True)


def after(folder: Path, rows: str, *changes: Change) -> tuple[str, Book]:
    """The rows' XML of a raw book after a write, and the book as it is read then."""
    path = folder / "clients.xlsx"
    path.write_bytes(zipped(parts() | {SHEET: worksheet(rows)}))
    workbook = XlsxWorkbook(path, recognise)
    workbook.write(changes, (), workbook.read().revision)
    with ZipFile(path) as package:
        found = re.search("<sheetData>(.*)</sheetData>", package.read(SHEET).decode(), re.DOTALL)
    assert found is not None
    return found[1], workbook.read()


TOUCH = Change("S", None, "Z", None, "touched", 99)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><f>1+1</f><v>2</v></c>',
        '<c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab &lt;c&gt;</v></c>',
        '<c r="A1" t="str"><f>""</f><v></v></c>',
        '<c r="A1" t="b"><f>1=1</f><v>1</v></c>',
        '<c r="A1" t="e"><f>NA()</f><v>#N/A</v></c>',
        '<c r="A1"><v>0.30000000000000004</v></c>',
        '<c r="A1"><v>45000.123456789</v></c>',
        '<c r="A1"><v>1E-300</v></c>',
    ],
)
def test_results_and_digits_survive(tmp_path: Path, cell: str) -> None:
    rows, book = after(tmp_path, f'<row r="1">{cell}</row>', TOUCH)
    assert cell in rows
    assert book.sheets[0].uncached == frozenset()


def test_a_formula_that_was_never_calculated_stays_so(tmp_path: Path) -> None:
    _, book = after(tmp_path, '<row r="1"><c r="A1"><f>1+1</f></c></row>', TOUCH)
    assert book.sheets[0].uncached == {(1, 0)}


def test_shared_formulas_keep_their_results(tmp_path: Path) -> None:
    rows, book = after(
        tmp_path,
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/><v>4</v></c></row>',
        TOUCH,
    )
    assert '<f t="shared" si="0"/><v>4</v>' in rows
    assert book.sheets[0].rows[1][:2] == [2.0, 4.0]


def test_array_formulas_stay_and_data_tables_are_calculated_anew(tmp_path: Path) -> None:
    rows, _ = after(
        tmp_path,
        '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>2</v></c>'
        '<c r="D1"><f t="dataTable" ref="D1:D2" dt2D="0" dtr="0" r1="B1"/><v>7</v></c></row>'
        '<row r="2"><c r="A2"><v>4</v></c></row>',
        TOUCH,
    )
    assert '<f t="array" ref="A1:A2">B1:B2*2</f><v>2</v>' in rows
    assert '<c r="D1"><f t="dataTable" ref="D1:D2" dt2D="0" dtr="0" r1="B1"/></c>' in rows


def test_excel_is_told_to_recalculate(tmp_path: Path, book: Openpyxl) -> None:
    sheet_of(book)["D2"] = "=LEN(B2)"
    assert written(tmp_path, book, INSERT).calculation.fullCalcOnLoad


@pytest.mark.parametrize("escaped", ["_x0041_", "a_x005F_b", "bell\x07"])
def test_escaped_texts_survive_another_write(tmp_path: Path, book: Openpyxl, escaped: str) -> None:
    written(tmp_path, book, Change("companies", "C-000001", "city", None, escaped))
    workbook = XlsxWorkbook(tmp_path / "clients.xlsx", recognise)
    workbook.write([INSERT], (), workbook.read().revision)
    assert workbook.read().sheets[0].rows[1][2] == escaped


def test_a_text_like_a_formula_is_marked_as_text(tmp_path: Path, book: Openpyxl) -> None:
    cell = sheet_of(written(tmp_path, book, Change("companies", "C-000001", "city", None, "=1+1")))["C2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_a_date_gets_a_date_format_and_keeps_one_it_has(tmp_path: Path, book: Openpyxl) -> None:
    sheet_of(book)["C3"].number_format = "d mmm yyyy"
    day = date(2026, 11, 21)
    changes = [Change("companies", id, "city", None, day) for id in ("C-000001", "C-000002")]
    sheet = sheet_of(written(tmp_path, book, *changes))
    assert [sheet[cell].number_format for cell in ("C2", "C3")] == ["dd.mm.yyyy", "d mmm yyyy"]


def test_comments_names_rich_text_and_prints_survive(tmp_path: Path, book: Openpyxl) -> None:
    sheet = sheet_of(book)
    sheet["B2"].comment = Comment("call on Monday", "Anna")
    sheet["B3"] = CellRichText("Li", TextBlock(InlineFont(b=True), "ly"))
    sheet["C2"].hyperlink = "https://example.org"
    sheet.print_area = "A1:C3"
    sheet.column_dimensions.group("B", "C", outline_level=1, hidden=True)
    sheet.freeze_panes = "B2"
    book.defined_names["rate"] = DefinedName("rate", attr_text="Companies!$C$2")
    found = written(tmp_path, book, INSERT)
    kept = sheet_of(found)
    comment = kept["B2"].comment
    assert comment is not None
    assert comment.text == "call on Monday"
    assert isinstance(kept["B3"].value, CellRichText)
    assert kept["C2"].hyperlink is not None
    assert kept.print_area == "'Companies'!$A$1:$C$4"
    assert kept.column_dimensions["B"].outlineLevel == 1
    assert kept.freeze_panes == "B2"
    assert "rate" in found.defined_names


def test_switched_off_warnings_stay_off(tmp_path: Path) -> None:
    path = tmp_path / "clients.xlsx"
    ignored = '<ignoredErrors><ignoredError sqref="A1:A9" numberStoredAsText="1"/></ignoredErrors>'
    path.write_bytes(zipped(parts() | {SHEET: worksheet(f'<row r="1">{text("A1", "7")}</row>', ignored)}))
    workbook = XlsxWorkbook(path, recognise)
    workbook.write([TOUCH], (), workbook.read().revision)
    with ZipFile(path) as package:
        assert ignored in package.read(SHEET).decode()


def test_a_new_row_looks_like_the_one_above(tmp_path: Path, book: Openpyxl) -> None:
    sheet = sheet_of(book)
    sheet["B3"].font = Font(bold=True)
    sheet["C3"].fill = PatternFill("solid", fgColor="FFEE00")
    sheet = sheet_of(written(tmp_path, book, INSERT))
    assert sheet["B4"].font.bold
    assert sheet["C4"].fill.fgColor.rgb == "00FFEE00"


def test_what_ends_with_the_table_grows_with_it(tmp_path: Path, book: Openpyxl) -> None:
    sheet = sheet_of(book)
    sheet.add_table(Table(displayName="Clients", ref="A1:C3"))
    rule = DataValidation(type="list", formula1='"Perm,Omsk"')
    rule.add("C2:C3")
    rule.add("H2:H9")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("B2:B3", Rule("expression", formula=["B2=1"]))
    sheet.conditional_formatting.add("H2:H9", Rule("expression", formula=["B2=1"]))
    sheet = sheet_of(written(tmp_path, book, INSERT, INSERT))
    assert sheet.tables["Clients"].ref == "A1:C5"
    assert sheet.tables["Clients"].autoFilter.ref == "A1:C5"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "C2:C5 H2:H9"
    assert [str(found.sqref) for found in sheet.conditional_formatting] == ["B2:B5", "H2:H9"]


def test_a_filter_grows_with_the_table(tmp_path: Path, book: Openpyxl) -> None:
    sheet_of(book).auto_filter.ref = "A1:C3"
    assert sheet_of(written(tmp_path, book, INSERT)).auto_filter.ref == "A1:C4"


def test_an_excel_table_takes_an_appended_column_in(tmp_path: Path, book: Openpyxl) -> None:
    sheet_of(book).add_table(Table(displayName="Clients", ref="A1:C3"))
    sheet = sheet_of(written(tmp_path, book, Change("companies", None, "debt", None, "▦ Debt", 1)))
    assert sheet.tables["Clients"].ref == "A1:D3"
    assert sheet.tables["Clients"].column_names == ["ID", "Name", "City", "▦ Debt"]


def test_a_renamed_header_renames_the_excel_tables_column(tmp_path: Path, book: Openpyxl) -> None:
    sheet_of(book).add_table(Table(displayName="Clients", ref="A1:C3"))
    sheet = sheet_of(written(tmp_path, book, Change("companies", None, "city", "City", "Town", 1)))
    assert sheet.tables["Clients"].column_names == ["ID", "Name", "Town"]


def test_an_excel_table_in_the_way_is_named(tmp_path: Path, book: Openpyxl) -> None:
    sheet_of(book).append(["Price", "Of", "Daisies"])
    sheet_of(book).add_table(Table(displayName="Flowers", ref="A4:C6"))
    with pytest.raises(GuardError, match="the Excel table Flowers stands there"):
        written(tmp_path, book, INSERT)


def test_a_row_of_totals_moves_down(tmp_path: Path, book: Openpyxl) -> None:
    sheet = sheet_of(book)
    sheet["A4"], sheet["C4"], sheet["E4"] = "Total", "=SUBTOTAL(103,C2:C3)", "a note beside it"
    sheet["C4"].font = Font(bold=True)
    sheet.add_table(Table(displayName="Clients", ref="A1:C4", totalsRowCount=1))
    sheet = sheet_of(written(tmp_path, book, INSERT))
    assert (sheet.tables["Clients"].ref, sheet.tables["Clients"].totalsRowCount) == ("A1:C5", 1)
    assert [sheet[cell].value for cell in ("A4", "A5", "C5", "E4")] == [
        "C-000003", "Total", "=SUBTOTAL(103,C2:C4)", "a note beside it"
    ]  # fmt: skip
    assert sheet["C5"].font.bold


def test_nothing_may_stand_below_a_row_of_totals_that_moves(tmp_path: Path, book: Openpyxl) -> None:
    sheet_of(book).append(["Total", "", 2])
    sheet_of(book).append(["", "", "checked by Anna"])
    sheet_of(book).add_table(Table(displayName="Clients", ref="A1:C4", totalsRowCount=1))
    with pytest.raises(GuardError, match="A4 begins a row of totals"):
        written(tmp_path, book, INSERT)


def test_an_appended_column_of_ours_is_grey_and_splits_a_shared_width(tmp_path: Path, book: Openpyxl) -> None:
    sheet = sheet_of(book)
    sheet.column_dimensions["B"].width = 30
    sheet.column_dimensions["B"].min, sheet.column_dimensions["B"].max = 2, 8
    sheet = sheet_of(written(tmp_path, book, Change("companies", None, "debt", None, "▦ Debt", 1)))
    assert sheet["D1"].fill.fgColor.rgb == "FF8B95A1"
    assert sheet["D2"].fill.fgColor.rgb == "FFF4F5F7"
    widths = sorted((found.min, found.max, found.width) for found in sheet.column_dimensions.values())
    assert widths == [(2, 3, 30.0), (4, 4, 30.0), (5, 8, 30.0)]


def test_a_link_column_is_hidden(tmp_path: Path, book: Openpyxl) -> None:
    sheet = sheet_of(written(tmp_path, book, Change("companies", None, "company_link", None, "▦ company link", 1)))
    assert sheet.column_dimensions["D"].hidden


def test_a_replaced_tab_keeps_its_place_colour_and_visibility(tmp_path: Path, book: Openpyxl) -> None:
    report = book.create_sheet("▦ Stages", 0)
    report.sheet_properties.tabColor = "FF0000"
    report.sheet_state = "hidden"
    found = written(tmp_path, book, tabs=(Tab("▦ Stages", (TabColumn("Stage"),), (TabRow(("lead",)),)),))
    assert found.sheetnames == ["▦ Stages", "Companies"]
    colour = found["▦ Stages"].sheet_properties.tabColor
    assert colour is not None
    assert colour.rgb == "00FF0000"
    assert found["▦ Stages"].sheet_state == "hidden"


def test_new_tabs_stand_with_their_group_and_users_tabs_stay(tmp_path: Path, book: Openpyxl) -> None:
    book.create_sheet("▦ Stages")
    book.create_sheet("Mine")
    found = written(tmp_path, book, tabs=(Tab("▦ Sales"), Tab("Runs", group="system"), Tab("Start", group="start")))
    assert found.sheetnames == ["Companies", "Start", "▦ Stages", "▦ Sales", "Runs", "Mine"]


def test_macros_stay(tmp_path: Path, book: Openpyxl) -> None:
    path = tmp_path / "clients.xlsm"
    book.save(path)
    with ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macros")
    workbook = XlsxWorkbook(path, recognise)
    workbook.write([INSERT], (), workbook.read().revision)
    with ZipFile(path) as package:
        assert package.read("xl/vbaProject.bin") == b"macros"


def test_an_open_book_is_not_written(tmp_path: Path, book: Openpyxl) -> None:
    (tmp_path / ".~lock.clients.xlsx#").write_text(",anna,office-7,,;")
    with pytest.raises(BusyError, match="anna"):
        written(tmp_path, book, INSERT)
