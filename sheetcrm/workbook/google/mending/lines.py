"""Which row and which column of a tab is which, after a person moved them.

A row is known by its id, else by its cells, else by its neighbours; a column by its header, else by its neighbours.
Two rows that cannot be told apart are none: nothing is guessed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from sheetcrm.table import Table
from sheetcrm.workbook.google.mending.sides import Known, Plain, Side

_BEGINNING = (-1, -1)


class Lines(NamedTuple):
    """Which line before is which line after.

    Attributes:
        rows: Row numbers after, by row numbers before.
        columns: Column numbers after, by column numbers before.
        doubtful: Rows after that may be one of several rows before, or one whose cells our write has covered.
        doubtful_columns: Columns after that may be one of several before, or one that our write has covered.
        covered: Rows before that are not found, and of which our write may have covered what told them apart.
        covered_columns: Columns before that are not found, and that our write may have covered whole.
    """

    rows: Mapping[int, int]
    columns: Mapping[int, int]
    doubtful: frozenset[int]
    doubtful_columns: frozenset[int]
    covered: tuple[int, ...]
    covered_columns: tuple[int, ...]


def match(table: Table | None, before: Side, after: Side) -> Lines:
    """Which row and which column is which.

    Args:
        table: The table that the tab was before, None for any other tab.
        before: The tab as it was.
        after: The tab as it stands, as wide as it was.
    """
    matching = _Matching(before.cells, after.cells, after.meant)
    if table is not None:
        matching.header = table.layout.header_row - 1
        matching.key = None if table.key is None else table.columns[table.key].index
        matching.by_header(matching.header)
    if not matching.columns:
        matching.columns = {column: column for column in range(matching.width)}
    matching.by_id()
    matching.by_cells()
    matching.by_neighbours()
    matching.forget_what_is_unfounded()
    known = {before.numbers[b]: after.numbers[a] for b, a in matching.rows.items()}
    doubtful = frozenset(after.numbers[a] for a in matching.doubtful())
    columns = frozenset(matching.doubtful_columns())
    covered = tuple(before.numbers[b] for b in matching.covered())
    return Lines(known, matching.columns, doubtful, columns, covered, tuple(matching.covered_columns()))


class _Matching:
    """Two sides while their lines are matched; lines are counted from 0, and always go from before to after."""

    def __init__(
        self,
        before: Sequence[Sequence[Plain]],
        after: Sequence[Sequence[Plain]],
        meant: Mapping[int, frozenset[int | None]],
    ) -> None:
        self.before = before
        self.after = after
        self.meant = meant
        self.width = len(before[0]) if before else 0
        self.rows: dict[int, int] = {}
        self.columns: dict[int, int] = {}
        self.header: int | None = None
        self.key: int | None = None
        self._by_id = 0
        self._alike: set[int] = set()
        self._sure: set[int] = set()

    def by_header(self, header: int) -> None:
        """Match the columns by their headers, if the header's row is still to be found."""
        texts = _unique(enumerate(self.before[header]))
        telling = texts.keys() - {cell for row in self.before[header + 1 :] for cell in row}
        found = [len(telling.intersection(row)) for row in self.after]
        most = max(found, default=0)
        if most and most * 2 >= len(telling):
            self.rows[header] = found.index(most)
            stand = _unique(enumerate(self.after[found.index(most)]))
            self.columns = {column: stand[text] for text, column in texts.items() if text in stand}

    def by_id(self) -> None:
        """Match the rows that have an id of their own on both sides."""
        if self.key is None or self.header is None or self.key not in self.columns:
            return
        taken, column = set(self.rows.values()), self.columns[self.key]
        ids = _unique((b, row[self.key]) for b, row in enumerate(self.before) if b > self.header)
        stand = _unique((a, row[column]) for a, row in enumerate(self.after) if a not in taken)
        found = {b: stand[id] for id, b in ids.items() if id in stand}
        self._by_id = len(found)
        self.rows |= found

    def forget_what_is_unfounded(self) -> None:
        """Know nothing of a table whose header is lost, if its ids don't stand where they stood either."""
        filled = sum(map(_is_filled, self.before[self.header + 1 :])) if self.header is not None else 0
        if self.header is not None and self.header not in self.rows and (self._by_id * 2 < filled or not filled):
            self.rows, self.columns = {}, {}

    def by_cells(self) -> None:
        """Match the rows of which one alone has the same cells, wherever our write left them as they were."""
        while claims := self._claims():
            once = Counter(claims.values())
            sure = {b: a for a, b in claims.items() if once[b] == 1}
            self.rows |= sure
            if not sure:
                break

    def _claims(self) -> dict[int, int]:
        """For each row after that is not known yet the only row before that it can be."""
        pairs = sorted(self.columns.items())
        open_rows = self._open_before()
        claims = {}
        for ours, rows in self._by_what_is_ours(pairs, set(self.rows.values())).items():
            kept = [pair for pair in pairs if pair[1] not in ours]
            candidates = defaultdict(list)
            for b in open_rows:
                candidates[tuple([self.before[b][column] for column, _ in kept])].append(b)
            for a in rows:
                signature = tuple([self.after[a][column] for _, column in kept])
                found = candidates.get(signature, ()) if _tells(signature) else ()
                self._alike.update([a] if found else ())
                if len(found) == 1:
                    claims[a] = found[0]
        return claims

    def _by_what_is_ours(
        self, pairs: Iterable[tuple[int, int]], known: Collection[int]
    ) -> Mapping[frozenset[int], list[int]]:
        """The rows after that are not known yet, by the columns in which our write set something."""
        columns = [column for _, column in pairs]
        groups = defaultdict(list)
        for a, row in enumerate(self.after):
            if a not in known and _is_filled(row):
                groups[frozenset(column for column in columns if row[column] is Known.OURS)].append(a)
        return groups

    def _open_before(self) -> list[int]:
        """The rows before that hold something and are not known yet."""
        return [
            b
            for b, row in enumerate(self.before)
            if b not in self.rows and _tells(row[column] for column in self.columns)
        ]

    def by_neighbours(self) -> None:
        """Match what lies between known lines that are as far apart as they were, if its cells don't contradict."""
        pairs = len(self.columns)
        self.columns |= self._columns_by_cells()
        self.columns |= _between(self.columns, (self.width, self.width), self._is_like_column)
        if len(self.columns) > pairs:
            self.by_cells()
        sure = dict(self.rows)
        self._sure = set(sure.values())
        by_place = _between(self.rows, (len(self.before), len(self.after)), self._is_like_row)
        self.rows |= by_place
        self.by_cells()
        missing = {tuple(self.before[b]) for b in self._open_before()}
        if self._alike - set(self.rows.values()) or any(tuple(self.before[b]) in missing for b in by_place):
            # One of several that look alike is elsewhere, so their places tell nothing.
            self.rows = sure | {b: a for b, a in by_place.items() if not _is_filled(self.before[b])}

    def _columns_by_cells(self) -> dict[int, int]:
        """The columns whose header our write covered, by what stands below it."""
        known = set(self.columns.values())
        new = [column for column in range(self.width) if column not in known]
        found = [(b, a) for b in self._missing_columns() for a in new if self._has_its_cells(b, a)]
        old_times, new_times = Counter(b for b, _ in found), Counter(a for _, a in found)
        return {b: a for b, a in found if old_times[b] == 1 == new_times[a]}

    def _has_its_cells(self, b: int, a: int) -> bool:
        same = any(self.before[old][b] == self.after[new][a] is not None for old, new in self.rows.items())
        return same and self._is_like_column(b, a)

    def _is_like_row(self, b: int, a: int) -> bool:
        """Whether a row may be taken for one by its place: only where it then holds just what was meant for it."""
        if _is_filled(self.before[b]) and self.meant.get(a, {b + 1}) != {b + 1}:
            return False
        if self.key is not None and self.key in self.columns:
            ids = {self.before[b][self.key], self.after[a][self.columns[self.key]]} - {None, Known.OURS}
            if len(ids) > 1:
                return False
        return _is_like((self.before[b][old], self.after[a][new]) for old, new in self.columns.items())

    def _is_like_column(self, b: int, a: int) -> bool:
        return _is_like((self.before[old][b], self.after[new][a]) for old, new in self.rows.items())

    def doubtful(self) -> Iterator[int]:
        """The rows after of which it is not known which they are, though they may be one of those before."""
        missing, covered = self._open_before(), self.covered()
        cells = {(column, self.before[b][column]) for b in missing for column in self.columns}
        known = set(self.rows.values())
        for a, row in enumerate(self.after):
            if a in known or not _is_filled(row):
                continue
            kept = [(old, row[new]) for old, new in self.columns.items() if row[new] not in (None, Known.OURS)]
            if not self.columns or a in self._alike or any(cell in cells for cell in kept) or (not kept and covered):
                yield a

    def covered(self) -> list[int]:
        """The rows before that are not found, though a row on which we wrote may be what is left of them."""
        missing = self._open_before()
        pairs = sorted(self.columns.items())
        found: set[int] = set()
        for ours, rows in self._by_what_is_ours(pairs, self._sure).items() if missing else ():
            kept = [pair for pair in pairs if pair[1] not in ours]
            left = {tuple([self.after[a][column] for _, column in kept]) for a in rows} if ours else set()
            found.update(b for b in missing if tuple([self.before[b][column] for column, _ in kept]) in left)
        return sorted(found)

    def doubtful_columns(self) -> Iterator[int]:
        """The columns after of which it is not known which they are, though they may be one of those before."""
        missing = self._missing_columns()
        known = set(self.columns.values())
        for column in range(self.width) if missing else ():
            if column not in known and any(self._is_like_column(old, column) for old in missing):
                yield column

    def covered_columns(self) -> Iterator[int]:
        """The columns before that are not found, though one of which our write set the header may be it."""
        header = self.after[self.rows[self.header]] if self.header in self.rows else []
        ours = [column for column, cell in enumerate(header) if cell is Known.OURS]
        for column in self._missing_columns() if ours else ():
            if any(self._is_like_column(column, new) for new in ours):
                yield column

    def _missing_columns(self) -> list[int]:
        """The columns before that hold something and were not found."""
        missing = (column for column in range(self.width) if column not in self.columns)
        return [column for column in missing if any(row[column] is not None for row in self.before)]


