"""What python-calamine does not tell of a sheet: its errors, its formulas, and how far it reaches.

One pass over the inflated XML, in blocks of whole rows, with plain byte searches: a block without a formula or an
error costs a few look-ups. What is spelled unusually goes to `walk`, which is exact and slower.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sheetcrm.table import Spot
from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.extent import MOST_CELLS, check_extent, measure
from sheetcrm.workbook.xlsx.kinds import damaged
from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.walk import column_number, is_protected, raw_cells

_LONGEST_ROW = 64 << 20
_LONGEST_HEAD = 1 << 20
_ROOT = re.compile(rb"<(?:([\w.-]+):)?worksheet[\s>]")
_BEYOND_Z = re.compile(rb'r="[A-Z][A-Z]')
_BEYOND_AZ = re.compile(rb'r="(?:[B-Z]|A[A-Z])[A-Z]')
_COLUMNS = re.compile(rb'r="([A-Z]+)\d')
_ROWS = re.compile(rb'row [^>]*?\br="(\d+)"')
_REMARK = re.compile(rb"<!--.*?-->", re.DOTALL)
_ON = re.compile(rb"\ssheet\s*=\s*[\"'](?:1|true|on)[\"']")
_REF = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


@dataclass(slots=True)
class Scan:
    """What was found in a sheet: errors and their text, formulas, those never calculated, and its protection."""

    errors: dict[Spot, str] = field(default_factory=dict)
    formulas: set[Spot] = field(default_factory=set)
    uncached: set[Spot] = field(default_factory=set)
    protected: bool = False


@dataclass(frozen=True, slots=True)
class _Needles:
    """The byte strings searched for, with the namespace prefix of this sheet."""

    row_end: bytes
    cell: bytes
    cell_end: bytes
    formula: bytes
    value: bytes
    bare_cell: bytes
    protection: bytes

    @classmethod
    def of(cls, prefix: bytes) -> _Needles:
        return cls(
            b"</%srow>" % prefix,
            b"<%sc " % prefix,
            b"</%sc>" % prefix,
            b"<%sf" % prefix,
            b"<%sv>" % prefix,
            b"<%sc>" % prefix,
            b"<%ssheetProtection" % prefix,
        )


def scan(package: Package, part: str, title: str) -> Scan:
    """Look through a sheet's part.

    Raises:
        CannotReadError: If reading it would need more memory than there is.
    """
    needles = _needles(package, part)
    found = Scan()
    far = False
    if needles is not None:
        for block in _blocks(package, part, needles.row_end):
            if not block.endswith(needles.row_end):
                found.protected = _is_protected(block, needles)
                continue
            if _unusual(block, needles):
                needles = None
                break
            # One rare letter settles most blocks: looking for a single byte is ten times as fast.
            if b"f" in block:
                _find_formulas(block, needles, found)
            if b"#" in block:
                _find_errors(block, needles, found)
            far = far or _is_wide(block)
    if needles is not None and (not far or _bound(package, part, needles) <= MOST_CELLS):
        return found
    extent = measure(raw_cells(package, part))
    check_extent(package.name, title, extent)
    return Scan(extent.errors, extent.formulas, extent.uncached, is_protected(package, part))


def _needles(package: Package, part: str) -> _Needles | None:
    """What to search for, None where only an XML parser can tell."""
    head = b""
    for piece in package.stream(part):
        head += piece
        found = _ROOT.search(head)
        if found is not None:
            return _Needles.of(found[1] + b":" if found[1] else b"")
        if len(head) > _LONGEST_HEAD:
            break
    return None


def _blocks(package: Package, part: str, row_end: bytes) -> Iterator[bytes]:
    """The sheet in pieces that end with a row; the last piece is what stands behind all rows."""
    rest: list[bytes] = []
    size = 0
    seam = b""
    for piece in package.stream(part):
        rest.append(piece)
        size += len(piece)
        seam += piece
        if row_end in seam:
            block = b"".join(rest)
            cut = block.rfind(row_end) + len(row_end)
            yield block[:cut]
            rest, size = [block[cut:]], len(block) - cut
            seam = rest[0]
        if size > _LONGEST_ROW:
            raise damaged(package.name, msg("the part {part} has a row without an end", part=part))
        # The end of a row may lie across pieces.
        seam = seam[-len(row_end) :]
    yield b"".join(rest)


def _unusual(block: bytes, needles: _Needles) -> bool:
    """Whether the block's first and last cells are spelled in another way than nearly everybody's."""
    first, last = block.find(needles.cell), block.rfind(needles.cell)
    bare = block.find(needles.bare_cell, 0, 4096) >= 0
    return bare or any(at >= 0 and _REF.search(block, at, at + 200) is None for at in (first, last))


def _is_protected(tail: bytes, needles: _Needles) -> bool:
    """Whether what stands behind the rows says that nobody may type into the sheet."""
    if needles.protection not in tail:
        return False
    said = _REMARK.sub(b"", tail).partition(needles.protection)[2]
    return _ON.search(said[: said.find(b">")]) is not None


def _is_wide(block: bytes) -> bool:
    """Whether a cell stands right of column AZ; the simpler search first, since most sheets end before AA."""
    return _BEYOND_Z.search(block) is not None and _BEYOND_AZ.search(block) is not None


def _bound(package: Package, part: str, needles: _Needles) -> int:
    """The rectangle that holds every cell, blank ones included."""
    columns: set[bytes] = set()
    rows = 0
    for block in _blocks(package, part, needles.row_end):
        columns.update(_COLUMNS.findall(block))
        rows = max([rows, *map(int, _ROWS.findall(block))])
    return rows * (1 + max((column_number(name.decode()) for name in columns), default=0))


def _find_formulas(block: bytes, needles: _Needles, found: Scan) -> None:
    at = block.find(needles.formula)
    while at >= 0:
        after = at + len(needles.formula)
        if block[after : after + 1] in b"> /":
            start = block.rfind(needles.cell, 0, at)
            end = block.find(needles.cell_end, at)
            spot = _spot(block, start)
            found.formulas.add(spot)
            if not _is_cached(block, start, at, end, needles):
                found.uncached.add(spot)
            after = end
        at = block.find(needles.formula, after)


def _is_cached(block: bytes, start: int, at: int, end: int, needles: _Needles) -> bool:
    """Whether the formula's cell has a value; an empty one counts where the cell says it is text."""
    value = block.find(needles.value, at, end)
    if value < 0:
        return False
    empty = block[value + len(needles.value)] == 0x3C
    return not empty or b't="str"' in block[start:at]


def _find_errors(block: bytes, needles: _Needles, found: Scan) -> None:
    at = block.find(b' t="e"')
    while at >= 0:
        start = block.rfind(needles.cell, 0, at + 1)
        opened = block.find(b">", start)
        if start >= 0 and opened > at:
            value = block.find(needles.value, opened, block.find(needles.cell_end, opened)) + len(needles.value)
            found.errors[_spot(block, start)] = block[value : block.find(b"<", value)].decode("utf-8", "replace")
        at = block.find(b' t="e"', at + 1)


def _spot(block: bytes, start: int) -> Spot:
    reference = _REF.search(block, start, start + 200)
    if reference is None:
        return 0, 0
    return int(reference[2]), column_number(reference[1].decode())
