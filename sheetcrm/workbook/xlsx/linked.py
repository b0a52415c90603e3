"""Linked cells that show nothing: openpyxl fills them with the link's target, so they are blanked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from openpyxl.cell.cell import Cell as OpenpyxlCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange

from sheetcrm.table import Book, Cell, Spot
from sheetcrm.workbook.xlsx.frame import without_rows
from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.parts import local, parse, sheet_parts


def blank_again(workbook: Workbook, before: Book, package: Package) -> None:
    """Clear the linked cells that were blank when the book was read."""
    rows = {sheet.title: sheet.rows for sheet in before.sheets}
    for part in sheet_parts(package):
        if part.title not in rows:
            continue
        for row, column in _linked(package, part.part):
            cell = workbook[part.title].cell(row, column)
            if isinstance(cell, OpenpyxlCell) and cell.data_type == "s" and not _shows(rows[part.title], row, column):
                cell.value = None


def _linked(package: Package, part: str) -> Iterator[Spot]:
    """The row and column, both from 1, of every cell that a link lies on."""
    for element in parse(package.name, part, without_rows(package, part)).iter():
        if local(element) == "hyperlink":
            yield from chain.from_iterable(CellRange(str(element.get("ref"))).rows)


def _shows(rows: Sequence[Sequence[Cell]], row: int, column: int) -> bool:
    return row <= len(rows) and column <= len(rows[row - 1]) and rows[row - 1][column - 1] != ""
