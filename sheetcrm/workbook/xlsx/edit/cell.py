"""The XML of one cell: text inline, numbers exact, dates as serial numbers."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from sheetcrm.errors import GuardError
from sheetcrm.findings import Place
from sheetcrm.table import Spot, Value
from sheetcrm.text import msg
from sheetcrm.workbook.cells import is_exact

# Written as _xHHHH_, as Excel does; and a text that happens to look like that needs its first underscore so.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SPACED = re.compile(r"^\s|\s$|\s\s|[\n\t]")
_DAY = timedelta(days=1)
_FIRST_YEAR = 1904


def escaped(text: str) -> str:
    """A text as the content of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shielded(text: str) -> str:
    """A text with the characters that no XML may hold spelled as Excel does."""
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))


def check_epoch(value: Value | float, title: str, spot: Spot, date1904: bool) -> None:
    """Do nothing if a book can hold the value, whichever year it counts its days from.

    Raises:
        GuardError: If it is a date before the book's first.
    """
    if isinstance(value, date) and date1904 and value.year < _FIRST_YEAR:
        cell = Place(sheet=title, row=spot[0], column=spot[1]).address
        raise GuardError(
            msg("{cell}: this workbook has no dates before 1904, and this is {date}.", cell=cell, date=value),
            msg("It counts its days from 1904, as old Macs did; a new book does not."),
        )


def serial(moment: date, date1904: bool) -> str:
    """A date, or a date with a time, as the number of days in the book's epoch."""
    epoch = datetime(_FIRST_YEAR, 1, 1) if date1904 else datetime(1899, 12, 30)
    if not isinstance(moment, datetime):
        return str((datetime(moment.year, moment.month, moment.day) - epoch).days)
    days, rest = divmod(moment.replace(tzinfo=None) - epoch, _DAY)
    return repr(round(days + rest / _DAY, 10)) if rest else str(days)


def number(value: int | float | Decimal) -> str:
    """A number as the shortest decimal that a program reads as exactly it."""
    return str(value) if isinstance(value, int) else repr(float(value)).removesuffix(".0").replace("e+", "E")


def cell_xml(reference: str, value: Value | float, style: int, prefix: str, date1904: bool) -> bytes:
    """A cell with a value; one without is nothing but its style, and nothing at all where it has none.

    Args:
        reference: Where it stands: `B7`.
        value: What it holds; checked before by `workbook.cells.check_value`.
        style: The number of its cell format.
        prefix: The sheet's namespace prefix with its colon, "" for most sheets.
        date1904: Whether the book counts days from 1904.
    """
    head = f'<{prefix}c r="{reference}"' + (f' s="{style}"' if style else "")
    if value is None or value == "":
        return f"{head}/>".encode() if style else b""
    if isinstance(value, int | Decimal) and not is_exact(value):
        value = str(int(value))
    if isinstance(value, str):
        text = escaped(shielded(value))
        space = ' xml:space="preserve"' if _SPACED.search(text) else ""
        return (
            f'{head} t="inlineStr"><{prefix}is><{prefix}t{space}>{text}</{prefix}t></{prefix}is></{prefix}c>'.encode()
        )
    kind = ' t="b"' if isinstance(value, bool) else ""
    return f"{head}{kind}><{prefix}v>{_plain(value, date1904)}</{prefix}v></{prefix}c>".encode()


def _plain(value: bool | float | Decimal | date, date1904: bool) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, date):
        return serial(value, date1904)
    return number(value)
