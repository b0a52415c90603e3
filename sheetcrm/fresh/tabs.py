"""Which tabs a book gets: all of a fresh one, what an existing one lacks, and those that `enable` adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheetcrm.errors import UsageError
from sheetcrm.fresh.demo.firm import demo_firm, demo_settings
from sheetcrm.fresh.inputs import Listed, Row, Surroundings, input_tab, position_of
from sheetcrm.fresh.lists import extended, fresh_listed, list_rows, listed_in, setting_rows
from sheetcrm.fresh.start import TITLE, start_tab
from sheetcrm.fresh.template import settings_of, template
from sheetcrm.schema.base import Base, load
from sheetcrm.schema.record import Record, fields
from sheetcrm.schema.settings import Settings
from sheetcrm.schema.tables import BY_ID, SCHEMA, key_of, titled
from sheetcrm.schema.titles import free_title
from sheetcrm.schema.words import fold, nearest
from sheetcrm.tab import Tab
from sheetcrm.table import Book, Change, Table
from sheetcrm.text import Lang, msg

_MOST_REFERENCES = 5_000
"""Above so many rows a drop-down of names is slow and of no use."""

_RUNS = "runs"


def fresh_tabs(lang: Lang, template_name: str, today: date, demo: bool = False, clean: bool = False) -> list[Tab]:
    """All tabs of a new book.

    Args:
        lang: The language of the book.
        template_name: With which tabs, settings and lists it begins.
        today: The day on which the demo firm looks back.
        demo: Whether to fill it with a firm that does not exist.
        clean: Whether that firm's records are without a fault.

    Raises:
        UsageError: If there is no such template.
    """
    chosen = template(template_name)
    firm = demo_firm(chosen, lang, today, clean) if demo else None
    settings = fresh_settings(lang, template_name, demo)
    enumerations = extended(chosen.choices)
    rows: Mapping[str, Sequence[Row]] = (
        firm.rows if firm else {"lists": list_rows(enumerations), "settings": setting_rows(settings, lang)}
    )
    names = [name for name, record in SCHEMA.items() if record.info.star or name in chosen.tabs]
    titles = {name: SCHEMA[name].info.label.get(lang) for name in names}
    listed = fresh_listed(enumerations, lang, titles["lists"])
    around = Surroundings(lang, settings, enumerations, listed, _fresh_references(titles))
    tabs = [input_tab(SCHEMA[name], around, rows.get(name, ())) for name in [*names, _RUNS]]
    return [start_tab(lang, titles, demo), *tabs]


def fresh_settings(lang: Lang, template_name: str, demo: bool = False) -> Settings:
    """What the tab Settings of a new book holds; see `fresh_tabs`."""
    chosen = template(template_name)
    return demo_settings(chosen, lang) if demo else settings_of(lang, chosen.settings)


def _fresh_references(titles: Mapping[str, str]) -> dict[str, Listed]:
    """Where the names of each table stand in fresh tabs, by the tabs' titles."""
    return {
        name: (title, position_of(SCHEMA[name], _shown_by(SCHEMA[name])), 2)
        for name, title in titles.items()
        if _shown_by(SCHEMA[name])
    }


def _shown_by(record: type[Record]) -> str:
    """The field by which other tabs name a record, "" where none does."""
    return key_of(record.info.name) if record.info.name in BY_ID else record.info.title_field


# ── a book that stands already ──


def language_of(book: Book) -> Lang:
    """The language of a book: its setting, else that of its headers."""
    return load(book).lang


