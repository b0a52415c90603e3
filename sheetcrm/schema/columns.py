"""A whole column at once: raw cells in, canonical values and problems out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from operator import is_
from typing import NamedTuple

from sheetcrm.schema.kinds import Context, Kind, Problem, UnfitError
from sheetcrm.table import Cell, Value, is_blank
from sheetcrm.text import msg


class Converted(NamedTuple):
    """A column's canonical values, and the problems by position."""

    values: list[Value]
    problems: Mapping[int, Problem]


class Limits(NamedTuple):
    """The least and the greatest value allowed in a column, None for no bound."""

    low: Decimal | None = None
    high: Decimal | None = None

    def judge(self, value: Value) -> Problem | None:
        """What is wrong with a number out of bounds; anything else is not judged."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return None
        if self.low is not None and value < self.low:
            if self.low == 0:
                return Problem("negative", msg("less than zero"), msg("check the sign"))
            return Problem("range", msg("less than {low}", low=self.low), msg("type a value in range"))
        if self.high is not None and value > self.high:
            return Problem("range", msg("more than {high}", high=self.high), msg("type a value in range"))
        return None


NO_LIMITS = Limits()


def convert_column(kind: Kind, cells: Sequence[Cell], context: Context, limits: Limits = NO_LIMITS) -> Converted:
    """Convert a whole column, each distinct value once.

    Args:
        kind: The column's kind.
        cells: The raw cells.
        context: Settings and words.
        limits: The field's bounds.

    Returns:
        A value a cell, None for blank or unfit; the problems by position.
    """
    if kind.clean is not None and kind.clean(cells, context.placeholders):
        return Converted(_as_values([cell or None for cell in cells]), {})
    distinct: dict[Cell, Cell] = {}
    # Equal cells become one object, which stays in the processor's cache for whatever comes after.
    alike = list(map(distinct.setdefault, cells, cells))
    if (1 in distinct or 0 in distinct) and _mixes_bools_and_numbers(cells):
        return _convert_mixed(kind, cells, context, limits)
    meaning, faults = _meanings(kind, list(distinct), context, limits)
    blank = meaning.pop("", None)
    if not faults and 0 not in meaning and all(map(is_, meaning, meaning.values())):
        return Converted(_as_values([cell or blank for cell in alike]), {})
    meaning[""] = blank
    values = list(map(meaning.__getitem__, alike))
    return Converted(values, {i: faults[cell] for i, cell in enumerate(alike) if cell in faults} if faults else {})


def _as_values(cells: Sequence[Cell]) -> list[Value]:
    return list(cells)  # type: ignore[arg-type]  # each cell is its own value


def _mixes_bools_and_numbers(cells: Sequence[Cell]) -> bool:
    types = set(map(type, cells))
    return bool in types and not types.isdisjoint((int, float, Decimal))


def _convert_mixed(kind: Kind, cells: Sequence[Cell], context: Context, limits: Limits) -> Converted:
    """Convert a column in which bools may stand among numbers: 1.0 == True, so the two are told apart first."""
    is_bool = [type(cell) is bool for cell in cells]
    parts = [
        convert_column(kind, [None if is_bool[i] is other else cell for i, cell in enumerate(cells)], context, limits)
        for other in (True, False)
    ]
    values = [parts[is_bool[i]].values[i] for i in range(len(cells))]
    return Converted(values, {**parts[0].problems, **parts[1].problems})


def _meanings(
    kind: Kind, cells: Sequence[Cell], context: Context, limits: Limits
) -> tuple[dict[Cell, Value], dict[Cell, Problem]]:
    """What each distinct cell means, and what is wrong with it."""
    meaning = kind.quick(cells, context) if kind.quick is not None else {}
    faults: dict[Cell, Problem] = {}
    for cell in cells if len(meaning) < len(cells) else ():
        if cell in meaning:
            continue
        if is_blank(cell):
            meaning[cell] = None
            continue
        try:
            meaning[cell] = kind.convert(cell, context)
        except UnfitError as unfit:
            faults[cell] = unfit.problem
            meaning[cell] = unfit.problem.value
    if limits != NO_LIMITS:
        for cell, value in meaning.items():
            if value is not None and (problem := limits.judge(value)) is not None:
                faults[cell] = problem
                meaning[cell] = problem.value
    return meaning, faults
