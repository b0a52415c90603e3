"""The grammar of references in a formula's text: what it refers to.

One compiled expression takes a formula apart into texts, numbers, errors, references, names, calls and table columns;
what it doesn't recognise are operators. It reads the file's own spelling (English function names, commas, `A1` style).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sheetcrm.workbook.cells import LAST_COLUMN, LAST_ROW
from sheetcrm.workbook.xlsx.walk import column_number

_SHEET = r"(?:'(?:[^']|'')++'|(?:\[[^\[\]]*+\])?+[\w.\u0080-\U0010ffff]++(?::[\w.\u0080-\U0010ffff]++)?+|\[\d++\])!"
_COLUMN = r"(\$?)([A-Za-z]{1,3})"
_ROW = r"(\$?)([1-9]\d{0,6})"
_BRACKETS = r"\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*+\])*+\]"
_TOKEN = re.compile(
    rf"""
      "(?:[^"]|"")*+"?                                      # a text
    | (?P<area>(?P<sheet>{_SHEET})?+                        # Deals!$A$1:B2, A:C, 1:5
        (?: {_COLUMN}{_ROW}(?::{_COLUMN}{_ROW})?
          | {_COLUMN}:{_COLUMN}
          | {_ROW}:{_ROW}
        ) (?![\w.(!\[?\\]) )
    | (?P<owner>{_SHEET})?+(?P<name>(?:[^\W\d]|\\)[\w.?\\]*+) (?: (?P<call>\() | (?P<columns>{_BRACKETS}) )?
    | (?P<own_columns>{_BRACKETS})                          # [Amount], inside a table
    | (?:{_SHEET})?+\#(?:REF![$\w:.]*+|[A-Z/0_]++[!?]?)     # an error
    | (?:\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d++)?+            # a number
    | (?P<colon>:)                                          # between ends that are computed
    | '(?:[^']|'')*+'? | \[(?:[^\[\]']|'.)*+                 # what nobody wrote: skipped at once, not sign by sign
    """,
    re.VERBOSE,
)
Ends = tuple[int, bool, int, bool]
"""The first and the last of some rows or columns, each with whether it is absolute (`$`)."""

_VOLATILE = frozenset({"INDIRECT", "OFFSET", "NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "CELL", "INFO"})
_LITERALS = frozenset({"TRUE", "FALSE"})
_PREFIXES = re.compile(r"^(?:_xlfn\.|_xlws\.)+", re.IGNORECASE)
_ITEM = re.compile(r"\[((?:[^\[\]']|'.)*+)\]|((?:[^\[\],:'\s]|'.)++)")
_ESCAPED = re.compile(r"'(.)")


class Ref(NamedTuple):
    """A reference to cells of this book, as it stands in a text.

    Attributes:
        sheet: The title of its sheet, the formula's own where it names none.
        until: The last sheet of a 3-D reference, else "".
        top: Its first row, from 1.
        left: Its first column, from 0.
        bottom: Its last row; the last of a sheet for whole columns.
        right: Its last column; the last of a sheet for whole rows.
        start: Where it begins in the text, its sheet included.
        cells: Where its cells begin: behind the sheet.
        end: Where it ends.
        fixed_top: Whether the first row is absolute (`$`).
        fixed_left: Whether the first column is.
        fixed_bottom: Whether the last row is.
        fixed_right: Whether the last column is.
        spelled: Whether it has rows in its text; whole columns have none.
        single: Whether it is one cell, with no colon.
    """

    sheet: str
    until: str
    top: int
    left: int
    bottom: int
    right: int
    start: int
    cells: int
    end: int
    fixed_top: bool
    fixed_left: bool
    fixed_bottom: bool
    fixed_right: bool
    spelled: bool
    single: bool

    @property
    def fixed(self) -> bool:
        """Whether both rows are absolute."""
        return self.fixed_top and self.fixed_bottom


class Name(NamedTuple):
    """A defined name in a text: the sheet it is asked of, "" where none is named, and the name."""

    sheet: str
    name: str


class TableRef(NamedTuple):
    """A structured reference.

    Attributes:
        table: The table's name, "" for the one that the formula stands in.
        columns: First and last column by name; "" twice for all of them.
        this_row: Whether only the formula's own row is meant.
        whole: Whether headers or totals are meant, too.
    """

    table: str
    columns: tuple[str, str]
    this_row: bool
    whole: bool


class Mentions(NamedTuple):
    """All that a formula depends on.

    Attributes:
        refs: References to cells.
        names: Defined names.
        tables: Structured references.
        calls: The functions, as written; a name can be one of them (LAMBDA).
        anything: Whether it may depend on any cell: INDIRECT, OFFSET, today's date, a range whose ends are computed.
    """

    refs: list[Ref]
    names: list[Name]
    tables: list[TableRef]
    calls: list[str]
    anything: bool


def mentions(text: str, own_sheet: str) -> Mentions:
    """Everything that a formula on `own_sheet` mentions, in one pass."""
    found = Mentions([], [], [], [], False)
    anything = False
    for token in _TOKEN.finditer(text):
        match token.lastgroup:
            case "area":
                ref = _ref(token, own_sheet)
                if ref is not None:
                    found.refs.append(ref)
                else:
                    found.names.extend(_names_like_cells(token))
            case "call":
                found.calls.append(token["name"])
                anything = anything or _PREFIXES.sub("", token["name"]).upper() in _VOLATILE
            case "name" if token["name"].upper() not in _LITERALS:
                found.names.extend(_owned(token["owner"], token["name"]))
            case "columns" if _sheets(token["owner"]) is not None:
                found.tables.append(_table_ref(token["name"], token["columns"]))
            case "own_columns":
                found.tables.append(_table_ref("", token["own_columns"]))
            case "colon":
                anything = True
    return found._replace(anything=anything)


def references(text: str, own_sheet: str) -> Iterator[Ref]:
    """The references to cells of this book, from left to right."""
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "area":
            ref = _ref(token, own_sheet)
            if ref is not None:
                yield ref


def all_references(text: str) -> Iterator[Ref]:
    """Those to cells of other books, too; their sheets are as written, and "" where none is."""
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "area":
            ref = _placed(token, (token["sheet"] or "", ""))
            if ref is not None:
                yield ref


def _ref(token: re.Match[str], own_sheet: str) -> Ref | None:
    """The reference; None where it points into another book, or is a name that only looks like one."""
    sheets = _sheets(token["sheet"])
    return None if sheets is None else _placed(token, (sheets[0] or own_sheet, sheets[1]))


def _placed(token: re.Match[str], sheets: tuple[str, str]) -> Ref | None:
    """The reference on these sheets; None beyond their edge."""
    groups = token.groups()
    rows, columns = _rows(groups), _columns(groups)
    if rows[2] > LAST_ROW or columns[2] > LAST_COLUMN:
        return None
    return Ref(
        *sheets,
        *(rows[0], columns[0], rows[2], columns[2]),
        *(token.start(), token.start() if groups[1] is None else token.end("sheet"), token.end()),
        *(rows[1], columns[1], rows[3], columns[3]),
        groups[11] is None,
        groups[3] is not None and groups[7] is None,
    )


def _rows(groups: Sequence[str | None]) -> Ends:
    """First and last row, each with whether it is absolute."""
    if groups[11] is not None:
        return 1, True, LAST_ROW, True
    at = 4 if groups[3] is not None else 14
    first, last = int(groups[at + 1] or 0), groups[9] if at == 4 else groups[17]
    if last is None:
        return first, groups[4] == "$", first, groups[4] == "$"
    return ordered(first, groups[at] == "$", int(last), groups[8 if at == 4 else 16] == "$")


def _columns(groups: Sequence[str | None]) -> Ends:
    """First and last column, each with whether it is absolute."""
    if groups[15] is not None:
        return 0, True, LAST_COLUMN, True
    at = 2 if groups[3] is not None else 10
    first, last = _column(groups[at + 1] or ""), groups[7] if at == 2 else groups[13]
    if last is None:
        return first, groups[2] == "$", first, groups[2] == "$"
    return ordered(first, groups[at] == "$", _column(last), groups[6 if at == 2 else 12] == "$")


def ordered(first: int, first_fixed: bool, last: int, last_fixed: bool) -> Ends:
    """The ends of a range in order, though it may be written backwards."""
    if first > last:
        return last, last_fixed, first, first_fixed
    return first, first_fixed, last, last_fixed


@lru_cache(maxsize=1024)
def _column(name: str) -> int:
    return column_number(name.upper())


@lru_cache(maxsize=1024)
def _sheets(prefix: str | None) -> tuple[str, str] | None:
    """First and last sheet of `Deals!` or `'A:B'!`; "" twice for the own one, None for a sheet of another book."""
    if prefix is None:
        return "", ""
    title = prefix[1:-2].replace("''", "'") if prefix[0] == "'" else prefix[:-1]
    title = title.removeprefix("[0]")
    if "[" in title:
        return None
    first, _, last = title.partition(":")
    return first, last


def _owned(owner: str | None, name: str) -> Iterator[Name]:
    sheets = _sheets(owner)
    if sheets is not None:
        yield Name(sheets[0], name)


def _names_like_cells(token: re.Match[str]) -> Iterator[Name]:
    """`XFE1` and `ZZZ2024` have the form of a cell, but no sheet has that many columns."""
    for word in token["area"][len(token["sheet"] or "") :].split(":"):
        yield from _owned(token["sheet"], word)


def _table_ref(table: str, brackets: str) -> TableRef:
    inside = brackets[1:-1].strip()
    this_row = inside.startswith("@")
    inside = inside.removeprefix("@")
    nested = _ESCAPED.sub("", inside).startswith("[")
    items = [bracketed or bare for bracketed, bare in _ITEM.findall(inside)] if nested else [inside]
    specials = {item.casefold() for item in items if item.startswith("#")}
    columns = [_ESCAPED.sub(r"\1", item) for item in items if item and not item.startswith("#")]
    return TableRef(
        table,
        (columns[0], columns[-1]) if columns else ("", ""),
        this_row or "#this row" in specials,
        bool(specials - {"#this row", "#data"}),
    )
