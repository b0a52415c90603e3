"""What lies on a tab beside its values: metadata, filters, rules, charts, tables, merges, and cells in motion."""

from __future__ import annotations

import pytest

from tests.google.local import Book, Json, RefusedError

A1 = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
RED = {"red": 1}
LIST = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "a"}]}}


def text(*values: str) -> list[Json]:
    return [{"values": [{"userEnteredValue": {"stringValue": value}} for value in values]}]


def span(top: int, bottom: int, left: int, right: int) -> Json:
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


def test_developer_metadata_ids_are_given_once(book: Book) -> None:
    fence = {"metadataId": 42, "metadataKey": "run", "visibility": "DOCUMENT", "location": {"spreadsheet": True}}
    request = {"createDeveloperMetadata": {"developerMetadata": fence}}
    told = book.update(request)["replies"][0]["createDeveloperMetadata"]["developerMetadata"]
    assert told["location"] == {"locationType": "SPREADSHEET", "spreadsheet": True}
    with pytest.raises(RefusedError, match="already exists"):
        book.update({"updateCells": {"start": {}, "rows": text("lost"), "fields": "*"}}, request)
    assert book.values("A1") == []
    assert book.call("GET", "/developerMetadata/42")["metadataKey"] == "run"
    lookup = {"developerMetadataLookup": {"metadataKey": "run"}}
    book.update(
        {
            "updateDeveloperMetadata": {
                "dataFilters": [lookup],
                "developerMetadata": {"metadataValue": "2"},
                "fields": "metadataValue",
            }
        }
    )
    assert book.get()["developerMetadata"][0]["metadataValue"] == "2"
    gone = book.update({"deleteDeveloperMetadata": {"dataFilter": lookup}})["replies"][0]
    assert gone["deleteDeveloperMetadata"]["deletedDeveloperMetadata"][0]["metadataId"] == 42
    with pytest.raises(RefusedError, match="Requested entity was not found"):
        book.call("GET", "/developerMetadata/42")


def test_filter_views_are_kept_changed_and_told(book: Book) -> None:
    view = {"title": "Мои клиенты — Анна", "range": span(0, 9, 0, 3), "filterSpecs": [{"columnIndex": 1}]}
    told = book.update({"addFilterView": {"filter": view}})["replies"][0]["addFilterView"]["filter"]
    changed = {"filterViewId": told["filterViewId"], "title": "Не хватает данных"}
    book.update({"updateFilterView": {"filter": changed, "fields": "title"}})
    book.update({"duplicateFilterView": {"filterId": told["filterViewId"]}})
    titles = [one["title"] for one in book.sheet()["filterViews"]]
    assert titles == ["Не хватает данных", "Copy of Не хватает данных"]
    book.update({"deleteFilterView": {"filterId": told["filterViewId"]}})
    assert len(book.sheet()["filterViews"]) == 1


def test_conditional_formats_have_their_order(book: Book) -> None:
    def rule(formula: str) -> Json:
        condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
        return {"ranges": [A1], "booleanRule": {"condition": condition, "format": {"backgroundColor": RED}}}

    book.update(
        {"addConditionalFormatRule": {"rule": rule("=1"), "index": 0}},
        {"addConditionalFormatRule": {"rule": rule("=2"), "index": 0}},
        {"updateConditionalFormatRule": {"index": 0, "newIndex": 1, "sheetId": 0}},
    )
    formulas = [
        one["booleanRule"]["condition"]["values"][0]["userEnteredValue"] for one in book.sheet()["conditionalFormats"]
    ]
    assert formulas == ["=1", "=2"]
    book.update({"deleteConditionalFormatRule": {"sheetId": 0, "index": 0}})
    assert len(book.sheet()["conditionalFormats"]) == 1


SOURCE = {"sourceRange": {"sources": [span(0, 3, 0, 1)]}}
OBJECTS: list[tuple[str, str, Json, str, str]] = [
    (
        "addChart",
        "chart",
        {
            "spec": {"basicChart": {"chartType": "BAR", "series": [{"series": SOURCE}]}},
            "position": {"overlayPosition": {"anchorCell": {"rowIndex": 1}}},
        },
        "charts",
        "chartId",
    ),
    (
        "addBanding",
        "bandedRange",
        {"range": span(0, 1, 0, 1), "rowProperties": {"headerColorStyle": {"rgbColor": RED}, "headerColor": RED}},
        "bandedRanges",
        "bandedRangeId",
    ),
    ("addTable", "table", {"name": "Deals", "range": span(0, 9, 0, 3)}, "tables", "tableId"),
    ("addSlicer", "slicer", {"spec": {"title": "Stage", "dataRange": span(0, 9, 0, 3)}}, "slicers", "slicerId"),
]


