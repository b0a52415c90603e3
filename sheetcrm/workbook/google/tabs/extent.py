"""How much of the grid a drawn tab takes."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from sheetcrm.tab import Tab, TabRow
from sheetcrm.table import Spot
from sheetcrm.workbook import charts
from sheetcrm.workbook.grid import footer_row, header_end, last_row, plain
from sheetcrm.workbook.looks import STYLES
from sheetcrm.workbook.measures import DIGIT, free_widths

ROW_PIXELS, COLUMN_PIXELS = 21, 100
"""Google's own."""

_SPARE_ROWS = 20
_SPARE_COLUMNS = 2
_PIVOT_ROWS, _PIVOT_COLUMNS = 200, 20
"""Room for a native pivot to grow: it shows an error where the grid ends."""

_WIDEST_LINE = 1_600
"""Pixels of a line of text that is never cut off by the end of the grid."""

_USUAL_SIZE = 11


class Grid(NamedTuple):
    """The size of a grid."""

    rows: int
    columns: int


def used(tab: Tab) -> Spot:
    """The last cell that is dressed."""
    lines = (*tab.lead, *tab.rows, *tab.footer)
    width = max([len(tab.columns), 1, *(len(row.values) for row in lines)])
    bottom = footer_row(tab) + len(tab.footer) - 1 if tab.footer else max(last_row(tab), header_end(tab), 1)
    return bottom, width - 1


def grid(tab: Tab) -> Grid:
    """The grid that a tab needs, with some room below and on the right."""
    bottom, right = used(tab)
    rows, pixels = bottom, max((_pixels(row) for row in (*tab.lead, *tab.footer)), default=0)
    widths = column_pixels(tab)
    if tab.chart is not None:
        row, column = charts.anchor(tab)
        rows = max(rows, row + charts.height(tab, tab.chart) // ROW_PIXELS)
        pixels = max(pixels, sum(widths[:column]) + (column - len(widths)) * COLUMN_PIXELS + charts.WIDTH)
    more = (_PIVOT_ROWS, _PIVOT_COLUMNS) if tab.pivot is not None else (_SPARE_ROWS, _SPARE_COLUMNS)
    return Grid(rows + more[0], max(right + 1 + more[1], _columns_for(pixels, widths)))


def column_pixels(tab: Tab) -> list[int]:
    """The widths of the columns from the left, as far as the tab says."""
    if tab.columns:
        return [round(column.width * DIGIT) for column in tab.columns]
    free = free_widths(tab)
    return [round(free[at] * DIGIT) if at in free else COLUMN_PIXELS for at in range(max(free, default=-1) + 1)]


def _columns_for(pixels: int, widths: list[int]) -> int:
    """How many columns it takes to be so wide; those that have no width of their own have Google's."""
    for count, reached in enumerate(accumulate(widths), 1):
        if reached >= pixels:
            return count
    return len(widths) + -(-(pixels - sum(widths)) // COLUMN_PIXELS)


def _pixels(row: TabRow) -> int:
    """The length of a line of text, as far as it must be seen."""
    letters = max((len(str(plain(item) or "")) for item in row.values), default=0)
    return min(round(letters * DIGIT * STYLES[row.look].size / _USUAL_SIZE), _WIDEST_LINE)
