"""Books of the user, tabs drawn into them, and what became of the parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook.workbook import Workbook as Read
from openpyxl.worksheet.worksheet import Worksheet as ReadSheet
from python_calamine import CalamineWorkbook
from xlsxwriter.workbook import Workbook

from sheetcrm.errors import GuardError
from sheetcrm.tab import Chart, Format, Highlight, Look, Shown, Tab, TabColumn, TabRow
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.tabs.scratch import scratch
from sheetcrm.workbook.xlsx.tabs.transplant import transplant
from tests.lossless.allowed import Allowed
from tests.lossless.comparer import differences

Draw = Callable[[Workbook], object]

SALES = "▦ Sales"
COLUMNS = (
    TabColumn("Name", note="who bought", choices=("a", "b")),
    TabColumn("Sum", Format.MONEY),
    TabColumn("When", Format.DATE, choices=(SALES, 2, 4)),
)
ROWS = tuple(
    TabRow((Shown(f" {name}  _x0041_", link=("https://example.com/?a=1&b=2", "")), amount, date(2024, 5, amount)))
    for name, amount in (("Daisy", 7), ("Rose", 9))
)
REPORT = Tab(
    SALES,
    COLUMNS,
    ROWS,
    lead=(TabRow(("Sales",), Look.TITLE),),
    chart=Chart("bar", "Sums", 0, (1,), 0, 1),
    filter=True,
    highlights=(Highlight(0, "blank"), Highlight(1, "bar")),
)
LINES = Tab("▦ Lines", COLUMNS[:2], ROWS, chart=Chart("line", "Lines", 0, (1,), 0, 1))
NOTES = Tab("▦ Notes", rows=(TabRow(("A note",)),))
"""A tab of nothing but text."""


def written(draw: Draw, **options: object) -> bytes:
    """A book as XlsxWriter writes it."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    book.set_properties({"created": datetime(2026, 11, 22)})  # or two of one kind would differ by a second
    draw(book)
    book.close()
    return buffer.getvalue()


def users(*titles: str) -> Draw:
    """Tabs of the user's own."""

    def draw(book: Workbook) -> None:
        for title in titles or ("Deals", "Plans"):
            book.add_worksheet(title).write_string("A1", title)

    return draw


def into(data: bytes, *tabs: Tab) -> bytes:
    """A book with drawn tabs in it."""
    draft = Draft(open_package("book.xlsx", data))
    transplant(draft, scratch(tabs, draft.date1904), {tab.title: tab.group for tab in tabs})
    return draft.finished()


def bring(data: bytes, drawn: bytes, *titles: str) -> bytes:
    """A book with the tabs of another one in it."""
    draft = Draft(open_package("book.xlsx", data))
    transplant(draft, drawn, dict.fromkeys(titles, "report"))
    return draft.finished()


def seen(data: bytes) -> Read:
    return openpyxl.load_workbook(BytesIO(data))


def sheet(data: bytes, title: str = SALES) -> ReadSheet:
    found = seen(data)[title]
    assert isinstance(found, ReadSheet)
    return found


def values(data: bytes, title: str = SALES) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(title).to_python(skip_empty_area=False)


def part(data: bytes, name: str) -> str:
    return open_package("book.xlsx", data).read(name).decode()


def names(data: bytes) -> set[str]:
    return set(open_package("book.xlsx", data).entries)


def lost(before: bytes, after: bytes, *tabs: str) -> list[str]:
    return differences(before, after, Allowed(tabs=tabs, formulas=True))


def pictures(*titles: str) -> Draw:
    """Tabs that all show one and the same picture, a dot."""
    dot = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000" "1f15c4890000000d49444154789c636060606000000005"
        "0001a5f645400000000049454e44ae426082"
    )  # fmt: skip

    def draw(book: Workbook) -> None:
        for title in titles:
            book.add_worksheet(title).insert_image("B2", "dot.png", {"image_data": BytesIO(dot)})

    return draw


def refused(data: bytes, *tabs: Tab) -> str:
    """Why the tabs may not come; nothing is changed then."""
    draft = Draft(open_package("book.xlsx", data))
    with pytest.raises(GuardError) as stop:
        transplant(draft, scratch(tabs), {tab.title: tab.group for tab in tabs})
    assert not draft.changed
    return str(stop.value.message)
