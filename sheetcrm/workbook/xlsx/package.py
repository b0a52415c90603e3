"""The zip of an .xlsx: its parts, inflated in steps and counted, never by the size they declare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from isal import isal_zlib

from sheetcrm.errors import CannotReadError
from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.kinds import damaged, too_large

STEP = 1 << 16
_PIECE = 1 << 17
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30
_LONGEST_PROLOG = 1 << 20
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_ASIDES = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ASIDE = re.compile(r"<!--|<\?")
_ROOT = re.compile(r"<[^!]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a package may hold before it is refused: entries, and bytes inflated."""

    entries: int = 10_000
    part: int = 512 << 20
    total: int = 2 << 30


@dataclass
class Package:
    """The parts of a book by name, without a leading slash.

    Attributes:
        name: What to call the book in a message.
        data: The file's bytes, so that everything is read from one moment.
        entries: The zip entries by part name.
        limits: What is too much.
        inflated: How many bytes each part read so far came to.
    """

    name: str
    data: bytes
    entries: dict[str, ZipInfo]
    limits: Limits
    inflated: dict[str, int] = field(default_factory=dict)

    def __contains__(self, part: object) -> bool:
        """Whether there is such a part."""
        return part in self.entries

    def spelled(self, part: str) -> str:
        """The part as this package spells its name: names differ in case only by accident."""
        if part in self.entries:
            return part
        return next((name for name in self.entries if name.casefold() == part.casefold()), part)

    def head(self, part: str) -> bytes:
        """The first piece of a part."""
        return next(self.stream(part), b"")

    def read(self, part: str) -> bytes:
        """A part whole; for the small ones."""
        return b"".join(self.stream(part))

    def stream(self, part: str) -> Iterator[bytes]:
        """A part in pieces of at most 128 KiB: larger ones leave the processor's cache.

        Raises:
            CannotReadError: If it is damaged, too large, or begins with a document type.
        """
        entry = self._entry(part)
        size = crc = 0
        checked = False
        head = b""
        for piece in self._inflate(entry):
            size += len(piece)
            crc = isal_zlib.crc32(piece, crc)
            self._count(part, size)
            if not checked:
                head += piece
                checked = self._check_prolog(part, head)
            yield piece
        if crc != entry.CRC:
            # Changed, it would be given a checksum that fits, and nobody would ever see that it was broken.
            raise self._cut(entry)

    def _entry(self, part: str) -> ZipInfo:
        entry = self.entries.get(part)
        if entry is None:
            raise damaged(self.name, msg("the part {part} is missing", part=part))
        if entry.flag_bits & _ENCRYPTED:
            raise CannotReadError(
                msg("{book} is protected with a password.", book=self.name),
                msg("Open it, save it without a password, and try again."),
            )
        return entry

    def _inflate(self, entry: ZipInfo) -> Iterator[bytes]:
        raw = self.packed(entry)
        steps = (raw[at : at + STEP] for at in range(0, len(raw), STEP))
        if entry.compress_type == ZIP_STORED:
            yield from map(bytes, steps)
            return
        if entry.compress_type != ZIP_DEFLATED:
            raise damaged(self.name, msg("the part {part} is packed in an unknown way", part=entry.filename))
        inflater = isal_zlib.decompressobj(-isal_zlib.MAX_WBITS)
        try:
            for step in steps:
                waiting: bytes | memoryview = step
                while waiting:
                    yield inflater.decompress(waiting, _PIECE)
                    waiting = inflater.unconsumed_tail
            # What the inflater still holds back.
            while not inflater.eof and (piece := inflater.decompress(b"", _PIECE)):
                yield piece
        except isal_zlib.error:  # type: ignore[misc]  # its stubs take the class for an instance
            raise self._cut(entry) from None
        if not inflater.eof:
            raise self._cut(entry)

    def packed(self, entry: ZipInfo) -> memoryview:
        """An entry's bytes as they lie in the file, compressed."""
        return memoryview(self.data)[self._content(entry) :][: entry.compress_size]

    def _content(self, entry: ZipInfo) -> int:
        """Where the entry's content begins; its local header may differ in length from the directory's."""
        at = entry.header_offset
        header = self.data[at : at + _LOCAL_HEADER]
        if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
            raise self._cut(entry)
        return at + _LOCAL_HEADER + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")

    def _cut(self, entry: ZipInfo) -> CannotReadError:
        return damaged(self.name, msg("the part {part} is cut short or broken", part=entry.filename))

    def _count(self, part: str, size: int) -> None:
        self.inflated[part] = max(size, self.inflated.get(part, 0))
        if size > self.limits.part or sum(self.inflated.values()) > self.limits.total:
            raise too_large(self.name, msg("the part {part} unpacks to more than it may", part=part))

    def _check_prolog(self, part: str, head: bytes) -> bool:
        """Whether the root element was reached; what stands before it must not be a document type."""
        if head.lstrip(_BEFORE_XML)[:1] not in (b"", b"<"):
            return True  # a picture or the like
        wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
        # Wide letters without a mark show as narrow ones with zeros between them.
        text = (head.decode("utf-16", "ignore") if wide else head.decode("latin-1")).replace("\0", "")
        # What a remark or an instruction holds is neither a root nor a document type; one without an end goes on.
        text = _ASIDE.split(_ASIDES.sub("", text), maxsplit=1)[0]
        found = _ROOT.search(text)
        root = found.start() if found else None
        if "<!DOCTYPE" in text[:root]:
            raise CannotReadError(
                msg("{book} is refused: its part {part} declares a document type.", book=self.name, part=part),
                msg("No office program writes such a file; ask for a fresh copy from whoever made it."),
            )
        if root is None and len(head) > _LONGEST_PROLOG:
            raise damaged(self.name, msg("the part {part} is not readable XML", part=part))
        return root is not None


def open_package(name: str, data: bytes, limits: Limits = Limits()) -> Package:
    """The parts of a zip, each under one name.

    Raises:
        CannotReadError: If the zip is damaged, too large or names its entries dangerously.
    """
    try:
        infos = ZipFile(BytesIO(data)).infolist()
    except (BadZipFile, NotImplementedError, ValueError, EOFError, OverflowError):
        raise damaged(name, msg("it is cut short, or its list of contents is broken")) from None
    if len(infos) > limits.entries:
        raise too_large(name, msg("it has {count} entries", count=len(infos)))
    entries: dict[str, ZipInfo] = {}
    seen: set[str] = set()
    for info in infos:
        part = info.filename.replace("\\", "/").lstrip("/")
        if part.endswith("/"):
            continue
        if ".." in part.split("/"):
            raise damaged(name, msg("an entry is named {part}", part=info.filename))
        if part.casefold() in seen:
            raise damaged(name, msg("two of its entries are named {part}", part=part))
        seen.add(part.casefold())
        entries[part] = info
    return Package(name, data, entries, limits)
