"""Drawn sheets carried into another book, with everything that only they lead to: charts, comments, tables, links."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from sheetcrm.workbook.xlsx.edit.draft import CONTENT_TYPES, Draft
from sheetcrm.workbook.xlsx.edit.order import children, fresh
from sheetcrm.workbook.xlsx.edit.styles import Adopted, Styles
from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.parts import parse, relations, workbook_part, xml
from sheetcrm.workbook.xlsx.tabs.sheet import Kept, frame_of, joined, keep, reconnect, restyle, texts_in
from sheetcrm.workbook.xlsx.tabs.strict import strict
from sheetcrm.workbook.xlsx.tabs.table_names import TableNames

_NUMBER = re.compile(r"\d*(\.\w+)$")


class Carrier:
    """What goes from a drawn book into a draft, and what it is called there."""

    def __init__(self, draft: Draft, source: Package, left: set[str]) -> None:
        """Begin with the formats.

        Args:
            draft: The book.
            source: The drawn book.
            left: Parts whose names may be used again; those that are not used are left in it.
        """
        self._draft = draft
        self._source = source
        self._left = left
        self._taken = {part.casefold() for part in draft.parts() if part not in left}
        self._brought: dict[str, str] = {}
        self._types = ContentTypes(xml(source, CONTENT_TYPES))
        related = {relation.kind: relation.target for relation in relations(source, workbook_part(source))}
        self._styles: Adopted = Styles(draft).adopt(xml(source, related["styles"]))
        self._texts = texts_in(source.read(related["sharedStrings"])) if "sharedStrings" in related else []
        self._tables = TableNames(draft, left)

    def free_name(self, source_part: str) -> str:
        """A name for a part of the drawn book that no part has here."""
        folder = self._draft.workbook.rpartition("/")[0]
        pattern = _NUMBER.sub(r"{}\1", source_part.removeprefix("xl/"))
        number = 1
        while (name := f"{folder}/{pattern.format(number)}".lstrip("/")).casefold() in self._taken:
            number += 1
        self._taken.add(name.casefold())
        return name

    def bring_sheet(self, source_part: str, part: str, kept: Kept) -> None:
        """Bring a drawn sheet under a name, with all that belongs to it."""
        content = self._source.read(source_part)
        frame = frame_of(self._source.name, source_part, content, self._draft.strict)
        keep(frame, kept)
        restyle(frame, self._styles)
        reconnect(frame, self._relate(source_part, part))
        self._put(source_part, part, joined(content, frame, self._texts, self._styles.cell))

    def _relate(self, source_part: str, part: str) -> Mapping[str, str]:
        """Give a part the relationships of the drawn one; their new ids by the old ones."""
        ids: dict[str, str] = {}
        for relation in relations(self._source, source_part):
            target = relation.target if relation.external else self._bring(relation.target)
            ids[relation.id] = self._draft.relate(part, relation.kind, target, relation.external)
        return ids

    def _bring(self, source_part: str) -> str:
        if source_part not in self._brought:
            part = self._brought[source_part] = self.free_name(source_part)
            ids = self._relate(source_part, part)
            content = self._source.read(source_part)
            self._put(source_part, part, self._adapted(source_part, content, ids))
        return self._brought[source_part]

    def _adapted(self, source_part: str, content: bytes, ids: Mapping[str, str]) -> bytes:
        if self._draft.strict and source_part.endswith(".xml"):
            content = strict(content)
        is_table = self._types.of(source_part).endswith(".table+xml")
        if not ids and not is_table:
            return content
        root = parse(self._source.name, source_part, content)
        reconnect(root, ids)
        if is_table:
            restyle(root, self._styles)
            self._tables.give(root)
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)

    def _put(self, source_part: str, part: str, content: bytes) -> None:
        self._left.discard(part)
        self._draft.put(part, content, self._types.declared(self._draft, source_part))


class ContentTypes:
    """The content types of the drawn book's parts."""

    def __init__(self, root: etree._Element) -> None:
        """Read them once."""
        named = [
            (str(e.get("PartName", "")).lstrip("/"), str(e.get("ContentType"))) for e in children(root, "Override")
        ]
        self._overrides = dict(named)
        self._defaults = {str(e.get("Extension")): str(e.get("ContentType")) for e in children(root, "Default")}

    def of(self, part: str) -> str:
        """The content type of a part."""
        return self._overrides.get(part) or self._defaults[part.rpartition(".")[2]]

    def declared(self, draft: Draft, part: str) -> str:
        """The content type to declare for a part by name; "" where its ending says it in the draft, too."""
        if part in self._overrides:
            return self._overrides[part]
        ending, content_type = part.rpartition(".")[2], self.of(part)
        types = draft.package.spelled(CONTENT_TYPES)
        known = {str(e.get("Extension", "")).lower(): e for e in children(draft.tree(types), "Default")}
        if ending not in known:
            root = draft.edit(types)
            root.insert(0, fresh(root, "Default", Extension=ending, ContentType=content_type))
            return ""
        return "" if known[ending].get("ContentType") == content_type else content_type
