"""Reads and writes, as Google counts them."""

import pytest

from sheetcrm.workbook.google.connection.call import Call, call_of

BOOK = "https://sheets.googleapis.com/v4/spreadsheets/1Ab-c_"


@pytest.mark.parametrize(
    ("method", "url", "is_write"),
    [
        ("get", BOOK, False),
        ("get", f"{BOOK}/values:batchGet", False),
        ("GET", f"{BOOK}/values/Sheet1%21A1", False),
        ("post", f"{BOOK}/values:batchGetByDataFilter", False),
        ("post", f"{BOOK}:getByDataFilter", False),
        ("post", f"{BOOK}/developerMetadata:search", False),
        ("post", f"{BOOK}:batchUpdate", True),
        ("post", f"{BOOK}/values:batchUpdate", True),
        ("put", f"{BOOK}/values/A1", True),
        ("post", f"{BOOK}/values/A1:clear", True),
        ("delete", "https://www.googleapis.com/drive/v3/files/1Ab-c_/permissions/2", True),
    ],
)
def test_what_may_change_something_is_a_write(method: str, url: str, is_write: bool) -> None:
    assert call_of(method, url) == Call(is_write, "1Ab-c_")


def test_a_call_about_no_spreadsheet() -> None:
    assert call_of("post", "https://sheets.googleapis.com/v4/spreadsheets") == Call(True, "")
