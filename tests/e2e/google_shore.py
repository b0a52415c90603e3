"""A client base at the local Google, sheetcrm pointed at it, and everything a test wants to know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, Self

from sheetcrm.schema.tables import recognise
from sheetcrm.table import Cell, is_blank
from sheetcrm.workbook import Address, open_workbook
from sheetcrm.workbook.google.connection.pace import Clock
from tests.e2e.program import Program, Ran
from tests.google.local import Book, Json, Served

NOW = datetime(2026, 11, 20, 9, 30)
OWN_LINES = frozenset({"Runs"})
"""Where every run leaves a line of its own."""

_START, _FILTERS = frozenset({"Start", "Начало"}), frozenset({"Ready-made filters", "Готовые фильтры"})

Cells = Mapping[str, Sequence[Sequence[Cell]]]


class Friday(datetime):
    """A clock that stands, so that two runs write the same."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(*NOW.timetuple()[:6])


@dataclass
class Patience:
    """A clock that goes on only when somebody waits, so that no test does.

    Attributes:
        waits: How long each wait was, seconds.
    """

    waits: list[float] = field(default_factory=list)

    @property
    def spent(self) -> float:
        return sum(self.waits)

    def clock(self) -> Clock:
        return Clock(lambda: self.spent, self.waits.append, lambda: 0.5)


@dataclass
class Shore:
    """A Google Sheet, and sheetcrm run on it."""

    served: Served
    book: Book
    program: Program
    patience: Patience

    @property
    def address(self) -> str:
        return f"gsheet:{self.book.id}"

    def __call__(self, command: str, *words: str) -> Ran:
        """Run a command on the sheet; the log then holds its calls alone."""
        self.served.control("DELETE", "log")
        return self.program(command, self.address, *words)

    # ── trouble ──

    def fault(self, kind: str, **settings: Any) -> None:
        self.served.control("POST", "faults", kind=kind, **settings)

    def calm(self) -> None:
        """Call off what is still to come, and let what hangs come to its end."""
        self.served.control("DELETE", "faults")
        looks = (self.calls() for _ in range(1000))
        assert any(all(call["status"] or call["fault"].startswith("drop") for call in calls) for calls in looks)

    def person(self, *requests: Json, when: str = "before", call: int = 1, path: str = ":batchUpdate") -> None:
        """Let a person edit the sheet right before or after the n-th call of a kind."""
        self.served.control(
            "POST", "edits", spreadsheetId=self.book.id, requests=list(requests), when=when, call=call, path=path
        )

    # ── the log ──

    def calls(self) -> list[Json]:
        return list(self.served.control("GET", "log")["calls"])

    def counts(self) -> tuple[int, int]:
        """How many reads and writes the last command came to."""
        counts = self.served.counts()
        return counts["reads"], counts["writes"]

    def kinds(self) -> Counter[str]:
        """The requests of its batches."""
        return Counter(kind for call in self.calls() for kind in call["requests"])

    # ── what stands ──

    def gids(self) -> dict[str, int]:
        """The tabs' ids by title."""
        tabs = self.book.get(fields="sheets.properties(sheetId,title)")["sheets"]
        return {tab["properties"]["title"]: int(tab["properties"].get("sheetId", 0)) for tab in tabs}

    def gid(self, title: str) -> int:
        return self.gids()[title]

    def stands(self) -> Cells:
        return standing(self.address)

    def table(self, title: str, key: str) -> dict[str, dict[str, Cell]]:
        """The records of a tab by one of their columns, each as its cells by header; blanks left out."""
        header, *rows = self.stands()[title]
        records: Iterable[dict[str, Cell]] = (
            {str(name): cell for name, cell in zip(header, row, strict=False) if cell} for row in rows
        )
        found = [record for record in records if record]
        by_key = {str(record.get(key)): record for record in found}
        assert len(by_key) == len(found), f"{title}: {Counter(str(record.get(key)) for record in found)}"
        return by_key


def standing(address: str) -> Cells:
    """What stands in a book, tab by tab; blank cells as None, and none at the ends."""
    book = open_workbook(Address(address), recognise).read()
    return {sheet.title: trimmed(sheet.rows) for sheet in book.sheets}


def trimmed(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows without the blanks at their ends."""
    cut = [_cut(row) for row in rows]
    while cut and not cut[-1]:
        cut.pop()
    return cut


def _cut(row: Sequence[Cell]) -> list[Cell]:
    filled = max((at for at, cell in enumerate(row, 1) if not is_blank(cell)), default=0)
    return [None if is_blank(cell) else cell for cell in row[:filled]]


def lasting(cells: Cells) -> Cells:
    """What is the same on both shores, and after a run that changes nothing more.

    Runs has a line for every run, and Start leads to the filters that only Google keeps.
    """
    kept = {title: rows for title, rows in cells.items() if title not in OWN_LINES}
    return {title: trimmed(_without_filters(rows)) if title in _START else rows for title, rows in kept.items()}


def _without_filters(rows: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
    return rows[: next((at for at, row in enumerate(rows) if row and row[0] in _FILTERS), None)]
