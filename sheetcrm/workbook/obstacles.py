"""What no command will write over in a book's tables: found by the rules of `place`, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sheetcrm.errors import GuardError
from sheetcrm.findings import Place
from sheetcrm.table import Book, Change, Spot, Table
from sheetcrm.text import Message, msg, nmsg
from sheetcrm.workbook.place import place

_MOVE = msg("Move it to another tab, or leave some blank rows between.")


class Obstacle(NamedTuple):
    """Something in a table that keeps a write from a cell or a row: the tab, what it is, and the way out."""

    tab: str
    what: Message
    hint: Message | None


class Block(NamedTuple):
    """Cells that belong together on a tab, such as the output of a pivot: nothing is written into them.

    Attributes:
        tab: The tab's title.
        what: What they are.
        first: Their upper left cell.
        last: Their lower right cell.
    """

    tab: str
    what: Message
    first: Spot
    last: Spot


def obstacles(book: Book, blocks: Iterable[Block]) -> Iterator[Obstacle]:
    """What would be refused on the book's tables: new rows without room, formulas and merged cells in our columns.

    Args:
        book: The book as read.
        blocks: What its file says of cells that belong together.
    """
    standing = list(blocks)
    for table in book:
        yield from _no_room(book, table)
        yield from _formulas(table)
        yield from _merged(table)
        yield from _in_the_way(table, standing)


def _no_room(book: Book, table: Table) -> Iterator[Obstacle]:
    try:
        place(book, [Change(table.name, None, None, None, {})])
    except GuardError as stop:
        yield Obstacle(table.title, stop.message, stop.hint)


def _formulas(table: Table) -> Iterator[Obstacle]:
    rows = set(table.numbers)
    for column in table.columns.values():
        found = sorted(row for row, index in table.sheet.formulas if index == column.index and row in rows)
        if found:
            first = Place(sheet=table.title, row=found[0], column=column.index).address
            yield Obstacle(
                table.title,
                nmsg(
                    "{cell}: a formula stands in the column {column}, and formulas are never overwritten.",
                    "{cell} and below: {n} formulas stand in the column {column}, and formulas are never overwritten.",
                    len(found),
                    cell=first,
                    column=column.header,
                    n=len(found),
                ),
                msg("Leave them, and sheetcrm leaves those cells to you; or clear them."),
            )


def _merged(table: Table) -> Iterator[Obstacle]:
    if not len(table):
        return
    for first, last in table.sheet.merged:
        if first[0] <= table.numbers[-1] and last[0] > table.layout.header_row:
            cell = Place(sheet=table.title, row=first[0], column=first[1]).address
            yield Obstacle(
                table.title,
                msg("{cell} is merged with its neighbours, and what is hidden under it cannot be written.", cell=cell),
                msg("Unmerge it."),
            )


def _in_the_way(table: Table, blocks: Iterable[Block]) -> Iterator[Obstacle]:
    """What stands in the table or directly below it."""
    header = table.layout.header_row
    below = (table.numbers[-1] if len(table) else header) + 1
    columns = table.record_columns
    for tab, what, first, last in blocks:
        within = any(first[1] <= column <= last[1] for column in columns)
        if tab == table.title and within and header < last[0] and header < first[0] <= below:
            cell = Place(sheet=tab, row=first[0], column=first[1]).address
            yield Obstacle(tab, msg("{cell}: {what} stands where rows are written.", cell=cell, what=what), _MOVE)
