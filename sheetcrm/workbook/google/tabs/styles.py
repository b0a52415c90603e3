"""Looks, alignments and number formats as Google writes them, and the masks that change nothing else."""

from __future__ import annotations

from sheetcrm.workbook.formats import AS_TYPED, DATE, DATETIME, GENERAL, MONTH, TYPED_TEXT
from sheetcrm.workbook.google.wire import Json
from sheetcrm.workbook.looks import Align, Style

FONT = "Calibri"
"""What the widths of columns are made for."""

STYLE = "userEnteredFormat(backgroundColorStyle,borders,textFormat(bold,fontSize,foregroundColorStyle,underline))"
LINKED = "userEnteredFormat.textFormat(foregroundColorStyle,underline)"
ALIGN = "userEnteredFormat(horizontalAlignment,padding,verticalAlignment,wrapStrategy)"
NUMBER = "userEnteredFormat.numberFormat"

_TYPES = {DATE: "DATE", MONTH: "DATE", DATETIME: "DATE_TIME", TYPED_TEXT: "TEXT"}

_FULL = 255
_PADDING = {"top": 2, "right": 3, "bottom": 2, "left": 3}
"""Google's own."""

_INDENT = 9
"""Pixels."""


def colour(rgb: str) -> Json:
    """`RRGGBB` as a ColorStyle."""
    channels = zip(("red", "green", "blue"), bytes.fromhex(rgb), strict=True)
    return {"rgbColor": {name: 1 if value == _FULL else round(value / _FULL, 4) for name, value in channels if value}}


def text_format(style: Style) -> Json:
    """The letters of a style."""
    letters: Json = {"fontSize": round(style.size), "foregroundColorStyle": colour(style.colour)}
    return letters | {name: True for name in ("bold", "underline") if getattr(style, name)}


def style_format(style: Style) -> Json:
    """A style as a CellFormat, to be written by the mask `STYLE`."""
    fill = {"backgroundColorStyle": colour(style.fill)} if style.fill else {}
    borders = _borders(style)
    return fill | {"textFormat": text_format(style)} | ({"borders": borders} if borders else {})


def _borders(style: Style) -> Json:
    sides = {"left": style.around, "right": style.around, "top": style.around, "bottom": style.around}
    if not style.around:
        sides |= {"top": style.above, "bottom": style.below}
    return {side: {"style": "SOLID", "colorStyle": colour(rgb)} for side, rgb in sides.items() if rgb}


def align_format(align: Align) -> Json:
    """An alignment as a CellFormat, to be written by the mask `ALIGN`."""
    found: Json = {"verticalAlignment": "TOP" if align.vertical == "top" else "MIDDLE"}
    if align.horizontal:
        found["horizontalAlignment"] = align.horizontal.upper()
    if align.wrap:
        found["wrapStrategy"] = "WRAP"
    if align.indent:
        found["padding"] = _PADDING | {"left": _PADDING["left"] + _INDENT * align.indent}
    return found


def number_format(pattern: str) -> Json:
    """A number format as a CellFormat, to be written by the mask `NUMBER`; the empty one shows numbers as typed.

    A format that asks how large a number is would show its other half, `General`, for a word.
    """
    if pattern in (GENERAL, AS_TYPED):
        return {}
    kind = _TYPES.get(pattern) or ("PERCENT" if pattern.endswith("%") else "NUMBER")
    return {"numberFormat": {"type": kind, "pattern": pattern}}
