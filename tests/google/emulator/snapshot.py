"""A book as Google's Spreadsheet: its properties, tabs, and the cells that were asked for."""

from __future__ import annotations

from typing import Any

from tests.google.emulator import fields
from tests.google.emulator.book import Sheet
from tests.google.emulator.cells.view import View
from tests.google.emulator.defaults import COLUMN_PIXELS, ROW_PIXELS
from tests.google.emulator.errors import Json
from tests.google.emulator.fields import Mask
from tests.google.emulator.ranges import Area

_CELL = ("sheets", "data", "rowData", "values")


def spreadsheet(view: View, areas: list[Area] | None, *, grid_data: bool, mask: Mask) -> Json:
    """The Spreadsheet resource.

    Args:
        view: The book as it is read.
        areas: Only the tabs of these areas, and of their cells only these; None for all.
        grid_data: Whether cells are wanted.
        mask: What the caller will be given of the answer; cells are cut to it here, since blanks at the end go after.
    """
    book = view.book
    seen = None if areas is None else {area.sheet.id for area in areas}
    sheets = [
        _sheet(view, sheet, None if areas is None else [area for area in areas if area.sheet is sheet], grid_data, mask)
        for sheet in book.sheets
        if seen is None or sheet.id in seen
    ]
    answer: Json = {"spreadsheetId": book.id, "properties": book.properties, "sheets": sheets}
    if book.named_ranges:
        answer["namedRanges"] = book.named_ranges
    answer["spreadsheetUrl"] = f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
    metadata = [entry for entry in book.metadata if entry["location"]["locationType"] == "SPREADSHEET"]
    return answer | ({"developerMetadata": metadata} if metadata else {})


def _sheet(view: View, sheet: Sheet, areas: list[Area] | None, grid_data: bool, mask: Mask) -> Json:
    answer: Json = {"properties": sheet.properties}
    if grid_data:
        answer["data"] = [_grid_data(view, area, mask) for area in areas or [Area(sheet)]]
    answer |= {name: part for name, part in sheet.parts.items() if part not in ([], {})}
    metadata = [
        entry
        for entry in view.book.metadata
        if entry["location"]["locationType"] == "SHEET" and entry["location"].get("sheetId", 0) == sheet.id
    ]
    return answer | ({"developerMetadata": metadata} if metadata else {})


def _grid_data(view: View, area: Area, mask: Mask) -> Json:
    answer: Json = {}
    if area.top:
        answer["startRow"] = area.top
    if area.left:
        answer["startColumn"] = area.left
    if rows := _row_data(view, area, mask):
        answer["rowData"] = rows
    if fields.covers(mask, "sheets", "data", "rowMetadata"):
        answer["rowMetadata"] = [_dimension(view, area.sheet, "ROWS", row) for row in area.rows]
    if fields.covers(mask, "sheets", "data", "columnMetadata"):
        answer["columnMetadata"] = [_dimension(view, area.sheet, "COLUMNS", column) for column in area.columns]
    return answer


def _row_data(view: View, area: Area, mask: Mask) -> list[Json]:
    if not fields.covers(mask, *_CELL):
        return []
    sheet, cell_data = area.sheet, view.cell_reader(_below(mask, *_CELL))
    rows: list[Json] = fields.Cut()
    for row in range(area.top, min(area.rows.stop, len(sheet.rows))):
        columns = range(area.left, min(area.columns.stop, len(sheet.rows[row])))
        cells = _without_blanks([cell_data(sheet, row, column) for column in columns])
        rows.append({"values": cells} if cells else {})
    return _without_blanks(rows)


def _below(mask: Mask, *path: str) -> Mask:
    for name in path:
        if not mask:
            break
        mask = mask[name]
    return mask


def _without_blanks(items: list[Any]) -> list[Any]:
    while items and not items[-1]:
        items.pop()
    return items


def _dimension(view: View, sheet: Sheet, dimension: str, index: int) -> Json:
    rows = dimension == "ROWS"
    own = (sheet.row_properties if rows else sheet.column_properties).get(index, {})
    answer = {"pixelSize": ROW_PIXELS if rows else COLUMN_PIXELS} | own
    metadata = [entry for entry in view.book.metadata if _is_on(entry["location"], sheet, dimension, index)]
    return answer | ({"developerMetadata": metadata} if metadata else {})


def _is_on(location: Json, sheet: Sheet, dimension: str, index: int) -> bool:
    on = location.get("dimensionRange")
    if not on or on["dimension"] != dimension or on.get("sheetId", 0) != sheet.id:
        return False
    return bool(on.get("startIndex", 0) == index)
