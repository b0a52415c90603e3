"""`report` and `pivot`: what the base tells, as tabs of the book or of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sheetcrm.app.opening import Opened, open_base, save
from sheetcrm.reports.question import question
from sheetcrm.reports.registry import report_called, reports
from sheetcrm.reports.report import Entry, Report
from sheetcrm.reports.show import tab_title, to_json, to_tab
from sheetcrm.schema.base import Base
from sheetcrm.schema.tables import recognise
from sheetcrm.tab import Shown, Tab
from sheetcrm.text import Lang
from sheetcrm.workbook import open_workbook

if TYPE_CHECKING:
    from sheetcrm.reports.pivot import Ask


@dataclass(frozen=True, slots=True)
class Told:
    """Reports that were computed and written.

    Attributes:
        reports: What they tell.
        tabs: The titles of their tabs.
        book: The name of the book they were written into.
        lang: The language they are in.
        base: Where their records stand.
    """

    reports: tuple[Report, ...]
    tabs: tuple[str, ...]
    book: str
    lang: Lang
    base: Base

    def shape(self) -> dict[str, object]:
        """The documented JSON."""
        return {"reports": [to_json(report, self.base, self.lang) for report in self.reports]}


@dataclass(frozen=True, slots=True)
class Writing:
    """How and where reports are written.

    Attributes:
        as_of: The day they speak of; None for today, with all rows.
        where: A filter, "" for none.
        out: Another book to write them into, "" for the book itself.
        now: The moment of the run.
        dry_run: Whether nothing is written.
    """

    as_of: date | None
    where: str
    out: str
    now: datetime
    dry_run: bool

    def open(self, address: str) -> Opened:
        """The base as of the day asked about."""
        return open_base(address, self.as_of or self.now.date(), until=self.as_of)


def report(address: str, names: Sequence[str], writing: Writing) -> Told:
    """Compute reports and write each as a tab.

    Args:
        address: The book.
        names: Codes or words of reports; none for all of them.
        writing: As of when, for whom, where to.
    """
    entries = [report_called(name) for name in dict.fromkeys(names)] if names else list(reports())
    opened = writing.open(address)
    return _write(opened, compute(opened, entries, writing.where), writing, "report")


def compute(opened: Opened, entries: Sequence[Entry], where: str = "") -> list[Report]:
    """What the reports tell; one that cannot be computed says why instead."""
    asked = question(opened.facts, where)
    return [entry.compute(asked) for entry in entries]


def pivot_book(address: str, ask: Ask, writing: Writing) -> Told:
    """Compute a pivot and write it as a tab."""
    from sheetcrm.reports.pivot import pivot  # brings pandas, which nothing else needs

    opened = writing.open(address)
    return _write(opened, [pivot(opened.facts, ask, writing.where)], writing, "pivot")


def _write(opened: Opened, found: Sequence[Report], writing: Writing, command: str) -> Told:
    lang = opened.base.lang
    tabs = [to_tab(report, opened.base, lang) for report in found]
    book = opened.workbook.name
    if writing.out:
        book = _write_elsewhere(writing, tabs)
    elif not writing.dry_run:
        save(opened, (), tabs, writing.now, command, " ".join(report.code for report in found))
    titles = tuple(tab_title(report, lang) for report in found)
    return Told(tuple(found), titles, book, lang, opened.base)


def _write_elsewhere(writing: Writing, tabs: Sequence[Tab]) -> str:
    """Write into another book: its cells can't lead to records that stand elsewhere."""
    workbook = open_workbook(Path(writing.out), recognise)
    if not writing.dry_run:
        expected = workbook.read().revision if workbook.exists else ""
        workbook.write((), [_unlinked(tab) for tab in tabs], expected)
    return workbook.name


def _unlinked(tab: Tab) -> Tab:
    rows = tuple(
        replace(row, values=tuple(replace(v, link=None) if isinstance(v, Shown) else v for v in row.values))
        for row in tab.rows
    )
    return replace(tab, rows=rows)
