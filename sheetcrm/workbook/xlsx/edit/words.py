"""The text of a cell under change, wherever it is kept."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice

from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.row import CellXml

_SHARED = re.compile(rb"<(?:[\w.-]+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:[\w.-]+:)?si\s*>)", re.DOTALL)
_SAID = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^>/]*)?>([^<]*)</")
_SOUNDS = re.compile(rb"<(?:[\w.-]+:)?rPh[\s>].*?</(?:[\w.-]+:)?rPh\s*>", re.DOTALL)


def is_text(cell: CellXml) -> bool:
    """Whether a cell holds a text."""
    return not cell.blank and cell.kind in ("s", "inlineStr", "str")


def text_of(draft: Draft, cell: CellXml) -> str:
    """The text of a cell, "" where it holds none."""
    if not is_text(cell):
        return ""
    result = cell.result
    if cell.kind == "inlineStr":
        return _said(cell.raw)
    if result is None:
        return ""
    return _shared(draft, int(result.value)) if cell.kind == "s" else unescape(result.value.decode())


def _shared(draft: Draft, number: int) -> str:
    for relation in draft.relations(draft.workbook):
        if relation.kind == "sharedStrings" and relation.target in draft:
            found = next(islice(_SHARED.finditer(draft.read(relation.target)), number, None), None)
            return _said(found[1] or b"") if found else ""
    return ""


def _said(content: bytes) -> str:
    """The text of an element, however many pieces it comes in; how it sounds is left out."""
    return unescape(b"".join(_SAID.findall(_SOUNDS.sub(b"", content))).decode("utf-8", "replace"))
