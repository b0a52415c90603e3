"""The rows and cells of a sheet's tree, numbered even where the XML leaves the numbers out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from lxml import etree

from tests.lossless.opened import Opened, local

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})$")


@dataclass(frozen=True)
class Row:
    """A row: its number, its element, and its cells by address."""

    number: int
    element: etree._Element
    cells: Mapping[str, etree._Element]


def rows_of(book: Opened, part: str) -> Sequence[Row]:
    """The rows of a sheet, in the order they are written; found once."""
    if part not in book.known_rows:
        found: list[Row] = []
        for element in book.tree(part).iterfind("{*}sheetData/{*}row"):
            number = int(str(element.get("r") or (found[-1].number if found else 0) + 1))
            found.append(Row(number, element, _cells(element, number)))
        book.known_rows[part] = found
    rows: Sequence[Row] = book.known_rows[part]
    return rows


def cells_of(rows: Sequence[Row]) -> Iterator[tuple[str, etree._Element]]:
    """Every cell of a sheet with its address."""
    for row in rows:
        yield from row.cells.items()


def _cells(row: etree._Element, number: int) -> dict[str, etree._Element]:
    found: dict[str, etree._Element] = {}
    column = -1
    for element in row:
        if local(element) == "c":
            reference = element.get("r")
            column = spot(str(reference))[1] if reference else column + 1
            found[str(reference or address(number, column))] = element
    return found


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The element's first child of this name, in whatever namespace."""
    return element.find(f"{{*}}{name}")


@cache
def spot(text: str) -> tuple[int, int]:
    """The row (from 1) and the column (from 0) of an address."""
    found = _ADDRESS.match(text)
    if found is None:
        raise ValueError(text)
    return int(found[2]), column_of(found[1])


def column_of(name: str) -> int:
    """A column's number, from 0, by its letters."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """The address of a cell: row from 1, column from 0."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return f"{name}{row}"


def box(reference: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column of a reference such as `B2:D9`."""
    first, _, last = reference.replace("$", "").partition(":")
    top, left = spot(first)
    bottom, right = spot(last or first)
    return top, left, bottom, right
