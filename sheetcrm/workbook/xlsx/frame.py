"""A sheet's XML without its rows: what stands around the cells is small, whatever the sheet."""

from __future__ import annotations

import re

from sheetcrm.workbook.xlsx.package import Package

_ROWS = re.compile(rb"<(?:[\w.-]+:)?sheetData[^>]*>")
_ROWS_END = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")
_LONGEST_TAG = 256


def without_rows(package: Package, part: str) -> bytes:
    """The part as XML with its rows cut out, so that no tree of a whole sheet is ever made."""
    pieces = package.stream(part)
    head, start = b"", None
    for piece in pieces:
        head += piece
        start = _ROWS.search(head)
        if start is not None:
            break
    if start is None or start[0].endswith(b"/>"):
        return head + b"".join(pieces)
    tail = head[start.end() :]
    end = _ROWS_END.search(tail)
    while end is None:
        tail = tail[-_LONGEST_TAG:] + next(pieces, b"</sheetData>")
        end = _ROWS_END.search(tail)
    return head[: start.start()] + tail[end.end() :] + b"".join(pieces)
