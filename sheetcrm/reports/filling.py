"""How well the columns of one tab are filled: blanks, unfit values, repeats."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dateutil.relativedelta import relativedelta

from sheetcrm.reports.open_deals import last_steps
from sheetcrm.reports.report import Question
from sheetcrm.schema.base import Base
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.record import fields
from sheetcrm.schema.tables import SCHEMA, key_of
from sheetcrm.schema.words import fold
from sheetcrm.table import Value, is_blank
from sheetcrm.text import Label

_UNIQUE = {
    "companies": ("name", "phone", "email", "website"),
    "contacts": ("phone", "mobile", "email"),
}
"""Columns whose values seldom repeat in good faith, besides the ids and the INN."""


@dataclass(frozen=True, slots=True)
class Filling:
    """How well a column is filled.

    Attributes:
        label: The column's header.
        code: Its field code, "" for the user's own.
        rows: How many rows there are.
        filled: In how many of them something is typed.
        valid: In how many of those it can be understood.
        missing: Rows whose stage needs the column and lacks it, by manager (-1 for nobody).
        repeats: Rows whose value stands in an earlier row too.
        present: Whether the tab has the column.
    """

    label: Label | str
    code: str
    rows: int
    filled: int = 0
    valid: int = 0
    missing: Counter[int] = field(default_factory=Counter)
    repeats: int = 0
    present: bool = True


def rows_asked(question: Question, table: str) -> Sequence[int]:
    """The positions of a table's rows that count: its company, or its deal, is asked about."""
    base = question.facts.base
    every = range(base.size(table))
    if table == "companies":
        return [position for position in every if question.company(position)]
    if "company" not in fields(SCHEMA[table]):
        return every
    companies = base.links(table, "company").target
    if table == "deals":
        return [position for position in every if question.deal(position)]
    return [position for position in every if question.company(companies[position])]


def fillings(question: Question, table: str, missing: Mapping[str, Counter[int]]) -> list[Filling]:
    """Every column of a tab that people fill, in the order of the tab; columns a stage misses though absent come last.

    Args:
        question: Which rows count.
        table: The table's code.
        missing: By field code, the rows whose stage lacks it, by manager.
    """
    base = question.facts.base
    rows = rows_asked(question, table)
    stands = base.table(table)
    if stands is None:
        return []
    info = fields(SCHEMA[table])
    ours = {code for code, one in info.items() if one.col.derived or one.col.hidden}
    found = []
    for column in stands.layout.columns:
        if column.code in ours:
            continue
        if column.code is None:
            filled = _filled(stands.cells(column.header), rows)
            found.append(Filling(column.header, "", len(rows), filled, filled))
        else:
            found.append(_of_field(base, table, column.code, rows, missing.get(column.code, Counter())))
    absent = [code for code in info if code in missing and code not in stands.columns]
    return found + [Filling(info[code].label, code, len(rows), missing=missing[code], present=False) for code in absent]


def _filled(cells: Sequence[object], rows: Iterable[int]) -> int:
    return sum(not is_blank(cells[position]) for position in rows)


def _of_field(base: Base, table: str, code: str, rows: Sequence[int], missing: Counter[int]) -> Filling:
    info = fields(SCHEMA[table])[code]
    values = base.values(table, code)
    unfit = _broken(base, table, code)
    stands = base.table(table)
    return Filling(
        info.label,
        code,
        len(rows),
        0 if stands is None else _filled(stands.cells(code), rows),
        sum(values[position] is not None and position not in unfit for position in rows),
        missing,
        _repeats(base, table, code, rows),
    )


def _broken(base: Base, table: str, code: str) -> frozenset[int]:
    """Rows whose reference names nothing, or several records; free text counts until its tab is on."""
    target = fields(SCHEMA[table])[code].reference
    if not target or not base.has(target):
        return frozenset()
    links = base.links(table, code)
    return frozenset((*links.unknown, *links.ambiguous))


def _repeats(base: Base, table: str, code: str, rows: Sequence[int]) -> int:
    """Rows whose value stands in an earlier row too, where it should be one row's own."""
    values = base.values(table, code)
    if table == "companies" and code == "inn":
        return _inn_repeats(values, base.values("companies", "kpp"), rows)
    if code != key_of(table) and code not in _UNIQUE.get(table, ()):
        return 0
    seen: set[str] = set()
    repeats = 0
    for position in rows:
        # A cell may hold several phones or addresses; each is looked at alone.
        parts = {fold(part) for part in str(values[position] or "").split(";") if part.strip()}
        repeats += not parts.isdisjoint(seen)
        seen |= parts
    return repeats


def _inn_repeats(values: Sequence[Value], kpps: Sequence[Value], rows: Sequence[int]) -> int:
    """Companies of one INN beyond the first; branches with KPPs of their own are not repeats."""
    found: dict[Value, list[Value]] = defaultdict(list)
    for position in rows:
        if values[position] is not None:
            found[values[position]].append(kpps[position])
    return sum(len(kpp) - max(len(set(kpp) - {None}), 1) for kpp in found.values())


def stale(question: Question, table: str) -> int:
    """Rows that nobody has touched for long: leads and open deals by the setting stale_days, needs after a year."""
    facts = question.facts
    if table == "needs":
        days = facts.base.values("needs", "as_of")
        return sum(_before(days[p], facts.today - relativedelta(years=1)) for p in rows_asked(question, table))
    limit = facts.today - relativedelta(days=facts.base.settings.stale_days)
    if table == "companies":
        touched = _last_touched(facts)
        leads = [p for p in rows_asked(question, table) if facts.counted_stage[p] in ("lead", "prospect")]
        return sum(_before(touched[p], limit) for p in leads)
    if table == "deals":
        steps = last_steps(facts)
        return sum(_before(steps[p], limit) for p in rows_asked(question, table) if facts.deals.open(p))
    return 0


def _before(day: Value, limit: date) -> bool:
    return isinstance(day, date) and day < limit


def _last_touched(facts: Facts) -> list[Value]:
    """The last contact with each company, else the day it was entered."""
    entered = facts.base.values("companies", "created_on")
    return [contact or day for contact, day in zip(facts.last_contact, entered, strict=True)]
