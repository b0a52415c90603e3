"""Opening a book as a client base, and saving what a command changed, in one read and one write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from shlex import quote

from sheetcrm.errors import GuardError
from sheetcrm.schema.base import Base, load
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.foreign.ours import is_foreign
from sheetcrm.schema.ids import Issued
from sheetcrm.schema.runs import record_run
from sheetcrm.schema.tables import recognise
from sheetcrm.tab import Tab, View
from sheetcrm.table import Book, Change
from sheetcrm.text import Message, msg, nmsg
from sheetcrm.workbook import Address, Workbook, Written, open_workbook


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


def workbook_at(address: Address) -> Workbook:
    """The workbook at an address, kept as the address says; nothing is read yet."""
    return open_workbook(address, recognise)


def open_base(address: Address, today: date, *, until: date | None = None, fills: bool = False) -> Opened:
    """Read a book as a client base.

    Args:
        address: Where it is kept.
        today: The day the facts are asked about.
        until: Leave out rows dated after this day.
        fills: Whether to read background colours too.
    """
    return read_base(workbook_at(address), today, until=until, fills=fills)


def open_ours(address: Address, today: date, *, until: date | None = None) -> Opened:
    """Read a client base that is to be written into; see `open_base`.

    Raises:
        GuardError: If it is a list that sheetcrm did not make: a tab of ours would keep `validate` from answering it.
    """
    opened = open_base(address, today, until=until)
    book = opened.base.book
    if is_foreign(book):
        name = quote(book.address or address.text)
        raise GuardError(
            msg("{book} is a list that sheetcrm did not make, so nothing is written into it.", book=book.name),
            msg("`sheetcrm validate {book}` answers it; `sheetcrm init {book}` makes a client base of it.", book=name),
        )
    return opened


def read_base(workbook: Workbook, today: date, *, until: date | None = None, fills: bool = False) -> Opened:
    """Read a workbook as a client base; see `open_base`."""
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
    views: Sequence[View] = (),
) -> tuple[Message, ...]:
    """Write changes and tabs in one save, with the run's own line in Runs.

    Args:
        opened: The book as it was read; a book changed since is refused.
        changes: What changes in the tables.
        tabs: Generated tabs.
        now: The moment of the run.
        command: Which command ran.
        counts: What it did, in numbers.
        issued: The ids given so far, where the run gave any.
        views: The views that are kept in the book; none leaves them as they stand.

    Returns:
        What people should know of the book as it is now.
    """
    run_changes, run_tabs = record_run(opened.base, now, command, counts, issued)
    return put(opened, [*changes, *run_changes], [*tabs, *run_tabs], views)


def put(
    opened: Opened, changes: Sequence[Change], tabs: Sequence[Tab], views: Sequence[View] = ()
) -> tuple[Message, ...]:
    """Write changes, tabs and views in one save that leaves no line in Runs; see `save`."""
    book = opened.base.book
    written = opened.workbook.write(changes, tabs, book.revision, views)
    return written_notes(book, changes, tabs, written)


def written_notes(
    before: Book | None, changes: Sequence[Change], tabs: Sequence[Tab], written: Written
) -> tuple[Message, ...]:
    """What people should know after a write: what was not written, protected tabs, formulas that wait for their value.

    Args:
        before: The book as it was, None where there was none.
        changes: What changed in its tables.
        tabs: The tabs that were written whole.
        written: The book as it is.
    """
    waiting = [_waiting(written.uncalculated)] if written.uncalculated else []
    return (*written.notes, *(_protected(before, changes, tabs) if before else []), *waiting)


def _protected(before: Book, changes: Sequence[Change], tabs: Sequence[Tab]) -> list[Message]:
    redrawn = {tab.title for tab in tabs}
    touched = {_title(before, change) for change in changes} - redrawn
    protected = [sheet.title for sheet in before.sheets if sheet.protected]
    return [
        *(_still_protected(title) for title in protected if title in touched),
        *(_not_protected(title) for title in protected if title in redrawn),
    ]


def _title(book: Book, change: Change) -> str:
    """The title of the tab that a change is in."""
    return book.by_name[change.table].title if change.table in book.by_name else change.table


def _still_protected(tab: str) -> Message:
    return msg("The tab {tab} is protected; sheetcrm wrote into it all the same, and it stays protected.", tab=tab)


def _not_protected(tab: str) -> Message:
    return msg("The tab {tab} was protected; it was drawn anew, without the protection.", tab=tab)


def _waiting(n: int) -> Message:
    return nmsg(
        "{n} formula is calculated anew when the book is opened.",
        "{n} formulas are calculated anew when the book is opened.",
        n,
        n=n,
    )
