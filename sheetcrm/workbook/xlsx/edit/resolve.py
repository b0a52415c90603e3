"""Which cells a formula's words come to: references, names, tables and what names are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sheetcrm.table import Spot
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.grammar import Mentions, Name, Ref, TableRef, mentions
from sheetcrm.workbook.xlsx.edit.pointers import defined_names
from sheetcrm.workbook.xlsx.edit.references import shifted
from sheetcrm.workbook.xlsx.edit.tables import ExcelTable, excel_tables


class Box(NamedTuple):
    """A rectangle of cells: rows from 1, columns from 0, all included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


class Resolver:
    """The sheets, names and tables of a book as they stand now."""

    def __init__(self, draft: Draft) -> None:
        """Look them up once."""
        self._order = [sheet.title for sheet in draft.sheets()]
        self._titles = {title.casefold(): title for title in self._order}
        self._texts = {(name.sheet, name.name.casefold()): name.text for name in defined_names(draft)}
        self._tables = excel_tables(draft)
        self._by_name = {table.name.casefold(): table for table in self._tables}
        self._meant: dict[tuple[str, str, str], Mentions] = {}

    def precedents(self, said: Mentions, title: str, spot: Spot, origin: Spot | None = None) -> list[Box] | None:
        """The cells that a formula depends on; None where that may be any cell.

        Args:
            said: What its text mentions.
            title: The title of its sheet.
            spot: Its cell.
            origin: The cell that the text was written for, where it is shared with others.
        """
        boxes = [box for ref in said.refs for box in self._boxes(ref, spot, origin or spot)]
        anything = said.anything
        tables = said.tables
        if said.names or (said.calls and self._texts):
            behind = self._behind(said, title)
            boxes += (box for ref in behind.refs for box in self._boxes(ref, spot, (1, 0)))
            tables = [*tables, *behind.tables]
            anything = anything or behind.anything
        boxes += (box for found in tables for box in self._table(found, title, spot))
        return None if anything else boxes

    def title(self, spelled: str) -> str:
        """A sheet's title as the book spells it, "" where there is no such sheet."""
        return self._titles.get(spelled.casefold(), "")

    def named(self, name: str, title: str) -> list[Box] | None:
        """The cells that a name or a table comes to; None where that may be any cell."""
        return self.precedents(Mentions([], [Name(title, name)], [], [], anything=False), title, (1, 0))

    def _boxes(self, ref: Ref, spot: Spot, origin: Spot) -> Iterator[Box]:
        if spot != origin:
            ref = shifted(ref, spot[0] - origin[0], spot[1] - origin[1])
        for title in self.sheets(ref):
            yield Box(title, ref.top, ref.left, ref.bottom, ref.right)

    def sheets(self, ref: Ref) -> list[str]:
        """The titles of the sheets that a reference names, as the book spells them."""
        first, last = self._titles.get(ref.sheet.casefold()), self._titles.get(ref.until.casefold())
        if first is None or not ref.until:
            return [] if first is None else [first]
        if last is None:
            return [first]
        ends = sorted((self._order.index(first), self._order.index(last)))
        return self._order[ends[0] : ends[1] + 1]

    def _behind(self, said: Mentions, title: str) -> Mentions:
        """What the names in a text stand for, names of names included."""
        refs: list[Ref] = []
        tables: list[TableRef] = []
        anything = False
        waiting = [*said.names, *(Name("", call) for call in said.calls)]
        seen: set[Name] = set()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            meant = self._meaning(name, title)
            refs += meant.refs
            tables += meant.tables
            anything = anything or meant.anything
            waiting += meant.names
            waiting += (Name("", call) for call in meant.calls)
        return Mentions(refs, [], tables, [], anything)

    def _meaning(self, name: Name, title: str) -> Mentions:
        owner = self._titles.get(name.sheet.casefold(), "") if name.sheet else title
        key = owner, name.name.casefold(), title
        if key not in self._meant:
            text = self._texts.get(key[:2], self._texts.get(("", key[1])))
            if text is not None:
                self._meant[key] = mentions(text, title)
            else:
                whole = [TableRef(name.name, ("", ""), this_row=False, whole=False)]
                self._meant[key] = Mentions([], [], whole if key[1] in self._by_name else [], [], False)
        return self._meant[key]

    def _table(self, found: TableRef, title: str, spot: Spot) -> Iterator[Box]:
        table = self._by_name.get(found.table.casefold()) if found.table else self._around(title, spot)
        if table is None:
            return
        left, right = _columns(table, found)
        if found.this_row:
            yield Box(table.sheet, spot[0], left, spot[0], right)
        elif found.whole:
            yield Box(table.sheet, table.top, left, table.bottom, right)
        else:
            yield Box(table.sheet, table.first, left, table.last, right)

    def _around(self, title: str, spot: Spot) -> ExcelTable | None:
        return next((table for table in self._tables if table.sheet == title and spot in table), None)


def _columns(table: ExcelTable, found: TableRef) -> tuple[int, int]:
    """First and last column that are meant; the whole table where a name is not found."""
    folded = [name.casefold() for name in table.columns]
    first, last = (name.casefold() for name in found.columns)
    if first in folded and last in folded:
        ends = sorted((folded.index(first), folded.index(last)))
        return table.left + ends[0], table.left + ends[1]
    return table.left, table.right
