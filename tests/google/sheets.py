"""Google Sheets made for a test from tabs of cells, through the adapter's own client: at the local Google, or live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sheetcrm.table import Cell, Spot
from sheetcrm.workbook.google.connection.client import Client, connect
from sheetcrm.workbook.google.connection.endpoint import find_endpoint
from sheetcrm.workbook.google.wire import coordinate, extended_value

Cells = Mapping[str, Sequence[Sequence[Cell]]]
Formulas = Mapping[tuple[str, Spot], str]

_SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
LIVE = "sheetcrm test"
"""What the title of a real sheet begins with whose contents tests may throw away."""


def local_client(url: str, folder: Path) -> Client:
    """A client of the local Google without credentials; the platform's own config folder is left alone."""
    return connect(find_endpoint(url, {}), folder=folder)


def new_sheet(client: Client, title: str = "Clients", locale: str = "en_US") -> str:
    """A blank Google Sheet, and its id."""
    body = {"properties": {"title": title, "locale": locale}}
    return str(client.request("post", _SHEETS, json=body).json()["spreadsheetId"])


def emptied(client: Client, id: str) -> str:
    """A real sheet, emptied for a test.

    Raises:
        AssertionError: If it is not called so that it may be.
    """
    told = client.fetch_sheet_metadata(id, {"fields": "properties.title,sheets.properties,developerMetadata"})
    assert told["properties"]["title"].startswith(LIVE), f"the sheet's title must begin with {LIVE!r}: it is emptied"
    tabs = [sheet["properties"]["sheetId"] for sheet in told["sheets"]]
    free = max(tabs) + 1
    requests: list[dict[str, Any]] = [{"addSheet": {"properties": {"sheetId": free, "title": f"blank {free}"}}}]
    requests += [{"deleteSheet": {"sheetId": tab}} for tab in tabs]
    requests += [
        {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": entry["metadataId"]}}}}
        for entry in told.get("developerMetadata", ())
    ]
    client.batch_update(id, {"requests": requests})
    return id


def fill(client: Client, id: str, cells: Cells, formulas: Formulas, merged: Mapping[str, tuple[Spot, Spot]]) -> None:
    """Replace the blank tab of a sheet by these."""
    told = client.fetch_sheet_metadata(id, {"fields": "sheets.properties.sheetId"})
    blank = told["sheets"][0]["properties"].get("sheetId", 0)
    requests: list[dict[str, Any]] = []
    for gid, (title, rows) in enumerate(cells.items(), blank + 1):
        requests.append({"addSheet": {"properties": {"sheetId": gid, "title": title}}})
        spots = {(row, column): value for row, line in enumerate(rows, 1) for column, value in enumerate(line)}
        requests += [_put(gid, spot, _cell(value)) for spot, value in spots.items() if value is not None]
        own = {spot: text for (tab, spot), text in formulas.items() if tab == title}
        requests += [_put(gid, spot, {"userEnteredValue": {"formulaValue": text}}) for spot, text in own.items()]
        if title in merged:
            first, last = merged[title]
            area = {**_rows(first[0], last[0]), "startColumnIndex": first[1], "endColumnIndex": last[1] + 1}
            requests.append({"mergeCells": {"range": {"sheetId": gid, **area}, "mergeType": "MERGE_ALL"}})
    client.batch_update(id, {"requests": [*requests, {"deleteSheet": {"sheetId": blank}}]})


def _cell(value: Cell) -> dict[str, Any]:
    cell: dict[str, Any] = {"userEnteredValue": extended_value(value)}
    if hasattr(value, "year"):
        cell["userEnteredFormat"] = {"numberFormat": {"type": "DATE_TIME" if hasattr(value, "hour") else "DATE"}}
    return cell


def _put(gid: int, spot: Spot, cell: dict[str, Any]) -> dict[str, Any]:
    fields = ",".join("userEnteredFormat.numberFormat" if name == "userEnteredFormat" else name for name in cell)
    return {"updateCells": {"start": coordinate(gid, spot), "rows": [{"values": [cell]}], "fields": fields}}


def _rows(first: int, last: int) -> dict[str, int]:
    return {"startRowIndex": first - 1, "endRowIndex": last}
