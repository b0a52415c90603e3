"""Requests as sheetcrm words them, and a look at what they left behind."""

from __future__ import annotations

from typing import Any

from tests.google.local import Book, Json

DATE = {"numberFormat": {"type": "DATE", "pattern": "dd.mm.yyyy"}}


def cells(*values: Any, **more: Any) -> Json:
    """One row of CellData; None is a cell with nothing to write."""
    return {"values": [{"userEnteredValue": extended(value), **more} if value is not None else {} for value in values]}


def extended(value: Any) -> Json:
    kinds = {str: "stringValue", bool: "boolValue", int: "numberValue", float: "numberValue"}
    return {kinds[type(value)]: value}


def put(*rows: Json, at: tuple[int, int] = (0, 0), sheet: int = 0, fields: str = "userEnteredValue") -> Json:
    start = {"sheetId": sheet, "rowIndex": at[0], "columnIndex": at[1]}
    return {"updateCells": {"start": start, "rows": list(rows), "fields": fields}}


def mark(number: int) -> Json:
    entry = {
        "metadataId": number,
        "metadataKey": "sheetcrm",
        "visibility": "DOCUMENT",
        "location": {"spreadsheet": True},
    }
    return {"createDeveloperMetadata": {"developerMetadata": entry}}


def span(top: int, bottom: int, left: int, right: int) -> Json:
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


def cell(book: Book, where: str = "A1") -> Json:
    """A cell as CellData."""
    data = book.sheet(ranges=where, includeGridData=True)["data"][0]
    return dict(data["rowData"][0]["values"][0]) if "rowData" in data else {}
