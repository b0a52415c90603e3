"""`report` and `pivot`: what the base tells, as tabs of the book or of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sheetcrm.app.opening import Opened, open_ours, save, workbook_at, written_notes
from sheetcrm.reports.question import question
from sheetcrm.reports.registry import report_called, reports
from sheetcrm.reports.report import Entry, Report
from sheetcrm.reports.show import to_json, to_tab
from sheetcrm.schema.base import Base
from sheetcrm.tab import Shown, Tab
from sheetcrm.text import Lang, Message
from sheetcrm.workbook import Address

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
        native: The tabs of a native pivot: the pivot's own, and that of its data; none where none was asked for.
        notes: What people should know of the book after the write.
    """

    reports: tuple[Report, ...]
    tabs: tuple[str, ...]
    book: str
    lang: Lang
    base: Base
    native: tuple[Tab, ...] = ()
    notes: tuple[Message, ...] = ()

    def shape(self) -> dict[str, object]:
        """The documented JSON."""
        shape: dict[str, object] = {"reports": [to_json(report, self.base, self.lang) for report in self.reports]}
        if self.native:
            pivot, data = self.native
            shape["native"] = {"tab": pivot.title, "data": data.title, "table": data.table}
        return shape


@dataclass(frozen=True, slots=True)
class Writing:
    """How and where reports are written.

    Attributes:
        as_of: The day they speak of; None for today, with all rows.
        where: A filter, "" for none.
        out: Another book to write them into, None for the book itself.
        now: The moment of the run.
        dry_run: Whether nothing is written.
    """

    as_of: date | None
    where: str
    out: Address | None
    now: datetime
    dry_run: bool

    def open(self, address: Address) -> Opened:
        """The base as of the day asked about."""
        return open_ours(address, self.as_of or self.now.date(), until=self.as_of)


def report(address: Address, names: Sequence[str], writing: Writing) -> Told:
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


def pivot_book(address: Address, ask: Ask, writing: Writing, *, native: bool = False) -> Told:
    """Compute a pivot and write it as a tab.

    Args:
        address: The book.
        ask: What is counted, and by what.
        writing: As of when, for whom, where to.
        native: Whether to write a pivot of the reader's own program beside it, and the table that it counts.
    """
    from sheetcrm.reports.native import check_native, native_tabs  # they bring pandas, which nothing else needs
    from sheetcrm.reports.pivot import counting, told

    opened = writing.open(address)
    question = counting(opened.facts, ask, writing.where)
    if native:
        check_native(question)
    found = told(question)
    more = native_tabs(question, found, opened.base.lang) if native else ()
    return _write(opened, [found], writing, "pivot", more)


def _write(
    opened: Opened, found: Sequence[Report], writing: Writing, command: str, native: tuple[Tab, ...] = ()
) -> Told:
    lang = opened.base.lang
    tabs = [*(to_tab(report, opened.base, lang) for report in found), *native]
    book = opened.workbook.name
    notes: tuple[Message, ...] = ()
    if writing.out:
        book, notes = _write_elsewhere(writing.out, tabs, dry_run=writing.dry_run)
    elif not writing.dry_run:
        notes = save(opened, (), tabs, writing.now, command, " ".join(report.code for report in found))
    return Told(tuple(found), tuple(tab.title for tab in tabs), book, lang, opened.base, native, notes)


def _write_elsewhere(out: Address, tabs: Sequence[Tab], *, dry_run: bool) -> tuple[str, tuple[Message, ...]]:
    """Write into another book: its cells can't lead to records that stand elsewhere."""
    workbook = workbook_at(out)
    if dry_run:
        return workbook.name, ()
    before = workbook.read() if workbook.exists else None
    written = workbook.write((), [_unlinked(tab) for tab in tabs], before.revision if before else "")
    return workbook.name, written_notes(before, (), tabs, written)


def _unlinked(tab: Tab) -> Tab:
    rows = tuple(
        replace(row, values=tuple(replace(v, link=None) if isinstance(v, Shown) else v for v in row.values))
        for row in tab.rows
    )
    return replace(tab, rows=rows)
