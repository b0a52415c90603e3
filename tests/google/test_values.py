"""Values as Google gives them and takes them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google.local import Book, RefusedError


def test_blanks_at_the_end_are_not_told_and_an_inner_empty_row_is_an_empty_list(book: Book) -> None:
    book.write("A1", ["a", "", "c", ""], [], ["", "b"], [""])
    assert book.values("A1:Z9") == [["a", "", "c"], [], ["", "b"]]
    assert book.values("A1:D4", majorDimension="COLUMNS") == [["a"], ["", "", "b"], ["c"]]


def test_an_empty_range_has_no_values_at_all(book: Book) -> None:
    told = book.call("GET", "/values/A1:B2")
    assert told == {"range": "Sheet1!A1:B2", "majorDimension": "ROWS"}


def test_null_skips_a_cell_and_the_empty_text_clears_it(book: Book) -> None:
    book.write("A1", [1, 2, 3])
    told = book.write("A1", [None, "", 4])
    assert book.raw("A1:C1") == [[1, "", 4]]
    assert told["updatedRange"] == "Sheet1!A1:C1"


def test_raw_is_kept_as_it_is(book: Book) -> None:
    book.write("A1", ["=1+1", "007", "1.5", "TRUE", 7, 1.25, True, "'x"])
    assert book.raw("A1:H1") == [["=1+1", "007", "1.5", "TRUE", 7, 1.25, True, "'x"]]
    assert book.values("A1:H1", valueRenderOption="FORMULA")[0][0] == "=1+1"
    (row,) = book.sheet(ranges="A1", includeGridData=True)["data"][0]["rowData"]
    assert row["values"][0]["userEnteredValue"] == {"stringValue": "=1+1"}


def test_typing_into_a_text_cell_stays_text(book: Book) -> None:
    look = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    book.update({"repeatCell": {"range": {"endRowIndex": 1, "endColumnIndex": 1}, "cell": look, "fields": "*"}})
    book.type("A1", ["007"])
    assert book.raw("A1") == [["007"]]


def test_dates_come_as_serial_numbers_or_as_they_look(book: Book) -> None:
    book.type("A1", ["1/5/2024", "12:00", "5"])
    assert book.raw("A1:C1") == [[45296, 0.5, 5]]
    as_text = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "FORMATTED_STRING"}
    assert book.values("A1:C1", **as_text) == [["1/5/2024", "12:00", 5]]
    assert book.values("A1:C1") == [["1/5/2024", "12:00", "5"]]


def test_a_russian_book_reads_numbers_its_own_way(russian: Book) -> None:
    russian.type("A1", ["1,5", "1.5", "05.01.2024"])
    ((half, first_of_may, date),) = russian.raw("A1:C1")
    assert (half, date) == (1.5, 45296)
    assert isinstance(first_of_may, int)
    assert russian.values("B1") == [["01.05"]]
    russian.write("A2", [1.5, True])
    assert russian.values("A2:B2") == [["1,5", "ИСТИНА"]]


def test_columns_are_written_as_columns(book: Book) -> None:
    body = {"values": [[1, 2], [3]], "majorDimension": "COLUMNS"}
    book.call("PUT", "/values/A1", body, valueInputOption="RAW")
    assert book.raw("A1:B2") == [[1, 3], [2]]


def test_ranges_in_one_call(book: Book) -> None:
    data = [{"range": "A1:B1", "values": [[1, 2]]}, {"range": "Sheet1!A3", "values": [["x"]]}]
    told = book.call("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data})
    assert told["totalUpdatedCells"] == 3
    assert told["totalUpdatedRows"] == 2
    told = book.call("GET", "/values:batchGet", ranges=["A1:B1", "A3"])
    assert [one["values"] for one in told["valueRanges"]] == [[["1", "2"]], [["x"]]]
    book.call("POST", "/values:batchClear", {"ranges": ["A1", "A3"]})
    assert book.values("A1:C9") == [["", "2"]]


def test_a_batch_of_values_is_all_or_nothing(book: Book) -> None:
    data = [{"range": "A1", "values": [[1]]}, {"range": "Nowhere!A1", "values": [[2]]}]
    with pytest.raises(RefusedError, match="Unable to parse range: Nowhere!A1"):
        book.call("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data})
    assert book.values("A1") == []


def test_the_answer_holds_the_values_when_asked(book: Book) -> None:
    query = {"valueInputOption": "USER_ENTERED", "includeValuesInResponse": True}
    told = book.call("PUT", "/values/A1", {"values": [["=1+1"]]}, **query)
    assert told["updatedData"] == {"range": "Sheet1!A1", "majorDimension": "ROWS", "values": [["2"]]}


def test_clearing_leaves_formats(book: Book) -> None:
    book.type("A1", ["15%"])
    assert book.call("POST", "/values/A1:B2:clear")["clearedRange"] == "Sheet1!A1:B2"
    book.write("A1", [0.5])
    assert book.values("A1") == [["50%"]]


@pytest.mark.parametrize(
    ("where", "rows", "message"),
    [
        ("A1:B1", [[1, 2, 3]], "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]"),
        ("A1:B1", [[1], [2]], "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]"),
        ("A101:B101", [[1]], "Range (Sheet1!A101:B101) exceeds grid limits. Max rows: 100, max columns: 10"),
        ("K1", [[1]], "Range (Sheet1!K1) exceeds grid limits. Max rows: 100, max columns: 10"),
        ("A1", [["x" * 50_001]], "Your input contains more than the maximum of 50000 characters in a single cell."),
        ("A1", [[[1]]], "Invalid values[0][0]: list_value"),
    ],
)
def test_what_does_not_fit_is_refused(book: Book, where: str, rows: list[list[object]], message: str) -> None:
    with pytest.raises(RefusedError) as refused:
        book.write(where, *rows)
    assert refused.value.error["message"] == message
    assert refused.value.error["status"] == "INVALID_ARGUMENT"


def test_a_cell_holds_fifty_thousand_characters(book: Book) -> None:
    book.write("A1", ["x" * 50_000])
    assert len(book.raw("A1")[0][0]) == 50_000


def test_reading_is_cut_at_the_edge_but_must_start_inside(book: Book) -> None:
    assert book.call("GET", "/values/J99:Z999")["range"] == "Sheet1!J99:J100"
    with pytest.raises(RefusedError, match="exceeds grid limits"):
        book.values("A101")


def test_an_input_option_is_needed(book: Book) -> None:
    with pytest.raises(RefusedError, match="'valueInputOption' is required but not specified"):
        book.call("PUT", "/values/A1", {"values": [[1]]})


# -- appending --------------------------------------------------------------------------------------------------------


def test_append_finds_the_last_table(book: Book) -> None:
    """The example in Google's documentation."""
    book.write("A1", ["x", "y", "z"], ["x", "y", "z"])
    book.write("B4", ["x", "y"], ["x", "y", "z"])
    book.write("D6", ["z"])

    def appended(where: str) -> str:
        copy = book.local.call("POST", f"/drive/v3/files/{book.id}/copy", {})["id"]
        return str(Book(book.local, copy).append(where, ["new"])["updates"]["updatedRange"])

    assert appended("Sheet1") == appended("C5:D5") == appended("B2:D4") == appended("A3:G10") == "Sheet1!B7"
    assert appended("A1") == "Sheet1!A3"
    assert appended("E4") == "Sheet1!E4"
    assert appended("A4") == "Sheet1!A4"


