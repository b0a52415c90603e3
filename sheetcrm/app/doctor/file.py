"""Checks of a book in a file: can it be read, may it be written, and what does it hold."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from sheetcrm.app.doctor.check import Check, State, ok, stopped, wrong
from sheetcrm.app.doctor.tables import tables
from sheetcrm.errors import BusyError, UsageError
from sheetcrm.table import Book
from sheetcrm.text import msg
from sheetcrm.workbook.obstacles import obstacles
from sheetcrm.workbook.xlsx.inspect import Inspection, blocks
from sheetcrm.workbook.xlsx.libreoffice import calculator
from sheetcrm.workbook.xlsx.locks import check_unlocked

_KILO = 1000


def file(path: Path, book: Book, found: Inspection) -> Iterator[Check]:
    """All there is to say of a book in a file.

    Args:
        path: Where it is.
        book: The book as read.
        found: What its package holds.
    """
    size = round(found.size / _KILO)
    yield ok("reading", msg("{book} can be read; it has {size} KB.", book=book.name, size=size), bytes=found.size)
    yield from (stopped("writing", error) for error in found.refused)
    yield _lock(path)
    yield _folder(path)
    yield from tables(book, obstacles(book, blocks(found)))


def _lock(path: Path) -> Check:
    try:
        check_unlocked(path)
    except BusyError as busy:
        return stopped("lock", busy, State.LOOK)
    return ok("lock", msg("No other program has it open."))


def _folder(path: Path) -> Check:
    """A save makes a new file beside the old one, so the folder must be writable too."""
    folder = path.resolve().parent
    closed = next((place for place in (folder, path) if not os.access(place, os.W_OK)), None)
    if closed is None:
        return ok("folder", msg("{folder} can be written into: the book and its backups.", folder=str(folder)))
    return wrong(
        "folder",
        msg("{path} cannot be written by this account, so the book cannot be saved.", path=str(closed)),
        msg("Allow writing there, or work in a copy in a folder of yours."),
        path=str(closed),
    )


def libreoffice() -> Check:
    """Whether there is a LibreOffice; nobody needs it but `--recalculate`."""
    try:
        calculator()
    except UsageError:
        none = msg("There is no LibreOffice on this computer; nothing but --recalculate needs it.")
        return ok("libreoffice", none, found=False)
    return ok("libreoffice", msg("There is LibreOffice on this computer, for --recalculate."), found=True)
