"""The parts around a sheet while rows are taken out: tables, pivots, comments, drawings; and those nobody knows."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree

from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.compact.frame import move_anchor
from sheetcrm.workbook.xlsx.compact.removal import Removal
from sheetcrm.workbook.xlsx.compact.work import Compaction, address
from sheetcrm.workbook.xlsx.edit.cell import escaped
from sheetcrm.workbook.xlsx.edit.pivots import pivot_sources, refresh
from sheetcrm.workbook.xlsx.edit.references import area
from sheetcrm.workbook.xlsx.edit.tables import ExcelTable, excel_tables
from sheetcrm.workbook.xlsx.parts import local

_ANCHORS = ("twoCellAnchor", "oneCellAnchor")
_SHEET_KINDS = frozenset(
    {
        "hyperlink", "drawing", "vmlDrawing", "comments", "threadedComment", "table", "pivotTable", "printerSettings",
        "image", "ctrlProp", "control", "oleObject", "package", "slicer", "timeline", "queryTable", "customProperty",
    }
)  # fmt: skip
_BOOK_KINDS = frozenset(
    {
        "worksheet", "chartsheet", "styles", "theme", "sharedStrings", "calcChain", "externalLink", "vbaProject",
        "sheetMetadata", "person", "pivotCacheDefinition", "slicerCache", "timelineCache", "connections", "customXml",
        "powerPivotData", "FeaturePropertyBag", "rdArray", "richValueRel", "rdRichValue", "rdRichValueStructure",
        "rdRichValueTypes", "rdRichValueWebImage", "rdSupportingPropertyBag", "rdSupportingPropertyBagStructure",
    }
)  # fmt: skip
_DATA = re.compile(rb"<x:ClientData.*?</x:ClientData>", re.DOTALL)
_NOTE_ROW = re.compile(rb"(<x:Row>\s*)(\d+)")
_NOTE_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)")
_NOTE_FORMULA = re.compile(rb"(<x:Fmla\w+>)([^<]*)")
_ANCHOR_LENGTH = 8
_TOP, _BOTTOM = 2, 6


def check_book(work: Compaction) -> None:
    """Parts of the book that may point at rows in ways that are not known."""
    for relation in work.draft.relations(work.draft.workbook):
        if relation.kind not in _BOOK_KINDS and not relation.external:
            work.stop_all(relation.target, msg("sheetcrm does not know what it points at"))


def move_tables(work: Compaction) -> None:
    """Excel tables of all sheets: their ranges, and their columns' formulas."""
    for table in excel_tables(work.draft):
        for element in work.draft.tree(table.part).iter():
            match local(element):
                case "table" | "autoFilter" | "sortState" | "sortCondition" if element.get("ref"):
                    ref = str(element.get("ref"))
                    moved = work.removal(table.sheet).ranges(ref)
                    if moved != ref:
                        element.set("ref", moved)
                        work.draft.edit(table.part)
                case "calculatedColumnFormula" | "totalsRowFormula" if element.text:
                    text = _column_formula(work, table, element)
                    if text != element.text:
                        element.text = text
                        work.draft.edit(table.part)


def _column_formula(work: Compaction, table: ExcelTable, element: etree._Element) -> str:
    """The formula of a whole column, whose rows count from the first one; or that of its total."""
    removal = work.removal(table.sheet)
    if local(element) == "totalsRowFormula":
        old, new = table.bottom, removal.moved(table.bottom)
    else:
        old, new = table.first, removal.moved(table.top) + table.headers
    return work.based(element.text or "", table.sheet, table.name, old, new)


def move_pivots(work: Compaction) -> None:
    """What the user's pivots count; it is counted anew when the book is opened."""
    for source in list(pivot_sources(work.draft)):
        ref = str(source.element.get("ref", ""))
        title = work.resolver.title(str(source.element.get("sheet", "")))
        moved = work.removal(title).ranges(ref)
        if moved != ref:
            work.draft.edit(source.part)
            source.element.set("ref", moved)
    refresh(work.draft, work.removals)


def move_around(work: Compaction, title: str) -> None:
    """The parts that belong to a sheet."""
    draft, removal = work.draft, work.removal(title)
    for relation in draft.relations(draft.sheet(title).part):
        part = relation.target
        if relation.kind == "hyperlink":
            if relation.target.startswith("#") and work.followed(part[1:], title, part) != part[1:]:
                work.stop([title], part, msg("it leads to a row by its number"))
            continue
        if relation.kind not in _SHEET_KINDS:
            work.stop([title], part, msg("sheetcrm does not know what it points at"))
        if relation.external or part not in draft:
            continue
        match relation.kind:
            case "comments" | "threadedComment":
                _move_comments(work, title, draft.edit(part), removal)
            case "vmlDrawing":
                draft.put(part, _notes(work, title, draft.read(part), removal))
            case "drawing":
                for anchor in [found for found in draft.edit(part).iter() if local(found) in _ANCHORS]:
                    move_anchor(anchor, removal)
            case "pivotTable":
                _move_pivot(work, title, draft.edit(part), removal)


def _move_comments(work: Compaction, title: str, root: etree._Element, removal: Removal) -> None:
    for element in root.iter():
        text = str(element.get("ref", "")) if local(element) in ("comment", "threadedComment") else ""
        cells = area(text)
        if cells is None:
            continue
        if cells[0] in removal:
            work.stop([title], address(title, cells[0], cells[1]), msg("it has a comment"))
        else:
            element.set("ref", removal.ranges(text))


def _move_pivot(work: Compaction, title: str, root: etree._Element, removal: Removal) -> None:
    for location in [found for found in root if local(found) == "location"]:
        text = str(location.get("ref", ""))
        cells = area(text)
        if cells is None:
            continue
        # Its page filters stand above it, with a blank row between.
        above = int(location.get("rowPageCount", "0"))
        if removal.hits(cells[0] - (above + 1 if above else 0), cells[2]):
            work.stop([title], f"{title}!{text}", msg("a pivot table stands on the blank row"))
        else:
            location.set("ref", removal.ranges(text))


def _notes(work: Compaction, title: str, content: bytes, removal: Removal) -> bytes:
    """The old drawing of comments and controls: text, since it is not always XML."""

    def move(found: re.Match[bytes]) -> bytes:
        data = found[0]
        row = _NOTE_ROW.search(data)
        at = int(row[2]) if row else _top(data)
        up = at + 1 - removal.moved(at + 1)
        data = _NOTE_ROW.sub(lambda old: b"%s%d" % (old[1], at - up), data)
        data = _NOTE_ANCHOR.sub(lambda old: old[1] + _raised(old[2], up), data)
        return _NOTE_FORMULA.sub(lambda old: old[1] + _followed(work, title, old[2]), data)

    return _DATA.sub(move, content)


def _top(data: bytes) -> int:
    anchor = _NOTE_ANCHOR.search(data)
    numbers = anchor[2].split(b",") if anchor else []
    return int(numbers[_TOP]) if len(numbers) == _ANCHOR_LENGTH else 0


def _raised(anchor: bytes, up: int) -> bytes:
    numbers = anchor.split(b",")
    if len(numbers) != _ANCHOR_LENGTH or not up:
        return anchor
    for at in (_TOP, _BOTTOM):
        numbers[at] = b" %d" % max(int(numbers[at]) - up, 0)
    return b",".join(numbers)


def _followed(work: Compaction, title: str, text: bytes) -> bytes:
    plain = unescape(text.decode("utf-8", "replace"))
    moved = work.followed(plain, title, title)
    return text if moved == plain else escaped(moved).encode()
