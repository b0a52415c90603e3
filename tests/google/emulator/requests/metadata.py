"""Developer metadata: what a program leaves on a book, a tab, a row or a column. An id is given once."""

from __future__ import annotations

from tests.google.emulator import fields, lookup
from tests.google.emulator.book import Book
from tests.google.emulator.call import Call
from tests.google.emulator.errors import Json, invalid
from tests.google.emulator.ranges import within
from tests.google.emulator.requests.handler import mask_of, number_for

_MAX_CHARACTERS = 30_000


def _create(book: Book, arguments: Json, _: Call) -> Json:
    asked = arguments.get("developerMetadata", {})
    taken = [entry["metadataId"] for entry in book.metadata]
    entry = {"metadataId": number_for(asked.get("metadataId"), taken, "DeveloperMetadata")} | asked
    entry["location"] = _location(book, asked.get("location", {}))
    _check(entry)
    book.metadata.append(entry)
    if sum(len(e["metadataKey"]) + len(e.get("metadataValue", "")) for e in book.metadata) > _MAX_CHARACTERS:
        raise invalid(f"Developer metadata may hold at most {_MAX_CHARACTERS} characters.")
    return {"developerMetadata": entry}


def _check(entry: Json) -> None:
    if not entry.get("metadataKey"):
        raise invalid("Developer metadata must have a key.")
    if entry.get("visibility") not in {"DOCUMENT", "PROJECT"}:
        raise invalid("Developer metadata must have a visibility.")
    if entry["metadataId"] <= 0:
        raise invalid("The metadata id must be positive.")


def _location(book: Book, asked: Json) -> Json:
    location = lookup.typed_location(asked)
    if "sheetId" in location:
        book.sheet(location["sheetId"])
    if "dimensionRange" in location:
        within(lookup.along(book, location["dimensionRange"]))
        span = location["dimensionRange"]
        if span.get("endIndex", 0) - span.get("startIndex", 0) != 1:
            raise invalid("Developer metadata can be associated with a single row or column only.")
    return location


def _update(book: Book, arguments: Json, _: Call) -> Json:
    mask = mask_of(arguments, "DeveloperMetadata")
    asked = arguments.get("developerMetadata", {})
    chosen = [entry for one in arguments.get("dataFilters", []) for entry in lookup.metadata(book, one)]
    for entry in chosen:
        changed = fields.apply(mask, entry, asked)
        changed["location"] = _location(book, changed.get("location", {}))
        _check(changed)
        entry.clear()
        entry.update(changed)
    return {"developerMetadata": chosen} if chosen else {}


def _delete(book: Book, arguments: Json, _: Call) -> Json:
    gone = lookup.metadata(book, arguments.get("dataFilter", {}))
    book.metadata = [entry for entry in book.metadata if entry not in gone]
    return {"deletedDeveloperMetadata": gone} if gone else {}


HANDLERS = {
    "createDeveloperMetadata": _create,
    "updateDeveloperMetadata": _update,
    "deleteDeveloperMetadata": _delete,
}
