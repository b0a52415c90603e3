"""The XML of one row, and of the cells in it: taken apart and put together again byte for byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from sheetcrm.table import letters
from sheetcrm.workbook.xlsx.walk import column_number

_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d+)[\"']")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})\d+[\"']")
_STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d+)[\"']")
_KIND = re.compile(rb"\st\s*=\s*[\"'](\w+)[\"']")
_SPANS = re.compile(rb"\sspans\s*=\s*[\"'](\d+):(\d+)[\"']")
_HEIGHT = re.compile(rb"\s(?:ht|customHeight)\s*=\s*[\"'][^\"']*[\"']")
_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true|on)[\"']")
_OWN_HEIGHT = re.compile(rb"\sht\s*=")
_ADDRESS = re.compile(rb"(<(?:[\w.-]+:)?(?:row|c)\s(?:[^>]*?\s)?r\s*=\s*[\"'])([A-Z]*)(\d+)")


@dataclass(frozen=True)
class Grammar:
    """The patterns of rows and cells for one namespace prefix, which comes with its colon."""

    prefix: bytes
    row: re.Pattern[bytes]
    row_end: re.Pattern[bytes]
    cell: re.Pattern[bytes]
    formula_cell: re.Pattern[bytes]
    formula_start: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    value: re.Pattern[bytes]


@cache
def grammar(prefix: bytes) -> Grammar:
    """The patterns for a prefix, `x:` or nothing."""
    p = re.escape(prefix)
    return Grammar(
        prefix=prefix,
        row=re.compile(rb'<%srow(?: r="(\d+)")?(?=[\s/>])' % p),
        row_end=re.compile(rb"</%srow\s*>" % p),
        cell=re.compile(rb"<%sc(?=[\s/>])((?:[^>/]|/(?!>))*)(?:/>|>(.*?)</%sc\s*>)" % (p, p), re.DOTALL),
        formula_cell=re.compile(rb"<%sc(\s[^>]*)?>\s*<%sf(?=[\s/>])" % (p, p)),
        formula_start=re.compile(rb"<%sf(?=[\s/>])" % p),
        formula=re.compile(rb"<%sf(?=[\s/>])((?:[^>/]|/(?!>))*)(?:/>|>([^<]*)</%sf\s*>)" % (p, p)),
        value=re.compile(rb"\s*<%sv(?:\s(?:[^>/]|/(?!>))*)?(?:/>|>([^<]*)</%sv\s*>)" % (p, p)),
    )


class Result(NamedTuple):
    """What a formula came to: the type of its cell, such as `n`, `str`, `b` or `e`, and the value as it is written."""

    kind: str
    value: bytes


class CellXml(NamedTuple):
    """A cell as it stands in a row; what its bytes say is looked up when asked, since most are never asked.

    Attributes:
        column: The column's number, from 0.
        raw: The element's bytes.
        words: The patterns for the sheet's prefix.
        after: What stands between it and the next cell, or the row's end.
    """

    column: int
    raw: bytes
    words: Grammar
    after: bytes = b""

    @property
    def style(self) -> int:
        """The number of its cell format."""
        found = _STYLE.search(self.raw, 0, self.raw.index(b">"))
        return int(found[1]) if found else 0

    @property
    def kind(self) -> str:
        """Its type as written: `n`, `s`, `str`, `b`, `e`, `d`, `inlineStr`."""
        found = _KIND.search(self.raw, 0, self.raw.index(b">"))
        return found[1].decode() if found else "n"

    @property
    def blank(self) -> bool:
        """Whether it is nothing but a format."""
        filled = self._inside.rpartition(b"</")[0].strip()
        p = self.words.prefix
        return not filled or filled in (b"<%sv/>" % p, b"<%sv></%sv>" % (p, p))

    @property
    def formula(self) -> bool:
        """Whether it has a formula."""
        return b"f" in self._inside and self.words.formula_start.search(self._inside) is not None

    @property
    def result(self) -> Result | None:
        """The value of the cell as it is written, None where it has none."""
        found = self.words.value.search(self._inside)
        return Result(self.kind, found[1] or b"") if found else None

    @property
    def _inside(self) -> bytes:
        end = self.raw.index(b">") + 1
        return b"" if self.raw[end - 2 : end] == b"/>" else self.raw[end:]


@dataclass
class RowXml:
    """A row taken apart.

    Attributes:
        number: Its number, from 1.
        opening: Its start tag without the closing bracket.
        before: What stands between the start tag and the first cell.
        cells: Its cells by column.
    """

    number: int
    opening: bytes
    before: bytes = b""
    cells: dict[int, CellXml] = field(default_factory=dict)

    @property
    def style(self) -> int | None:
        """The format of cells that the row does not have."""
        found = _STYLE.search(self.opening)
        return int(found[1]) if found else None

    @property
    def hidden(self) -> bool:
        """Whether nobody sees it."""
        return _HIDDEN.search(self.opening) is not None

    def put(self, cell: CellXml) -> None:
        """Set a cell; what stood behind the old one stays."""
        old = self.cells.get(cell.column)
        self.cells[cell.column] = cell._replace(after=old.after) if old else cell

    def take_height(self, model: RowXml) -> None:
        """Stand as high as another row, unless a height is set."""
        if not _OWN_HEIGHT.search(self.opening):
            self.opening = _HEIGHT.sub(b"", self.opening) + b"".join(_HEIGHT.findall(model.opening))

    def give_height(self, other: RowXml) -> None:
        """Hand the height that is set over to another row."""
        if _OWN_HEIGHT.search(self.opening):
            other.opening = _HEIGHT.sub(b"", other.opening) + b"".join(_HEIGHT.findall(self.opening))
            self.opening = _HEIGHT.sub(b"", self.opening)

    def xml(self, prefix: bytes) -> bytes:
        """The row put together."""
        columns = sorted(self.cells)
        opening = self._spanning(columns)
        if not columns and not self.before:
            return opening + b"/>"
        cells = b"".join(part for column in columns for part in (self.cells[column].raw, self.cells[column].after))
        return b"%s>%s%s</%srow>" % (opening, self.before, cells, prefix)

    def _spanning(self, columns: list[int]) -> bytes:
        """The start tag, its hint at the columns in use made true."""
        spans = _SPANS.search(self.opening)
        if spans is None or not columns:
            return self.opening
        first, last = min(int(spans[1]), columns[0] + 1), max(int(spans[2]), columns[-1] + 1)
        return _SPANS.sub(b' spans="%d:%d"' % (first, last), self.opening)


def row_of(number: int, content: bytes, seen: bytes, words: Grammar) -> RowXml:
    """A row taken apart.

    Args:
        number: Its number.
        content: Its bytes.
        seen: The same with comments and CDATA sections blanked out.
        words: The patterns for the sheet's prefix.
    """
    opened = seen.index(b">")
    if seen[opened - 1] == 0x2F:
        return RowXml(number, _numbered(content[: opened - 1], number, words))
    row = RowXml(number, _numbered(content[:opened], number, words))
    end = seen.rindex(b"</")
    found = list(words.cell.finditer(seen, opened + 1, end))
    row.before = content[opened + 1 : found[0].start() if found else end]
    column = -1
    for at, cell in enumerate(found):
        reference = _REFERENCE.search(cell[1])
        column = _column(reference[1]) if reference else column + 1
        raw = content[cell.start() : cell.end()]
        if reference is None:
            raw = _inserted(raw, 2 + len(words.prefix), b' r="%s%d"' % (letters(column).encode(), number))
        after = content[cell.end() : found[at + 1].start() if at + 1 < len(found) else end]
        row.cells[column] = CellXml(column, raw, words, after)
    return row


def fresh_row(number: int, words: Grammar) -> RowXml:
    """A row that the file does not have yet."""
    return RowXml(number, b'<%srow r="%d"' % (words.prefix, number))


def given_number(opening: bytes) -> int | None:
    """The number that a row's start tag says, None where it leaves it to the order."""
    found = _NUMBER.search(opening)
    return int(found[1]) if found else None


