"""The adapter for Google Sheets: two calls read a book, one writes it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from sheetcrm.errors import BusyError, CannotReadError
from sheetcrm.tab import Tab, View
from sheetcrm.table import Book, Change, Recognise
from sheetcrm.text import Lang, Message, msg
from sheetcrm.workbook.cells import check_title
from sheetcrm.workbook.google.address import spreadsheet_id
from sheetcrm.workbook.google.connection.client import Client, connect
from sheetcrm.workbook.google.connection.endpoint import find_endpoint
from sheetcrm.workbook.google.edits import Piece
from sheetcrm.workbook.google.looking import whole
from sheetcrm.workbook.google.placing import drawn, emptied
from sheetcrm.workbook.google.seeing import Seen, Source, see
from sheetcrm.workbook.google.sending import Sender, changed
from sheetcrm.workbook.google.views import kept, viewed
from sheetcrm.workbook.google.writing import aim, carry_out
from sheetcrm.workbook.place import check_fresh
from sheetcrm.workbook.port import Written

__all__ = ["GoogleWorkbook", "open_sheet"]


def open_sheet(
    address: str, credentials: str, endpoint: str, tell: Callable[[Message], None], recognise: Recognise
) -> GoogleWorkbook:
    """The Google Sheet at an address; nothing is read yet.

    Args:
        address: Its URL, or `gsheet:ID`.
        credentials: The file of a key or a token that was named, "" for the first that is found.
        endpoint: `HOST:PORT` of a server on this machine that stands in for Google, "" for the environment's or Google.
        tell: Told in a line why it takes longer.
        recognise: Tells which table a tab is.

    Raises:
        UsageError: If that is no address of a Google Sheet, or of a server on this machine.
        AccessError: If there are no credentials, or they are no good.
    """
    spreadsheet_id(address)
    found = find_endpoint(endpoint, os.environ)
    client = connect(found, Path(credentials) if credentials else None, tell)
    return GoogleWorkbook(address, client, recognise)


class GoogleWorkbook:
    """A workbook in Google Sheets."""

    def __init__(self, address: str, client: Client, recognise: Recognise) -> None:
        """Remember where the sheet is; nothing is read yet.

        Args:
            address: Its URL, or `gsheet:ID`.
            client: The connection.
            recognise: Tells which table a tab is.

        Raises:
            UsageError: If that is no address of a Google Sheet.
        """
        self._address = self._name = address
        self._source = Source(client, spreadsheet_id(address), recognise)
        self._seen: Seen | None = None
        self._is_fresh = False

    @property
    def name(self) -> str:
        """The sheet's title; its address until it has been read."""
        return self._name

    @property
    def exists(self) -> bool:
        """Whether anything stands in the sheet: a blank one, which a person made and shared, is a book to be made."""
        self._is_fresh = True
        return not self._look().is_blank

    @property
    def language(self) -> Lang | None:
        """See `sheetcrm.workbook.port.Workbook.language`; English is what a sheet is set to where nobody cared."""
        return "ru" if (self._seen or self._look()).standing.locale.startswith("ru") else None

    @property
    def views(self) -> Sequence[str]:
        """See `sheetcrm.workbook.port.Workbook.views`: they are filter views."""
        return kept((self._seen or self._look()).standing)

    def read(self, fills: bool = False) -> Book:
        """See `sheetcrm.workbook.port.Workbook.read`; colours come along always.

        The revision counts our own batches. What a person changes does not change it, since no call of Google's could
        tell: that is noticed right before and right after a write instead.
        """
        # What was looked at to learn whether there is a book need not be read twice.
        seen = self._seen if self._seen and self._is_fresh else self._look()
        self._is_fresh = False
        if seen.is_blank:
            raise CannotReadError(
                msg("The Google Sheet {book} is blank.", book=seen.book.name),
                msg("Make a client base in it: `sheetcrm init {book}`.", book=seen.book.address),
            )
        return seen.book

    def write(
        self, changes: Sequence[Change], tabs: Sequence[Tab], expected: str, views: Sequence[View] = ()
    ) -> Written:
        """See `sheetcrm.workbook.port.Workbook.write`."""
        for tab in tabs:
            check_title(tab.title)
        last = list({tab.title: tab for tab in tabs}.values())
        seen = self._expected(expected) if expected else self._blank(changes, last)
        target = aim(self._sender(seen), seen, changes, last)
        pieces = drawn(last, target.seen.standing)
        if not expected:
            pieces.append(Piece(emptied(seen.standing, last)))
        pieces += viewed(views, target)
        if not expected:
            self._check_still_blank(seen)
        sender = self._sender(target.seen)
        lost = carry_out(sender, target, pieces)
        # Another write must look for itself what this one, and the people who were there, have left.
        self._seen, self._is_fresh = None, False
        return Written(str(sender.marker), notes=(*target.skipped, *lost))

    def _check_still_blank(self, seen: Seen) -> None:
        """Do nothing if nobody has typed into a blank sheet since: its tabs are taken away.

        Raises:
            BusyError: If somebody has.
        """
        try:
            told = self._sender(seen).look([whole(tab) for tab in seen.standing.tabs.values()])
        except CannotReadError:
            raise self._filled() from None  # its tabs are others now
        if any(told):
            raise self._filled()

    def _filled(self) -> BusyError:
        return BusyError(
            msg("{book} is not blank any more.", book=self.name),
            msg("Look at what is there, and run it again: it adds only what is missing."),
        )

    def _sender(self, seen: Seen) -> Sender:
        return Sender(self._source.client, seen.standing)

    def _look(self) -> Seen:
        self._seen = see(self._source)
        self._name = self._seen.book.name
        return self._seen

    def _expected(self, revision: str) -> Seen:
        """The book as it was read at that revision.

        Raises:
            BusyError: If it has been written into since.
        """
        seen = self._seen or self._look()
        if seen.book.revision != revision:
            raise changed(self.name)
        return seen

    def _blank(self, changes: Sequence[Change], tabs: Sequence[Tab]) -> Seen:
        """The blank sheet that a new book goes into.

        Raises:
            BusyError: If it is not blank.
            GuardError: If no new book can be made of these.
        """
        seen = self._seen if self._seen and self._is_fresh else self._look()
        if not seen.is_blank:
            raise self._filled()
        check_fresh(self.name, changes, tabs)
        return seen
