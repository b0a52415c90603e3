"""Packing requests into batches: one where they fit, else as few as the recommended size allows."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sheetcrm.workbook.google.edits import Piece
from sheetcrm.workbook.google.wire import Json

LARGEST = 2_000_000
"""The bytes that Google recommends for a request at most."""

_ENVELOPE = 20_000
"""Room for the mark, and for the ranges that are asked back."""


def packed(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces in their order, as many to a batch as it holds; none is split, and every batch has one at least."""
    batches: list[list[Piece]] = []
    left = 0
    for piece in pieces:
        size = _size(piece.requests)
        if not batches or size > left:
            batches.append([])
            left = _room()
        batches[-1].append(piece)
        left -= size
    return batches


def fits(requests: Iterable[Json]) -> bool:
    """Whether one batch holds them all."""
    return _size(requests) <= _room()


def _room() -> int:
    return LARGEST - _ENVELOPE


def _size(requests: Iterable[Json]) -> int:
    return sum(map(_bytes, requests))


def _bytes(request: object) -> int:
    return len(json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")) + 1
