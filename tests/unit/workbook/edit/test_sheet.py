"""A worksheet while it is changed: only the touched rows are put together anew."""

import re
from datetime import date, datetime
from decimal import Decimal

import pytest

from sheetcrm.errors import CannotReadError, CannotWriteError
from sheetcrm.table import Value
from sheetcrm.workbook.xlsx.edit.formula import Formula
from sheetcrm.workbook.xlsx.edit.sheet import SheetDraft
from sheetcrm.workbook.xlsx.parts import SheetPart

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(rows: str, before: str = "", after: str = "", date1904: bool = False) -> SheetDraft:
    text = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return draft(text, date1904)


def draft(text: str, date1904: bool = False) -> SheetDraft:
    return SheetDraft(
        "book.xlsx", SheetPart("Deals", "xl/worksheets/sheet1.xml", "worksheet", "visible"), text.encode(), date1904
    )


def written(draft: SheetDraft) -> str:
    return b"".join(bytes(piece) for piece in draft.finished()).decode()


def rows(draft: SheetDraft) -> str:
    found = re.search(r"<(?:x:)?sheetData>(.*)</(?:x:)?sheetData>", written(draft), re.DOTALL)
    assert found is not None
    return found[1]


def test_nothing_touched_is_nothing_changed() -> None:
    rows = '<sheetData>\n <row r="1" ><c r="A1"><v>1</v></c></row></sheetData>'
    text = f'<?xml version="1.0"?>\n<worksheet xmlns="{MAIN}">{rows}</worksheet>'
    assert written(draft(text)) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Alfa & Co <1>", '<c r="A1" s="4" t="inlineStr"><is><t>Alfa &amp; Co &lt;1&gt;</t></is></c>'),
        (" two  spaces", '<c r="A1" s="4" t="inlineStr"><is><t xml:space="preserve"> two  spaces</t></is></c>'),
        ("bell\x07 _x0041_", '<c r="A1" s="4" t="inlineStr"><is><t>bell_x0007_ _x005F_x0041_</t></is></c>'),
        ("=1+1", '<c r="A1" s="4" t="inlineStr"><is><t>=1+1</t></is></c>'),
        (Decimal("1234.50"), '<c r="A1" s="4"><v>1234.5</v></c>'),
        (Decimal("1E+20"), '<c r="A1" s="4"><v>1E20</v></c>'),
        (7, '<c r="A1" s="4"><v>7</v></c>'),
        (123456789012345678, '<c r="A1" s="4" t="inlineStr"><is><t>123456789012345678</t></is></c>'),
        (True, '<c r="A1" s="4" t="b"><v>1</v></c>'),
        (date(2026, 11, 22), '<c r="A1" s="4"><v>46348</v></c>'),
        (datetime(2026, 11, 22, 18, 0), '<c r="A1" s="4"><v>46348.75</v></c>'),
        (None, '<c r="A1" s="4"/>'),
        ("", '<c r="A1" s="4"/>'),
    ],
)
def test_a_value_takes_the_place_of_another_and_keeps_its_format(value: Value, cell: str) -> None:
    changed = sheet('<row r="1"><c r="A1" s="4" t="s" cm="1"><v>3</v></c></row>')
    changed.set(1, 0, value)
    assert rows(changed) == f'<row r="1">{cell}</row>'


def test_days_count_from_1904_where_the_book_does() -> None:
    changed = sheet('<row r="1"/>', date1904=True)
    changed.set(1, 0, date(2026, 11, 22))
    assert "<v>44886</v>" in rows(changed)


def test_the_other_cells_of_the_row_stay_byte_for_byte() -> None:
    odd = '<c  r=\'B1\'  s=\'2\' ><f>A1*2</f><v>2</v></c> <c r="C1" vm="1" t="e"><v>#VALUE!</v></c>'
    changed = sheet(f'<row r="1" ht="30"> <c r="A1"><v>1</v></c>{odd}<extLst><ext/></extLst></row>')
    changed.set(1, 0, Decimal(5))
    assert rows(changed) == f'<row r="1" ht="30"> <c r="A1"><v>5</v></c>{odd}<extLst><ext/></extLst></row>'


def test_new_cells_and_rows_stand_in_order() -> None:
    changed = sheet('<row r="2" spans="2:2"><c r="B2"><v>1</v></c></row><row r="5"/>')
    for row, column in ((2, 3), (2, 0), (4, 0), (9, 1), (1, 0)):
        changed.set(row, column, 7)
    assert re.findall(r'r="([A-Z]*\d+)"', rows(changed)) == [
        "1",
        "A1",
        "2",
        "A2",
        "B2",
        "D2",
        "4",
        "A4",
        "5",
        "9",
        "B9",
    ]
    assert 'spans="1:4"' in rows(changed)


def test_the_hint_at_the_extent_grows() -> None:
    changed = sheet('<row r="2"><c r="B2"><v>1</v></c></row>', before='<dimension ref="B2"/>')
    changed.set(7, 3, 1)
    assert '<dimension ref="B2:D7"/>' in written(changed)


def test_rows_and_cells_may_leave_their_numbers_to_the_order() -> None:
    changed = sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row><row><c><v>4</v></c></row>")
    changed.set(2, 0, 9)
    assert rows(changed) == (
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="2"><c r="A2"><v>9</v></c></row>'
        '<row r="3"><c r="A3"><v>4</v></c></row>'
    )


def test_a_prefix_is_kept() -> None:
    row = '<x:row r="1"><x:c r="A1" t="s"><x:v>1</x:v></x:c></x:row>'
    text = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{row}</x:sheetData></x:worksheet>'
    changed = draft(text)
    changed.set(1, 0, "Alfa")
    changed.set(2, 1, 3)
    assert rows(changed) == (
        '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Alfa</x:t></x:is></x:c></x:row>'
        '<x:row r="2"><x:c r="B2"><x:v>3</x:v></x:c></x:row>'
    )


