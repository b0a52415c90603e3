"""A package as the comparer sees it: parts, relationships, types and sheets, read without any code of sheetcrm's."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any, NamedTuple, cast
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

TYPES = "[Content_Types].xml"


class Relation(NamedTuple):
    """A relationship: its id, the last word of its type, the part or address it points at."""

    id: str
    kind: str
    target: str
    external: bool


class SheetOf(NamedTuple):
    """A sheet of the book: its title, its part, its kind and its element in the workbook."""

    title: str
    part: str
    kind: str
    element: etree._Element


@dataclass(frozen=True)
class Types:
    """The content types: by extension, by part, and how often each was given."""

    defaults: Mapping[str, str]
    overrides: Mapping[str, str]
    listed: tuple[str, ...]

    def of(self, part: str) -> str:
        """The content type of a part, "" where it has none."""
        named = self.overrides.get(part.casefold())
        return named or self.defaults.get(part.rpartition(".")[2].casefold(), "")


@dataclass(frozen=True)
class Opened:
    """A package in memory.

    Attributes:
        parts: The content of each part by name, slashes forward and none in front.
        names: The names as the zip spells them, repeated ones too.
        known_rows: What `cells.rows_of` found so far, by part.
    """

    parts: Mapping[str, bytes]
    names: tuple[str, ...]
    known_rows: dict[str, Any] = field(default_factory=dict)
    _trees: dict[str, etree._Element] = field(default_factory=dict)

    def tree(self, part: str) -> etree._Element:
        """A part as a tree, parsed once."""
        if part not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
            self._trees[part] = etree.fromstring(self.parts[part], parser)
        return self._trees[part]

    def xml_parts(self) -> Iterator[str]:
        """The parts that hold XML."""
        for part, content in self.parts.items():
            if part.casefold().endswith((".xml", ".rels", ".vml")) and content.strip():
                yield part

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relationships of a part; "" is the package."""
        rels = self.spelled(rels_of(part))
        if rels not in self.parts:
            return ()
        folder = part.rpartition("/")[0]
        return tuple(self._relation(folder, element) for element in self.tree(rels) if local(element) == "Relationship")

    def spelled(self, part: str) -> str:
        """The part as this package spells its name."""
        wanted = {part.casefold(), unquote(part).casefold()}
        return next((name for name in self.parts if name.casefold() in wanted), part)

    @cached_property
    def types(self) -> Types:
        """The content types."""
        elements = list(self.tree(TYPES)) if TYPES in self.parts else []
        overrides = [
            (str(e.get("PartName")).replace("\\", "/").lstrip("/"), str(e.get("ContentType")))
            for e in elements
            if local(e) == "Override"
        ]
        extensions = [element for element in elements if local(element) == "Default"]
        defaults = {str(e.get("Extension")).casefold(): str(e.get("ContentType")) for e in extensions}
        by_part = {name.casefold(): kind for name, kind in overrides}
        return Types(defaults, by_part, tuple(name for name, _ in overrides))

    @cached_property
    def workbook(self) -> str:
        """The name of the workbook's part."""
        return next(relation.target for relation in self.relations("") if relation.kind == "officeDocument")

    @cached_property
    def sheets(self) -> tuple[SheetOf, ...]:
        """The sheets, in the book's order."""
        by_id = {relation.id: relation for relation in self.relations(self.workbook)}
        found = []
        for element in self.tree(self.workbook).iter("{*}sheet"):
            relation = by_id.get(relation_id(element))
            if relation is not None:
                found.append(SheetOf(str(element.get("name")), relation.target, relation.kind, element))
        return tuple(found)

    @cached_property
    def strings(self) -> list[etree._Element]:
        """The shared strings."""
        part = self.related("sharedStrings")
        return self.tree(part).findall("{*}si") if part else []

    def related(self, kind: str) -> str | None:
        """The part that the workbook has of this kind: styles, sharedStrings, calcChain."""
        found = (r.target for r in self.relations(self.workbook) if r.kind == kind and r.target in self.parts)
        return next(found, None)

    def reached(self, start: str) -> set[str]:
        """The parts that a part leads to, itself among them."""
        found, waiting = {start}, [start]
        while waiting:
            for relation in self.relations(waiting.pop()):
                if not relation.external and relation.target in self.parts and relation.target not in found:
                    found.add(relation.target)
                    waiting.append(relation.target)
        return found

    def _relation(self, folder: str, element: etree._Element) -> Relation:
        external = element.get("TargetMode") == "External"
        target = str(element.get("Target", "")).replace("\\", "/")
        if not external and not target.startswith("#"):
            target = self.spelled(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        kind = str(element.get("Type", "")).rpartition("/")[2]
        return Relation(str(element.get("Id", "")), kind, target, external)


def opened(data: bytes) -> Opened:
    """The package in these bytes."""
    with ZipFile(BytesIO(data)) as source:
        infos = [info for info in source.infolist() if not info.filename.endswith(("/", "\\"))]
        parts = {_plain(info.filename): source.read(info) for info in infos}
    return Opened(parts, tuple(info.filename for info in infos))


def rels_of(part: str) -> str:
    """Where a part's relationships stand."""
    folder, _, base = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{base}.rels")


def owner_of(rels: str) -> str:
    """Whose relationships stand there."""
    folder, _, base = rels.rpartition("/")
    return posixpath.join(folder.removesuffix("_rels").rstrip("/"), base.removesuffix(".rels"))


def relation_id(element: etree._Element) -> str:
    """The relationship that an element names by `r:id`."""
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


def local(element: etree._Element) -> str:
    """An element's name without its namespace; "#comment" and "#pi" for what is none."""
    if isinstance(element.tag, str):
        return element.tag.rpartition("}")[2]
    return "#comment" if element.tag is etree.Comment else "#pi"


def attributes(element: etree._Element) -> dict[str, str]:
    """An element's attributes, as a copy."""
    return {str(key): str(value) for key, value in element.attrib.items()}


def text_in(element: etree._Element) -> str:
    """All text inside an element."""
    return "".join(map(str, element.itertext()))


def childless(element: etree._Element) -> etree._Element:
    """The element with its attributes and nothing in it."""
    return etree.Element(element.tag, attributes(element), nsmap=cast("dict[str, str]", element.nsmap))


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")
