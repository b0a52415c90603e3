"""The zip of a changed book: what nobody touched is copied compressed, byte for byte."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipInfo

from isal import isal_zlib

from sheetcrm.workbook.xlsx.package import Package

Pieces = Iterable[bytes | memoryview]
"""The content of a part, in the pieces that it is put together from."""

_LEVEL = 3
_UTF8 = 0x800
_DESCRIPTOR = 0x8
_OLD = (1980, 1, 1, 0, 0, 0)
_ZIP64 = 0x0001
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
_END = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as both of its headers tell it."""

    name: bytes
    flags: int
    method: int
    moment: tuple[int, int]
    crc: int
    packed: int
    size: int
    extra: bytes = b""
    comment: bytes = b""
    system: int = 0
    version: int = 20
    attributes: tuple[int, int] = (0, 0)


def pack(package: Package, changed: Mapping[str, Pieces], gone: Iterable[str] = ()) -> bytes:
    """The bytes of the zip.

    Args:
        package: The book as it was.
        changed: The content of every part that is new or another one now; new ones come last, in this order.
        gone: Parts that are left out.
    """
    out = bytearray()
    directory = bytearray()
    left_out = set(gone)
    count = 0
    for entry, content in _entries(package, changed, left_out):
        directory += _central(entry, len(out))
        out += _local(entry)
        for piece in content:
            out += piece
        count += 1
    start = len(out)
    out += directory
    out += _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    return bytes(out)


def _entries(package: Package, changed: Mapping[str, Pieces], gone: set[str]) -> Iterator[tuple[_Entry, Pieces]]:
    for part, info in package.entries.items():
        if part in changed:
            yield _deflated(_raw_name(info), info.date_time, changed[part], info.flag_bits & _UTF8)
        elif part not in gone:
            yield _copied(info), [package.packed(info)]
    for part, content in changed.items():
        if part not in package.entries:
            yield _deflated(part.encode(), _OLD, content, 0 if part.isascii() else _UTF8)


def _deflated(name: bytes, moment: tuple[int, ...], content: Pieces, flags: int) -> tuple[_Entry, Pieces]:
    deflater = isal_zlib.compressobj(_LEVEL, wbits=-isal_zlib.MAX_WBITS)
    packed: list[bytes | memoryview] = []
    crc = size = length = 0
    for piece in content:
        crc = zlib.crc32(piece, crc)
        size += len(piece)
        packed.append(deflater.compress(piece))
    packed.append(deflater.flush())
    length = sum(map(len, packed))
    return _Entry(name, flags, ZIP_DEFLATED, _dos(moment), crc, length, size), packed


def _copied(info: ZipInfo) -> _Entry:
    # The sizes stand in the headers now, so neither a descriptor behind the content nor wide sizes are needed.
    return _Entry(
        _raw_name(info),
        info.flag_bits & ~_DESCRIPTOR,
        info.compress_type,
        _dos(info.date_time),
        info.CRC,
        info.compress_size,
        info.file_size,
        _narrow(info.extra),
        info.comment,
        info.create_system,
        min(info.create_version, 0xFF),
        (info.internal_attr, info.external_attr),
    )


def _raw_name(info: ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")


def _narrow(extra: bytes) -> bytes:
    """The extra fields without the one for sizes beyond 4 GB."""
    kept = b""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind != _ZIP64:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept


def _dos(moment: tuple[int, ...]) -> tuple[int, int]:
    year, month, day, hour, minute, second = moment[:6]
    return hour << 11 | minute << 5 | second // 2, max(year - 1980, 0) << 9 | month << 5 | day


def _local(entry: _Entry) -> bytes:
    header = _LOCAL.pack(
        b"PK\x03\x04", 20, entry.flags, entry.method, *entry.moment, entry.crc, entry.packed, entry.size,
        len(entry.name), 0,
    )  # fmt: skip
    return header + entry.name


def _central(entry: _Entry, offset: int) -> bytes:
    header = _CENTRAL.pack(
        b"PK\x01\x02", entry.version, entry.system, 20, 0, entry.flags, entry.method, *entry.moment, entry.crc,
        entry.packed, entry.size, len(entry.name), len(entry.extra), len(entry.comment), 0, *entry.attributes, offset,
    )  # fmt: skip
    return header + entry.name + entry.extra + entry.comment
