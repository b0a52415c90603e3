"""A tab drawn as a worksheet: values, looks, and everything that makes it pleasant to work in."""

from __future__ import annotations

from itertools import pairwise

from xlsxwriter.workbook import Workbook

from sheetcrm.tab import Tab, TabRow
from sheetcrm.workbook.cells import check_title
from sheetcrm.workbook.grid import body_row, footer_row, header_text, last_row
from sheetcrm.workbook.looks import GROUP_COLOURS
from sheetcrm.workbook.xlsx.tabs.book import Sheet
from sheetcrm.workbook.xlsx.tabs.chart import add_chart
from sheetcrm.workbook.xlsx.tabs.choices import add_choices
from sheetcrm.workbook.xlsx.tabs.highlights import add_highlights
from sheetcrm.workbook.xlsx.tabs.pen import Pen
from sheetcrm.workbook.xlsx.tabs.view import set_view
from sheetcrm.workbook.xlsx.tabs.wardrobe import Wardrobe


def draw(book: Workbook, tab: Tab, wardrobe: Wardrobe, date1904: bool) -> Sheet:
    """Write a tab whole, behind those that stand."""
    sheet = book.add_worksheet(check_title(tab.title), Sheet)
    assert isinstance(sheet, Sheet)
    sheet.set_tab_color(f"#{GROUP_COLOURS[tab.group]}")
    if is_hidden(tab):
        sheet.hide()
    set_view(sheet, tab)
    if tab.table:
        _add_table(sheet, tab)
    _fill(Pen(sheet, tab, wardrobe, date1904), tab)
    add_choices(book, sheet, tab)
    add_highlights(sheet, tab, wardrobe)
    if tab.chart is not None:
        add_chart(book, sheet, tab, tab.chart)
    return sheet


def _add_table(sheet: Sheet, tab: Tab) -> None:
    """The header and the body as one Excel table; it is dressed by its cells like any other tab."""
    options = {
        "name": tab.table,
        "style": None,
        "columns": [{"header": header_text(column)} for column in tab.columns],
    }
    failed = sheet.add_table(tab.header_row - 1, 0, last_row(tab) - 1, len(tab.columns) - 1, options)
    assert not failed, f"{tab.table} cannot be a table"


def is_hidden(tab: Tab) -> bool:
    """Whether a new tab is hidden."""
    return tab.hidden or tab.group == "system"


def _fill(pen: Pen, tab: Tab) -> None:
    for number, row in enumerate(tab.lead, 1):
        pen.free_row(number, row)
    if tab.columns:
        pen.header()
    rows = (*tab.rows, *[TabRow(())] * tab.spare)
    for number, (row, below) in enumerate(pairwise((*rows, TabRow(()))), body_row(tab)):
        pen.body_row(number, row, below.folded and not row.folded)
    for number, row in enumerate(tab.footer, footer_row(tab)):
        pen.free_row(number, row)
