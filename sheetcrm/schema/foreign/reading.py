"""What a list that isn't ours seems to be: which tabs make it up, which columns are which fields, what its rows are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sheetcrm.schema.foreign.columns import ForeignColumn, Unread, columns_of
from sheetcrm.schema.foreign.looks import is_person, sample
from sheetcrm.schema.foreign.rows import Shape, shape
from sheetcrm.schema.foreign.words import CITIES, MONTHS
from sheetcrm.schema.kinds import Context
from sheetcrm.schema.settings import Settings
from sheetcrm.schema.spelling import Phones
from sheetcrm.schema.tables import titled
from sheetcrm.schema.words import COMPANY_STAGE, fold
from sheetcrm.table import Book, Cell, Sheet, is_blank

TitleMeans = Literal["manager", "stage", "city", "month", ""]
"""What the titles of tabs of one shape tell of their rows; "" where they tell nothing we know."""

LeftOut = Literal["hidden", "empty", "no client"]
"""Why a tab was not read as a list: it is hidden, holds no rows, or nothing in it names a client."""

_ALIKE = 0.6
_MOST = 2 / 3
_IDENTIFY = frozenset({"name", "full_name", "phone", "mobile", "email", "inn", "website", "legal_name"})
_REPEATS = 0.3
_STAGES = frozenset(COMPANY_STAGE.words())
_REGIONS = ("US", "GB", "DE", "IN", "AU")
_NO_CLIENTS = frozenset({"managers", "products", "territories", "market", "plan", "lists", "settings", "rules"})
_DEALT = frozenset({"deals", "payments", "activities"})


@dataclass(frozen=True)
class ForeignList:
    """One list: a tab, or several tabs of one shape.

    Attributes:
        shapes: Its tabs, laid out.
        columns: Its columns from left to right, those of the first tab first.
        title_means: What the titles of its tabs tell; "" for a list of one tab.
    """

    shapes: tuple[Shape, ...]
    columns: tuple[ForeignColumn, ...]
    title_means: TitleMeans = ""

    @cached_property
    def rows(self) -> Sequence[tuple[int, int]]:
        """Each record's tab (its number among the shapes) and row number."""
        return [(tab, number) for tab, found in enumerate(self.shapes) for number in found.records]

    def __len__(self) -> int:
        """How many records there are."""
        return sum(len(found.records) for found in self.shapes)

    @cached_property
    def leads(self) -> Sequence[tuple[int, int]]:
        """By record, the first row of its block of merged cells: rows of one block are one client."""
        return [(tab, self.shapes[tab].lead.get(number, number)) for tab, number in self.rows]

    def fields(self, *codes: str) -> list[ForeignColumn]:
        """The columns understood as `table.field`, in the order asked for."""
        return [column for code in codes for column in self.columns if column.field is not None and column.name == code]

    def spot(self, position: int, column: ForeignColumn | None) -> tuple[Sheet, int, int | None]:
        """The tab, row and column number of a record's cell; no column where its tab lacks it."""
        tab, number = self.rows[position]
        return self.shapes[tab].sheet, number, None if column is None else column.at[tab]

    @cached_property
    def rows_of(self) -> Literal["companies", "contacts", "deals"]:
        """What a row is: a client; or, where clients repeat, a person of theirs or a deal with them."""
        names = [cell for column in self.fields("companies.name")[:1] for cell in column.cells if not is_blank(cell)]
        repeats = bool(names) and 1 - len({fold(str(name)) for name in names}) / len(names) >= _REPEATS
        if not names:
            return "contacts" if self.fields("contacts.full_name") else "companies"
        if not repeats:
            return "companies"
        return "deals" if any(c.field and c.field.table in _DEALT for c in self.columns) else "contacts"


@dataclass(frozen=True)
class Reading:
    """What was made of a book that isn't ours.

    Attributes:
        lists: Its lists, the longest first.
        left_out: The titles of the other tabs, and why they were left out.
        context: How its values are read: its language, the region of its phones.
    """

    lists: tuple[ForeignList, ...]
    left_out: Mapping[str, LeftOut]
    context: Context


