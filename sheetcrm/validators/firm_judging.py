"""How the firm's own rules judge: which rows, which values, and a finding for each that falls short."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from sheetcrm.schema.base import Base
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.gates import RANK
from sheetcrm.schema.record import fields
from sheetcrm.schema.tables import SCHEMA, field_of
from sheetcrm.schema.words import DEAL_STAGE
from sheetcrm.table import Cell, Value, is_blank
from sheetcrm.text import Label, Message, msg
from sheetcrm.validators.firm_rows import FirmRule, firm_rules
from sheetcrm.validators.rule import Fault

_DEAL_RANK = {choice.code: rank for rank, choice in enumerate(DEAL_STAGE.choices)} | {"postponed": 0}

Judge = Callable[[FirmRule, Facts, Sequence[int]], Iterator[tuple[int, str, Message]]]
"""Yields the faults among the given rows: position, column, what is wrong."""


def faults_of(facts: Facts, kind: str, judge: Judge) -> Iterator[Fault]:
    """What the rules of one kind find, in the firm's own words where it gave some."""
    for one in firm_rules(facts.base)[0]:
        if one.need.kind == kind and facts.base.has(one.table):
            for position, column, text in judge(one, facts, _rows(one, facts)):
                said = Message(one.message) if one.message else text
                hint = msg(
                    "a rule of your own: row {row} of “{tab}”", row=_number(facts, one), tab=SCHEMA["rules"].info.label
                )
                yield Fault(one.table, position, column, said, hint, severity=one.severity)


def _number(facts: Facts, one: FirmRule) -> int:
    return facts.base.book.by_name["rules"].numbers[one.position]


def _rows(one: FirmRule, facts: Facts) -> list[int]:
    """The rows that a rule judges: of its stage or a later one, and not older than it."""
    if one.starts is not None and facts.today < one.starts:
        return []
    rows = range(facts.base.size(one.table))
    stages = _stages(one, facts.base)
    days = _days(one, facts.base)
    return [
        position
        for position in rows
        if (stages is None or _reaches(one, stages[position])) and (days is None or _since(days[position], one.starts))
    ]


def _stages(one: FirmRule, base: Base) -> list[Value] | None:
    """The stage of each row, or of its company; None where the rule always holds."""
    if not one.stage:
        return None
    typed = base.values(one.stage_of, "stage")
    if one.table == one.stage_of:
        return typed
    return [typed[company] if company >= 0 else None for company in base.links(one.table, "company").target]


def _reaches(one: FirmRule, stage: Value) -> bool:
    ranks = _DEAL_RANK if one.stage_of == "deals" else RANK
    if one.stage in ("lost", "disqualified") or stage in ("lost", "disqualified") or stage is None:
        return stage == one.stage
    return ranks[str(stage)] >= ranks[one.stage]


def _days(one: FirmRule, base: Base) -> list[Value] | None:
    """When each row came to be; None where the rule has no first day, or the table no such column."""
    dated = SCHEMA[one.table].info.dated
    return base.values(one.table, dated) if one.starts is not None and base.present(one.table, dated) else None


def _since(day: Value, starts: date | None) -> bool:
    day = day.date() if isinstance(day, datetime) else day
    return isinstance(day, date) and starts is not None and day >= starts


def values_of(base: Base, table: str, column: str) -> Sequence[Value | Cell]:
    """What a column holds: canonical values of a field, raw cells of the user's own; None for blank."""
    if column in fields(SCHEMA[table]):
        return base.values(table, column)
    return [None if isinstance(cell, Cell) and is_blank(cell) else cell for cell in _own(base, table, column)]


def _own(base: Base, table: str, column: str) -> Sequence[Cell]:
    found = base.table(table)
    return found.cells(column) if found is not None else ()


def label_of(table: str, column: str) -> Label | str:
    """What a column is called: a field's label, or the user's own header."""
    return field_of(table, column).label if column in fields(SCHEMA[table]) else column


def text_of(value: object) -> str:
    """A value as a pattern sees it: numbers without a decimal zero."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def is_below(one: object, other: object) -> bool:
    """Whether the one is less than the other; what cannot be compared is not."""
    if isinstance(one, datetime):
        one = one.date()
    if isinstance(other, datetime):
        other = other.date()
    if isinstance(one, date) and isinstance(other, date):
        return one < other
    numbers = isinstance(one, int | float | Decimal) and isinstance(other, int | float | Decimal)
    return numbers and one < other  # type: ignore[operator]  # both are numbers
