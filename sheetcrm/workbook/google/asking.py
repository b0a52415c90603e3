"""Asking for values: all ranges in one call, as long as its address is not longer than servers take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from sheetcrm.workbook.google.connection.client import Client

LONGEST = 6_000
"""Bytes of ranges in one address; Cyrillic titles weigh six a letter there."""

MISSHAPEN = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What comes of reading an answer that is none of Google's: it has another shape."""

Rows = Sequence[Sequence[Any]]
"""What stands in a range, row by row; Google leaves out blanks at the end."""


def values_of(client: Client, id: str, ranges: Sequence[str], *, formulas: bool = False) -> list[Rows]:
    """What stands in some ranges of a spreadsheet, days as numbers.

    Args:
        client: The connection.
        id: The spreadsheet's id.
        ranges: In A1 notation.
        formulas: Whether formulas come as their texts, not as what they come to.
    """
    option = {
        "valueRenderOption": "FORMULA" if formulas else "UNFORMATTED_VALUE",
        "dateTimeRenderOption": "SERIAL_NUMBER",
    }
    answers = (client.values_batch_get(id, part, dict(option)) for part in _parts(ranges))
    return [block.get("values", []) for answer in answers for block in answer.get("valueRanges", [])]


def _parts(ranges: Sequence[str]) -> Iterator[list[str]]:
    part: list[str] = []
    left = LONGEST
    for one in ranges:
        size = len(quote(one)) + len("&ranges=")
        if part and size > left:
            yield part
            part, left = [], LONGEST
        part.append(one)
        left -= size
    if part:
        yield part
