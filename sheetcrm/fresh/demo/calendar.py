"""Days on which a firm works."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

_SATURDAY = 5


def workday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - _SATURDAY + 1, 0))


def days(count: float) -> timedelta:
    """So many days."""
    return timedelta(days=round(count))


def between(rng: Random, first: date, last: date) -> date:
    """A workday in [first, last], or the last of them."""
    if last <= first:
        return last
    return max(workday(first + timedelta(days=rng.randint(0, (last - first).days))), first)


def hour(rng: Random, day: date) -> datetime:
    """A moment of that day in working hours."""
    return datetime.combine(day, time(rng.randint(9, 17), rng.randrange(0, 60, 5)))
