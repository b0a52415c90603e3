"""A table told column by column: each column beside the figure it takes from a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sheetcrm.reports.report import Figure, ReportCell, ReportColumn, ReportRow
from sheetcrm.tab import Format, Look
from sheetcrm.text import Label

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Measure(Generic[Line]):
    """A column, and its figure in a line."""

    column: ReportColumn
    figure: Callable[[Line], Figure | ReportCell]


def measure(
    key: str,
    en: str,
    ru: str,
    figure: Callable[[Line], Figure | ReportCell],
    format: Format = Format.TEXT,
    *,
    unit: Label | str = "",
    width: float = 0,
    bars: bool = False,
) -> Measure[Line]:
    """A column with a label in both languages, and its figure."""
    return Measure(ReportColumn(key, Label(en, ru), format, unit, width, bars), figure)


def columns_of(measures: Iterable[Measure[Line]]) -> tuple[ReportColumn, ...]:
    """The columns."""
    return tuple(one.column for one in measures)


def row_of(measures: Sequence[Measure[Line]], line: Line, level: int = 0, look: Look = Look.PLAIN) -> ReportRow:
    """A line as a row: a figure a column."""
    return ReportRow(tuple(one.figure(line) for one in measures), level, look)


def rows_of(measures: Sequence[Measure[Line]], lines: Iterable[Line]) -> tuple[ReportRow, ...]:
    """The lines as rows of one level."""
    return tuple(row_of(measures, line) for line in lines)


def row_with(measures: Sequence[Measure[Line]], figures: Mapping[str, Figure], look: Look = Look.PLAIN) -> ReportRow:
    """A row that has figures in some columns only, by the columns' keys."""
    return ReportRow(tuple(figures.get(one.column.key) for one in measures), 0, look)
