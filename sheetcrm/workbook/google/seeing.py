"""A Google Sheet as it was seen at one moment, in two calls."""

from __future__ import annotations

from dataclasses import dataclass

from sheetcrm.errors import CannotReadError
from sheetcrm.table import Book, Recognise, Sheet, book
from sheetcrm.workbook.google import reading
from sheetcrm.workbook.google.asking import MISSHAPEN, values_of
from sheetcrm.workbook.google.connection.client import Client
from sheetcrm.workbook.google.connection.refusals import stop_on_the_way
from sheetcrm.workbook.google.connection.trouble import Trouble, What
from sheetcrm.workbook.google.standing import Standing

_TRIES = 3
"""So often a book is read whose tabs are called otherwise by the time that their values are asked for."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a book is seen: the connection, the spreadsheet's id, and what tells its tables."""

    client: Client
    id: str
    recognise: Recognise


@dataclass(frozen=True, slots=True)
class Seen:
    """A book, and what stands beside its cells."""

    source: Source
    book: Book
    standing: Standing

    @property
    def is_blank(self) -> bool:
        """Whether nobody has put anything into it yet."""
        tabs = zip(self.book.sheets, self.standing.tabs.values(), strict=True)
        return not self.standing.others and not any(
            any(map(any, sheet.rows)) or sheet.formulas or tab.message.keys() - {"properties"} for sheet, tab in tabs
        )


def see(source: Source) -> Seen:
    """Read a book: its tabs with what its cells are, then all values.

    Raises:
        CannotReadError: If there is no such book, no access to it, or Google does not answer.
    """
    found, sheets = _read(source)
    address = f"gsheet:{source.id}"
    made = book(found.title, str(found.marker), sheets, source.recognise, coloured=True, address=address)
    return Seen(source, made, found)


def _read(source: Source, tries: int = _TRIES) -> tuple[Standing, list[Sheet]]:
    try:
        answer = source.client.fetch_sheet_metadata(source.id, {"fields": reading.FIELDS})
        found, marks = reading.standing(dict(answer))
        return found, reading.sheets(found, marks, values_of(source.client, source.id, reading.ranges(found)))
    except MISSHAPEN:
        raise stop_on_the_way(Trouble(What.PAGE)) from None
    except CannotReadError:
        if tries == 1:
            raise
        # Most likely somebody renamed a tab, or deleted one, between the two calls.
        return _read(source, tries - 1)