def read(book: Book) -> Reading:
    """What the tabs, columns and rows of a book that isn't ours seem to be."""
    left_out: dict[str, LeftOut] = {}
    shapes = []
    for sheet in book.sheets:
        if sheet.hidden:
            left_out[sheet.title] = "hidden"
        elif titled(sheet.title) in _NO_CLIENTS:
            left_out[sheet.title] = "no client"
        elif (found := shape(sheet)).records:
            shapes.append(found)
        else:
            left_out[sheet.title] = "empty"
    groups = [(group, _unread(group)) for group in _alike(shapes)]
    context = _context([unread for _, unread in groups])
    lists = []
    for group, unread in groups:
        columns = columns_of(unread, context)
        if not _IDENTIFY.isdisjoint(column.field.code for column in columns if column.field):
            lists.append(ForeignList(tuple(group), columns, _title_means([s.sheet.title for s in group])))
        else:
            left_out.update(dict.fromkeys((s.sheet.title for s in group), "no client"))
    return Reading(tuple(sorted(lists, key=len, reverse=True)), left_out, context)


def _alike(shapes: Iterable[Shape]) -> list[list[Shape]]:
    """The tabs in groups of one shape, in the order of the book."""
    groups: list[list[Shape]] = []
    for found in shapes:
        group = next((group for group in groups if _likeness(group[0], found) >= _ALIKE), None)
        if group is None:
            groups.append([found])
        else:
            group.append(found)
    return groups


def _likeness(one: Shape, other: Shape) -> float:
    """The share of headers that two tabs have in common; tabs without headers are alike where they are as wide."""
    a, b = ({fold(header) for header in found.headers.values()} for found in (one, other))
    if not a and not b:
        return float(len(one.sheet.rows[0]) == len(other.sheet.rows[0]))
    return len(a & b) / len(a | b)


def _unread(group: Sequence[Shape]) -> list[Unread]:
    """The columns of tabs of one shape, brought together by their headers; columns with nothing in them left out."""
    at: dict[tuple[str, int], dict[int, int]] = {}
    headers: dict[tuple[str, int], str] = {}
    for tab, found in enumerate(group):
        seen: dict[str, int] = {}
        for index in _used(found):
            header = found.headers.get(index, "")
            word = fold(header) or f"\0{index}"
            seen[word] = seen.get(word, 0) + 1
            headers.setdefault((word, seen[word]), header)
            at.setdefault((word, seen[word]), {})[tab] = index
    return [Unread(headers[key], *_cells(group, places)) for key, places in at.items()]


def _used(found: Shape) -> list[int]:
    """The columns that have a header or a value."""
    rows = [found.sheet.rows[number - 1] for number in found.records]
    width = len(rows[0])
    return [i for i in range(width) if i in found.headers or not all(is_blank(row[i]) for row in rows)]


def _cells(group: Sequence[Shape], places: Mapping[int, int]) -> tuple[tuple[int | None, ...], list[Cell]]:
    at = tuple(places.get(tab) for tab in range(len(group)))
    cells: list[Cell] = []
    for found, index in zip(group, at, strict=True):
        cells += [""] * len(found.records) if index is None else found.cells(index)
    return at, cells


def _context(groups: Sequence[Sequence[Unread]]) -> Context:
    """The language of the lists, and the region whose phones theirs are."""
    settings = Settings()
    placeholders = frozenset(map(fold, settings.placeholders))
    texts = [text for group in groups for column in group for text in _texts(column)]
    if any("а" <= letter <= "я" for text in texts for letter in text.casefold()):
        return Context("ru", settings.region, placeholders)
    return Context("en", _region(texts, settings.region), placeholders)


def _texts(column: Unread) -> Iterator[str]:
    yield column.header
    yield from (cell for cell in sample(column.cells) if isinstance(cell, str))


def _region(texts: Iterable[str], default: str) -> str:
    """The region in which most of the phones exist."""
    phones = [text for text in texts if re.fullmatch(r"[\d\s().-]{9,}", text)]
    return max((default, *_REGIONS), key=lambda region: sum(bool(Phones(region).read(one)[0]) for one in phones))


def _title_means(titles: Sequence[str]) -> TitleMeans:
    """What the titles of several tabs tell, where at least two in three of them tell it."""
    if len(titles) < 2:
        return ""
    tests: Mapping[TitleMeans, Callable[[str], bool]] = {
        "month": lambda title: not MONTHS.isdisjoint(re.split(r"[\s.,_-]+|\d+", fold(title))),
        "stage": lambda title: fold(title) in _STAGES,
        "city": lambda title: fold(title) in CITIES,
        "manager": is_person,
    }
    for meaning, test in tests.items():
        if sum(map(test, titles)) >= _MOST * len(titles):
            return meaning
    return ""
