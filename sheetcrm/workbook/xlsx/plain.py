"""A book repacked for python-calamine: what it reads, uncompressed, where it looks for it.

Inflating is faster here than in calamine. And calamine looks for the workbook at `xl/workbook.xml` alone, does not
follow targets with backslashes or in another case, and takes a sheet in UTF-16 for an empty one.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.parts import Relation, relations, workbook_part

_WORKBOOK = "xl/workbook.xml"
_READ = ("worksheet", "sharedStrings", "styles")
# Sheets without cells: it gives up on a book where one of them leads nowhere.
_NAMED = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"^\ufeff?<\?xml[^>]*\?>")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


class Stream:
    """Bytes that are made while they are read, so that they never lie in memory twice."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        """Begin before the first piece."""
        self._pieces = pieces
        self._rest = b""

    def seek(self, _offset: int, _whence: int = 0) -> int:
        """Nowhere: it is read once, from the beginning to the end."""
        return 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; none where there are no more."""
        piece = self._rest or next(self._pieces, b"")
        if size < 0:
            return piece + b"".join(self._pieces)
        self._rest = piece[size:]
        return piece[:size]


class _Entry(NamedTuple):
    """A part to be packed: where calamine looks for it, how large it is, its checksum, and its content."""

    name: str
    size: int
    crc: int
    content: Iterable[bytes]


def plainly_packed(package: Package) -> Stream:
    """The parts of the book that calamine reads, packed as it expects them; the sheets were looked through before."""
    return Stream(_zipped(list(_entries(package))))


def _entries(package: Package) -> Iterator[_Entry]:
    workbook = workbook_part(package)
    needed = [relation for relation in relations(package, workbook) if relation.kind in (*_READ, *_NAMED)]
    yield _entry("_rels/.rels", _rels([Relation("rId1", "officeDocument", _WORKBOOK, False)]))
    yield _entry("xl/_rels/workbook.xml.rels", _rels(needed))
    yield _entry(_WORKBOOK, _narrow(package.read(workbook)))
    for part in dict.fromkeys(relation.target for relation in needed if relation.target in package):
        info = package.entries[part]
        if package.head(part)[:2] in _WIDE or package.inflated.get(part) != info.file_size:
            yield _entry(part, _narrow(package.read(part)))
        else:
            yield _Entry(part, info.file_size, info.CRC, package.stream(part))


def _entry(name: str, content: bytes) -> _Entry:
    return _Entry(name, len(content), zlib.crc32(content), (content,))


def _zipped(entries: list[_Entry]) -> Iterator[bytes]:
    """The bytes of a zip whose entries are stored as they are."""
    directory = b""
    at = 0
    for entry in entries:
        name = entry.name.encode()
        sizes = entry.crc, entry.size, entry.size, len(name), 0
        header = _LOCAL.pack(b"PK\x03\x04", 20, 0x800, 0, 0, 0, *sizes) + name
        directory += _CENTRAL.pack(b"PK\x01\x02", 20, 20, 0x800, 0, 0, 0, *sizes, 0, 0, 0, 0, at) + name
        at += len(header) + entry.size
        yield header
        yield from entry.content
    yield directory
    yield _END.pack(b"PK\x05\x06", 0, 0, len(entries), len(entries), len(directory), at, 0)


def _narrow(content: bytes) -> bytes:
    """UTF-16 as UTF-8."""
    if content[:2] not in _WIDE:
        return content
    return _DECLARATION.sub("", content.decode("utf-16")).encode()


def _rels(needed: list[Relation]) -> bytes:
    items = (
        f'<Relationship Id="{escape(found.id)}" Type="{_OFFICE}/{found.kind}" Target="/{escape(found.target)}"/>'
        for found in needed
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(items)}</Relationships>'.encode()