def restyled(raw: bytes, style: int, words: Grammar) -> bytes:
    """A cell's bytes with another format."""
    end = raw.index(b">")
    return _inserted(_STYLE.sub(b"", raw[:end]), 2 + len(words.prefix), b' s="%d"' % style) + raw[end:]


def resulting(raw: bytes, result: Result, words: Grammar) -> bytes:
    """A cell's bytes with another value, its formula and its format kept."""
    end = raw.index(b">")
    kind = b"" if result.kind == "n" else b' t="%s"' % result.kind.encode()
    inside = words.value.sub(b"", raw[end + 1 :], count=1)
    formula = words.formula.search(inside)
    at = formula.end() if formula else 0
    value = b"<%sv>%s</%sv>" % (words.prefix, result.value, words.prefix)
    return _KIND.sub(b"", raw[:end]) + kind + b">" + _inserted(inside, at, value)


def relocated(raw: bytes, column: int, row: int) -> bytes:
    """A cell's bytes as they are on another row."""
    return _REFERENCE.sub(b' r="%s%d"' % (letters(column).encode(), row), raw, count=1)


def renumbered(raw: bytes, seen: bytes, number: int) -> bytes:
    """A row's bytes, its cells included, as they are under another number.

    Args:
        raw: The bytes.
        seen: The same with comments and CDATA sections blanked out.
        number: The row's new number.
    """
    pieces: list[bytes] = []
    done = 0
    for found in _ADDRESS.finditer(seen):
        pieces += raw[done : found.start(3)], b"%d" % number
        done = found.end(3)
    return b"".join(pieces) + raw[done:]


def columns_of(cells: Mapping[int, CellXml]) -> set[int]:
    """The columns whose cells hold something."""
    return {column for column, cell in cells.items() if not cell.blank}


@cache
def _column(name: bytes) -> int:
    return column_number(name.decode())


def _numbered(opening: bytes, number: int, words: Grammar) -> bytes:
    if _NUMBER.search(opening):
        return opening
    return _inserted(opening, 4 + len(words.prefix), b' r="%d"' % number)


def _inserted(raw: bytes, at: int, piece: bytes) -> bytes:
    return raw[:at] + piece + raw[at:]
