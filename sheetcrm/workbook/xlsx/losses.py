"""What openpyxl would drop or damage: found before anything is written, and named.

openpyxl writes only what it understands. Here is what it is known to carry over; whatever else a book holds, by
relationship, by element or by extension, is a loss and stops the write. Cosmetics that office programs rebuild
(calculation chain, printer drivers, thumbnails) do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from sheetcrm.errors import GuardError
from sheetcrm.table import MARK
from sheetcrm.text import Message, msg
from sheetcrm.workbook.xlsx.frame import without_rows
from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.parts import SheetPart, local, parse, relations, sheet_parts, workbook_part, xml


class Loss(NamedTuple):
    """Something that would be lost: the tab's title, "" for the whole book, and what it is."""

    tab: str
    what: Message


_PACKAGE_KEPT = {"officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail"}
# Sheets of other kinds are among the kept: they are reported with their titles.
_BOOK_KEPT = {
    "worksheet", "styles", "theme", "sharedStrings", "calcChain", "externalLink", "vbaProject", "sheetMetadata",
    "person", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet",
}  # fmt: skip
_SHEET_KEPT = {"hyperlink", "comments", "vmlDrawing", "drawing", "table", "printerSettings"}
_SHEET_ELEMENTS_KEPT = {
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "scenarios",
    "autoFilter", "sortState", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "ignoredErrors", "drawing",
    "legacyDrawing", "tableParts", "extLst",
}  # fmt: skip
_BOOK_ELEMENTS_KEPT = {
    "fileVersion", "workbookPr", "AlternateContent", "revisionPtr", "workbookProtection", "bookViews", "sheets",
    "externalReferences", "definedNames", "calcPr", "extLst", "fileRecoveryPr", "functionGroups", "webPublishing",
}  # fmt: skip
# Extensions that say nothing about content: calculation features, default image resolution, chart tracking.
_BOOK_EXTENSIONS_KEPT = {
    "{140A7094-0E35-4892-8432-C4D2E57EDEB5}", "{B58B0392-4F1F-4190-BB64-5DF3571DCE5F}",
    "{79F54976-1DA5-4618-B147-ACDE4B953A38}", "{7626C862-2A13-11E5-B345-FEFF819CDC9F}",
}  # fmt: skip
_RELATION_NAMES = {
    "pivotTable": msg("a pivot table"),
    "pivotCacheDefinition": msg("the data of a pivot table"),
    "slicer": msg("a slicer"),
    "slicerCache": msg("a slicer"),
    "timeline": msg("a timeline"),
    "timelineCache": msg("a timeline"),
    "threadedComment": msg("a comment thread"),
    "ctrlProp": msg("a form control"),
    "control": msg("a form control"),
    "oleObject": msg("an embedded object"),
    "package": msg("an embedded object"),
    "queryTable": msg("a query to outside data"),
    "connections": msg("a connection to outside data"),
    "powerPivotData": msg("a data model (Power Pivot)"),
    "customXml": msg("data of a document system (custom XML)"),
    "classificationlabels": msg("a sensitivity label"),
    "origin": msg("a digital signature"),
    "revisionHeaders": msg("the change history of a shared book"),
    "usernames": msg("the change history of a shared book"),
    "chartsheet": msg("a chart on a sheet of its own"),
    "dialogsheet": msg("a dialog sheet"),
    "xlMacrosheet": msg("a sheet of old macros"),
    "xlIntlMacrosheet": msg("a sheet of old macros"),
    "image": msg("a background picture"),
    "extensibility": msg("a ribbon of its own"),
    "xmlMaps": msg("an XML map"),
    "FeaturePropertyBag": msg("a check box in a cell"),
    "richValueRel": msg("a picture in a cell"),
    "rdRichValue": msg("a rich data type in a cell"),
    "rdRichValueStructure": msg("a rich data type in a cell"),
    "rdRichValueTypes": msg("a rich data type in a cell"),
    "rdArray": msg("a rich data type in a cell"),
}
_ELEMENT_NAMES = {
    "protectedRanges": msg("ranges that stay open on a protected sheet"),
    "customSheetViews": msg("a custom view"),
    "customWorkbookViews": msg("a custom view"),
    "AlternateContent": msg("a form control"),
    "controls": msg("a form control"),
    "oleObjects": msg("an embedded object"),
    "picture": msg("a background picture"),
    "legacyDrawingHF": msg("a picture in the header or footer"),
    "fileSharing": msg("a write reservation"),
    "pivotCaches": msg("the data of a pivot table"),
}
_EXTENSION_NAMES = {
    "{05C60535-1F16-4FD2-B633-F4F36F0B64E0}": msg("sparklines"),
    "{78C0D931-6437-407D-A8EE-F0AAD7539E65}": msg("a conditional format of newer Excel (data bars, icons)"),
    "{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}": msg("a drop-down or check that refers to another tab"),
    "{A8765BA9-456A-4DAB-B4F3-ACF838C121DE}": msg("a slicer"),
    "{3A4CF648-6AED-40F4-86FF-DC5316D8AED3}": msg("a slicer"),
    "{7E03D99C-DC04-49D9-9315-930204A7B6E9}": msg("a timeline"),
    "{BBE1A952-AA13-448E-AADC-164F8A28A991}": msg("a slicer"),
    "{46BE6895-7355-4A93-B00E-2C351335B9C9}": msg("a slicer"),
    "{D0CA8CA8-9F24-4464-BF8E-62219DCF47F9}": msg("a timeline"),
    "{876F7934-8845-4945-9796-88D515C7AA90}": msg("the data of a pivot table"),
    "{725AE2AE-9491-48BE-B2B4-4EB974FC3084}": msg("the data of a pivot table"),
    "{FCE2AD5D-F65C-4FA6-A056-5C36A1767C68}": msg("a data model (Power Pivot)"),
}
_SHAPE_NAMES = {
    "pic": msg("a picture"),
    "sp": msg("a shape or text box"),
    "grpSp": msg("a shape or text box"),
    "cxnSp": msg("a shape or text box"),
    "contentPart": msg("a drawing in ink"),
    "graphicFrame": msg("a chart"),
    "AlternateContent": msg("a drawing of newer Excel"),
}
_CONTROL = re.compile(rb'ObjectType="(?!Note")')
_METADATA = re.compile(rb'<(?:[\w.-]+:)?c r="([A-Z]+\d+)"[^>]*\s[cv]m="')
_LONGEST_TAG = 256


