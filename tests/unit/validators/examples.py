"""The examples of the manuals as books."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sheetcrm.schema.tables import recognise
from sheetcrm.table import Book, Cell, Sheet, Spot, book
from tests.books import sheet

_DIRECTIVE = re.compile(r"(merged) (\S+):(\S+)|(uncached) (\S+)|row (\d+) (moved) to (\d+)")


def spot(cell: str) -> Spot:
    """`D2` as a row from 1 and a column from 0; one letter is enough for an example."""
    return int(cell[1:]), ord(cell[0]) - ord("A")


def _tab(text: str) -> Sheet:
    first, *lines = text.splitlines()
    title, *directives = first.split(", ")
    found = sheet(title, "\n".join(lines))
    errors = {
        (number, column): str(cell)
        for number, row in enumerate(found.rows, 1)
        for column, cell in enumerate(row)
        if isinstance(cell, str) and cell.startswith("#")
    }
    rows = [["" if (number, column) in errors else cell for column, cell in enumerate(row)]
            for number, row in enumerate(found.rows, 1)]  # fmt: skip
    found = replace(found, rows=rows, errors=errors, formulas=frozenset(errors))
    for directive in directives:
        found = _directed(found, directive)
    return found


def _directed(tab: Sheet, directive: str) -> Sheet:
    match = _DIRECTIVE.fullmatch(directive)
    assert match is not None, directive
    if match[1]:
        return replace(tab, merged=((spot(match[2]), spot(match[3])),))
    if match[4]:
        return replace(tab, formulas=frozenset({spot(match[5])}), uncached=frozenset({spot(match[5])}))
    old, new = int(match[6]), int(match[8])
    blank: Sequence[Cell] = [""] * len(tab.rows[0])
    return replace(tab, rows=[*tab.rows[: old - 1], *[blank] * (new - old), tab.rows[old - 1]])


def example(text: str) -> Book:
    """The book that an example shows: tabs with a blank line between, each a title and lines of cells."""
    return book("example.xlsx", "r1", [_tab(tab) for tab in text.split("\n\n")], recognise)
