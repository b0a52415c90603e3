"""Reading a next step as people type it: a date, with or without words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sheetcrm.schema.figures import LAST
from sheetcrm.table import Value

_MONTHS = {
    word: number
    for words in ("янв фев мар апр мая июн июл авг сен окт ноя дек", "jan feb mar apr may jun jul aug sep oct nov dec")
    for number, word in enumerate(words.split(), 1)
}
_MONTH = rf"(?P<word>{'|'.join(_MONTHS)})[^\W\d_]*\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{2})(?:\.(?P<year>\d{4}|\d{2}))?(?![\d])",
        rf"(?<!\d)(?P<day>\d{{1,2}})\s+{_MONTH}(?:\s+(?P<year>\d{{4}}))?",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?!\d)(?:,?\s+(?P<year>\d{{4}}))?",
    )
)
_JUST_PAST = timedelta(days=31)


class NextStep(NamedTuple):
    """What was agreed to do next.

    Attributes:
        day: When, today or later; None where no such day was typed.
        text: What, "" where only a day was typed.
    """

    day: date | None
    text: str


def read_next_step(typed: Value, today: date) -> NextStep:
    """Understand a next step.

    A day without a year is the next one that comes; one that has just passed means today, for it was typed in time
    and read late. A full date in the past is no next step.

    Args:
        typed: A date, or words with a date in them: «15.12 перезвонить».
        today: The day it is read.
    """
    if isinstance(typed, date):
        return NextStep(typed if typed >= today else None, "")
    text = str(typed or "").strip()
    for found in _matches(text):
        day = _day(found, today)
        if day is not None:
            is_first = not text[: found.start()].strip()
            return NextStep(day, text[found.end() :].strip(" ,;:.—–-") if is_first else text)
    return NextStep(None, text)


def _matches(text: str) -> Iterator[re.Match[str]]:
    for pattern in _DATES:
        yield from pattern.finditer(text)


def _day(found: re.Match[str], today: date) -> date | None:
    parts = found.groupdict()
    month = int(parts["month"]) if parts.get("month") else _MONTHS[parts["word"].casefold()]
    year = parts["year"]
    if year:
        day = _real(int(year) + (2000 if len(year) == 2 else 0), month, int(parts["day"]))
        return day if day is not None and day >= today else None
    near = _real(today.year, month, int(parts["day"]))
    if near is None or near >= today:
        return near
    return today if today - near <= _JUST_PAST else _real(today.year + 1, month, near.day)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found <= LAST else None
