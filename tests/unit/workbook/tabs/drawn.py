"""Tabs drawn into a book of their own, as other programs see them."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.tab import Item, Tab, TabColumn, TabRow
from sheetcrm.workbook.xlsx.tabs.scratch import fresh


def book(*tabs: Tab) -> Workbook:
    """The tabs in a new book."""
    return openpyxl.load_workbook(BytesIO(fresh(tabs)))


def drawn(*tabs: Tab) -> Worksheet:
    """The first of the tabs, as it stands in a new book."""
    sheet = book(*tabs)[tabs[0].title]
    assert isinstance(sheet, Worksheet)
    return sheet


def part(name: str, *tabs: Tab) -> str:
    """A part of a new book of these tabs."""
    with ZipFile(BytesIO(fresh(tabs))) as package:
        return package.read(name).decode()


def table(*columns: TabColumn, rows: tuple[TabRow, ...] = (), **more: Any) -> Tab:
    """A tab with a table, on which people work."""
    settings: dict[str, Any] = {"group": "work"} | more
    return Tab("T", columns, rows, **settings)


def values(*items: Item) -> tuple[TabRow, ...]:
    """Rows of one value each."""
    return tuple(TabRow((item,)) for item in items)
