"""The flat table that a native pivot counts: a row a record, a column whatever it may be told apart or counted by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sheetcrm.reports.dimensions import Axis, Item, axes, axis_of, dimension
from sheetcrm.reports.pivot import Counting
from sheetcrm.schema import kinds
from sheetcrm.schema.named import Named, find
from sheetcrm.schema.tables import field_of, key_of
from sheetcrm.schema.words import fold
from sheetcrm.tab import Format
from sheetcrm.table import Value
from sheetcrm.text import Lang, say

ALSO: Mapping[str, tuple[str, ...]] = {
    "companies": (
        "company", "stage", "abcd", "manager", "territory", "city", "industry", "category", "source",
        "acquisition", "last_purchase", "revenue_12m", "debt",
    ),
    "deals": (
        "company", "deal_stage", "settled", "manager", "territory", "city", "product_group", "product", "source",
        "currency", "need_date", "delivered_on", "delivered_qty", "amount", "margin",
    ),
    "activities": ("company", "stage", "manager", "type", "direction", "result", "at"),
    "payments": ("company", "manager", "deal", "date", "amount"),
    "tasks": ("company", "manager", "status", "priority", "rule", "due", "done_on"),
}  # fmt: skip
"""What stands in the table besides what is asked for, so that people can pull it into the pivot; where it is filled."""

IDS = ""
"""The key of the column of ids; no dimension is called so."""

LONGEST_ITEM = 255
"""The most characters of a value that a pivot tells apart."""

_RAW = (kinds.INTEGER, kinds.QUANTITY, kinds.MONEY, kinds.DATE, kinds.MOMENT)
_TIMES = (kinds.DATE, kinds.MOMENT)


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """A column of the table.

    Attributes:
        key: Its stable name: a dimension's key, `raw_key` of a column as it stands, or `IDS`.
        header: Its header; no two are alike.
        format: How it is shown.
        values: A value for each row that counts.
    """

    key: str
    header: str
    format: Format
    values: Sequence[Value]


def flat(question: Counting, lang: Lang) -> list[FlatColumn]:
    """The table's columns: the id, what the pivot tells apart, what it might, and what it counts.

    Args:
        question: What is counted; its dimensions are shown (`shown`) already.
        lang: The reader's language.
    """
    columns: dict[str, FlatColumn] = {}
    taken: set[str] = set()
    for column in _columns(question, lang):
        if column.key not in columns:
            header = unique(" ".join(column.header.split()), taken)
            columns[column.key] = replace(column, header=header)
    return list(columns.values())


def shown(axis: Axis, rows: Sequence[int], lang: Lang) -> Axis:
    """A dimension as a pivot tells it apart: by the plain values of cells, and only those that occur among the rows.

    A step of time is written so that it stands in order wherever it is sorted: `2026-11`.
    """
    occurring = sorted({axis.codes[row] for row in rows})
    numbers = {code: number for number, code in enumerate(occurring)}
    items: list[Item] = []
    taken: set[str] = set()
    for item in (axis.items[code] for code in occurring):
        value = _plain(item, axis, lang)
        items.append(item._replace(figure=unique(value, taken) if isinstance(value, str) else value))
    codes = [numbers.get(code, 0) for code in axis.codes]
    return replace(axis, items=tuple(items), codes=codes, format=Format.TEXT if axis.grain else axis.format)


def _plain(item: Item, axis: Axis, lang: Lang) -> Value:
    if axis.grain is not None and item.key:
        return item.key
    if isinstance(item.figure, int | Decimal) and not isinstance(item.figure, bool):
        return item.figure
    return say(item.label, lang)[:LONGEST_ITEM]


def unique(name: str, taken: set[str]) -> str:
    """The name, numbered if it is taken; programs tell names apart without regard to case.

    Args:
        name: What is wanted.
        taken: The names given so far, folded; the new one joins them.
    """
    found, number = name, 1
    while fold(found) in taken:
        number += 1
        found = f"{name} ({number})"
    taken.add(fold(found))
    return found


def _columns(question: Counting, lang: Lang) -> Iterator[FlatColumn]:
    yield _ids(question, lang)
    for axis in (*question.down, *question.across):
        yield _told_apart(axis, question, lang)
    for word in (*question.ask.rows, *question.ask.cols):
        named = dimension(question.facts.base, question.table, word)
        if named is not None and named.kind in _TIMES:
            yield _raw(named, question, lang)
    for word in ALSO[question.table]:
        yield from _also(word, question, lang)
    for one in question.aggregates:
        if one.column is not None:
            yield _counted(one.column, question, lang)


def _ids(question: Counting, lang: Lang) -> FlatColumn:
    """The ids; a row that has none yet is called by its number, so that counting them counts the rows."""
    base, key = question.facts.base, key_of(question.table)
    ids = base.values(question.table, key)
    values = [ids[row] or f"#{base.place(question.table, row).row}" for row in question.rows]
    return FlatColumn(IDS, say(field_of(question.table, key).label, lang), Format.TEXT, values)


def _told_apart(axis: Axis, question: Counting, lang: Lang) -> FlatColumn:
    header = axis.label.get(lang)
    if axis.grain is not None:
        header = f"{header}, {axis.grain.title.get(lang)}"
    items = items_of(axis)
    values = [items[axis.codes[row]] for row in question.rows]
    return FlatColumn(axis.key, header, axis.format, values)


def items_of(axis: Axis) -> tuple[Value, ...]:
    """The values of a dimension that is shown, in their order."""
    return tuple(item.figure for item in axis.items if isinstance(item.figure, str | int | Decimal))


def _also(word: str, question: Counting, lang: Lang) -> Iterator[FlatColumn]:
    """A column that was not asked for, if there is anything in it."""
    named = find(question.facts.base, question.table, word)
    if named is not None and named.kind in _RAW:
        column = _raw(named, question, lang)
        if any(value is not None for value in column.values):
            yield column
    elif named is not None:
        found = (shown(axis, question.rows, lang) for axis in axes(question.facts, question.table, word))
        yield from (_told_apart(axis, question, lang) for axis in found if len(axis.items) > 1)


def _raw(named: Named, question: Counting, lang: Lang) -> FlatColumn:
    """A column's own values: numbers and dates, blank where they are blank."""
    values = named.read(question.facts)
    return FlatColumn(raw_key(named), named.label.get(lang), named.kind.format, [values[row] for row in question.rows])


def _counted(named: Named, question: Counting, lang: Lang) -> FlatColumn:
    """A column that is counted: blank where it is blank."""
    if named.kind in _RAW:
        return _raw(named, question, lang)
    axis = shown(axis_of(question.facts, named), question.rows, lang)
    words = [value if item.key else None for item, value in zip(axis.items, items_of(axis), strict=True)]
    return FlatColumn(
        raw_key(named), named.label.get(lang), axis.format, [words[axis.codes[row]] for row in question.rows]
    )


def raw_key(named: Named) -> str:
    """The key of a column as it stands."""
    return f"={named.table}.{named.code}"
