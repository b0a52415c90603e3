"""How a drawn tab is seen and printed: widths, frozen header, filter, outline, page."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from sheetcrm.tab import Tab, TabColumn
from sheetcrm.table import letters
from sheetcrm.workbook.grid import body_row, last_row, plain
from sheetcrm.workbook.xlsx.tabs.book import Sheet

_A4 = 9
_FOOTER = "&L&A&R&P / &N"
_HIDE_GRID: Final = 2
_DIGIT = 7
"""Pixels of a digit: widths are counted in digits."""

_WIDEST_TEXT = 70
_ROOMY = 18.0


def set_view(sheet: Sheet, tab: Tab) -> None:
    """Set everything that is not in the cells; before them, since their rows take the tab's usual height."""
    if tab.group in ("start", "report"):
        sheet.hide_gridlines(_HIDE_GRID)
        if not any(column.wrap for column in tab.columns):
            sheet.set_default_row(_ROOMY)
    if tab.columns:
        _set_columns(sheet, tab.columns)
        sheet.freeze_panes(_header_end(tab), tab.freeze)
        if tab.filter:
            bottom = max(last_row(tab), tab.header_row)
            sheet.autofilter(tab.header_row - 1, 0, bottom - 1, len(tab.columns) - 1)
    else:
        _fit_free_text(sheet, tab)
    sheet.outline_settings(True, _sums_up_below(tab), False, False)
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
        sheet.set_column_pixels(at, at, round(column.width * _DIGIT), None, options)


def _fit_free_text(sheet: Sheet, tab: Tab) -> None:
    """Columns as wide as the tab says, else as their longest text; a line's last text runs on and needs no room."""
    widths = dict(enumerate(tab.widths)) or _text_widths(tab)
    for at, width in widths.items():
        sheet.set_column_pixels(at, at, round(width * _DIGIT))


def _text_widths(tab: Tab) -> dict[int, float]:
    longest: dict[int, int] = {}
    for row in (*tab.lead, *tab.rows, *tab.footer):
        for at, item in enumerate(row.values[:-1]):
            longest[at] = max(longest.get(at, 0), len(str(plain(item) or "")))
    return {at: min(max(length + 3, 5), _WIDEST_TEXT) for at, length in longest.items()}


def _sums_up_below(tab: Tab) -> bool:
    """Whether the line that sums up a group, and with it the button, stands below the group."""
    first = next((at for at, row in enumerate(tab.rows) if row.level), 0)
    return not (first and tab.rows[first - 1].level < tab.rows[first].level)


def _set_page(sheet: Sheet, tab: Tab) -> None:
    if tab.landscape:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.75)
    sheet.set_footer(_FOOTER, {"margin": 0.3})
    if tab.columns:
        sheet.repeat_rows(tab.header_row - 1, _header_end(tab) - 1)


def _header_end(tab: Tab) -> int:
    """The last row of the header; that of a pivot goes on in the first rows of the body."""
    return body_row(tab) - 1 + (tab.pivot.heads - 1 if tab.pivot is not None else 0)
