"""A warning before somebody types where it would be lost: nobody is kept from typing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetcrm.tab import Look, Tab
from sheetcrm.table import MARK
from sheetcrm.workbook.google.tabs.rectangles import runs
from sheetcrm.workbook.google.wire import Json, grid_range
from sheetcrm.workbook.grid import body_row, last_row

_NAME = "sheetcrm"


def protect(tab: Tab, gid: int) -> Iterator[Json]:
    """A generated tab warns everywhere but where people are to type; others where columns are computed."""
    if tab.title.startswith(MARK):
        yield _warning({"sheetId": gid}, _typed_on(tab, gid))
        return
    for run in runs(at for at, column in enumerate(tab.columns) if column.look is Look.DERIVED):
        yield _warning(
            {
                "sheetId": gid,
                "startRowIndex": tab.header_row - 1,
                "startColumnIndex": run.start,
                "endColumnIndex": run.end,
            }
        )


def _typed_on(tab: Tab, gid: int) -> list[Json]:
    """The columns to type into, and the free lines for what is not listed."""
    inputs = list(runs(at for at, column in enumerate(tab.columns) if column.look is Look.INPUT))
    first, free, last = body_row(tab), last_row(tab) - tab.spare + 1, last_row(tab)
    found = [grid_range(gid, (first, run.start), (free - 1, run.end - 1)) for run in inputs if free > first]
    if inputs and tab.spare:
        found.append(grid_range(gid, (free, 0), (last, len(tab.columns) - 1)))
    return found


def _warning(area: Json, free: Sequence[Json] = ()) -> Json:
    protected: Json = {"range": area, "description": _NAME, "warningOnly": True}
    return {"addProtectedRange": {"protectedRange": protected | ({"unprotectedRanges": list(free)} if free else {})}}
