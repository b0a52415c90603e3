"""What sheetcrm writes and reads back, asked over HTTP as it asks: the fence, fresh rows, the state after."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.google.asking import DATE, cell, cells, mark, put, span
from tests.google.local import Asked, Book, Json, RefusedError


@pytest.fixture
def book(asked: Asked) -> Book:
    return asked.book()


# -- the fence --------------------------------------------------------------------------------------------------------


def test_of_two_writes_from_one_base_the_second_is_refused_whole(book: Book) -> None:
    book.update(put(cells("first")), mark(7))
    for batch in ([put(cells("second")), mark(7)], [mark(7), put(cells("second"))]):
        with pytest.raises(RefusedError) as refused:
            book.update(*batch)
        assert refused.value.status == 400
    assert book.raw("A1") == [["first"]]
    assert [entry["metadataId"] for entry in book.get()["developerMetadata"]] == [7]


def test_deleting_marks_of_which_there_are_none_is_fine(book: Book) -> None:
    lookup = {"developerMetadataLookup": {"metadataKey": "sheetcrm"}}
    told = book.update({"deleteDeveloperMetadata": {"dataFilter": lookup}}, mark(1))
    assert told["replies"][0] == {"deleteDeveloperMetadata": {}}
    book.update({"deleteDeveloperMetadata": {"dataFilter": lookup}}, mark(2))
    assert [entry["metadataId"] for entry in book.get()["developerMetadata"]] == [2]


# -- rows -------------------------------------------------------------------------------------------------------------


def test_fresh_rows_take_the_look_and_the_rule_of_the_row_before(book: Book) -> None:
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "Лид"}]}, "strict": True}
    book.update(
        put(
            cells("id", 46000), cells("c2", 46001, userEnteredFormat=DATE), fields="userEnteredValue,userEnteredFormat"
        ),
        {"setDataValidation": {"range": span(1, 2, 0, 1), "rule": rule}},
    )
    rows = {"dimension": "ROWS", "startIndex": 2, "endIndex": 4}
    book.update(
        {"insertDimension": {"range": rows, "inheritFromBefore": True}},
        put(cells("c3", 46002), cells("c4", 46003), at=(2, 0)),
    )
    assert book.values("A3:B4") == [["c3", "11.12.2025"], ["c4", "12.12.2025"]]
    assert cell(book, "A4")["dataValidation"] == rule
    assert "dataValidation" not in cell(book, "A1")


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (put(cells("x"), at=(100, 0)), "GridCoordinate.rowIndex[100] is after last row in grid[99]"),
        (put(cells("x"), at=(0, 10)), "GridCoordinate.columnIndex[10] is after last column in grid[9]"),
        (put(cells("x"), cells("y"), at=(99, 0)), "Attempting to write row: 100, beyond the last requested row of: 99"),
        (put(cells("x", "y"), at=(0, 9)), "Attempting to write column: 10, beyond the last requested column of: 9"),
        (
            {"updateCells": {"range": span(0, 101, 0, 1), "rows": [], "fields": "*"}},
            "Range (Sheet1!A1:A101) exceeds grid limits. Max rows: 100, max columns: 10",
        ),
    ],
)
def test_writing_beyond_the_tab_is_refused_in_googles_words(book: Book, request_: Json, message: str) -> None:
    with pytest.raises(RefusedError) as refused:
        book.update(put(cells("kept out")), request_)
    assert refused.value.error["message"] == f"Invalid requests[1].updateCells: {message}"
    assert book.raw("A1:J100") == []


def test_the_rows_that_were_written_come_back_with_the_answer(asked: Asked) -> None:
    book = asked.book("Компании", "Сделки")
    told = book.update(
        put(cells("c1", 5), cells("c2"), at=(1, 0)),
        put(cells("d1"), at=(4, 2), sheet=1),
        includeSpreadsheetInResponse=True,
        responseRanges=["'Компании'!A2:B3", "'Компании'!A1", "'Сделки'!C5"],
        responseIncludeGridData=True,
    )
    first, second = told["updatedSpreadsheet"]["sheets"]
    assert [part.get("startRow", 0) for part in first["data"]] == [1, 0]
    rows = first["data"][0]["rowData"]
    assert [[one["userEnteredValue"] for one in row["values"]] for row in rows] == [
        [{"stringValue": "c1"}, {"numberValue": 5}],
        [{"stringValue": "c2"}],
    ]
    assert (second["data"][0]["startRow"], second["data"][0]["startColumn"]) == (4, 2)


def test_the_answer_is_cut_to_the_fields_asked_for(book: Book) -> None:
    fields = "spreadsheetId,updatedSpreadsheet(sheets(data(startRow,rowData(values(userEnteredValue)))))"
    body = {"requests": [put(cells("a", None, True))], "includeSpreadsheetInResponse": True, "responseRanges": ["1:1"]}
    told = book.call("POST", ":batchUpdate", body, fields=fields)
    assert told == {
        "spreadsheetId": book.id,
        "updatedSpreadsheet": {
            "sheets": [
                {
                    "data": [
                        {
                            "rowData": [
                                {
                                    "values": [
                                        {"userEnteredValue": {"stringValue": "a"}},
                                        {},
                                        {"userEnteredValue": {"boolValue": True}},
                                    ]
                                }
                            ]
                        }
                    ]
                }
            ]
        },
    }


# -- values -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "TRUE",
        "007",
        "+7 999 123-45-67",
        "1,5",
        "=1+1",
        "'quoted",
        " blanks ",
        "tab\there",
        "a\nb",
        "a\r\nb",
        "👍🏽",
        "46000",
    ],
)
def test_text_stays_the_text_that_it_is(book: Book, text: str) -> None:
    book.update(put(cells(text, True, 46000)))
    assert book.raw("A1:C1") == [[text, True, 46000]]
    told = cell(book)
    assert told["effectiveValue"] == told["userEnteredValue"] == {"stringValue": text}


def test_50_000_characters_are_kept_and_one_more_is_refused(book: Book) -> None:
    book.update(put(cells("я" * 50_000)))
    assert book.raw("A1") == [["я" * 50_000]]
    with pytest.raises(RefusedError, match="more than the maximum of 50000 characters in a single cell"):
        book.update(put(cells("fine", "я" * 50_001)))
    assert len(book.raw("A1")[0][0]) == 50_000


@pytest.mark.parametrize("title", ["O'Neil «Клиенты» 🚀", "Sheet 1!A1", "1:2", "A1", "Задачи, срочные"])
def test_a_tab_of_any_title_is_named_in_a_range(asked: Asked, title: str) -> None:
    book = asked.book(title)
    where = "'" + title.replace("'", "''") + "'"
    book.update(put(cells("found")))
    told = book.call("GET", "/values:batchGet", ranges=[where, f"{where}!A1:B2"])
    assert [one["values"] for one in told["valueRanges"]] == [[["found"]], [["found"]]]
    assert book.call("GET", f"/values/{quote(where, safe='')}")["range"].startswith(where)


def test_a_russian_book_is_written_typed_and_looks_russian(asked: Asked) -> None:
    book = asked.book(locale="ru_RU")
    row = cells(1234.5, True)
    row["values"].append({"userEnteredValue": {"numberValue": 46000}, "userEnteredFormat": DATE})
    book.update(put(row, fields="userEnteredValue,userEnteredFormat"))
    assert book.values("A1:C1") == [["1234,5", "ИСТИНА", "09.12.2025"]]
    assert book.raw("A1:C1") == [[1234.5, True, 46000]]


def test_which_cells_are_dates_is_told_by_their_effective_format(book: Book) -> None:
    book.update(put(cells(46000, 46000, "text"), cells(None, 7, True), fields="userEnteredValue"))
    book.update({"repeatCell": {"range": span(0, 1, 0, 1), "cell": {"userEnteredFormat": DATE}, "fields": "*"}})
    book.type("A1", ["2026-01-02"])
    book.type("B1", ["=TODAY()"])
    fields = "sheets(data(rowData(values(effectiveFormat.numberFormat.type))))"
    told = book.sheet(fields=fields)["data"][0]["rowData"][0]["values"]
    of_a_date = {"effectiveFormat": {"numberFormat": {"type": "DATE"}}}
    assert told == [of_a_date, of_a_date]
    book.update(put(cells(5)))
    assert book.values("A1") == [["04.01.1900"]]


def test_formulas_errors_and_colours_are_told_by_one_mask(book: Book) -> None:
    book.type("A1", ["=1/0", "=1+1", "plain"])
    grey = {"userEnteredFormat": {"backgroundColor": {"red": 0.5}}}
    book.update({"repeatCell": {"range": span(0, 1, 2, 3), "cell": grey, "fields": "userEnteredFormat"}})
    wanted = "userEnteredValue.formulaValue,effectiveValue.errorValue.type,userEnteredFormat.backgroundColor"
    told = book.sheet(fields=f"sheets(data(rowData(values({wanted}))))")["data"][0]["rowData"]
    assert told == [
        {
            "values": [
                {
                    "userEnteredValue": {"formulaValue": "=1/0"},
                    "effectiveValue": {"errorValue": {"type": "DIVIDE_BY_ZERO"}},
                },
                {"userEnteredValue": {"formulaValue": "=1+1"}},
                {"userEnteredFormat": {"backgroundColor": {"red": 0.5}}},
            ]
        }
    ]


def test_a_cell_holds_a_note_runs_a_link_and_a_pivot_table(book: Book) -> None:
    runs = [{"startIndex": 0, "format": {"bold": True}}, {"startIndex": 4, "format": {}}]
    link = {"textFormat": {"link": {"uri": "#gid=0&range=B17"}}}
    pivot = {"source": span(0, 9, 0, 3), "rows": [{"sourceColumnOffset": 0, "sortOrder": "ASCENDING"}]}
    row = cells("ACME Ltd", note="gate", textFormatRuns=runs)
    row["values"] += [*cells("B17", userEnteredFormat=link)["values"], {"pivotTable": pivot}]
    book.update(put(row, fields="userEnteredValue,userEnteredFormat,note,textFormatRuns,pivotTable"))
    first, second, third = book.sheet(includeGridData=True)["data"][0]["rowData"][0]["values"]
    assert first["note"] == "gate"
    assert first["textFormatRuns"] == [{"format": {"bold": True}}, {"startIndex": 4, "format": {}}]
    assert second["hyperlink"] == "#gid=0&range=B17"
    assert third["pivotTable"]["rows"] == pivot["rows"]
    book.update(put(cells("new")))
    assert "textFormatRuns" not in cell(book)
    assert cell(book)["note"] == "gate"
