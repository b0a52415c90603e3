"""Who watches which cells: asked for a rectangle, it names everyone who watches any of it, and each once.

Somebody who was named is no longer watching, so that following a chain costs no more than its length; ranges are kept
by their columns, in a tree over their first rows that knows how far down each half of them reaches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sheetcrm.table import Spot
from sheetcrm.workbook.xlsx.edit.resolve import Box


class Watch:
    """Watchers, by number, of the cells of a book."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._sheets: defaultdict[str, _Sheet] = defaultdict(_Sheet)

    def add(self, watcher: int, boxes: list[Box]) -> None:
        """Let somebody watch some rectangles; nobody is added once `touched` was asked."""
        for title, top, left, bottom, right in boxes:
            sheet = self._sheets[title]
            if top == bottom and left == right:
                sheet.cells[top, left].append(watcher)
            else:
                sheet.ranges[left, right][top, bottom].append(watcher)

    def touched(self, box: Box) -> list[int]:
        """The watchers of any cell of the rectangle, who were not named before for the same cells."""
        sheet = self._sheets.get(box.sheet)
        return sheet.take(box) if sheet is not None else []


class _Sheet:
    """The watched cells of a sheet."""

    def __init__(self) -> None:
        self.cells: defaultdict[Spot, list[int]] = defaultdict(list)
        self.ranges: defaultdict[Spot, defaultdict[Spot, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._settled: dict[Spot, _Ranges] = {}
        self._by_columns: dict[Spot, list[_Ranges]] = {}

    def take(self, box: Box) -> list[int]:
        found: list[int] = []
        for spot in self._spots(box):
            found += self.cells.pop(spot)
        for ranges in self._beside(box.left, box.right):
            found += ranges.take(box.top, box.bottom)
        return found

    def _spots(self, box: Box) -> list[Spot]:
        """The cells of the rectangle that are watched one by one."""
        _, top, left, bottom, right = box
        if top == bottom and left == right:
            return [(top, left)] if (top, left) in self.cells else []
        if (bottom - top + 1) * (right - left + 1) > len(self.cells):
            return [spot for spot in self.cells if top <= spot[0] <= bottom and left <= spot[1] <= right]
        spots = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        return [spot for spot in spots if spot in self.cells]

    def _beside(self, left: int, right: int) -> list[_Ranges]:
        """The ranges that lie on any of these columns."""
        if (left, right) not in self._by_columns:
            keys = [key for key in self.ranges if key[0] <= right and left <= key[1]]
            for key in keys:
                if key not in self._settled:
                    self._settled[key] = _Ranges(self.ranges[key])
            self._by_columns[left, right] = [self._settled[key] for key in keys]
        return self._by_columns[left, right]


class _Ranges:
    """Ranges of the same columns, in the order of their first rows."""

    def __init__(self, ranges: dict[Spot, list[int]]) -> None:
        self._rows = sorted(ranges)
        self._watchers = [ranges[rows] for rows in self._rows]
        self._size = 1 << max(len(self._rows) - 1, 0).bit_length()
        # A heap-like tree: a node knows the lowest row that any range below it reaches, and -1 once all were taken.
        self._reach = [-1] * self._size + [bottom for _, bottom in self._rows]
        self._reach += [-1] * (2 * self._size - len(self._reach))
        for node in range(self._size - 1, 0, -1):
            self._reach[node] = max(self._reach[2 * node], self._reach[2 * node + 1])

    def take(self, top: int, bottom: int) -> Iterator[int]:
        """The watchers of all ranges that share a row with these; they watch no longer."""
        while self._reach[1] >= top:
            node = 1
            while node < self._size:
                node *= 2
                if self._reach[node] < top:
                    node += 1
            at = node - self._size
            if self._rows[at][0] > bottom:
                return
            yield from self._watchers[at]
            self._forget(node)

    def _forget(self, node: int) -> None:
        self._reach[node] = -1
        while node > 1:
            node //= 2
            self._reach[node] = max(self._reach[2 * node], self._reach[2 * node + 1])
