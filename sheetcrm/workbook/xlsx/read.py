"""The sheets of an .xlsx as values: python-calamine reads the cells, `scan` finds what it hides."""

from __future__ import annotations

import gc
from collections.abc import Collection, Container, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import python_calamine as calamine

from sheetcrm.errors import CannotReadError
from sheetcrm.table import Cell, Sheet, Spot
from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.excel_tables import ExcelTable, tables_on, totals_rows
from sheetcrm.workbook.xlsx.fills import row_fills
from sheetcrm.workbook.xlsx.kinds import damaged
from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.parts import SheetPart, relations, sheet_parts, workbook_part
from sheetcrm.workbook.xlsx.plain import plainly_packed
from sheetcrm.workbook.xlsx.scan import Scan, scan


def read_sheets(package: Package, fills: bool = False, only: Container[str] | None = None) -> list[Sheet]:
    """All worksheets in order; chart sheets hold no cells and are left out.

    Args:
        package: The book, opened.
        fills: Whether to read the rows' background colours.
        only: The titles of the sheets that matter, None for all.

    Raises:
        CannotReadError: If it is damaged, or too large for memory.
    """
    sheets = (part for part in sheet_parts(package) if part.kind == "worksheet")
    parts = [part for part in sheets if only is None or part.title in only]
    scans = {part.title: scan(package, part.part, part.title) for part in parts}
    _check_shared(package)
    colours = row_fills(package, parts) if fills else {}
    tables = {part.title: tables_on(package, part) for part in parts}
    with _gc_paused(), _calamine(package) as workbook:
        known = set(workbook.sheet_names)
        return [
            _sheet(package.name, workbook, part, scans[part.title], colours.get(part.title, {}), tables[part.title])
            for part in parts
            if part.title in known
        ]


def read_cells(package: Package, spots: Mapping[str, Collection[Spot]]) -> dict[str, dict[Spot, Cell]]:
    """Some cells of some sheets, row by row: a whole sheet is never held.

    Args:
        package: The book, opened.
        spots: The cells by the title of their sheet.

    Raises:
        CannotReadError: If it is damaged, or too large for memory.
    """
    for part in sheet_parts(package):
        if part.title in spots:
            scan(package, part.part, part.title)
    _check_shared(package)
    with _calamine(package) as workbook:
        return {title: _cells(workbook, title, wanted) for title, wanted in spots.items()}


def _cells(workbook: calamine.CalamineWorkbook, title: str, wanted: Collection[Spot]) -> dict[Spot, Cell]:
    sheet = workbook.get_sheet_by_name(title)
    found: dict[Spot, Cell] = dict.fromkeys(wanted, "")
    columns: dict[int, list[int]] = {}
    for row, column in wanted:
        columns.setdefault(row, []).append(column)
    left = sheet.start[1] if sheet.start else 0
    for row, cells in enumerate(sheet.iter_rows(), 1):
        for column in columns.get(row, ()):
            if left <= column < left + len(cells):
                found[row, column] = cells[column - left]
    return found


def _sheet(
    book: str,
    workbook: calamine.CalamineWorkbook,
    part: SheetPart,
    found: Scan,
    fills: Mapping[int, str],
    tables: Collection[ExcelTable],
) -> Sheet:
    source = workbook.get_sheet_by_name(part.title)
    try:
        rows = source.to_python(skip_empty_area=False)
    except OverflowError:
        raise CannotReadError(
            msg("{book}, tab {tab}: a number is too large for the time format of its cell.", book=book, tab=part.title),
            msg("Such a cell shows ##### in the tab: give it the format “General”."),
        ) from None
    _cut_blank_end(rows, found)
    merged: tuple[tuple[Spot, Spot], ...] = tuple(
        ((first[0] + 1, first[1]), (last[0] + 1, last[1])) for first, last in source.merged_cell_ranges or ()
    )
    return Sheet(
        title=part.title,
        rows=rows,
        errors=found.errors,
        formulas=frozenset(found.formulas),
        uncached=frozenset(found.uncached),
        merged=merged,
        fills=fills,
        hidden=part.state != "visible",
        protected=found.protected,
        footers=totals_rows(tables),
        excel_tables=tuple(((one.top, one.left), (one.bottom, one.right)) for one in tables),
    )


def _cut_blank_end(rows: list[list[Any]], found: Scan) -> None:
    """Drop the rows at the end that hold nothing but empty texts; errors and formulas stay."""
    if not rows or any(cell != "" for cell in rows[-1]):
        return
    last = max((row for spots in (found.errors, found.formulas) for row, _ in spots), default=0)
    while len(rows) > last and all(cell == "" for cell in rows[-1]):
        rows.pop()


def _check_shared(package: Package) -> None:
    """Inflate, under the limits, what calamine reads besides the sheets."""
    workbook = workbook_part(package)
    for relation in relations(package, workbook):
        if relation.kind in ("sharedStrings", "styles") and relation.target in package:
            for _ in package.stream(relation.target):
                pass


@contextmanager
def _calamine(package: Package) -> Iterator[calamine.CalamineWorkbook]:
    """The book in calamine; whatever it stumbles over becomes one sentence."""
    try:
        with calamine.CalamineWorkbook.from_filelike(plainly_packed(package)) as workbook:
            yield workbook
    except calamine.PasswordError:
        raise CannotReadError(
            msg("{book} is protected with a password.", book=package.name),
            msg("Open it, save it without a password, and try again."),
        ) from None
    except calamine.CalamineError as error:
        raise damaged(package.name, msg("it cannot be read ({reason})", reason=str(error))) from None
    except BaseException as error:
        # A panic of the Rust reader is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(package.name, msg("its cells are in disorder")) from None


@contextmanager
def _gc_paused() -> Iterator[None]:
    """No collection while millions of cells are made, none of which is garbage: a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
