"""How a drawn tab is seen and printed: widths, frozen header, filter, outline, page."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from sheetcrm.tab import Tab, TabColumn
from sheetcrm.table import letters
from sheetcrm.workbook.grid import header_end, last_row, sums_up_below
from sheetcrm.workbook.measures import DIGIT, ROOMY, free_widths, is_roomy
from sheetcrm.workbook.xlsx.tabs.book import Sheet

_A4 = 9
_FOOTER = "&L&A&R&P / &N"
_HIDE_GRID: Final = 2


def set_view(sheet: Sheet, tab: Tab) -> None:
    """Set everything that is not in the cells; before them, since their rows take the tab's usual height."""
    if tab.group in ("start", "report"):
        sheet.hide_gridlines(_HIDE_GRID)
        if is_roomy(tab):
            sheet.set_default_row(ROOMY)
    if tab.columns:
        _set_columns(sheet, tab.columns)
        sheet.freeze_panes(header_end(tab), tab.freeze)
        if tab.filter:
            bottom = max(last_row(tab), tab.header_row)
            sheet.autofilter(tab.header_row - 1, 0, bottom - 1, len(tab.columns) - 1)
    else:
        _fit_free_text(sheet, tab)
    sheet.outline_settings(True, sums_up_below(tab), False, False)
    _set_page(sheet, tab)
    if tab.columns and tab.group not in ("start", "report"):
        # No green corners on the ids, INN and phones of a tab that people fill.
        sheet.ignore_errors({"number_stored_as_text": f"A1:{letters(len(tab.columns) - 1)}{max(last_row(tab), 1)}"})


def _set_columns(sheet: Sheet, columns: tuple[TabColumn, ...]) -> None:
    # The button of a folded group stands on the column before it.
    buttons = [right.collapsed and right.level > left.level for left, right in pairwise(columns)]
    for at, (column, button) in enumerate(zip(columns, [*buttons, False], strict=True)):
        hidden = column.hidden or (column.collapsed and column.level > 0)
        options = {"level": column.level, "hidden": hidden, "collapsed": button}
        sheet.set_column_pixels(at, at, round(column.width * DIGIT), None, options)


def _fit_free_text(sheet: Sheet, tab: Tab) -> None:
    for at, width in free_widths(tab).items():
        sheet.set_column_pixels(at, at, round(width * DIGIT))


def _set_page(sheet: Sheet, tab: Tab) -> None:
    if tab.landscape:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.75)
    sheet.set_footer(_FOOTER, {"margin": 0.3})
    if tab.columns:
        sheet.repeat_rows(tab.header_row - 1, header_end(tab) - 1)