def test_append_starts_where_the_last_filled_cell_is(book: Book) -> None:
    book.append("A1", ["a", "", "c"])
    second = book.append("Sheet1", ["a", "", "c"])
    assert second["tableRange"] == "Sheet1!C1"
    assert second["updates"]["updatedRange"] == "Sheet1!C2:E2"
    assert book.append("Sheet1", ["a", "", "c"])["updates"]["updatedRange"] == "Sheet1!E3:G3"


def test_append_makes_room(book: Book) -> None:
    book.write("A1:A100", *[[n] for n in range(100)])
    book.append("A1", ["next"])
    assert book.sheet()["properties"]["gridProperties"]["rowCount"] == 101
    assert book.values("A101") == [["next"]]


def test_append_overwrites_or_inserts(book: Book) -> None:
    book.write("A1", ["a"])
    book.write("A4", ["under"])
    book.append("A1", ["b"], ["c"], ["d"], insertDataOption="INSERT_ROWS")
    assert book.values("A1:A9") == [["a"], ["b"], ["c"], ["d"], [], [], ["under"]]
    book.write("C1", ["a"])
    book.append("C1", ["b"])
    assert book.values("C1:C9") == [["a"], ["b"]]


def test_of_many_ranges_the_one_that_is_wrong_is_named(book: Book) -> None:
    for where, message in (
        ("Nowhere!A1", "Unable to parse range: Nowhere!A1"),
        ("B1", "Your input contains more than"),
    ):
        data = [{"range": "A1", "values": [["kept out"]]}, {"range": where, "values": [["я" * 50_001]]}]
        with pytest.raises(RefusedError) as refused:
            book.call("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data})
        assert refused.value.error["message"].startswith(f"Invalid data[1]: {message}")
    assert book.raw("A1:B1") == []


@pytest.mark.parametrize(
    ("method", "path", "body", "message"),
    [
        (
            "PUT",
            "/values/A1?valueInputOption=RAW",
            {"values": ["x"]},
            "'data.values[0]' (type.googleapis.com/google.protobuf",
        ),
        ("PUT", "/values/A1?valueInputOption=RAW", b'{"values": [[1e999]]}', "Invalid values[0][0]: number_value"),
        ("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": [{"values": [["x"]]}]}, "Invalid data[0]"),
        ("POST", "/sheets/first:copyTo", {}, "Invalid value at 'sheet_id' (TYPE_INT32), \"first\""),
        ("POST", "/sheets/0:copyTo", {}, "Requested entity was not found."),
        ("GET", "/developerMetadata/mine", None, "Invalid value at 'metadata_id' (TYPE_INT32), \"mine\""),
    ],
)
def test_what_is_no_request_at_all_is_refused(book: Book, method: str, path: str, body: Any, message: str) -> None:
    path, _, query = path.partition("?")
    with pytest.raises(RefusedError) as refused:
        book.call(method, path, body, **({"valueInputOption": "RAW"} if query else {}))
    assert message in refused.value.error["message"]


def test_a_power_beyond_all_numbers_stays_text(book: Book) -> None:
    book.type("A1", ["1E400"])
    assert book.raw("A1") == [["1E400"]]
