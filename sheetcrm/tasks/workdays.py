"""Working days: Monday to Friday."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def after_workdays(day: date, count: int) -> date:
    """The day that comes `count` working days after `day`."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day