def test_a_sheet_without_rows_takes_some() -> None:
    changed = draft(f'<worksheet xmlns="{MAIN}"><sheetData/><pageMargins/></worksheet>')
    changed.set(3, 0, 1)
    assert written(changed).endswith(
        '<sheetData><row r="3"><c r="A3"><v>1</v></c></row></sheetData><pageMargins/></worksheet>'
    )


def test_remarks_and_cdata_do_not_mislead() -> None:
    cell = '<c r="A1"><f><![CDATA[B1<2]]></f><v>1</v></c>'
    body = f'<!-- <row r="9"><c r="A9"/></row> --><?x <row r="8"> ?><row r="1">{cell}<!-- </row> --></row>'
    changed = sheet(body)
    assert [formula.text for formula in changed.formulas()] == ["B1<2"]
    changed.set(2, 0, 5)
    assert rows(changed) == body + '<row r="2"><c r="A2"><v>5</v></c></row>'
    changed.replace_formula(1, 0, "B1<3")
    assert '<c r="A1"><f>B1&lt;3</f></c>' in rows(changed)


def test_rows_out_of_order_are_refused_by_name() -> None:
    with pytest.raises(CannotWriteError, match="tab Deals: row 1 stands out of order"):
        sheet('<row r="2"/><row r="1"/>')


@pytest.mark.parametrize("text", ["<worksheet><sheetData><row r='1'>", "<worksheet/>"])
def test_a_sheet_cut_short_is_refused_by_name(text: str) -> None:
    with pytest.raises(CannotReadError, match=r"sheet1\.xml is cut short"):
        draft(text)


def test_formulas_of_every_kind_are_told() -> None:
    found = sheet(
        '<row r="1"><c r="A1"><f>B1&amp;"x"</f><v>1</v></c>'
        '<c r="B1"><f t="shared" ref="B1:B2" si="0">C1*2</f></c></row>'
        '<row r="2"><c r="A2" t="str"><f t="array" ref="A2:A3">SUM(C:C)</f><v></v></c>'
        '<c r="B2"><f t="shared" si="0"/><v>4</v></c></row>'
    ).formulas()
    assert list(found) == [
        Formula(1, 0, 'B1&"x"', "", "", "", True),
        Formula(1, 1, "C1*2", "shared", "0", "B1:B2", False),
        Formula(2, 0, "SUM(C:C)", "array", "", "A2:A3", True),
        Formula(2, 1, "", "shared", "0", "", True),
    ]


def test_a_formula_forgets_its_value_and_nothing_else() -> None:
    changed = sheet('<row r="1"><c r="A1" s="3" t="str"><f t="shared" ref="A1:A2" si="1">B1</f><v>old</v></c></row>')
    changed.drop_value(1, 0)
    assert rows(changed) == '<row r="1"><c r="A1" s="3" t="str"><f t="shared" ref="A1:A2" si="1">B1</f></c></row>'
    changed.replace_formula(1, 0, 'IF(B1<2,"a","b")')
    assert '<f t="shared" ref="A1:A2" si="1">IF(B1&lt;2,"a","b")</f></c>' in rows(changed)


def test_the_format_in_force_is_the_cells_the_rows_or_the_columns() -> None:
    found = sheet(
        '<row r="1" s="5" customFormat="1"><c r="A1" s="3"/></row><row r="2"/>',
        before='<cols><col min="2" max="3" style="7" width="9"/></cols>',
    )
    assert [found.style(1, 0), found.style(1, 1), found.style(2, 1), found.style(9, 2), found.style(9, 4)] == [
        3,
        5,
        7,
        7,
        0,
    ]


def test_a_row_of_totals_moves_with_its_formats() -> None:
    changed = sheet(
        '<row r="3"><c r="A3" s="1"><v>1</v></c><c r="B3" s="2"><f>SUM(T[A])</f><v>9</v></c>'
        '<c r="D3"><v>8</v></c></row>'
    )
    changed.move_row(3, 5, 0, 1)
    assert rows(changed) == (
        '<row r="3"><c r="D3"><v>8</v></c></row>'
        '<row r="5"><c r="A5" s="1"><v>1</v></c><c r="B5" s="2"><f>SUM(T[A])</f><v>9</v></c></row>'
    )


def test_removed_rows_let_those_below_move_up() -> None:
    changed = sheet("".join(f'<row r="{n}" spans="1:1"><c r="A{n}" t="s"><v>{n}</v></c></row>' for n in (1, 2, 3, 5)))
    changed.remove_rows([2, 4])
    assert re.findall(r'r="(\w+)"[^>]*>(?:<v>(\d)</v>)?', rows(changed)) == [
        ("1", ""), ("A1", "1"), ("2", ""), ("A2", "3"), ("3", ""), ("A3", "5")
    ]  # fmt: skip


def test_blank_rows_are_those_without_values() -> None:
    found = sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" s="3"/></row>'
        '<row r="3"><c r="A3"><f>B3</f><v>1</v></c></row>'
        '<row r="5"><c r="C5"><v>1</v></c></row><row r="6"><c r="A6" t="inlineStr"><is><t>x</t></is></c></row>'
    )
    assert found.blank_rows(1, 6, range(2)) == [2, 3, 4, 5]


def test_a_formula_with_a_remark_in_it_is_one() -> None:
    found = sheet('<row r="1"><c r="A1"><!-- x --><f>B1<!-- sum --></f><v>1</v></c></row>')
    assert found.cells(1)[0].formula
    assert [formula.text for formula in found.formulas()] == ["B1"]
