"""Changes planned on a book that a person has edited since: addressed anew, or left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sheetcrm.table import Book, Change
from sheetcrm.text import Message


class Readdressed(NamedTuple):
    """Changes as they are to be written into the book as it stands now.

    Attributes:
        changes: Those that still hold, in the order they were planned in.
        skipped: What was left out and why, by address.
    """

    changes: tuple[Change, ...]
    skipped: tuple[Message, ...] = ()


def readdress(changes: Sequence[Change], before: Book, now: Book) -> Readdressed:
    return Readdressed(tuple(changes))
