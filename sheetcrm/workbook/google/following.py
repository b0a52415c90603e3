"""What ends where a table ends grows with it: its filter, filter views, names, banding, formats, charts and tables.

Google lengthens them by itself when a row is inserted inside, and not when it comes right below; and there new records
stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sheetcrm.workbook.google.standing import Standing, TabState
from sheetcrm.workbook.google.wire import Json
from sheetcrm.workbook.place import Edit


def follow(state: TabState, standing: Standing, edit: Edit) -> list[Json]:
    """The requests that lengthen what ends exactly with the table's last record.

    Args:
        state: The tab with the table.
        standing: The book; its names may lie anywhere.
        edit: What is done to the table; its new rows are inserted below the last.
    """
    if edit.table is None:
        return []
    follower = _Follower(state.gid, edit.table.layout.header_row, edit.last, edit.grown)
    message = state.message
    # A table's own filter and bands may be told without its name.
    tables = [table.get("range") for table in message.get("tables", [])]
    return [
        *follower.filter(_free([message["basicFilter"]] if "basicFilter" in message else [], tables)),
        *follower.parts("updateFilterView", "filter", _free(message.get("filterViews", []))),
        *follower.parts("updateNamedRange", "namedRange", standing.ranges),
        *follower.parts("updateBanding", "bandedRange", _free(message.get("bandedRanges", []), tables)),
        *follower.parts("updateProtectedRange", "protectedRange", _free(message.get("protectedRanges", []))),
        *follower.parts("updateTable", "table", message.get("tables", [])),
        *follower.rules(message.get("conditionalFormats", [])),
        *(request for tab in standing.tabs.values() for request in follower.charts(tab.message.get("charts", []))),
    ]


class _Follower:
    """The rows that a table gains: `grown` below `last`."""

    def __init__(self, gid: int, header_row: int, last: int, grown: int) -> None:
        self._gid = gid
        self._header_row = header_row
        self._last = last
        self._grown = grown

    def _ends_here(self, area: Json) -> bool:
        """Whether a range covers the table down to its last row, from its header or its first record on."""
        return (
            area.get("sheetId", 0) == self._gid
            and area.get("endRowIndex") == self._last
            and area.get("startRowIndex", 0) <= self._header_row
        )

    def _longer(self, area: Json) -> Json:
        return {**area, "endRowIndex": self._last + self._grown}

    def filter(self, filters: Iterable[Json]) -> Iterator[Json]:
        """The tab's own filter, where there is one."""
        for basic in filters:
            if self._ends_here(basic.get("range", {})):
                yield {"setBasicFilter": {"filter": {**_told(basic), "range": self._longer(basic["range"])}}}

    def parts(self, request: str, name: str, parts: Iterable[Json]) -> Iterator[Json]:
        """Parts of a tab that have one range and an id."""
        for part in parts:
            area = part.get("range", {})
            if self._ends_here(area):
                yield {request: {name: _identified(part) | {"range": self._longer(area)}, "fields": "range"}}

    def rules(self, rules: list[Json]) -> Iterator[Json]:
        """Conditional formats, which are known by their place."""
        for index, rule in enumerate(rules):
            ranges = rule.get("ranges", [])
            if any(map(self._ends_here, ranges)):
                longer = [self._longer(area) if self._ends_here(area) else area for area in ranges]
                yield {
                    "updateConditionalFormatRule": {
                        "index": index,
                        "sheetId": self._gid,
                        "rule": {**rule, "ranges": longer},
                    }
                }

    def charts(self, charts: list[Json]) -> Iterator[Json]:
        for chart in charts:
            spec = chart.get("spec", {})
            longer = self._deep(spec)
            if longer != spec:
                yield {"updateChartSpec": {"chartId": chart["chartId"], "spec": longer}}

    def _deep(self, part: Any) -> Any:
        """A chart's description with the ranges in it lengthened, wherever they stand."""
        if isinstance(part, list):
            return [self._deep(item) for item in part]
        if not isinstance(part, dict):
            return part
        if "endRowIndex" in part and self._ends_here(part):
            return self._longer(part)
        return {name: self._deep(item) for name, item in part.items()}


_IDS = ("filterViewId", "namedRangeId", "bandedRangeId", "protectedRangeId", "tableId")


_BACKED = frozenset({"namedRangeId", "tableId", "bandedRangeReference"})
"""What tells that a part has the range of a name or of a table, and grows with that: Google takes no other for it."""


def _free(parts: Iterable[Json], taken: Collection[Json] = ()) -> Iterator[Json]:
    """The parts that have a range of their own, and none that is taken."""
    return (part for part in parts if not part.keys() & _BACKED and part.get("range") not in taken)


def _identified(part: Json) -> Json:
    """Only what tells which part is meant."""
    return {name: part[name] for name in _IDS if name in part}


def _told(basic: Json) -> Json:
    """A filter as it may be sent back: what is told twice, in a new way and an old one, goes in the new one."""
    if "filterSpecs" in basic:
        return {name: part for name, part in basic.items() if name != "criteria"}
    return dict(basic)
