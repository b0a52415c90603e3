"""What may be typed into a drawn tab: drop-downs, and checks where there is nothing to choose from."""

from __future__ import annotations

import re
import zlib
from typing import Any

from xlsxwriter.workbook import Workbook

from sheetcrm.tab import Check, Tab, TabColumn
from sheetcrm.table import letters
from sheetcrm.workbook.grid import body_row, last_row
from sheetcrm.workbook.xlsx.tabs.book import Sheet

_LONGEST_LIST = 255
_LONGEST_TITLE = 32
_LONGEST_MESSAGE = 225
_NO_DATE_BEFORE = 1
_HUGE = 10**15
_MOST_CHOICES = 5_000
_EVERYWHERE = -1
_HIDDEN = True


def add_choices(book: Workbook, sheet: Sheet, tab: Tab) -> None:
    """A list for each column with choices, a check for each of the others that has one."""
    first, last = body_row(tab) - 1, last_row(tab) - 1
    if last < first:
        return
    for at, column in enumerate(tab.columns):
        rule = _list(book, column) if column.choices else None
        if rule is None and column.check is not None:
            rule = _typed(column.check) | _said(column.header, column.check.message)
        if rule is not None:
            sheet.data_validation(first, at, last, at, rule | {"show_input": False})


def _list(book: Workbook, column: TabColumn) -> dict[str, Any] | None:
    """A drop-down; None where no cell takes it."""
    source = _source(book, column)
    if source is None:
        return None
    rule = {"validate": "list", "source": source, "error_type": "stop" if column.strict else "warning"}
    # Without a text of ours the program says it in its own words, in the user's language.
    return rule | (_said(column.header, column.note) if column.note else {})


def _typed(check: Check) -> dict[str, Any]:
    if check.kind == "date":
        return {"validate": "date", "criteria": ">", "value": _NO_DATE_BEFORE}
    return {
        "validate": "whole" if check.kind == "whole" else "decimal",
        "criteria": "between",
        "minimum": str(-_HUGE if check.low is None else check.low),
        "maximum": str(_HUGE if check.high is None else check.high),
    }


def _said(title: str, message: str) -> dict[str, str]:
    return {"error_title": _cut(title, _LONGEST_TITLE), "error_message": _cut(message, _LONGEST_MESSAGE)}


def _cut(text: str, most: int) -> str:
    """As much of a text as Excel takes, which counts characters in pairs of bytes; no unprintable ones."""
    clean = "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)
    return clean.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def _source(book: Workbook, column: TabColumn) -> str | list[str] | None:
    match column.choices:
        case (str(title), int(number), int(first), int(last)):
            return _range_name(book, title, number, first, last)
        case (str(title), int(number), int(first)):
            return _list_name(book, title, number, first)
        case texts:
            return _literal([str(text) for text in texts])


def _literal(choices: list[str]) -> list[str] | None:
    """The choices themselves; None where they are too long for a cell's list, or would be misread."""
    quoted = [choice.replace('"', '""') for choice in choices]
    length = len(",".join(quoted).encode("utf-16-le")) // 2
    clean = all(choice.isprintable() and "," not in choice for choice in choices)
    return quoted if clean and length <= _LONGEST_LIST else None


def _range_name(book: Workbook, title: str, number: int, first: int, last: int) -> str:
    """A hidden name for a stretch of another tab's column; rows inserted into it widen it."""
    letter = letters(number)
    return _define(book, title, f"{letter}{first}", f"{quoted(title)}!${letter}${first}:${letter}${last}")


def _list_name(book: Workbook, title: str, number: int, first: int) -> str:
    """A hidden name for another tab's column, as long as it is filled.

    By a name, since Excel saves a plain reference to another tab as an extension that older programs drop; and as
    long as it is filled, so that what is added there can be chosen here at once.
    """
    letter = letters(number)
    tab = quoted(title)
    top, all_rows = f"{tab}!${letter}${first}", f"{tab}!${letter}${first}:${letter}${first + _MOST_CHOICES - 1}"
    return _define(book, title, letter, f"{top}:INDEX({all_rows},MAX(1,COUNTA({all_rows})))")


def _define(book: Workbook, title: str, suffix: str, formula: str) -> str:
    """Name a formula about another tab; the name tells which tab, and which of its lists."""
    slug = re.sub(r"\W", "_", title)
    unlike = "" if slug == title else f"_{zlib.crc32(title.encode()):08x}"
    name = f"_list_{slug}{unlike}_{suffix}"
    entry = [name, _EVERYWHERE, formula, _HIDDEN]
    if entry not in book.defined_names:
        book.defined_names.append(entry)
    return name


def quoted(title: str) -> str:
    """A tab's title as a formula has it."""
    return "'" + title.replace("'", "''") + "'"
