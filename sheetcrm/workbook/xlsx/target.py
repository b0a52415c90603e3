"""What a path leads to: links followed, and a sentence where nobody can tell."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from sheetcrm.errors import CannotReadError
from sheetcrm.text import Message, msg


def stands(path: Path) -> bool:
    """Whether anything stands at the path.

    Raises:
        CannotReadError: If this account may not look, or links lead in a circle.
    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _closed(path, error) from None
    return True


def target_of(path: Path) -> Path:
    """The path without links on its way; nothing need stand there.

    Raises:
        CannotReadError: If links lead in a circle.
    """
    target = Path(os.path.realpath(path))
    try:
        target.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _closed(path, error) from None
    return target


def _closed(path: Path, error: OSError) -> CannotReadError:
    return CannotReadError(
        msg("{book} cannot be opened: {reason}.", book=str(path), reason=_reason(error)),
        msg("Name another file, or one in a folder that is yours."),
    )


def _reason(error: OSError) -> Message | str:
    if isinstance(error, PermissionError):
        return msg("this account may not look into its folder")
    if error.errno == errno.ELOOP:
        return msg("its links lead in a circle")
    return error.strerror or str(error)
