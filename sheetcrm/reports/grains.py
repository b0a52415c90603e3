"""Steps of time: day, week, month, quarter, year; when each begins and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sheetcrm.reports.labels import first_of, month_key, month_label
from sheetcrm.reports.report import Figure
from sheetcrm.tab import Format
from sheetcrm.text import Label


@dataclass(frozen=True, slots=True)
class Grain:
    """A step of time.

    Attributes:
        name: Its word.
        title: What people call it.
        begin: The first day of the step that a day lies in.
        key: The step's name in keys, by its first day: `2026-Q4`.
        label: What a header says.
        figure: What a row shows.
        format: How a row shows it.
    """

    name: str
    title: Label
    begin: Callable[[date], date]
    key: Callable[[date], str]
    label: Callable[[date], Label]
    figure: Callable[[date], Figure]
    format: Format = Format.TEXT


def _quarter(day: date) -> int:
    return (day.month - 1) // 3 + 1


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _day_label(day: date) -> Label:
    return Label(day.isoformat(), f"{day:%d.%m.%Y}")


def _week_label(day: date) -> Label:
    year, week, _ = day.isocalendar()
    return Label(f"{year} W{week:02}", f"{year}, {week}-я нед.")


def _quarter_label(day: date) -> Label:
    return Label(f"{day.year} Q{_quarter(day)}", f"{_quarter(day)} кв. {day.year}")


def _year_label(day: date) -> Label:
    return Label(str(day.year), str(day.year))


DAY = Grain("day", Label("day", "день"), lambda day: day, date.isoformat, _day_label, lambda day: day, Format.DATE)
WEEK = Grain(
    "week", Label("week", "неделя"), lambda day: day - timedelta(day.weekday()), _week, _week_label, _week_label
)
MONTH = Grain("month", Label("month", "месяц"), first_of, month_key, month_label, lambda day: day, Format.MONTH)
QUARTER = Grain(
    "quarter",
    Label("quarter", "квартал"),
    lambda day: date(day.year, 3 * _quarter(day) - 2, 1),
    lambda day: f"{day.year}-Q{_quarter(day)}",
    _quarter_label,
    _quarter_label,
)
YEAR = Grain(
    "year",
    Label("year", "год"),
    lambda day: date(day.year, 1, 1),
    lambda day: str(day.year),
    _year_label,
    _year_label,
)

GRAINS: Mapping[str, Grain] = {grain.name: grain for grain in (DAY, WEEK, MONTH, QUARTER, YEAR)}
DEFAULT_GRAIN = MONTH
