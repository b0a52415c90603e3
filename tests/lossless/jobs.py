"""The same small work on every made book, and what it may change there: a few cells set, a row added, a row cleared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sheetcrm.table import Value
from sheetcrm.workbook.xlsx import Patch
from tests.lossless.allowed import Allowed, Cells
from tests.lossless.plain import CLIENTS, LAST

TEXT = 'новое & <old> "quoted"  '
SET: Mapping[str, Value | float] = {"E3": TEXT, "C4": 1234.5, "B5": None, "D2": date(2026, 11, 21), "A6": "=1+1"}
ADDED: Mapping[str, Value] = {"A": "Iris", "B": "Perm", "C": 7, "D": date(2026, 11, 22), "E": "new"}

Grid = dict[str, object]


class Job(NamedTuple):
    """What is done to a book's tab Data, what it may change, and what its cells hold afterwards."""

    name: str
    do: Callable[[Patch], object]
    allowed: Callable[[str], Allowed]
    values: Grid


def _set(book: Patch) -> None:
    for cell, value in SET.items():
        book.set("Data", cell, value)


def _append(book: Patch) -> None:
    assert book.append("Data", ADDED) == LAST + 1


def _clear(book: Patch) -> None:
    book.clear("Data", 4)


def _shorten(book: Patch) -> None:
    book.clear("Data", LAST)


def before() -> Grid:
    """What the tab Data holds in every book: values by address."""
    rows = (zip("ABCDE", client, strict=True) for client in CLIENTS)
    return {f"{letter}{row}": value for row, client in enumerate(rows, 2) for letter, value in client}


def _row(row: int, letters: str = "ABCDE") -> set[str]:
    return {f"{letter}{row}" for letter in letters}


_SPILLED: Cells = {"Board": {"M1", "Q1"}}
_CALCULATED: Cells = {"Formulas": {"A3", "A5"}}
_DEPENDING: Mapping[str, Cells] = {
    "names": {"Sums": {"B6"}},
    "spilling": _SPILLED,
    "table with totals": {"Data": {"C7"}},
    "formulas of all kinds": _CALCULATED,
    "everything": {**_SPILLED, **_CALCULATED},
    "strict with everything": {**_SPILLED, **_CALCULATED},
}
"""What depends on C4, B5, D2, E3 or A6 beside what does in every book."""


def _also(name: str, stale: Cells) -> Cells:
    more = _DEPENDING.get(name, {})
    return {tab: {*stale.get(tab, ()), *more.get(tab, ())} for tab in {*stale, *more}}


def _appended(name: str) -> Allowed:
    """One row more; a row of totals moves down before it."""
    totals = "totals" in name
    return Allowed(
        cells={"Data": _row(LAST + 1, "ABCDEF") | (_row(LAST + 2, "ABCDEF") if totals else set())},
        moved={"Data": _row(LAST + 1, "ABCDEF") if totals else set()},
        stale=_also(name, {"Sums": {"B1"}}),
        grown=[(LAST, LAST + 1), *([(LAST + 1, LAST + 2)] if totals else [])],
        formulas=totals,
    )


JOBS: tuple[Job, ...] = (
    Job(
        "set",
        _set,
        lambda name: Allowed(
            cells={"Data": set(SET)},
            dated={"Data": {"A6"}},
            stale=_also(name, {"Data": {"F4"}, "Sums": {"B1"}}),
        ),
        before() | dict(SET),
    ),
    Job(
        "append",
        _append,
        _appended,
        before() | {f"{column}{LAST + 1}": value for column, value in ADDED.items()},
    ),
    Job(
        "clear",
        _clear,
        lambda name: Allowed(cells={"Data": _row(4)}, stale=_also(name, {"Data": {"F4"}, "Sums": {"B1"}})),
        before() | dict.fromkeys(_row(4)),
    ),
    Job(
        "shorten",
        _shorten,
        lambda name: Allowed(
            cells={"Data": _row(LAST, "ABCDEF")},
            stale=_also(name, {"Data": {"F6"}, "Sums": {"B1"}}),
            grown=[(LAST - 1, LAST)],
            formulas=True,
        ),
        before() | dict.fromkeys(_row(LAST)),
    ),
)


def done(job: Job, source: Path, target: Path) -> None:
    """Do the work on a book and save it as another."""
    with Patch(source) as book:
        job.do(book)
        book.save(target)
