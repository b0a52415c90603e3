"""How wide the columns of a drawn tab are, and how high its rows: the same for every adapter."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from sheetcrm.tab import Look, Tab, TabRow
from sheetcrm.workbook.grid import header_text, plain

DIGIT = 7
"""Pixels of a digit: widths are counted in digits."""

ROOMY = 18.0
"""The height of a report's rows, in points."""

HEIGHTS = {Look.TITLE: 30.0, Look.SUBTITLE: 20.0, Look.HEADING: 26.0}
"""The heights of lines of text, in points; others have the tab's usual height."""

_LINE_HEIGHT = 15.0
_BOLD = 1.1
"""How much wider a bold letter may be than the digit that widths are counted in."""

_WIDEST_TEXT = 70


def is_roomy(tab: Tab) -> bool:
    """Whether all rows are a little higher than usual: where nobody types and no text wraps."""
    return tab.group in ("start", "report") and not any(column.wrap for column in tab.columns)


def header_height(tab: Tab) -> float:
    """The height of the header, in points."""
    lines = 1
    if tab.pivot is None:
        lines = max(text_lines(header_text(column), column.width / _BOLD) for column in tab.columns)
    return lines * _LINE_HEIGHT + 7


def row_height(tab: Tab, row: TabRow) -> float | None:
    """The height that a row of the body needs, in points; None where the usual one will do.

    Programs don't fit a row to its text when they open a book.
    """
    if not tab.columns:
        return HEIGHTS.get(row.look)
    texts = (
        (str(plain(item)), column.width)
        for item, column in zip(row.values, tab.columns, strict=False)
        if column.wrap and plain(item) is not None
    )
    lines = max((text_lines(text, width) for text, width in texts), default=1)
    return lines * _LINE_HEIGHT + 4 if lines > 1 else None


def text_lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of that many characters."""
    letters = max(int(width - 1), 4)
    return sum(len(textwrap.wrap(part, letters)) or 1 for part in text.split("\n"))


def free_widths(tab: Tab) -> Mapping[int, float]:
    """The widths of a tab without columns: as it says, else as its longest texts; a line's last one needs no room."""
    return dict(enumerate(tab.widths)) or _text_widths(tab)


def _text_widths(tab: Tab) -> dict[int, float]:
    longest: dict[int, int] = {}
    for row in (*tab.lead, *tab.rows, *tab.footer):
        for at, item in enumerate(row.values[:-1]):
            longest[at] = max(longest.get(at, 0), len(str(plain(item) or "")))
    return {at: min(max(length + 3, 5), _WIDEST_TEXT) for at, length in longest.items()}
