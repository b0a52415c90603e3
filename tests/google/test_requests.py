"""The rarer requests, and each family's refusals."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from tests.google.local import Book, Json, Local, RefusedError, Served

SOLID = {"style": "SOLID"}


def span(top: int, bottom: int, left: int, right: int) -> Json:
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


def rows(start: int, end: int) -> Json:
    return {"dimension": "ROWS", "startIndex": start, "endIndex": end}


def mark(number: int, key: str, **location: Any) -> Json:
    entry = {"metadataId": number, "metadataKey": key, "visibility": "DOCUMENT", "location": location}
    return {"createDeveloperMetadata": {"developerMetadata": entry}}


# -- a new spreadsheet ------------------------------------------------------------------------------------------------


def test_a_new_spreadsheet_may_bring_cells_along(local: Local) -> None:
    cell = {"userEnteredValue": {"numberValue": 5}, "userEnteredFormat": {"textFormat": {"bold": True}}}
    data = [{"startRow": 1, "startColumn": 1, "rowData": [{"values": [cell]}]}]
    sheets = [{"properties": {"title": "Сделки"}, "data": data}, {}]
    made = local.call("POST", "/v4/spreadsheets", {"sheets": sheets})
    assert [sheet["properties"]["title"] for sheet in made["sheets"]] == ["Сделки", "Sheet2"]
    assert Book(local, made["spreadsheetId"]).raw("A1:B2") == [[], ["", 5]]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"properties": {"locale": "de_DE"}}, 501),
        ({"namedRanges": [{"name": "x"}]}, 501),
        ({"sheets": [{"charts": [{}]}]}, 501),
        ({"sheets": [{"properties": {"sheetType": "OBJECT"}}]}, 501),
        ({"sheets": [{"properties": {"title": "a"}}, {"properties": {"title": "A"}}]}, 400),
    ],
)
def test_a_new_spreadsheet_that_cannot_be(local: Local, asked: Json, status: int) -> None:
    with pytest.raises(RefusedError) as refused:
        local.call("POST", "/v4/spreadsheets", asked)
    assert refused.value.status == status
    assert local.call("GET", "/drive/v3/files")["files"] == []


# -- developer metadata -----------------------------------------------------------------------------------------------


def test_metadata_is_found_by_key_place_and_kind(book: Book) -> None:
    book.update(
        mark(1, "book", spreadsheet=True),
        mark(2, "tab", sheetId=0),
        mark(3, "row", dimensionRange=rows(4, 5)),
    )

    def found(data_filter: Json) -> list[int]:
        told = book.call("POST", "/developerMetadata:search", {"dataFilters": [data_filter]})
        return [one["developerMetadata"]["metadataId"] for one in told.get("matchedDeveloperMetadata", [])]

    assert found({"developerMetadataLookup": {"locationType": "ROW"}}) == [3]
    assert found({"developerMetadataLookup": {"metadataKey": "tab"}}) == [2]
    exactly = {"metadataLocation": {"sheetId": 0}, "locationMatchingStrategy": "EXACT_LOCATION"}
    assert found({"developerMetadataLookup": exactly}) == [2]
    assert found({"developerMetadataLookup": {"metadataLocation": {"sheetId": 0}}}) == [1, 2, 3]
    assert found({"a1Range": "A5:J5"}) == [3]
    book.write("A5", ["x"])
    by_row = {"dataFilters": [{"developerMetadataLookup": {"metadataId": 3}}]}
    told = book.call("POST", "/values:batchGetByDataFilter", by_row)
    assert told["valueRanges"][0]["valueRange"]["range"] == "Sheet1!A5:J5"
    assert book.call("POST", "/values:batchClearByDataFilter", by_row)["clearedRanges"] == ["Sheet1!A5:J5"]
    assert book.sheet()["developerMetadata"][0]["metadataId"] == 2


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"metadataKey": "", "visibility": "DOCUMENT", "location": {"spreadsheet": True}}, "must have a key"),
        ({"metadataKey": "k", "location": {"spreadsheet": True}}, "must have a visibility"),
        ({"metadataKey": "k", "visibility": "DOCUMENT"}, "Must specify a location"),
        ({"metadataKey": "k", "visibility": "DOCUMENT", "location": {"dimensionRange": rows(1, 3)}}, "a single row"),
        ({"metadataKey": "k", "visibility": "DOCUMENT", "location": {"sheetId": 9}}, "No grid with id: 9"),
        (
            {
                "metadataKey": "k",
                "metadataValue": "x" * 30_000,
                "visibility": "PROJECT",
                "location": {"spreadsheet": True},
            },
            "at most 30000 characters",
        ),
    ],
)
def test_metadata_that_cannot_be(book: Book, entry: Json, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        book.update({"createDeveloperMetadata": {"developerMetadata": entry}})


def test_of_two_runs_with_one_fence_exactly_one_wins(served: Served) -> None:
    anyone = {"Authorization": "Bearer x"}
    book = requests.post(f"{served.url}/v4/spreadsheets", json={}, headers=anyone).json()["spreadsheetId"]

    def run(number: int) -> int:
        cells = {"start": {}, "rows": [{"values": [{"userEnteredValue": {"numberValue": number}}]}], "fields": "*"}
        body = {"requests": [{"updateCells": cells}, mark(7, "base", spreadsheet=True)]}
        url = f"{served.url}/v4/spreadsheets/{book}:batchUpdate"
        return requests.post(url, json=body, headers=anyone).status_code

    with ThreadPoolExecutor(4) as runs:
        assert sorted(runs.map(run, range(4))) == [200, 400, 400, 400]


# -- zones ------------------------------------------------------------------------------------------------------------


def test_a_named_range_is_renamed_and_moved(book: Book) -> None:
    told = book.update({"addNamedRange": {"namedRange": {"name": "clients", "range": span(0, 1, 0, 1)}}})
    named = told["replies"][0]["addNamedRange"]["namedRange"]
    with pytest.raises(RefusedError, match="Another named range with that name already exists"):
        book.update({"addNamedRange": {"namedRange": {"name": "Clients", "range": span(0, 1, 0, 1)}}})
    changed = {"namedRangeId": named["namedRangeId"], "name": "deals", "range": span(1, 2, 0, 1)}
    book.update({"updateNamedRange": {"namedRange": changed, "fields": "name,range"}})
    assert book.get()["namedRanges"] == [changed]


def test_a_protected_range_that_only_warns_names_no_editors(book: Book) -> None:
    asked = {"range": {"sheetId": 0}, "warningOnly": True, "description": "generated"}
    told = book.update({"addProtectedRange": {"protectedRange": asked}})["replies"][0]["addProtectedRange"]
    (kept,) = book.sheet()["protectedRanges"]
    assert kept == told["protectedRange"]
    assert (kept["range"], kept["warningOnly"]) == ({}, True)
    changed = {"protectedRangeId": kept["protectedRangeId"], "range": span(0, 5, 0, 1)}
    book.update({"updateProtectedRange": {"protectedRange": changed, "fields": "range,warningOnly"}})
    (kept,) = book.sheet()["protectedRanges"]
    assert kept["range"] == span(0, 5, 0, 1)
    assert kept["editors"] == {"users": ["someone@example.com"]}
    book.update({"deleteProtectedRange": {"protectedRangeId": kept["protectedRangeId"]}})
    assert "protectedRanges" not in book.sheet()


# -- groups, borders, sizes -------------------------------------------------------------------------------------------


def test_groups_nest_collapse_and_go(book: Book) -> None:
    def depths(told: Json, kind: str) -> list[tuple[int, int, int]]:
        groups = told["replies"][-1][kind]["dimensionGroups"]
        return [(one["range"]["startIndex"], one["range"]["endIndex"], one["depth"]) for one in groups]

    add = [{"addDimensionGroup": {"range": rows(1, 6)}}, {"addDimensionGroup": {"range": rows(4, 8)}}]
    assert depths(book.update(*add), "addDimensionGroup") == [(1, 8, 1), (4, 6, 2)]
    inner = {"range": rows(4, 6), "depth": 2, "collapsed": True}
    book.update({"updateDimensionGroup": {"dimensionGroup": inner, "fields": "collapsed"}})
    assert book.sheet()["rowGroups"][1]["collapsed"] is True
    told = book.update({"deleteDimensionGroup": {"range": rows(1, 8)}})
    assert depths(told, "deleteDimensionGroup") == [(4, 6, 1)]
    with pytest.raises(RefusedError, match="There is no dimension group"):
        book.update({"deleteDimensionGroup": {"range": rows(20, 21)}})


def test_borders_are_drawn_outside_and_inside(book: Book) -> None:
    book.update({"updateBorders": {"range": span(0, 2, 0, 2), "top": SOLID, "innerVertical": SOLID}})
    cells = book.sheet(includeGridData=True)["data"][0]["rowData"]
    borders = [[cell["userEnteredFormat"]["borders"] for cell in row["values"]] for row in cells]
    assert borders == [
        [{"top": SOLID, "right": SOLID}, {"top": SOLID, "left": SOLID}],
        [{"right": SOLID}, {"left": SOLID}],
    ]


def test_objects_change_and_keep_their_id(book: Book) -> None:
    spec = {"basicChart": {"chartType": "LINE"}}
    chart = book.update({"addChart": {"chart": {"spec": spec}}})["replies"][0]["addChart"]["chart"]
    where = {"overlayPosition": {"anchorCell": {"rowIndex": 5}}}
    book.update(
        {"updateChartSpec": {"chartId": chart["chartId"], "spec": {"title": "New"}}},
        {"updateEmbeddedObjectPosition": {"objectId": chart["chartId"], "newPosition": where, "fields": "*"}},
    )
    assert book.sheet()["charts"] == [{"chartId": chart["chartId"], "spec": {"title": "New"}, "position": where}]
    table = book.update({"addTable": {"table": {"name": "t", "range": span(0, 5, 0, 2)}}})["replies"][0]["addTable"][
        "table"
    ]
    renamed = {"tableId": table["tableId"], "name": "deals"}
    book.update({"updateTable": {"table": renamed, "fields": "name"}})
    assert book.sheet()["tables"][0]["name"] == "deals"
    with pytest.raises(RefusedError, match="No chart with id: 5"):
        book.update({"updateChartSpec": {"chartId": 5, "spec": {}}})


def test_a_filter_sorts_by_its_order_and_leaves_the_header(book: Book) -> None:
    book.write("A1", ["name"], ["b"], ["a"])
    specs = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
    book.update({"setBasicFilter": {"filter": {"range": span(0, 3, 0, 1), "sortSpecs": specs}}})
    assert book.values("A1:A3") == [["name"], ["a"], ["b"]]


@pytest.mark.parametrize(
    "request_",
    [
        {"setDataValidation": {"range": span(0, 1, 0, 1), "rule": {"strict": True}}},
        {"addConditionalFormatRule": {"rule": {"ranges": [span(0, 1, 0, 1)]}}},
        {"addConditionalFormatRule": {"rule": {"booleanRule": {}}}},
        {"deleteConditionalFormatRule": {"sheetId": 0, "index": 0}},
        {"findReplace": {"find": "a"}},
        {"findReplace": {"find": "", "allSheets": True}},
        {"findReplace": {"find": "(", "searchByRegex": True, "allSheets": True}},
        {"sortRange": {"range": span(0, 1, 0, 1), "sortSpecs": [{"dimensionIndex": 5}]}},
        {"repeatCell": {"range": span(2, 1, 0, 1), "cell": {}, "fields": "*"}},
        {"repeatCell": {"range": span(0, 1, 0, 11), "cell": {}, "fields": "*"}},
        {
            "updateCells": {
                "start": {},
                "rows": [{"values": [{"userEnteredValue": {"formulaValue": "1"}}]}],
                "fields": "*",
            }
        },
        {"updateCells": {"start": {}, "rows": [], "fields": "userEnteredValues"}},
        {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 3}}}},
        {
            "updateSheetProperties": {
                "properties": {"gridProperties": {"frozenRowCount": 100}},
                "fields": "gridProperties",
            }
        },
        {"updateSpreadsheetProperties": {"properties": {}, "fields": "title"}},
        {"deleteFilterView": {"filterId": 1}},
        {"deleteBanding": {"bandedRangeId": 1}},
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(book: Book, request_: Json) -> None:
    before = book.get(includeGridData=True)
    with pytest.raises(RefusedError) as refused:
        book.update(request_)
    assert refused.value.status == 400
    assert book.get(includeGridData=True) == before


@pytest.mark.parametrize(
    "request_",
    [
        {
            "copyPaste": {
                "source": span(0, 1, 0, 1),
                "destination": span(1, 2, 0, 1),
                "pasteType": "PASTE_CONDITIONAL_FORMATTING",
            }
        },
        {"sortRange": {"range": span(0, 2, 0, 1), "sortSpecs": [{"backgroundColor": {"red": 1}}]}},
        {"addChart": {"chart": {"spec": {}, "position": {"newSheet": True}}}},
        {"updateSpreadsheetProperties": {"properties": {"locale": "sv_SE"}, "fields": "locale"}},
    ],
)
def test_what_google_could_do_and_this_cannot_says_so(book: Book, request_: Json) -> None:
    with pytest.raises(RefusedError, match="The local Google does not do this") as refused:
        book.update(request_)
    assert refused.value.status == 501
