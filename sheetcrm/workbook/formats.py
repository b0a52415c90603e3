"""The number formats of a tab's columns: as many decimals as the numbers need, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal

from sheetcrm.tab import Format, Look, Tab, TabColumn
from sheetcrm.table import Cell
from sheetcrm.workbook.grid import plain

GENERAL = "General"
DATE = "dd.mm.yyyy"
DATETIME = "dd.mm.yyyy hh:mm"
MONTH = "mm.yyyy"
TYPED_TEXT = "@"

AS_TYPED = "[>=1000]#,##0;General"
"""Typed quantities stay as typed below a thousand; above it the groups matter more than the decimals."""

_DAYS = (DATE, DATETIME, MONTH)
_WHOLE = "#,##0"
_CENTS = "#,##0.00"
_TENTHS = "#,##0.0"
_NOTHING = '{0};-{0};"–"'
"""In a report a dash says “none” more quietly than a column of zeros; bare it is no sign that all programs take."""

_CENTS_MATTER_BELOW = 10_000

_FIXED = {
    Format.INTEGER: _WHOLE,
    Format.PERCENT: "0.0%",
    Format.DATE: DATE,
    Format.DATETIME: DATETIME,
    Format.MONTH: MONTH,
}


def number_formats(tab: Tab) -> list[str]:
    """The number format of each column."""
    report = tab.group in ("report", "start")
    return [_number_format(tab, at, column, report) for at, column in enumerate(tab.columns)]


def fitting(number_format: str, value: Cell) -> str:
    """The column's number format, or one that fits the value: a day is shown as a day, a number never as one."""
    if isinstance(value, date):
        if number_format in _DAYS:
            return number_format
        return DATETIME if isinstance(value, datetime) and value.time() != time() else DATE
    return GENERAL if number_format in _DAYS and isinstance(value, float) else number_format


def _number_format(tab: Tab, at: int, column: TabColumn, report: bool) -> str:
    if report and column.format in (Format.INTEGER, Format.QUANTITY, Format.MONEY):
        return _NOTHING.format(_report_format(tab, at, column))
    if column.format in _FIXED:
        return _FIXED[column.format]
    if column.format is Format.TEXT:
        # An INN or a phone typed here keeps its zeros; in a report nobody types.
        return GENERAL if report or column.look is Look.DERIVED else TYPED_TEXT
    return _CENTS if column.format is Format.MONEY else AS_TYPED


def _report_format(tab: Tab, at: int, column: TabColumn) -> str:
    numbers = list(_numbers(tab, at))
    if all(number == int(number) for number in numbers):
        return _WHOLE
    if column.format is Format.QUANTITY:
        return _TENTHS if all(number * 10 == int(number * 10) for number in numbers) else _CENTS
    return _WHOLE if max(map(abs, numbers)) >= _CENTS_MATTER_BELOW else _CENTS


def _numbers(tab: Tab, at: int) -> Iterator[Decimal]:
    for row in tab.rows:
        value = plain(row.values[at]) if at < len(row.values) else None
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            yield Decimal(str(value))
