"""References in formulas: all of them are found, and nothing else is taken for one."""

import pytest

from sheetcrm.workbook.cells import LAST_COLUMN, LAST_ROW
from sheetcrm.workbook.xlsx.edit.grammar import Ref, mentions, references
from sheetcrm.workbook.xlsx.edit.references import (
    area,
    rewritten,
    shape,
    shifted,
    tables,
    translated,
)


def found(text: str, own: str = "Deals") -> list[str]:
    return [
        f"{ref.sheet}{':' if ref.until else ''}{ref.until}!{ref.top},{ref.left}-{ref.bottom},{ref.right}"
        for ref in references(text, own)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A1", ["Deals!1,0-1,0"]),
        ("$A$1+xfd1048576", ["Deals!1,0-1,0", "Deals!1048576,16383-1048576,16383"]),
        ("SUM(A1:B2,$C3:D$4)", ["Deals!1,0-2,1", "Deals!3,2-4,3"]),
        ("B2:A1", ["Deals!1,0-2,1"]),
        ("A:A", [f"Deals!1,0-{LAST_ROW},0"]),
        ("$B:D", [f"Deals!1,1-{LAST_ROW},3"]),
        ("1:5", [f"Deals!1,0-5,{LAST_COLUMN}"]),
        ("SUM($2:2)", [f"Deals!2,0-2,{LAST_COLUMN}"]),
        ("Sheet1!A1", ["Sheet1!1,0-1,0"]),
        ("Клиенты!A1:A9", ["Клиенты!1,0-9,0"]),
        ("'My ''Sheet'''!A1:B2", ["My 'Sheet'!1,0-2,1"]),
        ("'▦ Debt, all'!C:C", [f"▦ Debt, all!1,2-{LAST_ROW},2"]),
        ("SUM(Sheet1:Sheet3!A1)", ["Sheet1:Sheet3!1,0-1,0"]),
        ("'Q 1:Q 4'!B2", ["Q 1:Q 4!2,1-2,1"]),
        ("[0]!A1", ["Deals!1,0-1,0"]),
        ("A1#", ["Deals!1,0-1,0"]),
        ("_xlfn.ANCHORARRAY(A1)", ["Deals!1,0-1,0"]),
        ("@A1:A9", ["Deals!1,0-9,0"]),
        ("(A1,B2 C3)", ["Deals!1,0-1,0", "Deals!2,1-2,1", "Deals!3,2-3,2"]),
        ("A1:INDEX(B:B,3)", ["Deals!1,0-1,0", f"Deals!1,1-{LAST_ROW},1"]),
        ("TAX2024", ["Deals!2024,13569-2024,13569"]),
    ],
)
def test_a_reference_is_found(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '"A1"',
        '"he said ""B2"" twice"',
        "[1]Sheet1!A1",
        "'[1]Sheet 1'!A1:B2",
        "'[Other book.xlsx]Deals'!A1",
        "[2]!Rate",
        "LOG10(5)",
        "TAXES2024",
        "XFE1",
        "A1048577",
        "_x1",
        "A1.total",
        "Deals[A1]",
        "Deals[[#This Row],[Q1]]",
        "Deals['[A1']]",
        "#REF!",
        "#REF!A1",
        "Deals!#REF!",
        "#N/A",
        "1E5",
        "2.5E+10",
        "TRUE",
    ],
)
def test_what_only_looks_like_a_reference_is_none(text: str) -> None:
    assert found(text) == []


def test_names_are_told_from_functions_tables_and_cells() -> None:
    text = 'SUM(Rate)*Tax_1+Deals!Local+[0]!Book+[1]!Theirs+TRUE+LOG10(A1)+Deals[Rate]&"Rate"+XFE1+\\odd'
    assert mentions(text, "").names == [
        ("", "Rate"),
        ("", "Tax_1"),
        ("Deals", "Local"),
        ("", "Book"),
        ("", "XFE1"),
        ("", "\\odd"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deals[Amount]", ("Deals", ("Amount", "Amount"), False, False)),
        ("Deals[[#This Row],[Amount]]", ("Deals", ("Amount", "Amount"), True, False)),
        ("[[#This Row],Amount]", ("", ("Amount", "Amount"), True, False)),
        ("[Paid, net: all]", ("", ("Paid, net: all", "Paid, net: all"), False, False)),
        ("[@Amount]", ("", ("Amount", "Amount"), True, False)),
        ("[@[Amount paid]]", ("", ("Amount paid", "Amount paid"), True, False)),
        ("[@]", ("", ("", ""), True, False)),
        ("Deals[[Qty]:[Price]]", ("Deals", ("Qty", "Price"), False, False)),
        ("Deals[[#Headers],[#Data],[Qty]]", ("Deals", ("Qty", "Qty"), False, True)),
        ("Deals[#All]", ("Deals", ("", ""), False, True)),
        ("Deals[#Data]", ("Deals", ("", ""), False, False)),
        ("Deals[]", ("Deals", ("", ""), False, False)),
        ("Deals['#Count'[''']]", ("Deals", ("#Count[']", "#Count[']"), False, False)),
    ],
)
def test_a_structured_reference_says_its_columns(text: str, expected: tuple[object, ...]) -> None:
    assert tables(text) == [expected]


