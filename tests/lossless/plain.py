"""The client list that every made book holds: a tab Data of five clients, a tab Sums that counts them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

HEADER = ("Name", "City", "Amount", "Since", "Note", "Double")
CLIENTS = (
    ("Daisy", "Perm", 100.0, date(2024, 1, 9), "first"),
    ("Lily & Co", "Omsk", 250.5, date(2024, 5, 20), "second"),
    ("Rose", "Tver", 75.25, date(2025, 2, 1), "third"),
    ("Tulip", "Perm", 1000.0, date(2025, 8, 15), "fourth"),
    ("Aster", "Kazan", 40.0, date(2026, 3, 3), "last"),
)
FIRST, LAST = 2, 6
"""The rows of the first client and of the last."""
TOTAL = sum(client[2] for client in CLIENTS)
NOWHERE_ELSE = {"in_memory": True}

Decorate = Callable[[Workbook, Worksheet], None]


def made(decorate: Decorate | None = None, **options: object) -> bytes:
    """The list, decorated by what else people keep in a book.

    Args:
        decorate: Given the book and its tab Data.
        options: XlsxWriter's own, such as `date_1904`.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {**NOWHERE_ELSE, **options})
    book.set_properties({"created": date(2026, 1, 1), "title": "Clients"})
    data = book.add_worksheet("Data")
    fill(book, data)
    sum_up(book)
    if decorate is not None:
        decorate(book, data)
    book.close()
    return buffer.getvalue()


def fill(book: Workbook, data: Worksheet) -> None:
    """Header, five clients, and a formula of each row with its value."""
    bold, day = book.add_format({"bold": True, "bg_color": "#DDEBF7"}), book.add_format({"num_format": "dd.mm.yyyy"})
    money = book.add_format({"num_format": "#,##0.00", "font_color": "#1F4E78"})
    data.write_row(0, 0, HEADER, bold)
    for row, (name, city, amount, since, note) in enumerate(CLIENTS, 1):
        data.write_string(row, 0, name)
        data.write_string(row, 1, city)
        data.write_number(row, 2, amount, money)
        data.write_datetime(row, 3, datetime(since.year, since.month, since.day), day)
        data.write_string(row, 4, note)
        data.write_formula(row, 5, f"=C{row + 1}*2", money, amount * 2)
    data.set_column(0, 0, 24)


def sum_up(book: Workbook) -> None:
    """A tab that counts the list, and says what depends on none of it."""
    sums = book.add_worksheet("Sums")
    sums.write_string("A1", "Total")
    sums.write_formula("B1", "=SUM(Data!C2:C6)", None, TOTAL)
    sums.write_formula("B2", "=Data!C3", None, CLIENTS[1][2])
    sums.write_formula("B3", "=1+1", None, 2)
    sums.write_formula("B4", '=Data!A3&"!"', None, "Lily & Co!")


def sums_of(book: Workbook) -> Worksheet:
    """The tab Sums."""
    sheet: Worksheet | None = book.get_worksheet_by_name("Sums")
    assert sheet is not None
    return sheet


def board_of(book: Workbook) -> Worksheet:
    """The tab Board, for what is not in the list."""
    return book.get_worksheet_by_name("Board") or book.add_worksheet("Board")
