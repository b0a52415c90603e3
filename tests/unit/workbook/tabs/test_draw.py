"""A drawn tab is pleasant to work in: its formats, levels, links and comments are real ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.tab import Format, Item, Look, Shown, Tab, TabColumn, TabRow
from sheetcrm.workbook.looks import group_of
from tests.unit.workbook.tabs.drawn import book, drawn, part, table, values

SHEET = "xl/worksheets/sheet1.xml"


def hidden_columns(sheet: Worksheet) -> list[int]:
    """The numbers of the hidden columns; neighbours that are alike share one entry."""
    entries = (entry for entry in sheet.column_dimensions.values() if entry.hidden)
    return sorted(number for entry in entries for number in range(entry.min or 0, (entry.max or 0) + 1))


@pytest.mark.parametrize(
    ("format", "items", "group", "shown"),
    [
        (Format.TEXT, ("x",), "work", "@"),
        (Format.TEXT, ("x",), "report", "General"),
        (Format.INTEGER, (7,), "report", '#,##0;-#,##0;"–"'),
        (Format.MONEY, (Decimal("1.5"),), "work", "#,##0.00"),
        (Format.MONEY, (Decimal("1.5"),), "report", '#,##0.00;-#,##0.00;"–"'),
        (Format.MONEY, (Decimal("1.5"), Decimal(20_000)), "report", '#,##0;-#,##0;"–"'),
        (Format.QUANTITY, (Decimal("1.5"),), "work", "[>=1000]#,##0;General"),
        (Format.QUANTITY, (Decimal("1.5"),), "report", '#,##0.0;-#,##0.0;"–"'),
        (Format.QUANTITY, (Decimal("1.25"),), "report", '#,##0.00;-#,##0.00;"–"'),
        (Format.QUANTITY, (None, 3), "report", '#,##0;-#,##0;"–"'),
        (Format.PERCENT, (Decimal("0.5"),), "report", "0.0%"),
        (Format.DATE, (date(2026, 11, 21),), "work", "dd.mm.yyyy"),
        (Format.DATETIME, (date(2026, 11, 21),), "work", "dd.mm.yyyy hh:mm"),
        (Format.MONTH, (date(2026, 11, 1),), "report", "mm.yyyy"),
    ],
)
def test_numbers_and_dates_have_the_format_of_their_column(
    format: Format, items: tuple[Item, ...], group: str, shown: str
) -> None:
    sheet = drawn(table(TabColumn("A", format), rows=values(*items), group=group))
    assert sheet["A2"].number_format == shown


def test_a_day_among_texts_is_shown_as_one_and_a_number_among_days_as_a_number() -> None:
    sheet = drawn(table(TabColumn("Name"), TabColumn("Since", Format.DATE), rows=(TabRow((date(2026, 11, 21), 7)),)))
    assert (sheet["A2"].number_format, sheet["B2"].number_format) == ("dd.mm.yyyy", "General")


def test_headers_stay_and_can_filter() -> None:
    tab = table(TabColumn("ID", unit="no."), TabColumn("Name"), rows=values("a"), freeze=2, filter=True, spare=3)
    sheet = drawn(tab)
    assert sheet["A1"].value == "ID\nno."
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:B5"
    assert sheet.print_title_rows == "$1:$1"


def test_a_tab_is_printed_on_pages_of_its_width() -> None:
    sheet = drawn(table(TabColumn("A")))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert sheet.oddFooter is not None
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("&A", "&P / &N")


def test_grid_lines_are_off_where_nobody_types() -> None:
    made = book(Tab("W", group="work"), Tab("R", group="report"), Tab("S", group="start"))
    assert [made[title].sheet_view.showGridLines is not False for title in "WRS"] == [True, False, False]


def test_levels_fold_with_their_button_before_them() -> None:
    columns = (TabColumn("Name"), TabColumn("INN", level=1, collapsed=True), TabColumn("KPP", level=1, collapsed=True))
    rows = (TabRow(("all",), Look.SUBTOTAL), TabRow(("one",), level=1), TabRow(("two",), level=1))
    tab = table(*columns, rows=rows)
    sheet = drawn(tab)
    assert hidden_columns(sheet) == [2, 3]
    assert sheet.column_dimensions["A"].collapsed
    assert [sheet.row_dimensions[row].outlineLevel for row in (2, 3, 4)] == [0, 1, 1]
    assert sheet.sheet_properties.outlinePr is not None
    assert sheet.sheet_properties.outlinePr.summaryBelow is False
    assert sheet.sheet_properties.outlinePr.summaryRight is False
    assert 'outlineLevelRow="1" outlineLevelCol="1"' in part(SHEET, tab)


def test_a_folded_row_has_its_button_on_the_row_above_and_stands_level_with_its_siblings() -> None:
    rows = (
        TabRow(("all",), Look.SUBTOTAL),
        TabRow(("one",), level=1),
        TabRow(("two",), level=2, folded=True),
        TabRow(("three",), level=2, folded=True),
    )
    sheet = drawn(table(TabColumn("Name"), rows=rows))
    assert [sheet.row_dimensions[row].hidden for row in (3, 4, 5)] == [False, True, True]
    assert [sheet.row_dimensions[row].collapsed for row in (3, 4, 5)] == [True, False, False]
    assert [sheet.cell(row, 1).alignment.indent for row in (3, 4)] == [1, 1]


def test_a_first_row_that_is_folded_has_its_button_on_the_header() -> None:
    sheet = drawn(table(TabColumn("Name"), rows=(TabRow(("one",), level=1, folded=True),)))
    assert [sheet.row_dimensions[row].collapsed for row in (1, 2)] == [True, False]


def test_subtotals_below_their_rows_have_the_button_below() -> None:
    rows = (TabRow(("one",), level=1), TabRow(("all",), Look.SUBTOTAL))
    properties = drawn(table(TabColumn("A"), rows=rows)).sheet_properties.outlinePr
    assert properties is not None
    assert properties.summaryBelow is not False


def test_a_date_keeps_its_distance_from_the_number_before_it() -> None:
    columns = (TabColumn("Amount", Format.MONEY), TabColumn("Due", Format.DATE))
    sheet = drawn(table(*columns, rows=(TabRow((1, date(2026, 11, 21))),)))
    assert sheet["B2"].alignment.indent == 1


def test_beside_wrapped_text_short_ones_stand_level_with_its_first_line() -> None:
    columns = (TabColumn("Where"), TabColumn("What", width=20, wrap=True))
    sheet = drawn(table(*columns, rows=(TabRow(("A1", "it is " * 10)),)))
    assert [sheet[cell].alignment.vertical for cell in ("A2", "B2")] == ["top", "top"]
    assert (sheet.row_dimensions[2].height or 0) > 40


def test_hidden_columns_and_system_tabs_are_hidden() -> None:
    made = book(table(TabColumn("A"), TabColumn("link", hidden=True)), Tab("Runs", group="system"))
    assert hidden_columns(made["T"]) == [2]
    assert made["Runs"].sheet_state == "hidden"


@pytest.mark.parametrize(
    ("link", "location", "target"),
    [
        (("Anna's tab", "B7"), "'Anna''s tab'!B7", None),
        (("https://example.org/x?a=1&b=2#c", ""), None, "https://example.org/x?a=1&b=2#c"),
        (("HTTP://example.org", ""), None, "HTTP://example.org"),
        (("mailto:anna@example.org", ""), None, "mailto:anna@example.org"),
        (("tel:+79161234567", ""), None, "tel:+79161234567"),
    ],
)
def test_links_lead_to_cells_and_pages(link: tuple[str, str], location: str | None, target: str | None) -> None:
    found = drawn(table(TabColumn("A"), rows=values(Shown("go", link=link))))["A2"].hyperlink
    assert found is not None
    assert (found.location, found.target) == (location, target)


def test_a_number_with_a_link_stays_a_number() -> None:
    cell = drawn(table(TabColumn("A", Format.INTEGER), rows=values(Shown(7, link=("T", "A1")))))["A2"]
    assert (cell.value, cell.hyperlink.location) == (7, "'T'!A1")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "\\\\server\\share",
        "http://[broken",
        "http://a\x0bb",
        "https://example.org/" + "x" * 2_000,
    ],
)
def test_links_to_anything_else_stay_text(address: str) -> None:
    cell = drawn(table(TabColumn("A"), rows=values(Shown("go", link=(address, "")))))["A2"]
    assert cell.hyperlink is None
    assert cell.value == "go"


def test_what_shows_nothing_has_no_link() -> None:
    assert drawn(table(TabColumn("A"), rows=values(Shown(None, link=("T", "A1")))))["A2"].hyperlink is None


def test_notes_are_comments() -> None:
    sheet = drawn(table(TabColumn("A", note="what belongs here"), rows=values(Shown(1, note="a\x07 rose"))))
    texts = [comment.text for cell in ("A1", "A2") if (comment := sheet[cell].comment) is not None]
    assert texts == ["what belongs here", "a_x0007_ rose"]


def test_the_cells_look_wins_over_the_rows_and_the_columns() -> None:
    columns = (TabColumn("A", look=Look.DERIVED), TabColumn("B", look=Look.DERIVED))
    rows = (TabRow(("x", "y")), TabRow(("x", Shown("y", Look.BAD)), Look.TOTAL))
    sheet = drawn(table(*columns, rows=rows))
    assert sheet["A2"].font.color.rgb == "FF6B7785"
    assert sheet["A3"].font.bold
    assert sheet["B3"].font.color.rgb == "FF96281B"


def test_spare_rows_are_dressed_for_typing() -> None:
    sheet = drawn(table(TabColumn("Since", Format.DATE), spare=1))
    assert sheet["A2"].number_format == "dd.mm.yyyy"
    assert sheet["A2"].value is None


def test_ids_typed_as_text_get_no_green_corners() -> None:
    tab = table(TabColumn("INN"), TabColumn("KPP"), rows=values("7707083893"), spare=4)
    assert 'sqref="A1:B6" numberStoredAsText="1"' in part(SHEET, tab)


def test_free_text_is_as_wide_as_it_needs() -> None:
    rows = (TabRow(("Next steps",), Look.HEADING), TabRow(("1", "open the tab", "a long explanation of that" * 3)))
    sheet = drawn(Tab("Start", rows=rows, group="start", lead=values("Hello")))
    assert sheet["A3"].value == "Next steps"
    assert sheet["C4"].value.startswith("a long")
    assert sheet.column_dimensions["B"].width == 15
    assert "C" not in sheet.column_dimensions


def test_a_standing_tab_is_known_by_its_colour_or_its_mark() -> None:
    assert group_of("Clients", "FF3C8D7A") == "work"
    assert group_of("▦ Sales", "FF0000") == "report"
    assert group_of("My notes", "") is None
