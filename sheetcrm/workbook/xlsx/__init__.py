"""The adapter for .xlsx and .xlsm files: python-calamine reads them, a write changes only what it says it changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetcrm.errors import UsageError
from sheetcrm.tab import Tab, View
from sheetcrm.table import Book, Change, Recognise, book
from sheetcrm.text import msg
from sheetcrm.workbook.cells import check_title
from sheetcrm.workbook.port import BACKUPS, Written
from sheetcrm.workbook.xlsx.kinds import bytes_of
from sheetcrm.workbook.xlsx.locks import check_unlocked
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.read import read_sheets
from sheetcrm.workbook.xlsx.save import appeared, changed, revision, save
from sheetcrm.workbook.xlsx.target import stands

if TYPE_CHECKING:
    from sheetcrm.workbook.xlsx.libreoffice import Calculate
    from sheetcrm.workbook.xlsx.patch import Patch

__all__ = ["Patch", "XlsxWorkbook"]


def __getattr__(name: str) -> Any:
    # The editor is imported when it is asked for: whoever only reads must not wait for it.
    if name == "Patch":
        from sheetcrm.workbook.xlsx.patch import Patch

        return Patch
    raise AttributeError(name)


class XlsxWorkbook:
    """A workbook in a file."""

    def __init__(self, path: Path, recognise: Recognise, backups: int = BACKUPS, *, recalculate: bool = False) -> None:
        """Remember where the file is and how it is written; nothing is read yet.

        Args:
            path: Where it is.
            recognise: Tells which table a sheet is.
            backups: How many backups of it are kept.
            recalculate: Whether LibreOffice calculates the formulas that have no value after a write.

        Raises:
            UsageError: If LibreOffice is asked for and missing.
        """
        self._path = path
        self._recognise = recognise
        self._backups = backups
        self._calculate = _calculator() if recalculate else None
        self._read_last: Book | None = None

    @property
    def name(self) -> str:
        """The file's name."""
        return self._path.name

    @property
    def exists(self) -> bool:
        """Whether anything stands at the path already; see `sheetcrm.workbook.xlsx.target.stands`."""
        return stands(self._path)

    @property
    def language(self) -> None:
        """See `sheetcrm.workbook.port.Workbook.language`: nothing says."""
        return

    @property
    def views(self) -> None:
        """See `sheetcrm.workbook.port.Workbook.views`: an .xlsx has no filters that each reader has alone."""
        return None

    def read(self, fills: bool = False) -> Book:
        """See `sheetcrm.workbook.port.Workbook.read`; the revision is a hash of the file's bytes."""
        self._read_last = self._read(bytes_of(self._path), fills)
        return self._read_last

    def write(
        self, changes: Sequence[Change], tabs: Sequence[Tab], expected: str, views: Sequence[View] = ()
    ) -> Written:
        """See `sheetcrm.workbook.port.Workbook.write`."""
        for tab in tabs:
            check_title(tab.title)
        check_unlocked(self._path)
        last = list({tab.title: tab for tab in tabs}.values())
        data, waiting = self._rewritten(changes, last, expected) if expected else (self._fresh(changes, last), 0)
        if waiting and self._calculate is not None:
            data, waiting = self._recalculated(data, self._calculate)
        save(self._path, data, expected, self._backups)
        self._read_last = None
        return Written(revision(data), waiting)

    def _read(self, data: bytes, fills: bool) -> Book:
        sheets = read_sheets(open_package(self.name, data), fills)
        return book(self.name, revision(data), sheets, self._recognise, coloured=fills)

    def _fresh(self, changes: Sequence[Change], tabs: Sequence[Tab]) -> bytes:
        # Imported when something is written: whoever only reads must not wait for the writers.
        from sheetcrm.workbook.place import check_fresh
        from sheetcrm.workbook.xlsx.verify import verify_tabs
        from sheetcrm.workbook.xlsx.write import fresh

        if self.exists:
            raise appeared(self.name)
        if self._path.suffix.lower() != ".xlsx":
            raise UsageError(
                msg("{book} cannot be made: the name of a new book ends in .xlsx.", book=self.name),
                msg("Name it {book}.", book=f"{self._path.stem}.xlsx"),
            )
        check_fresh(self.name, changes, tabs)
        finished = fresh(self.name, tabs)
        verify_tabs(self.name, tabs, read_sheets(open_package(self.name, finished)))
        return finished

    def _rewritten(self, changes: Sequence[Change], tabs: Sequence[Tab], expected: str) -> tuple[bytes, int]:
        from sheetcrm.workbook.xlsx.write import rewritten

        data = bytes_of(self._path)
        if revision(data) != expected:
            raise changed(self.name)
        known = self._read_last
        before = known if known is not None and known.revision == expected else self._read(data, fills=False)
        return rewritten(before, open_package(self.name, data), changes, tabs)

    def _recalculated(self, data: bytes, calculate: Calculate) -> tuple[bytes, int]:
        from sheetcrm.workbook.xlsx.recalculate import recalculated

        return recalculated(open_package(self.name, data), calculate)


def _calculator() -> Calculate:
    from sheetcrm.workbook.xlsx.libreoffice import calculator

    return calculator()
