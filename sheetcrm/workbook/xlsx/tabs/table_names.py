"""Names and numbers of Excel tables, which no two tables of a book may share."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import etree

from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.parts import local


class TableNames:
    """What is taken in a book, and what the tables of tabs drawn anew were called."""

    def __init__(self, draft: Draft, left: Collection[str]) -> None:
        """Look at all tables.

        Args:
            draft: The book.
            left: Parts that nothing leads to any more; the tables among them are drawn anew.
        """
        standing = list(_standing(draft))
        names = (element for element in draft.tree(draft.workbook).iter() if local(element) == "definedName")
        self._names = {_name(table) for table in standing} | {str(name.get("name", "")).casefold() for name in names}
        self._numbers = {_number(table) for table in standing}
        old = [draft.tree(part) for part in left if part.endswith(".xml")]
        self._old = {_name(table): _number(table) for table in old if local(table) == "table"}

    def give(self, table: etree._Element) -> None:
        """Give a new table its own name, another where somebody has it, and the number that it had, if it had one."""
        wanted = str(table.get("displayName") or table.get("name", ""))
        name, number = wanted, 2
        while name.casefold() in self._names:
            name, number = f"{wanted}_{number}", number + 1
        self._names.add(name.casefold())
        table.set("name", name)
        table.set("displayName", name)
        table.set("id", str(self._number_for(name)))

    def _number_for(self, name: str) -> int:
        number = self._old.pop(name.casefold(), 0)
        if not number or number in self._numbers:
            taken = self._numbers | set(self._old.values())
            number = next(free for free in range(1, len(taken) + 2) if free not in taken)
        self._numbers.add(number)
        return number


def _standing(draft: Draft) -> Iterator[etree._Element]:
    for sheet in draft.sheets():
        for relation in draft.relations(sheet.part):
            if relation.kind == "table" and relation.target in draft:
                yield draft.tree(relation.target)


def _name(table: etree._Element) -> str:
    return str(table.get("displayName") or table.get("name", "")).casefold()


def _number(table: etree._Element) -> int:
    return int(table.get("id", "0"))
