"""Raw .xlsx packages for tests: what no library would write."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)


def worksheet(rows: str, after: str = "", prefix: str = "") -> str:
    """A sheet's part from its rows, and what stands behind them."""
    p = f"{prefix}:" if prefix else ""
    namespace = f"xmlns:{prefix}" if prefix else "xmlns"
    return (
        f'{DECLARATION}<{p}worksheet {namespace}="{MAIN}" xmlns:r="{OFFICE}">'
        f"<{p}sheetData>{rows}</{p}sheetData>{after}</{p}worksheet>"
    )


def text(cell: str, value: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{cell}" t="inlineStr"><is><t>{value}</t></is></c>'


def relationships(*relations: tuple[str, str, str]) -> str:
    """A relationships part from ids, types (the last word is enough) and targets."""
    items = (
        f'<Relationship Id="{id}" Type="{type if "/" in type else f"{OFFICE}/{type}"}" Target="{target}"/>'
        for id, type, target in relations
    )
    return f'<Relationships xmlns="{RELATIONS}">{"".join(items)}</Relationships>'


def parts(rows: str = "", **others: str | bytes) -> dict[str, str | bytes]:
    """The parts of a book with the one sheet S."""
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relationships(("rId1", "officeDocument", WORKBOOK)),
        WORKBOOK: f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relationships(("rId1", "worksheet", "worksheets/sheet1.xml")),
        SHEET: worksheet(rows),
        **others,
    }


def zipped(contents: Mapping[str, str | bytes]) -> bytes:
    """The parts as a file."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name, content in contents.items():
            target.writestr(name, content)
    return buffer.getvalue()
