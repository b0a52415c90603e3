"""Cell formats of a book, each made once: a format costs more than a cell."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from sheetcrm.tab import Look
from sheetcrm.workbook.looks import STYLES, Align, Style

_THIN = 1
_VERTICAL = {"top": "top", "center": "vcenter"}


class Wardrobe:
    """The formats made so far in a book."""

    def __init__(self, book: Workbook) -> None:
        """Begin with none."""
        self._book = book
        self._cells: dict[tuple[Style, str, Align, bool], Format] = {}
        self._rules: dict[Look, Format] = {}

    def cell(self, style: Style, number_format: str, align: Align, quoted: bool = False) -> Format:
        """The format of a cell; a quoted one holds a text that a program would take for a formula."""
        key = (style, number_format, align, quoted)
        if key not in self._cells:
            self._cells[key] = self._book.add_format(
                _letters(style)
                | _borders(style)
                | _alignment(align)
                | {"num_format": number_format, "quote_prefix": quoted}
                | _fill(style)
            )
        return self._cells[key]

    def rule(self, look: Look) -> Format:
        """The look as a conditional format has it: colours only."""
        if look not in self._rules:
            style = STYLES[look]
            letters = {"font_color": f"#{style.colour}", "bold": style.bold}
            self._rules[look] = self._book.add_format(letters | _fill(style))
        return self._rules[look]


def _letters(style: Style) -> dict[str, Any]:
    # Without a scheme the letters stay what the widths were made for, whatever the theme of the book.
    return {
        "font_name": "Calibri",
        "font_scheme": "none",
        "font_size": style.size,
        "font_color": f"#{style.colour}",
        "bold": style.bold,
        "underline": int(style.underline),
    }


def _fill(style: Style) -> dict[str, Any]:
    return {"bg_color": f"#{style.fill}"} if style.fill else {}


def _borders(style: Style) -> dict[str, Any]:
    sides = {"left": style.around, "right": style.around, "top": style.around, "bottom": style.around}
    if not style.around:
        sides |= {"top": style.above, "bottom": style.below}
    drawn = {side: colour for side, colour in sides.items() if colour}
    return dict.fromkeys(drawn, _THIN) | {f"{side}_color": f"#{colour}" for side, colour in drawn.items()}


def _alignment(align: Align) -> dict[str, Any]:
    horizontal = {"align": align.horizontal} if align.horizontal else {}
    return {"valign": _VERTICAL[align.vertical], "text_wrap": align.wrap, "indent": align.indent} | horizontal
