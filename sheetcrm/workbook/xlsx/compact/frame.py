"""What a sheet says of its cells outside of them, while rows are taken out: ranges, breaks, the view."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.compact.removal import Removal
from sheetcrm.workbook.xlsx.compact.work import Compaction
from sheetcrm.workbook.xlsx.edit.references import area
from sheetcrm.workbook.xlsx.parts import local

_KNOWN = frozenset(
    {
        "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
        "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
        "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
        "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
        "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "AlternateContent",
        "tableParts", "extLst",
    }
)  # fmt: skip
# Sparklines, conditional formats, validations, ignored errors, protected ranges, slicers and timelines.
_KNOWN_EXTENSIONS = frozenset(
    {
        "{05C60535-1F16-4FD2-B633-F4F36F0B64E0}", "{78C0D931-6437-407D-A8EE-F0AAD7539E65}",
        "{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}", "{01252117-D84E-4E92-8308-4BE1C098FCBB}",
        "{FC87AEE6-9EDD-4A0A-B7FB-166176984837}", "{A8765BA9-456A-4DAB-B4F3-ACF838C121DE}",
        "{3A4CF648-6AED-40F4-86FF-DC5316D8AED3}", "{7E03D99C-DC04-49D9-9315-930204A7B6E9}",
    }
)  # fmt: skip
# What lies on cells of its own and goes when all of them go.
_GOES = {
    "mergeCell": "ref",
    "hyperlink": "ref",
    "conditionalFormatting": "sqref",
    "dataValidation": "sqref",
    "protectedRange": "sqref",
    "ignoredError": "sqref",
    "cellWatch": "r",
}
_STAYS = {
    "dimension": ("ref",),
    "autoFilter": ("ref",),
    "sortState": ("ref",),
    "sortCondition": ("ref",),
    "scenarios": ("sqref",),
    "inputCells": ("r",),
}
# What the reader sees first and has selected; where that goes, the next row takes its place.
_SEEN = {
    "selection": ("activeCell", "sqref"),
    "sheetView": ("topLeftCell",),
    "customSheetView": ("topLeftCell",),
    "pane": ("topLeftCell",),
}
# Elements that hold others of their kind, and are not allowed to hold none.
_HOLDERS = frozenset(
    {
        "mergeCells", "hyperlinks", "dataValidations", "protectedRanges", "ignoredErrors", "cellWatches", "sparklines",
        "sparklineGroup", "sparklineGroups", "conditionalFormattings", "ext", "extLst",
    }
)  # fmt: skip
# What a group of sparklines says of all of them.
_GROUP_LOOKS = re.compile(r"color|f$")


def move_frame(work: Compaction, title: str) -> None:
    """Let the ranges of a sheet follow its rows."""
    sheet = work.draft.sheet(title)
    removal = work.removal(title)
    frame = sheet.edit_frame()
    _check_known(work, title, frame)
    for element in list(frame.iter()):
        word = local(element)
        if word in _GOES:
            _move_or_drop(work, element, _GOES[word], removal, sheet.part)
        elif word in _STAYS:
            _move(work, title, element, _STAYS[word], removal)
        elif word in _SEEN:
            _move_view(element, _SEEN[word], removal)
        elif word == "sqref":
            _move_inside(element, removal)
        elif word == "rowBreaks":
            _move_breaks(element, removal)
        elif word == "anchor":
            move_anchor(element, removal)


def _check_known(work: Compaction, title: str, frame: etree._Element) -> None:
    """Whatever is not known may point at rows in ways that are not known."""
    for element in frame:
        word = local(element)
        if word and word not in _KNOWN:
            work.stop([title], word, msg("sheetcrm does not know what it points at"))
        for extension in element if word == "extLst" else ():
            uri = str(extension.get("uri", "")).upper()
            if uri and uri not in _KNOWN_EXTENSIONS:
                work.stop([title], uri, msg("sheetcrm does not know what it points at"))


def _move_or_drop(work: Compaction, element: etree._Element, name: str, removal: Removal, part: str) -> None:
    cells = removal.ranges(str(element.get(name, "")))
    corners = area(cells)
    alone = local(element) == "mergeCell" and corners is not None and corners[:2] == corners[2:]
    if cells and not alone:
        element.set(name, cells)
        return
    link = next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")
    if link:
        work.draft.unrelate(part, link)
    _drop(element)


def _drop(element: etree._Element) -> None:
    """Remove an element, and what held nothing else."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if parent.get("count") is not None:
        parent.set("count", str(len(parent)))
    held = [child for child in parent if local(child) and not _GROUP_LOOKS.match(local(child))]
    if local(parent) in _HOLDERS and not held:
        _drop(parent)


def _move(work: Compaction, title: str, element: etree._Element, names: tuple[str, ...], removal: Removal) -> None:
    for name in names:
        text = element.get(name)
        if text is None:
            continue
        cells = removal.ranges(text)
        if cells:
            element.set(name, cells)
        else:
            work.stop([title], f"{local(element)} {text}", msg("it lies on the blank row"))


def _move_view(element: etree._Element, names: tuple[str, ...], removal: Removal) -> None:
    for name in names:
        text = element.get(name)
        if text is not None:
            element.set(name, " ".join(dict.fromkeys(_seen(piece, removal) for piece in text.split())))


def _seen(piece: str, removal: Removal) -> str:
    """A range of the view; of one that goes, the row below in its place."""
    moved = removal.ranges(piece)
    cells = area(piece)
    if moved or cells is None:
        return moved or piece
    return piece.partition(":")[0].rstrip("0123456789") + str(removal.moved(cells[0]))


def _move_inside(element: etree._Element, removal: Removal) -> None:
    """The ranges of a newer element, written as its text."""
    cells = removal.ranges(element.text or "")
    owner = element.getparent()
    if cells:
        element.text = cells
    elif owner is not None:
        _drop(owner)


def _move_breaks(element: etree._Element, removal: Removal) -> None:
    """Page breaks, each said by the row above it; two that come to one place are one."""
    seen: set[int] = set()
    for line in [child for child in element if local(child) == "brk"]:
        row = removal.closed(int(line.get("id", "0")))
        if row in seen or not row:
            element.remove(line)
            continue
        seen.add(row)
        line.set("id", str(row))
    lines = [child for child in element if local(child) == "brk"]
    element.set("count", str(len(lines)))
    element.set("manualBreakCount", str(sum(line.get("man") in ("1", "true") for line in lines)))


def move_anchor(anchor: etree._Element, removal: Removal) -> None:
    """Something drawn over cells moves with the row that it begins on, and stays as large as it is."""
    ends = {local(end): row for end in anchor if local(end) in ("from", "to") for row in _rows(end)}
    if "from" not in ends:
        return
    start = int(ends["from"].text or "0")
    up = start + 1 - removal.moved(start + 1)
    for row in ends.values():
        row.text = str(int(row.text or "0") - up)


def _rows(end: etree._Element) -> Iterator[etree._Element]:
    return (child for child in end if local(child) == "row")