def missing(book: Book, lang: Lang, template_name: str = "") -> tuple[list[Tab], list[Change]]:
    """What a book that has tabs already lacks; nothing that stands is touched.

    Args:
        book: The book as read.
        lang: Its language.
        template_name: Whose tabs it is to have besides those of every book; "" for none.

    Returns:
        The tabs that no sheet claims, and a header for each absent column of the tabs that were recognised.

    Raises:
        UsageError: If there is no such template.
    """
    wanted = template(template_name).tabs if template_name else ()
    absent = [n for n, r in SCHEMA.items() if (r.info.star or n in wanted) and n not in book.by_name]
    around = _surroundings(book, lang, absent)
    tabs = [_empty(name, around) for name in absent]
    if not {fold(sheet.title) for sheet in book.sheets} & set(map(fold, TITLE)):
        standing = {table.name: table.title for table in book}
        tabs.insert(0, start_tab(lang, standing | {name: around.title(SCHEMA[name]) for name in absent}))
    return tabs, [change for table in book for change in _headers(table, lang)]


def _headers(table: Table, lang: Lang) -> list[Change]:
    """The headers that a table lacks, the always shown first; those of the tool's own tabs are the tool's affair."""
    record = SCHEMA[table.name]
    by_weight = sorted(fields(record).values(), key=lambda info: bool(info.col.group))
    return [
        Change(table.name, None, info.code, None, info.label.get(lang), table.layout.header_row)
        for info in by_weight
        if info.code not in table.columns and record.info.group != "system"
    ]


def _surroundings(book: Book, lang: Lang, added: Iterable[str]) -> Surroundings:
    """The book as it will be with the added tabs."""
    base = load(book)
    enumerations = base.vocabulary.enumerations
    titles = {name: free_title(book, name, lang) for name in added}
    lists = book.by_name.get("lists")
    if lists is not None:
        listed = listed_in(lists, lang)
    else:
        listed = fresh_listed(enumerations, lang, titles["lists"]) if "lists" in titles else {}
    references = {**_fresh_references(titles), **_references(base)}
    return Surroundings(lang, base.settings, enumerations, listed, references, titles)


def _references(base: Base) -> dict[str, Listed]:
    """Where the names of each table stand in the book."""
    found: dict[str, Listed] = {}
    for table in base.book:
        column = table.columns.get(_shown_by(SCHEMA[table.name]))
        if column is not None and len(table) <= _MOST_REFERENCES:
            found[table.name] = (table.title, column.index, table.layout.header_row + 1)
    return found


def _empty(name: str, around: Surroundings) -> Tab:
    """A tab without records; Lists and Settings are never empty."""
    if name == "lists":
        return input_tab(SCHEMA[name], around, list_rows(around.enumerations))
    if name == "settings":
        settings = settings_of(around.lang, {})
        return input_tab(SCHEMA[name], around, setting_rows(settings, around.lang))
    return input_tab(SCHEMA[name], around)


# ── enable ──


@dataclass(frozen=True, slots=True)
class Enabled:
    """What `enable` comes to.

    Attributes:
        tabs: The tabs to add.
        present: The titles of those that stand already.
    """

    tabs: tuple[Tab, ...]
    present: tuple[str, ...]


def enable(book: Book, names: Sequence[str], lang: Lang) -> Enabled:
    """The tabs that were asked for.

    Args:
        book: The book as read.
        names: What was asked for: a tab's title in either language, its code or another name for it.
        lang: The language of the book.

    Raises:
        UsageError: If a name is no tab's.
    """
    asked = list(dict.fromkeys(_table(name, lang) for name in names))
    added = [name for name in asked if name not in book.by_name]
    around = _surroundings(book, lang, added)
    present = (book.by_name[name].title for name in asked if name in book.by_name)
    return Enabled(tuple(_empty(name, around) for name in added), tuple(present))


def _table(name: str, lang: Lang) -> str:
    found = titled(name)
    if found is not None and SCHEMA[found].info.group != "system":
        return found
    known = [record.info.label.get(lang) for record in SCHEMA.values() if record.info.group != "system"]
    near = nearest(name, known)
    hint = msg("Did you mean {name}?", name=near[0]) if near else msg("There are {names}.", names=known)
    raise UsageError(msg("There is no tab “{name}” to enable.", name=name), hint)
