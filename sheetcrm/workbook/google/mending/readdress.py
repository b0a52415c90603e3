"""Changes planned on a book that a person has edited since: addressed anew, or left out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from sheetcrm.table import Book, Change, Sheet, letters
from sheetcrm.text import Message, msg
from sheetcrm.workbook.google.mending.landing import compared
from sheetcrm.workbook.google.mending.naming import changed_meanwhile
from sheetcrm.workbook.google.mending.records import Records, Verdict


class Readdressed(NamedTuple):
    """Changes as they are to be written into the book as it stands now.

    Attributes:
        changes: Those that still hold, in the order they were planned in.
        skipped: What was left out and why, by address.
    """

    changes: tuple[Change, ...]
    skipped: tuple[Message, ...] = ()


def readdress(changes: Sequence[Change], before: Book, now: Book) -> Readdressed:
    """The changes as they are to be written into the book as it stands now.

    A cell that somebody changed meanwhile is left alone, and so is a record that is gone or that cannot be told from
    another. Records to be inserted stay, unless somebody has entered the same one or given its id to another.

    Args:
        changes: Changes planned on `before`, which takes them all.
        before: The book that they were planned on.
        now: The book as it stands.
    """
    kept: list[Change] = []
    skipped: list[Message] = []
    records: dict[str, Records | None] = {}
    for change in changes:
        if change.table not in records:
            records[change.table] = _records(before, now, change.table)
        of_table = records[change.table]
        found = _cell(change, before, now) if of_table is None else of_table.readdress(change)
        if found.change is not None:
            kept.append(found.change)
        skipped += found.skipped
    return Readdressed(tuple(kept), tuple(skipped))


def _records(before: Book, now: Book, name: str) -> Records | None:
    """The records of a table that stands on both sides, None for anything else."""
    if name not in before.by_name or name not in now.by_name:
        return None
    return Records(before.by_name[name], now.by_name[name])


def _cell(change: Change, before: Book, now: Book) -> Verdict:
    """A cell outside the tables: it is set where it is if nobody changed it."""
    old, new = _tab(before, change.table), _tab(now, change.table)
    if old is None or new is None:
        return Verdict(None, [msg("{book} has no tab {tab} any more.", book=now.name, tab=change.table)])
    spot = (change.row or 0, next(column for column in count() if letters(column) == change.column))
    if compared(old, spot) == compared(new, spot):
        return Verdict(change)
    return Verdict(None, [changed_meanwhile(new, spot, change.new)])


def _tab(book: Book, title: str) -> Sheet | None:
    return next((sheet for sheet in book.sheets if sheet.title == title), None)
