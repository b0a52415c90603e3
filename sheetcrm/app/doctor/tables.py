"""Checks of what a book holds, wherever it is kept: tables, tabs, and what stands in the way of a write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from shlex import quote

from sheetcrm.app.doctor.check import Check, look, ok
from sheetcrm.schema.foreign.ours import is_foreign
from sheetcrm.table import Book
from sheetcrm.text import Message, msg
from sheetcrm.workbook.obstacles import Obstacle


def tables(book: Book, obstacles: Iterable[Obstacle]) -> Iterator[Check]:
    """Which tabs are tables, which are outputs of ours, and what no command will write over.

    Args:
        book: The book as read.
        obstacles: What would be refused on its tables.
    """
    yield _tables(book)
    yield _tabs(book)
    if not is_foreign(book):
        yield from (look("obstacle", found.what, found.hint, tab=found.tab) for found in obstacles)


def _tables(book: Book) -> Check:
    facts = {"ours": not is_foreign(book), "tables": {table.title: len(table) for table in book}}
    if is_foreign(book):
        told = msg(
            "This is no client base of sheetcrm's: validate answers it as a list, and nothing is written into it."
        )
        return look(
            "tables",
            told,
            msg("To make one of it: `sheetcrm init {book}`.", book=quote(book.address or book.name)),
            **facts,
        )
    return ok("tables", msg("Tables and their rows: {tables}.", tables=[f"{t.title} {len(t)}" for t in book]), **facts)


def _tabs(book: Book) -> Check:
    known = {table.title for table in book}
    generated = [sheet.title for sheet in book.sheets if sheet.generated]
    own = [sheet.title for sheet in book.sheets if not sheet.generated and sheet.title not in known]
    hidden = [sheet.title for sheet in book.sheets if sheet.hidden]
    facts = {"generated": generated, "own": own, "hidden": hidden}
    told = msg(
        "Tabs that are drawn anew: {generated}; other tabs: {own}; hidden ones: {hidden}.",
        generated=_named(generated),
        own=_named(own),
        hidden=_named(hidden),
    )
    return ok("tabs", told, **facts)


def _named(titles: list[str]) -> list[str] | Message:
    return titles or msg("none")
