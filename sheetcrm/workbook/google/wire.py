"""What both directions of the wire share: ranges, values and days as the Sheets API writes them.

Source:
    Google's discovery document `sheets.v4`: GridRange, ExtendedValue, and its guide to date and time values.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sheetcrm.table import Cell, Spot, letters
from sheetcrm.workbook.cells import is_exact

Json = dict[str, Any]
"""A message of the API."""

_EPOCH = datetime(1899, 12, 30)
_DAY = timedelta(days=1)


def grid_range(gid: int, first: Spot, last: Spot) -> Json:
    """The cells from one spot to another, both included."""
    return {
        "sheetId": gid,
        "startRowIndex": first[0] - 1,
        "endRowIndex": last[0],
        "startColumnIndex": first[1],
        "endColumnIndex": last[1] + 1,
    }


def coordinate(gid: int, spot: Spot) -> Json:
    """One cell as a GridCoordinate."""
    return {"sheetId": gid, "rowIndex": spot[0] - 1, "columnIndex": spot[1]}


def span(gid: int, dimension: str, start: int, end: int) -> Json:
    """Rows or columns from `start` (from 0) to before `end`, as a DimensionRange."""
    return {"sheetId": gid, "dimension": dimension, "startIndex": start, "endIndex": end}


def a1(title: str, area: str = "") -> str:
    """A range of a tab in A1 notation, the title always quoted: `T1` would be taken for a cell."""
    quoted = "'" + title.replace("'", "''") + "'"
    return f"{quoted}!{area}" if area else quoted


def area(first: Spot, last: Spot) -> str:
    """The cells from one spot to another in A1 notation: `B2:C9`."""
    return f"{letters(first[1])}{first[0]}:{letters(last[1])}{last[0]}"


def serial(value: date) -> float:
    """A day or a moment as the days since 30 December 1899."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return (moment - _EPOCH) / _DAY


def raw(cell: Cell) -> str | bool | float | Decimal:
    """A cell as Google tells it: days and times as numbers."""
    match cell:
        case None:
            return ""
        case datetime() | date():
            return float(serial(cell))
        case time():
            return timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second) / _DAY
        case timedelta():
            return cell / _DAY
        case _:
            return cell


def moment(days: float) -> datetime:
    """The moment so many days after 30 December 1899, to the millisecond.

    Raises:
        OverflowError: If the calendar ends before it.
    """
    return _EPOCH + timedelta(milliseconds=round(days * 86_400_000))


def number(value: int | float | Decimal) -> int | float:
    """A number as JSON has it; whole ones without a fraction."""
    return int(value) if value == int(value) else float(value)


def extended_value(value: Cell) -> Json:
    """A checked value as an ExtendedValue; blank is the empty message.

    Text is always text, whatever it looks like; a number of which a cell would not keep every digit goes as text.
    """
    match value:
        case None | "":
            return {}
        case bool():
            return {"boolValue": value}
        case str():
            return {"stringValue": value}
        case int() | float() | Decimal():
            return {"numberValue": number(value)} if is_exact(value) else {"stringValue": str(int(value))}
        case date():
            return {"numberValue": number(serial(value))}
        case time():
            return {"numberValue": (datetime.combine(_EPOCH, value) - _EPOCH) / _DAY}
        case timedelta():
            return {"numberValue": value / _DAY}
