"""What a write did to rows and columns that were no longer where it aimed, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sheetcrm.table import Book, Sheet, Table
from sheetcrm.text import Message, nmsg
from sheetcrm.workbook.google.mending.aimed import Aimed
from sheetcrm.workbook.google.mending.repair import repairs


class Mended(NamedTuple):
    """What is to be set so that every record holds its own again.

    Attributes:
        restore: What stood there before, on what our write covered by mistake; None where nothing did.
        again: Our values, on the records that they were meant for.
        lost: What cannot be mended, by address.
    """

    restore: tuple[Aimed, ...] = ()
    again: tuple[Aimed, ...] = ()
    lost: tuple[Message, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is off."""
        return bool(self.restore or self.again or self.lost)

    @property
    def cells(self) -> tuple[Aimed, ...]:
        """All cells to be set, each once, aimed at the book as it stands."""
        return self.restore + self.again


def mend(aimed: Sequence[Aimed], before: Book, after: Book) -> Mended:
    """What is to be put right after a write; empty where every value is on its own record.

    A value that somebody typed after the book was looked at, and that the write covered, is not known: what stood there
    at that look is put back. What somebody typed beside, or after the write, is left alone.

    Args:
        aimed: The cells that the write set, each at most once.
        before: The book that the write aimed at.
        after: The book as it stands after the write; nothing else of ours may have been written since.
    """
    restore: list[Aimed] = []
    again: list[Aimed] = []
    lost: list[Message] = []
    by_title: dict[str, list[Aimed]] = {}
    for cell in aimed:
        by_title.setdefault(cell.title, []).append(cell)
    for title, cells in by_title.items():
        sheet, table = find_tab(before, title)
        now = counterpart(after, title, table)
        if now is None:
            lost.append(_gone(title, len(cells)))
            continue
        found = repairs(cells, sheet, table, now)
        restore += found.restore.values()
        again += found.again.values()
        lost += found.lost
    return Mended(tuple(restore), tuple(again), tuple(lost))


def _gone(title: str, count: int) -> Message:
    return nmsg(
        "Tab {tab} was deleted meanwhile, with {n} value that was just written.",
        "Tab {tab} was deleted meanwhile, with {n} values that were just written.",
        count,
        tab=title,
        n=count,
    )


def find_tab(book: Book, title: str) -> tuple[Sheet, Table | None]:
    """A tab of a book, and the table that it is."""
    table = next((table for table in book.tables if table.title == title), None)
    return next(sheet for sheet in book.sheets if sheet.title == title), table


def counterpart(book: Book, title: str, table: Table | None) -> Sheet | None:
    """The tab of that title, or the same table where its tab was renamed; None where it is gone."""
    found = next((sheet for sheet in book.sheets if sheet.title == title), None)
    if found is None and table is not None and table.name in book.by_name:
        return book.by_name[table.name].sheet
    return found
