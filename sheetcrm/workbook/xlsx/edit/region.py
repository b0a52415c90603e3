"""Where the tables of a sheet stand: their headers, their columns, their last rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from sheetcrm.errors import GuardError
from sheetcrm.table import letters
from sheetcrm.text import msg
from sheetcrm.workbook.cells import LAST_COLUMN
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.references import area
from sheetcrm.workbook.xlsx.edit.sheet import SheetDraft
from sheetcrm.workbook.xlsx.edit.tables import ExcelTable, excel_tables
from sheetcrm.workbook.xlsx.edit.words import is_text
from sheetcrm.workbook.xlsx.parts import local

_UPPER_PART = 20
"""Among how many rows that are not blank a header is looked for."""


class Region(NamedTuple):
    """A table's place on its sheet: rows from 1, columns from 0, both ends included; totals are not part of it.

    Columns between its first and its last one may belong to another list: they are `beside` it.
    """

    header_row: int
    first_column: int
    last_column: int
    last_row: int
    beside: frozenset[int] = frozenset()

    def meeting(self, left: int, right: int) -> int:
        """How many of its columns stand between two columns."""
        common = range(max(left, self.first_column), min(right, self.last_column) + 1)
        return len(common) - sum(column in common for column in self.beside)


Home = ExcelTable | range
"""What a table may be: an Excel table, or a plain list somewhere in those columns, which no Excel table has."""


def table_at(draft: Draft, sheet: SheetDraft, region: Region) -> ExcelTable | None:
    """The Excel table with the region's header row which covers most of its columns, None where none covers any."""
    headed = [one for one in excel_tables(draft, sheet.title) if one.headers and one.top == region.header_row]
    own = [one for one in headed if region.meeting(one.left, one.right)]
    return max(own, key=lambda one: region.meeting(one.left, one.right), default=None)


def homes(draft: Draft, title: str) -> list[Home]:
    """What there may be on a sheet that nobody has described: its Excel tables in order, then plain lists."""
    tables = excel_tables(draft, title)
    headed = sorted((table for table in tables if table.headers), key=lambda table: (table.top, table.left))
    return [*headed, *_outside(tables)]


def _outside(tables: list[ExcelTable]) -> Iterator[range]:
    """The columns that no Excel table has, as many together as stand side by side."""
    left = 0
    for table in sorted(tables, key=lambda table: table.left):
        if left < table.left:
            yield range(left, table.left)
        left = max(left, table.right + 1)
    yield range(left, LAST_COLUMN + 1)


def home_of(title: str, among: Sequence[Home], columns: Collection[int]) -> Home:
    """The one that has all those columns, of which there is one at least.

    Raises:
        GuardError: If there is none, or two Excel tables have a column.
    """
    found: list[Home] = []
    for column in sorted(columns):
        own = [home for home in among if column in _columns(home)]
        if len(own) > 1:
            names = [home.name for home in own if isinstance(home, ExcelTable)]
            raise GuardError(
                msg("Tab {tab}: column {column} belongs to several Excel tables: {names}.",
                    tab=title, column=letters(column), names=names),
                msg("Keep one table in its columns; move the other ones beside it or to another tab."),
            )  # fmt: skip
        if not own or (found and own != found):
            raise no_column(title, column)
        found = own
    return found[0]


def _columns(home: Home) -> range:
    return range(home.left, home.right + 1) if isinstance(home, ExcelTable) else home


def no_column(title: str, column: int) -> GuardError:
    """The stop before a value that would stand outside the table."""
    return GuardError(
        msg("Tab {tab}: column {column} is no column of the table that the row goes into.",
            tab=title, column=letters(column)),
        msg("Give the column a header first, or the values of each table in a row of their own."),
    )  # fmt: skip


def region_of(sheet: SheetDraft, home: Home) -> Region | None:
    """Where a table stands; None where there is no list in those columns."""
    if isinstance(home, ExcelTable):
        return Region(home.top, home.left, home.right, home.last)
    header = _filtered(sheet, home) or _headed(sheet, home)
    if header is None:
        return None
    return Region(*header, max(_last_row(sheet, header[1], header[2]), header[0]))


def _filtered(sheet: SheetDraft, columns: range) -> tuple[int, int, int] | None:
    """The header row and the columns of the sheet's filter; headers right beside it belong to them."""
    found = next((element for element in sheet.frame() if local(element) == "autoFilter"), None)
    cells = area(str(found.get("ref", ""))) if found is not None else None
    if cells is None or cells[1] not in columns or cells[3] not in columns:
        return None
    row, left, right = cells[0], cells[1], cells[3]
    filled = sheet.filled(row).intersection(columns)
    while left - 1 in filled:
        left -= 1
    while right + 1 in filled:
        right += 1
    return row, left, right


def _headed(sheet: SheetDraft, columns: range) -> tuple[int, int, int] | None:
    """The header row and the columns of a list that nothing describes.

    A header has several texts and a filled row below it; titles have fewer texts. A row above that has no fewer is the
    header, and a blank row separates it from the records.
    """
    numbers = (row for row in sheet.row_numbers() if not sheet.filled(row).isdisjoint(columns))
    upper = {row: _texts(sheet, row, columns) for row in islice(numbers, _UPPER_PART)}
    if not upper:
        return None
    several = [row for row, texts in upper.items() if texts > 1] or [*upper]
    sure = next((row for row in several if row + 1 in upper), several[0])
    row = next(row for row, texts in upper.items() if texts >= upper[sure])
    filled = sheet.filled(row).intersection(columns)
    return row, min(filled), max(filled)


def _texts(sheet: SheetDraft, row: int, columns: range) -> int:
    return sum(at in columns and is_text(cell) for at, cell in sheet.cells(row).items())


def _last_row(sheet: SheetDraft, left: int, right: int) -> int:
    """The last row with a value in those columns: formulas may be filled down ahead of the records."""
    for row in reversed(sheet.row_numbers()):
        cells = sheet.cells(row).items()
        if any(left <= at <= right and not cell.blank and not cell.formula for at, cell in cells):
            return row
    return 0
