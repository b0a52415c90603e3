from datetime import date, datetime
from typing import Any

from sheetcrm.table import Sheet
from sheetcrm.workbook.google import reading
from sheetcrm.workbook.google.standing import Standing
from tests.google.local import Book, Local


def seen(book: Book) -> tuple[Standing, list[Sheet]]:
    found, marks = reading.standing(book.get(fields=reading.FIELDS))
    asked = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}
    answer = book.call("GET", "/values:batchGet", ranges=reading.ranges(found), **asked)
    return found, reading.sheets(found, marks, [block.get("values", []) for block in answer["valueRanges"]])


def sheet(book: Book) -> Sheet:
    return seen(book)[1][0]


def test_values_come_as_they_are_meant() -> None:
    book = Local().book()
    book.write("A1", ["text", 7, 1.5, True, "TRUE", " spaces "])
    assert list(map(list, sheet(book).rows)) == [["text", 7.0, 1.5, True, "TRUE", " spaces "]]
    assert type(sheet(book).rows[0][1]) is float


def test_days_and_moments_are_known_by_what_their_cells_show() -> None:
    book = Local().book(locale="ru_RU")
    book.type("A1", ["22.11.2026", "22.11.2026 8:30:00", "46348", "8:30"])
    row = sheet(book).rows[0]
    assert row[:3] == [date(2026, 11, 22), datetime(2026, 11, 22, 8, 30), 46348.0]


def test_a_russian_decimal_is_a_number() -> None:
    book = Local().book(locale="ru_RU")
    book.type("A1", ["1,5", "1.5"])
    assert sheet(book).rows[0][0] == 1.5


def test_formulas_errors_and_blanks_are_told_apart() -> None:
    book = Local().book()
    book.type("A1", ["=1+1", "=1/0", "#N/A", ""])
    book.write("A2", ["=1+1", "#N/A"])
    found = sheet(book)
    assert found.formulas == {(1, 0), (1, 1)}
    assert found.errors[1, 1] == "#DIV/0!"
    assert found.rows[0][0] == 2.0
    assert found.rows[0][1] == ""
    assert list(found.rows[1][:2]) == ["=1+1", "#N/A"], "what was written as text is text"


def test_a_part_of_a_cell_that_is_told_blank_says_nothing() -> None:
    nothing: dict[str, Any] = {"userEnteredValue": {}, "effectiveValue": {}, "effectiveFormat": {"numberFormat": {}}}
    properties = {"title": "Data", "gridProperties": {"rowCount": 1, "columnCount": 1}}
    told = {"properties": properties, "data": [{"rowData": [{"values": [nothing]}]}]}
    found, marks = reading.standing({"spreadsheetId": "1", "properties": {}, "sheets": [told]})
    (data,) = reading.sheets(found, marks, [[["Daisy"]]])
    assert list(map(list, data.rows)) == [["Daisy"]]
    assert (data.formulas, data.errors, data.uncached) == (frozenset(), {}, frozenset())


def test_a_formula_that_is_not_calculated_yet_has_no_value() -> None:
    book = Local().book()
    book.type("A1", ['=IMPORTRANGE("x","y")', "z"])
    assert sheet(book).uncached == {(1, 0)}
    assert sheet(book).rows[0] == ["", "z"]


def test_rows_are_numbered_as_they_stand_and_equally_wide() -> None:
    book = Local().book()
    book.write("B3", ["x", "y"])
    book.write("A5", ["z"])
    assert list(map(list, sheet(book).rows)) == [
        ["", "", ""],
        ["", "", ""],
        ["", "x", "y"],
        ["", "", ""],
        ["z", "", ""],
    ]


def test_what_stands_beside_the_cells_is_told() -> None:
    book = Local().book("Data", "Hidden")
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 1}
    yellow: dict[str, Any] = {"userEnteredFormat": {"backgroundColor": {"red": 1, "green": 1}}}
    book.update(
        {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}},
        {"updateSheetProperties": {"properties": {"sheetId": 1, "hidden": True}, "fields": "hidden"}},
        {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0}}}},
        {"repeatCell": {"range": {**area, "startRowIndex": 4, "endRowIndex": 5}, "cell": yellow,
                        "fields": "userEnteredFormat.backgroundColor"}},
    )  # fmt: skip
    found, (data, hidden) = seen(book)
    assert data.merged == (((1, 0), (2, 0)),)
    assert data.protected
    assert data.fills == {5: "FFFF00"}
    assert hidden.hidden
    assert data.url.endswith("/edit#gid=0")
    assert found.gids == {"Data": 0, "Hidden": 1}
    assert (found.tabs["Data"].rows, found.tabs["Data"].columns) == (100, 10)


def test_a_warning_protects_nothing() -> None:
    book = Local().book()
    book.update({"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0}, "warningOnly": True}}})
    assert not sheet(book).protected


def test_a_number_beyond_the_calendar_stays_one() -> None:
    assert reading.dated(9e9, "DATE") == 9e9


def test_nothing_is_free_below_a_formula_that_fills_a_column() -> None:
    book = Local().book()
    book.type("A1", ["ID", "=ARRAYFORMULA(A1:A9)"], ["1"], ["2"], ["3", "typed"])
    assert sheet(book).formulas == {(1, 1), (2, 1), (3, 1), (4, 1)}
