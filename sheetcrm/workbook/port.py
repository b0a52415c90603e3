"""The port: what every place that keeps a client base must do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from sheetcrm.tab import Tab, View
from sheetcrm.table import Book, Change
from sheetcrm.text import Lang, Message

BACKUPS = 10
"""How many backups of a file are kept where nobody said otherwise."""


class Written(NamedTuple):
    """A workbook after a write.

    Attributes:
        revision: Its new revision.
        uncalculated: How many of its formulas have no value until it is opened.
        notes: What could not be written as it was meant, since somebody changed it meanwhile.
    """

    revision: str
    uncalculated: int = 0
    notes: tuple[Message, ...] = ()


class Workbook(Protocol):
    """A workbook somewhere: read whole, written whole."""

    @property
    def name(self) -> str:
        """What to call it in a message."""
        ...

    @property
    def exists(self) -> bool:
        """Whether there is a workbook already, or `write` would make one."""
        ...

    @property
    def language(self) -> Lang | None:
        """The language that a workbook with nothing in it is set to; None where it does not say."""
        ...

    @property
    def views(self) -> Sequence[str] | None:
        """The titles of the views that sheetcrm keeps in it, as last read; None where it can keep none, as a file."""
        ...

    def read(self, fills: bool = False) -> Book:
        """Read all sheets at once, with the revision they had.

        Args:
            fills: Whether to read background colours too; only lists that aren't ours need them.

        Raises:
            CannotReadError: If there is no workbook, or it cannot be read.
        """
        ...

    def write(
        self, changes: Sequence[Change], tabs: Sequence[Tab], expected: str, views: Sequence[View] = ()
    ) -> Written:
        """Apply all changes and replace or add all tabs, in one save.

        Args:
            changes: Cells, rows and column headers, addressed by id or by row number at `expected`.
            tabs: Tabs to write whole; one that stands already keeps its place.
            expected: The revision that the changes were planned on; "" for a book that does not exist yet.
            views: All views that sheetcrm is to keep, of which the missing ones are added and any other of ours is
                taken away; none leaves them as they stand. Where it can keep none, they are left out.

        Returns:
            The new revision, how many formulas are calculated when the book is opened, and what was not written.

        Raises:
            BusyError: If the book changed since, or is open in another program.
            GuardError: If writing would lose something of the user's.
            CannotWriteError: If it cannot be saved.
        """
        ...
