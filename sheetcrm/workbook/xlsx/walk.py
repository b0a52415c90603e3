"""A sheet's cells as its XML has them, one by one and exactly, whatever the encoding, the prefixes and the quotes.

Slower than python-calamine and than `scan`: for what neither of them can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.kinds import damaged
from sheetcrm.workbook.xlsx.package import Package

_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_ON = ("1", "true", "on")


@dataclass(slots=True)
class RawCell:
    """A cell, or the style of a whole row.

    Attributes:
        row: The row's number, from 1.
        column: The column's number, from 0; -1 for the style of the row.
        kind: The cell's type as written: `n`, `s`, `str`, `b`, `e`, `d`, `inlineStr`.
        style: The number of its style.
        formula: Whether it has a formula.
        value: What stands in `<v>`; None where there is none.
        inline: Whether it holds a text of its own.
    """

    row: int
    column: int
    kind: str = "n"
    style: int = 0
    formula: bool = False
    value: str | None = None
    inline: bool = False

    @property
    def blank(self) -> bool:
        """Whether the cell is nothing but a style."""
        return not self.formula and not self.inline and self.value is None


def raw_cells(package: Package, part: str) -> Iterator[RawCell]:
    """The cells of a sheet's part, in the order they are written.

    Raises:
        CannotReadError: If it isn't well-formed.
    """
    walker = _Walker()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.text
    for _ in _parsed(package, part, parser):
        yield from walker.take()


def is_protected(package: Package, part: str) -> bool:
    """Whether a sheet's part says that nobody may type into the sheet.

    Raises:
        CannotReadError: If it isn't well-formed.
    """
    found: list[bool] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "sheetProtection":
            found.append(attributes.get("sheet") in _ON)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    for _ in _parsed(package, part, parser):
        pass
    return any(found)


def _parsed(package: Package, part: str, parser: expat.XMLParserType) -> Iterator[None]:
    """Let a parser read a part piece by piece."""
    try:
        for piece in package.stream(part):
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise damaged(package.name, msg("the part {part} is not readable XML", part=part)) from None


class _Walker:
    """The parser's handlers: where it stands, and the cells that are complete."""

    def __init__(self) -> None:
        self._done: list[RawCell] = []
        self._cell = RawCell(0, -1)
        self._reading = False

    def take(self) -> list[RawCell]:
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "row":
                row = int(attributes.get("r") or self._cell.row + 1)
                self._cell = RawCell(row, -1, style=_style(attributes))
                self._done.append(self._cell)
            case "c":
                self._cell = self._opened(attributes)
            case "f":
                self._cell.formula = True
            case "v":
                self._cell.value = ""
                self._reading = True
            case "is":
                self._cell.inline = True

    def text(self, text: str) -> None:
        if self._reading:
            self._cell.value = (self._cell.value or "") + text

    def end(self, name: str) -> None:
        match name.rpartition(" ")[2]:
            case "v":
                self._reading = False
            case "c":
                self._done.append(self._cell)

    def _opened(self, attributes: dict[str, str]) -> RawCell:
        reference = _REF.match(attributes.get("r", ""))
        if reference:
            row, column = int(reference[2]), column_number(reference[1])
        else:
            row, column = self._cell.row, self._cell.column + 1
        return RawCell(row, column, attributes.get("t", "n"), _style(attributes))


def _style(attributes: dict[str, str]) -> int:
    style = attributes.get("s", "0")
    return int(style) if style.isdecimal() else 0


def column_number(name: str) -> int:
    """The column's number, from 0, by its letters."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1
