"""What rows are told apart by: a dimension's values in their natural order, and which row has which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from sheetcrm.errors import UsageError
from sheetcrm.reports.grains import DEFAULT_GRAIN, GRAINS, Grain
from sheetcrm.reports.labels import NOBODY
from sheetcrm.reports.report import Figure
from sheetcrm.schema import kinds
from sheetcrm.schema.base import Base
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.kinds import ChoiceKind
from sheetcrm.schema.named import Named, find, names, nearest
from sheetcrm.schema.words import fold
from sheetcrm.tab import Format
from sheetcrm.table import Value, day_of
from sheetcrm.text import NO, YES, Label, msg

BLANK = Label("(blank)", "(пусто)")
REGION = Label("Region", "Регион")

Source = tuple[tuple[str, str], ...]


class Item(NamedTuple):
    """One value of a dimension.

    Attributes:
        key: Its stable name, as in the keys of columns: `buyer`, `2026-11`, `Anna Petrova`; "" for blank.
        figure: What a row shows.
        label: What a header says.
        record: (table, position) of the record it is, None where it is none.
    """

    key: str
    figure: Figure
    label: str | Label
    record: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """A dimension along the rows of a table.

    Attributes:
        key: The dimension's code: `deal_stage`, `need_date:month`.
        label: Its header.
        items: Its values in order (of the list, of time, of the alphabet), the blank one last; only those that occur.
        codes: For each row of the table the number of its value among `items`.
        format: How its figures are shown.
        uses: The columns it was read from, (table, field).
        grain: The step of time that its values are, None where they are no times.
    """

    key: str
    label: Label
    items: tuple[Item, ...]
    codes: Sequence[int]
    format: Format = Format.TEXT
    uses: Source = ()
    grain: Grain | None = None


def axes(facts: Facts, table: str, word: str) -> tuple[Axis, ...]:
    """The levels of a dimension: one, or two for territories that lie within others, the outermost first.

    Args:
        facts: The facts as of the day asked about.
        table: The table whose rows are told apart: `companies`, `deals`, `activities`, `payments`, `tasks`.
        word: A column by code or header, the user's own too; a date with its grain, `need_date:quarter`.

    Raises:
        UsageError: If the word names no dimension; the nearest names and all of them are listed.
    """
    column, grain = _named(facts.base, table, word)
    own = axis_of(facts, column, grain)
    if column.reference != "territories" or column.targets is None:
        return (own,)
    roots = _roots(facts.base)
    targets = column.targets(facts)
    if all(target < 0 or roots[target] == target for target in targets):
        return (own,)
    outer = [roots[target] if target >= 0 else target for target in targets]
    return _by_record(facts.base, f"{column.code}.region", REGION, column, outer, column.read(facts)), own


def axis(facts: Facts, table: str, word: str) -> Axis:
    """A dimension as one level; see `axes`."""
    return axis_of(facts, *_named(facts.base, table, word))


def dimension(base: Base, table: str, word: str) -> Named | None:
    """The column that a dimension's word names, its grain aside; None where it names none."""
    whole = find(base, table, word)
    return whole or find(base, table, word.rpartition(":")[0])


def _named(base: Base, table: str, word: str) -> tuple[Named, Grain | None]:
    column = dimension(base, table, word)
    if column is None:
        raise unknown(base, table, word)
    if find(base, table, word) is not None:
        return column, None
    grain = GRAINS.get(fold(word.rpartition(":")[2]))
    if grain is None:
        raise UsageError(
            msg("“{word}”: there is no such step of time.", word=word),
            msg("The steps are: {steps}.", steps=list(GRAINS)),
        )
    if column.kind not in (kinds.DATE, kinds.MOMENT):
        raise UsageError(
            msg("“{column}” is no date and has no steps of time.", column=column.label),
            msg("Leave out what follows the colon."),
        )
    return column, grain


def unknown(base: Base, table: str, word: str) -> UsageError:
    """That a word names no column, with the nearest names and the whole list."""
    known = ", ".join(names(base, table))
    close = nearest(base, table, word)
    if close:
        hint = msg("Did you mean: {names}? All there are: {known}.", names=close, known=known)
    else:
        hint = msg("All there are: {known}.", known=known)
    return UsageError(msg("There is no column “{word}”.", word=word), hint)


