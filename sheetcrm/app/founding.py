"""`init` and `enable`: making a book, and adding tabs to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sheetcrm.app.opening import Opened, open_ours, read_base, save, workbook_at, written_notes
from sheetcrm.errors import UsageError
from sheetcrm.fresh import tabs as fresh
from sheetcrm.schema.settings import Settings
from sheetcrm.schema.tables import SCHEMA, key_of
from sheetcrm.tab import Tab
from sheetcrm.table import Book, Change, Table, is_blank
from sheetcrm.text import Lang, Message, msg
from sheetcrm.workbook import Address

DEFAULT_TEMPLATE = "wholesale"


@dataclass(frozen=True, slots=True)
class Country:
    """What a book takes for granted, and people may want otherwise.

    Attributes:
        currency: The currency of its amounts: `RUB`.
        region: The country of phone numbers typed without a code: `RU`.
        tab: The title of the tab where both are changed.
    """

    currency: str
    region: str
    tab: str


@dataclass(frozen=True, slots=True)
class Founded:
    """What `init` or `enable` did.

    Attributes:
        book: The book's name.
        created: Whether there was none before.
        tabs: Titles of the tabs that were added, hidden ones left out.
        records: How many records a new book holds.
        present: Titles of tabs that were asked for and stood already.
        lang: The book's language.
        columns: The headers that were added to tabs that stood already, by the tab's title.
        unnamed: Of those, the header under which the names of the tab's records belong, where none is there yet
            although columns of the user's are filled; by the tab's title.
        country: The currency and the country of the book; None where it was not founded but given more tabs.
        notes: What people should know of the book after the write.
    """

    book: str
    created: bool
    tabs: tuple[str, ...]
    records: int
    present: tuple[str, ...]
    lang: Lang
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unnamed: Mapping[str, str] = field(default_factory=dict)
    country: Country | None = None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new book is to be.

    Attributes:
        lang: Its language; None leaves it to what stands there, else to `spoken`.
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
        lang = wish.lang or workbook.language or wish.spoken
        template = wish.template or DEFAULT_TEMPLATE
        tabs = fresh.fresh_tabs(lang, template, wish.as_of, wish.demo, wish.clean)
        notes = () if dry_run else written_notes(None, (), tabs, workbook.write((), tabs, ""))
        records = sum(len(tab.rows) for tab in tabs if tab.group in ("work", "reference"))
        country = _country(fresh.fresh_settings(lang, template, wish.demo), lang)
        return Founded(workbook.name, True, _titles(tabs), records, (), lang, country=country, notes=notes)
    if wish.demo:
        raise UsageError(
            msg("{book} exists already, and a demo firm goes only into a new book.", book=workbook.name),
            msg("Name another book, or leave out --demo."),
        )
    opened = read_base(workbook, wish.as_of)
    lang = wish.lang or fresh.language_of(opened.base.book)
    tabs, changes = fresh.missing(opened.base.book, lang, wish.template)
    notes = _add(opened, changes, tabs, now, "init", dry_run)
    book = opened.base.book
    return Founded(
        workbook.name,
        False,
        _titles(tabs),
        0,
        (),
        lang,
        _added(book, changes),
        dict(_unnamed(book, changes)),
        _country(opened.base.settings, lang, book),
        notes,
    )


def enable(address: Address, names: Sequence[str], now: datetime, *, dry_run: bool) -> Founded:
    """Add tabs to a book."""
    opened = open_ours(address, now.date())
    lang = opened.base.lang
    enabled = fresh.enable(opened.base.book, names, lang)
    notes = _add(opened, (), enabled.tabs, now, "enable", dry_run)
    return Founded(opened.workbook.name, False, _titles(enabled.tabs), 0, enabled.present, lang, notes=notes)


def _add(
    opened: Opened, changes: Sequence[Change], tabs: Sequence[Tab], now: datetime, command: str, dry_run: bool
) -> tuple[Message, ...]:
    """Save what was added; a book that lacks nothing is left as it is."""
    if dry_run or not (changes or tabs):
        return ()
    return save(opened, changes, tabs, now, command, f"tabs={len(tabs)} columns={len(changes)}")


def _country(settings: Settings, lang: Lang, book: Book | None = None) -> Country:
    """What a book takes for granted, and where it says so; a new book has no other title for that tab."""
    standing = book.by_name.get("settings") if book else None
    tab = standing.title if standing else SCHEMA["settings"].info.label.get(lang)
    return Country(settings.currency, settings.region, tab)


def _added(book: Book, changes: Sequence[Change]) -> dict[str, list[str]]:
    """The headers that were added, by the title of their tab."""
    found: dict[str, list[str]] = {}
    for change in changes:
        found.setdefault(book.by_name[change.table].title, []).append(str(change.new))
    return found


def _unnamed(book: Book, changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """The tabs that were given the column of their records' names, blank beside filled columns of the user's."""
    for change in changes:
        table = book.by_name[change.table]
        names = SCHEMA[table.name].info.title_field
        if change.column == names != key_of(table.name) and _holds_own(table):
            yield table.title, str(change.new)


def _holds_own(table: Table) -> bool:
    return any(not is_blank(cell) for header in table.own for cell in table.cells(header))


def _titles(tabs: Sequence[Tab]) -> tuple[str, ...]:
    return tuple(tab.title for tab in tabs if not tab.hidden and tab.group != "system")
