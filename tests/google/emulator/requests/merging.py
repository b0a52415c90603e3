"""Cells merged and taken apart."""

from __future__ import annotations

from tests.google.emulator import writing
from tests.google.emulator.book import Book
from tests.google.emulator.call import Call
from tests.google.emulator.errors import Json, invalid
from tests.google.emulator.ranges import Area, from_grid, within


def crosses(area: Area, merge: Json) -> bool:
    """Whether the area and a merge share a cell."""
    rows = merge["startRowIndex"] < area.rows.stop and merge["endRowIndex"] > area.top
    return bool(rows and merge["startColumnIndex"] < area.columns.stop and merge["endColumnIndex"] > area.left)


def _covers(area: Area, merge: Json) -> bool:
    rows = area.top <= merge["startRowIndex"] and merge["endRowIndex"] <= area.rows.stop
    return bool(rows and area.left <= merge["startColumnIndex"] and merge["endColumnIndex"] <= area.columns.stop)


def _apart(area: Area) -> None:
    """Undo the merges in the area, which must hold each of them whole."""
    merges = area.sheet.listed("merges")
    if any(crosses(area, merge) and not _covers(area, merge) for merge in merges):
        raise invalid("You must select all cells in a merged range to merge or unmerge them.")
    merges[:] = [merge for merge in merges if not crosses(area, merge)]


def _merge(book: Book, arguments: Json, _: Call) -> None:
    area = within(from_grid(book, arguments.get("range", {}))).bounded
    _apart(area)
    kind = arguments.get("mergeType", "MERGE_ALL")
    for block in _blocks(area, kind):
        if len(block.rows) * len(block.columns) > 1:
            _clear_covered(block)
            area.sheet.listed("merges").append(block.grid)


def _blocks(area: Area, kind: str) -> list[Area]:
    sheet = area.sheet
    if kind == "MERGE_ROWS":
        return [Area(sheet, row, area.left, row + 1, area.right) for row in area.rows]
    if kind == "MERGE_COLUMNS":
        return [Area(sheet, area.top, column, area.bottom, column + 1) for column in area.columns]
    return [area]


def _clear_covered(block: Area) -> None:
    for row in block.rows:
        for column in block.columns:
            cell = block.sheet.cell(row, column)
            if cell and (row, column) != (block.top, block.left):
                block.sheet.put(row, column, writing.holding(cell, {}))


def _unmerge(book: Book, arguments: Json, _: Call) -> None:
    _apart(within(from_grid(book, arguments.get("range", {}))).bounded)


HANDLERS = {"mergeCells": _merge, "unmergeCells": _unmerge}
