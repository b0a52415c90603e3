"""Over every made book: a cleared row goes and nothing else changes its meaning, or what keeps it is named."""

from __future__ import annotations

import pytest

from sheetcrm.table import Sheet, is_blank
from sheetcrm.workbook.xlsx.compact.plan import compact
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.inspect import inspect
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.read import read_sheets
from tests.lossless.books import books
from tests.lossless.faults import faults
from tests.lossless.opened import opened
from tests.lossless.plain import FIRST, LAST

GONE = 4
"""The client whom nothing but the list itself points at."""
KEPT = {
    "comments": {"Data"},
    "comment threads": {"Data"},
    "spilling": {"Board"},
    "formulas of all kinds": {"Formulas"},
    "everything": {"Data", "Board", "Formulas"},
    "strict with everything": {"Data", "Board", "Formulas"},
}
"""On which tabs something keeps the row: its own comment, what spills, what is shared."""


def cleared(name: str) -> bytes:
    """The book without that client."""
    draft = Draft(open_package(name, books()[name]))
    sheet = draft.sheet("Data")
    for column, cell in list(sheet.cells(GONE).items()):
        if not cell.formula:
            sheet.set(GONE, column, None)
    return draft.finished()


def rows(data: bytes) -> dict[str, list[list[object]]]:
    """The filled cells of every tab, row by row, blank ends left out."""
    return {sheet.title: _rows(sheet) for sheet in read_sheets(open_package("book.xlsx", data), fills=False)}


def _rows(sheet: Sheet) -> list[list[object]]:
    """Its rows; a formula that is to be calculated anew has no value to compare."""
    found: list[list[object]] = [
        ["" if is_blank(cell) or (number, column) in sheet.uncached else cell for column, cell in enumerate(row)]
        for number, row in enumerate(sheet.rows, 1)
    ]
    for row in found:
        while row and row[-1] == "":
            row.pop()
    return found


@pytest.mark.parametrize("name", books())
def test_a_cleared_row_goes_or_its_blockers_are_named(name: str) -> None:
    data = cleared(name)
    done = compact(open_package(name, data), {"Data": (FIRST - 1, LAST)})
    assert {stop.place.partition("!")[0] for stop in done.blockers} == KEPT.get(name, set())
    if name in KEPT:
        assert not done.draft.changed
        return
    finished = done.draft.finished()
    assert set(faults(opened(finished))) <= set(faults(opened(data)))
    expected = rows(data)
    del expected["Data"][GONE - 1]
    assert rows(finished) == expected


@pytest.mark.parametrize("name", books())
def test_every_book_can_be_looked_through(name: str) -> None:
    found = inspect(open_package(name, books()[name]))
    assert "Data" in {sheet.title for sheet in found.sheets}
    assert found.refused == ()
