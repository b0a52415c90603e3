"""Which field each column of a stranger's list is: by its header, by its values, and where the two disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from sheetcrm.schema.columns import convert_column
from sheetcrm.schema.foreign.headers import candidates, is_counter
from sheetcrm.schema.foreign.looks import enumerated, is_date, look, sample, typed
from sheetcrm.schema.foreign.words import NAME_PARTS
from sheetcrm.schema.kinds import BOOL, EMAIL, INN, KPP, PHONE, PLAIN, TEXT, Context, Kind, Problem
from sheetcrm.schema.record import FieldInfo
from sheetcrm.schema.words import fold
from sheetcrm.table import Cell, Value, is_blank, letters


class How(StrEnum):
    """By what a column was understood."""

    HEADER = "header"
    VALUES = "values"


class Unread(NamedTuple):
    """A column before anybody knows what it is: its header, its column number by tab, its cells."""

    header: str
    at: tuple[int | None, ...]
    cells: list[Cell]


@dataclass(frozen=True)
class ForeignColumn:
    """A column of a stranger's list.

    Attributes:
        header: What stands above it, "" for nothing.
        at: Its column number in each tab, None where a tab lacks it.
        cells: Its cells, a cell a record, as typed; what is merged downwards stands in each row.
        field: The field that it is; None where it was not understood, and for a column of row numbers.
        how: By what it was understood.
        promised: The field that its header names, where the values are another one's.
        counter: Whether it only numbers the rows, or holds another program's ids.
        dated: Whether most of what it holds are dates.
        values: Its canonical values; None for blank and unfit cells.
        problems: What is wrong, by record.
    """

    header: str
    at: tuple[int | None, ...]
    cells: Sequence[Cell]
    field: FieldInfo | None
    how: How | None
    promised: FieldInfo | None
    counter: bool
    dated: bool
    values: Sequence[Value]
    problems: Mapping[int, Problem]

    @property
    def name(self) -> str:
        """`companies.phone`; "" where it is no field of ours."""
        return f"{self.field.table}.{self.field.code}" if self.field else ""

    @property
    def title(self) -> str:
        """Its header; its letter where nothing stands above it."""
        return self.header or letters(next(at for at in self.at if at is not None))

    @property
    def understood(self) -> bool:
        """Whether we can say what it is."""
        return self.field is not None or self.counter

    @cached_property
    def filled(self) -> int:
        """How many of its cells hold something."""
        return sum(not is_blank(cell) for cell in self.cells)

    @property
    def good(self) -> float:
        """The share of its filled cells that mean what the field wants, from 0 to 1; 1 where none is filled."""
        return 1 - sum(p.name not in HARMLESS for p in self.problems.values()) / self.filled if self.filled else 1.0


HARMLESS = frozenset({"spaces"})
"""Problems that leave the value what it is."""

_PLENTY = frozenset({PHONE, EMAIL})
_STEADFAST = frozenset({PHONE, EMAIL, INN, KPP})
_OWN_PLACEHOLDERS = frozenset({TEXT, PLAIN, PHONE, EMAIL, INN, KPP, BOOL})
_UNFIT = 0.3
_WORDS_OF_A_STAGE = 20


def columns_of(unread: Sequence[Unread], context: Context) -> tuple[ForeignColumn, ...]:
    """What each column of a list is; a field is given once, save phones and e-mails."""
    named = [candidates(column.header) if column.header else () for column in unread]
    weights = Counter(found[0].table for found in named if found)
    given: dict[int, tuple[FieldInfo, How]] = {}
    doubles = _doubles(unread)
    for at in sorted(set(range(len(unread))) - doubles, key=lambda at: (len(named[at]) or 99, at)):
        taken = {(field.table, field.code) for field, _ in given.values()}
        found = _by_header(unread[at], _ranked(named[at], unread[at], weights, context), taken, context)
        if found is not None:
            given[at] = found
    for at, column in enumerate(unread):
        if at not in given and at not in doubles and not is_counter(column.header):
            taken = {(field.table, field.code) for field, _ in given.values()}
            if (by_values := _by_values(column, taken, context)) is not None:
                given[at] = by_values
    return tuple(_column(column, given.get(at), context) for at, column in enumerate(unread))


def _doubles(unread: Sequence[Unread]) -> set[int]:
    """The columns whose header stands further left already; of phones and e-mails there may be several."""
    seen: set[str] = set()
    found = set()
    for at, column in enumerate(unread):
        word = fold(column.header)
        several = any(field.kind in _PLENTY for field in candidates(column.header))
        if word and word in seen and not several:
            found.add(at)
        seen.add(word)
    return found


def _ranked(
    found: Sequence[FieldInfo], column: Unread, weights: Mapping[str, int], context: Context
) -> Sequence[FieldInfo]:
    """The candidates of a header, the likeliest first: by the words they hold, then by what stands around them."""
    if len(found) < 2:
        return found
    if all(field.enumeration for field in found):
        texts = [typed(cell) for cell in sample(column.cells)]
        return sorted(found, key=lambda field: -enumerated(field, texts, context))
    if found[0].table in ("companies", "contacts"):
        return found
    return sorted(found, key=lambda field: -weights.get(field.table, 0))


def _by_header(
    column: Unread, found: Sequence[FieldInfo], taken: set[tuple[str, str]], context: Context
) -> tuple[FieldInfo, How] | None:
    """The field that the header names, unless the values speak against it."""
    free = [field for field in found if (field.table, field.code) not in taken]
    if not free and not (found and (found[0].kind in _PLENTY or fold(column.header) in NAME_PARTS)):
        return None
    field = (free or found)[0]
    if _fits(field, column, context):
        return field, How.HEADER
    seen = look(column.cells, context)
    if seen is not None and seen.field.kind is not field.kind and (seen.field.table, seen.field.code) not in taken:
        return seen.field, How.VALUES
    return (field, How.HEADER) if field.kind in _STEADFAST else None


def _fits(field: FieldInfo, column: Unread, context: Context) -> bool:
    """Whether enough of the values are what the header promises."""
    values = sample(column.cells)
    if not values or field.kind.name == "text":
        return True
    if field.code == "stage":
        return len(values) <= _WORDS_OF_A_STAGE or enumerated(field, list(map(typed, values)), context) >= _UNFIT
    problems = _convert(field.kind, values, context)[1]
    return sum(p.name in HARMLESS for p in problems.values()) + len(values) - len(problems) >= _UNFIT * len(values)


def _by_values(column: Unread, taken: set[tuple[str, str]], context: Context) -> tuple[FieldInfo, How] | None:
    seen = look(column.cells, context)
    if seen is None:
        return None
    if (seen.field.table, seen.field.code) in taken and seen.field.kind not in _PLENTY:
        return None
    return seen.field, How.VALUES


def _column(column: Unread, given: tuple[FieldInfo, How] | None, context: Context) -> ForeignColumn:
    field, how = given or (None, None)
    values, problems = _convert(field.kind, column.cells, context) if field else ([], {})
    counter = field is None and (is_counter(column.header) or _counts(column.cells))
    named = candidates(column.header) if how is How.VALUES else ()
    promised = named[0] if named and field not in named else None
    return ForeignColumn(
        column.header, column.at, column.cells, field, how, promised, counter, _dated(column.cells), values, problems
    )


def _convert(kind: Kind, cells: Sequence[Cell], context: Context) -> tuple[Sequence[Value], Mapping[int, Problem]]:
    if kind is INN:
        # «ИНН/КПП» in one cell: the KPP is not looked at.
        cells = [cell.partition("/")[0] if isinstance(cell, str) and "/" in cell else cell for cell in cells]
    elif kind not in _OWN_PLACEHOLDERS:
        # A dash among sums or dates says that there is none.
        cells = [None if isinstance(cell, str) and fold(cell) in context.placeholders else cell for cell in cells]
    return convert_column(kind, cells, context)


def _counts(cells: Sequence[Cell]) -> bool:
    numbers = [cell for cell in cells if not is_blank(cell)]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def _dated(cells: Sequence[Cell]) -> bool:
    values = sample(cells)
    return bool(values) and 2 * sum(map(is_date, values)) > len(values)
