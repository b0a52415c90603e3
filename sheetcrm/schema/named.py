"""What a word names: a column along the rows of a table, whether typed, computed, or reached through a reference.

Filters and pivots know columns by code, by header in either language, by alias, and the user's own by header.
A company's columns are known in every table whose rows have a company, a deal's where they have a deal;
`manager.email` goes through any reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sheetcrm.schema import kinds, words
from sheetcrm.schema.base import Base
from sheetcrm.schema.columns import convert_column
from sheetcrm.schema.computed import COMPUTED, EXTRA, Read
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.kinds import Kind, RefKind
from sheetcrm.schema.record import FieldInfo, fields
from sheetcrm.schema.tables import SCHEMA, code_of, field_of
from sheetcrm.schema.words import DEAL_STAGE, fold
from sheetcrm.table import MARK, Cell, Value, is_blank
from sheetcrm.text import Label

_COMPANY_STAGE = frozenset({"stage", "этап"})
"""Always the company's stage; a deal's is `deal_stage`, «стадия»."""

_DEAL_STAGE = frozenset(map(fold, ("deal_stage", *DEAL_STAGE.label, field_of("deals", "stage").label.ru)))

_RECORDS = {"companies": field_of("deals", "company"), "deals": field_of("activities", "deal")}
"""What the records of a table are called by those that refer to them."""

_REACHED = {"company": "companies", "deal": "deals"}
"""The references whose columns are known without naming the reference, and where they lead."""


@dataclass(frozen=True, slots=True)
class Named:
    """A column that a person named.

    Attributes:
        code: Its field code, or the header of the user's own column.
        label: Its header, without a mark.
        table: The table whose column it is; another one than was asked about where it is reached by reference.
        kind: What its values mean.
        read: Its values along the rows of the table that was asked about; a reference gives names as cells show them.
        targets: For a reference, the positions of the records it names, -1 for none.
        source: The column of the book that it is read from, (table, field); None where it is computed.
        unit: `days`, `%`, `currency`, "" for none.
    """

    code: str
    label: Label
    table: str
    kind: Kind
    read: Read
    targets: Callable[[Facts], Sequence[int]] | None = None
    source: tuple[str, str] | None = None
    unit: str = ""

    @property
    def reference(self) -> str:
        """The table it refers to, "" where it is no reference."""
        return self.kind.table if isinstance(self.kind, RefKind) else ""


def find(base: Base, table: str, word: str) -> Named | None:
    """The column that a word names; None where it names none.

    Args:
        base: The base, for the user's own columns.
        table: The table along whose rows the column is wanted.
        word: A code, a header, an alias, or `reference.column`.
    """
    if table != "companies" and fold(word) in _COMPANY_STAGE:
        return _reached(base, table, "company", word)
    found = _of_table(base, table, word)
    for code in _REACHED:
        found = found or _reached(base, table, code, word)
    return found or _dotted(base, table, word)


def _dotted(base: Base, table: str, word: str) -> Named | None:
    first, dot, rest = word.partition(".")
    reference = _of_table(base, table, first) if dot else None
    return None if reference is None else _followed(base, reference, rest)


def _reached(base: Base, table: str, code: str, word: str) -> Named | None:
    return _followed(base, _field(base, table, code), word) if code in fields(SCHEMA[table]) else None


def _followed(base: Base, reference: Named, word: str) -> Named | None:
    """The column that a word names in the table that a reference leads to, along the rows that refer."""
    follow = reference.targets
    found = None if follow is None else _of_table(base, reference.reference, word)
    if found is None or follow is None:
        return None
    further = found.targets

    def read(facts: Facts) -> list[Value]:
        there = [*found.read(facts), None]
        return [there[target] for target in follow(facts)]

    def targets(facts: Facts) -> list[int]:
        there = [*(further(facts) if further is not None else ()), -1]
        return [there[target] for target in follow(facts)]

    return replace(found, read=read, targets=None if further is None else targets)


# ── the columns of one table ──


def _of_table(base: Base, table: str, word: str) -> Named | None:
    folded = fold(word)
    if table in _RECORDS and folded in {_RECORDS[table].code, *map(fold, _RECORDS[table].label)}:
        return _record(table)
    if folded in _DEAL_STAGE:
        return _stage(base, table, folded)
    if word in fields(SCHEMA[table]):
        return _field(base, table, word)
    own = next((header for header in _own_headers(base, table) if fold(header) == folded), None)
    if own is not None:
        return _own(base, table, own)
    # A derived column answers to its header without the mark too, unless the user has a column of that name.
    code = code_of(table, word) or code_of(table, f"{MARK} {word}")
    return _extra(table, folded) if code is None else _field(base, table, code)


def _stage(base: Base, table: str, folded: str) -> Named | None:
    """A deal's stage; a company's only where its own column is headed so."""
    if table == "companies":
        found = base.table(table)
        column = None if found is None else found.columns.get("stage")
        return _field(base, table, "stage") if column is not None and fold(column.header) == folded else None
    return _field(base, table, "stage") if table == "deals" else None


def _record(table: str) -> Named:
    """The table's records themselves, as a reference to each of them."""
    info = _RECORDS[table]
    return Named(
        info.code,
        info.label,
        table,
        info.kind,
        lambda facts: [facts.base.name(table, position) for position in range(facts.base.size(table))],
        lambda facts: range(facts.base.size(table)),
    )


