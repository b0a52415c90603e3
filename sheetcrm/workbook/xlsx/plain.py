"""An oddly packed book, packed as python-calamine expects it; nearly every book needs nothing of that.

calamine looks for the workbook at `xl/workbook.xml` alone, does not follow targets with backslashes or in another
case, and takes a sheet in UTF-16 for an empty one.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.parts import Relation, relations, rels_of, workbook_part

_WORKBOOK = "xl/workbook.xml"
_READ = ("worksheet", "sharedStrings", "styles")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"^\ufeff?<\?xml[^>]*\?>")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def plainly_packed(package: Package) -> bytes:
    """The book's bytes, or those of a copy that calamine can follow."""
    workbook = workbook_part(package)
    needed = [relation for relation in relations(package, workbook) if relation.kind in _READ]
    if _is_plain(package, workbook, needed):
        return package.data
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as target:
        target.writestr("_rels/.rels", _rels([Relation("rId1", "officeDocument", _WORKBOOK, False)]))
        target.writestr("xl/_rels/workbook.xml.rels", _rels(needed))
        target.writestr(_WORKBOOK, _narrow(package.read(workbook)))
        for part in {relation.target for relation in needed if relation.target in package}:
            target.writestr(part, _narrow(package.read(part)))
    return buffer.getvalue()


def _is_plain(package: Package, workbook: str, needed: list[Relation]) -> bool:
    if workbook != _WORKBOOK or b"\\" in package.read(rels_of(package, workbook)):
        return False
    parts = [workbook, *(relation.target for relation in needed if relation.target in package)]
    return all(_is_plainly_named(package, part) and package.head(part)[:2] not in _WIDE for part in parts)


def _is_plainly_named(package: Package, part: str) -> bool:
    return package.entries[part].filename.replace("\\", "/") == part


def _narrow(content: bytes) -> bytes:
    """UTF-16 as UTF-8."""
    if content[:2] not in _WIDE:
        return content
    return _DECLARATION.sub("", content.decode("utf-16")).encode()


def _rels(needed: list[Relation]) -> str:
    from xml.sax.saxutils import quoteattr  # it loads an HTTP client, and few books need it

    items = (
        f"<Relationship Id={quoteattr(found.id)} Type={quoteattr(f'{_OFFICE}/{found.kind}')}"
        f" Target={quoteattr('/' + found.target)}/>"
        for found in needed
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(items)}</Relationships>'
