"""The adapter that keeps a book in memory: for tests, and as the plainest statement of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sheetcrm.errors import BusyError, CannotReadError
from sheetcrm.tab import Tab, View
from sheetcrm.table import MARK, Book, Change, Recognise, Sheet, book
from sheetcrm.text import msg
from sheetcrm.workbook.cells import check_title
from sheetcrm.workbook.edited import drawn, edited
from sheetcrm.workbook.grid import position
from sheetcrm.workbook.place import check_fresh, place
from sheetcrm.workbook.port import Written


class MemoryWorkbook:
    """A workbook as a list of sheets; its revision counts the writes."""

    def __init__(self, recognise: Recognise, sheets: Sequence[Sheet] | None = None, name: str = "memory") -> None:
        """Hold the sheets; None stands for a book that does not exist yet."""
        self._recognise = recognise
        self._sheets = None if sheets is None else list(sheets)
        self._name = name
        self._writes = 0
        self._groups: dict[str, str] = {}

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return self._name

    @property
    def exists(self) -> bool:
        """Whether there is a book already."""
        return self._sheets is not None

    @property
    def language(self) -> None:
        """See `sheetcrm.workbook.port.Workbook.language`: nothing says."""
        return

    @property
    def views(self) -> Sequence[str] | None:
        """See `sheetcrm.workbook.port.Workbook.views`: there is no such thing as a view of a list of sheets."""
        return None

    def read(self, fills: bool = False) -> Book:
        """See `sheetcrm.workbook.port.Workbook.read`."""
        if self._sheets is None:
            raise CannotReadError(msg("There is no file {book}.", book=self._name))
        sheets = self._sheets if fills else [replace(sheet, fills={}) for sheet in self._sheets]
        return book(self._name, self._revision, sheets, self._recognise, coloured=fills)

    def write(
        self, changes: Sequence[Change], tabs: Sequence[Tab], expected: str, views: Sequence[View] = ()
    ) -> Written:
        """See `sheetcrm.workbook.port.Workbook.write`."""
        if expected != self._revision:
            raise BusyError(msg("{book} was changed after it was read.", book=self._name), msg("Run it again."))
        for tab in tabs:
            check_title(tab.title)
        if self._sheets is None:
            check_fresh(self._name, changes, tabs)
        sheets = [] if self._sheets is None else self._changed(self.read(fills=True), changes)
        for tab in tabs:
            self._put(sheets, tab)
        self._sheets = sheets
        self._writes += 1
        return Written(self._revision, sum(len(sheet.uncached) for sheet in sheets))

    @property
    def _revision(self) -> str:
        return "" if self._sheets is None else f"r{self._writes}"

    def _changed(self, before: Book, changes: Sequence[Change]) -> list[Sheet]:
        edits = {edit.sheet.title: edit for edit in place(before, changes)}
        return [edited(sheet, edits[sheet.title]) if sheet.title in edits else sheet for sheet in before.sheets]

    def _put(self, sheets: list[Sheet], tab: Tab) -> None:
        rows = drawn(tab)
        titles = [sheet.title for sheet in sheets]
        if tab.title in titles:
            at = titles.index(tab.title)
            sheets[at] = Sheet(tab.title, rows, hidden=sheets[at].hidden)
        else:
            groups = [self._groups.get(title, "report" if title.startswith(MARK) else None) for title in titles]
            hidden = tab.hidden or tab.group == "system"
            sheets.insert(position(groups, tab.group), Sheet(tab.title, rows, hidden=hidden))
        self._groups[tab.title] = tab.group
