"""What ends with a table's last record covers the new ones too, and nothing else moves."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from sheetcrm.table import Book as Workbook
from sheetcrm.table import Cell, Change, Column, Layout, Sheet, book
from sheetcrm.workbook.google import reading
from sheetcrm.workbook.google.edits import pieces_of
from sheetcrm.workbook.google.following import follow
from sheetcrm.workbook.place import place
from tests.google.local import Book, Local

HEADER = ["ID", "Name", "Amount"]
TABLE = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 3}
AMOUNTS = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 2, "endColumnIndex": 3}
ELSEWHERE = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 4, "endColumnIndex": 5}
NEW = Change("deals", None, None, None, {"deal_id": "D-3", "name": "Rose"})


@pytest.fixture
def deals() -> Book:
    made = Local().book()
    made.write("A1", HEADER, ["D-1", "Daisy", 5], ["D-2", "Lily", 7])
    return made


def recognise(sheet: Sheet) -> Layout:
    codes = ("deal_id", "name", "amount")
    return Layout("deals", 1, tuple(Column(at, header, codes[at]) for at, header in enumerate(HEADER)))


def as_read(made: Book) -> Workbook:
    rows: list[Sequence[Cell]] = [tuple(row) for row in made.raw("A1:C")]
    return book("Clients", "1", [Sheet("Sheet1", rows)], recognise)


def add_records(made: Book, *changes: Change) -> None:
    found, _ = reading.standing(made.get(fields=reading.FIELDS))
    (edit,) = place(as_read(made), changes)
    pieces = pieces_of(edit, found.tabs["Sheet1"], found)
    made.update(*(request for piece in pieces for request in piece.requests))


def put(made: Book, **requests: Any) -> dict[str, Any]:
    return made.update(*({name: part} for name, part in requests.items()))


def rows_of(area: dict[str, Any]) -> tuple[int, int]:
    return area.get("startRowIndex", 0), area["endRowIndex"]


def test_the_record_stands_below_the_last(deals: Book) -> None:
    add_records(deals, NEW, NEW)
    assert deals.raw("A1:C") == [HEADER, ["D-1", "Daisy", 5], ["D-2", "Lily", 7], ["D-3", "Rose"], ["D-3", "Rose"]]


def test_its_filter_goes_on(deals: Book) -> None:
    put(deals, setBasicFilter={"filter": {"range": TABLE, "filterSpecs": [
        {"columnIndex": 1, "filterCriteria": {"hiddenValues": ["Lily"]}}]}})  # fmt: skip
    add_records(deals, NEW)
    found = deals.sheet()["basicFilter"]
    assert rows_of(found["range"]) == (0, 4)
    assert found["filterSpecs"][0]["filterCriteria"] == {"hiddenValues": ["Lily"]}


def test_filter_views_names_banding_and_protection_go_on(deals: Book) -> None:
    put(
        deals,
        addFilterView={"filter": {"title": "Mine", "range": TABLE}},
        addNamedRange={"namedRange": {"name": "Amounts", "range": AMOUNTS}},
        addBanding={"bandedRange": {"range": TABLE, "rowProperties": {
            "firstBandColorStyle": {"rgbColor": {"red": 1}}, "secondBandColorStyle": {"rgbColor": {"blue": 1}}}}},
        addProtectedRange={"protectedRange": {"range": TABLE, "warningOnly": True}},
    )  # fmt: skip
    add_records(deals, NEW)
    sheet, named = deals.sheet(), deals.get()["namedRanges"]
    assert rows_of(sheet["filterViews"][0]["range"]) == (0, 4)
    assert rows_of(sheet["bandedRanges"][0]["range"]) == (0, 4)
    assert rows_of(sheet["protectedRanges"][0]["range"]) == (0, 4)
    assert rows_of(named[0]["range"]) == (1, 4)
    assert sheet["filterViews"][0]["title"] == "Mine"


def test_what_belongs_to_a_name_or_a_table_grows_with_that_alone(deals: Book) -> None:
    found, _ = reading.standing(deals.get(fields=reading.FIELDS))
    message = {
        "basicFilter": {"range": TABLE, "tableId": "t"},
        "filterViews": [{"filterViewId": 1, "range": TABLE, "namedRangeId": "n"}],
        "protectedRanges": [{"protectedRangeId": 2, "range": TABLE, "tableId": "t"}],
        "bandedRanges": [{"range": TABLE, "bandedRangeReference": "t"}, {"range": TABLE, "bandedRangeId": 3}],
        "tables": [{"tableId": "t", "range": TABLE}],
    }
    (edit,) = place(as_read(deals), [NEW])
    requests = follow(replace(found.tabs["Sheet1"], message=message), found, edit)
    assert [next(iter(request)) for request in requests] == ["updateTable"]


def test_conditional_formats_go_on_where_they_end_here(deals: Book) -> None:
    rule = {"condition": {"type": "BLANK"}, "format": {"textFormat": {"bold": True}}}
    put(deals, addConditionalFormatRule={"rule": {"ranges": [ELSEWHERE, AMOUNTS], "booleanRule": rule}, "index": 0})
    add_records(deals, NEW)
    (found,) = deals.sheet()["conditionalFormats"]
    assert [rows_of(area) for area in found["ranges"]] == [(0, 2), (1, 4)]
    assert found["booleanRule"]["condition"] == {"type": "BLANK"}


def test_charts_draw_the_new_records_too(deals: Book) -> None:
    source = {"sourceRange": {"sources": [AMOUNTS]}}
    chart = {"basicChart": {"chartType": "COLUMN", "series": [{"series": source}], "domains": []}, "title": "Sales"}
    place_of = {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 9, "columnIndex": 5}}}
    put(deals, addChart={"chart": {"chartId": 9, "spec": chart, "position": place_of}})
    add_records(deals, NEW)
    spec = deals.sheet()["charts"][0]["spec"]
    assert rows_of(spec["basicChart"]["series"][0]["series"]["sourceRange"]["sources"][0]) == (1, 4)
    assert spec["title"] == "Sales"


def test_what_ends_elsewhere_stays(deals: Book) -> None:
    put(deals, addNamedRange={"namedRange": {"name": "Side", "range": ELSEWHERE}})
    add_records(deals, NEW)
    assert rows_of(deals.get()["namedRanges"][0]["range"]) == (0, 2)


def test_a_new_record_takes_after_the_one_above(deals: Book) -> None:
    yellow = {"userEnteredFormat": {"backgroundColor": {"red": 1, "green": 1}}}
    put(deals, repeatCell={"range": {**TABLE, "startRowIndex": 2}, "cell": yellow,
                           "fields": "userEnteredFormat.backgroundColor"})  # fmt: skip
    add_records(deals, NEW)
    cells = deals.sheet(includeGridData=True, ranges="A4:A4")["data"][0]["rowData"][0]["values"]
    assert cells[0]["userEnteredFormat"]["backgroundColor"] == {"red": 1, "green": 1}


def test_at_the_last_row_of_the_grid_there_is_still_room() -> None:
    made = Local().book(rows=3)
    made.write("A1", HEADER, ["D-1", "Daisy", 5], ["D-2", "Lily", 7])
    add_records(made, NEW)
    assert made.raw("A4:C4") == [["D-3", "Rose"]]


def test_an_appended_column_looks_like_its_neighbour_and_is_grey_where_it_is_ours(deals: Book) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    put(deals, repeatCell={"range": {**TABLE, "endRowIndex": 1}, "cell": bold,
                           "fields": "userEnteredFormat.textFormat.bold"})  # fmt: skip
    header = Change("deals", None, "paid", None, "▦ Paid", 1)
    link = Change("deals", None, "company_link", None, "▦ Link", 1)
    add_records(deals, header, link, Change("deals", "D-2", "paid", None, 3))
    sheet = deals.sheet(includeGridData=True)
    cells = [row.get("values", []) for row in sheet["data"][0]["rowData"]]
    assert cells[0][3]["userEnteredValue"] == {"stringValue": "▦ Paid"}
    text = cells[0][3]["userEnteredFormat"]["textFormat"]
    assert text["bold"]
    assert text["foregroundColor"]
    assert cells[2][3]["userEnteredValue"] == {"numberValue": 3}
    hidden = [column.get("hiddenByUser", False) for column in sheet["data"][0]["columnMetadata"]]
    assert hidden[3:5] == [False, True]
