"""Which checks are made: of a file, of a Google Sheet, or, without a book, of the access to Google alone."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sheetcrm.app.doctor.check import Check, State, look, ok, stopped
from sheetcrm.errors import AccessError, SheetcrmError, UsageError
from sheetcrm.schema.base import load
from sheetcrm.schema.tables import recognise
from sheetcrm.table import Book
from sheetcrm.text import Lang, msg
from sheetcrm.workbook import Address, GoogleAccess, open_workbook

if TYPE_CHECKING:
    from sheetcrm.workbook.google.examining import Access

SETTINGS = ("book", "lang", "backups", "credentials")
"""What sheetcrm.toml may say."""


@dataclass(frozen=True, slots=True)
class Examined:
    """The outcome of all checks.

    Attributes:
        book: What the book is called; its address where it could not be read, "" where there is none.
        checks: The checks in the order in which one depends on another.
        lang: The book's language; None where it could not be read.
    """

    book: str
    checks: tuple[Check, ...]
    lang: Lang | None = None

    @property
    def state(self) -> State:
        """The worst of all."""
        states = {check.state for check in self.checks}
        return next(state for state in (State.WRONG, State.LOOK, State.OK) if state in states or state is State.OK)

    def shape(self, lang: Lang) -> dict[str, object]:
        """The documented JSON."""
        return {
            "book": self.book,
            "state": self.state.value,
            "checks": [check.shape(lang) for check in self.checks],
        }


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be examined.

    Attributes:
        address: The book.
        google: How Google is reached.
        settings: What sheetcrm.toml says.
        moment: Now, in this computer's time zone.
    """

    address: Address | UsageError
    google: GoogleAccess
    settings: Mapping[str, object]
    moment: datetime


def examine(asked: Question) -> Examined:
    """Make all checks that fit the book; nothing is written anywhere.

    Args:
        asked: What is to be examined; in place of a book the reason why there is none.

    Raises:
        UsageError: If an address is none.
    """
    first = [*_settings(asked.settings)]
    if isinstance(asked.address, UsageError):
        made, _ = _access(asked, is_needed=False)
        return Examined("", (*first, stopped("book", asked.address, State.LOOK), *made, _libreoffice()))
    if asked.address.is_file:
        return _file(Path(asked.address.text), first)
    return _sheet(asked, asked.address.text, first)


def _settings(settings: Mapping[str, object]) -> Iterator[Check]:
    unknown = [name for name in settings if name not in SETTINGS]
    if unknown:
        told = msg("sheetcrm.toml says something that nobody reads: {names}.", names=unknown)
        yield look("settings", told, msg("It may say: {names}.", names=list(SETTINGS)), names=unknown)
    elif settings:
        names = list(settings)
        yield ok("settings", msg("sheetcrm.toml is read; it says: {names}.", names=names), names=names)


def _libreoffice() -> Check:
    from sheetcrm.app.doctor.file import libreoffice

    return libreoffice()


def _file(path: Path, first: Sequence[Check]) -> Examined:
    # Imported where they are needed, here and below: a file needs nothing of Google's, and the other way round.
    from sheetcrm.app.doctor.file import file
    from sheetcrm.workbook.xlsx.inspect import inspect
    from sheetcrm.workbook.xlsx.kinds import bytes_of
    from sheetcrm.workbook.xlsx.package import open_package

    try:
        found = inspect(open_package(path.name, bytes_of(path)))
        book = open_workbook(path, recognise).read()
    except SheetcrmError as error:
        return Examined(str(path), (*first, stopped("reading", error), _libreoffice()))
    return _of(book, (*first, *file(path, book, found), _libreoffice()))


def _access(asked: Question, is_needed: bool) -> tuple[list[Check], Access | None]:
    """The checks of our access, and the access where there is one to use."""
    from sheetcrm.app.doctor import access as checks
    from sheetcrm.workbook.google.connection.credentials import NoCredentialsError
    from sheetcrm.workbook.google.connection.endpoint import find_endpoint
    from sheetcrm.workbook.google.examining import access

    endpoint = find_endpoint(asked.google.endpoint, os.environ)
    where = list(checks.endpoint(endpoint))
    try:
        found = access(asked.google.credentials, endpoint)
    except NoCredentialsError as error:
        return [*where, stopped("credentials", error, State.WRONG if is_needed else State.LOOK)], None
    except AccessError as error:
        return [*where, stopped("credentials", error)], None
    return [*where, *checks.access(found, asked.moment)], None if found.trouble else found


def _sheet(asked: Question, address: str, first: Sequence[Check]) -> Examined:
    from sheetcrm.app.doctor.sheet import sheet
    from sheetcrm.workbook.google.address import spreadsheet_id
    from sheetcrm.workbook.google.examining import visit

    id = spreadsheet_id(address)
    made, found = _access(asked, is_needed=True)
    if found is None:
        return Examined(address, (*first, *made))
    try:
        visited = visit(found, id, recognise, asked.google.tell)
    except SheetcrmError as error:
        return Examined(address, (*first, *made, stopped("reading", error)))
    return _of(visited.seen.book, (*first, *made, *sheet(visited, asked.moment)))


def _of(book: Book, checks: tuple[Check, ...]) -> Examined:
    return Examined(book.name, checks, load(book).lang)
