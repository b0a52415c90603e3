"""A formula as text: its tokens, and what becomes of its references when cells move."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tests.google.emulator.cells.columns import letters, number

_TITLE = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d*"
_REFERENCE = (
    rf"(?P<title>{_TITLE})?"
    rf"(?P<first>{_CELL}|\$?[A-Za-z]{{1,3}}(?=:)|\$?[1-9]\d*(?=:))"
    rf"(?::(?P<last>{_CELL}|\$?[A-Za-z]{{1,3}}|\$?[1-9]\d*))?(?![\w(.!])"
)
_CORNER = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)(\d*)")


@cache
def token(decimal: str = ".") -> re.Pattern[str]:
    """A formula's token, where numbers have that decimal sign."""
    point = re.escape(decimal)
    return re.compile(
        rf'(?P<string>"(?:[^"]|"")*")|(?P<reference>{_REFERENCE})|(?P<error>#[A-Z/0!?]+)'
        rf"|(?P<number>\d+(?:{point}\d+)?(?:[eE][+-]?\d+)?|{point}\d+)"
        r"|(?P<name>[^\W\d][\w.]*)|(?P<sign><=|>=|<>|[-+*/^&=<>%(){}:;,\\])|(?P<space>\s+)|(?P<other>.)"
    )


@dataclass(frozen=True)
class Corner:
    """One end of a reference; a side that it does not name is None."""

    column: int | None
    row: int | None
    fixed_column: bool = False
    fixed_row: bool = False


@dataclass(frozen=True)
class Reference:
    """A cell or a range that a formula names."""

    title: str
    first: Corner
    last: Corner | None

    def __str__(self) -> str:
        text = self.title + _spelled(self.first)
        return text if self.last is None else f"{text}:{_spelled(self.last)}"

    @property
    def sheet_title(self) -> str:
        """The tab's title without its quotes and mark; "" for the formula's own tab."""
        title = self.title.removesuffix("!")
        return title[1:-1].replace("''", "'") if title.startswith("'") else title


def reference(found: re.Match[str]) -> Reference:
    """The reference of a token."""
    last = _corner(found["last"]) if found["last"] else None
    return Reference(found["title"] or "", _corner(found["first"]), last)


def _corner(text: str) -> Corner:
    found = _CORNER.fullmatch(text)
    assert found, text
    fixed_column, column, fixed_row, row = found.groups()
    if not column:
        fixed_column, fixed_row = "", fixed_column or fixed_row
    return Corner(
        number(column) if column else None, int(row) - 1 if row else None, bool(fixed_column), bool(fixed_row)
    )


def _spelled(corner: Corner) -> str:
    column = "" if corner.column is None else "$" * corner.fixed_column + letters(corner.column)
    row = "" if corner.row is None else "$" * corner.fixed_row + str(corner.row + 1)
    return column + row


def rewritten(formula: str, change: Callable[[Reference], Reference | None]) -> str:
    """The formula with each reference changed; one that became None reads #REF!."""

    told = (piece if isinstance(piece, str) else change(piece) for piece in _pieces(formula))
    return "".join("#REF!" if piece is None else str(piece) for piece in told)


@lru_cache(100_000)
def _pieces(formula: str) -> tuple[str | Reference, ...]:
    """The formula, its references taken out of its text."""
    return tuple(reference(found) if found["reference"] else found[0] for found in token().finditer(formula))


def carried(formula: str, rows: int, columns: int) -> str:
    """The formula as a copy of it reads so many rows and columns away: what has no `$` moves along."""

    def corner(at: Corner) -> Corner | None:
        row = at.row if at.row is None or at.fixed_row else at.row + rows
        column = at.column if at.column is None or at.fixed_column else at.column + columns
        return None if min(row or 0, column or 0) < 0 else replace(at, row=row, column=column)

    def moved(named: Reference) -> Reference | None:
        first, last = corner(named.first), corner(named.last) if named.last else None
        return None if first is None or (named.last and last is None) else Reference(named.title, first, last)

    return rewritten(formula, moved)