@pytest.mark.parametrize(("kind", "name", "item", "part", "key"), OBJECTS)
def test_objects_are_kept_under_an_id_and_told(
    book: Book, kind: str, name: str, item: Json, part: str, key: str
) -> None:
    told = book.update({kind: {name: item}})["replies"][0][kind][name]
    assert told == {**item, key: told[key]}
    assert book.sheet()[part] == [told]
    removals = {
        "charts": {"deleteEmbeddedObject": {"objectId": told[key]}},
        "slicers": {"deleteEmbeddedObject": {"objectId": told[key]}},
        "bandedRanges": {"deleteBanding": {"bandedRangeId": told[key]}},
        "tables": {"deleteTable": {"tableId": told[key]}},
    }
    book.update(removals[part])
    assert part not in book.sheet()


def test_validation_and_a_pivot_table_are_kept_in_their_cells(book: Book) -> None:
    pivot = {"source": span(0, 9, 0, 3), "rows": [{"sourceColumnOffset": 0, "sortOrder": "ASCENDING"}]}
    book.update(
        {"setDataValidation": {"range": A1, "rule": LIST}},
        {
            "updateCells": {
                "start": {"columnIndex": 5},
                "rows": [{"values": [{"pivotTable": pivot}]}],
                "fields": "pivotTable",
            }
        },
    )
    cells = book.sheet(includeGridData=True)["data"][0]["rowData"][0]["values"]
    assert cells[0]["dataValidation"] == LIST
    assert cells[5]["pivotTable"] == pivot
    book.update({"setDataValidation": {"range": A1}})
    assert book.sheet(ranges="A1", includeGridData=True)["data"][0].get("rowData") is None


def test_merging_keeps_the_first_cell_and_splitting_half_a_merge_is_refused(book: Book) -> None:
    book.write("A1", ["a", "b"], ["c", "d"])
    book.update({"mergeCells": {"range": span(0, 2, 0, 2), "mergeType": "MERGE_ALL"}})
    assert book.values("A1:B2") == [["a"]]
    with pytest.raises(RefusedError, match="You must select all cells in a merged range"):
        book.update({"unmergeCells": {"range": span(0, 1, 0, 2)}})
    with pytest.raises(RefusedError, match="You can't sort a range with merged cells"):
        book.update({"sortRange": {"range": span(0, 2, 0, 2), "sortSpecs": [{"dimensionIndex": 0}]}})


def test_pasting_values_formats_and_formulas(book: Book) -> None:
    book.type("A1", ["50%", "=A1*2"])
    copies = [("PASTE_NORMAL", 1), ("PASTE_VALUES", 2), ("PASTE_FORMAT", 3), ("PASTE_FORMULA", 4)]
    book.update(
        *(
            {"copyPaste": {"source": span(0, 1, 0, 2), "destination": span(row, row + 1, 0, 2), "pasteType": kind}}
            for kind, row in copies
        )
    )
    assert book.values("A1:B5") == [["50%", "1"], ["50%", "1"], ["0.5", "1"], [], ["0.5", "1"]]
    formulas = book.values("B1:B5", valueRenderOption="FORMULA")
    assert formulas == [["=A1*2"], ["=A2*2"], [1], [], ["=A5*2"]]


def test_a_cut_takes_its_references_along(book: Book) -> None:
    book.type("A1", ["5", "=A1"])
    book.update({"cutPaste": {"source": A1, "destination": {"rowIndex": 4, "columnIndex": 3}}})
    assert book.values("A1:D5", valueRenderOption="FORMULA") == [["", "=D5"], [], [], [], ["", "", "", 5]]


def test_find_and_replace(book: Book) -> None:
    book.type("A1", ["Anna", "anna b", "12", "=1+1"])
    everywhere = {"allSheets": True}
    book.update({"findReplace": {"find": "anna", "replacement": "Eve", "matchEntireCell": True, **everywhere}})
    book.update(
        {
            "findReplace": {
                "find": "(\\d)2",
                "replacement": "$1",
                "searchByRegex": True,
                "matchCase": True,
                **everywhere,
            }
        }
    )
    assert book.values("A1:D1")[0][:2] == ["Eve", "anna b"]
    told = book.update({"findReplace": {"find": "1", "replacement": "3", "includeFormulas": True, **everywhere}})
    assert told["replies"][0]["findReplace"]["formulasChanged"] == 1
    assert book.raw("D1") == [[6]]


