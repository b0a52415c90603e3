"""What a new tab of a table is called in a book where people have tabs of their own."""

from __future__ import annotations

from sheetcrm.errors import GuardError
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.table import Book
from sheetcrm.text import Lang, msg


def free_title(book: Book, name: str, lang: Lang) -> str:
    """The title of a new tab: its label, or another name by which it is known where somebody has a tab called so.

    Args:
        book: The book as read.
        name: The table's code.
        lang: The language of the book.

    Raises:
        GuardError: If all its names are taken.
    """
    info = SCHEMA[name].info
    taken = {sheet.title.casefold() for sheet in book.sheets}
    for title in (info.label.get(lang), *info.aliases, *info.label):
        if title.casefold() not in taken:
            return title
    raise GuardError(
        msg("The tab {tab} cannot be added: another tab has its name, and sheetcrm does not know what it is.",
            tab=info.label),
        msg("Give that tab another name, then run the command again."),
    )  # fmt: skip
