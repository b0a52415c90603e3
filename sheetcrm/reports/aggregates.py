"""What a pivot counts: `count`, `sum:amount`, `avg:amount` … each computed from the rows it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from sheetcrm.errors import UsageError
from sheetcrm.reports.dimensions import unknown
from sheetcrm.reports.report import Figure
from sheetcrm.schema import kinds
from sheetcrm.schema.base import Base
from sheetcrm.schema.computed import currency
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.named import Named, find
from sheetcrm.schema.orders import ZERO
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.schema.words import fold
from sheetcrm.tab import Format
from sheetcrm.table import Value
from sheetcrm.text import Label, Message, msg

Compute = Callable[[Sequence[int]], Figure]
"""Positions of rows → the figure for them."""


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A figure of a set of rows.

    Attributes:
        key: As it is asked for: `sum:amount`.
        label: Its header.
        compute: The figure of the rows at some positions, None where there is nothing to compute it from.
        format: How it is shown.
        unit: The currency of money, "" for the rest.
        additive: Whether the figures of parts make up that of the whole.
        uses: The columns it was read from, (table, field).
        function: Its word, such as `sum`.
        column: The column it counts, None for the rows themselves.
    """

    key: str
    label: Label | Message
    compute: Compute
    format: Format = Format.INTEGER
    unit: Label | str = ""
    additive: bool = False
    uses: tuple[tuple[str, str], ...] = ()
    function: str = "count"
    column: Named | None = None


COUNT = Aggregate("count", Label("Count", "Количество"), len, additive=True)

_LABELS: Mapping[str, Label] = {
    "count": Label("Filled", "Заполнено"),
    "distinct": Label("Distinct", "Разных"),
    "sum": Label("Sum", "Сумма"),
    "avg": Label("Average", "Среднее"),
    "median": Label("Median", "Медиана"),
    "min": Label("Least", "Наименьшее"),
    "max": Label("Greatest", "Наибольшее"),
    "share": Label("Share", "Доля"),
}
_ALIASES = {"mean": "avg", **{fold(label.ru): name for name, label in _LABELS.items()}, "количество": "count"}
_NUMBERS = (kinds.INTEGER, kinds.QUANTITY, kinds.MONEY)
_DATES = (kinds.DATE, kinds.MOMENT)


def value_column(base: Base, table: str, word: str) -> Named | None:
    """The column that a value counts; None for `count` and for a word that names none."""
    return find(base, table, word.partition(":")[2])


def aggregate(facts: Facts, table: str, word: str, rows: Sequence[int]) -> Aggregate:
    """What a value asks for.

    Args:
        facts: The facts as of the day asked about.
        table: The table whose rows are counted.
        word: `count`, or a function and a column: `sum`, `avg`, `median`, `min`, `max`, `distinct`, `share`, `count`.
        rows: The positions of all rows that count: the whole that `share` is of.

    Raises:
        UsageError: If there is no such function or column, or they do not go together.
    """
    first, _, name = word.partition(":")
    function = _ALIASES.get(fold(first), fold(first))
    if function not in _LABELS:
        raise UsageError(
            msg("“{word}” is nothing that can be counted.", word=word),
            msg("Write count, or one of {functions} with a column, like sum:amount.", functions=list(_LABELS)),
        )
    if not name and function in ("count", "share"):
        return COUNT if function == "count" else _share(COUNT, "share", _LABELS["share"], rows)
    column = find(facts.base, table, name)
    if column is None:
        raise unknown(facts.base, table, name)
    _judge(function, column, table)
    return _of_column(facts, function, column, rows)


def _judge(function: str, column: Named, table: str) -> None:
    """Stop where a function cannot take a column."""
    if function in ("count", "distinct"):
        return
    if column.kind not in (_NUMBERS if function not in ("min", "max") else (*_NUMBERS, *_DATES)):
        raise UsageError(
            msg("“{column}” holds no numbers.", column=column.label),
            msg("Count its values: count:{code} or distinct:{code}.", code=column.code),
        )
    if column.table != table and function not in ("min", "max"):
        raise UsageError(
            msg(
                "“{column}” belongs to the tab “{tab}”: one value would be counted several times.",
                column=column.label,
                tab=SCHEMA[column.table].info.label,
            ),
            msg("Count the rows of that tab: --of {table}.", table=column.table),
        )


def _of_column(facts: Facts, function: str, column: Named, rows: Sequence[int]) -> Aggregate:
    values = column.read(facts)
    key = f"{function}:{column.code}"
    label: Label | Message = msg("{function}: {column}", function=_LABELS[function], column=column.label)
    uses = () if column.source is None else (column.source,)
    if function in ("count", "distinct"):
        compute = _filled(values) if function == "count" else _distinct(values)
        return Aggregate(key, label, compute, additive=function == "count", uses=uses, function=function, column=column)
    money = column.kind == kinds.MONEY
    compute = _numeric(_FUNCTIONS["sum" if function == "share" else function], values)
    if money and column.table == "deals":
        compute = _in_one_currency(facts, compute, rows)
    if function == "share":
        return _share(Aggregate(key, label, compute, uses=uses, column=column), key, label, rows)
    format = Format.QUANTITY if function == "avg" and not money else column.kind.format
    unit = facts.base.settings.currency if money else ""
    if function == "sum":
        label = column.label
    return Aggregate(key, label, compute, format, unit, function == "sum", uses, function, column)


# ── the functions ──


def _filled(values: Sequence[Value]) -> Compute:
    return lambda positions: sum(values[position] is not None for position in positions)


def _distinct(values: Sequence[Value]) -> Compute:
    # As a dimension tells them apart: spellings that differ in case alone are one.
    known = [fold(value) if isinstance(value, str) else value for value in values]
    return lambda positions: len({known[position] for position in positions} - {None})


def _average(numbers: Sequence[Decimal]) -> Figure:
    return sum(numbers, ZERO) / len(numbers)


_FUNCTIONS: Mapping[str, Callable[..., Figure]] = {
    "sum": lambda numbers: sum(numbers, ZERO),
    "avg": _average,
    "median": median,
    "min": min,
    "max": max,
}


def _numeric(function: Callable[..., Figure], values: Sequence[Value]) -> Compute:
    """The function over the values that are known; None where none is."""

    def compute(positions: Sequence[int]) -> Figure:
        known = [value for position in positions if isinstance(value := values[position], int | Decimal | date)]
        return function(known) if known else None

    return compute


def _in_one_currency(facts: Facts, compute: Compute, rows: Iterable[int]) -> Compute:
    """None for rows in several currencies: sums of different money mean nothing."""
    codes = currency(facts)
    if len({codes[row] for row in rows}) <= 1:
        return compute
    return lambda positions: compute(positions) if len({codes[p] for p in positions}) <= 1 else None


def _share(part: Aggregate, key: str, label: Label | Message, rows: Sequence[int]) -> Aggregate:
    """A figure as a share of that of all rows, 0–1."""
    whole = part.compute(rows)

    def compute(positions: Sequence[int]) -> Figure:
        figure = part.compute(positions)
        if not isinstance(figure, int | Decimal) or not isinstance(whole, int | Decimal) or not whole:
            return None
        return float(figure / whole)

    return Aggregate(key, label, compute, Format.PERCENT, "", True, part.uses, "share", part.column)
