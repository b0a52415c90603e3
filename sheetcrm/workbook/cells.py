"""What a cell can hold: checked before anything is written, the same for every adapter."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from sheetcrm.errors import GuardError
from sheetcrm.findings import Place
from sheetcrm.tab import NOT_IN_A_TITLE, TITLE_LENGTH, beginning, units
from sheetcrm.table import DIGITS, Spot, Value
from sheetcrm.text import Message, msg

LONGEST_TEXT = 32_767
LAST_ROW = 1_048_576
"""The last row of a sheet, from 1."""

LAST_COLUMN = 16_383
"""The last column of a sheet, from 0: XFD."""

_EARLIEST = date(1900, 3, 1)
_HUGE = Decimal("1E308")
# Characters that no XML may hold, escaped or not in a way that office programs understand.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def check_value(value: Value | float, title: str, spot: Spot) -> Value | float:
    """The value as it will be written: line breaks plain, a moment to the millisecond.

    Raises:
        GuardError: If a cell cannot hold it whole.
    """
    match value:
        case None | bool():
            return value
        case str():
            return _check_text(value.replace("\r\n", "\n"), title, spot)
        case int() | float() | Decimal():
            return _check_number(value, title, spot)
        case date():
            return _check_date(value, title, spot)
        case _:
            raise GuardError(
                msg("{cell}: a value of the kind {kind} is none that a cell can hold.",
                    cell=_address(title, spot), kind=type(value).__name__),
                msg("Give it a text, a number, a date, yes or no, or nothing."),
            )  # fmt: skip


def _check_number(value: int | float | Decimal, title: str, spot: Spot) -> int | float | Decimal:
    number = Decimal(value)
    if not number.is_finite() or abs(number) >= _HUGE:
        cell = _address(title, spot)
        raise GuardError(msg("{cell}: {value} is no number that a cell can hold.", cell=cell, value=f"{number:.4g}"))
    return value


def _check_date(value: date, title: str, spot: Spot) -> date:
    if _day(value) < _EARLIEST:
        cell = _address(title, spot)
        raise GuardError(
            msg("{cell}: a workbook has no dates before March 1900, and this is {date}.", cell=cell, date=value)
        )
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is not None:
        raise GuardError(
            msg("{cell}: a workbook knows no time zones, and {date} has one.", cell=_address(title, spot), date=value),
            msg("Convert it to local time first, without a zone."),
        )
    return value.replace(microsecond=0) + timedelta(milliseconds=round(value.microsecond / 1000))


def _check_text(text: str, title: str, spot: Spot) -> str:
    if len(text) > LONGEST_TEXT // 2 and units(text) > LONGEST_TEXT:
        cell = _address(title, spot)
        raise GuardError(
            msg("{cell}: a text of {count} characters does not fit into a cell.", cell=cell, count=units(text)),
            msg("At most {most} fit; shorten it.", most=LONGEST_TEXT),
        )
    if _UNWRITABLE.search(text):
        cell = _address(title, spot)
        raise GuardError(msg("{cell}: the text holds a character that no file can hold.", cell=cell))
    return text


def cut(text: str, most: int) -> str:
    """As much of a text as a place of `most` such units takes, an ellipsis at the end where something is cut off."""
    if len(text) <= most // 2 or units(text) <= most:
        return text
    return beginning(text, most - 1) + "…"


def is_exact(number: int | float | Decimal) -> bool:
    """Whether a cell keeps the number: a whole one of more than fifteen digits loses the last, so it goes as text."""
    if isinstance(number, float) or (isinstance(number, Decimal) and number != number.to_integral_value()):
        return True
    return len(str(abs(int(number))).rstrip("0")) <= DIGITS


def _address(title: str, spot: Spot) -> str:
    return Place(sheet=title, row=spot[0], column=spot[1]).address


def _day(value: date) -> date:
    return date(value.year, value.month, value.day)


def check_title(title: str) -> str:
    """The tab's title.

    Raises:
        GuardError: If no office program would take it.
    """
    bad = not title.strip() or units(title) > TITLE_LENGTH or title.startswith("'") or title.endswith("'")
    if bad or NOT_IN_A_TITLE.search(title) or title.casefold() == "history":
        raise GuardError(
            msg("A tab cannot be named «{title}».", title=title),
            msg("At most 31 characters, none of [ ] : * ? / \\, no apostrophe at either end."),
        )
    return title


def formula_stands(cell: str) -> GuardError:
    """The stop before somebody's formula, wherever it stands."""
    return GuardError(
        msg("{cell} holds a formula, and formulas are never overwritten.", cell=cell),
        msg("Clear the formula by hand if the cell is to be kept by sheetcrm."),
    )


def hidden_by_merge(cell: str, anchor: str) -> GuardError:
    """The stop before a cell that shows nothing: it lies under a merged one."""
    return GuardError(
        msg("{cell} is hidden under a merged cell.", cell=cell), msg("Unmerge {cell} first.", cell=anchor)
    )


def check_rows(title: str, row: int) -> None:
    """Do nothing if a sheet has that row.

    Raises:
        GuardError: If it ends above it.
    """
    if row > LAST_ROW:
        raise GuardError(
            msg("Tab {tab} is full: a sheet has {most} rows.", tab=title, most=LAST_ROW),
            msg("Look at its last rows: what stands there may belong further up."),
        )


def check_columns(title: str, column: int) -> None:
    """Do nothing if a sheet has that column, from 0.

    Raises:
        GuardError: If it ends left of it.
    """
    if column > LAST_COLUMN:
        raise GuardError(
            msg("Tab {tab} is full: a sheet has {most} columns.", tab=title, most=LAST_COLUMN + 1),
            msg("Look at its last columns: what stands there may belong further left."),
        )


def no_room(title: str, what: Message) -> GuardError:
    """The stop before a new row that would push something aside."""
    return GuardError(
        msg("Tab {tab}: there is no room for a new row, {what}.", tab=title, what=what),
        msg("Insert some blank rows above it, or move it to another tab."),
    )
