"""A book of tabs keeps them whole: order, state, every value to its last digit; the same tabs make the same bytes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from sheetcrm.errors import GuardError
from sheetcrm.tab import Chart, Check, Format, Highlight, Shown, Tab, TabColumn, TabRow
from sheetcrm.table import Cell, Value
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.read import read_sheets
from sheetcrm.workbook.xlsx.tabs.scratch import fresh, scratch
from tests.unit.workbook.tabs.drawn import table, values


def read_back(value: Value, format: Format = Format.TEXT, date1904: bool = False) -> Cell:
    (sheet,) = read_sheets(open_package("", scratch([table(TabColumn("A", format), rows=values(value))], date1904)))
    assert not sheet.formulas
    assert not sheet.errors
    return sheet.rows[1][0]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "{=1+1}",
        "#N/A",
        "http://example.org",
        "0123",
        " spaces  around ",
        "two\nlines",
        "<r>not</r> letters in several fonts</r>",
        "<r><t>x</t></r>",
        "_x0041_",
        "_x0041_x0042_",
        "bell \x07, return \r",
        "a & b < c \"d\" 'e'",
        "😀" * 3,
    ],
)
def test_text_stays_text(text: str) -> None:
    assert read_back(text) == text


def test_a_text_like_a_formula_stays_one_when_somebody_edits_it() -> None:
    sheet = openpyxl.load_workbook(BytesIO(scratch([table(TabColumn("A"), rows=values("=1+1"))])))["T"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (7, 7.0),
        (Decimal("0.1"), 0.1),
        (Decimal(1) / 3, 1 / 3),
        (Decimal("1E+20"), 1e20),
        (123456789012345, 123456789012345.0),
        (123456789012345678, "123456789012345678"),
        (Decimal("40702810900000012345"), "40702810900000012345"),
        (True, True),
        (date(2026, 11, 21), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 9, 30, 15), datetime(2026, 11, 21, 9, 30, 15)),
    ],
)
@pytest.mark.parametrize("format", list(Format))
def test_values_keep_their_kind_and_every_digit(value: Value, found: Cell, format: Format) -> None:
    assert read_back(value, format) == found


def test_days_are_counted_from_1904_where_the_book_does() -> None:
    assert read_back(date(2026, 11, 21), date1904=True) == date(2026, 11, 21)
    with pytest.raises(GuardError, match="T!A2: this workbook has no dates before 1904"):
        read_back(date(1903, 12, 31), date1904=True)


def test_tabs_stand_in_the_order_given_and_none_is_selected() -> None:
    tabs = [Tab("Runs", group="system"), Tab("▦ Sales"), Tab("Start", group="start")]
    data = scratch(tabs)
    book = openpyxl.load_workbook(BytesIO(data))
    assert [(sheet.title, sheet.sheet_state) for sheet in book.worksheets] == [
        ("Runs", "hidden"),
        ("▦ Sales", "visible"),
        ("Start", "visible"),
    ]
    with ZipFile(BytesIO(data)) as package:
        sheets = [package.read(f"xl/worksheets/sheet{number}.xml") for number in (1, 2, 3)]
    assert not any(b"tabSelected" in sheet for sheet in sheets)


def test_a_new_book_has_its_groups_in_order_and_opens_on_the_first_tab_that_shows() -> None:
    tabs = [Tab("Runs", group="system"), Tab("▦ Sales"), Tab("Aside", group="start", hidden=True)]
    book = openpyxl.load_workbook(BytesIO(fresh([*tabs, Tab("Start", group="start")])))
    assert book.sheetnames == ["Aside", "Start", "▦ Sales", "Runs"]
    assert book.active is not None
    assert book.active.title == "Start"


def test_a_tab_carries_its_texts_with_it() -> None:
    with ZipFile(BytesIO(scratch([table(TabColumn("A"), rows=values("x"))]))) as package:
        assert "xl/sharedStrings.xml" not in package.namelist()


def test_the_same_tabs_make_the_same_bytes() -> None:
    columns = (TabColumn("A", choices=("x",), note="a note"), TabColumn("B", check=Check("whole")))
    rows = (TabRow((Shown("x", link=("https://example.org", "")), 1)),)
    more = {"chart": Chart("bar", "", 0, (1,), 0, 0), "highlights": (Highlight(1, "bar"),)}
    tabs = [table(*columns, rows=rows, **more), Tab("▦ Sales")]
    assert scratch(tabs) == scratch(tabs)
    assert fresh(tabs) == fresh(tabs)
    assert fresh(tabs, datetime(2026, 11, 21)) != fresh(tabs)


@pytest.mark.parametrize("title", ["a/b", "x" * 32, "'quoted'", "History"])
def test_a_title_that_no_program_takes_is_refused(title: str) -> None:
    with pytest.raises(GuardError, match="A tab cannot be named"):
        scratch([Tab(title)])


def test_a_text_that_no_cell_holds_is_refused_by_its_place() -> None:
    with pytest.raises(GuardError, match="T!A2"):
        scratch([table(TabColumn("A"), rows=values("\ufffe"))])
