"""Which parts make up the book: relationships, the workbook and its sheets."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.kinds import damaged, not_a_workbook, too_large
from sheetcrm.workbook.xlsx.package import Package

_RELATIONSHIP_ID = "id"
_LARGEST_TREE = 32 << 20
"""The most bytes that are made a tree, which takes up to thirty times as many."""

_SUFFIXES = {
    "spreadsheetml.sheet.main+xml": ".xlsx",
    "ms-excel.sheet.macroenabled.main+xml": ".xlsm",
    "spreadsheetml.template.main+xml": ".xltx",
    "ms-excel.template.macroenabled.main+xml": ".xltm",
}


class Relation(NamedTuple):
    """A relationship of a part: its id, its kind (the last word of its type) and where it points."""

    id: str
    kind: str
    target: str
    external: bool


class SheetPart(NamedTuple):
    """A sheet of the book: its title, its part, its kind (`worksheet`, `chartsheet`…) and its state."""

    title: str
    part: str
    kind: str
    state: str


def xml(package: Package, part: str) -> etree._Element:
    """A small part as a tree.

    Raises:
        CannotReadError: If it isn't well-formed.
    """
    return parse(package.name, part, package.read(part))


def parse(book: str, part: str, content: bytes) -> etree._Element:
    """A part's content as a tree; no entities, no network.

    Raises:
        CannotReadError: If it isn't well-formed, or the tree would take gigabytes.
    """
    if len(content) > _LARGEST_TREE:
        raise too_large(book, msg("the part {part} is meant to be small and is not", part=part))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise damaged(book, msg("the part {part} is not readable XML", part=part)) from None


def local(element: etree._Element) -> str:
    """The element's name without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """An attribute's value, in whatever namespace; "" where there is none."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def relations(package: Package, part: str) -> tuple[Relation, ...]:
    """The relationships of a part, "" for those of the package; targets are part names."""
    rels = rels_of(package, part)
    return relations_in(package, part, xml(package, rels)) if rels in package else ()


def relations_in(package: Package, part: str, root: etree._Element) -> tuple[Relation, ...]:
    """The relationships of a part, by the tree of the part that lists them."""
    elements = (element for element in root if local(element) == "Relationship")
    return tuple(_relation(package, part.rpartition("/")[0], element) for element in elements)


def rels_of(package: Package, part: str) -> str:
    """The name of the part that holds a part's relationships."""
    folder, _, base = part.rpartition("/")
    return package.spelled(posixpath.join(folder, "_rels", f"{base}.rels"))


def _relation(package: Package, folder: str, element: etree._Element) -> Relation:
    external = element.get("TargetMode") == "External"
    target = str(element.get("Target", "")).replace("\\", "/")
    if not external:
        target = package.spelled(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
    kind = str(element.get("Type", "")).rpartition("/")[2]
    return Relation(str(element.get("Id", "")), kind, target, external)


def workbook_part(package: Package) -> str:
    """The name of the workbook's part.

    Raises:
        CannotReadError: If the zip holds something else.
    """
    for relation in relations(package, ""):
        target = relation.target
        if relation.kind != "officeDocument" or target not in package or not target.endswith(".xml"):
            continue
        if local(xml(package, target)) == "workbook":
            return target
    mimetype = package.read("mimetype") if "mimetype" in package else b""
    raise not_a_workbook(package.name, set(package.entries), mimetype)


def suffix_of(package: Package) -> str:
    """How the name of such a book must end, by what it says of itself: `.xlsx`; "" where it is of no known kind."""
    types, part = package.spelled("[Content_Types].xml"), workbook_part(package)
    elements = list(xml(package, types)) if types in package else []
    own = next(
        (one for one in elements if str(one.get("PartName", "")).lstrip("/").casefold() == part.casefold()), None
    )
    kind = "" if own is None else str(own.get("ContentType", "")).casefold()
    return next((suffix for word, suffix in _SUFFIXES.items() if kind.endswith(word)), "")


def sheet_parts(package: Package) -> Iterator[SheetPart]:
    """The sheets in the book's order, whatever their kind."""
    workbook = workbook_part(package)
    yield from sheets_in(package.name, xml(package, workbook), relations(package, workbook), package)


def sheets_in(
    book: str, root: etree._Element, related: Iterable[Relation], parts: Container[str]
) -> Iterator[SheetPart]:
    """The sheets that the workbook's tree lists.

    Args:
        book: What to call the book in a message.
        root: The workbook's tree.
        related: The relationships of the workbook.
        parts: The parts that there are.
    """
    by_id = {relation.id: relation for relation in related}
    for element in root.iter():
        if local(element) != "sheet":
            continue
        relation = by_id.get(attribute(element, _RELATIONSHIP_ID))
        if relation is not None and not relation.external:
            if relation.target not in parts:
                # Read as if it were not there, its tab would be gone for good after the next save.
                raise damaged(book, msg("the part {part} is missing", part=relation.target))
            yield SheetPart(
                str(element.get("name", "")), relation.target, relation.kind, str(element.get("state", "visible"))
            )
