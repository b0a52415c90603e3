"""A tab drawn as an openpyxl worksheet: values, looks, and everything that makes it pleasant to work in."""

from __future__ import annotations

from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.tab import Tab, TabRow
from sheetcrm.table import MARK
from sheetcrm.workbook.cells import check_title
from sheetcrm.workbook.grid import body_row, footer_row, last_row, position
from sheetcrm.workbook.xlsx.chart import add_chart
from sheetcrm.workbook.xlsx.looks import GROUP_COLOURS
from sheetcrm.workbook.xlsx.pen import Pen
from sheetcrm.workbook.xlsx.rules import add_drop_downs, add_highlights
from sheetcrm.workbook.xlsx.view import set_view


def draw(workbook: Workbook, tab: Tab) -> None:
    """Write a tab whole; one that stands already keeps its place, its colour and its visibility."""
    sheet = _blank_sheet(workbook, tab)
    pen = Pen(sheet, tab)
    for number, row in enumerate(tab.lead, 1):
        pen.free_row(number, row)
    if tab.columns:
        pen.header()
    for number, row in enumerate(tab.rows, body_row(tab)):
        pen.body_row(number, row)
    for number in range(body_row(tab) + len(tab.rows), last_row(tab) + 1):
        pen.body_row(number, TabRow(()))
    for number, row in enumerate(tab.footer, footer_row(tab)):
        pen.free_row(number, row)
    set_view(sheet, tab)
    add_drop_downs(sheet, tab)
    add_highlights(sheet, tab)
    if tab.chart is not None:
        add_chart(sheet, tab, tab.chart)


def _blank_sheet(workbook: Workbook, tab: Tab) -> Worksheet:
    check_title(tab.title)
    colour = GROUP_COLOURS[tab.group]
    hidden = tab.hidden or tab.group == "system"
    active = workbook.active
    sheet: Worksheet
    if tab.title in workbook.sheetnames:
        old: Worksheet = workbook[tab.title]
        at = workbook.index(old)
        state = old.sheet_state
        kept = old.sheet_properties.tabColor
        workbook.remove(old)
        sheet = workbook.create_sheet(tab.title, at)
        sheet.sheet_state = state
        sheet.sheet_properties.tabColor = kept if kept is not None else colour
    else:
        sheet = workbook.create_sheet(tab.title, position([_group(s) for s in workbook.worksheets], tab.group))
        sheet.sheet_state = "hidden" if hidden else "visible"
        sheet.sheet_properties.tabColor = colour
    if isinstance(active, Worksheet) and active.title != tab.title and active.sheet_state == "visible":
        workbook.active = active
    return sheet


def _group(sheet: Worksheet) -> str | None:
    """Which group a standing tab belongs to, by the colour we gave it or by the mark; None for the user's own."""
    colour = sheet.sheet_properties.tabColor
    known = {value: group for group, value in GROUP_COLOURS.items()}
    if colour is not None and isinstance(colour.rgb, str) and colour.rgb[-6:] in known:
        return known[colour.rgb[-6:]]
    return "report" if sheet.title.startswith(MARK) else None