def _field(base: Base, table: str, code: str) -> Named:
    info = field_of(table, code)
    source = None if info.col.derived or not base.present(table, code) else (table, code)
    if info.reference:
        return _reference(info, source)
    read = COMPUTED.get((table, code)) or (lambda facts: facts.base.values(table, code))
    if (table, code) == ("deals", "stage"):
        return Named("deal_stage", DEAL_STAGE.label, table, info.kind, read, source=source)
    return Named(code, _unmarked(info.label), table, info.kind, read, None, source, info.col.unit)


def _unmarked(label: Label) -> Label:
    return Label(*(text.removeprefix(MARK).strip() for text in label))


def _reference(info: FieldInfo, source: tuple[str, str] | None) -> Named:
    """A reference column; `manager` means who answers, inherited from the company."""

    def targets(facts: Facts) -> list[int]:
        base = facts.base
        return base.managers(info.table) if info.code == "manager" else base.links(info.table, info.code).target

    def names(facts: Facts) -> list[Value]:
        found = targets(facts)
        shown = {target: facts.base.name(info.reference, target) for target in set(found) if target >= 0}
        return [shown.get(target, typed) for target, typed in zip(found, _typed(facts.base, info), strict=True)]

    return Named(info.code, info.label, info.table, info.kind, names, targets, source)


def _typed(base: Base, info: FieldInfo) -> Sequence[Value]:
    """What stands in a reference's cells, for those that name no record."""
    typed = base.values(info.table, info.code)
    if info.code != "manager" or "company" not in fields(SCHEMA[info.table]):
        return typed
    of_company = [*base.values("companies", "manager"), None]
    companies = base.links(info.table, "company").target
    return [own if own is not None else of_company[company] for own, company in zip(typed, companies, strict=True)]


def _own_headers(base: Base, table: str) -> Iterable[str]:
    found = base.table(table)
    return () if found is None else found.own


def _own(base: Base, table: str, header: str) -> Named:
    kind = _kind_of(_cells(base, table, header))

    def read(facts: Facts) -> list[Value]:
        return convert_column(kind, _cells(facts.base, table, header), facts.base.context).values

    return Named(header, Label(header, header), table, kind, read)


def _cells(base: Base, table: str, header: str) -> Sequence[Cell]:
    found = base.table(table)
    return () if found is None else found.cells(header)


def _kind_of(cells: Sequence[Cell]) -> Kind:
    """What the user's own column holds: numbers, dates or ticks where every cell does, else text."""
    types = {type(cell) for cell in cells if not is_blank(cell)}
    for kind, own in ((kinds.QUANTITY, {int, float, Decimal}), (kinds.DATE, {date, datetime}), (kinds.BOOL, {bool})):
        if types and types <= own:
            return kind
    return kinds.PLAIN


def _extra(table: str, folded: str) -> Named | None:
    for extra in EXTRA:
        if extra.table == table and folded in map(fold, (extra.code, *extra.label)):
            return Named(extra.code, extra.label, table, extra.kind, extra.read)
    return None


# ── what to suggest where a word names nothing ──


def names(base: Base, table: str) -> list[str]:
    """The names of all columns known along the rows of a table, codes first: its own, its company's, its deal's."""
    reached = [table, *(there for code, there in _REACHED.items() if code in fields(SCHEMA[table]))]
    return list(dict.fromkeys(code for one in reached for code in _codes(base, one)))


def _codes(base: Base, table: str) -> Iterator[str]:
    if table in _RECORDS:
        yield _RECORDS[table].code
    for code, info in fields(SCHEMA[table]).items():
        if not info.col.hidden:
            yield "deal_stage" if (table, code) == ("deals", "stage") else code
    yield from (extra.code for extra in EXTRA if extra.table == table)
    yield from _own_headers(base, table)


def nearest(base: Base, table: str, word: str) -> list[str]:
    """The names and headers closest to a word that names no column, the closest first."""
    return words.nearest(word, (*names(base, table), *_headers(table), *_headers("companies")), most=3)


def _headers(table: str) -> Iterator[str]:
    for info in fields(SCHEMA[table]).values():
        yield from () if info.col.hidden else _unmarked(info.label)
    yield from (header for extra in EXTRA if extra.table == table for header in extra.label)
