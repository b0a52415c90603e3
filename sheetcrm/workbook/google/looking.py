"""The look at a book right before it is written: is every record that is aimed at still where it was read?

What is looked at is small: the headers, the ids, the cells that will be written; and whole rows only where a row has no
id, or will be filled though it is not inserted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sheetcrm.tab import Look, Tab
from sheetcrm.table import Sheet, Spot, is_blank
from sheetcrm.workbook.google.edits import insertable
from sheetcrm.workbook.google.mending import Aimed
from sheetcrm.workbook.google.reading import squared
from sheetcrm.workbook.google.standing import Standing, TabState
from sheetcrm.workbook.google.wire import a1, area, raw
from sheetcrm.workbook.place import Edit

_MOST = 24
"""So many ranges of one tab go into the address of a call at most; beyond that, all between them is looked at."""

_INSTANT = 1e-8
"""A millisecond in days: moments are no more exact."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A rectangle of a tab that is looked at."""

    title: str
    first: Spot
    last: Spot

    @property
    def range(self) -> str:
        """In A1 notation."""
        return a1(self.title, area(self.first, self.last))

    def within(self, rows: int, columns: int) -> Sight | None:
        """The part of it that stands in a grid of so many rows and columns, None where all of it lies beyond."""
        last = min(self.last[0], rows), min(self.last[1], columns - 1)
        is_there = self.first[0] <= last[0] and self.first[1] <= last[1]
        return Sight(self.title, self.first, last) if is_there else None


def sights(edits: Iterable[Edit]) -> list[Sight]:
    """What to look at before these edits are written; nothing where only hidden tabs get new lines."""
    return [sight for edit in edits for sight in _sights(edit)]


def aims(edits: Iterable[Edit], cells: Iterable[Aimed]) -> list[Sight]:
    """What to ask back with these cells: whether the records stood where they were aimed at."""
    rows: dict[str, set[int]] = {}
    for cell in cells:
        if cell.row is not None:
            rows.setdefault(cell.title, set()).add(cell.spot[0])
    by_title = {edit.sheet.title: edit for edit in edits}
    return [sight for title, touched in rows.items() for sight in _identities(by_title[title], touched)]


def typed_on(tabs: Iterable[Tab], standing: Standing) -> list[Sight]:
    """What to look at before standing tabs are drawn anew: all of each tab that has columns to type into."""
    states = (standing.tabs.get(tab.title) for tab in tabs if any(column.look is Look.INPUT for column in tab.columns))
    return [whole(state) for state in states if state is not None]


def whole(tab: TabState) -> Sight:
    """All of a tab."""
    return Sight(tab.title, (1, 0), (tab.rows, tab.columns - 1))


def _sights(edit: Edit) -> list[Sight]:
    fresh = set(edit.inserted) if insertable(edit) else set()
    spots = [spot for spot in edit.cells if spot[0] not in fresh]
    if not spots and edit.sheet.hidden:
        return []
    columns = sorted({column for _, column in spots})
    rows = sorted({row for row, _ in spots})
    if edit.table is None or not rows:
        return _identities(edit, rows)
    bounds = (rows[0], rows[-1])
    touched = [_strip(edit.sheet, bounds, run[0], run[-1]) for run in _runs(columns)]
    return _few([*_identities(edit, rows), *touched])


def _identities(edit: Edit, touched: Iterable[int]) -> list[Sight]:
    """The cells that tell which record stands on each of these rows, and which column is which."""
    sheet, rows = edit.sheet, sorted(touched)
    width = max([len(sheet.rows[0]) if sheet.rows else 0, *(column + 1 for _, column in edit.cells)])
    if edit.table is None:
        return _few([_strip(sheet, (run[0], run[-1]), 0, width - 1) for run in _runs(rows)])
    header = edit.table.layout.header_row
    found = [_strip(sheet, (header, header), 0, width - 1)]
    rows = [row for row in rows if row != header]
    if not rows:
        return found
    key = None if edit.table.key is None else edit.table.columns[edit.table.key].index
    if key is not None:
        found.append(_strip(sheet, (rows[0], rows[-1]), key, key))
    nameless = [row for row in rows if key is None or _has_no_id(sheet, row, key)]
    return _few([*found, *(_strip(sheet, (run[0], run[-1]), 0, width - 1) for run in _runs(nameless))])


def _has_no_id(sheet: Sheet, row: int, key: int) -> bool:
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
    return key >= len(cells) or is_blank(cells[key])


def _strip(sheet: Sheet, rows: tuple[int, int], left: int, right: int) -> Sight:
    return Sight(sheet.title, (rows[0], left), (rows[1], right))


def _few(found: Sequence[Sight]) -> list[Sight]:
    """The same, or one rectangle around all of them where they are many."""
    if len(found) <= _MOST:
        return list(dict.fromkeys(found))
    first = min(sight.first[0] for sight in found), min(sight.first[1] for sight in found)
    last = max(sight.last[0] for sight in found), max(sight.last[1] for sight in found)
    return [Sight(found[0].title, first, last)]


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Numbers that follow one another."""
    runs: list[list[int]] = []
    for at, number in enumerate(numbers):
        if not at or number != numbers[at - 1] + 1:
            runs.append([])
        runs[-1].append(number)
    return runs


def same(sight: Sight, sheet: Sheet, values: Sequence[Sequence[Any]]) -> bool:
    """Whether a rectangle holds what the sheet says.

    Args:
        sight: The rectangle.
        sheet: The tab as it should be.
        values: What Google told of it, blanks at the end left out, days as numbers.
    """
    rows = squared(values)
    for number in range(sight.first[0], sight.last[0] + 1):
        told = rows[number - sight.first[0]] if number - sight.first[0] < len(rows) else ()
        known = sheet.rows[number - 1] if number <= len(sheet.rows) else ()
        for column in range(sight.first[1], sight.last[1] + 1):
            spot = (number, column)
            if spot in sheet.formulas or spot in sheet.errors:
                continue
            at = column - sight.first[1]
            found = told[at] if at < len(told) else ""
            if not _alike(raw(known[column] if column < len(known) else ""), found):
                return False
    return True


def _alike(left: object, right: object) -> bool:
    if isinstance(left, float) and isinstance(right, float):
        return abs(left - right) <= _INSTANT
    return left == right and isinstance(left, bool) == isinstance(right, bool)
