"""A drawn tab is pleasant to work in: formats, drop-downs, levels, links and charts are real ones."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.tab import Chart, Check, Format, Highlight, Item, Look, Shown, Tab, TabColumn, TabRow
from sheetcrm.workbook.xlsx import XlsxWorkbook


def drawn(folder: Path, *tabs: Tab) -> Worksheet:
    """The first of the tabs, as it stands in a new book."""
    path = folder / "new.xlsx"
    XlsxWorkbook(path, lambda _: None).write((), tabs, "")
    sheet = openpyxl.load_workbook(path)[tabs[0].title]
    assert isinstance(sheet, Worksheet)
    return sheet


def table(*columns: TabColumn, rows: tuple[TabRow, ...] = (), **more: Any) -> Tab:
    settings: dict[str, Any] = {"group": "work"} | more
    return Tab("T", columns, rows, **settings)


def values(*items: Item) -> tuple[TabRow, ...]:
    return tuple(TabRow((item,)) for item in items)


@pytest.mark.parametrize(
    ("format", "items", "group", "shown"),
    [
        (Format.TEXT, ("x",), "work", "@"),
        (Format.TEXT, ("x",), "report", "General"),
        (Format.INTEGER, (7,), "report", "#,##0;-#,##0;–"),
        (Format.MONEY, (Decimal("1.5"),), "work", "#,##0.00"),
        (Format.MONEY, (Decimal("1.5"),), "report", "#,##0.00;-#,##0.00;–"),
        (Format.MONEY, (Decimal("1.5"), Decimal(20_000)), "report", "#,##0;-#,##0;–"),
        (Format.QUANTITY, (Decimal("1.5"),), "report", "#,##0.0;-#,##0.0;–"),
        (Format.QUANTITY, (Decimal("1.25"),), "report", "#,##0.00;-#,##0.00;–"),
        (Format.QUANTITY, (None, 3), "report", "#,##0;-#,##0;–"),
        (Format.PERCENT, (Decimal("0.5"),), "report", "0.0%"),
        (Format.DATE, (date(2026, 11, 21),), "work", "dd.mm.yyyy"),
        (Format.DATETIME, (date(2026, 11, 21),), "work", "dd.mm.yyyy hh:mm"),
        (Format.MONTH, (date(2026, 11, 1),), "report", "mm.yyyy"),
    ],
)
def test_numbers_and_dates_have_the_format_of_their_column(
    tmp_path: Path, format: Format, items: tuple[Item, ...], group: str, shown: str
) -> None:
    sheet = drawn(tmp_path, table(TabColumn("A", format), rows=values(*items), group=group))
    assert sheet["A2"].number_format == shown


def test_headers_stay_and_can_filter(tmp_path: Path) -> None:
    tab = table(TabColumn("ID", unit="no."), TabColumn("Name"), rows=values("a"), freeze=2, filter=True, spare=3)
    sheet = drawn(tmp_path, tab)
    assert sheet["A1"].value == "ID\nno."
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:B5"
    assert sheet.print_title_rows == "$1:$1"


def test_grid_lines_are_off_where_nobody_types(tmp_path: Path) -> None:
    tabs = (Tab("W", group="work"), Tab("R", group="report"), Tab("S", group="start"))
    book = drawn(tmp_path, *tabs).parent
    assert book is not None
    assert [book[tab.title].sheet_view.showGridLines for tab in tabs] == [True, False, False]


def test_a_short_list_is_a_drop_down_that_warns(tmp_path: Path) -> None:
    column = TabColumn("Stage", choices=("lead", 'the "best"'), note="where the client stands")
    rule = drawn(tmp_path, table(column, rows=values("lead"), spare=2)).data_validations.dataValidation[0]
    assert (rule.formula1, rule.errorStyle, str(rule.sqref)) == ('"lead,the ""best"""', "warning", "A2:A4")
    assert rule.error == "where the client stands"
    assert rule.showErrorMessage


def test_a_strict_list_stops(tmp_path: Path) -> None:
    column = TabColumn("Stage", choices=("lead",), strict=True)
    assert drawn(tmp_path, table(column, spare=1)).data_validations.dataValidation[0].errorStyle == "stop"


def test_a_list_on_another_tab_is_a_name_that_grows_with_it(tmp_path: Path) -> None:
    managers = Tab("Our managers", (TabColumn("ID"), TabColumn("Name")), (TabRow(("M-1", "Anna")),), group="reference")
    sheet = drawn(tmp_path, table(TabColumn("Manager", choices=("Our managers", 1, 2)), spare=1), managers)
    name = sheet.data_validations.dataValidation[0].formula1
    assert name is not None
    assert sheet.parent is not None
    source = sheet.parent.defined_names[name]
    assert source.hidden
    assert source.attr_text.startswith("'Our managers'!$B$2:INDEX('Our managers'!$B$2:$B$5001,")


