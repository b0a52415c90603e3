"""Bring a finished book to its place: all of it or nothing, with a backup of what stood there."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import tempfile
from pathlib import Path

from sheetcrm.errors import BusyError, CannotWriteError, SheetcrmError
from sheetcrm.text import Message, msg
from sheetcrm.workbook.port import BACKUPS
from sheetcrm.workbook.xlsx.backups import keep
from sheetcrm.workbook.xlsx.locks import check_unlocked
from sheetcrm.workbook.xlsx.target import target_of


def revision(data: bytes) -> str:
    """What tells this state of a file from any other."""
    return hashlib.sha256(data).hexdigest()


def save(path: Path, data: bytes, expected: str, kept: int = BACKUPS, mode: int | None = None) -> None:
    """Replace the file by `data`, if it still is what it was.

    Args:
        path: The file; where it is a link, what it points at is replaced.
        data: The finished book.
        expected: The revision of the file that stands there, "" for none.
        kept: How many backups of it are kept.
        mode: The permissions of a file where there was none; None for the usual ones.

    Raises:
        BusyError: If the file changed since, appeared, or is open elsewhere.
        CannotReadError: If its links lead in a circle.
        CannotWriteError: If the disk or the permissions do not allow it.
    """
    target = target_of(path)
    scratch: Path | None = None
    try:
        if expected:
            _check_unprotected(target)
        scratch = _write_scratch(target, data)
        check_unlocked(target)
        if expected:
            _replace(scratch, target, expected, kept)
        else:
            _create(scratch, target, 0o666 & ~_umask() if mode is None else mode)
        _sync_folder(target.parent)
    except OSError as error:
        raise _cannot(path, error) from error
    finally:
        if scratch is not None:
            with contextlib.suppress(OSError):
                scratch.unlink(missing_ok=True)


def _check_unprotected(target: Path) -> None:
    """Do nothing if somebody may write the file; replacing it would be allowed even where writing into it is not."""
    if target.exists() and not target.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise CannotWriteError(
            msg("{book} is write-protected: nobody may change it, so nothing was written.", book=target.name),
            msg("Allow writing in the properties of the file, or work in a copy."),
        )


def _write_scratch(target: Path, data: bytes) -> Path:
    """A file in the same folder, on the disk for good."""
    handle, name = tempfile.mkstemp(prefix=f".{target.stem}.", suffix=".tmp", dir=target.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    return Path(name)


def _replace(scratch: Path, target: Path, expected: str, kept: int) -> None:
    try:
        current = target.read_bytes()
    except FileNotFoundError:
        raise changed(target.name) from None
    if revision(current) != expected:
        raise changed(target.name)
    status = target.stat()
    os.chmod(scratch, status.st_mode & 0o7777)
    if hasattr(os, "chown"):
        # Only root may give a file away; anybody else owns what he could replace anyway.
        with contextlib.suppress(OSError):
            os.chown(scratch, status.st_uid, status.st_gid)
    keep(target, current, kept)
    os.replace(scratch, target)


def _create(scratch: Path, target: Path, mode: int) -> None:
    """Put a new book where nothing stood, never over one that appeared meanwhile."""
    os.chmod(scratch, mode)
    try:
        os.link(scratch, target)
    except FileExistsError:
        raise appeared(target.name) from None
    except OSError:
        # No hard links here (FAT, some network folders): a look just before is the best there is.
        if target.exists():
            raise appeared(target.name) from None
        os.replace(scratch, target)


def changed(book: str) -> SheetcrmError:
    """The stop when the book is no longer what was read."""
    return BusyError(
        msg("{book} was changed by somebody after it was read; nothing was written.", book=book),
        msg("Run the command again: it will read the new state."),
    )


def appeared(book: str) -> SheetcrmError:
    """The stop when a book stands where a new one was to be made."""
    return BusyError(
        msg("{book} appeared meanwhile; nothing was written.", book=book),
        msg("Run the command again, or choose another name."),
    )


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make the new name itself last; some systems do not offer that for folders."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cannot(path: Path, error: OSError) -> SheetcrmError:
    folder = Path(os.path.realpath(path)).parent
    if not os.path.isdir(folder):  # unlike `Path.is_dir`, it asks nobody for permission
        return CannotWriteError(
            msg("{book} cannot be made: there is no folder {folder}.", book=path.name, folder=str(folder)),
            msg("Make the folder first, or choose another place."),
        )
    return CannotWriteError(
        msg("{book} could not be saved: {reason}.", book=path.name, reason=_reason(error)),
        msg("The book itself is as it was. Free the way, or save under another name or in another folder."),
    )


def _reason(error: OSError) -> Message | str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return msg("the disk is full")
    if error.errno == errno.EROFS:
        return msg("the disk is read-only")
    if isinstance(error, PermissionError):
        return msg("this account may not write to that folder, or another program holds the file")
    return error.strerror or str(error)
