"""How things look: one quiet palette, and the style of every look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from sheetcrm.tab import Look
from sheetcrm.table import MARK

INK = "1F2933"
MUTED = "6B7785"
LINE = "D9DEE4"
FAINT = "E9EDF1"
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
CHART_COLOURS = (
    "2F5D7C",
    "3C8D7A",
    "B98B4E",
    "6C6AA8",
    "B5584B",
    "8B95A1",
    "7FB0D3",
    "8CC3B4",
    "DDBE8F",
    "ABA9D6",
)
"""Six strong colours, then the pale sisters of the first four, for charts with many series."""


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


Vertical = Literal["top", "center"]


class Align(NamedTuple):
    """Where a text stands in its cell."""

    horizontal: Literal["left", "right"] | None = None
    vertical: Vertical = "center"
    wrap: bool = False
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


def group_of(title: str, colour: str) -> str | None:
    """Which group a standing tab belongs to, by the colour we gave it or by the mark; None for the user's own.

    Args:
        title: The tab's.
        colour: Of the tab, as `RRGGBB` or `AARRGGBB`; "" for none.
    """
    known = {value: group for group, value in GROUP_COLOURS.items()}
    return known.get(colour[-6:].upper(), "report" if title.startswith(MARK) else None)
