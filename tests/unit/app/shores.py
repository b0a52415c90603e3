"""A book in memory that the commands open instead of one at an address."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sheetcrm.schema.tables import recognise
from sheetcrm.tab import Tab, View
from sheetcrm.table import Change, Sheet
from sheetcrm.text import msg
from sheetcrm.workbook.memory import MemoryWorkbook
from sheetcrm.workbook.port import Written

SKIPPED = msg("{cell} was changed meanwhile", cell="Companies!B2")


class Remembering(MemoryWorkbook):
    """A book that remembers what was written, and has something to say of every write.

    Attributes:
        writes: The changes and the tabs of every write.
        kept: The views that stand in it; None where it keeps none.
    """

    def __init__(self, sheets: Sequence[Sheet] | None = None, *, keeps_views: bool = False) -> None:
        super().__init__(recognise, sheets)
        self.writes: list[tuple[list[Change], list[Tab]]] = []
        self.kept: list[View] | None = [] if keeps_views else None

    @property
    def views(self) -> Sequence[str] | None:
        return None if self.kept is None else [view.title for view in self.kept]

    def write(
        self, changes: Sequence[Change], tabs: Sequence[Tab], expected: str, views: Sequence[View] = ()
    ) -> Written:
        self.writes.append((list(changes), list(tabs)))
        if self.kept is not None and views:
            self.kept = list(views)
        return super().write(changes, tabs, expected)._replace(notes=(SKIPPED,))

    def copy(self) -> Remembering:
        """The same book for a test to change."""
        copy = Remembering(self.read().sheets)
        copy.kept = self.kept
        return copy

    def delete(self, title: str) -> None:
        """Somebody deletes a tab."""
        self._sheets = [sheet for sheet in self._sheets or () if sheet.title != title]

    def column(self, title: str, at: int = 0) -> list[object]:
        """What stands in a column of a tab."""
        return [row[at] for sheet in self.read().sheets if sheet.title == title for row in sheet.rows]


def opened_instead(monkeypatch: pytest.MonkeyPatch, workbook: MemoryWorkbook) -> None:
    """Let every address be that book's."""
    monkeypatch.setattr("sheetcrm.app.opening.open_workbook", lambda _address, _recognise: workbook)
