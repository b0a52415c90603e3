"""A tab that stands is replaced whole where it stands, whatever a person did to it; nothing else is touched."""

from __future__ import annotations

import pytest

from sheetcrm.tab import Chart, Format, Highlight, Look, Shown, Tab, TabColumn, TabRow
from sheetcrm.workbook.google.standing import TabState
from sheetcrm.workbook.google.tabs.clearing import clear
from tests.unit.workbook.google.tabs.canvas import Canvas, Json

TAB = Tab(
    "▦ Sales",
    (
        TabColumn("Client", width=26, note="who"),
        TabColumn("INN", level=1, collapsed=True),
        TabColumn("Sum", Format.MONEY, choices=("1", "2")),
    ),
    (
        TabRow((Shown("Rose", link=("Own", "A1")), "007", 10), Look.SUBTOTAL),
        TabRow(("Lily", "008", Shown(20, Look.BAD)), level=1),
    ),
    lead=(TabRow(("Sales",), Look.TITLE),),
    freeze=1,
    filter=True,
    chart=Chart("bar", "Sales", 0, (2,), 0, 1),
    highlights=(Highlight(2, "bar"), Highlight(0, "blank")),
)


@pytest.fixture
def canvas() -> Canvas:
    canvas = Canvas()
    canvas.book.write("Own!A1", ["mine"])
    canvas.draw(TAB)
    return canvas


def test_twice_is_once(canvas: Canvas) -> None:
    once = canvas.look(TAB.title)
    canvas.draw(TAB)
    assert canvas.look(TAB.title) == once


def test_a_person_leaves_no_trace_on_it(canvas: Canvas) -> None:
    once = canvas.look(TAB.title)
    decorate(canvas, canvas.gid(TAB.title))
    assert canvas.look(TAB.title) != once
    canvas.draw(TAB)
    assert canvas.look(TAB.title) == once


def test_it_keeps_its_place_its_id_its_colour_and_whether_it_is_hidden(canvas: Canvas) -> None:
    gid = canvas.gid(TAB.title)
    own: Json = {"sheetId": gid, "index": 0, "hidden": True, "tabColorStyle": {"rgbColor": {"red": 1}}}
    canvas.book.update({"updateSheetProperties": {"properties": own, "fields": "index,hidden,tabColorStyle"}})
    canvas.draw(TAB)
    properties = canvas.sheet(TAB.title)["properties"]
    assert {name: properties.get(name) for name in own} == own


def test_other_tabs_are_not_touched(canvas: Canvas) -> None:
    decorate(canvas, canvas.gid("Own"))
    before = canvas.sheet("Own")
    canvas.draw(TAB)
    assert canvas.sheet("Own") == before


def test_formulas_that_look_at_it_keep_their_cells_when_it_becomes_shorter(canvas: Canvas) -> None:
    canvas.book.type("Own!B1", [f"='{TAB.title}'!C5"])
    canvas.draw(Tab(TAB.title))
    assert canvas.book.values("Own!B1", valueRenderOption="FORMULA") == [[f"='{TAB.title}'!C5"]]
    assert canvas.values(TAB.title) == []


def test_it_grows_where_it_holds_more(canvas: Canvas) -> None:
    longer = Tab(TAB.title, (TabColumn("A"),) * 30, tuple(TabRow((number,)) for number in range(300)))
    canvas.draw(longer)
    assert len(canvas.values(TAB.title)) == 301


def decorate(canvas: Canvas, gid: int) -> None:
    """What a person may do to a tab of ten rows and more."""
    area = {"sheetId": gid, "startRowIndex": 3, "endRowIndex": 9, "startColumnIndex": 0, "endColumnIndex": 2}
    beside = {"sheetId": gid, "startRowIndex": 3, "endRowIndex": 9, "startColumnIndex": 2, "endColumnIndex": 4}
    rows = {"sheetId": gid, "dimension": "ROWS", "startIndex": 5, "endIndex": 8}
    columns = {"sheetId": gid, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 3}
    pink = {"backgroundColor": {"red": 1, "green": 0.5, "blue": 0.5}}
    is_blank = {"condition": {"type": "BLANK"}, "format": pink}
    sources = {"sourceRange": {"sources": [{**area, "endColumnIndex": 1}]}}
    anchor = {"overlayPosition": {"anchorCell": {"sheetId": gid, "rowIndex": 1, "columnIndex": 1}}}
    grid = {"frozenRowCount": 1, "frozenColumnCount": 2, "hideGridlines": False, "rowCount": 900}
    canvas.book.update(
        {"updateSheetProperties": {
            "properties": {"sheetId": gid, "gridProperties": grid},
            "fields": "gridProperties(frozenRowCount,frozenColumnCount,hideGridlines)",
        }},
        {"repeatCell": {
            "range": area,
            "cell": {"userEnteredFormat": pink, "note": "look!", "userEnteredValue": {"numberValue": 5}},
            "fields": "*",
        }},
        {"setDataValidation": {"range": area, "rule": {"condition": {"type": "BOOLEAN"}}}},
        {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}},
        {"addConditionalFormatRule": {"rule": {"ranges": [area], "booleanRule": is_blank}, "index": 0}},
        {"addProtectedRange": {"protectedRange": {"range": area, "warningOnly": True}}},
        {"addBanding": {"bandedRange": {"range": area, "rowProperties": {"firstBandColor": {"red": 1}}}}},
        {"addTable": {"table": {"name": "Mine", "range": beside}}},
        {"addFilterView": {"filter": {"title": "mine", "range": area}}},
        {"setBasicFilter": {"filter": {"range": area}}},
        {"addDimensionGroup": {"range": rows}},
        {"addDimensionGroup": {"range": {**rows, "startIndex": 6}}},
        {"addDimensionGroup": {"range": columns}},
        {"updateDimensionProperties": {
            "range": rows, "properties": {"hiddenByUser": True, "pixelSize": 77}, "fields": "hiddenByUser,pixelSize",
        }},
        {"updateDimensionProperties": {
            "range": columns, "properties": {"hiddenByUser": True, "pixelSize": 7}, "fields": "hiddenByUser,pixelSize",
        }},
        {"addChart": {"chart": {
            "spec": {"basicChart": {"chartType": "LINE", "series": [{"series": sources}]}}, "position": anchor,
        }}},
        {"addSlicer": {"slicer": {"spec": {"dataRange": area}, "position": anchor}}},
    )  # fmt: skip


def test_the_bands_of_a_table_go_with_it() -> None:
    message = {"bandedRanges": [{"bandedRangeReference": "t"}], "tables": [{"tableId": "t"}]}
    kinds = [next(iter(request)) for request in clear(TabState("▦ Sales", 5, 0, 10, 5, message=message))]
    assert kinds == ["deleteTable", "clearBasicFilter", "updateCells"]
