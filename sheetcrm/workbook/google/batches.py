"""Packing requests into batches: one where they fit, else as few as the recommended size allows."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sheetcrm.workbook.google.edits import Piece

LARGEST = 2_000_000
"""The bytes that Google recommends for a request at most."""

_ENVELOPE = 20_000
"""Room for the mark, and for the ranges that are asked back."""


def packed(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces in their order, as many to a batch as it holds; none is split, and every batch has one at least."""
    batches: list[list[Piece]] = []
    left = 0
    for piece in pieces:
        size = sum(map(_bytes, piece.requests))
        if not batches or size > left:
            batches.append([])
            left = LARGEST - _ENVELOPE
        batches[-1].append(piece)
        left -= size
    return batches


def _bytes(request: object) -> int:
    return len(json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")) + 1
