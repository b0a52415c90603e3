"""How a new spreadsheet and a new tab look."""

from __future__ import annotations

import copy
from typing import Any

from tests.google.emulator.errors import Json

ROWS, COLUMNS = 1000, 26
ROW_PIXELS, COLUMN_PIXELS = 21, 100

_WHITE = {"red": 1, "green": 1, "blue": 1}
_THEME: dict[str, dict[str, float]] = {
    "TEXT": {},
    "BACKGROUND": {"red": 1, "green": 1, "blue": 1},
    "ACCENT1": {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275},
    "ACCENT2": {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314},
    "ACCENT3": {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275},
    "ACCENT4": {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902},
    "ACCENT5": {"red": 1, "green": 0.42745098, "blue": 0.003921569},
    "ACCENT6": {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706},
    "LINK": {"red": 0.06666667, "green": 0.33333334, "blue": 0.8},
}
_PROPERTIES: Json = {
    "title": "Untitled spreadsheet",
    "locale": "en_US",
    "autoRecalc": "ON_CHANGE",
    "timeZone": "Etc/GMT",
    "defaultFormat": {
        "backgroundColor": _WHITE,
        "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
        "verticalAlignment": "BOTTOM",
        "wrapStrategy": "OVERFLOW_CELL",
        "textFormat": {
            "foregroundColor": {},
            "fontFamily": "arial,sans,sans-serif",
            "fontSize": 10,
            "bold": False,
            "italic": False,
            "strikethrough": False,
            "underline": False,
            "foregroundColorStyle": {"rgbColor": {}},
        },
        "backgroundColorStyle": {"rgbColor": _WHITE},
    },
    "spreadsheetTheme": {
        "primaryFontFamily": "Arial",
        "themeColors": [{"colorType": kind, "color": {"rgbColor": color}} for kind, color in _THEME.items()],
    },
}


def book_properties(asked: Json) -> Json:
    """The properties of a new spreadsheet; what was asked for wins."""
    return copy.deepcopy(_PROPERTIES) | asked


def sheet_properties(sheet_id: int, title: str, index: int, asked: Json) -> Json:
    """The properties of a new tab; what was asked for wins, but Google drops what is false."""
    own = {name: value for name, value in asked.items() if value is not False and name != "gridProperties"}
    grid = {"rowCount": ROWS, "columnCount": COLUMNS} | _said(asked.get("gridProperties", {}))
    return {"sheetId": sheet_id, "title": title, "index": index, "sheetType": "GRID"} | own | {"gridProperties": grid}


def _said(properties: dict[str, Any]) -> Json:
    return {name: value for name, value in properties.items() if value not in (False, None)}


def without_defaults(grid: Json) -> Json:
    """Grid properties without what Google leaves unsaid: false switches and nothing frozen."""
    return {name: value for name, value in grid.items() if value or name in {"rowCount", "columnCount"}}
