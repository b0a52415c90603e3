"""One call of a method, as its handler sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date

from tests.google.emulator.book import Book, zone
from tests.google.emulator.cells.view import View
from tests.google.emulator.errors import Json
from tests.google.emulator.fields import Mask
from tests.google.emulator.store import Store


@dataclass(frozen=True)
class Call:
    """What was asked, of which state, by whom.

    `path` holds the parameters in the path, `query` those after the `?`, `body` the parsed message; all typed and
    checked. `mask` is what `fields` asks for (empty: everything); the answer is cut to it afterwards.
    """

    store: Store
    caller: str
    path: dict[str, str]
    query: Json
    body: Json
    mask: Mask = field(default_factory=dict)
    content: bytes = b""

    @property
    def today(self) -> date:
        """The date where the spreadsheet is."""
        book = self.store.books.get(self.path.get("spreadsheetId") or self.path.get("fileId", ""))
        return self.store.clock.now().astimezone(zone(book.time_zone) if book else UTC).date()

    def view(self) -> View:
        """The book that the path names, to be read."""
        book = self.store.readable(self.path["spreadsheetId"], self.caller)
        return View(book, self.today)

    @contextmanager
    def edit(self) -> Iterator[Book]:
        """A copy of the book that takes its place when nothing fails."""
        with self.store.editing(self.path["spreadsheetId"], self.caller) as book:
            yield book