@pytest.mark.parametrize("text", ["INDIRECT(A1)", "now()", "_xlfn.RANDARRAY(3)", "A1:INDEX(B:B,3)", "SUM(First:Last)"])
def test_a_formula_may_look_anywhere(text: str) -> None:
    assert mentions(text, "").anything


@pytest.mark.parametrize("text", ['"INDIRECT(A1)"', "ADDIN.CALL(A1)", "OFFSETS(A1)", "TODAY", "A1:B2", "S1:S3!A1"])
def test_a_formula_looks_only_where_it_says(text: str) -> None:
    assert not mentions(text, "").anything


@pytest.mark.parametrize("text", ["'", '"', "[", "['", "'a'", "a.", "1:", "$", "#", "(", "[[", "]'"])
def test_a_text_of_a_hundred_thousand_odd_signs_is_read(text: str) -> None:
    assert mentions(text * 100_000, "Deals").tables == []


def test_a_call_may_be_of_a_name() -> None:
    assert mentions("MyLambda(A1)", "").calls == ["MyLambda"]


def test_other_rows_leave_everything_else_byte_for_byte() -> None:
    def longer(ref: Ref) -> tuple[int, int] | None:
        return (ref.top, 101) if ref.bottom == 100 and not ref.single else None

    text = "SUM( 'My ''D'!$E$2:E100 )+Deals!b2:$B100*E100&\"E2:E100\"+A:A+$2:$100+[1]S!A2:A100"
    expected = "SUM( 'My ''D'!$E$2:E101 )+Deals!b2:$B101*E100&\"E2:E100\"+A:A+$2:$101+[1]S!A2:A100"
    assert rewritten(text, "Deals", longer) == expected


def test_a_range_may_be_written_backwards() -> None:
    (ref,) = references("B9:$A$2", "Deals")
    assert (ref.top, ref.fixed_top, ref.left, ref.bottom, ref.fixed_bottom, ref.right) == (2, True, 0, 9, False, 1)
    assert rewritten("B9:$A$2", "Deals", lambda ref: (ref.top, 12)) == "B12:$A$2"


def test_a_shared_formula_means_other_cells_below() -> None:
    (ref,) = references("B$2:$C7", "Deals")
    moved = shifted(ref, 3, 1)
    assert (moved.top, moved.left, moved.bottom, moved.right) == (2, 2, 10, 2)


def test_a_relative_name_runs_over_the_edge() -> None:
    (ref,) = references("Deals!A1048576", "")
    assert shifted(ref, 4, 0).top == 4


def test_formulas_filled_down_have_the_same_shape() -> None:
    assert shape("F6+E7*$B$1", (7, 5)) == shape("F7+E8*$B$1", (8, 5))
    assert shape("F6+E7", (7, 5)) != shape("F6+E8", (8, 5))
    assert shape("[1]Prices!A7*B7", (7, 5)) == shape("[1]Prices!A8*B8", (8, 5))
    assert shape("SUM(B7:B$9)", (7, 5)) == shape("SUM(B12:B$9)", (12, 5)) == shape("SUM(B$9:B12)", (12, 5))
    assert shape("A:A+F6", (7, 5)) != shape("B:B+F6", (7, 5))


def test_a_formula_is_filled_down_as_excel_does() -> None:
    assert translated("F6+E7*$B$1+Deals[[#This Row],[Q1]]", (7, 5), (9, 5)) == ("F8+E9*$B$1+Deals[[#This Row],[Q1]]")


@pytest.mark.parametrize(("text", "expected"), [("A1:F100", (1, 0, 100, 5)), ("$B$7", (7, 1, 7, 1))])
def test_a_bare_range_is_a_rectangle(text: str, expected: tuple[int, ...]) -> None:
    assert area(text) == expected


@pytest.mark.parametrize("text", ["", "Rate", "A1:B2 C3", "SUM(A1)"])
def test_anything_else_is_none(text: str) -> None:
    assert area(text) is None
