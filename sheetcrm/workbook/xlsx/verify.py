"""The check before a book is put in its place: read back, it must be what it was with the edits in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from xml.parsers import expat

from sheetcrm.errors import CannotWriteError
from sheetcrm.findings import Place
from sheetcrm.tab import Tab
from sheetcrm.table import Book, Cell, Sheet, Spot, Value
from sheetcrm.text import Message, msg
from sheetcrm.workbook.cells import check_value
from sheetcrm.workbook.edited import as_read, edited, grid, trimmed
from sheetcrm.workbook.grid import tab_values
from sheetcrm.workbook.place import Edit
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.row import Result
from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.read import read_cells, read_sheets

_SECOND = 1 / 86_400
_XML = (".xml", ".rels", ".vml")


@dataclass(frozen=True, slots=True)
class Recalculated:
    """Formulas that have no value any more, that are new, and that are gone, by tab."""

    dropped: Mapping[str, Collection[Spot]] = field(default_factory=dict)
    filled: Mapping[str, Collection[Spot]] = field(default_factory=dict)
    erased: Mapping[str, Collection[Spot]] = field(default_factory=dict)

    def uncached(self, sheet: Sheet) -> frozenset[Spot]:
        """The formulas of a sheet that have no value after the write."""
        waiting = sheet.uncached.union(self.dropped.get(sheet.title, ()), self.filled.get(sheet.title, ()))
        return waiting.difference(self.erased.get(sheet.title, ()))


def verify(
    before: Book, edits: Mapping[str, Edit], tabs: Sequence[Tab], formulas: Recalculated, finished: Package
) -> None:
    """Do nothing if the finished book holds what it should, on every tab that was touched.

    Args:
        before: The book as it was read.
        edits: What was changed, by tab.
        tabs: The tabs that were written whole.
        formulas: What became of formulas.
        finished: The finished book.

    Raises:
        CannotWriteError: If anything else changed; the file itself is untouched then.
    """
    replaced = {tab.title for tab in tabs}
    touched = {*edits, *formulas.dropped, *formulas.filled, *formulas.erased} - replaced
    sheets = read_sheets(finished, only=touched | replaced)
    verify_tabs(before.name, tabs, sheets)
    by_title = {sheet.title: sheet for sheet in sheets}
    for sheet in before.sheets:
        if sheet.title in touched:
            wanted = edited(sheet, edits[sheet.title]) if sheet.title in edits else sheet
            _compare(before.name, _calculated(wanted, formulas), by_title.get(sheet.title))


def verify_cells(name: str, cells: Mapping[str, Mapping[Spot, Value | float]], finished: Package) -> None:
    """Do nothing if the finished book holds these values, by tab.

    Raises:
        CannotWriteError: If it does not.
    """
    for title, found in read_cells(finished, cells).items():
        for spot, value in cells[title].items():
            if _differ(found[spot], as_read(value)):
                raise _failed(name, msg("{cell} is not what it should be", cell=_address(title, spot)))


def verify_results(package: Package, results: Mapping[str, Mapping[Spot, Result]], finished: Package) -> None:
    """Do nothing if formulas of the finished book have these values, and it is as it was otherwise.

    Raises:
        CannotWriteError: If not.
    """
    draft = Draft(finished)
    for title, found in results.items():
        for (row, column), result in found.items():
            if draft.sheet(title).cells(row)[column].result != result:
                raise _failed(package.name, msg("{cell} is not what it should be", cell=_address(title, (row, column))))
    gone = Recalculated(dropped={title: found.keys() for title, found in results.items()})
    after = {sheet.title: _calculated(sheet, gone) for sheet in read_sheets(finished, only=results)}
    for sheet in read_sheets(package, only=results):
        _compare(package.name, _calculated(sheet, gone), after.get(sheet.title))


def verify_rest(package: Package, changed: Collection[str], finished: Package) -> None:
    """Do nothing if every part that was not to be changed is there byte for byte, and the others are sound XML.

    Raises:
        CannotWriteError: If not.
    """
    for part, entry in package.entries.items():
        if part in changed:
            continue
        if part not in finished or finished.packed(finished.entries[part]) != package.packed(entry):
            raise _failed(package.name, msg("the part {part} is not as it was", part=part))
    for part in changed:
        if part in finished and part.endswith(_XML) and not _is_sound(finished.stream(part)):
            raise _failed(package.name, msg("the part {part} is not readable XML", part=part))


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


def _calculated(sheet: Sheet, formulas: Recalculated) -> Sheet:
    """The sheet with its formulas as they are after the write: those without a value show nothing."""
    dropped = {*formulas.dropped.get(sheet.title, ()), *formulas.filled.get(sheet.title, ())}
    erased = set(formulas.erased.get(sheet.title, ()))
    blank: dict[Spot, Value] = dict.fromkeys(dropped | erased)
    return replace(
        sheet,
        rows=grid(sheet.rows, blank),
        errors={spot: text for spot, text in sheet.errors.items() if spot not in blank},
        formulas=(sheet.formulas | dropped) - erased,
        uncached=formulas.uncached(sheet),
    )


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
            cells = (at for at, (a, b) in enumerate(zip(left, right, strict=False)) if _differ(a, b))
            shorter = min(len(left), len(right))
            at = next(cells, shorter)
            if at < shorter or len(left) != len(right):
                return row, at
    return None if len(wanted) == len(found) else (min(len(wanted), len(found)) + 1, 0)


def _differ(one: Cell, other: Cell) -> bool:
    """Whether two cells hold different things; a number in a cell for hours is read as a time."""
    if one == other:
        return False
    days = _days(one), _days(other)
    return days[0] is None or days[1] is None or type(one) is type(other) or abs(days[0] - days[1]) > _SECOND


def _days(cell: Cell) -> float | None:
    """A time or a number in days, None for anything else."""
    if isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond)
    if isinstance(cell, timedelta):
        return cell / timedelta(days=1)
    return cell if isinstance(cell, float) else None


def _is_sound(pieces: Iterable[bytes]) -> bool:
    parser = expat.ParserCreate()
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        return False
    return True


def _address(title: str, spot: Spot) -> str:
    return Place(sheet=title, row=spot[0], column=spot[1]).address


def _failed(book: str, what: Message) -> CannotWriteError:
    return CannotWriteError(
        msg("{book} was not changed: the check of the finished book failed, {what}.", book=book, what=what),
        msg("This is a fault of sheetcrm; please report it with the book or a part of it that shows it."),
    )
