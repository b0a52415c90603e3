"""Where the client base is kept: the port, its adapters, and how an address becomes one of them."""

from __future__ import annotations

from pathlib import Path

from sheetcrm.errors import UsageError
from sheetcrm.table import Recognise
from sheetcrm.text import msg
from sheetcrm.workbook.port import Workbook

__all__ = ["Workbook", "open_workbook"]


def open_workbook(address: str | Path, recognise: Recognise) -> Workbook:
    """The workbook at an address; nothing is read yet.

    Args:
        address: A path to an .xlsx or .xlsm.
        recognise: Tells which table a sheet is.

    Raises:
        UsageError: If the address is of a kind that this version does not know.
    """
    text = str(address)
    if text.startswith("gsheet:") or "docs.google.com/" in text:
        raise UsageError(
            msg("Google Sheets come with a later version of sheetcrm."),
            msg("In Google Sheets choose File, Download, Microsoft Excel (.xlsx), and name that file."),
        )
    # Imported when a book is opened: `sheetcrm --help` must not load the readers.
    from sheetcrm.workbook.xlsx import XlsxWorkbook

    return XlsxWorkbook(Path(address), recognise)
