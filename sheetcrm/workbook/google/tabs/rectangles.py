"""Cells that are alike, as few rectangles: a request costs more than a cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

from sheetcrm.table import Spot

T = TypeVar("T")


class Run(NamedTuple):
    """Numbers that follow one another, `end` not included."""

    start: int
    end: int


def runs(numbers: Iterable[int]) -> Iterator[Run]:
    """Ascending numbers as runs."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield Run(members[0], members[-1] + 1)


def alike(values: Sequence[T]) -> Iterator[tuple[Run, T]]:
    """Neighbours that are equal, as runs of their positions."""
    at = 0
    for value, same in groupby(values):
        end = at + sum(1 for _ in same)
        yield Run(at, end), value
        at = end


def rectangles(cells: Mapping[Spot, T]) -> Iterator[tuple[Spot, Spot, T]]:
    """The first and last spot of every rectangle of equal cells: as wide as its row allows, then as high."""
    begun: dict[tuple[Run, T], int] = {}
    above = 0
    for number, spots in groupby(sorted(cells), key=lambda spot: spot[0]):
        here = list(_stretches({at: cells[number, at] for _, at in spots}))
        ended = [one for one in begun if above != number - 1 or one not in here]
        for stretch in ended:
            yield _closed(stretch, begun.pop(stretch), above)
        for stretch in here:
            begun.setdefault(stretch, number)
        above = number
    for stretch, first in begun.items():
        yield _closed(stretch, first, above)


def _stretches(row: Mapping[int, T]) -> Iterator[tuple[Run, T]]:
    """The cells of a row, by column, as stretches of neighbours that are equal."""
    for run in runs(row):
        for part, value in alike([row[at] for at in range(*run)]):
            yield Run(run.start + part.start, run.start + part.end), value


def _closed(stretch: tuple[Run, T], first: int, last: int) -> tuple[Spot, Spot, T]:
    columns, value = stretch
    return (first, columns.start), (last, columns.end - 1), value