@pytest.mark.parametrize("choices", [("a, b", "c"), tuple(f"choice {n}" for n in range(40))])
def test_a_list_that_no_cell_takes_is_left_out(tmp_path: Path, choices: tuple[str, ...]) -> None:
    assert not drawn(tmp_path, table(TabColumn("A", choices=choices), spare=1)).data_validations.dataValidation


@pytest.mark.parametrize(
    ("highlight", "formula"),
    [
        (Highlight(0, "filled"), 'LEN(TRIM(SUBSTITUTE($A2,"\u00a0"," ")))>0'),
        (Highlight(0, "blank"), "COUNTA($A2:$B2)>0"),
        (Highlight(0, "equals", Look.BAD, ('a "b"', "c")), 'OR($A2="a ""b""",$A2="c")'),
    ],
)
def test_highlights_are_conditional_formats(tmp_path: Path, highlight: Highlight, formula: str) -> None:
    tab = table(TabColumn("A"), TabColumn("B"), rows=values("x"), spare=1, highlights=(highlight,))
    (found,) = drawn(tmp_path, tab).conditional_formatting
    assert str(found.sqref) == "A2:A3"
    assert formula in found.rules[0].formula[0]


def test_bars_leave_the_totals_out(tmp_path: Path) -> None:
    rows = (*values(1, 2), TabRow((3,), Look.TOTAL))
    (found,) = drawn(
        tmp_path, table(TabColumn("A"), rows=rows, highlights=(Highlight(0, "bar"),))
    ).conditional_formatting
    assert str(found.sqref) == "A2:A3"
    assert found.rules[0].dataBar is not None


def test_levels_fold_with_their_button_before_them(tmp_path: Path) -> None:
    columns = (TabColumn("Name"), TabColumn("INN", level=1, collapsed=True), TabColumn("KPP", level=1, collapsed=True))
    rows = (TabRow(("all",), Look.SUBTOTAL), TabRow(("one",), level=1), TabRow(("two",), level=1))
    tab = table(*columns, rows=rows)
    sheet = drawn(tmp_path, tab)
    assert [sheet.column_dimensions[letter].hidden for letter in "ABC"] == [False, True, True]
    assert sheet.column_dimensions["A"].collapsed
    assert [sheet.row_dimensions[row].outlineLevel for row in (2, 3, 4)] == [0, 1, 1]
    assert sheet.sheet_properties.outlinePr is not None
    assert not sheet.sheet_properties.outlinePr.summaryBelow
    with ZipFile(tmp_path / "new.xlsx") as package:
        assert b'outlineLevelRow="1" outlineLevelCol="1"' in package.read("xl/worksheets/sheet1.xml")


def test_a_folded_row_has_its_button_on_the_row_above_and_stands_level_with_its_siblings(tmp_path: Path) -> None:
    rows = (
        TabRow(("all",), Look.SUBTOTAL),
        TabRow(("one",), level=1),
        TabRow(("two",), level=2, folded=True),
        TabRow(("three",), level=2, folded=True),
    )
    sheet = drawn(tmp_path, table(TabColumn("Name"), rows=rows))
    assert [sheet.row_dimensions[row].hidden for row in (3, 4, 5)] == [False, True, True]
    assert [sheet.row_dimensions[row].collapsed for row in (3, 4, 5)] == [True, False, False]
    assert [sheet.cell(row, 1).alignment.indent for row in (3, 4)] == [1, 1]


def test_a_date_keeps_its_distance_from_the_number_before_it(tmp_path: Path) -> None:
    columns = (TabColumn("Amount", Format.MONEY), TabColumn("Due", Format.DATE))
    sheet = drawn(tmp_path, table(*columns, rows=(TabRow((1, date(2026, 11, 21))),)))
    assert sheet["B2"].alignment.indent == 1


def test_beside_wrapped_text_short_ones_stand_level_with_its_first_line(tmp_path: Path) -> None:
    columns = (TabColumn("Where"), TabColumn("What", width=20, wrap=True))
    sheet = drawn(tmp_path, table(*columns, rows=(TabRow(("A1", "it is " * 10)),)))
    assert [sheet[cell].alignment.vertical for cell in ("A2", "B2")] == ["top", "top"]
    assert (sheet.row_dimensions[2].height or 0) > 40


