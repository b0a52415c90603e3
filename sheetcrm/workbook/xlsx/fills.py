"""Which rows are coloured: people mark the rows of their lists with a background, and it means something."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.parts import SheetPart, attribute, local, relations, workbook_part, xml
from sheetcrm.workbook.xlsx.walk import RawCell, raw_cells

_WHITE = "FFFFFF"
# The first 64 colours of the old palette, as ECMA-376 part 1, 18.8.27 lists them from number 8 on.
_INDEXED = (
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF800000008000000080808000800080008080C0C0C0808080"
    "9999FF993366FFFFCCCCFFFF660066FF80800066CCCCCCFF000080FF00FFFFFF0000FFFF8000808000000080800000FF"
    "00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC993366FF33CCCC99CC00FFCC00FF9900FF6600666699969696"
    "003366339966003300333300993300993366333399333333"
)
_THEME_ORDER = (1, 0, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11)


def row_fills(package: Package, parts: Sequence[SheetPart]) -> dict[str, Mapping[int, str]]:
    """By tab, the background of each row's first coloured cell as `RRGGBB`; white is no colour."""
    colours = _style_colours(package)
    if not colours:
        return {}
    return {part.title: _first_colours(raw_cells(package, part.part), colours) for part in parts}


def _first_colours(cells: Iterable[RawCell], colours: Mapping[int, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for cell in cells:
        if cell.style in colours:
            found.setdefault(cell.row, colours[cell.style])
    return found


def _style_colours(package: Package) -> dict[int, str]:
    """The background of each cell style that has one."""
    targets = {relation.kind: relation.target for relation in relations(package, workbook_part(package))}
    if targets.get("styles", "") not in package:
        return {}
    styles = xml(package, targets["styles"])
    theme = _theme_colours(package, targets.get("theme", ""))
    fills = [_fill(fill, theme) for fill in _children(styles, "fills")]
    found: dict[int, str] = {}
    for number, style in enumerate(_children(styles, "cellXfs")):
        fill = int(style.get("fillId") or 0)
        if fill < len(fills) and fills[fill] not in ("", _WHITE):
            found[number] = fills[fill]
    return found


def _children(root: etree._Element, name: str) -> list[etree._Element]:
    return [child for group in root if local(group) == name for child in group if local(child)]


def _fill(fill: etree._Element, theme: Sequence[str]) -> str:
    pattern = next((child for child in fill if local(child) == "patternFill"), None)
    if pattern is None or pattern.get("patternType", "none") == "none":
        return ""
    colour = next((child for child in pattern if local(child) == "fgColor"), None)
    return "" if colour is None else _rgb(colour, theme)


def _rgb(colour: etree._Element, theme: Sequence[str]) -> str:
    """The colour as `RRGGBB`, "" where the book does not say which."""
    found = ""
    if colour.get("rgb"):
        found = str(colour.get("rgb"))[-6:]
    elif colour.get("theme"):
        found = "".join(theme[int(str(colour.get("theme"))) :][:1])
    elif colour.get("indexed"):
        found = _indexed(int(str(colour.get("indexed"))))
    return _tinted(found, float(colour.get("tint") or 0)) if found else ""


def _indexed(number: int) -> str:
    """A colour of the old palette; numbers from 64 on are the system's own."""
    at = 6 * (number - 8 if number >= 8 else number)
    return _INDEXED[at : at + 6]


def _tinted(colour: str, tint: float) -> str:
    """Lightened (tint above 0) or darkened, as ECMA-376 part 1, 18.8.19 defines it."""
    if not tint:
        return colour.upper()
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(255 * channel):02X}" for channel in colorsys.hls_to_rgb(hue, light, saturation))


def _theme_colours(package: Package, part: str) -> list[str]:
    """The theme's colours in the order cells number them: light before dark."""
    if part not in package:
        return []
    scheme = next((element for element in xml(package, part).iter() if local(element) == "clrScheme"), None)
    if scheme is None:
        return []
    colours = [_theme_colour(slot) for slot in scheme if local(slot)]
    return [colours[at] for at in _THEME_ORDER if at < len(colours)]


def _theme_colour(slot: etree._Element) -> str:
    colour = next((child for child in slot if local(child)), None)
    if colour is None:
        return ""
    return attribute(colour, "lastClr") or attribute(colour, "val")
