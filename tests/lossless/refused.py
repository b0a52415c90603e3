"""Books that are refused as they are: signed ones, shared ones, and what only bears the name of a workbook."""

from __future__ import annotations

from collections.abc import Mapping

from tests.lossless.patched import DECLARATION, MAIN, OFFICE, TYPES, WORKBOOK, Patched, zipped
from tests.lossless.plain import made

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def signed() -> bytes:
    """A book with a digital signature."""
    book = Patched(made())
    book.write("_xmlsignatures/origin.sigs", b"x", "application/vnd.openxmlformats-package.digital-signature-origin")
    signature = f'{DECLARATION}<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignatureValue/></Signature>'
    kind = "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"
    book.write("_xmlsignatures/sig1.xml", signature, kind)
    relation = f"{_PACKAGE}/relationships/digital-signature"
    book.replace(
        "_rels/.rels",
        "</Relationships>",
        f'<Relationship Id="rId90" Type="{relation}/origin" Target="_xmlsignatures/origin.sigs"/></Relationships>',
    )
    book.relate("_xmlsignatures/origin.sigs", f"{relation}/signature", "_xmlsignatures/sig1.xml")
    return book.zipped()


def shared() -> bytes:
    """A book that several people change at once, with the history of their changes."""
    book = Patched(made())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    guid = 'guid="{9E3D6C1A-1111-4222-8333-944455556666}"'
    log = book.relate("xl/revisions/revisionHeaders.xml", "revisionLog", "xl/revisions/revisionLog1.xml")
    head = f'<header {guid} dateTime="2026-01-01T10:00:00Z" maxSheetId="3" userName="Anna" r:id="{log}"/>'
    headers = f'{DECLARATION}<headers xmlns="{MAIN}" xmlns:r="{OFFICE}" {guid}>{head}</headers>'
    book.write("xl/revisions/revisionHeaders.xml", headers, f"{kind}.revisionHeaders+xml")
    revisions = f'{DECLARATION}<revisions xmlns="{MAIN}"/>'
    book.write("xl/revisions/revisionLog1.xml", revisions, f"{kind}.revisionLog+xml")
    book.write("xl/revisions/userNames.xml", f'{DECLARATION}<users xmlns="{MAIN}" count="0"/>', f"{kind}.userNames+xml")
    book.relate(WORKBOOK, "revisionHeaders", "xl/revisions/revisionHeaders.xml")
    book.relate(WORKBOOK, "usernames", "xl/revisions/userNames.xml")
    return book.zipped()


def binary() -> bytes:
    """A binary workbook under an .xlsx name."""
    book = Patched(made())
    book.parts["xl/workbook.bin"] = book.parts.pop(WORKBOOK)
    book.replace(TYPES, "/xl/workbook.xml", "/xl/workbook.bin")
    book.replace("_rels/.rels", "workbook.xml", "workbook.bin")
    return book.zipped()


GUARDED: Mapping[str, bytes] = {"signed": signed(), "shared": shared()}
"""What is written only by force."""

NO_BOOKS: Mapping[str, tuple[bytes, str]] = {
    "binary": (binary(), "a binary workbook (.xlsb)"),
    "encrypted": (_OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
    "old": (_OLE + bytes(600), "an old Excel file (.xls)"),
    "text": ("Клиент;Телефон\nРомашка;1".encode(), "a text file"),
    "document": (zipped({"word/document.xml": "<x/>"}), "a Word document"),
    "nothing": (b"", "is empty"),
    "cut": (made()[:-40], "is damaged"),
}
"""What cannot be written at all, and what is said of it."""
