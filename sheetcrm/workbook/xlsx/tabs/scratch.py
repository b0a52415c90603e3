"""A whole .xlsx of tabs: the fresh book, and the book from which tabs are brought into another one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from xlsxwriter.workbook import Workbook

from sheetcrm.tab import Tab
from sheetcrm.workbook.grid import GROUPS
from sheetcrm.workbook.xlsx.edit.pack import pack
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.tabs.book import Texts
from sheetcrm.workbook.xlsx.tabs.draw import draw, is_hidden
from sheetcrm.workbook.xlsx.tabs.explicit import spelled_out
from sheetcrm.workbook.xlsx.tabs.wardrobe import Wardrobe

_UNDATED = datetime(2000, 1, 1)
_CHARTS = "xl/charts/"
_NO_SHEET = -1


def fresh(tabs: Sequence[Tab], created: datetime = _UNDATED) -> bytes:
    """A new book of these tabs, group by group, the first one open; the same tabs and day make the same bytes."""
    ordered = sorted(tabs, key=lambda tab: GROUPS.index(tab.group))
    shown = next((at for at, tab in enumerate(ordered) if not is_hidden(tab)), 0)
    return _book(ordered, shown, False, created)


def scratch(tabs: Sequence[Tab], date1904: bool = False) -> bytes:
    """A book of these tabs in their order, to take them from: none of its sheets is selected.

    Args:
        tabs: What it holds; the titles differ, whatever their case.
        date1904: Whether days are counted from 1904.

    Raises:
        GuardError: If a tab cannot be called so, or a cell cannot hold its value.
    """
    return _book(tabs, None, date1904, _UNDATED)


def _book(tabs: Sequence[Tab], active: int | None, date1904: bool, created: datetime) -> bytes:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "date_1904": date1904})
    book.set_properties({"created": created})
    book.str_table = Texts()
    wardrobe = Wardrobe(book)
    sheets = [draw(book, tab, wardrobe, date1904) for tab in tabs]
    if active is None:
        # Left alone, XlsxWriter would select the first sheet, and show it even if it is hidden.
        book.worksheet_meta.activesheet = _NO_SHEET
    else:
        sheets[active].activate()
    book.close()
    return _with_charts_spelled_out(buffer.getvalue())


def _with_charts_spelled_out(data: bytes) -> bytes:
    package = open_package("", data)
    charts = [part for part in package.entries if part.startswith(_CHARTS)]
    return pack(package, {part: [spelled_out(package.read(part))] for part in charts}) if charts else data
