"""The client base: a book read as records, indexed by id and by reference.

Reading is lenient: a cell that cannot be read becomes None and a problem, its row stays. Everything is a column
(`values`), found on demand and kept; record objects are built only where somebody asks for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from sheetcrm.findings import Place
from sheetcrm.schema.columns import Converted, Limits, convert_column
from sheetcrm.schema.kinds import Context
from sheetcrm.schema.record import Record, fields
from sheetcrm.schema.settings import SettingFault, Settings, read_settings
from sheetcrm.schema.tables import SCHEMA, field_of, key_of
from sheetcrm.schema.words import ENUMERATIONS, Choice, Enumeration, Vocabulary, fold, fold_all
from sheetcrm.table import Book, Table, Value, is_blank
from sheetcrm.text import Label, Lang

_ABSENT = -1

_BY_ID = ("contacts", "deals")
"""Tables whose records are referred to by id in the cells; a name is understood too."""

_Found = int | tuple[int, ...] | None
"""What a cell names: a record's position, several of them, or nothing that is known; -1 for a blank."""


class Links(NamedTuple):
    """A reference column, resolved.

    Attributes:
        target: For each row the position of the record it names, -1 where the cell is blank or names none.
        unknown: Rows whose cell names no record.
        ambiguous: Rows whose cell names several, and their positions.
        renamed: Rows whose cell holds a company's former name, known by the hidden link column.
    """

    target: list[int]
    unknown: list[int]
    ambiguous: Mapping[int, tuple[int, ...]]
    renamed: list[int]


