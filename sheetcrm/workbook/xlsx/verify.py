"""The check before a book is put in its place: read back, it must be what it was with the edits in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetcrm.errors import CannotWriteError
from sheetcrm.findings import Place
from sheetcrm.tab import Tab
from sheetcrm.table import Book, Cell, Sheet, Spot
from sheetcrm.text import Message, msg
from sheetcrm.workbook.cells import check_value
from sheetcrm.workbook.edited import edited, grid, trimmed
from sheetcrm.workbook.grid import tab_values
from sheetcrm.workbook.place import Edit
from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.parts import attribute, local, workbook_part, xml
from sheetcrm.workbook.xlsx.read import read_sheets

# openpyxl makes it anew from the filter of each sheet.
_REMADE = "_xlnm._FilterDatabase"


def verify(before: Book, package: Package, edits: Mapping[str, Edit], tabs: Sequence[Tab], finished: Package) -> None:
    """Do nothing if the finished book holds what it should.

    Args:
        before: The book as it was read.
        package: The same, as a package.
        edits: What was changed, by tab.
        tabs: The tabs that were written whole.
        finished: The finished book.

    Raises:
        CannotWriteError: If anything else changed; the file itself is untouched then.
    """
    sheets = read_sheets(finished, fills=False)
    verify_tabs(before.name, tabs, sheets)
    by_title = {sheet.title: sheet for sheet in sheets}
    replaced = {tab.title for tab in tabs}
    for sheet in before.sheets:
        if sheet.title not in replaced:
            wanted = edited(sheet, edits[sheet.title]) if sheet.title in edits else sheet
            _compare(before.name, wanted, by_title.get(sheet.title))
    lost = _names(package) - _names(finished)
    if lost:
        raise _failed(before.name, msg("the names {names} are missing", names=sorted(name for name, _ in lost)))


def verify_tabs(book: str, tabs: Sequence[Tab], sheets: Sequence[Sheet]) -> None:
    """Do nothing if the tabs that were written whole are there, value by value.

    Raises:
        CannotWriteError: If they are not.
    """
    by_title = {sheet.title: sheet for sheet in sheets}
    for tab in {tab.title: tab for tab in tabs}.values():
        wanted = {spot: check_value(value, tab.title, spot) for spot, value in tab_values(tab)}
        found = by_title.get(tab.title)
        if found is None:
            raise _failed(book, msg("the tab {tab} is missing", tab=tab.title))
        cell = _first_difference(grid([], wanted), trimmed(found.rows))
        if cell is not None:
            raise _failed(book, msg("{cell} is not what it should be", cell=_address(tab.title, cell)))


def _compare(book: str, wanted: Sheet, found: Sheet | None) -> None:
    if found is None:
        raise _failed(book, msg("the tab {tab} is missing", tab=wanted.title))
    cell = _first_difference(trimmed(wanted.rows), trimmed(found.rows))
    if cell is None:
        spots = (found.formulas ^ wanted.formulas) | (found.uncached ^ wanted.uncached)
        spots |= {spot for spot, _ in dict(found.errors).items() ^ dict(wanted.errors).items()}
        cell = min(spots, default=None)
    if cell is not None:
        raise _failed(book, msg("{cell} is not what it should be", cell=_address(wanted.title, cell)))
    if set(found.merged) != set(wanted.merged) or found.hidden != wanted.hidden:
        raise _failed(book, msg("the tab {tab} lost its merged cells or its visibility", tab=wanted.title))


def _first_difference(wanted: Sequence[Sequence[Cell]], found: Sequence[Sequence[Cell]]) -> Spot | None:
    """The first cell that differs, in row order."""
    for row, (left, right) in enumerate(zip(wanted, found, strict=False), 1):
        if left != right:
            cells = (at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b)
            return row, next(cells, min(len(left), len(right)))
    return None if len(wanted) == len(found) else (min(len(wanted), len(found)) + 1, 0)


def _address(title: str, spot: Spot) -> str:
    return Place(sheet=title, row=spot[0], column=spot[1]).address


def _names(package: Package) -> set[tuple[str, str]]:
    """The defined names: the name, and the number of the sheet it belongs to."""
    root = xml(package, workbook_part(package))
    names = (element for element in root.iter() if local(element) == "definedName")
    found = {(attribute(name, "name"), attribute(name, "localSheetId")) for name in names}
    return {(name, "local" if sheet else "") for name, sheet in found if name != _REMADE}


def _failed(book: str, what: Message) -> CannotWriteError:
    return CannotWriteError(
        msg("{book} was not changed: the check of the finished book failed, {what}.", book=book, what=what),
        msg("This is a fault of sheetcrm; please report it with the book or a part of it that shows it."),
    )
