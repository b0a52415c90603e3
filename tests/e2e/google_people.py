"""What people do to a Google Sheet while sheetcrm works on it, and when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sheetcrm.table import Cell
from tests.e2e.google_shore import Shore
from tests.google.local import Json

Deed = Callable[[Shore], list[Json]]


def rows(tab: str, start: int, end: int) -> Callable[[Shore], Json]:
    return lambda base: {"sheetId": base.gid(tab), "dimension": "ROWS", "startIndex": start, "endIndex": end}


def columns(tab: str, start: int, end: int) -> Callable[[Shore], Json]:
    return lambda base: {"sheetId": base.gid(tab), "dimension": "COLUMNS", "startIndex": start, "endIndex": end}


def sort(tab: str, column: int) -> Deed:
    def deed(base: Shore) -> list[Json]:
        area = {"sheetId": base.gid(tab), "startRowIndex": 1}
        specs = [{"dimensionIndex": column, "sortOrder": "DESCENDING"}]
        return [{"sortRange": {"range": area, "sortSpecs": specs}}]

    return deed


def insert(span: Callable[[Shore], Json]) -> Deed:
    return lambda base: [{"insertDimension": {"range": span(base), "inheritFromBefore": False}}]


def delete(span: Callable[[Shore], Json]) -> Deed:
    return lambda base: [{"deleteDimension": {"range": span(base)}}]


def move(span: Callable[[Shore], Json], to: int) -> Deed:
    return lambda base: [{"moveDimension": {"source": span(base), "destinationIndex": to}}]


def type_in(tab: str, row: int, column: int, *texts: str) -> Deed:
    def deed(base: Shore) -> list[Json]:
        start = {"sheetId": base.gid(tab), "rowIndex": row, "columnIndex": column}
        cells = [{"userEnteredValue": {"stringValue": text}} for text in texts]
        return [{"updateCells": {"start": start, "rows": [{"values": cells}], "fields": "userEnteredValue"}}]

    return deed


def rename(tab: str, title: str) -> Deed:
    def deed(base: Shore) -> list[Json]:
        return [
            {"updateSheetProperties": {"properties": {"sheetId": base.gid(tab), "title": title}, "fields": "title"}}
        ]

    return deed


def remove(tab: str) -> Deed:
    return lambda base: [{"deleteSheet": {"sheetId": base.gid(tab)}}]


def together(*deeds: Deed) -> Deed:
    return lambda base: [request for deed in deeds for request in deed(base)]


MOVES: dict[str, Deed] = {
    "sorts companies by name": sort("Companies", 1),
    "sorts deals by amount": sort("Deals", 7),
    "sorts activities and tasks": together(sort("Activities", 6), sort("Tasks", 1)),
    "inserts rows above": insert(rows("Companies", 1, 3)),
    "inserts rows above the header": insert(rows("Companies", 0, 1)),
    "inserts rows inside": together(insert(rows("Companies", 4, 5)), insert(rows("Deals", 2, 4))),
    "inserts a column": insert(columns("Companies", 2, 3)),
    "moves a column": move(columns("Companies", 7, 8), 1),
    "moves a grey column": move(columns("Companies", 14, 15), 2),
    "sorts and inserts": together(sort("Companies", 1), insert(rows("Companies", 3, 4))),
}
"""What moves records and loses none; each is told as what somebody does."""

CHANGES: dict[str, tuple[Deed, set[Cell]]] = {
    "deletes a row above": (delete(rows("Companies", 6, 7)), {"Poppy"}),
    "deletes a row of the new ones": (delete(rows("Companies", 8, 9)), {"Iris"}),
    "types into what is about to be written": (type_in("Companies", 8, 0, "C-000077"), {"Iris"}),
    "types elsewhere": (type_in("Companies", 2, 7, "likes tea"), {"Lily"}),
    "enters a firm below": (
        type_in("Companies", 10, 0, "", "Peony", "Information", "Anna", "+7 912 345-67-98", "Perm"),
        {"Peony"},
    ),
    "deletes a column of his own": (delete(columns("Companies", 7, 8)), {"My words"}),
    "deletes a grey column": (delete(columns("Companies", 14, 15)), {"▦ Debt"}),
    "renames a tab": (rename("My notes", "His notes"), set()),
    "renames a table's tab": (rename("Companies", "Clients"), set()),
    "deletes a tab of his own": (remove("My notes"), set()),
    "deletes a generated tab": (remove("▦ Check"), set()),
}
"""What changes records, with the names of the records or columns that it changes."""

MOMENTS: dict[str, dict[str, Any]] = {
    "while it reads": {"path": "/values:batchGet", "call": 1},
    "while it thinks": {"path": "/values:batchGet", "call": 2},
    "right before it writes": {"path": ":batchUpdate", "call": 1},
    "right after it wrote": {"path": ":batchUpdate", "call": 1, "when": "after"},
}
