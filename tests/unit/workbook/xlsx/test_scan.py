"""Errors, formulas and formulas that were never calculated: what calamine gives back as blanks."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetcrm.table import Sheet
from sheetcrm.workbook.xlsx import XlsxWorkbook
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.scan import scan
from tests.unit.workbook.packages import SHEET, parts, text, worksheet, zipped

ROWS = (
    '<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2" s="1"><f>1+1</f><v>2</v></c></row>'
    '<row r="3"><c r="A3"><f>A2</f></c><c r="B3"><f>A2</f><v></v></c><c r="C3" t="str"><f>""</f><v></v></c></row>'
    '<row r="4"><c r="A4" t="e"><f>NA()</f><v>#REF!</v></c><c r="B4"><f t="shared" si="0"/><v>1</v></c></row>'
)


def read(folder: Path, sheet: str | bytes) -> Sheet:
    path = folder / "book.xlsx"
    path.write_bytes(zipped(parts() | {SHEET: sheet}))
    return XlsxWorkbook(path, lambda _: None).read().sheets[0]


def prefixed(rows: str) -> str:
    for name in ("row", "c", "f", "v", "is", "t"):
        rows = (
            rows.replace(f"<{name} ", f"<x:{name} ")
            .replace(f"<{name}>", f"<x:{name}>")
            .replace(f"</{name}>", f"</x:{name}>")
        )
    return rows


SPELLINGS = {
    "plain": worksheet(ROWS),
    "prefixed": worksheet(prefixed(ROWS), prefix="x"),
    "single quotes": worksheet(ROWS.replace('"', "'").replace("''", '""')),
    "style first": worksheet(ROWS.replace('<c r="B2" s="1">', '<c s="1" r="B2">')),
    "byte-order mark": "\ufeff" + worksheet(ROWS),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_errors_and_formulas_are_found_however_they_are_spelled(tmp_path: Path, spelling: str) -> None:
    sheet = read(tmp_path, SPELLINGS[spelling])
    assert sheet.errors == {(2, 0): "#N/A", (4, 0): "#REF!"}
    assert sheet.formulas == {(2, 1), (3, 0), (3, 1), (3, 2), (4, 0), (4, 1)}
    assert sheet.uncached == {(3, 0), (3, 1)}


def test_cells_without_a_reference_are_counted(tmp_path: Path) -> None:
    found = scan(
        open_package("b", zipped(parts("<row><c><v>1</v></c></row><row><c><v>1</v></c><c><f>A1</f></c></row>"))),
        SHEET,
        "S",
    )
    assert found.uncached == {(2, 1)}


def test_a_text_that_looks_like_an_error_is_a_text(tmp_path: Path) -> None:
    looks = ' t="e" #N/A'
    sheet = read(tmp_path, worksheet(f'<row r="1">{text("A1", looks)}{text("B1", looks)}</row>'))
    assert sheet.errors == {}
    assert [str(cell).strip() for cell in sheet.rows[0]] == [looks.strip()] * 2


def test_rows_cut_between_two_pieces_are_put_together() -> None:
    filler = "".join(f'<row r="{n}">{text(f"A{n}", "x" * 900)}</row>' for n in range(1, 3000))
    rows = filler + '<row r="3000"><c r="A3000" t="e"><v>#DIV/0!</v></c></row>'
    assert scan(open_package("b", zipped(parts(rows))), SHEET, "S").errors == {(3000, 0): "#DIV/0!"}


def test_formatted_but_empty_rows_are_not_there(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="0"/><c r="BZ{n}" s="0"/></row>' for n in range(2, 200_001))
    sheet = read(tmp_path, worksheet(f'<row r="1">{text("A1", "x")}</row>{blank}'))
    assert sheet.rows == [["x"]]


def test_formatted_cells_far_out_do_not_count(tmp_path: Path) -> None:
    rows = f'<row r="1">{text("A1", "x")}</row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert read(tmp_path, worksheet(rows)).rows == [["x"]]


def test_a_wide_sheet_within_the_limit_is_read(tmp_path: Path) -> None:
    sheet = read(tmp_path, worksheet(f'<row r="1">{text("A1", "x")}{text("CV1", "y")}</row>'))
    assert len(sheet.rows[0]) == 100
    assert sheet.rows[0][-1] == "y"


def test_rows_of_empty_texts_at_the_end_are_cut(tmp_path: Path) -> None:
    sheet = read(tmp_path, worksheet(f'<row r="1">{text("A1", "x")}</row><row r="9">{text("A9", "")}</row>'))
    assert sheet.rows == [["x"]]


def test_merged_ranges_and_hidden_tabs_are_told(tmp_path: Path) -> None:
    merged = '<mergeCells count="1"><mergeCell ref="B2:C4"/></mergeCells>'
    sheet = read(tmp_path, worksheet(f'<row r="2">{text("B2", "x")}</row>', merged))
    assert sheet.merged == (((2, 1), (4, 2)),)
    assert not sheet.hidden


LOCKED = '<sheetProtection password="CC1A" objects="1" sheet="1" scenarios="1"/>'
ONE_ROW = f'<row r="1">{text("A1", "x")}</row>'


@pytest.mark.parametrize(
    "sheet",
    [
        worksheet(ONE_ROW, LOCKED),
        worksheet("", LOCKED),
        worksheet(prefixed(ONE_ROW), LOCKED.replace("<", "<x:"), prefix="x"),
        worksheet(ONE_ROW, "<sheetProtection sheet='true'/>"),
        worksheet(ONE_ROW.replace('"', "'"), LOCKED),
    ],
    ids=["usual", "no rows", "prefixed", "single quotes", "read exactly"],
)
def test_a_protected_sheet_is_told_however_it_is_spelled(tmp_path: Path, sheet: str) -> None:
    assert read(tmp_path, sheet).protected


@pytest.mark.parametrize(
    "after",
    ["", "<sheetProtection/>", '<sheetProtection sheet="0"/>', f"<!-- {LOCKED} -->", '<sheetPr sheet="1"/>'],
)
@pytest.mark.parametrize("rows", [ONE_ROW, ONE_ROW.replace('"', "'")], ids=["usual", "read exactly"])
def test_a_sheet_that_is_not_locked_is_not_protected(tmp_path: Path, rows: str, after: str) -> None:
    assert not read(tmp_path, worksheet(rows, after)).protected
