"""A package that is patched by hand: parts added, related and typed, elements put where they belong."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MS = "http://schemas.microsoft.com/office"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
X14 = f"{MS}/spreadsheetml/2009/9/main"
XM = f"{MS}/excel/2006/main"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

DATA, SUMS = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
WORKBOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class Patched:
    """The parts of a book, to be changed as text."""

    def __init__(self, data: bytes) -> None:
        """Unpack."""
        with ZipFile(BytesIO(data)) as source:
            self.parts = {info.filename: source.read(info) for info in source.infolist()}

    def text(self, part: str) -> str:
        """A part as text."""
        return self.parts[part].decode()

    def write(self, part: str, content: str | bytes, type: str = "") -> None:
        """Put a part, with its content type where one is given."""
        self.parts[part] = content.encode() if isinstance(content, str) else content
        if type:
            self.replace(TYPES, "</Types>", f'<Override PartName="/{part}" ContentType="{type}"/></Types>')

    def extension(self, extension: str, type: str) -> None:
        """Give all parts of an extension a content type."""
        if f'Extension="{extension}"' not in self.text(TYPES):
            self.replace(TYPES, "<Override", f'<Default Extension="{extension}" ContentType="{type}"/><Override', 1)

    def replace(self, part: str, old: str, new: str, count: int = -1) -> None:
        """Replace what must stand there."""
        text = self.text(part)
        assert old in text, (part, old)
        self.parts[part] = text.replace(old, new, count).encode()

    def before(self, part: str, anchors: Iterable[str], xml: str) -> None:
        """Put XML before the first of these elements or closing tags that the part has."""
        text = self.text(part)
        anchor = next(f"<{name}" for name in anchors if f"<{name}" in text)
        self.replace(part, anchor, xml + anchor, 1)

    def extend(self, part: str, uri: str, xml: str, root: str = "worksheet") -> None:
        """Add an extension to a part's list of them."""
        extension = f'<ext uri="{uri}" xmlns:x14="{X14}" xmlns:xm="{XM}">{xml}</ext>'
        if "</extLst>" in self.text(part):
            self.replace(part, "</extLst>", f"{extension}</extLst>")
        else:
            self.replace(part, f"</{root}>", f"<extLst>{extension}</extLst></{root}>")

    def relate(self, owner: str, type: str, target: str, external: bool = False) -> str:
        """Relate a part to another, or to an address; returns the relationship's id."""
        folder, _, base = owner.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        text = self.parts.get(rels, (DECLARATION + empty).encode()).decode()
        id = f"rId{text.count('<Relationship ') + 101}"
        mode = ' TargetMode="External"' if external else ""
        where = target if external else f"/{target}"
        full = type if "/" in type else f"{OFFICE}/{type}"
        line = f'<Relationship Id="{id}" Type="{full}" Target="{where}"{mode}/></Relationships>'
        self.parts[rels] = text.replace("</Relationships>", line).encode()
        return id

    def add_sheet(self, title: str, rows: str, after: str = "") -> str:
        """A worksheet at the end of the book, from its rows and what stands behind them; returns its part."""
        number = self.text(WORKBOOK).count("<sheet ") + 1
        part = f"xl/worksheets/own{number}.xml"
        xml = f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>{rows}</sheetData>{after}</worksheet>'
        self.write(part, DECLARATION + xml, SHEET_TYPE)
        id = self.relate(WORKBOOK, "worksheet", part)
        self.replace(
            WORKBOOK,
            "</sheets>",
            f'<sheet name="{title}" sheetId="{number + 40}" xmlns:r="{OFFICE}" r:id="{id}"/></sheets>',
        )
        return part

    def zipped(self) -> bytes:
        """The book."""
        return zipped(self.parts)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """The parts as a file."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return buffer.getvalue()


def row(number: int, *cells: str) -> str:
    """A row from its cells."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def text_cell(address: str, text: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def number_cell(address: str, number: float) -> str:
    """A cell with a number."""
    return f'<c r="{address}"><v>{number}</v></c>'
