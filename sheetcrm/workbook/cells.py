"""What a cell can hold: checked before anything is written, the same for every adapter."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from sheetcrm.errors import GuardError
from sheetcrm.findings import Place
from sheetcrm.tab import NOT_IN_A_TITLE, TITLE_LENGTH
from sheetcrm.table import DIGITS, Spot, Value
from sheetcrm.text import Message, msg

LONGEST_TEXT = 32_767
_EARLIEST = date(1900, 3, 1)
# Characters that no XML may hold, escaped or not in a way that office programs understand.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def check_value(value: Value | float, title: str, spot: Spot) -> Value | float:
    """The value as it will be written, its line breaks plain.

    Raises:
        GuardError: If a cell cannot hold it whole.
    """
    if isinstance(value, str):
        return _check_text(value.replace("\r\n", "\n"), title, spot)
    if isinstance(value, date) and _day(value) < _EARLIEST:
        cell = _address(title, spot)
        raise GuardError(
            msg("{cell}: a workbook has no dates before March 1900, and this is {date}.", cell=cell, date=value)
        )
    if isinstance(value, Decimal) and not value.is_finite():
        cell = _address(title, spot)
        raise GuardError(msg("{cell}: {value} is no number that a cell can hold.", cell=cell, value=str(value)))
    return value


def is_exact(number: int | float | Decimal) -> bool:
    """Whether a cell keeps the number: a whole one of more than fifteen digits loses the last, so it goes as text."""
    if isinstance(number, float) or (isinstance(number, Decimal) and number != number.to_integral_value()):
        return True
    return len(str(abs(int(number))).rstrip("0")) <= DIGITS


def _check_text(text: str, title: str, spot: Spot) -> str:
    if len(text) > LONGEST_TEXT:
        cell = _address(title, spot)
        raise GuardError(
            msg("{cell}: a text of {count} characters does not fit into a cell.", cell=cell, count=len(text)),
            msg("At most {most} fit; shorten it.", most=LONGEST_TEXT),
        )
    if _UNWRITABLE.search(text):
        cell = _address(title, spot)
        raise GuardError(msg("{cell}: the text holds a character that no file can hold.", cell=cell))
    return text


def _address(title: str, spot: Spot) -> str:
    return Place(sheet=title, row=spot[0], column=spot[1]).address


def _day(value: date) -> date:
    return date(value.year, value.month, value.day)


def check_title(title: str) -> str:
    """The tab's title.

    Raises:
        GuardError: If no office program would take it.
    """
    bad = not title.strip() or len(title) > TITLE_LENGTH or title.startswith("'") or title.endswith("'")
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


def no_room(title: str, what: Message) -> GuardError:
    """The stop before a new row that would push something aside."""
    return GuardError(
        msg("Tab {tab}: there is no room for a new row, {what}.", tab=title, what=what),
        msg("Insert some blank rows above it, or move it to another tab."),
    )
