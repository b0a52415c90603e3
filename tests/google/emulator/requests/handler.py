"""What every kind of request is: a function of the book and the request's arguments."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable

from tests.google.emulator import discovery, fields
from tests.google.emulator.book import Book
from tests.google.emulator.call import Call
from tests.google.emulator.errors import Json, invalid
from tests.google.emulator.fields import Mask

Handler = Callable[[Book, Json, Call], Json | None]


def mask_of(arguments: Json, schema: str) -> Mask:
    """The update mask of a request, which must name at least one field of the message."""
    text = arguments.get("fields", "")
    if not text.strip():
        raise invalid("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    mask = fields.read(text)
    fields.check(discovery.sheets(), schema, mask)
    return mask


def number_for(asked: int | None, taken: Iterable[int], what: str) -> int:
    """The id that was asked for, if it is free, or a free one."""
    used = set(taken)
    if asked is not None:
        if asked in used:
            raise invalid(f"{what} with id {asked} already exists.")
        return asked
    while (chosen := secrets.randbelow(2**31 - 1)) in used or not chosen:
        pass
    return chosen


def found(items: list[Json], key: str, wanted: object, what: str) -> Json:
    """The item with that id, or Google's refusal."""
    for item in items:
        if item.get(key) == wanted:
            return item
    raise invalid(f"No {what} with id: {wanted}")
