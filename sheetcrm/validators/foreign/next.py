"""What a stranger's list lacks to be a client base, and the steps that lead there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from shlex import quote

from sheetcrm.findings import Place
from sheetcrm.schema.clients import Company
from sheetcrm.schema.foreign.reading import ForeignList
from sheetcrm.schema.gates import G1, lack
from sheetcrm.schema.tables import recognise
from sheetcrm.table import Book, Layout
from sheetcrm.text import Label, Message, msg
from sheetcrm.validators.foreign.faults import place_of

_PERSONS_CHANNELS = frozenset({"contacts.phone", "contacts.mobile", "contacts.email"})
"""Ways to reach somebody at the firm, which are as good as the firm's own."""


def ready(lists: Sequence[ForeignList]) -> tuple[int, tuple[Place, ...]]:
    """How many rows pass the gate of the first stage, and where the others stand; deals are not judged."""
    enough, wanting = 0, []
    for rows in lists:
        if rows.rows_of == "deals":
            continue
        named = next(iter(rows.fields("companies.name", "contacts.full_name")), None)
        for position, met in enumerate(_met(rows)):
            if lack(G1, met) is None:
                enough += 1
            else:
                wanting.append(place_of(rows, position, named))
    return enough, tuple(wanting)


def _met(rows: ForeignList) -> list[set[str]]:
    """The demands of the first gate that each row meets."""
    met: list[set[str]] = [set() for _ in range(len(rows))]
    for demand in G1.demands:
        codes = {f"{table}.{code}" for table, code in demand.columns}
        if demand.name == "channel":
            codes |= _PERSONS_CHANNELS
        for column in rows.columns:
            if column.name in codes:
                for position, value in enumerate(column.values):
                    if value is not None:
                        met[position].add(demand.name)
    return met


def next_steps(book: Book, lists: Sequence[ForeignList]) -> Iterator[Message]:
    """What to do, in order: make the list itself a client base where it can be one, or copy it into a new one."""
    if not lists:
        return
    layout = _layout(lists[0])
    if layout is not None:
        yield from _in_place(book, lists[0], layout)
    new = "clients.xlsx" if PurePath(book.name).stem.casefold() != "clients" else "clients-new.xlsx"
    text = msg(
        "`sheetcrm init {new}` makes an empty client base; copy the understood columns into it under the names given "
        "here, then run `sheetcrm validate {book}`",
        new=f"{new} --lang ru" if _is_russian(lists[0]) else new,
        book=new,
    )
    yield text if layout is None else msg("or: {step}", step=text)


def _is_russian(rows: ForeignList) -> bool:
    """Whether the list's headers are Russian, so that the new book should be."""
    headers = "".join(column.header for column in rows.columns)
    return bool(re.search("[а-яё]", headers, re.IGNORECASE))


def _layout(rows: ForeignList) -> Layout | None:
    """How the list would be read as the tab Companies; None where it cannot be that as it stands.

    It can where it is one tab with a row a client and nothing else: no sections, totals or merged cells.
    """
    shape = rows.shapes[0]
    if len(rows.shapes) > 1 or rows.rows_of != "companies" or shape.header is None or shape.merged:
        return None
    layout = recognise(replace(shape.sheet, title=Company.info.label.en))
    if layout is None or layout.header_row != shape.header[1] or set(shape.asides) - {"blank"}:
        return None
    return layout


def _in_place(book: Book, rows: ForeignList, layout: Layout) -> Iterator[Message]:
    sheet = rows.shapes[0].sheet
    if recognise(sheet) is None:
        yield msg("rename the tab “{tab}” to “{table}”", tab=sheet.title, table=Company.info.label)
    if headers := _headers_to_change(rows, layout):
        pairs = [msg("“{old}” to “{new}”", old=old, new=new) for old, new in headers.items()]
        yield msg("change the headers that only this answer guesses: {pairs}", pairs=pairs)
    yield msg(
        "`sheetcrm init {book}` adds to this book what is missing; your columns stay as they are",
        book=quote(book.address or book.name),
    )


def _headers_to_change(rows: ForeignList, layout: Layout) -> Mapping[str, Label]:
    """The headers of a company's columns that are understood here but not in a client base, and what to call them."""
    known = {column.index: column.code for column in layout.columns}
    return {
        column.header: column.field.label
        for column in rows.columns
        if column.field and column.field.table == "companies" and column.header
        if known.get(column.at[0] or 0) != column.field.code
    }
