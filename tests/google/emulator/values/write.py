"""Values put into a range, as they are (RAW) or as a person types them (USER_ENTERED)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tests.google.emulator import lookup, writing
from tests.google.emulator.book import Book, Sheet
from tests.google.emulator.call import Call
from tests.google.emulator.cells.columns import letters
from tests.google.emulator.cells.view import View
from tests.google.emulator.errors import ApiError, Json, invalid
from tests.google.emulator.ranges import Area, beyond, from_a1, quoted, within
from tests.google.emulator.values.read import value_range

Rows = list[list[Any]]


@dataclass(frozen=True)
class Written:
    """Where values went, and how many."""

    area: Area
    cells: int


def update(call: Call) -> Json:
    with call.edit() as book:
        area = from_a1(book, call.path["range"])
        written = write(call, book, area, call.body, input_option(call.query))
    return updated(call, written, call.query)


def batch_update(call: Call) -> Json:
    option = input_option(call.body)
    with call.edit() as book:
        data = call.body.get("data", [])
        written = [_write_numbered(call, book, number, one, option) for number, one in enumerate(data)]
    return _total(call, written, [updated(call, one, call.body) for one in written])


def _write_numbered(call: Call, book: Book, number: int, body: Json, option: str) -> Written:
    """One of many; a refusal tells which."""
    try:
        return write(call, book, from_a1(book, body.get("range", "")), body, option)
    except ApiError as error:
        if error.code == 400:
            error.message = f"Invalid data[{number}]: {error.message}"
        raise


def batch_update_by_data_filter(call: Call) -> Json:
    option, written, filters = input_option(call.body), [], []
    with call.edit() as book:
        for one in call.body.get("data", []):
            for area in lookup.areas(book, one.get("dataFilter", {})):
                written.append(write(call, book, area, one, option))
                filters.append(one["dataFilter"])
    pairs = zip(written, filters, strict=True)
    responses = [updated(call, one, call.body) | {"dataFilter": data_filter} for one, data_filter in pairs]
    for response in responses:
        response.pop("spreadsheetId")
    return _total(call, written, responses)


def _total(call: Call, written: list[Written], responses: list[Json]) -> Json:
    """Counts over all ranges; a count of nothing is left out."""
    areas = [one.area for one in written]
    rows = {(area.sheet.id, row) for area in areas for row in range(area.top, area.bottom or 0)}
    columns = {(area.sheet.id, column) for area in areas for column in range(area.left, area.right or 0)}
    counts = {
        "totalUpdatedRows": len(rows),
        "totalUpdatedColumns": len(columns),
        "totalUpdatedCells": sum(one.cells for one in written),
        "totalUpdatedSheets": len({area.sheet.id for area in areas}),
    }
    told = {name: count for name, count in counts.items() if count}
    return {"spreadsheetId": call.path["spreadsheetId"], **told, "responses": responses}


def input_option(options: Json) -> str:
    option: str = options.get("valueInputOption", "INPUT_VALUE_OPTION_UNSPECIFIED")
    if option == "INPUT_VALUE_OPTION_UNSPECIFIED":
        raise invalid("'valueInputOption' is required but not specified")
    return option


def write(call: Call, book: Book, area: Area, body: Json, option: str) -> Written:
    """Write a ValueRange's values from the area's start on; what was written where."""
    if "range" in body and body["range"] != call.path.get("range", body["range"]):
        _same_range(book, call.path["range"], body["range"])
    rows = by_rows(body)
    height, width = len(rows), max((len(row) for row in rows), default=0)
    written = replace(area, bottom=area.top + max(height, 1), right=area.left + max(width, 1))
    _fits(area, written)
    writing.grow(area.sheet, written.bottom or 0, written.right or 0)
    view = View(book, call.today)
    for row, values in enumerate(rows, area.top):
        for column, value in enumerate(values, area.left):
            _put(view, area.sheet, row, column, value, option)
    cells = sum(value is not None for values in rows for value in values)
    return Written(replace(written, bottom=area.top + height, right=area.left + width), cells)


def _same_range(book: Book, path: str, told: str) -> None:
    if from_a1(book, path) != from_a1(book, told):
        raise invalid(f"Requested writing within range [{path}], but the body names [{told}]")


def by_rows(body: Json) -> Rows:
    values: Rows = body.get("values", [])
    if body.get("majorDimension") != "COLUMNS":
        return values
    height = max((len(column) for column in values), default=0)
    return [[column[row] if row < len(column) else None for column in values] for row in range(height)]


def _fits(area: Area, written: Area) -> None:
    """One cell, or a tab, says only where to start; a range says also where to end, and must be on the tab."""
    one_cell = area.bottom == area.top + 1 and area.right == area.left + 1
    if one_cell or (area.bottom is None and area.right is None):
        if area.top >= area.sheet.row_count or area.left >= area.sheet.column_count:
            raise beyond(area)
        return
    within(area)
    told = f"Requested writing within range [{_told(area)}], but tried writing to"
    if area.bottom is not None and (written.bottom or 0) > area.bottom:
        raise invalid(f"{told} row [{area.bottom + 1}]")
    if area.right is not None and (written.right or 0) > area.right:
        raise invalid(f"{told} column [{letters(area.right)}]")


def _told(area: Area) -> str:
    left, right = letters(area.left), "" if area.right is None else letters(area.right - 1)
    bottom = "" if area.bottom is None else str(area.bottom)
    return f"{quoted(area.sheet.title)}!{left}{area.top + 1}:{right}{bottom}"


def _put(view: View, sheet: Sheet, row: int, column: int, value: Any, option: str) -> None:
    if value is None:
        return
    cell = sheet.cell(row, column)
    try:
        changed = writing.raw(cell, value) if option == "RAW" else writing.typed(cell, value, view.locale, view.today)
    except ApiError as error:
        if error.message.startswith("Invalid value: "):
            raise invalid(f"Invalid values[{row}][{column}]: {error.message[15:]}") from None
        raise
    sheet.put(row, column, changed)


def updated(call: Call, written: Written, options: Json) -> Json:
    area = written.area
    height, width = (area.bottom or 0) - area.top, (area.right or 0) - area.left
    seen = replace(area, bottom=area.top + max(height, 1), right=area.left + max(width, 1))
    answer: Json = {"spreadsheetId": call.path["spreadsheetId"], "updatedRange": seen.a1}
    if height and width:
        answer |= {"updatedRows": height, "updatedColumns": width, "updatedCells": written.cells}
    if options.get("includeValuesInResponse"):
        render = {
            "valueRenderOption": options.get("responseValueRenderOption", "FORMATTED_VALUE"),
            "dateTimeRenderOption": options.get("responseDateTimeRenderOption", "SERIAL_NUMBER"),
        }
        answer["updatedData"] = value_range(call.view(), seen, render)
    return answer
