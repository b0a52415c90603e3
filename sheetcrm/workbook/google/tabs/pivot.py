"""A native pivot, which Google counts: its values stand nowhere in what is written.

Google calls the totals in its own words, puts them below what they sum up, and orders values up or down only.
"""

from __future__ import annotations

from sheetcrm.tab import Pivot, PivotField, PivotValue, Tab
from sheetcrm.workbook.google.wire import Json, coordinate, grid_range
from sheetcrm.workbook.grid import last_row

_FUNCTIONS = {"count": "COUNTA", "sum": "SUM", "average": "AVERAGE", "min": "MIN", "max": "MAX"}


def add_pivot(tab: Tab, gid: int, pivot: Pivot, source: Tab, source_gid: int) -> Json:
    """The request that lays the pivot where the tab's header would stand.

    Args:
        tab: The tab with the pivot.
        gid: Its id.
        pivot: What is counted by what.
        source: The tab that is counted.
        source_gid: That one's id.
    """
    table = grid_range(source_gid, (source.header_row, 0), (last_row(source), len(source.columns) - 1))
    laid: Json = {
        "source": table,
        "rows": [_group(field) for field in pivot.rows],
        "columns": [_group(field) for field in pivot.columns],
        "values": [_figure(value) for value in pivot.values],
        "valueLayout": "HORIZONTAL",
    }
    laid = {name: part for name, part in laid.items() if part}
    start = coordinate(gid, (tab.header_row, 0))
    return {"updateCells": {"start": start, "rows": [{"values": [{"pivotTable": laid}]}], "fields": "pivotTable"}}


def _group(field: PivotField) -> Json:
    return {"sourceColumnOffset": field.column, "showTotals": True, "sortOrder": _order(field)}


def _order(field: PivotField) -> str:
    """Downwards where the values are shown so, else upwards: there is no other order."""
    shown = [item for item in field.items if isinstance(item, str)]
    falls = len(shown) > 1 and shown == sorted(shown, reverse=True)
    return "DESCENDING" if falls else "ASCENDING"


def _figure(value: PivotValue) -> Json:
    figure: Json = {
        "sourceColumnOffset": value.column,
        "summarizeFunction": _FUNCTIONS[value.function],
        "name": value.name,
    }
    return figure | ({"calculatedDisplayType": "PERCENT_OF_GRAND_TOTAL"} if value.share else {})
