"""A tab in the book: added or adapted, its size, what stays when scrolling, its filter."""

from __future__ import annotations

from collections.abc import Iterator

from sheetcrm.tab import Tab
from sheetcrm.workbook import looks
from sheetcrm.workbook.google.standing import TabState
from sheetcrm.workbook.google.tabs.extent import Grid, grid
from sheetcrm.workbook.google.tabs.styles import colour
from sheetcrm.workbook.google.wire import Json, grid_range
from sheetcrm.workbook.grid import header_end, last_row, sums_up_below
from sheetcrm.workbook.looks import GROUP_COLOURS


def add_sheet(tab: Tab, gid: int, index: int | None) -> Json:
    """A new tab, in the colour of its group."""
    properties: Json = {
        "sheetId": gid,
        "title": tab.title,
        "hidden": tab.hidden or tab.group == "system",
        "tabColorStyle": colour(GROUP_COLOURS[tab.group]),
        "gridProperties": _grid_properties(tab, grid(tab)),
    }
    return {"addSheet": {"properties": properties if index is None else properties | {"index": index}}}


def adapt(tab: Tab, standing: TabState) -> Json:
    """A tab that stands gets room for what it will hold.

    It never shrinks: a formula that looks at a cell that is blank for now would lose it for good.
    """
    needed = grid(tab)
    size = Grid(max(needed.rows, standing.rows), max(needed.columns, standing.columns))
    properties = _grid_properties(tab, size)
    fields = f"gridProperties({','.join(properties)})"
    return {
        "updateSheetProperties": {
            "properties": {"sheetId": standing.gid, "gridProperties": properties},
            "fields": fields,
        }
    }


def _grid_properties(tab: Tab, size: Grid) -> Json:
    return {
        "rowCount": size.rows,
        "columnCount": size.columns,
        "frozenRowCount": header_end(tab) if tab.columns else 0,
        "frozenColumnCount": tab.freeze if tab.columns else 0,
        "hideGridlines": tab.group in ("start", "report"),
        "rowGroupControlAfter": sums_up_below(tab),
        "columnGroupControlAfter": False,
    }


def add_filter(tab: Tab, gid: int) -> Iterator[Json]:
    """Buttons on the header."""
    if tab.filter and tab.columns:
        last = max(last_row(tab), tab.header_row)
        area = grid_range(gid, (tab.header_row, 0), (last, len(tab.columns) - 1))
        yield {"setBasicFilter": {"filter": {"range": area}}}


def group_of(standing: TabState) -> str | None:
    """Which group a standing tab belongs to, by the colour we gave it or by the mark; None for the user's own."""
    rgb = standing.message.get("properties", {}).get("tabColor", {})
    channels = (round(255 * rgb.get(name, 0)) for name in ("red", "green", "blue"))
    return looks.group_of(standing.title, "".join(f"{channel:02X}" for channel in channels) if rgb else "")
