"""Opening a book as a client base, and saving what a command changed, in one read and one write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sheetcrm.schema.base import Base, load
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.ids import Issued
from sheetcrm.schema.runs import record_run
from sheetcrm.schema.tables import recognise
from sheetcrm.tab import Tab
from sheetcrm.table import Change
from sheetcrm.workbook import Address, Workbook, open_workbook


@dataclass(frozen=True)
class Opened:
    """A book that was read as a client base.

    Attributes:
        workbook: Where it is kept.
        base: Its records.
        facts: What follows from them.
    """

    workbook: Workbook
    base: Base
    facts: Facts


def open_base(address: Address, today: date, *, until: date | None = None, fills: bool = False) -> Opened:
    """Read a book as a client base.

    Args:
        address: Where it is kept.
        today: The day the facts are asked about.
        until: Leave out rows dated after this day.
        fills: Whether to read background colours too.
    """
    workbook = open_workbook(address.text, recognise, address.backups)
    base = load(workbook.read(fills), until)
    return Opened(workbook, base, Facts(base, today))


def after(opened: Opened, changes: Sequence[Change]) -> Opened:
    """The client base as it will stand once the changes are written; nothing is written yet."""
    if not changes:
        return opened
    from sheetcrm.workbook.memory import MemoryWorkbook

    book = opened.base.book
    copy = MemoryWorkbook(recognise, book.sheets, book.name)
    copy.write(changes, (), copy.read().revision)
    base = load(copy.read(), opened.base.until)
    return Opened(opened.workbook, base, Facts(base, opened.facts.today))


def save(
    opened: Opened,
    changes: Sequence[Change],
    tabs: Sequence[Tab],
    now: datetime,
    command: str,
    counts: str,
    issued: Issued | None = None,
) -> None:
    """Write changes and tabs in one save, with the run's own line in Runs.

    Args:
        opened: The book as it was read; a book changed since is refused.
        changes: What changes in the tables.
        tabs: Generated tabs.
        now: The moment of the run.
        command: Which command ran.
        counts: What it did, in numbers.
        issued: The ids given so far, where the run gave any.
    """
    run_changes, run_tabs = record_run(opened.base, now, command, counts, issued)
    opened.workbook.write([*changes, *run_changes], [*tabs, *run_tabs], opened.base.book.revision)
