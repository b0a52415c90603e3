"""The columns of a sheet as its `<cols>` describes them: widths, outline, what is hidden."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from sheetcrm.workbook.xlsx.edit.order import child, children, fresh, placed
from sheetcrm.workbook.xlsx.edit.sheet import SheetDraft

_ORDER = ("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData")
_USUAL = "9.140625"
_USUAL_HEIGHT = "15"


def widen(sheet: SheetDraft, column: int, width: float) -> None:
    """Give a column at least that width, in characters."""
    entry = _entry(sheet, column)
    entry.set("width", f"{max(float(entry.get('width', '0')), width):g}")
    entry.set("customWidth", "1")


def hide(sheet: SheetDraft, column: int, hidden: bool) -> None:
    """Hide a column, or show it."""
    entry = _entry(sheet, column)
    entry.attrib.pop("hidden", "")
    if hidden:
        entry.set("hidden", "1")


def fold(sheet: SheetDraft, columns: list[int]) -> None:
    """Fold columns into an outline; the button that opens them stands where the sheet has its buttons."""
    for column in columns:
        _entry(sheet, column).set("outlineLevel", "1")
        hide(sheet, column, True)
    _entry(sheet, columns[0] - 1 if _buttons_left(sheet) else columns[-1] + 1).set("collapsed", "1")
    _show_buttons(sheet.edit_frame())


def _buttons_left(sheet: SheetDraft) -> bool:
    properties = child(sheet.frame(), "sheetPr")
    outline = child(properties, "outlinePr") if properties is not None else None
    return outline is not None and outline.get("summaryRight") in ("0", "false")


def _show_buttons(root: etree._Element) -> None:
    """Excel leaves room for the buttons only where the sheet says how deep its outline is."""
    standing = child(root, "sheetFormatPr")
    format = placed(root, "sheetFormatPr", _ORDER)
    if standing is None:
        format.set("defaultRowHeight", _USUAL_HEIGHT)
    format.set("outlineLevelCol", str(max(1, int(format.get("outlineLevelCol", "0")))))


def _entry(sheet: SheetDraft, column: int) -> etree._Element:
    """The column's own entry: one that spans several columns is split around it."""
    root = sheet.edit_frame()
    cols = placed(root, "cols", _ORDER)
    number = column + 1
    for entry in children(cols, "col"):
        first, last = int(entry.get("min", "0")), int(entry.get("max", "0"))
        if first <= number <= last:
            return _split(cols, entry, first, number, last)
    entry = fresh(cols, "col", min=str(number), max=str(number), width=_usual_width(root))
    cols.insert(sum(int(other.get("max", "0")) < number for other in children(cols, "col")), entry)
    return entry


def _split(cols: etree._Element, entry: etree._Element, first: int, number: int, last: int) -> etree._Element:
    at = cols.index(entry)
    spans = [(start, end) for start, end in ((first, number - 1), (number, number), (number + 1, last)) if start <= end]
    pieces = [deepcopy(entry) for _ in spans[1:]]
    for offset, (piece, (start, end)) in enumerate(zip([entry, *pieces], spans, strict=True)):
        piece.set("min", str(start))
        piece.set("max", str(end))
        if offset:
            cols.insert(at + offset, piece)
    return next(piece for piece in [entry, *pieces] if piece.get("min") == str(number))


def _usual_width(root: etree._Element) -> str:
    format = child(root, "sheetFormatPr")
    return str(format.get("defaultColWidth", _USUAL)) if format is not None else _USUAL
