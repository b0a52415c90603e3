"""Rows and columns inserted, deleted and moved: everything that names them follows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google.local import Book, Json, RefusedError


def rows(start: int, end: int, sheet: int = 0) -> Json:
    return {"sheetId": sheet, "dimension": "ROWS", "startIndex": start, "endIndex": end}


def columns(start: int, end: int) -> Json:
    return {"sheetId": 0, "dimension": "COLUMNS", "startIndex": start, "endIndex": end}


def block(top: int, bottom: int, left: int = 0, right: int = 2) -> Json:
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


@pytest.fixture
def clients(local: Any) -> Book:
    """Rows 1–5 with formulas, a named range, a merge, a filter and marks on rows."""
    book: Book = local.book("Sheet1", "Other")
    book.write("A1", ["one"], ["two"], ["three"], ["four"], ["five"])
    book.type("C1", ["=A3"], ["=SUM(B2:B4)"])
    book.type("Other!A1", ["=Sheet1!A3", "=Sheet1!2:4", "=A3"])
    mark = {"metadataId": 7, "metadataKey": "row", "visibility": "DOCUMENT", "location": {"dimensionRange": rows(2, 3)}}
    book.update(
        {"addNamedRange": {"namedRange": {"name": "middle", "range": block(1, 4)}}},
        {"mergeCells": {"range": block(2, 3), "mergeType": "MERGE_ALL"}},
        {"setBasicFilter": {"filter": {"range": block(0, 5, 0, 3), "criteria": {"1": {"hiddenValues": ["x"]}}}}},
        {"createDeveloperMetadata": {"developerMetadata": mark}},
        {"updateDimensionProperties": {"range": rows(2, 3), "properties": {"pixelSize": 40}, "fields": "pixelSize"}},
    )
    return book


def formulas(book: Book, where: str) -> list[list[str]]:
    return book.values(where, valueRenderOption="FORMULA")


def test_an_insert_above_moves_everything_down(clients: Book) -> None:
    clients.update({"insertDimension": {"range": rows(1, 3)}})
    assert clients.values("A1:A7") == [["one"], [], [], ["two"], ["three"], ["four"], ["five"]]
    assert formulas(clients, "C1:C4") == [["=A5"], [], [], ["=SUM(B4:B6)"]]
    assert formulas(clients, "Other!A1:C1") == [["=Sheet1!A5", "=Sheet1!4:6", "=A3"]]
    told = clients.get(includeGridData=True)
    sheet = told["sheets"][0]
    assert told["namedRanges"][0]["range"] == block(3, 6)
    assert sheet["merges"] == [block(4, 5)]
    assert sheet["basicFilter"]["range"] == block(0, 7, 0, 3)
    assert sheet["data"][0]["rowMetadata"][4]["pixelSize"] == 40
    assert sheet["data"][0]["rowMetadata"][4]["developerMetadata"][0]["metadataId"] == 7
    assert sheet["properties"]["gridProperties"]["rowCount"] == 102


def test_what_lay_wholly_in_deleted_rows_is_gone(clients: Book) -> None:
    clients.update({"deleteDimension": {"range": rows(2, 3)}})
    assert clients.values("A1:A7") == [["one"], ["two"], ["four"], ["five"]]
    assert formulas(clients, "C1:C2") == [["=#REF!"], ["=SUM(B2:B3)"]]
    assert formulas(clients, "Other!A1:C1") == [["=#REF!", "=Sheet1!2:3", "=A3"]]
    told = clients.get()
    assert told["namedRanges"][0]["range"] == block(1, 3)
    assert "merges" not in told["sheets"][0]
    assert clients.call("POST", "/developerMetadata:search", {"dataFilters": [LOOKUP]}) == {}


LOOKUP = {"developerMetadataLookup": {"metadataId": 7}}


def test_a_moved_row_takes_its_marks_along(clients: Book) -> None:
    clients.update({"moveDimension": {"source": rows(2, 3), "destinationIndex": 5}})
    assert clients.values("A1:A7") == [["one"], ["two"], ["four"], ["five"], ["three"]]
    assert formulas(clients, "C1") == [["=A5"]]
    (found,) = clients.call("POST", "/developerMetadata:search", {"dataFilters": [LOOKUP]})["matchedDeveloperMetadata"]
    assert found["developerMetadata"]["location"]["dimensionRange"]["startIndex"] == 4


def test_columns_follow_too_and_filters_by_their_number(clients: Book) -> None:
    clients.update({"insertDimension": {"range": columns(0, 1)}})
    assert clients.values("A1:B2") == [["", "one"], ["", "two"]]
    assert formulas(clients, "D1:D2") == [["=B3"], ["=SUM(C2:C4)"]]
    assert clients.sheet()["basicFilter"]["criteria"] == {"2": {"hiddenValues": ["x"]}}
    clients.update({"deleteDimension": {"range": columns(2, 3)}})
    assert formulas(clients, "C2") == [["=SUM(#REF!)"]]
    assert clients.sheet()["basicFilter"].keys() == {"range"}


def test_inserted_rows_look_like_their_neighbours(book: Book) -> None:
    look = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    book.update(
        {"repeatCell": {"range": block(0, 1), "cell": look, "fields": "userEnteredFormat"}},
        {"insertDimension": {"range": rows(1, 2), "inheritFromBefore": True}},
    )
    cells = book.sheet(ranges="A2:B2", fields="sheets.data.rowData.values.userEnteredFormat")["data"][0]["rowData"]
    assert cells == [{"values": [look, look]}]


def test_rows_are_added_at_the_end(book: Book) -> None:
    book.update({"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 5}})
    assert book.sheet()["properties"]["gridProperties"]["rowCount"] == 105


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"deleteDimension": {"range": rows(0, 100)}}, "Sorry, it is not possible to delete all non-frozen rows."),
        ({"deleteDimension": {"range": rows(5, 5)}}, "range.endIndex must be greater"),
        ({"insertDimension": {"range": rows(101, 102)}}, "is after last row in grid"),
        ({"insertDimension": {"range": rows(0, 1), "inheritFromBefore": True}}, "inheritFromBefore cannot be true"),
        ({"moveDimension": {"source": rows(1, 4), "destinationIndex": 2}}, "must not lie within the source"),
        ({"deleteDimension": {"range": rows(0, 1, sheet=9)}}, "No grid with id: 9"),
        (
            {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 10_000_000}},
            "above the limit of 10000000 cells.",
        ),
        (
            {"appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": 18_270}},
            "above the limit of 18278 columns.",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_number_and_kind(book: Book, request_: Json, message: str) -> None:
    ((kind, _),) = request_.items()
    with pytest.raises(RefusedError) as refused:
        book.update({"findReplace": {"find": "a", "allSheets": True}}, request_)
    assert refused.value.error["message"].startswith(f"Invalid requests[1].{kind}: ")
    assert message in refused.value.error["message"]


def test_sorting_moves_cells_and_leaves_rows_where_they_are(clients: Book) -> None:
    clients.update({"unmergeCells": {"range": block(2, 3)}})
    specs = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
    clients.update({"sortRange": {"range": block(0, 6), "sortSpecs": specs}})
    assert clients.values("A1:A9") == [["two"], ["three"], ["one"], ["four"], ["five"]]
    (found,) = clients.call("POST", "/developerMetadata:search", {"dataFilters": [LOOKUP]})["matchedDeveloperMetadata"]
    assert found["developerMetadata"]["location"]["dimensionRange"]["startIndex"] == 2


def test_the_order_of_kinds(book: Book) -> None:
    book.write("A1", [True], ["b"], [2], [""], ["A"], [10])
    book.update({"sortRange": {"range": block(0, 6), "sortSpecs": [{"dimensionIndex": 0}]}})
    assert book.raw("A1:A6") == [[2], [10], ["A"], ["b"], [True]]