def test_subtotals_below_their_rows_have_the_button_below(tmp_path: Path) -> None:
    rows = (TabRow(("one",), level=1), TabRow(("all",), Look.SUBTOTAL))
    properties = drawn(tmp_path, table(TabColumn("A"), rows=rows)).sheet_properties.outlinePr
    assert properties is not None
    assert properties.summaryBelow


def test_hidden_columns_and_system_tabs_are_hidden(tmp_path: Path) -> None:
    sheet = drawn(tmp_path, table(TabColumn("A"), TabColumn("link", hidden=True)), Tab("Runs", group="system"))
    assert sheet.column_dimensions["B"].hidden
    assert sheet.parent is not None
    assert sheet.parent["Runs"].sheet_state == "hidden"


@pytest.mark.parametrize(
    ("link", "location", "target"),
    [
        (("Anna's tab", "B7"), "'Anna''s tab'!B7", None),
        (("https://example.org/x", ""), None, "https://example.org/x"),
        (("mailto:anna@example.org", ""), None, "mailto:anna@example.org"),
    ],
)
def test_links_lead_to_cells_and_pages(
    tmp_path: Path, link: tuple[str, str], location: str | None, target: str | None
) -> None:
    found = drawn(tmp_path, table(TabColumn("A"), rows=values(Shown("go", link=link))))["A2"].hyperlink
    assert found is not None
    assert (found.location, found.target) == (location, target)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "\\\\server\\share"])
def test_links_to_anything_else_stay_text(tmp_path: Path, address: str) -> None:
    cell = drawn(tmp_path, table(TabColumn("A"), rows=values(Shown("go", link=(address, "")))))["A2"]
    assert cell.hyperlink is None
    assert cell.value == "go"


def test_notes_are_comments(tmp_path: Path) -> None:
    sheet = drawn(tmp_path, table(TabColumn("A", note="what belongs here"), rows=values(Shown(1, note="rose"))))
    texts = [comment.text for cell in ("A1", "A2") if (comment := sheet[cell].comment) is not None]
    assert texts == ["what belongs here", "rose"]


def test_the_cells_look_wins_over_the_rows_and_the_columns(tmp_path: Path) -> None:
    columns = (TabColumn("A", look=Look.DERIVED), TabColumn("B", look=Look.DERIVED))
    rows = (TabRow(("x", "y")), TabRow(("x", Shown("y", Look.BAD)), Look.TOTAL))
    sheet = drawn(tmp_path, table(*columns, rows=rows))
    assert sheet["A2"].font.color.rgb == "006B7785"
    assert sheet["A3"].font.bold
    assert sheet["B3"].font.color.rgb == "0096281B"


def test_spare_rows_are_dressed_for_typing(tmp_path: Path) -> None:
    sheet = drawn(tmp_path, table(TabColumn("Since", Format.DATE), spare=1))
    assert sheet["A2"].number_format == "dd.mm.yyyy"
    assert sheet["A2"].value is None


def test_ids_typed_as_text_get_no_green_corners(tmp_path: Path) -> None:
    drawn(tmp_path, table(TabColumn("INN"), TabColumn("KPP"), rows=values("7707083893"), spare=4))
    with ZipFile(tmp_path / "new.xlsx") as package:
        assert b'sqref="A1:B6" numberStoredAsText="1"' in package.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("kind", ["bar", "column", "stacked", "line"])
def test_a_chart_stands_right_of_the_table(tmp_path: Path, kind: Literal["bar", "column", "stacked", "line"]) -> None:
    chart = Chart(kind, "Sales", 0, (1, 2), 0, 1)
    columns = (TabColumn("Month"), TabColumn("Ours", Format.MONEY), TabColumn("Theirs", Format.MONEY))
    rows = (TabRow(("May", 1, 2)), TabRow(("June", 3, 4)), TabRow(("all", 4, 6), Look.TOTAL))
    drawn(tmp_path, table(*columns, rows=rows, group="report", chart=chart, lead=values("Sales")))
    with ZipFile(tmp_path / "new.xlsx") as package:
        anchor = package.read("xl/drawings/drawing1.xml").decode()
        drawing = package.read("xl/charts/chart1.xml").decode()
    assert re.findall(r"<(?:xdr:)?(?:col|row)>(\d+)<", anchor) == ["4", "3"]
    assert re.findall(r"<(?:c:)?f>([^<]+)<", drawing) == [
        "'T'!$A$4:$A$5",
        "'T'!$B$4:$B$5",
        "'T'!$A$4:$A$5",
        "'T'!$C$4:$C$5",
    ]
    assert re.findall(r"<v>([^<]+)</v></tx>", drawing) == ["Ours", "Theirs"]
    assert '<delete val="1"/>' not in drawing
    assert drawing.count('<delete val="0"/>') == 2


