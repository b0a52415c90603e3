"""What folds and what is hidden on a drawn tab."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sheetcrm.tab import Tab
from sheetcrm.workbook.google.tabs.rectangles import runs
from sheetcrm.workbook.google.wire import Json, span
from sheetcrm.workbook.grid import body_row


class Level(NamedTuple):
    """The outline level of a row or a column, and whether it is folded at first."""

    level: int
    folded: bool


def fold(tab: Tab, gid: int) -> Iterator[Json]:
    """The groups of rows and columns, and the columns that never show."""
    if tab.pivot is None:
        yield from _groups(gid, "ROWS", body_row(tab) - 1, [Level(row.level, row.folded) for row in tab.rows])
    yield from _groups(gid, "COLUMNS", 0, [Level(column.level, column.collapsed) for column in tab.columns])
    for run in runs(at for at, column in enumerate(tab.columns) if column.hidden):
        hidden = span(gid, "COLUMNS", run.start, run.end)
        yield {
            "updateDimensionProperties": {
                "range": hidden,
                "properties": {"hiddenByUser": True},
                "fields": "hiddenByUser",
            }
        }


def _groups(gid: int, dimension: str, start: int, levels: Sequence[Level]) -> Iterator[Json]:
    """A group for each run of a level, the outer ones first; one whose own lines are all folded is folded."""
    deepest = max((one.level for one in levels), default=0)
    for depth in range(1, deepest + 1):
        for run in runs(at for at, one in enumerate(levels) if one.level >= depth):
            where = span(gid, dimension, start + run.start, start + run.end)
            yield {"addDimensionGroup": {"range": where}}
            if all(one.folded for one in levels[run.start : run.end]):
                group = {"range": where, "depth": depth, "collapsed": True}
                yield {"updateDimensionGroup": {"dimensionGroup": group, "fields": "collapsed"}}
