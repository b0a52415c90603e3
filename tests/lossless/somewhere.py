"""The small work on a book that nobody knows: a text, a number and a blank where plain cells stand, and a row added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from lxml import etree

from sheetcrm.errors import SheetcrmError
from sheetcrm.table import Value
from sheetcrm.text import say
from sheetcrm.workbook.xlsx import Patch
from tests.lossless.allowed import Allowed
from tests.lossless.cells import cells_of, child, rows_of, spot
from tests.lossless.opened import Opened, SheetOf, opened
from tests.lossless.tables import text_of

VALUES: tuple[Value, ...] = ("written & kept", 17, None)


@dataclass(frozen=True)
class Worked:
    """What came of the work.

    Attributes:
        target: Where the changed book is.
        allowed: What the work may have changed; None where it was refused.
        refusals: Why something was refused.
    """

    target: Path
    allowed: Allowed | None
    refusals: tuple[str, ...] = ()


def work_somewhere(source: Path, target: Path) -> Worked:
    """Do what can be done of the work on a book, and save it elsewhere."""
    refusals: list[str] = []
    try:
        with Patch(source) as book:
            title = book.sheet_names[0]
            package = opened(source.read_bytes())
            sheet = next(one for one in package.sheets if one.title == title)
            cells = _set(book, package, sheet, refusals)
            row = _append(book, title, refusals)
            book.save(target)
    except SheetcrmError as stop:
        return Worked(target, None, (say(stop.message, "en"),))
    except (IndexError, BadZipFile, etree.XMLSyntaxError) as problem:
        return Worked(target, None, (f"it cannot be compared: {problem}",))
    return Worked(target, _allowed(package, target, title, cells, row), tuple(refusals))


def plain_cells(book: Opened, sheet: SheetOf) -> list[str]:
    """The cells that hold a text or a number and no formula."""
    cells = cells_of(rows_of(book, sheet.part))
    return [at for at, cell in cells if child(cell, "f") is None and text_of(book, cell)]


def _set(book: Patch, package: Opened, sheet: SheetOf, refusals: list[str]) -> set[str]:
    """Set the three values in the first cells that allow it."""
    done: set[str] = set()
    free: Iterator[str] = iter(plain_cells(package, sheet)[::-1])
    for value in VALUES:
        for cell in free:
            try:
                book.set(sheet.title, cell, value)
            except SheetcrmError as stop:
                refusals.append(say(stop.message, "en"))
            else:
                done.add(cell)
                break
    return done


def _append(book: Patch, title: str, refusals: list[str]) -> int:
    try:
        return book.append(title, {"A": "added"})
    except SheetcrmError as stop:
        refusals.append(say(stop.message, "en"))
        return 0


def _allowed(before: Opened, target: Path, title: str, cells: set[str], row: int) -> Allowed:
    """The set cells, the new row and a totals row moved below it; any formula may have to be calculated anew."""
    after = opened(target.read_bytes())
    part = next(sheet.part for sheet in after.sheets if sheet.title == title)
    added = {at for at, _ in cells_of(rows_of(after, part)) if row and spot(at)[0] in (row, row + 1)}
    stale = {
        sheet.title: {at for at, cell in cells_of(rows_of(before, sheet.part)) if child(cell, "f") is not None}
        for sheet in before.sheets
        if sheet.kind == "worksheet"
    }
    moved = added if added & stale.get(title, set()) else set()
    return Allowed(
        cells={title: cells | added},
        dated={title: cells},
        moved={title: moved},
        stale=stale,
        grown=[(last, last + 1) for last in range(max(row - 1, 1), row + 1)] if row else [],
        formulas=bool(moved),
    )
