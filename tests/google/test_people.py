"""A person who edits around our calls; over HTTP, as sheetcrm meets it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google.asking import cells, put, span
from tests.google.local import Asked, Book, Json, Served


@pytest.fixture
def book(asked: Asked) -> Book:
    return asked.book()


SORT = {"sortRange": {"range": span(0, 3, 0, 2), "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]}}
INSERT = {"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}}}
DELETE = {"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}}}


@pytest.mark.parametrize(
    ("edit", "seen"), [(SORT, ["c", "b", "a"]), (INSERT, ["", "a", "b", "c"]), (DELETE, ["b", "c"])], ids=str
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_person_sorts_inserts_or_deletes_around_a_call(
    served: Served, book: Book, edit: Json, seen: list[str], when: str
) -> None:
    rows = ["a", "b", "c"]
    book.update(put(*(cells(name) for name in rows)))
    around = {"spreadsheetId": book.id, "requests": [edit], "when": when}
    served.control("POST", "edits", **around, call=2, method="GET", path="/values:batchGet")
    told = [column(book) for _ in range(3)]
    assert told == [rows, rows if when == "after" else seen, seen]


def test_a_person_sorts_right_before_and_right_after_our_write(served: Served, book: Book) -> None:
    for when in ("before", "after"):
        book.update(put(*(cells(name) for name in ("a", "b", "c"))))
        around = {"spreadsheetId": book.id, "requests": [SORT], "when": when}
        served.control("POST", "edits", **around, method="POST", path=":batchUpdate")
        told = book.update(
            put(cells("mine"), at=(0, 1)),
            includeSpreadsheetInResponse=True,
            responseRanges=["1:1"],
            responseIncludeGridData=True,
        )
        first = told["updatedSpreadsheet"]["sheets"][0]["data"][0]["rowData"][0]["values"][0]
        assert first["formattedValue"] == ("c" if when == "before" else "a")
        assert book.raw("A1:B3") == (
            [["c", "mine"], ["b"], ["a"]] if when == "before" else [["c"], ["b"], ["a", "mine"]]
        )


def column(book: Book) -> list[Any]:
    told = book.call("GET", "/values:batchGet", ranges=["A:A"])["valueRanges"][0]["values"]
    return [row[0] if row else "" for row in told]