def test_a_doubled_tab_has_the_cells_and_what_lies_on_them(book: Book) -> None:
    book.write("A1", ["a"])
    book.update({"mergeCells": {"range": span(1, 2, 0, 2), "mergeType": "MERGE_ALL"}})
    told = book.update({"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 8, "insertSheetIndex": 1}})
    assert told["replies"][0]["duplicateSheet"]["properties"]["title"] == "Copy of Sheet1"
    assert book.values("Copy of Sheet1!A1") == [["a"]]
    assert book.sheet(1)["merges"] == [{"sheetId": 8, **span(1, 2, 0, 2)}]


def test_the_book_found_by_data_filters(book: Book) -> None:
    book.write("A1", ["a", "b"])
    filters = [{"gridRange": A1}, {"a1Range": "B1"}]
    told = book.call("POST", "/values:batchGetByDataFilter", {"dataFilters": filters})
    assert [one["valueRange"]["values"] for one in told["valueRanges"]] == [[["a"]], [["b"]]]
    told = book.call("POST", ":getByDataFilter", {"dataFilters": filters[:1], "includeGridData": True})
    assert told["sheets"][0]["data"][0]["rowData"][0]["values"][0]["formattedValue"] == "a"
    data = {"dataFilter": filters[1], "values": [["c"]]}
    told = book.call("POST", "/values:batchUpdateByDataFilter", {"valueInputOption": "RAW", "data": [data]})
    assert told["responses"][0]["updatedRange"] == "Sheet1!B1"
    assert book.values("A1:B1") == [["a", "c"]]


def test_a_doubled_tab_has_its_objects_under_ids_of_their_own(book: Book) -> None:
    place: Json = {"overlayPosition": {"anchorCell": {}}}
    book.update(
        {"addProtectedRange": {"protectedRange": {"protectedRangeId": 1, "range": span(0, 1, 0, 1)}}},
        {"addFilterView": {"filter": {"filterViewId": 2, "title": "V", "range": span(0, 9, 0, 3)}}},
        {"addChart": {"chart": {"chartId": 3, "spec": {"title": "C"}, "position": place}}},
        {"duplicateSheet": {"sourceSheetId": 0, "insertSheetIndex": 1, "newSheetId": 9}},
    )
    first, second = book.get()["sheets"]
    for part, key in (("protectedRanges", "protectedRangeId"), ("filterViews", "filterViewId"), ("charts", "chartId")):
        assert first[part][0][key] != second[part][0][key]
    assert second["protectedRanges"][0]["range"]["sheetId"] == 9


def test_a_cut_takes_all_of_the_cell_whatever_is_pasted(book: Book) -> None:
    look = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    rows = [{"values": [{"userEnteredValue": {"stringValue": "x"}, **look}]}]
    book.update(
        {"updateCells": {"start": {}, "rows": rows, "fields": "*"}},
        {"cutPaste": {"source": A1, "destination": {"rowIndex": 4}, "pasteType": "PASTE_VALUES"}},
    )
    assert book.raw("A1:A9") == [[], [], [], [], ["x"]]
    assert "rowData" not in book.sheet(ranges="A1", includeGridData=True)["data"][0]


def test_a_protected_named_range_tells_where_it_is(book: Book) -> None:
    book.update(
        {"addNamedRange": {"namedRange": {"namedRangeId": "n", "name": "Ids", "range": span(0, 9, 0, 1)}}},
        {"addProtectedRange": {"protectedRange": {"namedRangeId": "n", "warningOnly": True}}},
    )
    (told,) = book.sheet()["protectedRanges"]
    assert told["range"] == span(0, 9, 0, 1)
    changed = {"protectedRangeId": told["protectedRangeId"], "warningOnly": False}
    book.update({"updateProtectedRange": {"protectedRange": changed, "fields": "warningOnly"}})
    assert book.sheet()["protectedRanges"][0]["editors"] == {"users": ["someone@example.com"]}


@pytest.mark.parametrize(
    "request_",
    [
        {"appendCells": {"tableId": "t", "rows": text("x"), "fields": "*"}},
        {"addProtectedRange": {"protectedRange": {"tableId": "t"}}},
        {"setBasicFilter": {"filter": {"tableId": "t"}}},
    ],
)
def test_what_lies_on_tables_says_that_it_is_not_done_here(book: Book, request_: Json) -> None:
    with pytest.raises(RefusedError) as refused:
        book.update(request_)
    assert refused.value.status == 501


def test_runs_belong_to_a_text(book: Book) -> None:
    cell = {"userEnteredValue": {"numberValue": 5}, "textFormatRuns": [{"format": {"bold": True}}]}
    with pytest.raises(RefusedError, match="only valid on user entered strings"):
        book.update({"updateCells": {"start": {}, "rows": [{"values": [cell]}], "fields": "*"}})
