"""Small books for tests, written as text."""

from __future__ import annotations

from datetime import date

from sheetcrm.schema.base import Base, load
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.tables import recognise
from sheetcrm.table import Book, Cell, Sheet, book

TODAY = date(2026, 11, 21)


def cell(text: str) -> Cell:
    """A cell as calamine gives it: ISO dates are dates, bare numbers floats, quoted text text, the rest text."""
    text = text.strip()
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        return text[1:-1]
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def sheet(title: str, text: str) -> Sheet:
    """A tab from lines of cells between bars; the first line is the header."""
    rows = [[cell(part) for part in line.strip().strip("|").split("|")] for line in text.strip().splitlines()]
    width = max(map(len, rows))
    return Sheet(title, [row + [""] * (width - len(row)) for row in rows])


def book_of(tabs: dict[str, str], name: str = "clients.xlsx") -> Book:
    """A book from its tabs by title."""
    return book(name, "r1", [sheet(title, text) for title, text in tabs.items()], recognise)


def base_of(tabs: dict[str, str], until: date | None = None) -> Base:
    """A client base from its tabs by title."""
    return load(book_of(tabs), until)


def facts_of(tabs: dict[str, str], today: date = TODAY) -> Facts:
    """The facts of a client base as of `today`."""
    return Facts(base_of(tabs), today)