def axis_of(facts: Facts, column: Named, grain: Grain | None = None) -> Axis:
    """A column as a dimension of one level."""
    values = column.read(facts)
    uses = () if column.source is None else (column.source,)
    if column.kind in (kinds.DATE, kinds.MOMENT):
        return by_time(column.code, column.label, [day_of(value) for value in values], grain or DEFAULT_GRAIN, uses)
    if column.targets is not None:
        return _by_record(facts.base, column.code, column.label, column, column.targets(facts), values)
    if isinstance(column.kind, ChoiceKind):
        return _by_choice(facts.base, column, column.kind, values, uses)
    if column.kind == kinds.BOOL:
        ticks: dict[Value, Item] = {True: Item("yes", YES, YES), False: Item("no", NO, NO)}
        return _arranged(column.code, column.label, values, ticks, uses=uses)
    return _by_value(column, values, uses)


def by_time(key: str, label: Label, days: Sequence[date | None], grain: Grain, uses: Source = ()) -> Axis:
    """Days along the rows as a dimension, in steps of time."""
    steps = [None if day is None else grain.begin(day) for day in days]
    occurring = sorted({step for step in steps if step is not None})
    items = {step: Item(grain.key(step), grain.figure(step), grain.label(step)) for step in occurring}
    return replace(_arranged(f"{key}:{grain.name}", label, steps, items, grain.format, uses), grain=grain)


def _by_choice(base: Base, column: Named, kind: ChoiceKind, values: Sequence[Value], uses: Source) -> Axis:
    """In the order of the list."""
    choices = base.vocabulary.enumerations[kind.enumeration].choices
    items: dict[Value, Item] = {choice.code: Item(choice.code, choice.label, choice.label) for choice in choices}
    return _arranged(column.code, column.label, values, items, uses=uses)


def _by_record(
    base: Base, key: str, label: Label, column: Named, targets: Sequence[int], shown: Sequence[Value]
) -> Axis:
    """In the order of the alphabet; names that belong to no record stand for themselves."""
    table = column.reference
    identities = [
        target if target >= 0 else None if name is None else fold(str(name))
        for target, name in zip(targets, shown, strict=True)
    ]
    items: dict[int | str, Item] = {}
    for identity, name in zip(identities, shown, strict=True):
        if isinstance(identity, int) and identity not in items:
            known = base.name(table, identity)
            items[identity] = Item(known, known or BLANK, known or BLANK, (table, identity))
        elif identity is not None and identity not in items:
            items[identity] = Item(str(name), name, str(name))
    ordered = dict(sorted(items.items(), key=lambda item: (fold(item[1].key), item[1].record or ("", 0))))
    blank = NOBODY if table == "managers" else BLANK
    uses = () if column.source is None else (column.source,)
    return _arranged(key, label, identities, ordered, uses=uses, blank=blank)


def _by_value(column: Named, values: Sequence[Value], uses: Source) -> Axis:
    """Numbers in order, texts in that of the alphabet; spellings that differ in case alone are one."""
    if any(isinstance(value, int | Decimal) for value in values):
        found = sorted({value for value in values if isinstance(value, int | Decimal)})
        items: dict[object, Item] = {value: Item(str(value), value, str(value)) for value in found}
        return _arranged(column.code, column.label, values, items, Format.QUANTITY, uses)
    spellings = Counter(str(value) for value in values if value is not None)
    likeliest: dict[object, Item] = {}
    for text in sorted(spellings, key=lambda text: (fold(text), -spellings[text], text)):
        likeliest.setdefault(fold(text), Item(text, text, text))
    folded = [None if value is None else fold(str(value)) for value in values]
    return _arranged(column.code, column.label, folded, likeliest, uses=uses)


_Identity = TypeVar("_Identity", bound=Hashable)


def _arranged(
    key: str,
    label: Label,
    identities: Sequence[_Identity | None],
    items: Mapping[_Identity, Item],
    format: Format = Format.TEXT,
    uses: Source = (),
    blank: Label = BLANK,
) -> Axis:
    """An axis of those items that occur, in their order, the blank one last."""
    occurring = set(identities)
    kept = [identity for identity in items if identity in occurring]
    numbers: dict[_Identity | None, int] = {identity: number for number, identity in enumerate(kept)}
    shown = [items[identity] for identity in kept]
    if None in occurring:
        numbers[None] = len(shown)
        shown.append(Item("", blank, blank))
    return Axis(key, label, tuple(shown), [numbers[identity] for identity in identities], format, uses)


def _roots(base: Base) -> list[int]:
    """The outermost territory around each; where they lie within each other in a ring, any of the ring."""
    parents = base.links("territories", "parent").target
    roots = []
    for territory in range(len(parents)):
        seen = {territory}
        while (parent := parents[territory]) >= 0 and parent not in seen:
            seen.add(parent)
            territory = parent
        roots.append(territory)
    return roots
