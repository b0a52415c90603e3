"""What each cell of a drawn tab wears: its look, and where its text stands; the same for every adapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sheetcrm.tab import Format, Item, Look, Shown, Tab, TabColumn, TabRow
from sheetcrm.workbook.looks import HEADER, HEADER_OF, LINE, STYLES, Align, Style, Vertical

_NUMBERS = (Format.INTEGER, Format.QUANTITY, Format.MONEY, Format.PERCENT)
_DATES = (Format.DATE, Format.DATETIME, Format.MONTH)


def body_styles(tab: Tab) -> Mapping[Look, Style]:
    """The style of every look in the tab's body: a thin line below each row, where no grid lines are shown."""
    if tab.group not in ("report", "start"):
        return STYLES
    return {look: _lined(style) for look, style in STYLES.items()}


def _lined(style: Style) -> Style:
    return style if style.above or style.around else replace(style, below=LINE)


def look_of(item: Item, row: TabRow, column: TabColumn | None) -> Look:
    """The cell's own look before the row's, the row's before the column's."""
    if isinstance(item, Shown) and item.look is not None:
        return item.look
    if row.look is not Look.PLAIN or column is None:
        return row.look
    return column.look


def header_style(tab: Tab, column: TabColumn) -> Style:
    """A pivot's header is as quiet as its subtotals: the program lays its own style over it, with dark letters."""
    return STYLES[Look.SUBTOTAL] if tab.pivot is not None else HEADER_OF.get(column.look, HEADER)


def header_align(tab: Tab, at: int) -> Align:
    """Where the header of a column stands: above its values, and left of a filter's button."""
    column = tab.columns[at]
    right = column.format in _NUMBERS and not tab.filter
    return Align("right" if right else "left", wrap=tab.pivot is None, indent=_margin(column, at))


def align_of(column: TabColumn, at: int, row: TabRow, vertical: Vertical) -> Align:
    """Where the value of a column, the `at`-th, stands in a row of the body."""
    # A folded row is a sibling of the row above it, though one level deeper in the outline.
    depth = row.level - row.folded if at == 0 and column.format is Format.TEXT else 0
    indent = _margin(column, at) or depth
    left = indent or column.format in _DATES
    return Align("left" if left else None, vertical, column.wrap, indent)


def vertical_of(tab: Tab) -> Vertical:
    """Beside wrapped texts the short ones stand level with the first line."""
    return "top" if any(column.wrap for column in tab.columns) else "center"


def _margin(column: TabColumn, at: int) -> int:
    """What is aligned left keeps its distance: the column before may be numbers, aligned right."""
    return 1 if at and column.format not in _NUMBERS else 0


def ruled_width(tab: Tab, row: TabRow) -> int:
    """How many cells a line of free text has: one with a rule below it runs across the page."""
    if not STYLES[row.look].below:
        return len(row.values)
    return max(len(line.values) for line in tab.rows)
