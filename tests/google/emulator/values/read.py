"""Values as Google gives them: rendered, and without the blanks at the end of a row and of the range."""

from __future__ import annotations

from typing import Any

from tests.google.emulator import lookup
from tests.google.emulator.book import Sheet
from tests.google.emulator.call import Call
from tests.google.emulator.cells import rendering
from tests.google.emulator.cells.content import Error, whole
from tests.google.emulator.cells.view import View
from tests.google.emulator.errors import Json
from tests.google.emulator.ranges import Area, beyond, from_a1


def get(call: Call) -> Json:
    view = call.view()
    return value_range(view, readable(from_a1(view.book, call.path["range"])), call.query)


def batch_get(call: Call) -> Json:
    view = call.view()
    areas = [readable(from_a1(view.book, text)) for text in call.query.get("ranges", [])]
    return {"spreadsheetId": view.book.id, "valueRanges": [value_range(view, area, call.query) for area in areas]}


def batch_get_by_data_filter(call: Call) -> Json:
    view = call.view()
    matched = []
    for data_filter in call.body.get("dataFilters", []):
        for area in lookup.areas(view.book, data_filter):
            found = value_range(view, readable(area), call.body)
            matched.append({"valueRange": found, "dataFilters": [data_filter]})
    return {"spreadsheetId": view.book.id, "valueRanges": matched}


def readable(area: Area) -> Area:
    """Reading is cut at the tab's edge, but must start inside."""
    if area.top >= area.sheet.row_count or area.left >= area.sheet.column_count:
        raise beyond(area)
    return area.bounded


def value_range(view: View, area: Area, options: Json) -> Json:
    """The values of an area, without the blanks at its end and at each row's end."""
    dimension = options.get("majorDimension", "ROWS")
    sheet = area.sheet
    last = min(area.rows.stop, len(sheet.rows))
    rows = [_row(view, sheet, row, area.columns, options) for row in range(area.top, last)]
    if dimension == "COLUMNS":
        width = max((len(row) for row in rows), default=0)
        rows = [[row[column] if column < len(row) else "" for row in rows] for column in range(width)]
    values = _trimmed([_trimmed(row, "") for row in rows], [])
    found: Json = {"range": area.a1, "majorDimension": dimension}
    return {**found, "values": values} if values else found


def _trimmed(items: list[Any], blank: Any) -> list[Any]:
    end = len(items)
    while end and items[end - 1] == blank:
        end -= 1
    return items[:end]


def _row(view: View, sheet: Sheet, row: int, columns: range, options: Json) -> list[Any]:
    filled = range(columns.start, min(columns.stop, len(sheet.rows[row])))
    return [_rendered(view, sheet, row, column, options) for column in filled]


def _rendered(view: View, sheet: Sheet, row: int, column: int, options: Json) -> Any:
    render = options.get("valueRenderOption", "FORMATTED_VALUE")
    cell = sheet.cell(row, column)
    if not cell.get("userEnteredValue"):
        return ""
    if render == "FORMULA" and "formulaValue" in cell["userEnteredValue"]:
        return cell["userEnteredValue"]["formulaValue"]
    if render == "FORMATTED_VALUE":
        return view.shown(sheet, row, column)
    value = view.value(sheet, row, column)
    as_string = options.get("dateTimeRenderOption", "SERIAL_NUMBER") == "FORMATTED_STRING"
    if as_string and isinstance(value, int | float) and rendering.is_moment(view.number_format(cell, value)):
        return view.shown(sheet, row, column)
    if isinstance(value, Error):
        return value.shown
    return whole(value) if isinstance(value, float) else "" if value is None else value
