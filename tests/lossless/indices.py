"""Numbers that must point at something: styles, their fonts and fills, strings, formats of conditions, chains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree

from tests.lossless.cells import cells_of, child, rows_of
from tests.lossless.opened import Opened, local

_FIRST_OWN_FORMAT = 164
_PARTS_OF_A_STYLE = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
_DIFFERENTIAL = etree.XPath("//@*[contains(local-name(), 'xfId') and local-name() != 'xfId']")


def indices_out_of_range(book: Opened) -> Iterator[str]:
    """Every index that points past the end of its list."""
    styles = book.related("styles")
    root = book.tree(styles) if styles else etree.Element("styleSheet")
    if styles:
        yield from _inside_styles(styles, root)
    formats, differential = max(_length(root, "cellXfs"), 1), _length(root, "dxfs")
    strings = len(book.strings)
    for sheet in book.sheets:
        if sheet.kind == "worksheet" and sheet.part in book.parts:
            yield from _in_sheet(book, sheet.part, formats, strings)
    for part in book.xml_parts():
        if part != styles and not part.endswith((".rels", ".vml")):
            yield from _differential(part, book.tree(part), differential)
    yield from _chain(book)


def _inside_styles(part: str, root: etree._Element) -> Iterator[str]:
    for what in ("cellXfs", "cellStyleXfs"):
        for number, xf in enumerate(root.iterfind(f"{{*}}{what}/{{*}}xf")):
            for key, list_name in _PARTS_OF_A_STYLE.items():
                if int(str(xf.get(key, "0"))) >= max(_length(root, list_name), key == "xfId"):
                    yield f"{part}: {what} {number} has {key} {xf.get(key)}, which is not there"
    own = {str(element.get("numFmtId")) for element in root.iter("{*}numFmt")}
    for number, xf in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        format = str(xf.get("numFmtId", "0"))
        if int(format) >= _FIRST_OWN_FORMAT and format not in own:
            yield f"{part}: cellXfs {number} has the number format {format}, which is not there"


def _in_sheet(book: Opened, part: str, formats: int, strings: int) -> Iterator[str]:
    sheet = book.tree(part)
    for element in (*sheet.iterfind("{*}sheetData/{*}row"), *sheet.iterfind("{*}cols/{*}col")):
        style = element.get("s") or element.get("style") or "0"
        if int(str(style)) >= formats:
            yield f"{part}: {local(element)} {element.get('r') or element.get('min')} has the style {style}"
    for address, cell in cells_of(rows_of(book, part)):
        if int(str(cell.get("s", "0"))) >= formats:
            yield f"{part}: {address} has the style {cell.get('s')}, which is not there"
        value = child(cell, "v")
        if cell.get("t") == "s" and value is not None and int(str(value.text or "-1")) not in range(strings):
            yield f"{part}: {address} has the shared string {value.text}, which is not there"


def _differential(part: str, root: etree._Element, count: int) -> Iterator[str]:
    for value in cast("list[str]", _DIFFERENTIAL(root)):
        if int(value) >= count:
            yield f"{part}: it names the conditional format {value}, which is not there"


def _chain(book: Opened) -> Iterator[str]:
    """Excel repairs a book whose calculation chain names a cell without a formula."""
    part = book.related("calcChain")
    if part is None:
        return
    by_id = {str(sheet.element.get("sheetId")): sheet.part for sheet in book.sheets}
    formulas = {id: _formulas(book, part) for id, part in by_id.items()}
    sheet_id = ""
    for element in book.tree(part):
        sheet_id = str(element.get("i", sheet_id))
        if str(element.get("r")) not in formulas.get(sheet_id, ()):
            yield f"{part}: {element.get('r')} of sheet {sheet_id} holds no formula"


def _formulas(book: Opened, part: str) -> set[str]:
    return {address for address, cell in cells_of(rows_of(book, part)) if child(cell, "f") is not None}


def _length(root: etree._Element, name: str) -> int:
    found = child(root, name)
    return 0 if found is None else sum(isinstance(element.tag, str) for element in found)
