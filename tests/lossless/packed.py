"""The same book packed and spelled in every way that is legal, or that real programs do all the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tests.lossless.patched import DATA, SUMS, TYPES, WORKBOOK, Patched, zipped

_STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
    "http://schemas.openxmlformats.org/drawingml/2006/": "http://purl.oclc.org/ooxml/drawingml/",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": (
        "http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
    ),
    "http://schemas.openxmlformats.org/officeDocument/2006/": "http://purl.oclc.org/ooxml/officeDocument/",
}
_TAG = re.compile(r"<(/?)([A-Za-z])")
_BOM = b"\xef\xbb\xbf"


def strict(book: Patched) -> bytes:
    """Strict Open XML: other namespaces throughout."""
    for part in list(book.parts):
        if part.endswith((".xml", ".rels")) and part != TYPES:
            text = book.text(part)
            for loose, exact in _STRICT.items():
                text = text.replace(loose, exact)
            book.parts[part] = text.encode()
    book.replace(WORKBOOK, "<workbook ", '<workbook conformance="strict" ', 1)
    return book.zipped()


def prefixed(book: Patched) -> bytes:
    """`x:` before every element of the sheets and the workbook, and a byte-order mark, as OpenXML SDK programs do."""
    for part in (DATA, SUMS, WORKBOOK):
        declaration, _, rest = book.text(part).partition("\n")
        book.parts[part] = _BOM + (declaration + _TAG.sub(r"<\1x:\2", rest).replace(" xmlns=", " xmlns:x=")).encode()
    return book.zipped()


def absolute(book: Patched) -> bytes:
    """Targets that begin at the package's root."""
    rels = "xl/_rels/workbook.xml.rels"
    book.parts[rels] = re.sub(r'Target="(?!/)', 'Target="/xl/', book.text(rels)).encode()
    return book.zipped()


def backslashed(book: Patched) -> bytes:
    """Backslashes in targets and in the names of the zip's entries."""
    rels = "xl/_rels/workbook.xml.rels"
    book.parts[rels] = re.sub(r'Target="[^"]*"', lambda t: t[0].replace("/", "\\"), book.text(rels)).encode()
    names = {name: name if name == TYPES else name.replace("/", "\\") for name in book.parts}
    return zipped({names[name]: content for name, content in book.parts.items()})


def rows_without_numbers(book: Patched) -> bytes:
    """Neither rows nor cells say where they stand."""
    text = re.sub(r'<row r="\d+"', "<row", book.text(DATA))
    book.parts[DATA] = re.sub(r'<c r="[A-Z]+\d+"', "<c", text).encode()
    return book.zipped()


def cells_without_addresses(book: Patched) -> bytes:
    """Rows are numbered, cells are not."""
    book.parts[DATA] = re.sub(r'<c r="[A-Z]+\d+"', "<c", book.text(DATA)).encode()
    return book.zipped()


def without_dimension(book: Patched) -> bytes:
    """No hint at how far the sheet reaches, no spans."""
    book.parts[DATA] = re.sub(r'<dimension [^>]*/>| spans="[^"]*"', "", book.text(DATA)).encode()
    return book.zipped()


def elsewhere(book: Patched) -> bytes:
    """The workbook under another name in another folder."""
    book.parts["office/book.xml"] = book.parts.pop(WORKBOOK)
    rels = book.parts.pop("xl/_rels/workbook.xml.rels").decode()
    book.parts["office/_rels/book.xml.rels"] = re.sub(r'Target="(?!/)', 'Target="../xl/', rels).encode()
    book.replace("_rels/.rels", "xl/workbook.xml", "office/book.xml")
    book.replace(TYPES, "/xl/workbook.xml", "/office/book.xml")
    return book.zipped()


def utf_16(book: Patched) -> bytes:
    """A sheet in UTF-16."""
    book.parts[DATA] = book.text(DATA).replace("UTF-8", "UTF-16").encode("utf-16")
    return book.zipped()


def remarked(book: Patched) -> bytes:
    """XML comments, CDATA, processing instructions, other quotes and line breaks inside a sheet."""
    text = book.text(DATA).replace("<sheetData>", "<!-- <row r='1'> --><sheetData>\n<!-- rows -->")
    text = re.sub(r'<row r="(\d+)"', r"\n  <row\n r='\1'", text)
    text = text.replace("</row>", "<!-- </row> ]]&gt; --></row><?keep me?>", 2)
    text = text.replace("<f>C3*2</f>", "<f><![CDATA[C3*2]]></f>")
    note = (
        '<row r="12"><c r="H12" t="inlineStr"><is><t><![CDATA[<row r="1"><c r="A1"/></row> & so]]></t></is></c></row>'
    )
    book.parts[DATA] = text.replace("</sheetData>", f"{note}</sheetData >").encode()
    return book.zipped()


