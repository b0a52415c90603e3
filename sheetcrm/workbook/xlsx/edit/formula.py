"""Formulas as cells have them, whatever way their XML is spelled."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from sheetcrm.workbook.xlsx.edit.cell import escaped
from sheetcrm.workbook.xlsx.edit.row import Grammar

_HIDING = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_REMARK = re.compile(rb"<!--.*?-->", re.DOTALL)
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


class Formula(NamedTuple):
    """A formula as a cell has it.

    Attributes:
        row: The row's number, from 1.
        column: The column's number, from 0.
        text: The formula without its equals sign; "" for one that shares the text of another cell.
        kind: "" for a formula of one cell, else `shared`, `array` or `dataTable`.
        group: The number of the shared formula, "" for any other.
        area: The range that an array, a data table or a shared formula covers, said at its first cell.
        cached: Whether the cell has a value.
    """

    row: int
    column: int
    text: str
    kind: str
    group: str
    area: str
    cached: bool


def formula_in(
    row: int, column: int, found: re.Match[bytes], content: bytes, seen: bytes, words: Grammar
) -> Formula | None:
    """The formula of a cell; None where its element has no end.

    Args:
        row: The cell's row.
        column: Its column.
        found: The start of the cell and of its formula, found in `seen`.
        content: The XML that holds the cell.
        seen: The same, blanked out.
        words: The patterns for the sheet's prefix.
    """
    element = words.formula.match(seen, seen.rindex(b"<", found.start(), found.end()))
    if element is None:
        return None
    attributes = {name: one or two for name, one, two in _ATTRIBUTE.findall(element[1])}
    value = words.value.match(seen, element.end())
    kind = attributes.get(b"t", b"").decode()
    return Formula(
        row,
        column,
        unescape(plain(content[slice(*element.span(2))]).decode()) if element[2] else "",
        "" if kind == "normal" else kind,
        attributes.get(b"si", b"").decode(),
        attributes.get(b"ref", b"").decode(),
        value is not None and (bool(value[1]) or b't="str"' in found[0]),
    )


def blanked(content: bytes) -> bytes:
    """The XML with comments, CDATA sections and instructions blanked out; all positions stay."""
    hides = b"<!" in content or content.find(b"<?", 1) > 0
    return _HIDING.sub(lambda found: b" " * len(found[0]), content) if hides else content


def plain(raw: bytes) -> bytes:
    """An element's bytes with CDATA sections spelled as plain text, and without comments."""
    return _REMARK.sub(b"", _CDATA.sub(lambda found: escaped(found[1].decode()).encode(), raw)) if b"<!" in raw else raw