def check_losses(package: Package) -> None:
    """Do nothing if openpyxl carries over all that the book holds.

    Raises:
        GuardError: If it would not; every thing is named with its tab.
    """
    found: list[Loss] = []
    for loss in losses(package):
        if loss not in found:
            found.append(loss)
    if not found:
        return
    things = [msg("{what} (tab {tab})", what=loss.what, tab=loss.tab) if loss.tab else loss.what for loss in found]
    raise GuardError(
        msg("{book} was not changed, since this version cannot keep: {things}.", book=package.name, things=things),
        msg(
            "Reports can go into a book of their own: sheetcrm report --out OTHER.xlsx. To write here, take that out "
            "or move it to another file; a writer that keeps everything comes with the next version."
        ),
    )


def losses(package: Package) -> Iterator[Loss]:
    """Everything that would be lost; generated tabs are ours and do not count."""
    workbook = workbook_part(package)
    yield from _by_relations(package, "", _PACKAGE_KEPT, "")
    yield from _by_relations(package, workbook, _BOOK_KEPT, "")
    yield from _in_workbook(package, workbook)
    yield from _in_book_parts(package, workbook)
    metadata = any(relation.kind == "sheetMetadata" for relation in relations(package, workbook))
    for part in sheet_parts(package):
        if part.kind != "worksheet":
            yield Loss(part.title, _RELATION_NAMES.get(part.kind, msg("a sheet of an unknown kind")))
        elif not part.title.startswith(MARK):
            yield from _in_sheet(package, part)
            if metadata:
                yield from _in_cells(package, part)


