"""Rows by columns: what a set of rows comes to, told apart down and across."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sheetcrm.errors import UsageError
from sheetcrm.reports.aggregates import Aggregate
from sheetcrm.reports.dimensions import Axis
from sheetcrm.reports.report import Figure, ReportCell, ReportColumn, ReportRow
from sheetcrm.tab import Look
from sheetcrm.text import Label, msg

TOTAL = Label("Total", "Итого")
_MOST_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class Crossed:
    """A counted table: its columns, its rows with their outline levels, and the total."""

    columns: tuple[ReportColumn, ...]
    rows: tuple[ReportRow, ...]
    totals: tuple[ReportRow, ...]


Key = tuple[int, ...]
"""The numbers of the values of several dimensions."""


def cross(
    down: Sequence[Axis], across: Sequence[Axis], aggregates: Sequence[Aggregate], rows: Sequence[int]
) -> Crossed:
    """Count rows by dimensions down and across; every figure is computed from the rows that it stands for.

    Args:
        down: The dimensions of rows, the outermost first.
        across: The dimensions of columns.
        aggregates: The figures of each cell.
        rows: The positions of the rows that count.
    """
    codes = pd.DataFrame(
        {number: [axis.codes[row] for row in rows] for number, axis in enumerate((*down, *across))}, index=list(rows)
    )
    inner = list(range(len(down), len(down) + len(across)))
    columns: list[Key] = sorted(_grouped(codes, inner)) if across else []
    if len(columns) * len(aggregates) > _MOST_COLUMNS:
        raise UsageError(
            msg("{n} columns are more than anybody can read.", n=len(columns) * len(aggregates)),
            msg("Put that dimension into the rows, or take a longer step of time."),
        )
    cells = {depth: _grouped(codes, [*range(depth), *inner]) for depth in range(len(down) + 1)}
    wholes = {depth: _grouped(codes, list(range(depth))) for depth in range(len(down) + 1)}

    def figures(key: Key) -> list[Figure]:
        parts = [cells[len(key)].get((*key, *column), ()) for column in columns]
        found = [one.compute(part) if len(part) else None for part in parts for one in aggregates]
        return [*found, *(one.compute(wholes[len(key)][key]) for one in aggregates)]

    keys = sorted(key for depth in range(1, len(down) + 1) for key in wholes[depth])
    body = tuple(
        ReportRow(
            (*_heads(down, key), *figures(key)), len(key) - 1, Look.SUBTOTAL if len(key) < len(down) else Look.PLAIN
        )
        for key in keys
    )
    total = ReportRow((TOTAL, *[None] * (len(down) - 1), *figures(())), look=Look.TOTAL)
    return Crossed(tuple(_columns(down, across, columns, aggregates)), body, (total,))


def _grouped(codes: pd.DataFrame, by: list[int]) -> Mapping[Key, list[int]]:
    """The positions of the rows that share the values of some dimensions."""
    rows = [int(row) for row in codes.index]
    if not by:
        return {(): rows}
    found = codes.groupby(by, sort=False).indices
    return {_key(key): [rows[number] for number in numbers] for key, numbers in found.items()}


def _key(found: object) -> Key:
    """The key of a group: pandas gives a number where there is but one dimension."""
    return found if isinstance(found, tuple) else (found,)


def _heads(down: Sequence[Axis], key: Key) -> Iterator[Figure | ReportCell]:
    """What tells a row apart: the outer values muted, its own with a link to its record, nothing further in."""
    for depth, axis in enumerate(down):
        if depth >= len(key):
            yield None
        else:
            item = axis.items[key[depth]]
            own = depth == len(key) - 1
            yield ReportCell(item.figure, None if own else Look.MUTED, item.record if own else None)


def _columns(
    down: Sequence[Axis], across: Sequence[Axis], columns: Sequence[Key], aggregates: Sequence[Aggregate]
) -> Iterator[ReportColumn]:
    for axis in down:
        yield ReportColumn(axis.key, axis.label, axis.format)
    for key in columns:
        items = [axis.items[number] for axis, number in zip(across, key, strict=True)]
        for one in aggregates:
            name = "/".join(item.key or "blank" for item in items)
            yield _figures_column(f"{one.key}@{name}", [item.label for item in items], one, len(aggregates) > 1)
    for one in aggregates:
        if across:
            yield _figures_column(one.key, [TOTAL], one, len(aggregates) > 1)
        else:
            yield ReportColumn(one.key, one.label, one.format, one.unit)


def _figures_column(key: str, parts: Sequence[str | Label], one: Aggregate, several: bool) -> ReportColumn:
    """A column of figures under a value of a dimension; where there are several figures, theirs is named too."""
    label = msg("{parts}", parts=[*parts, one.label] if several else list(parts))
    return ReportColumn(key, label, one.format, one.unit)
