"""Where the client base is kept: the port, its adapters, and how an address becomes one of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sheetcrm.errors import UsageError
from sheetcrm.table import Recognise
from sheetcrm.text import msg
from sheetcrm.workbook.port import BACKUPS, Workbook, Written

__all__ = ["BACKUPS", "Address", "Workbook", "Written", "open_workbook"]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a book is kept, and how.

    Attributes:
        text: A path, or where a Google Sheet is.
        backups: How many backups of a file are kept.
        recalculate: Whether LibreOffice calculates the formulas that have no value after a write.
    """

    text: str
    backups: int = BACKUPS
    recalculate: bool = False

    @property
    def is_file(self) -> bool:
        """Whether it is a path, and no Google Sheet."""
        return not self.text.startswith("gsheet:") and "docs.google.com/" not in self.text


def open_workbook(
    address: str | Path, recognise: Recognise, backups: int = BACKUPS, *, recalculate: bool = False
) -> Workbook:
    """The workbook at an address; nothing is read yet.

    Args:
        address: A path to an .xlsx or .xlsm.
        recognise: Tells which table a sheet is.
        backups: How many backups of a file are kept.
        recalculate: Whether LibreOffice calculates the formulas that have no value after a write.

    Raises:
        UsageError: If the address is of a kind that this version does not know, or LibreOffice is asked for and
            missing.
    """
    if not Address(str(address)).is_file:
        raise UsageError(
            msg("Google Sheets come with a later version of sheetcrm."),
            msg("In Google Sheets choose File, Download, Microsoft Excel (.xlsx), and name that file."),
        )
    # Imported when a book is opened: `sheetcrm --help` must not load the readers.
    from sheetcrm.workbook.xlsx import XlsxWorkbook

    return XlsxWorkbook(Path(address), recognise, backups, recalculate=recalculate)
