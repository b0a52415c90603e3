"""Where the client base is kept: the port, its adapters, and how an address becomes one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sheetcrm.errors import UsageError
from sheetcrm.table import Recognise
from sheetcrm.text import Message, msg
from sheetcrm.workbook.port import BACKUPS, Workbook, Written

__all__ = ["BACKUPS", "Address", "GoogleAccess", "Workbook", "Written", "is_google", "open_workbook"]


def is_google(text: str) -> bool:
    """Whether an address is a Google Sheet's, and no path."""
    text = text.strip().lower()
    return text.startswith("gsheet:") or "docs.google.com/" in text or "://" in text


def _tell_nobody(_: Message) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class GoogleAccess:
    """How Google is reached.

    Attributes:
        credentials: The file of a key or a token that was named, "" for the first that is found.
        endpoint: `HOST:PORT` of a server on this machine that stands in for Google, "" for Google itself.
        tell: Told in a line why it takes longer.
    """

    credentials: str = ""
    endpoint: str = ""
    tell: Callable[[Message], None] = field(default=_tell_nobody, compare=False)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a book is kept, and how.

    Attributes:
        text: A path, or where a Google Sheet is.
        backups: How many backups of a file are kept.
        recalculate: Whether LibreOffice calculates the formulas of a file that have no value after a write.
        google: How a Google Sheet is reached.
    """

    text: str
    backups: int = BACKUPS
    recalculate: bool = False
    google: GoogleAccess = field(default_factory=GoogleAccess)

    @property
    def is_file(self) -> bool:
        """Whether it is a path, and no Google Sheet."""
        return not is_google(self.text)


def open_workbook(address: Address | Path, recognise: Recognise) -> Workbook:
    """The workbook at an address; nothing is read yet.

    Args:
        address: Where it is; a path alone is a file kept as files are where nobody said otherwise.
        recognise: Tells which table a sheet is.

    Raises:
        UsageError: If that is no address, or LibreOffice is asked for and missing.
        AccessError: If there are no credentials for Google, or they are no good.
    """
    # Imported when a book is opened: `sheetcrm --help` must not load the readers.
    if isinstance(address, Path):
        address = Address(str(address))
    if address.is_file:
        from sheetcrm.workbook.xlsx import XlsxWorkbook

        return XlsxWorkbook(Path(address.text), recognise, address.backups, recalculate=address.recalculate)
    if address.recalculate:
        raise UsageError(msg("--recalculate is for files: Google calculates by itself."))
    from sheetcrm.workbook.google import open_sheet

    return open_sheet(address.text, address.google.credentials, address.google.endpoint, address.google.tell, recognise)
