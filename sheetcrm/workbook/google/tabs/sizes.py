"""The widths of a drawn tab's columns and the heights of its rows."""

from __future__ import annotations

from collections.abc import Iterator

from sheetcrm.tab import Tab
from sheetcrm.workbook.google.tabs.extent import COLUMN_PIXELS, ROW_PIXELS, column_pixels
from sheetcrm.workbook.google.tabs.rectangles import alike, rectangles
from sheetcrm.workbook.google.wire import Json, span
from sheetcrm.workbook.grid import body_row, footer_row
from sheetcrm.workbook.measures import HEIGHTS, ROOMY, header_height, is_roomy

_POINT = 0.75
"""Of a pixel."""


def size(tab: Tab, gid: int) -> Iterator[Json]:
    """The requests that show all rows and columns, each as large as what it holds."""
    usual = round(ROOMY / _POINT) if is_roomy(tab) else ROW_PIXELS
    yield _sized({"sheetId": gid, "dimension": "ROWS"}, usual)
    yield _sized({"sheetId": gid, "dimension": "COLUMNS"}, COLUMN_PIXELS)
    for columns, pixels in alike(column_pixels(tab)):
        yield _sized(span(gid, "COLUMNS", columns.start, columns.end), pixels)
    for (first, _), (last, _), pixels in rectangles({(row, 0): height for row, height in _heights(tab).items()}):
        yield _sized(span(gid, "ROWS", first - 1, last), pixels)
    if any(column.wrap for column in tab.columns) and tab.rows:
        first = body_row(tab) - 1
        yield {"autoResizeDimensions": {"dimensions": span(gid, "ROWS", first, first + len(tab.rows))}}


def _sized(dimensions: Json, pixels: int) -> Json:
    return {
        "updateDimensionProperties": {
            "range": dimensions,
            "properties": {"pixelSize": pixels},
            "fields": "hiddenByUser,pixelSize",
        }
    }


def _heights(tab: Tab) -> dict[int, int]:
    """The rows with a height of their own; what wraps is fitted by Google."""
    lines = [*enumerate(tab.lead, 1), *enumerate(tab.footer, footer_row(tab))]
    if not tab.columns:
        lines += enumerate(tab.rows, body_row(tab))
    points = {number: HEIGHTS[row.look] for number, row in lines if row.look in HEIGHTS}
    if tab.columns:
        points[tab.header_row] = header_height(tab)
    return {number: round(height / _POINT) for number, height in points.items()}
