"""batchUpdate: all or nothing, replies in order, and the state after it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google.local import Book, Json, RefusedError

A1 = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}


def text(*values: str) -> list[Json]:
    return [{"values": [{"userEnteredValue": {"stringValue": value}} for value in values]}]


def span(top: int, bottom: int, left: int, right: int) -> Json:
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


# -- the batch --------------------------------------------------------------------------------------------------------


def test_a_batch_is_all_or_nothing(book: Book) -> None:
    before = book.get(includeGridData=True)
    with pytest.raises(RefusedError, match=r"Invalid requests\[2\]\.deleteSheet: No sheet with id: 99"):
        book.update(
            {"updateCells": {"start": {}, "rows": text("a"), "fields": "*"}},
            {"addSheet": {"properties": {"title": "New"}}},
            {"deleteSheet": {"sheetId": 99}},
        )
    assert book.get(includeGridData=True) == before


def test_replies_come_in_order_and_are_empty_where_there_is_nothing_to_tell(book: Book) -> None:
    told = book.update(
        {"addSheet": {"properties": {"title": "New", "sheetId": 5}}},
        {"updateCells": {"start": {"sheetId": 5}, "rows": text("a"), "fields": "userEnteredValue"}},
        {"findReplace": {"find": "a", "replacement": "b", "allSheets": True}},
    )
    added, nothing, found = told["replies"]
    assert added["addSheet"]["properties"]["index"] == 1
    assert nothing == {}
    counts = {"valuesChanged": 1, "occurrencesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1}
    assert found == {"findReplace": counts}


def test_the_state_after_it_comes_with_the_answer(book: Book) -> None:
    cells = {"updateCells": {"start": {}, "rows": text("a", "b"), "fields": "userEnteredValue"}}
    told = book.update(
        cells, includeSpreadsheetInResponse=True, responseRanges=["Sheet1!A1:A1"], responseIncludeGridData=True
    )
    (data,) = told["updatedSpreadsheet"]["sheets"][0]["data"]
    assert [cell["formattedValue"] for cell in data["rowData"][0]["values"]] == ["a"]
    told = book.update(cells, includeSpreadsheetInResponse=True)
    assert "data" not in told["updatedSpreadsheet"]["sheets"][0]


def test_the_state_after_it_can_be_cut_by_a_mask(book: Book) -> None:
    mask = "replies,updatedSpreadsheet.sheets.data.rowData.values.formattedValue"
    body = {
        "requests": [{"updateCells": {"start": {}, "rows": text("a"), "fields": "*"}}],
        "includeSpreadsheetInResponse": True,
    }
    told = book.call("POST", ":batchUpdate", body, fields=mask)
    cells = {"rowData": [{"values": [{"formattedValue": "a"}]}]}
    assert told == {"replies": [{}], "updatedSpreadsheet": {"sheets": [{"data": [cells]}]}}


@pytest.mark.parametrize(
    ("requests", "message"),
    [
        ([], "Must specify at least one request."),
        ([{}], "Invalid requests[0]: Must specify exactly one request type."),
        ([{"addSheet": {}, "deleteSheet": {}}], "Invalid requests[0]: Must specify exactly one request type."),
    ],
)
def test_an_empty_batch_is_refused(book: Book, requests: list[Json], message: str) -> None:
    with pytest.raises(RefusedError) as refused:
        book.update(*requests)
    assert refused.value.error["message"] == message


@pytest.mark.parametrize("kind", ["pasteData", "autoFill", "insertRange", "textToColumns", "addDataSource"])
def test_what_is_not_done_here_says_so(book: Book, kind: str) -> None:
    with pytest.raises(RefusedError, match=f"The local Google does not do this: the request {kind}") as refused:
        book.update({kind: {}})
    assert (refused.value.status, refused.value.error["status"]) == (501, "UNIMPLEMENTED")


# -- cells ------------------------------------------------------------------------------------------------------------


def test_update_cells_clears_what_the_mask_names_and_the_rows_lack(book: Book) -> None:
    book.write("A1", ["a", "b"], ["c"])
    book.update({"updateCells": {"range": span(0, 2, 0, 2), "rows": text("x"), "fields": "userEnteredValue"}})
    assert book.values("A1:B2") == [["x"]]


def test_a_mask_leaves_the_rest_of_the_cell_alone(book: Book) -> None:
    look = {"userEnteredFormat": {"textFormat": {"bold": True, "italic": True}}, "note": "n"}
    book.update({"repeatCell": {"range": A1, "cell": look, "fields": "*"}})
    bold_off = {"userEnteredFormat": {"textFormat": {"bold": False}}}
    book.update({"repeatCell": {"range": A1, "cell": bold_off, "fields": "userEnteredFormat.textFormat.bold"}})
    (cell,) = book.sheet(ranges="A1", includeGridData=True)["data"][0]["rowData"][0]["values"]
    assert cell["userEnteredFormat"] == {"textFormat": {"bold": False, "italic": True}}
    assert cell["note"] == "n"


def test_text_like_a_formula_stays_text(book: Book) -> None:
    book.update({"updateCells": {"start": {}, "rows": text("=1+1", "007", "1,5"), "fields": "userEnteredValue"}})
    assert book.raw("A1:C1") == [["=1+1", "007", "1,5"]]
    assert book.values("A1:C1") == [["=1+1", "007", "1,5"]]


def test_a_repeated_formula_is_carried_along(book: Book) -> None:
    book.write("A1", [1], [2], [3])
    cell = {"userEnteredValue": {"formulaValue": "=A1*2"}}
    book.update({"repeatCell": {"range": span(0, 3, 1, 2), "cell": cell, "fields": "userEnteredValue"}})
    assert book.raw("B1:B3") == [[2], [4], [6]]


def test_append_cells_goes_after_the_last_row_with_data_in_column_a(book: Book) -> None:
    book.write("C3", ["x"])
    book.update({"appendCells": {"sheetId": 0, "rows": text("a", "", "c"), "fields": "userEnteredValue"}})
    assert book.values("A4:C4") == [["a", "", "c"]]


def test_cells_come_with_what_google_computes(book: Book) -> None:
    book.type("A1", ["=1+1", "15%", '=HYPERLINK("https://example.com","x")'])
    told = book.sheet(ranges="A1:C1", includeGridData=True)["data"][0]
    two, share, link = told["rowData"][0]["values"]
    assert two["userEnteredValue"] == {"formulaValue": "=1+1"}
    assert two["effectiveValue"] == {"numberValue": 2}
    assert two["formattedValue"] == "2"
    assert two["effectiveFormat"]["horizontalAlignment"] == "RIGHT"
    assert share["effectiveFormat"]["numberFormat"] == {"type": "PERCENT", "pattern": "0%"}
    assert link["hyperlink"] == "https://example.com"
    assert told["rowMetadata"] == [{"pixelSize": 21}]
    assert len(told["columnMetadata"]) == 3


def test_a_part_of_the_tab_says_where_it_starts(book: Book) -> None:
    book.write("C3", ["x"])
    (data,) = book.sheet(ranges="B2:C3", fields="sheets.data(startRow,startColumn,rowData.values.formattedValue)")[
        "data"
    ]
    assert data == {"startRow": 1, "startColumn": 1, "rowData": [{}, {"values": [{}, {"formattedValue": "x"}]}]}


def test_only_the_tabs_of_the_ranges_are_told(local: Any) -> None:
    book = local.book("A tab", "B tab")
    assert [one["properties"]["title"] for one in book.get(ranges="'B tab'!A1")["sheets"]] == ["B tab"]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"updateCells": {"start": {}, "rows": text("a")}}, "At least one field must be listed in 'fields'."),
        (
            {"updateCells": {"start": {"rowIndex": 100}, "rows": text("a"), "fields": "*"}},
            "GridCoordinate.rowIndex[100] is after last row in grid[99]",
        ),
        (
            {"updateCells": {"start": {"rowIndex": 99}, "rows": text("a") * 2, "fields": "*"}},
            "Attempting to write row: 100, beyond the last requested row of: 99",
        ),
        (
            {"updateCells": {"range": {**A1, "endRowIndex": 101}, "rows": text("a"), "fields": "*"}},
            "Range (Sheet1!A1:A101) exceeds grid limits. Max rows: 100, max columns: 10",
        ),
        (
            {"updateCells": {"range": A1, "rows": text("a", "b"), "fields": "*"}},
            "Attempting to write column: 1, beyond the last requested column of: 0",
        ),
        (
            {"updateCells": {"range": A1, "rows": text("a") * 2, "fields": "*"}},
            "Attempting to write row: 1, beyond the last requested row of: 0",
        ),
        ({"updateCells": {"rows": text("a"), "fields": "*"}}, "Must specify one of start or range."),
        (
            {"updateCells": {"start": {}, "rows": text("x" * 50_001), "fields": "*"}},
            "Your input contains more than the maximum of 50000 characters in a single cell.",
        ),
        ({"addSheet": {"properties": {"title": "x" * 101}}}, "cannot be longer than 100 characters"),
        ({"addSheet": {"properties": {"title": "SHEET1"}}}, 'A sheet with the name "SHEET1" already exists.'),
        ({"deleteSheet": {"sheetId": 0}}, "You can't remove all the visible sheets in a document."),
        ({"updateSheetProperties": {"properties": {"hidden": True}, "fields": "hidden"}}, "You can't hide all"),
        (
            {"addSheet": {"properties": {"gridProperties": {"rowCount": 1_000_000, "columnCount": 10}}}},
            "above the limit of 10000000 cells.",
        ),
        ({"addNamedRange": {"namedRange": {"name": "A1", "range": A1}}}, "not a valid name"),
        ({"deleteNamedRange": {"namedRangeId": "x"}}, "No named range with id: x"),
    ],
)
def test_what_makes_no_sense_is_refused(book: Book, request_: Json, message: str) -> None:
    with pytest.raises(RefusedError) as refused:
        book.update(request_)
    assert refused.value.status == 400
    assert message in refused.value.error["message"]
