"""A Google Sheet in this process, to draw tabs in and to look at what stands there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from zlib import crc32

from sheetcrm.tab import Item, Tab, TabColumn, TabRow
from sheetcrm.table import Spot, letters
from sheetcrm.workbook.google import reading
from sheetcrm.workbook.google.standing import TabState
from sheetcrm.workbook.google.tabs import fill, prepare
from sheetcrm.workbook.google.wire import a1
from tests.google.local import Book, Local

Json = dict[str, Any]

_FIELDS = (
    "sheets(properties,merges,protectedRanges,conditionalFormats,basicFilter,filterViews,charts,slicers,bandedRanges,"
    "tables,rowGroups,columnGroups,data(rowMetadata,columnMetadata,"
    "rowData(values(userEnteredValue,userEnteredFormat,note,dataValidation,pivotTable))))"
)
"""Everything that was written, and nothing that Google makes of it."""

_IDS = ("chartId", "protectedRangeId", "filterViewId", "bandedRangeId", "tableId")


class Canvas:
    """A book whose first tab is somebody's own."""

    def __init__(self, locale: str = "en_US") -> None:
        self.book: Book = Local().book("Own", locale=locale)

    def draw(self, *tabs: Tab) -> list[Json]:
        """Draw tabs in one batch; the requests that did it."""
        requests = self.requests(*tabs)
        self.book.update(*requests)
        return requests

    def requests(self, *tabs: Tab) -> list[Json]:
        """What draws the tabs: all are prepared, then filled."""
        standing = self.standing()
        gids = {title: state.gid for title, state in standing.items()}
        gids |= {tab.title: crc32(tab.title.encode()) >> 1 for tab in tabs if tab.title not in gids}
        sources = {tab.title: tab for tab in tabs}
        found: list[Json] = []
        for tab in tabs:
            found += prepare(tab, gids[tab.title], standing.get(tab.title))
        for tab in tabs:
            found += fill(tab, gids[tab.title], gids, sources[tab.pivot.source] if tab.pivot else None)
        return found

    def standing(self) -> dict[str, TabState]:
        """What stands, as the adapter reads it."""
        return dict(reading.standing(self.book.get(fields=reading.FIELDS))[0].tabs)

    def gid(self, title: str = "T") -> int:
        return self.standing()[title].gid

    def sheet(self, title: str = "T") -> Json:
        """Everything that stands on a tab."""
        return dict(self.sheets(title)[title])

    def sheets(self, *titles: str) -> dict[str, Json]:
        """The same of several tabs, by title."""
        wanted = list(map(a1, titles))
        told = self.book.get(fields=_FIELDS, ranges=wanted)["sheets"]
        return {sheet["properties"]["title"]: sheet for sheet in told}

    def look(self, title: str = "T") -> Any:
        """Everything that stands on a tab, but for ids that Google chooses."""
        return without_ids(self.sheet(title))

    def cell(self, address: str, title: str = "T") -> Json:
        """One cell as Google keeps it."""
        at, row = spot(address)
        rows = self.sheet(title)["data"][0]["rowData"]
        return dict(rows[row]["values"][at])

    def format(self, address: str, title: str = "T") -> Json:
        """The format that was given to a cell."""
        return dict(self.cell(address, title).get("userEnteredFormat", {}))

    def values(self, title: str = "T") -> list[list[Any]]:
        """What stands in the cells of a tab, row by row."""
        return self.book.raw(a1(title))

    def all_values(self) -> dict[str, list[list[Any]]]:
        """The same of all tabs, by title, in one call."""
        titles = list(self.standing())
        told = self.book.call(
            "GET", "/values:batchGet", ranges=list(map(a1, titles)), valueRenderOption="UNFORMATTED_VALUE"
        )
        return {title: part.get("values", []) for title, part in zip(titles, told["valueRanges"], strict=True)}


def spot(address: str) -> Spot:
    """`B7` as its column and its row, both from 0."""
    column = address.rstrip("0123456789")
    return next(at for at in range(702) if letters(at) == column), int(address.removeprefix(column)) - 1


def without_ids(message: Any) -> Any:
    """A message of Google's without the ids that it chose."""
    if isinstance(message, list):
        return [without_ids(item) for item in message]
    if not isinstance(message, dict):
        return message
    return {name: without_ids(part) for name, part in message.items() if name not in _IDS}


def table(*columns: TabColumn, rows: Sequence[TabRow] = (), **more: Any) -> Tab:
    """A tab with a table, on which people work."""
    settings: dict[str, Any] = {"group": "work"} | more
    return Tab("T", columns, tuple(rows), **settings)


def values(*items: Item) -> tuple[TabRow, ...]:
    """Rows of one value each."""
    return tuple(TabRow((item,)) for item in items)


def size(requests: Sequence[Json]) -> int:
    """The bytes of requests on the wire."""
    return len(json.dumps(requests, ensure_ascii=False, separators=(",", ":")).encode())


def rgb(style: Json) -> str:
    """A ColorStyle as `RRGGBB`."""
    channels = style.get("rgbColor", {})
    return "".join(f"{round(255 * channels.get(name, 0)):02X}" for name in ("red", "green", "blue"))
