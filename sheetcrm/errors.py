"""What makes us stop: raised, never collected.

Each error owns its message, its hint and its exit code; the command line prints them and exits.
Data that is merely wrong is a `sheetcrm.findings.Finding` instead.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar

from sheetcrm.text import Message, say


class Exit(IntEnum):
    """Exit codes of every command, as documented in the README."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    CANNOT_RUN = 3
    BUSY = 4
    GUARDED = 5
    INTERRUPTED_RUN = 6
    INTERRUPTED = 130


class SheetcrmError(Exception):
    """A reason to stop: one sentence that says what happened, and a hint that says the way out."""

    exit_code: ClassVar[Exit] = Exit.CANNOT_RUN

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        """Keep both texts unrendered, so that the reader's language decides.

        Args:
            message: What happened, naming the place.
            hint: What to do about it.
        """
        self.message = message
        self.hint = hint
        super().__init__(say(message, "en"))

    @property
    def code(self) -> str:
        """The stable name of this kind of stop, as in `--format json`: the class name without `Error`."""
        return type(self).__name__.removesuffix("Error")


class UsageError(SheetcrmError):
    """The command's words are off."""

    exit_code = Exit.USAGE


class CannotReadError(SheetcrmError):
    """The book is missing, damaged, locked with a password or not a workbook."""


class CannotWriteError(SheetcrmError):
    """The book cannot be saved where it stands."""


class AccessError(SheetcrmError):
    """Whoever keeps the book does not let us in: no credentials, or none that are honoured."""


class NetworkError(SheetcrmError):
    """Whoever keeps the book could not be reached, or gave no answer for too long."""


class BusyError(SheetcrmError):
    """The book is open in another program, or changed after it was read."""

    exit_code = Exit.BUSY


class GuardError(SheetcrmError):
    """A guard refused: going on could lose something of the user's."""

    exit_code = Exit.GUARDED
