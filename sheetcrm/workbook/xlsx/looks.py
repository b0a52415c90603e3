"""How things look: one quiet palette, and the style of every look."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, Protocol, cast

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.tab import Look

INK = "1F2933"
MUTED = "6B7785"
LINE = "D9DEE4"
ACCENT = "2F5D7C"
WHITE = "FFFFFF"
LINK = "1F5FA8"
BAR = "7FB0D3"

GROUP_COLOURS = {
    "start": "2F5D7C",
    "work": "3C8D7A",
    "reference": "B98B4E",
    "settings": "8B95A1",
    "report": "6C6AA8",
    "system": "C3C9D0",
}
CHART_COLOURS = ("2F5D7C", "3C8D7A", "B98B4E", "6C6AA8", "B5584B", "8B95A1")


@dataclass(frozen=True, slots=True)
class Style:
    """What a look is made of; blank colours are left to the program."""

    colour: str = INK
    fill: str = ""
    bold: bool = False
    underline: bool = False
    size: float = 11
    above: str = ""
    below: str = ""
    around: str = ""
    indent: int = 0


STYLES = {
    Look.PLAIN: Style(),
    Look.TITLE: Style(size=18, bold=True),
    Look.SUBTITLE: Style(size=12, colour=MUTED),
    Look.HEADING: Style(size=12, bold=True, colour=ACCENT, below=ACCENT),
    Look.NOTE: Style(size=10, colour=MUTED),
    Look.TOTAL: Style(bold=True, above=ACCENT, fill="F3F6F9"),
    Look.SUBTOTAL: Style(bold=True, fill="F7F9FB"),
    Look.KEY: Style(colour=MUTED, fill="F4F5F7", size=10),
    Look.DERIVED: Style(colour=MUTED, fill="F4F5F7"),
    Look.INPUT: Style(fill="FFFBEE"),
    Look.GOOD: Style(colour="24643C", fill="E4F2E7"),
    Look.WARN: Style(colour="7A5200", fill="FDF1D3"),
    Look.BAD: Style(colour="96281B", fill="FAE3E0"),
    Look.CARD: Style(fill="F7F9FB", around=LINE),
    Look.MUTED: Style(colour=MUTED),
}
HEADER = Style(colour=WHITE, fill=ACCENT, bold=True)
HEADER_OF = {
    Look.KEY: replace(HEADER, fill="8B95A1"),
    Look.DERIVED: replace(HEADER, fill="8B95A1"),
    Look.INPUT: replace(HEADER, fill="3C8D7A"),
}


class _Styled(Protocol):
    """A cell by the one attribute that the stubs leave out: all its formats together."""

    _style: StyleArray


def copy_style(source: Cell | MergedCell, target: Cell | MergedCell) -> None:
    """Dress a cell like another one."""
    cast(_Styled, target)._style = copy(cast(_Styled, source)._style)


Vertical = Literal["top", "center"]


class Align(NamedTuple):
    """Where a text stands in its cell; a value that costs nothing, unlike openpyxl's."""

    horizontal: Literal["left", "right"] | None = None
    vertical: Vertical = "center"
    wrap: bool = False
    indent: int = 0


@dataclass
class Wardrobe:
    """Styles already made in a workbook, so that each is made once; a style costs more than a cell."""

    _made: dict[tuple[Style, str, Align], StyleArray] = field(default_factory=dict)

    def dress(self, cell: Cell, style: Style, number_format: str, align: Align) -> None:
        """Give the cell the style, its number format and its alignment."""
        styled = cast(_Styled, cell)
        made = self._made.get((style, number_format, align))
        if made is not None:
            styled._style = copy(made)
            return
        put_on(cell, style)
        cell.number_format = number_format
        cell.alignment = Alignment(
            horizontal=align.horizontal, vertical=align.vertical, wrap_text=align.wrap or None, indent=align.indent
        )
        self._made[style, number_format, align] = copy(styled._style)


def put_on(cell: Cell | MergedCell, style: Style) -> None:
    """Set the cell's font, fill and border."""
    cell.font = Font(name="Calibri", size=style.size, bold=style.bold, color=style.colour)
    if style.underline:
        cell.font = cell.font + Font(underline="single")
    if style.fill:
        cell.fill = PatternFill("solid", fgColor=style.fill)
    if style.around:
        side = Side("thin", color=style.around)
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    elif style.above or style.below:
        cell.border = Border(
            top=Side("thin", color=style.above) if style.above else None,
            bottom=Side("thin", color=style.below) if style.below else None,
        )


def differential(look: Look) -> DifferentialStyle:
    """The look as a conditional format has it: colours only."""
    style = STYLES[look]
    fill = PatternFill(bgColor=style.fill) if style.fill else None
    return DifferentialStyle(font=Font(color=style.colour, bold=style.bold or None), fill=fill)


def grey(sheet: Worksheet, index: int, header_row: int, last: int) -> None:
    """Dress a column as one of ours: a grey header among its neighbours, and muted cells."""
    header = sheet.cell(header_row, index + 1)
    style = HEADER_OF[Look.DERIVED]
    header.font = Font(name=header.font.name, size=header.font.size, bold=style.bold, color=style.colour)
    header.fill = PatternFill("solid", fgColor=style.fill)
    for row in range(header_row + 1, last + 1):
        put_on(sheet.cell(row, index + 1), STYLES[Look.DERIVED])
