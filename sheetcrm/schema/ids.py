"""Ids: which were ever given, and giving new ones to rows that have none. An id is never given twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sheetcrm.schema import kinds
from sheetcrm.schema.base import Base
from sheetcrm.schema.edits import absent_columns, writable
from sheetcrm.schema.record import FieldInfo
from sheetcrm.schema.tables import SCHEMA, field_of, key_of
from sheetcrm.table import Change, Table, is_blank

_ID = re.compile(r"\b([A-Z]{1,3})-(\d{6,})(?!\d)", re.IGNORECASE)
_REMEMBERED = re.compile(r"\bids:((?: [A-Z]{1,3}=\d+)*)")


@dataclass(frozen=True, slots=True)
class Issued:
    """The greatest number ever given, by prefix; remembered in Runs as `ids: C=142 D=530`.

    Attributes:
        last: The number by prefix.
    """

    last: Mapping[str, int] = field(default_factory=dict)

    def next(self, table: str, count: int = 1) -> tuple[list[str], Issued]:
        """The next ids of a table, and what is then issued."""
        prefix = SCHEMA[table].info.prefix
        first = self.last.get(prefix, 0) + 1
        ids = [f"{prefix}-{number:06d}" for number in range(first, first + count)]
        return ids, Issued({**self.last, prefix: first + count - 1})

    def __str__(self) -> str:
        """`ids: C=142 D=530`."""
        return " ".join(["ids:", *(f"{prefix}={number}" for prefix, number in sorted(self.last.items()))])


def remembered(text: str) -> Issued:
    """The numbers that a Runs line remembers; none where it remembers none."""
    found = _REMEMBERED.search(text)
    pairs = (pair.split("=") for pair in found[1].split()) if found else ()
    return Issued({prefix: int(number) for prefix, number in pairs})


class Minted(NamedTuple):
    """Ids given to rows that had none.

    Attributes:
        changes: The cells, and the id columns that were missing.
        issued: What is issued once they are written.
    """

    changes: list[Change]
    issued: Issued


def mint(base: Base, tables: Collection[str] | None = None) -> Minted:
    """Give an id to every row whose id is blank.

    A malformed or doubled id is left for the check to find, and so is one that a formula or an error stands in for. A
    row of totals gets none.

    Args:
        base: The base as it stands.
        tables: Only these tables; None for all.
    """
    issued = issued_so_far(base)
    changes: list[Change] = []
    for table in base.book:
        key = key_of(table.name)
        if not key or (tables is not None and table.name not in tables):
            continue
        changes += absent_columns(base, table.name, (key,))
        rows = list(_blank_rows(base.table(table.name) or table, key))
        if rows:
            ids, issued = issued.next(table.name, len(rows))
            changes += [Change(table.name, None, key, None, id, row) for row, id in zip(rows, ids, strict=True)]
    return Minted(changes, issued)


def issued_so_far(base: Base) -> Issued:
    """The greatest numbers ever seen: on the rows, wherever an id is mentioned, and in what Runs remembers."""
    last: dict[str, int] = {}
    for texts in _texts(base):
        for prefix, number in _mentioned(texts):
            last[prefix] = max(last.get(prefix, 0), number)
    return Issued(last)


def _mentioned(texts: Iterable[str]) -> Iterator[tuple[str, int]]:
    known = {record.info.prefix for record in SCHEMA.values() if record.info.prefix}
    for prefix, digits in _ID.findall("\n".join(texts)):
        if prefix.upper() in known:
            yield prefix.upper(), int(digits)


def _texts(base: Base) -> Iterator[Sequence[str]]:
    """The texts of every column that may mention an id, and what Runs remembers, spelt as ids."""
    for table in base.book.tables:
        for code in table.columns:
            if _may_mention(field_of(table.name, code)):
                yield [cell for cell in dict.fromkeys(table.cells(code)) if isinstance(cell, str)]
        if table.name == "runs":
            lines = (remembered(str(cell)).last for cell in table.cells("counts"))
            yield [f"{prefix}-{number:06d}" for line in lines for prefix, number in line.items()]


def _may_mention(info: FieldInfo) -> bool:
    system = SCHEMA[info.table].info.group == "system"
    return system or info.kind is kinds.ID or bool(info.reference) or info.col.hidden or info.code == "key"


def _blank_rows(table: Table, key: str) -> Iterator[int]:
    """The numbers of the rows that lack an id and may be given one."""
    for position, cell in enumerate(table.cells(key)):
        if is_blank(cell) and writable(table, position, key) and not _is_error(table, position, key):
            yield table.numbers[position]


def _is_error(table: Table, position: int, key: str) -> bool:
    return key in table.columns and table.spot(position, key) in table.sheet.errors
