"""A drawn sheet's XML as it stands in another book: its own texts, the other book's formats and relationships."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from sheetcrm.workbook.xlsx.edit.order import child, children, fresh
from sheetcrm.workbook.xlsx.edit.sheet import SheetDraft
from sheetcrm.workbook.xlsx.edit.styles import Adopted
from sheetcrm.workbook.xlsx.parts import local, parse
from sheetcrm.workbook.xlsx.tabs.strict import strict

# XlsxWriter's own spelling, which is always the same: no prefix, `r` first, then `spans`, then `s`.
_ROWS = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
_NO_ROWS = b"<sheetData/>"
_STYLED = re.compile(rb'(<(?:c r="[A-Z]+\d+"|row r="\d+"(?: spans="[\d:]+")?)) s="(\d+)"')
_SHARED = re.compile(rb' t="s"><v>(\d+)</v>')
_TEXT = re.compile(rb"<si>(.*?)</si>|<si/>", re.DOTALL)

_RELATIONSHIPS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
_HEAD = 1 << 12
_STEP = 1 << 20
_COLOUR = re.compile(rb"<(?:[\w.-]+:)?tabColor\s[^>]*?rgb\s*=\s*[\"'](\w+)[\"']")


class Kept(NamedTuple):
    """What a tab keeps when it is drawn anew.

    Attributes:
        colour: The attributes of its colour, none where it has no colour.
        code_name: What macros call it.
        selected: Whether it is one of the selected tabs.
    """

    colour: Mapping[str, str]
    code_name: str
    selected: bool


NEW = Kept({}, "", False)
"""What a new tab has of its own."""


def kept_of(sheet: SheetDraft) -> Kept:
    """What a standing tab keeps."""
    frame = sheet.frame()
    properties = child(frame, "sheetPr")
    colour = child(properties, "tabColor") if properties is not None else None
    views = (view for group in children(frame, "sheetViews") for view in children(group, "sheetView"))
    return Kept(
        {str(name): str(value) for name, value in colour.attrib.items()} if colour is not None else {},
        str(properties.get("codeName", "")) if properties is not None else "",
        any(view.get("tabSelected") in ("1", "true") for view in views),
    )


def colour_in(head: bytes) -> str:
    """The colour of a tab as its part's first bytes say it, "" for none."""
    found = _COLOUR.search(head[:_HEAD])
    return found[1].decode() if found else ""


def texts_in(shared: bytes) -> list[bytes]:
    """The shared texts of the drawn book, each as the content of an element: letters in several fonts stay so."""
    return [found[1] or b"" for found in _TEXT.finditer(shared)]


def frame_of(book: str, part: str, content: bytes, in_strict: bool) -> etree._Element:
    """The drawn sheet's XML with no rows in it, in the namespace of the book that it is meant for."""
    frame = _ROWS.sub(_NO_ROWS, content, count=1)
    return parse(book, part, strict(frame) if in_strict else frame)


def joined(content: bytes, frame: etree._Element, texts: Sequence[bytes], styles: Mapping[int, int]) -> bytes:
    """The sheet's part: the rows of the drawn one, in a frame that was made ready."""
    whole = etree.tostring(frame, encoding="UTF-8", xml_declaration=True, standalone=True)
    head, _, tail = whole.partition(_NO_ROWS)
    rows = _ROWS.search(content)
    if rows is None:
        return whole
    return b"".join((head, *_moved_rows(content, rows.start(), rows.end(), texts, styles), tail))


def _moved_rows(
    content: bytes, start: int, end: int, texts: Sequence[bytes], styles: Mapping[int, int]
) -> Iterator[bytes]:
    """The rows between two places, with the texts in their cells and the formats under their new numbers."""
    spelled = {b"%d" % old: b' s="%d"' % new for old, new in styles.items()}
    # Some rows at a time: all their matches at once would take more memory than the tab itself.
    while start < end:
        stop = content.find(b"<row ", start + _STEP, end)
        stop = end if stop < 0 else stop
        piece = _STYLED.sub(lambda found: found[1] + spelled[found[2]], content[start:stop])
        if texts:
            piece = _SHARED.sub(lambda found: b' t="inlineStr"><is>%s</is>' % texts[int(found[1])], piece)
        yield piece
        start = stop


def keep(frame: etree._Element, kept: Kept) -> None:
    """Give the drawn sheet what the tab had; nobody's selection changes."""
    properties = child(frame, "sheetPr")
    if properties is None:
        properties = fresh(frame, "sheetPr")
        frame.insert(0, properties)
    if kept.code_name:
        properties.set("codeName", kept.code_name)
    _colour(properties, kept.colour)
    for view in (view for group in children(frame, "sheetViews") for view in children(group, "sheetView")):
        view.attrib.pop("tabSelected", "")
        if kept.selected:
            view.set("tabSelected", "1")


def _colour(properties: etree._Element, kept: Mapping[str, str]) -> None:
    if not kept:
        return
    colour = child(properties, "tabColor")
    if colour is None:
        colour = fresh(properties, "tabColor")
        properties.insert(0, colour)
    colour.attrib.clear()
    colour.attrib.update(list(kept.items()))


def reconnect(root: etree._Element, ids: Mapping[str, str]) -> None:
    """Let the elements of a part name its relationships by their new ids."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if str(name).startswith(_RELATIONSHIPS) and value in ids:
                element.set(name, ids[str(value)])


def restyle(root: etree._Element, styles: Adopted) -> None:
    """Let columns, rules and tables name their formats by the new numbers."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if str(name).lower().endswith("dxfid"):
                element.set(name, str(styles.dxf[int(value)]))
        if local(element) == "col" and element.get("style"):
            element.set("style", str(styles.cell[int(element.get("style", "0"))]))
