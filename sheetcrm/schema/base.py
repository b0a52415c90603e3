"""The client base: a book read as records, indexed by id and by reference.

Reading is lenient: a cell that cannot be read becomes None and a problem, its row stays. Everything is a column
(`values`), found on demand and kept; record objects are built only where somebody asks for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from sheetcrm.findings import Place
from sheetcrm.schema.columns import Converted, Limits, convert_column
from sheetcrm.schema.kinds import Context
from sheetcrm.schema.links import ABSENT, Index, Links, followed, resolve
from sheetcrm.schema.record import Record, fields
from sheetcrm.schema.settings import SettingFault, Settings, read_settings
from sheetcrm.schema.tables import BY_ID, SCHEMA, field_of, key_of
from sheetcrm.schema.words import ENUMERATIONS, Choice, Enumeration, Vocabulary, fold
from sheetcrm.table import Book, Table, Value, day_of, is_blank
from sheetcrm.text import Label, Lang


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
    _indexes: dict[str, Index] = field(default_factory=dict, repr=False, compare=False)

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
        return {name: self._as_of(_without_totals(table)) for name, table in self.book.by_name.items()}

    def _as_of(self, table: Table) -> Table:
        dated = SCHEMA[table.name].info.dated
        if self.until is None or not dated or dated not in table.columns:
            return table
        days = convert_column(field_of(table.name, dated).kind, table.cells(dated), self.context).values
        late = [n for n, day in zip(table.numbers, days, strict=True) if (found := day_of(day)) and found > self.until]
        return replace(table, left_out=table.left_out.union(late)) if late else table

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

    # ── identity ──

    def index(self, table: str) -> Index:
        """By what the records of a table are known."""
        if table not in self._indexes:
            self._indexes[table] = self._index(table)
        return self._indexes[table]

    def _index(self, table: str) -> Index:
        key, title = key_of(table), SCHEMA[table].info.title_field
        blank: list[Value] = [None] * self.size(table)
        return Index(
            self.values(table, key) if key else blank,
            self.values(table, title) if title != key and title else blank,
            self.values(table, "city") if table == "companies" else (),
            table in BY_ID,
        )

    def ids(self, table: str) -> Mapping[str, int]:
        """Every id of a table → the position of the first row that bears it."""
        return self.index(table).ids

    def names(self, table: str) -> Mapping[str, tuple[int, ...]]:
        """Every folded name of a table's records → the positions that bear it.

        Two companies of one name are told apart as «Ромашка (Пермь)», which is listed too.
        """
        return self.index(table).names

    def name(self, table: str, position: int) -> str:
        """What cells show for a record: its name, told apart by city or id where it is ambiguous."""
        return self.index(table).name(position)

    def find(self, table: str, typed: str) -> int:
        """The position of the record that an id or a name in any spelling names; -1 for none, or several."""
        return self.index(table).find(typed)

    def links(self, table: str, code: str) -> Links:
        """A reference column resolved: ids first, then unique names; a former name by the hidden link beside it."""
        key = (table, code)
        if key not in self._links:
            self._links[key] = self._resolve(table, code)
        return self._links[key]

    def _resolve(self, table: str, code: str) -> Links:
        cells, link = self.values(table, code), f"{code}_link"
        to = field_of(table, code).reference
        if not self.present(table, code) or not self.size(to):
            return Links([ABSENT] * len(cells), [p for p, cell in enumerate(cells) if cell is not None], {}, [])
        links = resolve(cells, self.index(to))
        if not self.present(table, link):
            return links
        return followed(links, cells, self._tables[table].cells(link), self.index(to))

    # ── inheritance ──

    @cached_property
    def default_manager(self) -> int:
        """Who stands in for a company's blank manager; -1 for nobody."""
        named = self.settings.default_manager
        found = self.find("managers", named) if named else ABSENT
        return 0 if found == ABSENT and self.size("managers") == 1 else found

    def managers(self, table: str) -> list[int]:
        """Who answers for each row: its own manager, else the company's, else the default one; -1 for nobody."""
        own = self.links(table, "manager").target if "manager" in fields(SCHEMA[table]) else [ABSENT] * self.size(table)
        if table == "companies":
            return [one if one != ABSENT else self.default_manager for one in own]
        if "company" not in fields(SCHEMA[table]):
            return own
        of_company = [*self.managers("companies"), ABSENT]
        companies = self.links(table, "company").target
        return [one if one != ABSENT else of_company[c] for one, c in zip(own, companies, strict=True)]

    def manager_name(self, position: int) -> str:
        """A manager's name by position, "" for nobody."""
        return "" if position == ABSENT else self.name("managers", position)

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
            name = self.values("companies", "name")[company] if company != ABSENT else None
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


def _without_totals(table: Table) -> Table:
    """The table without the rows in which people sum up those above: they have no id, and say so."""
    numbered = zip(table.numbers, table.cells(key_of(table.name) or ""), strict=True)
    doubtful = (number for number, id in numbered if type(id) is not str or "-" not in id)
    totals = frozenset(number for number in doubtful if table.sums_up(number))
    return replace(table, left_out=table.left_out | totals) if totals else table


def load(book: Book, until: date | None = None) -> Base:
    """The client base of a book; `until` leaves out rows dated after that day."""
    return Base(book, until)