def _by_relations(package: Package, part: str, kept: set[str], tab: str) -> Iterator[Loss]:
    for relation in relations(package, part):
        if relation.kind not in kept:
            name = _RELATION_NAMES.get(relation.kind, msg("the part {part}", part=relation.target))
            yield Loss(tab, name)


def _in_workbook(package: Package, workbook: str) -> Iterator[Loss]:
    for element in xml(package, workbook):
        name = local(element)
        if name == "extLst":
            yield from _extensions(element, "", _BOOK_EXTENSIONS_KEPT)
        elif name and name not in _BOOK_ELEMENTS_KEPT:
            yield Loss("", _ELEMENT_NAMES.get(name, msg("the setting {name}", name=name)))


def _in_book_parts(package: Package, workbook: str) -> Iterator[Loss]:
    """What the parts that are rewritten lose on the way."""
    for relation in relations(package, workbook):
        if relation.target not in package:
            continue
        match relation.kind:
            case "styles" if any(local(e) == "tableStyle" for e in xml(package, relation.target).iter()):
                yield Loss("", msg("a table style of its own"))
            case "sharedStrings" if _holds(package, relation.target, b":rPh", b"<rPh"):
                yield Loss("", msg("phonetic readings of a text"))
            case "externalLink" if local(xml(package, relation.target)[0]) != "externalBook":
                yield Loss("", msg("a live link to another program"))


def _in_sheet(package: Package, part: SheetPart) -> Iterator[Loss]:
    yield from _by_relations(package, part.part, _SHEET_KEPT, part.title)
    yield from _in_sheet_xml(package, part)
    for relation in relations(package, part.part):
        if relation.external or relation.target not in package:
            continue
        match relation.kind:
            case "drawing":
                yield from _in_drawing(package, relation.target, part.title)
            case "vmlDrawing" if _CONTROL.search(package.read(relation.target)):
                yield Loss(part.title, msg("a form control"))
            case "table":
                yield from _by_relations(package, relation.target, set(), part.title)


def _in_sheet_xml(package: Package, part: SheetPart) -> Iterator[Loss]:
    """What stands beside the cells: elements and extensions."""
    for element in parse(package.name, part.part, without_rows(package, part.part)):
        name = local(element)
        if name == "extLst":
            yield from _extensions(element, part.title, set())
        elif name and name not in _SHEET_ELEMENTS_KEPT:
            yield Loss(part.title, _ELEMENT_NAMES.get(name, msg("the element {name}", name=name)))


def _in_cells(package: Package, part: SheetPart) -> Iterator[Loss]:
    """Cells with metadata: dynamic arrays that spill, pictures in cells, stocks and other rich types."""
    tail = b""
    for piece in package.stream(part.part):
        block = tail + piece
        found = _METADATA.search(block)
        if found is not None:
            cell = found[1].decode()
            yield Loss(part.title, msg("a spilling formula or a picture in cell {cell}", cell=cell))
            return
        tail = block[-_LONGEST_TAG:]


def _extensions(element: etree._Element, tab: str, kept: set[str]) -> Iterator[Loss]:
    for extension in element:
        uri = str(extension.get("uri", "")).upper()
        if uri and uri not in kept:
            yield Loss(tab, _EXTENSION_NAMES.get(uri, msg("the extension {uri}", uri=uri)))


def _in_drawing(package: Package, drawing: str, tab: str) -> Iterator[Loss]:
    for anchor in xml(package, drawing):
        for shape in anchor:
            if local(shape) in _SHAPE_NAMES:
                yield Loss(tab, _SHAPE_NAMES[local(shape)])


def _holds(package: Package, part: str, *needles: bytes) -> bool:
    tail = b""
    for piece in package.stream(part):
        block = tail + piece
        if any(needle in block for needle in needles):
            return True
        tail = piece[-16:]
    return False
