"""A tab drawn in a Google Sheet: its values, looks, links and sizes are those of the one in a file."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from sheetcrm.errors import GuardError
from sheetcrm.tab import Format, Item, Look, Shown, Tab, TabColumn, TabRow
from sheetcrm.workbook.google.tabs import group_of
from tests.unit.workbook.google.tabs.canvas import Canvas, Json, rgb, size, table, values


@pytest.fixture
def canvas() -> Canvas:
    return Canvas()


# ── values ──


@pytest.mark.parametrize("text", ["=1+1", "007", "+7 999 123-45-67", "1,5", "2026-11-21", "TRUE", "#N/A"])
def test_text_is_text_whatever_it_looks_like(text: str, canvas: Canvas) -> None:
    canvas.draw(table(TabColumn("A"), rows=values(text)))
    assert canvas.cell("A2")["userEnteredValue"] == {"stringValue": text}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (7, {"numberValue": 7}),
        (Decimal("1.5"), {"numberValue": 1.5}),
        (12_345_678_901_234_567, {"stringValue": "12345678901234567"}),
        (True, {"boolValue": True}),
        (date(2026, 11, 21), {"numberValue": 46347}),
        (datetime(2026, 11, 21, 18, 0), {"numberValue": 46347.75}),
    ],
)
def test_what_is_no_text_keeps_its_type(value: Any, kept: Json, canvas: Canvas) -> None:
    canvas.draw(table(TabColumn("A"), rows=values(value)))
    assert canvas.cell("A2")["userEnteredValue"] == kept


def test_lines_stand_above_and_below_the_table(canvas: Canvas) -> None:
    lead, footer = (TabRow(("Sales",), Look.TITLE),), (TabRow(("that is all",), Look.NOTE),)
    canvas.draw(table(TabColumn("Sum", unit="GBP"), rows=values(1, 2), lead=lead, footer=footer))
    assert canvas.values() == [["Sales"], [], ["Sum\nGBP"], [1], [2], [], ["that is all"]]


def test_what_no_cell_can_hold_is_refused_by_its_address(canvas: Canvas) -> None:
    with pytest.raises(GuardError, match="T!A3"):
        canvas.requests(table(TabColumn("A"), rows=values("x", date(1812, 9, 7))))


def test_a_tab_that_cannot_be_called_so_is_refused(canvas: Canvas) -> None:
    with pytest.raises(GuardError, match="A/B"):
        canvas.requests(Tab("A/B"))


def test_many_rows_go_in_requests_that_a_batch_can_hold(canvas: Canvas) -> None:
    rows = tuple(TabRow((number, f"Client {number}")) for number in range(1_200))
    long = tuple(TabRow(("x" * 30_000,)) for _ in range(30))
    requests = canvas.draw(table(TabColumn("No."), TabColumn("Name"), rows=(*rows, *long)))
    parts = [request["updateCells"]["rows"] for request in requests if "updateCells" in request]
    assert max(map(len, parts)) == 500
    assert max(map(size, parts)) < 300_000
    assert len(canvas.values()) == 1_231


def test_a_large_tab_costs_little_more_than_its_values(canvas: Canvas) -> None:
    columns = [TabColumn(f"Column {number}", look=Look.KEY if not number else Look.PLAIN) for number in range(12)]
    rows = tuple(TabRow([f"Client {row} {at}" for at in range(12)]) for row in range(2_000))
    requests = canvas.requests(table(*columns, rows=rows, filter=True, freeze=1))
    written = [request for request in requests if "updateCells" in request]
    assert size(written) / (2_000 * 12) < 60
    assert size(requests) - size(written) < 5_000


# ── looks ──


@pytest.mark.parametrize(
    ("format", "item", "group", "shown"),
    [
        (Format.TEXT, "x", "work", {"type": "TEXT", "pattern": "@"}),
        (Format.TEXT, "x", "report", None),
        (Format.TEXT, 7, "work", None),
        (Format.INTEGER, 7, "report", {"type": "NUMBER", "pattern": '#,##0;-#,##0;"–"'}),
        (Format.MONEY, Decimal("1.5"), "work", {"type": "NUMBER", "pattern": "#,##0.00"}),
        (Format.QUANTITY, Decimal("1.5"), "work", None),
        (Format.PERCENT, Decimal("0.5"), "report", {"type": "PERCENT", "pattern": "0.0%"}),
        (Format.DATE, date(2026, 11, 21), "work", {"type": "DATE", "pattern": "dd.mm.yyyy"}),
        (Format.DATE, 7, "work", None),
        (Format.TEXT, date(2026, 11, 21), "work", {"type": "DATE", "pattern": "dd.mm.yyyy"}),
        (Format.DATETIME, datetime(2026, 11, 21, 9), "work", {"type": "DATE_TIME", "pattern": "dd.mm.yyyy hh:mm"}),
        (Format.MONTH, date(2026, 11, 1), "report", {"type": "DATE", "pattern": "mm.yyyy"}),
    ],
)
def test_numbers_and_dates_have_the_format_of_their_column(
    format: Format, item: Item, group: str, shown: Json | None, canvas: Canvas
) -> None:
    canvas.draw(table(TabColumn("A", format), rows=values(item), group=group))
    assert canvas.format("A2").get("numberFormat") == shown


def test_headers_tell_what_is_typed_and_what_is_computed(canvas: Canvas) -> None:
    looks = (Look.PLAIN, Look.KEY, Look.DERIVED, Look.INPUT)
    canvas.draw(table(*(TabColumn(look.value, look=look) for look in looks), rows=values("x")))
    fills = [rgb(canvas.format(f"{letter}1")["backgroundColorStyle"]) for letter in "ABCD"]
    assert fills == ["2F5D7C", "8B95A1", "8B95A1", "3C8D7A"]
    assert canvas.format("A1")["textFormat"]["bold"]


def test_a_cells_look_wins_over_its_rows_and_that_over_its_columns(canvas: Canvas) -> None:
    rows = (TabRow(("a", "b")), TabRow(("a", Shown("b", Look.BAD)), Look.TOTAL))
    canvas.draw(table(TabColumn("A"), TabColumn("B", look=Look.DERIVED), rows=rows, group="report"))
    fills = {cell: canvas.format(cell).get("backgroundColorStyle") for cell in ("A2", "B2", "A3", "B3")}
    assert {cell: fill and rgb(fill) for cell, fill in fills.items()} == {
        "A2": None,
        "B2": "F4F5F7",
        "A3": "F3F6F9",
        "B3": "FAE3E0",
    }


def test_rows_of_a_report_are_parted_by_thin_lines(canvas: Canvas) -> None:
    canvas.draw(table(TabColumn("A"), rows=values("x"), group="report"))
    assert rgb(canvas.format("A2")["borders"]["bottom"]["colorStyle"]) == "D9DEE4"


def test_deeper_rows_are_indented(canvas: Canvas) -> None:
    rows = (TabRow(("all",)), TabRow(("one",), level=1), TabRow(("half",), level=2))
    canvas.draw(table(TabColumn("A"), rows=rows, group="report"))
    assert "padding" not in canvas.format("A2")
    assert canvas.format("A3")["padding"]["left"] < canvas.format("A4")["padding"]["left"]


def test_long_text_wraps_and_the_short_ones_stand_on_its_first_line(canvas: Canvas) -> None:
    requests = canvas.draw(table(TabColumn("A"), TabColumn("B", wrap=True), rows=(TabRow(("x", "y " * 99)),)))
    assert canvas.format("B2")["wrapStrategy"] == "WRAP"
    assert canvas.format("A2")["verticalAlignment"] == "TOP"
    assert {"autoResizeDimensions"} & {kind for request in requests for kind in request}


def test_a_heading_of_free_text_is_ruled_across_the_page(canvas: Canvas) -> None:
    canvas.draw(Tab("T", rows=(TabRow(("What",), Look.HEADING), TabRow(("a", "b"))), group="start"))
    assert "bottom" in canvas.format("B1")["borders"]


# ── links and notes ──


def test_links_lead_to_cells_by_their_tabs_id(canvas: Canvas) -> None:
    own = canvas.gid("Own")
    rows = values(Shown("Rose", link=("Own", "B17")), Shown("web", link=("https://example.com/?a=1", "")))
    canvas.draw(table(TabColumn("A"), rows=rows))
    assert canvas.format("A2")["textFormat"]["link"] == {"uri": f"#gid={own}&range=B17"}
    assert rgb(canvas.format("A2")["textFormat"]["foregroundColorStyle"]) == "1F5FA8"
    assert canvas.format("A3")["textFormat"]["link"] == {"uri": "https://example.com/?a=1"}


@pytest.mark.parametrize(
    "item",
    [
        Shown("gone", link=("Nowhere", "A1")),
        Shown("run", link=("javascript:alert(1)", "")),
        Shown("call", link=("tel:+79991234567", "")),
        Shown("", link=("Own", "A1")),
    ],
)
def test_what_leads_nowhere_is_no_link(item: Shown, canvas: Canvas) -> None:
    canvas.draw(table(TabColumn("A"), rows=values(item)))
    assert "link" not in canvas.format("A2")["textFormat"]


def test_notes_are_kept(canvas: Canvas) -> None:
    canvas.draw(table(TabColumn("A", note="a name"), rows=values(Shown("x", note="so they say"))))
    assert (canvas.cell("A1")["note"], canvas.cell("A2")["note"]) == ("a name", "so they say")


# ── the tab ──


def test_a_new_tab_says_what_it_is_by_its_colour(canvas: Canvas) -> None:
    canvas.draw(Tab("Work", group="work"), Tab("▦ Sales"), Tab("Log", group="system"))
    found = canvas.standing()
    assert {title: group_of(state) for title, state in found.items()} == {
        "Own": None,
        "Work": "work",
        "▦ Sales": "report",
        "Log": "system",
    }
    assert [title for title, state in found.items() if state.hidden] == ["Log"]


def test_the_header_stays_and_can_filter(canvas: Canvas) -> None:
    lead = (TabRow(("Sales",)),)
    canvas.draw(table(TabColumn("A"), TabColumn("B"), rows=values("x", "y"), lead=lead, freeze=1, filter=True, spare=3))
    sheet = canvas.sheet()
    grid = sheet["properties"]["gridProperties"]
    assert (grid["frozenRowCount"], grid["frozenColumnCount"]) == (3, 1)
    area = sheet["basicFilter"]["range"]
    assert (area["startRowIndex"], area["endRowIndex"], area["endColumnIndex"]) == (2, 8, 2)


def test_grid_lines_are_off_where_nobody_types(canvas: Canvas) -> None:
    canvas.draw(Tab("W", group="work"), Tab("R", group="report"), Tab("S", group="start"))
    sheets = canvas.sheets(*"WRS").values()
    assert ["hideGridlines" in sheet["properties"]["gridProperties"] for sheet in sheets] == [False, True, True]


def test_columns_are_as_wide_as_they_say(canvas: Canvas) -> None:
    canvas.draw(table(TabColumn("A", width=10), TabColumn("B", width=20)))
    columns = canvas.sheet()["data"][0]["columnMetadata"]
    assert [column["pixelSize"] for column in columns[:3]] == [70, 140, 100]


def test_the_lines_above_a_narrow_table_are_not_cut_off(canvas: Canvas) -> None:
    canvas.draw(table(TabColumn("A", width=10), rows=values(1), lead=(TabRow(("A long story. " * 8,)),)))
    columns = canvas.sheet()["data"][0]["columnMetadata"]
    assert sum(column["pixelSize"] for column in columns) >= 7 * 112


def test_rows_and_columns_fold_with_their_button_before_them(canvas: Canvas) -> None:
    columns = (TabColumn("Name"), TabColumn("INN", level=1, collapsed=True), TabColumn("KPP", level=1, collapsed=True))
    rows = (TabRow(("all",)), TabRow(("one",), level=1), TabRow(("half",), level=2, folded=True), TabRow(("two",)))
    canvas.draw(table(*columns, rows=rows))
    sheet = canvas.sheet()
    spans = [
        (group["range"]["startIndex"], group["range"]["endIndex"], group["depth"], group.get("collapsed", False))
        for group in (*sheet["rowGroups"], *sheet["columnGroups"])
    ]
    assert spans == [(2, 4, 1, False), (3, 4, 2, True), (1, 3, 1, True)]
    assert "rowGroupControlAfter" not in sheet["properties"]["gridProperties"]


def test_columns_that_nobody_reads_are_hidden(canvas: Canvas) -> None:
    canvas.draw(table(TabColumn("A"), TabColumn("B", hidden=True)))
    columns = canvas.sheet()["data"][0]["columnMetadata"]
    assert [column.get("hiddenByUser", False) for column in columns[:2]] == [False, True]
