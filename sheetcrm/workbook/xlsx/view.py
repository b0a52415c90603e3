"""How a drawn tab is seen and printed: widths, frozen header, filter, outline, page."""

from __future__ import annotations

from itertools import pairwise

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.tab import Tab, TabColumn
from sheetcrm.workbook.grid import body_row, last_row, plain

_A4 = 9
_WIDEST_TEXT = 70
_ROOMY = 18.0


def set_view(sheet: Worksheet, tab: Tab) -> None:
    """Set everything that is not in the cells."""
    sheet.sheet_view.showGridLines = tab.group not in ("start", "report")
    if tab.group in ("start", "report") and not any(column.wrap for column in tab.columns):
        sheet.sheet_format.defaultRowHeight = _ROOMY
        sheet.sheet_format.customHeight = True
    if tab.columns:
        _set_columns(sheet, tab.columns)
        sheet.freeze_panes = f"{get_column_letter(tab.freeze + 1)}{tab.header_row + 1}"
        if tab.filter:
            bottom = max(last_row(tab), tab.header_row)
            sheet.auto_filter.ref = f"A{tab.header_row}:{get_column_letter(len(tab.columns))}{bottom}"
    else:
        _fit_free_text(sheet, tab)
    _set_outline(sheet, tab)
    _set_page(sheet, tab)


def _set_columns(sheet: Worksheet, columns: tuple[TabColumn, ...]) -> None:
    for at, column in enumerate(columns):
        dimension = sheet.column_dimensions[get_column_letter(at + 1)]
        dimension.width = column.width
        dimension.outlineLevel = column.level
        dimension.hidden = column.hidden or (column.collapsed and column.level > 0)
    for at, (left, right) in enumerate(pairwise(columns)):
        # The button of a folded group stands on the column before it.
        if right.collapsed and right.level > left.level:
            sheet.column_dimensions[get_column_letter(at + 1)].collapsed = True


def _fit_free_text(sheet: Worksheet, tab: Tab) -> None:
    """Columns as wide as the tab says, else as their longest text; a line's last text runs on and needs no room."""
    if tab.widths:
        for at, wanted in enumerate(tab.widths):
            sheet.column_dimensions[get_column_letter(at + 1)].width = wanted
        return
    widths: dict[int, int] = {}
    for row in (*tab.lead, *tab.rows, *tab.footer):
        for at, item in enumerate(row.values[:-1]):
            widths[at] = max(widths.get(at, 0), len(str(plain(item) or "")))
    for at, width in widths.items():
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(max(width + 3, 5), _WIDEST_TEXT)


def _set_outline(sheet: Worksheet, tab: Tab) -> None:
    """Buttons stand on the line that sums up a group: above it, where such a line comes first."""
    outline = sheet.sheet_properties.outlinePr
    if outline is not None:
        outline.summaryRight = False
        first = next((at for at, row in enumerate(tab.rows) if row.level), 0)
        outline.summaryBelow = not (first and tab.rows[first - 1].level < tab.rows[first].level)
    deepest = max((row.level for row in tab.rows), default=0)
    if deepest:
        sheet.sheet_format.outlineLevelRow = deepest


def _set_page(sheet: Worksheet, tab: Tab) -> None:
    sheet.page_setup.orientation = "landscape" if tab.landscape else "portrait"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom = 0.6, 0.75
    margins.header = margins.footer = 0.3
    sheet.oddFooter = HeaderFooterItem(left=_HeaderFooterPart(text="&A"), right=_HeaderFooterPart(text="&P / &N"))
    if tab.columns:
        sheet.print_title_rows = f"{tab.header_row}:{body_row(tab) - 1}"
