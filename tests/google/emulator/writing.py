"""Putting values into cells, as the values methods and a person's typing do."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from tests.google.emulator.book import EMPTY, MAX_TEXT, Cell, Sheet
from tests.google.emulator.cells import content
from tests.google.emulator.cells.locales import Locale
from tests.google.emulator.cells.parsing import entered
from tests.google.emulator.errors import Json, invalid

TOO_LONG = f"Your input contains more than the maximum of {MAX_TEXT} characters in a single cell."
_OF_THE_VALUE = {"userEnteredValue", "textFormatRuns", "chipRuns", "pivotTable"}


def checked(extended: Json) -> Json:
    """The ExtendedValue, if its text is not too long for a cell."""
    for text in (extended.get("stringValue"), extended.get("formulaValue")):
        if text is not None and len(text) > MAX_TEXT:
            raise invalid(TOO_LONG)
    return extended


def raw(cell: Cell, value: Any) -> Cell:
    """The cell with a JSON value stored as it is; "" clears, null leaves the cell alone."""
    if value is None:
        return cell
    if isinstance(value, list | dict):
        kind = "list_value" if isinstance(value, list) else "struct_value"
        raise invalid(f"Invalid value: {kind}")
    if isinstance(value, float) and not math.isfinite(value):
        raise invalid("Invalid value: number_value")
    return holding(cell, content.write(None if value == "" else value))


def typed(cell: Cell, value: Any, locale: Locale, today: date) -> Cell:
    """The cell after a person typed the value: USER_ENTERED."""
    if not isinstance(value, str) or value == "":
        return raw(cell, value)
    own = cell.get("userEnteredFormat", EMPTY).get("numberFormat", EMPTY)
    if own.get("type") == "TEXT" or own.get("pattern") == "@":
        return raw(cell, value)
    found = entered(value, locale, today)
    extended = {"formulaValue": found.formula} if found.formula else content.write(found.value)
    changed = holding(cell, extended)
    if found.number_format and not own:
        changed["userEnteredFormat"] = {**cell.get("userEnteredFormat", EMPTY), "numberFormat": found.number_format}
    return changed


def holding(cell: Cell, extended: Json) -> Cell:
    """The cell with that ExtendedValue; an empty one clears the value and leaves format, note and rule."""
    kept = {name: part for name, part in cell.items() if name not in _OF_THE_VALUE}
    return {"userEnteredValue": checked(extended), **kept} if extended else kept


def grow(sheet: Sheet, bottom: int, right: int) -> None:
    """Make sure that the tab reaches that far."""
    if bottom > sheet.row_count or right > sheet.column_count:
        sheet.resize(max(bottom, sheet.row_count), max(right, sheet.column_count))
