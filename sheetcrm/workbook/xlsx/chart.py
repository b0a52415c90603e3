"""A native chart beside or below a drawn table: few lines, readable axes, the palette of the book."""

from __future__ import annotations

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import NumFmt
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.tab import Chart, Shown, Tab
from sheetcrm.workbook.grid import body_row, footer_row
from sheetcrm.workbook.xlsx.formats import number_formats
from sheetcrm.workbook.xlsx.looks import CHART_COLOURS, INK, LINE, MUTED

_WIDTH_CM = 18
_HEIGHT_CM = 9
_BARS_PER_CM = 2
_WIDEST_BESIDE = 150
"""Characters of a table that leaves a chart room on its right, on the screen and on paper."""
_MOST_ABOVE = 40
"""Rows of a table below which a chart is still found."""

_THIN = 6_350
_THICK = 28_000


def add_chart(sheet: Worksheet, tab: Tab, chart: Chart) -> None:
    """Draw the chart where it is seen at once: below a wide table, else to the right of it."""
    drawn = LineChart() if chart.kind == "line" else _bars(chart)
    if chart.across:
        _add_rows(drawn, sheet, tab, chart)
    else:
        _add_columns(drawn, sheet, tab, chart)
    _name_series(drawn, tab, chart)
    _dress(drawn, tab, chart)
    # A chart that saw only what shows would lose the figures of a folded group.
    drawn.visible_cells_only = False
    sheet.add_chart(drawn, _anchor(tab))


def _anchor(tab: Tab) -> str:
    """The cell of its upper left corner; never in the header, which is printed on every page."""
    shown = sum(column.width for column in tab.columns if not column.hidden and not column.collapsed)
    if shown > _WIDEST_BESIDE and len(tab.rows) <= _MOST_ABOVE:
        return f"A{footer_row(tab) + len(tab.footer) + 1}"
    return f"{get_column_letter(len(tab.columns) + 2)}{body_row(tab)}"


def _add_columns(drawn: BarChart | LineChart, sheet: Worksheet, tab: Tab, chart: Chart) -> None:
    """A series a column, a point a row."""
    first, last = body_row(tab) + chart.first, body_row(tab) + chart.last
    for number in chart.series:
        # The header names the series; without rows above it, a title would be the first value.
        drawn.add_data(Reference(sheet, number + 1, first, number + 1, last), titles_from_data=False)
    drawn.set_categories(Reference(sheet, chart.category + 1, first, chart.category + 1, last))


def _add_rows(drawn: BarChart | LineChart, sheet: Worksheet, tab: Tab, chart: Chart) -> None:
    """A series a row, a point a column, named by its header."""
    left, right = chart.series[0] + 1, chart.series[-1] + 1
    for row in range(body_row(tab) + chart.first, body_row(tab) + chart.last + 1):
        drawn.add_data(Reference(sheet, left, row, right, row), from_rows=True, titles_from_data=False)
    drawn.set_categories(Reference(sheet, left, tab.header_row, right, tab.header_row))


def _bars(chart: Chart) -> BarChart:
    bars = BarChart()
    bars.type = "bar" if chart.kind == "bar" else "col"
    bars.gapWidth = 55
    if chart.kind == "stacked":
        bars.grouping = "stacked"
        bars.overlap = 100
    if chart.kind == "bar":
        # The first row on top, as in the table; the values then go back to the bottom.
        bars.x_axis.scaling.orientation = "maxMin"
        bars.y_axis.crosses = "max"
    return bars


def _name_series(drawn: BarChart | LineChart, tab: Tab, chart: Chart) -> None:
    for at, (series, name) in enumerate(zip(drawn.series, _names(tab, chart), strict=True)):
        series.tx = SeriesLabel(v=name)
        colour = CHART_COLOURS[at % len(CHART_COLOURS)]
        if chart.kind == "line":
            series.graphicalProperties.line = LineProperties(solidFill=colour, w=_THICK)
            series.smooth = False
        else:
            series.graphicalProperties.solidFill = colour
            series.graphicalProperties.line.noFill = True


def _names(tab: Tab, chart: Chart) -> list[str]:
    if not chart.across:
        return [tab.columns[number].header for number in chart.series]
    firsts = (row.values[chart.category] for row in tab.rows[chart.first : chart.last + 1])
    return [str(first.value if isinstance(first, Shown) else first or "") for first in firsts]


def _dress(drawn: BarChart | LineChart, tab: Tab, chart: Chart) -> None:
    drawn.title = _title(chart.title)
    drawn.width, drawn.height = _WIDTH_CM, _HEIGHT_CM
    if chart.kind == "bar":
        drawn.height = max(_HEIGHT_CM, 3 + (chart.last - chart.first) // _BARS_PER_CM + 1)
    drawn.legend = Legend(legendPos="b", txPr=_text(900, MUTED)) if len(drawn.series) > 1 else None
    for axis in (drawn.x_axis, drawn.y_axis):
        axis.delete = False
        axis.txPr = _text(900, MUTED)
        axis.majorTickMark = "none"
    drawn.x_axis.majorGridlines = None
    drawn.x_axis.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE))
    drawn.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=LINE, w=_THIN)))
    drawn.y_axis.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
    drawn.y_axis.numFmt = NumFmt(formatCode=_figures(tab, chart), sourceLinked=False)


def _figures(tab: Tab, chart: Chart) -> str:
    """The number format of the axis: the column's, zero shown as zero."""
    return number_formats(tab)[chart.series[0]].split(";")[0]


def _title(text: str) -> Title:
    letters = _letters(1300, INK, bold=True)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=letters), r=[RegularTextRun(rPr=letters, t=text)])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _letters(size: int, colour: str, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size, b=bold, solidFill=colour)


def _text(size: int, colour: str) -> RichText:
    letters = _letters(size, colour)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)])
