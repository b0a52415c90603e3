"""Putting a backup back, by the same way that every write takes: what stands there becomes a backup first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sheetcrm.errors import CannotReadError, UsageError
from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.backups import Backup, backups, others
from sheetcrm.workbook.xlsx.kinds import bytes_of
from sheetcrm.workbook.xlsx.locks import check_unlocked
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.parts import workbook_part
from sheetcrm.workbook.xlsx.save import revision, save
from sheetcrm.workbook.xlsx.target import target_of


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was put back.

    Attributes:
        backup: Which one, by the number it had.
        same: Whether the book was that already, so that nothing had to be written.
        missing: Whether no book stood there.
    """

    backup: Backup
    same: bool
    missing: bool


def restore(book: Path, number: int, kept: int, *, dry_run: bool = False) -> Restored:
    """Make a book what it was; it may be damaged or gone.

    Args:
        book: The book.
        number: Which of its backups: 1 is the newest.
        kept: How many backups of it are kept.
        dry_run: Whether everything is checked and nothing written.

    Raises:
        UsageError: If there is no such backup.
        CannotReadError: If the backup is damaged, or what stands there cannot be read.
        BusyError: If the book is open in another program.
        CannotWriteError: If it cannot be saved.
    """
    backup = _chosen(book, number)
    data = _sound(backup.path)
    check_unlocked(target_of(book))
    present = _present(book)
    done = Restored(backup, present == data, present is None)
    if not done.same and not dry_run:
        mode = backup.path.stat().st_mode & 0o7777
        save(book, data, "" if present is None else revision(present), kept, mode)
    return done


def is_sound(backup: Backup) -> bool:
    """Whether a backup opens as a workbook; its cells are not looked at."""
    try:
        _sound(backup.path)
    except CannotReadError:
        return False
    return True


def _chosen(book: Path, number: int) -> Backup:
    found = backups(book)
    for backup in found:
        if backup.number == number:
            return backup
    if found:
        raise UsageError(
            msg("{book} has no backup {number}.", book=book.name, number=number),
            msg("Its backups are numbered from 1, the newest, to {count}.", count=len(found)),
        )
    raise no_backups(book, UsageError)


def no_backups(book: Path, stop: type[UsageError] | type[CannotReadError]) -> UsageError | CannotReadError:
    """The stop when a book has no backup; one in another folder or under another name may be meant."""
    message = msg("There is no backup of {book}.", book=str(book))
    near = others(book)
    if near:
        return stop(message, msg("In that folder there are backups of {books}.", books=near))
    return stop(message, msg("They lie in the folder .sheetcrm/backups beside the book, from its first change on."))


def _sound(path: Path) -> bytes:
    data = bytes_of(path)
    workbook_part(open_package(path.name, data))
    return data


def _present(book: Path) -> bytes | None:
    """What stands there now, sound or not; None for nothing."""
    try:
        return book.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotReadError(
            msg("{book} cannot be read: {reason}.", book=book.name, reason=error.strerror or str(error)),
            msg("A backup is put back only where the present book can be kept as a backup, too."),
        ) from None