def _unique(cells: Iterable[tuple[int, Plain]]) -> dict[Plain, int]:
    """The line of every cell that stands on one alone."""
    found: dict[Plain, int] = {}
    doubles: set[Plain] = set()
    for line, cell in cells:
        if found.setdefault(cell, line) != line:
            doubles.add(cell)
    doubles |= {None, *Known}
    return {cell: line for cell, line in found.items() if cell not in doubles}


def _between(known: Mapping[int, int], counts: tuple[int, int], is_like: Callable[[int, int], bool]) -> dict[int, int]:
    """The lines between neighbours that are known, before the first of them and behind the last."""
    anchors = [_BEGINNING, *sorted(known.items())]
    taken, found = set(known.values()), {}
    gaps = [(one, other[0] - one[0]) for one, other in pairwise(anchors) if other[0] - one[0] == other[1] - one[1]]
    b, a = anchors[-1]
    if a == max(taken, default=a):
        gaps.append(((b, a), min(counts[0] - b, counts[1] - a)))
    for (b, a), length in gaps:
        steps = range(1, length)
        if taken.isdisjoint(a + step for step in steps):
            found.update({b + step: a + step for step in steps if is_like(b + step, a + step)})
    return found


def _is_like(pairs: Iterable[tuple[Plain, Plain]]) -> bool:
    """Whether hardly any of the cells that hold something, and not ours, differ: one in ten may have been typed."""
    filled = [(old, new) for old, new in pairs if new is not Known.OURS and (old, new) != (None, None)]
    return sum(old != new for old, new in filled) * 10 <= len(filled)


def _tells(cells: Iterable[Plain]) -> bool:
    """Whether cells tell which record this is; a formula may be filled down ahead of the records."""
    return any(cell is not None and cell is not Known.FORMULA for cell in cells)


def _is_filled(row: Sequence[Plain]) -> bool:
    return row.count(None) < len(row)
