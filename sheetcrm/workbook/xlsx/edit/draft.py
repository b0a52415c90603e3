"""A book's package while it is changed: what nobody touches stays byte for byte."""

from __future__ import annotations

import codecs
import posixpath
import re

from lxml import etree

from sheetcrm.errors import CannotWriteError
from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.edit.pack import Pieces, pack
from sheetcrm.workbook.xlsx.edit.sheet import SheetDraft
from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.parts import (
    Relation,
    SheetPart,
    local,
    parse,
    relations_in,
    sheets_in,
    workbook_part,
)

CONTENT_TYPES = "[Content_Types].xml"

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_DECLARED = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)[\"'][^>]*\?>")
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


class Draft:
    """The parts of a book as they stand now; a part that is asked for as a tree or a sheet is opened once."""

    def __init__(self, package: Package) -> None:
        """Begin with nothing changed."""
        self.package = package
        self.workbook = workbook_part(package)
        self._contents: dict[str, bytes] = {}
        self._gone: set[str] = set()
        self._trees: dict[str, etree._Element] = {}
        self._edited: set[str] = set()
        self._sheets: dict[str, SheetDraft] = {}
        self._titled: dict[str, SheetDraft] = {}
        root = self.tree(self.workbook)
        self.strict = etree.QName(root).namespace == _STRICT
        properties = next((element for element in root if local(element) == "workbookPr"), None)
        self.date1904 = properties is not None and properties.get("date1904", "0") in ("1", "true", "on")

    def __contains__(self, part: object) -> bool:
        """Whether there is such a part now."""
        return part not in self._gone and (part in self._contents or part in self.package)

    def parts(self) -> list[str]:
        """The names of all parts, in the order of the zip."""
        standing = [part for part in self.package.entries if part not in self._gone]
        return standing + [part for part in self._contents if part not in self.package]

    def read(self, part: str) -> bytes:
        """A part's content; of a tree or a sheet that is being changed, what it was before."""
        return self._contents[part] if part in self._contents else self.package.read(part)

    def tree(self, part: str) -> etree._Element:
        """A small part as a tree, to look at."""
        if part not in self._trees:
            self._trees[part] = parse(self.package.name, part, self.read(part))
        return self._trees[part]

    def edit(self, part: str) -> etree._Element:
        """The same tree, to be changed in place."""
        self._edited.add(part)
        return self.tree(part)

    def put(self, part: str, content: bytes, content_type: str = "") -> None:
        """Add a part, or give one another content; a content type is declared for it where one is given."""
        self._gone.discard(part)
        self._contents[part] = content
        self._trees.pop(part, None)
        self._edited.discard(part)
        self._close(part)
        if content_type:
            self._declare(part, content_type)

    def remove(self, part: str) -> None:
        """Drop a part, its own relationships and its content type."""
        rels = self._rels(part)
        for name in (part, rels):
            if name in self:
                self._gone.add(name)
            self._contents.pop(name, None)
            self._trees.pop(name, None)
            self._edited.discard(name)
            self._close(name)
        if self._override(part) is not None:
            types = self.edit(self._types)
            for element in [found for found in types if self._names(found, part)]:
                types.remove(element)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relationships of a part as they stand now, "" for those of the package."""
        rels = self._rels(part)
        return relations_in(self.package, part, self.tree(rels)) if rels in self else ()

    def relate(self, part: str, kind: str, target: str, external: bool = False) -> str:
        """Add a relationship of a part.

        Args:
            part: Whose it is.
            kind: The last word of its type, such as `chart`; or a whole type.
            target: A part's name, or an address outside.
            external: Whether it is outside.

        Returns:
            Its id.
        """
        rels = self._rels(part)
        if rels not in self:
            self.put(rels, _DECLARATION + f'<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode())
        root = self.edit(rels)
        taken = {str(element.get("Id", "")) for element in root if local(element)}
        id = next(name for number in range(1, len(taken) + 2) if (name := f"rId{number}") not in taken)
        office = _STRICT_OFFICE if self.strict else _OFFICE
        element = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}Relationship")
        element.set("Id", id)
        element.set("Type", kind if "/" in kind else f"{office}/{kind}")
        element.set("Target", target if external else posixpath.relpath(f"/{target}", f"/{part.rpartition('/')[0]}"))
        if external:
            element.set("TargetMode", "External")
        return id

    def unrelate(self, part: str, id: str) -> None:
        """Drop a relationship of a part; a part without any keeps an empty list of them no longer."""
        rels = self._rels(part)
        root = self.edit(rels)
        for element in [found for found in root if found.get("Id") == id]:
            root.remove(element)
        if not any(local(element) for element in root):
            self.remove(rels)

    def free_name(self, pattern: str) -> str:
        """The first name of that pattern which no part has: `xl/charts/chart{}.xml`."""
        taken = {part.casefold() for part in self.parts()}
        return next(
            name for number in range(1, len(taken) + 2) if (name := pattern.format(number)).casefold() not in taken
        )

    def sheets(self) -> tuple[SheetPart, ...]:
        """The sheets in the book's order, whatever their kind."""
        relations = self.relations(self.workbook)
        return tuple(sheets_in(self.package.name, self.tree(self.workbook), relations, self))

    def sheet(self, title: str) -> SheetDraft:
        """A worksheet by its title, opened once.

        Raises:
            CannotReadError: If its part is damaged.
            CannotWriteError: If it is written in a way that cannot be changed safely.
        """
        if title not in self._titled:
            part = next(sheet for sheet in self.sheets() if sheet.title == title)
            if part.part not in self._sheets:
                content = _in_utf8(self.package.name, part.part, self.read(part.part))
                self._sheets[part.part] = SheetDraft(self.package.name, part, content, self.date1904)
            self._titled[title] = self._sheets[part.part]
        return self._titled[title]

    @property
    def changed(self) -> set[str]:
        """The names of all parts that are new, other ones or gone."""
        sheets = {part for part, sheet in self._sheets.items() if sheet.changed}
        return {*self._contents, *self._edited, *sheets, *self._gone}

    def finished(self) -> bytes:
        """The new zip."""
        changed: dict[str, Pieces] = {part: [content] for part, content in self._contents.items()}
        for part in self._edited:
            changed[part] = [_serialised(self._trees[part])]
        for part, sheet in self._sheets.items():
            if sheet.changed:
                changed[part] = sheet.finished()
        return pack(self.package, changed, self._gone)

    def _close(self, part: str) -> None:
        """Forget a sheet that was opened: its part is gone, or another one."""
        if self._sheets.pop(part, None) is not None:
            self._titled.clear()

    @property
    def _types(self) -> str:
        return self.package.spelled(CONTENT_TYPES)

    def _rels(self, part: str) -> str:
        folder, _, base = part.rpartition("/")
        return self._spelled(posixpath.join(folder, "_rels", f"{base}.rels"))

    def _spelled(self, part: str) -> str:
        return part if part in self._contents else self.package.spelled(part)

    def _declare(self, part: str, content_type: str) -> None:
        element = self._override(part)
        types = self.edit(self._types)
        if element is None:
            element = etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Override", PartName=f"/{part}")
        element.set("ContentType", content_type)

    def _override(self, part: str) -> etree._Element | None:
        return next((element for element in self.tree(self._types) if self._names(element, part)), None)

    def _names(self, element: etree._Element, part: str) -> bool:
        named = str(element.get("PartName", "")).replace("\\", "/").lstrip("/")
        return local(element) == "Override" and named.casefold() == part.casefold()


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)


def _in_utf8(book: str, part: str, content: bytes) -> bytes:
    """The XML in UTF-8, whatever it was written in."""
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = content.decode("utf-16")
        return _DECLARATION + re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode()
    declared = _DECLARED.match(content)
    if declared is None or declared[1].lower() in (b"utf-8", b"us-ascii", b"ascii"):
        return content
    try:
        return _DECLARATION + content[declared.end() :].decode(declared[1].decode()).encode()
    except (LookupError, UnicodeDecodeError):
        raise CannotWriteError(
            msg("{book}: the part {part} is written in {encoding}, which cannot be changed safely.",
                book=book, part=part, encoding=declared[1].decode()),
            msg("Open it in Excel or LibreOffice and save it anew as .xlsx."),
        ) from None  # fmt: skip