def test_a_chart_stands_below_a_wide_table(tmp_path: Path) -> None:
    columns = (TabColumn("Month", width=90), TabColumn("Ours", Format.MONEY, width=90))
    tab = table(*columns, rows=values(1), group="report", chart=Chart("bar", "Sales", 0, (1,), 0, 0))
    drawn(tmp_path, replace(tab, footer=values("That is all.")))
    with ZipFile(tmp_path / "new.xlsx") as package:
        anchor = package.read("xl/drawings/drawing1.xml").decode()
    assert re.findall(r"<(?:xdr:)?(?:col|row)>(\d+)<", anchor) == ["0", "5"]


def test_a_chart_draws_what_is_folded_too(tmp_path: Path) -> None:
    columns = (TabColumn("Month"), TabColumn("Ours", Format.MONEY, level=1, collapsed=True))
    drawn(tmp_path, table(*columns, rows=values(1), group="report", chart=Chart("bar", "Sales", 0, (1,), 0, 0)))
    with ZipFile(tmp_path / "new.xlsx") as package:
        assert b'<plotVisOnly val="0"/>' in package.read("xl/charts/chart1.xml")


def test_free_text_is_as_wide_as_it_needs(tmp_path: Path) -> None:
    rows = (TabRow(("Next steps",), Look.HEADING), TabRow(("1", "open the tab", "a long explanation of that" * 3)))
    sheet = drawn(tmp_path, Tab("Start", rows=rows, group="start", lead=values("Hello")))
    assert sheet["A3"].value == "Next steps"
    assert sheet["C4"].value.startswith("a long")
    assert sheet.column_dimensions["B"].width == 15
    assert "C" not in sheet.column_dimensions


@pytest.mark.parametrize(
    ("check", "rule"),
    [
        (Check("date"), ("date", "greaterThan", "1", None)),
        (Check("whole", Decimal(0)), ("whole", "between", "0", str(10**15))),
        (Check("number", Decimal(0), Decimal(100)), ("decimal", "between", "0", "100")),
    ],
)
def test_what_may_be_typed_is_checked_with_a_sentence(
    tmp_path: Path, check: Check, rule: tuple[str, str, str, str | None]
) -> None:
    said = replace(check, message="a number, please")
    found = drawn(tmp_path, table(TabColumn("A", check=said), spare=2)).data_validations.dataValidation[0]
    assert (found.type, found.operator, found.formula1, found.formula2) == rule
    assert (str(found.sqref), found.error) == ("A2:A3", "a number, please")


def test_a_stretch_of_another_tab_is_a_name_of_its_own(tmp_path: Path) -> None:
    lists = Tab("Lists", (TabColumn("list"), TabColumn("en")), (TabRow(("stage", "Lead")),), group="reference")
    columns = (TabColumn("Stage", choices=("Lists", 1, 2, 4)), TabColumn("Source", choices=("Lists", 1, 5, 9)))
    book = drawn(tmp_path, table(*columns, spare=1), lists).parent
    assert book is not None
    sources = sorted(name.attr_text for name in book.defined_names.values())
    assert sources == ["'Lists'!$B$2:$B$4", "'Lists'!$B$5:$B$9"]


def test_a_highlight_can_hang_on_another_column(tmp_path: Path) -> None:
    highlight = Highlight(1, "blank", when=(0, ("buyer",)))
    (found,) = drawn(
        tmp_path, table(TabColumn("A"), TabColumn("B"), spare=1, highlights=(highlight,))
    ).conditional_formatting
    assert 'OR($A2="buyer")' in found.rules[0].formula[0]


def test_a_chart_across_draws_its_rows(tmp_path: Path) -> None:
    chart = Chart("stacked", "Sales", 0, (1, 2), 0, 1, across=True)
    rows = (TabRow(("Anna", 1, 2)), TabRow((Shown("Boris"), 3, 4)))
    drawn(tmp_path, table(TabColumn("Who"), TabColumn("May"), TabColumn("June"), rows=rows, chart=chart))
    with ZipFile(tmp_path / "new.xlsx") as package:
        drawing = package.read("xl/charts/chart1.xml").decode()
    assert re.findall(r"<v>([^<]+)</v></tx>", drawing) == ["Anna", "Boris"]
    assert "'T'!$B$2:$C$2" in drawing
    assert "'T'!$B$1:$C$1" in drawing
