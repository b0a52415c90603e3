"""Where the chart of a drawn tab stands, how large it is and what it says: the same for every adapter."""

from __future__ import annotations

from sheetcrm.tab import Chart, Tab
from sheetcrm.table import Spot
from sheetcrm.workbook.grid import body_row, footer_row, plain

WIDTH = 680
MOST_MARKED = 16
"""Points that stand far enough apart to be marked, or to have their value written on them."""

_HEIGHT = 340
_FRAME = 110
"""Pixels that the title and the axis of a chart take above and below its bars."""
_BAR = 22
_LETTER = 6
_LONGEST_NAME = 20
_WIDEST_BESIDE = 150
"""Characters of a table that leaves a chart room on its right, on the screen and on paper."""
_MOST_ABOVE = 40
"""Rows of a table below which a chart is still found."""


def anchor(tab: Tab) -> Spot:
    """Its upper left cell: below a wide table, else right of it, and never in the header, which every page repeats."""
    shown = sum(column.width for column in tab.columns if not column.hidden and not column.collapsed)
    if shown > _WIDEST_BESIDE and len(tab.rows) <= _MOST_ABOVE:
        return footer_row(tab) + len(tab.footer) + 1, 0
    return body_row(tab), len(tab.columns) + 1


def title(tab: Tab, chart: Chart) -> str:
    """What it shows, and in which unit; where the points are columns, their headers say it."""
    units = {tab.columns[number].unit for number in chart.series}
    unit = units.pop() if len(units) == 1 and not chart.across else ""
    return f"{chart.title}, {unit}" if unit else chart.title


def points(chart: Chart) -> int:
    """How many points a series has."""
    return len(chart.series) if chart.across else chart.last - chart.first + 1


def series(chart: Chart) -> int:
    """How many series there are."""
    return chart.last - chart.first + 1 if chart.across else len(chart.series)


def is_labelled(chart: Chart) -> bool:
    """Whether every bar says its value, so that nobody has to measure it against an axis."""
    return chart.kind in ("bar", "column") and series(chart) == 1 and points(chart) <= MOST_MARKED


def height(tab: Tab, chart: Chart) -> int:
    """Room for every bar that lies, and for names that a program turns because they do not fit side by side."""
    if chart.kind == "bar":
        return max(_HEIGHT, _FRAME + series(chart) * points(chart) * _BAR)
    if chart.across:
        return _HEIGHT
    names = [len(str(plain(row.values[chart.category]) or "")) for row in tab.rows[chart.first : chart.last + 1]]
    turned = len(names) * max(names) * _LETTER > 1.5 * WIDTH
    return _HEIGHT + (min(max(names), _LONGEST_NAME) * _LETTER if turned else 0)
