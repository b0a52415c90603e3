"""The requests of batchUpdate, by family: what each does to a book and what it replies."""

from __future__ import annotations

from tests.google.emulator.book import Book
from tests.google.emulator.call import Call
from tests.google.emulator.errors import Json, not_here
from tests.google.emulator.requests import (
    cells,
    dimensions,
    filters,
    finding,
    grouping,
    merging,
    metadata,
    objects,
    pasting,
    rules,
    sheets,
    sorting,
    zones,
)
from tests.google.emulator.requests.handler import Handler

FAMILIES = (
    cells,
    dimensions,
    filters,
    finding,
    grouping,
    merging,
    metadata,
    objects,
    pasting,
    rules,
    sheets,
    sorting,
    zones,
)
HANDLERS: dict[str, Handler] = {kind: handler for family in FAMILIES for kind, handler in family.HANDLERS.items()}


def apply(kind: str, book: Book, arguments: Json, call: Call) -> Json:
    """Change the book as the request says.

    Returns:
        The reply; empty for a kind that has none.

    Raises:
        ApiError: 400 if the request makes no sense, 501 if the kind is not done here.
    """
    if kind not in HANDLERS:
        raise not_here(f"the request {kind}")
    reply = HANDLERS[kind](book, arguments, call)
    return {} if reply is None else {kind: reply}
