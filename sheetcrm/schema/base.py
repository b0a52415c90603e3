"""The client base: a book read as records, indexed by id and by reference.

Reading is lenient: a cell that cannot be read becomes None and a problem, its row stays. Everything is a column
(`values`), found on demand and kept; record objects are built only where somebody asks for one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from sheetcrm.findings import Place
from sheetcrm.schema.kinds import Context, Converted, Problem, convert_column
from sheetcrm.schema.record import FieldInfo, Record, fields
from sheetcrm.schema.settings import SettingFault, Settings, read_settings
from sheetcrm.schema.tables import SCHEMA, field_of, key_of
from sheetcrm.schema.words import ENUMERATIONS, Choice, Enumeration, Vocabulary, fold
from sheetcrm.table import Book, Table, Value, is_blank
from sheetcrm.text import Label, msg

_ABSENT = -1


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
    def context(self) -> Context:
        """What the meaning of cells depends on."""
        settings = self.settings
        return Context(settings.language, settings.region, frozenset(map(fold, settings.placeholders)), self.vocabulary)

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
        return convert_column(info.kind, self._tables[table].cells(code), self.context, _limits(info))

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
            found: dict[str, int] = {}
            key = key_of(table)
            for position, value in enumerate(self.values(table, key) if key else ()):
                if isinstance(value, str):
                    found.setdefault(value, position)
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
        found: dict[str, list[int]] = {}
        title = SCHEMA[table].info.title_field
        names = self.values(table, title) if title and title != key_of(table) else ()
        for position, name in enumerate(names):
            if isinstance(name, str):
                found.setdefault(fold(name), []).append(position)
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
        target = field_of(table, code).reference
        ids, names = self.ids(target), self.names(target)
        former = self._former_names(table, code, ids)
        meaning: dict[Value, int | tuple[int, ...] | None] = {None: _ABSENT}
        for cell in dict.fromkeys(cells):
            if isinstance(cell, str):
                meaning[cell] = self._find(cell, ids, names)
        links = Links([], [], {}, [])
        ambiguous: dict[int, tuple[int, ...]] = {}
        for position, cell in enumerate(cells):
            found = meaning[cell]
            if position in former and former[position][1] == cell and cell not in ids:
                if found != former[position][0]:
                    links.renamed.append(position)
                found = former[position][0]
            if isinstance(found, tuple):
                ambiguous[position] = found
            elif found is None:
                links.unknown.append(position)
            links.target.append(found if isinstance(found, int) else _ABSENT)
        return links._replace(ambiguous=ambiguous)

    @staticmethod
    def _find(cell: str, ids: Mapping[str, int], names: Mapping[str, tuple[int, ...]]) -> int | tuple[int, ...] | None:
        if cell in ids:
            return ids[cell]
        found = names.get(fold(cell), ())
        return found[0] if len(found) == 1 else found or None

    def _former_names(self, table: str, code: str, ids: Mapping[str, int]) -> Mapping[int, tuple[int, str]]:
        """By row: the record and its name as last seen, from the hidden link column."""
        link = f"{code}_link"
        if not self.present(table, link):
            return {}
        found = {}
        for position, value in enumerate(self.values(table, link)):
            if isinstance(value, str):
                id, _, name = value.partition(" ")
                if id in ids:
                    found[position] = (ids[id], name)
        return found

    def name(self, table: str, position: int) -> str:
        """What cells show for a record: its name, told apart by city or id where it is ambiguous."""
        title = SCHEMA[table].info.title_field
        key = key_of(table)
        id = str(self.values(table, key)[position] or "")
        name = self.values(table, title)[position]
        if name is None or title == key or table in ("contacts", "deals"):
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
    def _default_manager(self) -> int:
        found = self._find(self.settings.default_manager, self.ids("managers"), self.names("managers"))
        if isinstance(found, int):
            return found
        return 0 if self.size("managers") == 1 else _ABSENT

    def managers(self, table: str) -> list[int]:
        """Who answers for each row: its own manager, else the company's, else the default one; -1 for nobody."""
        own = self.links(table, "manager").target if "manager" in fields(SCHEMA[table]) else [-1] * self.size(table)
        if table == "companies":
            return [one if one != _ABSENT else self._default_manager for one in own]
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


def _typed(cell: object) -> str:
    if cell is None or is_blank(cell):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _day(value: Value) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.min


def _with_choice(enumeration: Enumeration, code: str, label: Label) -> Enumeration:
    """The enumeration with one more value, or with a value relabelled; the old labels become aliases."""
    known = {choice.code: choice for choice in enumeration.choices}
    old = known.get(code)
    label = Label(label.en or label.ru or code, label.ru or label.en or code)
    if old is not None:
        known[code] = Choice(code, label, (*old.aliases, *old.label))
    else:
        known[code] = Choice(code, label)
    return replace(enumeration, choices=tuple(known.values()))


def _limits(info: FieldInfo) -> Callable[[Value], Problem | None] | None:
    """The judge of a field's bounds, None where it has none."""
    low, high = info.col.low, info.col.high
    if low is None and high is None:
        return None

    def judge(value: Value) -> Problem | None:
        if isinstance(value, str | bool | date) or value is None:
            return None
        if low is not None and value < low:
            if low == 0:
                return Problem("negative", msg("less than zero"), msg("check the sign"))
            return Problem("range", msg("less than {low}", low=low), msg("type a value in range"))
        if high is not None and value > high:
            return Problem("range", msg("more than {high}", high=high), msg("type a value in range"))
        return None

    return judge


def load(book: Book, until: date | None = None) -> Base:
    """The client base of a book; `until` leaves out rows dated after that day."""
    return Base(book, until)
