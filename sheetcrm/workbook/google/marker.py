"""The mark that every batch of ours leaves in a Google Sheet: it counts them, and lets exactly one of two runs win.

Google has no precondition for a write, but it refuses a whole batch that makes a developer metadata entry whose id is
in use. So each batch makes the entry with the next number: of two runs that started from the same book the second is
refused, and a batch of which nobody knows whether it was applied can be found by the word that it left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import count

from sheetcrm.workbook.google.wire import Json

KEY = "sheetcrm.batch"
_FIRST = 1_500_000_000
"""The id of the entry before the first; other programs' ids are random, and meet these once in two thousand million."""

_MOST = 500_000_000
"""More batches than a book will ever see; an id further off is not ours, whatever its key says."""

KEPT = 32
"""So many entries stay: a run that is so many batches late would not be noticed."""


def marks_of(entries: Iterable[Json]) -> frozenset[int]:
    """The numbers of the batches whose marks stand, of the entries of a book."""
    return frozenset(_number(entry) for entry in entries if _is_mark(entry))


def taken_of(entries: Iterable[Json]) -> frozenset[int]:
    """The numbers that no batch can have: other programs have made entries with those ids."""
    return frozenset(_number(entry) for entry in entries if not _is_mark(entry))


def following(marker: int, taken: Collection[int]) -> int:
    """The number of the batch after that one."""
    return next(number for number in count(marker + 1) if number not in taken)


def word_of(entries: Iterable[Json], marker: int) -> str:
    """What the batch of that number left; "" where it was never applied."""
    found = (entry for entry in entries if _is_mark(entry) and _number(entry) == marker)
    return str(next((entry.get("metadataValue", "") for entry in found), ""))


def mark(marker: int, word: str, standing: Collection[int]) -> list[Json]:
    """The requests that leave the mark of the batch of that number, and take old ones away.

    Args:
        marker: Its number, the one that follows the book's.
        word: What tells this batch from another run's.
        standing: The numbers of the marks that stand.
    """
    entry = {
        "metadataId": _FIRST + marker,
        "metadataKey": KEY,
        "metadataValue": word,
        "location": {"spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    made: list[Json] = [{"createDeveloperMetadata": {"developerMetadata": entry}}]
    for old in sorted(number for number in standing if number <= marker - KEPT):
        lookup = {"metadataId": _FIRST + old}
        made.append({"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}})
    return made


def _is_mark(entry: Json) -> bool:
    return entry.get("metadataKey") == KEY and 0 < _number(entry) <= _MOST


def _number(entry: Json) -> int:
    return int(entry.get("metadataId", _FIRST)) - _FIRST
