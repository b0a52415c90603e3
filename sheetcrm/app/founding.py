"""`init` and `enable`: making a book, and adding tabs to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sheetcrm.app.opening import Opened, open_base, save, workbook_at
from sheetcrm.errors import UsageError
from sheetcrm.fresh import tabs as fresh
from sheetcrm.tab import Tab
from sheetcrm.table import Change
from sheetcrm.text import Lang, Message, msg
from sheetcrm.workbook import Address

DEFAULT_TEMPLATE = "wholesale"


@dataclass(frozen=True, slots=True)
class Founded:
    """What `init` or `enable` did.

    Attributes:
        book: The book's name.
        created: Whether there was none before.
        tabs: Titles of the tabs that were added, hidden ones left out.
        columns: How many columns were added to tabs that stood already.
        records: How many records a new book holds.
        present: Titles of tabs that were asked for and stood already.
        lang: The book's language.
        notes: What people should know of the book after the write.
    """

    book: str
    created: bool
    tabs: tuple[str, ...]
    columns: int
    records: int
    present: tuple[str, ...]
    lang: Lang
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new book is to be.

    Attributes:
        lang: Its language; None leaves it to the book that stands there, else to `spoken`.
        spoken: The language of the person who asks.
        template: Its template; "" for the default one.
        demo: Whether to fill it with a firm that does not exist.
        clean: Whether that firm's records are without a fault.
        as_of: The day on which that firm looks back.
    """

    lang: Lang | None
    spoken: Lang
    template: str
    demo: bool
    clean: bool
    as_of: date


def init(address: Address, wish: Wish, now: datetime, *, dry_run: bool) -> Founded:
    """Make a client base at an address; to a book that stands there, only add what it is missing.

    Raises:
        UsageError: If demo records are asked for in a book that exists.
    """
    workbook = workbook_at(address)
    if not workbook.exists:
        lang = wish.lang or wish.spoken
        tabs = fresh.fresh_tabs(lang, wish.template or DEFAULT_TEMPLATE, wish.as_of, wish.demo, wish.clean)
        if not dry_run:
            workbook.write((), tabs, "")
        records = sum(len(tab.rows) for tab in tabs if tab.group in ("work", "reference"))
        return Founded(workbook.name, True, _titles(tabs), 0, records, (), lang)
    if wish.demo:
        raise UsageError(
            msg("{book} exists already, and a demo firm goes only into a new book.", book=workbook.name),
            msg("Give a name that is not taken, or leave out --demo."),
        )
    opened = open_base(address, wish.as_of)
    lang = wish.lang or fresh.language_of(opened.base.book)
    tabs, changes = fresh.missing(opened.base.book, lang, wish.template)
    notes = _add(opened, changes, tabs, now, "init", dry_run)
    return Founded(workbook.name, False, _titles(tabs), len(changes), 0, (), lang, notes)


def enable(address: Address, names: Sequence[str], now: datetime, *, dry_run: bool) -> Founded:
    """Add tabs to a book."""
    opened = open_base(address, now.date())
    lang = opened.base.lang
    enabled = fresh.enable(opened.base.book, names, lang)
    notes = _add(opened, (), enabled.tabs, now, "enable", dry_run)
    return Founded(opened.workbook.name, False, _titles(enabled.tabs), 0, 0, enabled.present, lang, notes)


def _add(
    opened: Opened, changes: Sequence[Change], tabs: Sequence[Tab], now: datetime, command: str, dry_run: bool
) -> tuple[Message, ...]:
    """Save what was added; a book that lacks nothing is left as it is."""
    if dry_run or not (changes or tabs):
        return ()
    return save(opened, changes, tabs, now, command, f"tabs={len(tabs)} columns={len(changes)}")


def _titles(tabs: Sequence[Tab]) -> tuple[str, ...]:
    return tuple(tab.title for tab in tabs if not tab.hidden and tab.group != "system")
