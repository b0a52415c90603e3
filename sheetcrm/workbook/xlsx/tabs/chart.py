"""A native chart beside or below a drawn table: few lines, readable axes, the palette of the book."""

from __future__ import annotations

from typing import Any

from xlsxwriter.chart import Chart as Drawing
from xlsxwriter.workbook import Workbook

from sheetcrm.tab import Chart, Tab
from sheetcrm.table import letters
from sheetcrm.workbook import charts
from sheetcrm.workbook.formats import GENERAL, number_formats
from sheetcrm.workbook.grid import body_row, plain
from sheetcrm.workbook.looks import CHART_COLOURS, FAINT, INK, LINE, MUTED, WHITE
from sheetcrm.workbook.xlsx.tabs.book import Sheet
from sheetcrm.workbook.xlsx.tabs.choices import quoted

_KINDS = {
    "bar": {"type": "bar"},
    "column": {"type": "column"},
    "stacked": {"type": "column", "subtype": "stacked"},
    "line": {"type": "line"},
}
_TITLE_PLACE = {"x": 0.02, "y": 0.03}
_MOVES_WITH_CELLS = 2


def add_chart(book: Workbook, sheet: Sheet, tab: Tab, chart: Chart) -> None:
    """Draw the chart where it is seen at once: below a wide table, else to the right of it."""
    drawing = book.add_chart(_KINDS[chart.kind])
    assert drawing is not None
    series = _rows(tab, chart) if chart.across else _columns(tab, chart)
    for at, (name, places) in enumerate(series):
        drawing.add_series(places | _series_look(tab, chart, at))
        # Set by hand: a name such as "Up!B2B" would be taken for a reference.
        drawing.series[-1]["name"] = name
    _set_frame(drawing, charts.title(tab, chart), len(series))
    drawing.set_size({"width": charts.WIDTH, "height": charts.height(tab, chart)})
    _set_axes(drawing, tab, chart)
    # A chart that saw only what shows would lose the figures of a folded group.
    drawing.show_hidden_data()
    row, column = charts.anchor(tab)
    options = {"object_position": _MOVES_WITH_CELLS, "description": chart.title}
    sheet.insert_chart(row - 1, column, drawing, options)


def _columns(tab: Tab, chart: Chart) -> list[tuple[str, dict[str, Any]]]:
    """A series a column, a point a row: the name of each, and where its values stand."""
    first, last = body_row(tab) + chart.first, body_row(tab) + chart.last
    names = _place(tab, (first, chart.category), (last, chart.category))
    return [
        (
            tab.columns[number].header,
            {"values": _place(tab, (first, number), (last, number)), "categories": names},
        )
        for number in chart.series
    ]


def _rows(tab: Tab, chart: Chart) -> list[tuple[str, dict[str, Any]]]:
    """A series a row, a point a column, named by its header."""
    left, right = chart.series[0], chart.series[-1]
    names = _place(tab, (tab.header_row, left), (tab.header_row, right))
    return [
        (
            str(plain(tab.rows[at].values[chart.category]) or ""),
            {"values": _place(tab, (body_row(tab) + at, left), (body_row(tab) + at, right)), "categories": names},
        )
        for at in range(chart.first, chart.last + 1)
    ]


def _place(tab: Tab, first: tuple[int, int], last: tuple[int, int]) -> str:
    (top, left), (bottom, right) = first, last
    return f"={quoted(tab.title)}!${letters(left)}${top}:${letters(right)}${bottom}"


def _series_look(tab: Tab, chart: Chart, at: int) -> dict[str, Any]:
    colour = f"#{CHART_COLOURS[at % len(CHART_COLOURS)]}"
    if chart.kind == "line":
        dot = {"type": "circle", "size": 6, "fill": {"color": colour}, "border": {"color": f"#{WHITE}"}}
        marker = dot if charts.points(chart) <= charts.MOST_MARKED else {"type": "none"}
        return {"line": {"color": colour, "width": 2.25}, "marker": marker}
    look = {"fill": {"color": colour}, "border": {"none": True}, "gap": 45}
    if charts.is_labelled(chart):
        zero_unsaid = f"{_figures(tab, chart)};-{_figures(tab, chart)};"
        look |= {"data_labels": {"value": True, "font": _font(9, MUTED), "num_format": zero_unsaid}}
    return look | ({"overlap": 100} if chart.kind == "stacked" else {})


def _set_frame(drawing: Drawing, title: str, series: int) -> None:
    # By hand as well: XlsxWriter looks for references in titles too.
    drawing.set_title({"name": "…", "font": _font(13, INK, bold=True), "layout": _TITLE_PLACE})
    drawing.title.name = title
    drawing.set_legend({"position": "bottom", "font": _font(9, MUTED)} if series > 1 else {"none": True})
    drawing.set_chartarea({"border": {"color": f"#{LINE}"}, "fill": {"color": f"#{WHITE}"}})
    drawing.set_plotarea({"border": {"none": True}, "fill": {"none": True}})


def _set_axes(drawing: Drawing, tab: Tab, chart: Chart) -> None:
    labelled = charts.is_labelled(chart)
    quiet = {"num_font": _font(9, MUTED), "major_tick_mark": "none", "minor_tick_mark": "none"}
    names = quiet | {
        "line": {"color": f"#{LINE}"},
        "major_gridlines": {"visible": False},
        "label_position": "low",
        # Months stand at even distances, as in the table.
        "text_axis": True,
        "num_format": GENERAL if chart.across else number_formats(tab)[chart.category],
    }
    values = quiet | {
        "line": {"none": True},
        "major_gridlines": {"visible": not labelled, "line": {"color": f"#{FAINT}", "width": 0.75}},
        "label_position": "none" if labelled else "next_to",
        "num_format": _figures(tab, chart),
    }
    if chart.kind == "bar":
        # The first row on top, as in the table; the values then go back to the bottom.
        drawing.set_y_axis(names | {"reverse": True, "crossing": "max"})
        drawing.set_x_axis(values)
    else:
        drawing.set_x_axis(names)
        drawing.set_y_axis(values)


def _figures(tab: Tab, chart: Chart) -> str:
    """The number format of the axis: the column's, zero shown as zero."""
    return number_formats(tab)[chart.series[0]].split(";")[0]


def _font(size: float, colour: str, bold: bool = False) -> dict[str, Any]:
    return {"size": size, "color": f"#{colour}", "bold": bold}
