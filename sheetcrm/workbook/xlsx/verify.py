"""The check before a book is put in its place: read back, it must be what it was with the edits in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetcrm.errors import CannotWriteError
from sheetcrm.findings import Place
from sheetcrm.table import Book, Cell, Sheet
from sheetcrm.text import Message, msg
from sheetcrm.workbook.edited import edited, trimmed
from sheetcrm.workbook.place import Edit
from sheetcrm.workbook.xlsx.package import Package, open_package
from sheetcrm.workbook.xlsx.parts import attribute, local, workbook_part, xml
from sheetcrm.workbook.xlsx.read import read_sheets

# openpyxl makes it anew from the filter of each sheet.
_REMADE = "_xlnm._FilterDatabase"


def verify(before: Book, package: Package, edits: Mapping[str, Edit], replaced: set[str], data: bytes) -> None:
    """Do nothing if the finished book holds what it should.

    Args:
        before: The book as it was read.
        package: The same, as a package.
        edits: What was changed, by tab.
        replaced: The tabs that were written whole.
        data: The finished book.

    Raises:
        CannotWriteError: If anything else changed; the file itself is untouched then.
    """
    after = open_package(before.name, data)
    sheets = {sheet.title: sheet for sheet in read_sheets(after, fills=False)}
    for title in replaced:
        if title not in sheets:
            raise _failed(before.name, msg("the tab {tab} is missing", tab=title))
    for sheet in before.sheets:
        if sheet.title not in replaced:
            wanted = edited(sheet, edits[sheet.title]) if sheet.title in edits else sheet
            _compare(before.name, wanted, sheets.get(sheet.title))
    lost = _names(package) - _names(after)
    if lost:
        raise _failed(before.name, msg("the names {names} are missing", names=sorted(name for name, _ in lost)))


def _compare(book: str, wanted: Sheet, found: Sheet | None) -> None:
    if found is None:
        raise _failed(book, msg("the tab {tab} is missing", tab=wanted.title))
    cell = _first_difference(trimmed(wanted.rows), trimmed(found.rows))
    if cell is None:
        spots = (found.formulas ^ wanted.formulas) | (found.uncached ^ wanted.uncached)
        spots |= {spot for spot, _ in dict(found.errors).items() ^ dict(wanted.errors).items()}
        cell = min(spots, default=None)
    if cell is not None:
        place = Place(sheet=wanted.title, row=cell[0], column=cell[1]).address
        raise _failed(book, msg("{cell} is not what it should be", cell=place))
    if set(found.merged) != set(wanted.merged) or found.hidden != wanted.hidden:
        raise _failed(book, msg("the tab {tab} lost its merged cells or its visibility", tab=wanted.title))


def _first_difference(wanted: Sequence[Sequence[Cell]], found: Sequence[Sequence[Cell]]) -> tuple[int, int] | None:
    """The first cell that differs, in row order."""
    for row, (left, right) in enumerate(zip(wanted, found, strict=False), 1):
        if left != right:
            cells = (at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b)
            return row, next(cells, min(len(left), len(right)))
    return None if len(wanted) == len(found) else (min(len(wanted), len(found)) + 1, 0)


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
