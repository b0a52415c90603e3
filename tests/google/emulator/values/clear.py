"""Values cleared; formats, notes and rules stay."""

from __future__ import annotations

from tests.google.emulator import lookup, writing
from tests.google.emulator.call import Call
from tests.google.emulator.errors import Json
from tests.google.emulator.ranges import Area, from_a1
from tests.google.emulator.values.read import readable


def clear(call: Call) -> Json:
    with call.edit() as book:
        cleared = _clear(readable(from_a1(book, call.path["range"])))
    return {"spreadsheetId": call.path["spreadsheetId"], "clearedRange": cleared}


def batch_clear(call: Call) -> Json:
    with call.edit() as book:
        cleared = [_clear(readable(from_a1(book, text))) for text in call.body.get("ranges", [])]
    return {"spreadsheetId": call.path["spreadsheetId"], "clearedRanges": cleared}


def batch_clear_by_data_filter(call: Call) -> Json:
    with call.edit() as book:
        filters = call.body.get("dataFilters", [])
        cleared = [_clear(readable(area)) for one in filters for area in lookup.areas(book, one)]
    return {"spreadsheetId": call.path["spreadsheetId"], "clearedRanges": cleared}


def _clear(area: Area) -> str:
    sheet = area.sheet
    for row in range(area.top, min(area.rows.stop, len(sheet.rows))):
        for column in range(area.left, min(area.columns.stop, len(sheet.rows[row]))):
            sheet.put(row, column, writing.holding(sheet.rows[row][column], {}))
    return area.a1
