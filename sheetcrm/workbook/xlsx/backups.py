"""The backups of a book: in `.sheetcrm/backups` beside it, one for every save, the oldest ones dropped."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sheetcrm.errors import CannotReadError, CannotWriteError
from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.target import target_of

_MOMENT = "%Y-%m-%d %H-%M-%S-%f"
_NAME = re.compile(r"(.*) (\d{4}-\d\d-\d\d \d\d-\d\d-\d\d-\d{6})(\.\w+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Backup:
    """What a book was until a save replaced it.

    Attributes:
        number: 1 for the newest.
        path: Where it is kept.
        moment: When it was replaced, in local time.
        size: In bytes.
    """

    number: int
    path: Path
    moment: datetime
    size: int


def backups(book: Path) -> list[Backup]:
    """The backups of a book, the newest first; the book itself need not stand there any more.

    Raises:
        CannotReadError: If their folder cannot be read.
    """
    target = target_of(book)
    with _readable(_folder(target)):
        found = sorted(_of(target), reverse=True)
        return [Backup(number, path, moment, path.stat().st_size) for number, (moment, path) in enumerate(found, 1)]


def others(book: Path) -> list[str]:
    """The names of the other books in the folder that have backups.

    Raises:
        CannotReadError: If their folder cannot be read.
    """
    target = target_of(book)
    with _readable(_folder(target)):
        return sorted({name for name, _, _ in _all(_folder(target))} - {target.name})


def keep(target: Path, data: bytes, kept: int) -> None:
    """Keep what a book holds before it is replaced.

    Args:
        target: The book; its permissions and times go to the backup.
        data: Its bytes.
        kept: How many backups to keep of it, this one included.

    Raises:
        CannotWriteError: If a file stands where their folder belongs.
    """
    folder = _folder(target)
    _make(folder.parent)
    _make(folder)
    backup = folder / f"{target.stem} {datetime.now().strftime(_MOMENT)}{target.suffix}"
    try:
        _write(backup, data)
        shutil.copystat(target, backup)
    except OSError:
        # Half a backup is worse than none: it would stand first in the list.
        with contextlib.suppress(OSError):
            backup.unlink(missing_ok=True)
        raise
    for old in backups(target)[kept:]:
        with contextlib.suppress(OSError):
            old.path.unlink()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError:
        raise CannotWriteError(
            msg("{path}: a file stands where sheetcrm keeps its backups, so nothing was written.", path=str(folder)),
            msg("Give that file another name, or move it away."),
        ) from None


@contextlib.contextmanager
def _readable(folder: Path) -> Iterator[None]:
    """Say which folder it was that could not be read."""
    try:
        yield
    except OSError as error:
        denied = isinstance(error, PermissionError)
        reason = msg("this account has no permission") if denied else error.strerror or str(error)
        raise CannotReadError(
            msg("The backups in {folder} cannot be read: {reason}.", folder=str(folder), reason=reason),
            msg("Ask the owner of the folder for access."),
        ) from None


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _folder(target: Path) -> Path:
    return target.parent / ".sheetcrm" / "backups"


def _of(target: Path) -> Iterator[tuple[datetime, Path]]:
    """The backups of this book by moment; another book's name may begin with the same words."""
    return ((moment, path) for name, moment, path in _all(_folder(target)) if name == target.name)


def _all(folder: Path) -> Iterator[tuple[str, datetime, Path]]:
    """Every backup in the folder: of which book, from when, where; what is named otherwise is none of ours."""
    for path in folder.iterdir() if folder.is_dir() else ():
        named = _NAME.fullmatch(path.name)
        if named is None:
            continue
        with contextlib.suppress(ValueError):
            yield f"{named[1]}{named[3]}", datetime.strptime(named[2], _MOMENT), path
