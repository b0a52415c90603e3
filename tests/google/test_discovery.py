"""Requests and answers against Google's discovery documents."""

from typing import Any

import pytest

from tests.google.emulator import discovery
from tests.google.emulator.errors import ApiError
from tests.google.local import Book, RefusedError

BATCH = "BatchUpdateSpreadsheetRequest"


def test_googles_lenience() -> None:
    body = {"requests": [{"add_sheet": {"properties": {"sheet_id": "7", "title": None, "hidden": "true"}}}]}
    parsed = discovery.sheets().parse(BATCH, body)
    assert parsed == {"requests": [{"addSheet": {"properties": {"sheetId": 7, "hidden": True}}}]}


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"addSheets": {}}, "Unknown name \"addSheets\" at 'requests[0]': Cannot find field."),
        (
            {"repeatCell": {"cell": {"userEntered": 1}}},
            "Unknown name \"userEntered\" at 'requests[0].repeat_cell.cell': Cannot find field.",
        ),
        ({"deleteSheet": {"sheetId": "x"}}, "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), \"x\""),
        ({"deleteSheet": {"sheetId": 2**31}}, "'requests[0].delete_sheet.sheet_id' (TYPE_INT32), 2147483648"),
        (
            {"mergeCells": {"mergeType": "ALL"}},
            "Invalid value at 'requests[0].merge_cells.merge_type' (TYPE_ENUM), \"ALL\"",
        ),
        ({"addSheet": {"properties": {"hidden": 1}}}, "'requests[0].add_sheet.properties.hidden' (TYPE_BOOL), 1"),
        ({"addSheet": 1}, "Invalid value at 'requests[0].add_sheet'"),
        (
            {"addSheet": []},
            "Unknown name \"addSheet\" at 'requests[0]': Proto field is not repeating, cannot start list.",
        ),
    ],
)
def test_what_does_not_fit_is_refused_in_googles_words(request_: dict[str, Any], message: str) -> None:
    with pytest.raises(ApiError) as refused:
        discovery.sheets().parse(BATCH, {"requests": [request_]})
    assert message in refused.value.message
    assert refused.value.details[0]["@type"].endswith("google.rpc.BadRequest")


def test_all_faults_are_told_at_once(book: Book) -> None:
    with pytest.raises(RefusedError) as refused:
        book.update({"nonsense": 1}, {"deleteSheet": {"id": 1}})
    assert len(refused.value.error["details"][0]["fieldViolations"]) == 2


def test_an_unknown_parameter_is_refused_by_sheets_and_overlooked_by_drive(book: Book) -> None:
    with pytest.raises(RefusedError, match='Unknown name "rangs": Cannot bind query parameter'):
        book.get(rangs="A1")
    assert book.local.call("GET", f"/drive/v3/files/{book.id}", rangs="A1")["id"] == book.id


def test_an_answer_that_google_could_not_give_is_noticed() -> None:
    assert discovery.sheets().faults("Spreadsheet", {"sheets": [{"property": {}}]})
    sound, odd = ({"effectiveValue": {kind: 5}} for kind in ("numberValue", "stringValue"))
    rows = [{"values": [{}, sound]}, {"values": [odd]}]
    assert discovery.sheets().faults("Spreadsheet", {"sheets": [{"data": [{"rowData": rows}]}]}) == [
        "Invalid value at 'sheets[0].data[0].row_data[1].values[0].effective_value.string_value' (TYPE_STRING), 5"
    ]
    assert not discovery.sheets().faults("Spreadsheet", {"sheets": [{"properties": {"sheetId": 1}}]})


def test_every_request_that_is_done_here_is_in_the_document() -> None:
    from tests.google.emulator.requests import HANDLERS

    assert HANDLERS.keys() <= discovery.sheets().schemas["Request"]["properties"].keys()


@pytest.mark.parametrize("body", [b"{", b'{"requests": [NaN]}', b'{"requests": [-Infinity]}'])
def test_a_body_that_is_no_json_is_refused(book: Book, body: bytes) -> None:
    with pytest.raises(RefusedError, match="Invalid JSON payload received"):
        book.call("POST", ":batchUpdate", body)
