"""The adapter for .xlsx and .xlsm files: read by python-calamine, written by openpyxl."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sheetcrm.errors import UsageError
from sheetcrm.tab import Tab
from sheetcrm.table import Book, Change, Recognise, book
from sheetcrm.text import msg
from sheetcrm.workbook.cells import check_title
from sheetcrm.workbook.xlsx.kinds import bytes_of
from sheetcrm.workbook.xlsx.locks import check_unlocked
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.read import read_sheets
from sheetcrm.workbook.xlsx.save import appeared, changed, revision, save


class XlsxWorkbook:
    """A workbook in a file."""

    def __init__(self, path: Path, recognise: Recognise) -> None:
        """Remember where the file is; nothing is read yet."""
        self._path = path
        self._recognise = recognise

    @property
    def name(self) -> str:
        """The file's name."""
        return self._path.name

    @property
    def exists(self) -> bool:
        """Whether anything stands at the path already."""
        return self._path.exists()

    def read(self, fills: bool = False) -> Book:
        """See `sheetcrm.workbook.port.Workbook.read`; the revision is a hash of the file's bytes."""
        return self._read(bytes_of(self._path), fills)

    def write(self, changes: Sequence[Change], tabs: Sequence[Tab], expected: str) -> str:
        """See `sheetcrm.workbook.port.Workbook.write`."""
        for tab in tabs:
            check_title(tab.title)
        check_unlocked(self._path)
        data = self._rewritten(changes, tabs, expected) if expected else self._fresh(changes, tabs)
        save(self._path, data, expected)
        return revision(data)

    def _read(self, data: bytes, fills: bool) -> Book:
        sheets = read_sheets(open_package(self.name, data), fills)
        return book(self.name, revision(data), sheets, self._recognise)

    def _fresh(self, changes: Sequence[Change], tabs: Sequence[Tab]) -> bytes:
        # Imported when something is written: loading openpyxl takes longer than reading a small book.
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
        finished = fresh(tabs)
        verify_tabs(self.name, tabs, read_sheets(open_package(self.name, finished), fills=False))
        return finished

    def _rewritten(self, changes: Sequence[Change], tabs: Sequence[Tab], expected: str) -> bytes:
        from sheetcrm.workbook.place import place
        from sheetcrm.workbook.xlsx.losses import check_losses
        from sheetcrm.workbook.xlsx.verify import verify
        from sheetcrm.workbook.xlsx.write import rewritten

        data = bytes_of(self._path)
        if revision(data) != expected:
            raise changed(self.name)
        package = open_package(self.name, data)
        check_losses(package)
        before = self._read(data, fills=False)
        edits = {edit.sheet.title: edit for edit in place(before, changes)}
        finished = rewritten(before, package, edits, tabs)
        verify(before, package, edits, tabs, open_package(self.name, finished))
        return finished
