"""What openpyxl rounds or forgets, put back: cached values of formulas, and numbers to their last digit.

openpyxl writes a formula without its last result, a number with sixteen digits, and a date by way of a calendar. A
reader would then see "not yet calculated", or a number that nobody typed. So the `<v>` of every cell that we did not
change is taken from the file as it was.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from sheetcrm.table import Spot, letters
from sheetcrm.workbook.xlsx.frame import without_rows
from sheetcrm.workbook.xlsx.package import Package, open_package
from sheetcrm.workbook.xlsx.parts import sheet_parts
from sheetcrm.workbook.xlsx.walk import RawCell, raw_cells

# A cell as openpyxl writes it: reference, style, type, formula, value.
_CELL = re.compile(
    rb'<c r="([A-Z]+\d+)"( s="\d+")?(?: t="([a-z]+)")?>(<f[ >/][^<]*(?:</f>)?)?(?:<v>[^<]*</v>|<v ?/>)?</c>'
)


# Where the ignored warnings stand: before the first of these.
_AFTER_IGNORED = re.compile(rb"<drawing |<legacyDrawing |<tableParts|</worksheet>")
_IGNORED = re.compile(rb"<ignoredErrors>.*?</ignoredErrors>", re.DOTALL)


class KeptCell(NamedTuple):
    """A cell's type and value as the file had them, and whether they are a formula's."""

    kind: str
    value: str
    formula: bool


class Kept(NamedTuple):
    """What is put back into a sheet: cells by reference, and the warnings that people switched off."""

    cells: Mapping[bytes, KeptCell]
    ignored: bytes


def keep(package: Package, spared: Mapping[str, Collection[Spot]]) -> dict[str, Kept]:
    """By tab, what openpyxl would not carry over.

    Args:
        package: The book as it was.
        spared: By tab, the cells that we change; tabs that are missing here are replaced whole.
    """
    return {
        part.title: Kept(_collect(raw_cells(package, part.part), spared[part.title]), _ignored(package, part.part))
        for part in sheet_parts(package)
        if part.kind == "worksheet" and part.title in spared
    }


def _collect(cells: Iterable[RawCell], spared: Collection[Spot]) -> Mapping[bytes, KeptCell]:
    return {
        f"{letters(cell.column)}{cell.row}".encode(): KeptCell(cell.kind, cell.value, cell.formula)
        for cell in cells
        if cell.value is not None and (cell.formula or cell.kind == "n") and (cell.row, cell.column) not in spared
    }


def _ignored(package: Package, part: str) -> bytes:
    found = _IGNORED.search(without_rows(package, part))
    return found[0] if found else b""


def texts_are_texts(cells: str) -> bytes:
    """The element that tells Excel not to mark ids, INN and phones as "numbers stored as text"."""
    return b'<ignoredErrors><ignoredError sqref="%s" numberStoredAsText="1"/></ignoredErrors>' % cells.encode()


def put_back(data: bytes, kept: Mapping[str, Kept]) -> bytes:
    """The book that openpyxl wrote, packed, with everything kept in it again."""
    package = open_package("", data)
    parts = {part.part: kept[part.title] for part in sheet_parts(package) if part.title in kept}
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name in package.entries:
            content = package.read(name)
            target.writestr(name, _restored(content, parts[name]) if name in parts else content)
    return buffer.getvalue()


def _restored(sheet: bytes, kept: Kept) -> bytes:
    def cell(found: re.Match[bytes]) -> bytes:
        reference, style, _, formula = found.groups()
        old = kept.cells.get(reference)
        if old is None or old.formula != (formula is not None):
            return found[0]
        kind = b"" if old.kind == "n" else b' t="%s"' % old.kind.encode()
        value = escape(old.value).encode()
        return b'<c r="%s"%s%s>%s<v>%s</v></c>' % (reference, style or b"", kind, formula or b"", value)

    restored = _CELL.sub(cell, sheet) if kept.cells else sheet
    if not kept.ignored:
        return restored
    end = restored.rindex(b"</sheetData>") if b"</sheetData>" in restored else 0
    place = _AFTER_IGNORED.search(restored, end)
    at = place.start() if place else len(restored)
    return restored[:at] + kept.ignored + restored[at:]
