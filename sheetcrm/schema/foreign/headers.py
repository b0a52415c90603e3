"""What a stranger's header names: a word of the schema, a word that strangers use, or a near miss of either."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from sheetcrm.schema.foreign.words import COUNTERS, FILLERS, HEADERS
from sheetcrm.schema.record import FieldInfo
from sheetcrm.schema.tables import SCHEMA, code_of, field_of, key_of
from sheetcrm.schema.words import fold, nearest
from sheetcrm.table import MARK, Cell

TABLES = ("companies", "contacts", "deals", "activities", "payments", "needs")
"""What one row of a stranger's list may hold at once; a field of an earlier table is preferred."""

LONGEST = 60
"""A longer text is no header."""

_NEAR = 90
_NEAR_FROM = 6
_INSTEAD: Mapping[str, str] = {
    "contacts.company": "companies.name",
    "deals.company": "companies.name",
    "activities.company": "companies.name",
    "payments.company": "companies.name",
    "needs.company": "companies.name",
    "deals.contact": "contacts.full_name",
    "activities.contact": "contacts.full_name",
}
"""In a list where everything stands in one row a reference is the thing itself."""


def is_counter(header: str) -> bool:
    """Whether the header stands over mere numbers of rows, or over ids of somebody else's."""
    return fold(header) in COUNTERS


@cache
def candidates(header: str) -> tuple[FieldInfo, ...]:
    """The fields that a header may name, the likeliest first; none where it says nothing to us."""
    if MARK in header or len(header) > LONGEST or is_counter(header):
        return ()
    spellings = tuple(dict.fromkeys(_spellings(fold(header))))
    for word in spellings:
        if found := _named(word):
            return found
    near = _nearest(spellings[0])
    return _named(near) if near else ()


def _spellings(word: str) -> Iterator[str]:
    """The header as typed, then with less and less of what people add to it."""
    yield word
    plain = fold(re.sub(r"\(.*?\)|\[.*?\]", " ", word))
    yield plain
    yield fold(plain.partition(",")[0])
    unnumbered = fold(re.sub(r"^(?:№|n)?\s*\d+[.)]?\s+|\s*[№#]?\s*\d+$", "", plain))
    yield unnumbered
    yield fold(unnumbered.rstrip(".;?!"))
    yield from re.split(r"\s*[/;+&]\s*|\s+и\s+|\s+or\s+", unnumbered)
    yield _without_fillers(unnumbered)


def _without_fillers(word: str) -> str:
    for filler in sorted(FILLERS, key=len, reverse=True):
        word = re.sub(rf"(?<!\w){re.escape(filler)}(?!\w)", " ", word)
    return fold(word)


@cache
def _named(word: str) -> tuple[FieldInfo, ...]:
    """The fields that the word names exactly."""
    if not word:
        return ()
    found: dict[tuple[str, str], FieldInfo] = {}
    for column in HEADERS.get(word, ()):
        _add(found, column)
    for table in TABLES:
        code = code_of(table, word)
        if code is not None and code != key_of(table):
            _add(found, f"{table}.{code}")
    return tuple(found.values())


def _add(found: dict[tuple[str, str], FieldInfo], column: str) -> None:
    table, _, code = _INSTEAD.get(column, column).partition(".")
    info = field_of(table, code)
    if not info.col.derived and not info.col.hidden:
        found.setdefault((table, code), info)


@cache
def _known() -> tuple[str, ...]:
    words = dict.fromkeys(HEADERS)
    for table in TABLES:
        for code in SCHEMA[table].model_fields:
            words.update(dict.fromkeys(field_of(table, code).headers))
    return tuple(word for word in words if len(word) >= _NEAR_FROM and _named(word))


def _nearest(word: str) -> str | None:
    """The known header that a misspelt one is all but equal to."""
    return next(iter(nearest(word, _known(), close=_NEAR)), None) if len(word) >= _NEAR_FROM else None


def known_headers(row: Sequence[Cell]) -> Mapping[int, str]:
    """The cells of a row that name a field or a counter, by column."""
    return {
        at: cell
        for at, cell in enumerate(row)
        if isinstance(cell, str) and cell.strip() and (is_counter(cell) or candidates(cell.strip()))
    }