def without_strings(book: Patched) -> bytes:
    """Texts in the cells themselves, no shared strings."""
    items = re.findall(r"<si>(.*?)</si>", book.text("xl/sharedStrings.xml"), re.DOTALL)

    def inline(found: re.Match[str]) -> str:
        return f't="inlineStr"><is>{items[int(found[1])]}</is></c>'

    for part in (DATA, SUMS):
        book.parts[part] = re.sub(r't="s"><v>(\d+)</v></c>', inline, book.text(part)).encode()
    book.parts.pop("xl/sharedStrings.xml")
    book.replace(TYPES, _override(book, "xl/sharedStrings.xml"), "")
    rels = "xl/_rels/workbook.xml.rels"
    book.parts[rels] = re.sub(r'<Relationship [^>]*sharedStrings.xml"/>', "", book.text(rels)).encode()
    return book.zipped()


def _override(book: Patched, part: str) -> str:
    found = re.search(f'<Override PartName="/{re.escape(part)}"[^>]*/>', book.text(TYPES))
    assert found is not None
    return found[0]


def chart_first(book: Patched) -> bytes:
    """The chart that is a sheet stands before all others."""
    text = book.text(WORKBOOK)
    first, chart = re.findall(r"<sheet [^>]*/>", text)[0], re.findall(r"<sheet [^>]*/>", text)[-1]
    book.parts[WORKBOOK] = text.replace(chart, "").replace(first, chart + first).encode()
    return book.zipped()


def blank_sheets(book: Patched) -> bytes:
    """A sheet whose rows are one closed element, and one with nothing but a row's look."""
    sheet = book.add_sheet("Empty", "")
    book.replace(sheet, "<sheetData></sheetData>", "<sheetData/>")
    book.add_sheet("Rows", '<row r="3" ht="40" customHeight="1" s="1" customFormat="1"/><row r="9"/>')
    return book.zipped()


def sparing(book: Patched) -> bytes:
    """Attributes in single quotes, line breaks in tags, blanks between everything."""
    text = re.sub(r'="([^"\'<]*)"', r"='\1'", book.text(DATA))
    text = text.replace("<row ", "\n\t<row\n ").replace("<c ", "\n <c\t").replace("/></c>", " /></c >")
    book.parts[DATA] = text.replace("</row>", "\n</row >").encode()
    return book.zipped()


def other_case(book: Patched) -> bytes:
    """The zip spells a part in other letters than the relationships do."""
    book.parts["xl/worksheets/Sheet1.XML"] = book.parts.pop(DATA)
    return book.zipped()


def streamed(book: Patched) -> bytes:
    """Sizes behind the content, as programs write that cannot go back."""

    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

    buffer = Pipe()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name, content in book.parts.items():
            target.writestr(name, content)
    return buffer.getvalue()


def large_zip(book: Patched) -> bytes:
    """Entries with the long sizes of ZIP64, some of them stored, folders among them, a remark at the end."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        target.mkdir("xl")
        for number, (name, content) in enumerate(book.parts.items()):
            info = ZipInfo(name)
            info.compress_type = ZIP_STORED if number % 3 == 0 else ZIP_DEFLATED
            with target.open(info, "w", force_zip64=True) as entry:
                entry.write(content)
        target.comment = b"made by hand"
    return buffer.getvalue()


def reordered(book: Patched) -> bytes:
    """The list of content types last, the sheets first."""
    return zipped({name: book.parts[name] for name in sorted(book.parts, reverse=True)})


PACKED: Mapping[str, Callable[[Patched], bytes]] = {
    "strict": strict,
    "prefixed with a byte-order mark": prefixed,
    "absolute targets": absolute,
    "backslashes": backslashed,
    "rows without numbers": rows_without_numbers,
    "cells without addresses": cells_without_addresses,
    "without dimension": without_dimension,
    "workbook elsewhere": elsewhere,
    "UTF-16": utf_16,
    "remarks and CDATA": remarked,
    "without shared strings": without_strings,
    "blank sheets": blank_sheets,
    "other quotes and blanks": sparing,
    "names in another case": other_case,
    "data descriptors": streamed,
    "ZIP64": large_zip,
    "entries in another order": reordered,
}