@dataclass(frozen=True)
class Base:
    """All records of a book.

    Attributes:
        book: The book as it was read.
        until: Rows dated after this day are left out; None keeps all.
    """

    book: Book
    until: date | None = None
    _converted: dict[tuple[str, str], Converted] = field(default_factory=dict, repr=False, compare=False)
    _links: dict[tuple[str, str], Links] = field(default_factory=dict, repr=False, compare=False)
    _names: dict[str, Mapping[str, tuple[int, ...]]] = field(default_factory=dict, repr=False, compare=False)
    _ids: dict[str, Mapping[str, int]] = field(default_factory=dict, repr=False, compare=False)
    _spelt: dict[str, Mapping[Value, _Found]] = field(default_factory=dict, repr=False, compare=False)

    # ── settings and words ──

    @cached_property
    def _read_settings(self) -> tuple[Settings, list[SettingFault]]:
        table = self.book.by_name.get("settings")
        if table is None:
            return Settings(), []
        names, values = ([_typed(cell) for cell in table.cells(code)] for code in ("name", "value"))
        return read_settings(names, values)

    @property
    def settings(self) -> Settings:
        """The firm's settings."""
        return self._read_settings[0]

    @property
    def setting_faults(self) -> Sequence[SettingFault]:
        """What in the Settings tab could not be read."""
        return self._read_settings[1]

    @cached_property
    def lang(self) -> Lang:
        """The book's language: the setting, else the one that most of its headers are in."""
        table = self.book.by_name.get("settings")
        if table is not None and "language" in map(_typed, table.cells("name")):
            return self.settings.language
        labels = [
            (field_of(table.name, code).label, column.header)
            for table in self.book
            for code, column in table.columns.items()
        ]
        russian = sum(fold(label.ru) == fold(header) != fold(label.en) for label, header in labels)
        english = sum(fold(label.en) == fold(header) != fold(label.ru) for label, header in labels)
        return "ru" if russian > english else "en"

    @cached_property
    def context(self) -> Context:
        """What the meaning of cells depends on."""
        settings = self.settings
        return Context(self.lang, settings.region, frozenset(map(fold, settings.placeholders)), self.vocabulary)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The enumerations, the Lists tab laid over the built-in ones; old labels stay valid."""
        enumerations = dict(ENUMERATIONS)
        table = self.book.by_name.get("lists")
        if table is not None:
            columns = ([_typed(cell) for cell in table.cells(code)] for code in ("list", "code", "en", "ru"))
            for name, code, en, ru in zip(*columns, strict=True):
                if name in enumerations and code:
                    enumerations[name] = _with_choice(enumerations[name], code, Label(en, ru))
        return Vocabulary(enumerations, {name: found.words() for name, found in enumerations.items()})

    # ── tables and columns ──

    def has(self, table: str) -> bool:
        """Whether the book has that table."""
        return table in self.book.by_name

    def table(self, table: str) -> Table | None:
        """The table, its later rows left out; None where the book has none."""
        return self._tables.get(table)

    @cached_property
    def _tables(self) -> Mapping[str, Table]:
        return {name: self._as_of(table) for name, table in self.book.by_name.items()}

    def _as_of(self, table: Table) -> Table:
        dated = SCHEMA[table.name].info.dated
        if self.until is None or not dated or dated not in table.columns:
            return table
        days = convert_column(field_of(table.name, dated).kind, table.cells(dated), self.context).values
        late = [n for n, day in zip(table.numbers, days, strict=True) if day is not None and _day(day) > self.until]
        return replace(table, left_out=frozenset(late)) if late else table

    def size(self, table: str) -> int:
        """How many rows the table has, 0 where the book has none."""
        found = self._tables.get(table)
        return 0 if found is None else len(found)

    def present(self, table: str, code: str) -> bool:
        """Whether the table stands in the book and has that column."""
        found = self._tables.get(table)
        return found is not None and code in found.columns

    def converted(self, table: str, code: str) -> Converted:
        """A field's canonical values and problems; blanks where the book has no such table or column."""
        key = (table, code)
        if key not in self._converted:
            self._converted[key] = self._convert(table, code)
        return self._converted[key]

    def _convert(self, table: str, code: str) -> Converted:
        if not self.present(table, code):
            return Converted([None] * self.size(table), {})
        info = field_of(table, code)
        return convert_column(
            info.kind, self._tables[table].cells(code), self.context, Limits(info.col.low, info.col.high)
        )

    def values(self, table: str, code: str) -> list[Value]:
        """A field's canonical values, a value a row; None for blank and unfit cells. Not to be changed."""
        return self.converted(table, code).values

    def texts(self, table: str, code: str) -> list[str]:
        """A text field's values, "" for blank."""
        return [str(value) if value is not None else "" for value in self.values(table, code)]

    def own(self, table: str, header: str) -> Sequence[object]:
        """The raw cells of the user's own column."""
        return self._tables[table].cells(header)

    # ── identity ──

    def ids(self, table: str) -> Mapping[str, int]:
        """Every id of a table → the position of the first row that bears it."""
        if table not in self._ids:
            key = key_of(table)
            values = self.values(table, key) if key else []
            found = {value: position for position, value in enumerate(values) if type(value) is str}
            if len(found) + values.count(None) < len(values):
                # An id that stands twice is the first row's.
                last = len(values) - 1
                found = {value: last - back for back, value in enumerate(reversed(values)) if type(value) is str}
            self._ids[table] = found
        return self._ids[table]

    def names(self, table: str) -> Mapping[str, tuple[int, ...]]:
        """Every folded name of a table's records → the positions that bear it.

        Two companies of one name are told apart as «Ромашка (Пермь)», which is listed too.
        """
        if table not in self._names:
            self._names[table] = self._index_names(table)
        return self._names[table]

    def _index_names(self, table: str) -> Mapping[str, tuple[int, ...]]:
        title = SCHEMA[table].info.title_field
        names = self.values(table, title) if title and title != key_of(table) else ()
        named = [position for position, name in enumerate(names) if isinstance(name, str)]
        folded = fold_all([str(names[position]) for position in named])
        if len(set(folded)) == len(folded):
            return {name: (position,) for name, position in zip(folded, named, strict=True)}
        found: dict[str, list[int]] = {}
        for name, position in zip(folded, named, strict=True):
            found.setdefault(name, []).append(position)
        if table == "companies":
            cities = self.values(table, "city")
            for positions in [p for p in found.values() if len(p) > 1]:
                for position in positions:
                    if cities[position] is not None:
                        name = fold(f"{names[position]} ({cities[position]})")
                        found.setdefault(name, []).append(position)
        return {name: tuple(positions) for name, positions in found.items()}

    def links(self, table: str, code: str) -> Links:
        """A reference column resolved: ids first, then the hidden link, then unique names."""
        key = (table, code)
        if key not in self._links:
            self._links[key] = self._resolve(table, code)
        return self._links[key]

    def _resolve(self, table: str, code: str) -> Links:
        cells = self.values(table, code)
        to = field_of(table, code).reference
        if not self.present(table, code) or not self.size(to):
            return Links([_ABSENT] * len(cells), [p for p, cell in enumerate(cells) if cell is not None], {}, [])
        known = self._known(to)
        found: list[_Found] = list(map(known.get, cells))
        odd = [p for p, one in enumerate(found) if type(one) is not int and cells[p] is not None]
        for position, name in zip(odd, fold_all([str(cells[p]) for p in odd]), strict=True):
            found[position] = _one(self.names(to).get(name))
        target = [one if type(one) is int else _ABSENT for one in found]
        renamed = self._follow_links(table, code, target)
        lost = [position for position in odd if target[position] == _ABSENT]
        unknown = [position for position in lost if found[position] is None]
        return Links(target, unknown, {p: one for p in lost if isinstance(one := found[p], tuple)}, renamed)

    def _known(self, table: str) -> Mapping[Value, _Found]:
        """What each id names; where people write names, what each name names, spelt exactly so."""
        if table not in self._spelt:
            found: dict[Value, _Found] = {}
            if table not in _BY_ID:
                names, typed = self.names(table), self.values(table, SCHEMA[table].info.title_field)
                found = {name: position for position, name in enumerate(typed) if name is not None}
                if len(names) != len(typed) - typed.count(None):
                    found = {name: _one(names[fold(str(name))]) for name in found}
            found.update(self.ids(table))
            self._spelt[table] = found
        return self._spelt[table]

    def _follow_links(self, table: str, code: str, target: list[int]) -> list[int]:
        """Let cells with a former name lead where the hidden link column says; returns their positions."""
        link = f"{code}_link"
        if not self.present(table, link):
            return []
        to = field_of(table, code).reference
        names = zip(self.values(to, key_of(to)), self.values(to, SCHEMA[to].info.title_field), strict=True)
        # Nearly always each link says what the cell says; nothing is what an unknown cell says.
        expected = [*(f"{id} {name}" for id, name in names), None]
        links = self._tables[table].cells(link)
        doubtful = [p for p, said in enumerate(links) if said and said != expected[target[p]]]
        if not doubtful:
            return []
        cells, tidied, ids = self.values(table, code), self.values(table, link), self.ids(to)
        renamed = []
        for position in doubtful:
            id, _, name = str(tidied[position] or "").partition(" ")
            if (
                name
                and name == cells[position]
                and name not in ids
                and ids.get(id, target[position]) != target[position]
            ):
                renamed.append(position)
                target[position] = ids[id]
        return renamed

    def name(self, table: str, position: int) -> str:
        """What cells show for a record: its name, told apart by city or id where it is ambiguous."""
        title = SCHEMA[table].info.title_field
        key = key_of(table)
        id = str(self.values(table, key)[position] or "")
        name = self.values(table, title)[position]
        if name is None or title == key or table in _BY_ID:
            return id
        namesakes = self.names(table).get(fold(str(name)), ())
        if len(namesakes) == 1:
            return str(name)
        if table == "companies" and (city := self.values(table, "city")[position]) is not None:
            with_city = f"{name} ({city})"
            if len(self.names(table).get(fold(with_city), ())) == 1:
                return with_city
        return id or str(name)

    # ── inheritance ──

    @cached_property
    def default_manager(self) -> int:
        """Who stands in for a company's blank manager; -1 for nobody."""
        name = self.settings.default_manager
        found = self._known("managers").get(name) or _one(self.names("managers").get(fold(name)))
        if isinstance(found, int):
            return found
        return 0 if self.size("managers") == 1 else _ABSENT

    def managers(self, table: str) -> list[int]:
        """Who answers for each row: its own manager, else the company's, else the default one; -1 for nobody."""
        own = self.links(table, "manager").target if "manager" in fields(SCHEMA[table]) else [-1] * self.size(table)
        if table == "companies":
            return [one if one != _ABSENT else self.default_manager for one in own]
        if "company" not in fields(SCHEMA[table]):
            return own
        of_company = [*self.managers("companies"), _ABSENT]
        companies = self.links(table, "company").target
        return [one if one != _ABSENT else of_company[c] for one, c in zip(own, companies, strict=True)]

    def manager_name(self, position: int) -> str:
        """A manager's name by position, "" for nobody."""
        return "" if position == _ABSENT else self.name("managers", position)

    # ── records and places ──

    def record(self, table: str, position: int) -> Record:
        """One record, its values canonical."""
        record = SCHEMA[table]
        return record.model_construct(None, **{code: self.values(table, code)[position] for code in fields(record)})

    def records(self, table: str) -> Iterator[Record]:
        """All records of a table, in sheet order."""
        record = SCHEMA[table]
        columns = [self.values(table, code) for code in fields(record)]
        for row in zip(*columns, strict=True):
            yield record.model_construct(None, **dict(zip(fields(record), row, strict=True)))

    def place(self, table: str, position: int, code: str = "") -> Place:
        """Where a record stands, or one of its cells; the row alone where the column is absent."""
        found = self._tables[table]
        column = found.columns.get(code) or found.own.get(code)
        key = key_of(table)
        title = SCHEMA[table].info.title_field
        id = self.values(table, key)[position] if key else None
        name = self.values(table, title)[position] if title and title != key else None
        if name is None and "company" in fields(SCHEMA[table]):
            company = self.links(table, "company").target[position]
            name = self.values("companies", "name")[company] if company != _ABSENT else None
        return Place(
            table,
            found.title,
            found.numbers[position],
            None if column is None else column.index,
            code,
            str(id or ""),
            str(name or ""),
            self.manager_name(self._managers_of[table][position]) if table in self._managers_of else "",
        )

    @cached_property
    def _managers_of(self) -> Mapping[str, list[int]]:
        answering = [n for n in self._tables if {"manager", "company"} & set(fields(SCHEMA[n]))]
        return {name: self.managers(name) for name in answering}


def _one(positions: tuple[int, ...] | None) -> _Found:
    """The only one of them; several stay several."""
    return positions[0] if positions and len(positions) == 1 else positions


def _typed(cell: object) -> str:
    if cell is None or is_blank(cell):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _day(value: Value) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.min


def _with_choice(enumeration: Enumeration, code: str, label: Label) -> Enumeration:
    """The enumeration with one more value (a closed one takes none), or one relabelled; old labels become aliases."""
    known = {choice.code: choice for choice in enumeration.choices}
    old = known.get(code)
    label = Label(label.en or label.ru or code, label.ru or label.en or code)
    if old is not None:
        known[code] = Choice(code, label, (*old.aliases, *old.label))
    elif enumeration.open:
        known[code] = Choice(code, label)
    return replace(enumeration, choices=tuple(known.values()))


def load(book: Book, until: date | None = None) -> Base:
    """The client base of a book; `until` leaves out rows dated after that day."""
    return Base(book, until)
