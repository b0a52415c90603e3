"""A native chart beside or below a drawn table.

It has no id of ours: a person may carry it to another tab, and an id that stands somewhere would have the whole batch
refused. The charts of a tab are known from reading it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sheetcrm.tab import Chart, Tab
from sheetcrm.table import Spot
from sheetcrm.workbook import charts
from sheetcrm.workbook.google.tabs.styles import FONT, colour
from sheetcrm.workbook.google.wire import Json, coordinate, grid_range
from sheetcrm.workbook.grid import body_row
from sheetcrm.workbook.looks import CHART_COLOURS, INK, LINE, MUTED, WHITE

_TYPES = {"bar": "BAR", "column": "COLUMN", "stacked": "COLUMN", "line": "LINE"}
_LINE_WIDTH = 2
_DOT = 6


def add_chart(tab: Tab, gid: int, chart: Chart) -> Json:
    """The request that draws the chart where it is seen at once."""
    position = {
        "anchorCell": coordinate(gid, charts.anchor(tab)),
        "widthPixels": charts.WIDTH,
        "heightPixels": charts.height(tab, chart),
    }
    made = {
        "spec": _spec(tab, gid, chart),
        "position": {"overlayPosition": position},
        "border": {"colorStyle": colour(LINE)},
    }
    return {"addChart": {"chart": made}}


def _spec(tab: Tab, gid: int, chart: Chart) -> Json:
    return {
        "title": charts.title(tab, chart),
        "altText": chart.title,
        "titleTextFormat": _letters(13, INK) | {"bold": True},
        "fontName": FONT,
        "backgroundColorStyle": colour(WHITE),
        # A chart that saw only what shows would lose the figures of a folded group.
        "hiddenDimensionStrategy": "SHOW_ALL",
        "basicChart": _basic(tab, gid, chart),
    }


def _basic(tab: Tab, gid: int, chart: Chart) -> Json:
    first, *others = _across(tab, gid, chart) if chart.across else _down(tab, gid, chart)
    spec: Json = {
        "chartType": _TYPES[chart.kind],
        "legendPosition": "BOTTOM_LEGEND" if len(others) > 1 else "NO_LEGEND",
        "headerCount": 1,
        "axis": [{"position": place, "format": _letters(9, MUTED)} for place in ("BOTTOM_AXIS", "LEFT_AXIS")],
        "domains": [{"domain": first}],
        "series": [{"series": one} | _look(chart, at) for at, one in enumerate(others)],
    }
    return spec | ({"stackedType": "STACKED"} if chart.kind == "stacked" else {})


def _down(tab: Tab, gid: int, chart: Chart) -> Iterator[Json]:
    """The column that names the points, then one a series, each from its header on."""
    first, last = body_row(tab) + chart.first, body_row(tab) + chart.last
    for at in (chart.category, *chart.series):
        yield _source(gid, (tab.header_row, at), (first, at), (last, at))


def _across(tab: Tab, gid: int, chart: Chart) -> Iterator[Json]:
    """The header that names the points, then a row a series, each from its own name on."""
    left, right = chart.series[0], chart.series[-1]
    rows = range(body_row(tab) + chart.first, body_row(tab) + chart.last + 1)
    for row in (tab.header_row, *rows):
        yield _source(gid, (row, chart.category), (row, left), (row, right))


def _source(gid: int, name: Spot, first: Spot, last: Spot) -> Json:
    """The cells of a series: one range where its name stands right before them, else two."""
    right_before = first[0] - name[0] + first[1] - name[1] == 1
    spots = [(name, last)] if right_before else [(name, name), (first, last)]
    ranges = [grid_range(gid, *ends) for ends in spots]
    return {"sourceRange": {"sources": ranges}}


def _look(chart: Chart, at: int) -> Json:
    look: Json = {
        "targetAxis": "BOTTOM_AXIS" if chart.kind == "bar" else "LEFT_AXIS",
        "colorStyle": colour(CHART_COLOURS[at % len(CHART_COLOURS)]),
    }
    if chart.kind == "line":
        look["lineStyle"] = {"width": _LINE_WIDTH}
        if charts.points(chart) <= charts.MOST_MARKED:
            look["pointStyle"] = {"shape": "CIRCLE", "size": _DOT}
    if charts.is_labelled(chart):
        look["dataLabel"] = {"type": "DATA", "placement": "OUTSIDE_END", "textFormat": _letters(9, MUTED)}
    return look


def _letters(size: int, rgb: str) -> Json:
    return {"fontFamily": FONT, "fontSize": size, "foregroundColorStyle": colour(rgb)}
