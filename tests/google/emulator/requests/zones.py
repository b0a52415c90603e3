"""Named ranges and protected ranges."""

from __future__ import annotations

import re
import secrets

from tests.google.emulator import fields, protection
from tests.google.emulator.book import Book, Sheet
from tests.google.emulator.call import Call
from tests.google.emulator.errors import Json, invalid, not_here
from tests.google.emulator.ranges import from_grid, within
from tests.google.emulator.requests.handler import found, mask_of, number_for

_NAME = re.compile(r"(?!\d)\w{1,250}")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*|true|false", re.IGNORECASE)


def _check_name(book: Book, name: str, but: Json | None = None) -> None:
    if not _NAME.fullmatch(name) or _LIKE_A_CELL.fullmatch(name):
        raise invalid(f"The name '{name}' is not a valid name for a named range.")
    taken = book.named(name)
    if taken is not None and taken is not but:
        raise invalid(f"Cannot add named range with name: {name}. Another named range with that name already exists.")


def _add_named(book: Book, arguments: Json, _: Call) -> Json:
    asked = arguments.get("namedRange", {})
    _check_name(book, asked.get("name", ""))
    within(from_grid(book, asked.get("range", {})))
    wanted = asked.get("namedRangeId") or str(secrets.randbelow(2**31))
    if any(one["namedRangeId"] == wanted for one in book.named_ranges):
        raise invalid(f"A named range with id {wanted} already exists.")
    named = {"namedRangeId": wanted, "name": asked["name"], "range": asked.get("range", {})}
    book.named_ranges.append(named)
    return {"namedRange": named}


def _update_named(book: Book, arguments: Json, _: Call) -> None:
    asked = arguments.get("namedRange", {})
    mask = mask_of(arguments, "NamedRange")
    named = found(book.named_ranges, "namedRangeId", asked.get("namedRangeId"), "named range")
    changed = fields.apply(mask, named, asked) | {"namedRangeId": named["namedRangeId"]}
    _check_name(book, changed.get("name", ""), but=named)
    within(from_grid(book, changed.get("range", {})))
    book.named_ranges[book.named_ranges.index(named)] = changed


def _delete_named(book: Book, arguments: Json, _: Call) -> None:
    book.named_ranges.remove(found(book.named_ranges, "namedRangeId", arguments.get("namedRangeId"), "named range"))


def _protected(book: Book) -> list[Json]:
    return [one for sheet in book.sheets for one in sheet.parts.get("protectedRanges", [])]


def _placed(book: Book, protected: Json) -> tuple[Sheet, Json]:
    """The tab of a protected range, and the range told with its place, also where a named range gives it."""
    if "tableId" in protected:
        raise not_here("protecting a table")
    if "namedRangeId" in protected:
        named = found(book.named_ranges, "namedRangeId", protected["namedRangeId"], "named range")
        protected = {**protected, "range": named["range"]}
    where = protected.get("range", {})
    if protected.get("unprotectedRanges") and where.keys() - {"sheetId"}:
        raise invalid("Unprotected ranges are only supported on protected sheets.")
    for hole in protected.get("unprotectedRanges", []):
        within(from_grid(book, hole))
    return within(from_grid(book, where)).sheet, protected


def _add_protected(book: Book, arguments: Json, call: Call) -> Json:
    sheet, asked = _placed(book, arguments.get("protectedRange", {}))
    taken = [one["protectedRangeId"] for one in _protected(book)]
    wanted = number_for(asked.get("protectedRangeId"), taken, "A protected range")
    told: Json = {"protectedRangeId": wanted} | asked | {"protectedRangeId": wanted, "requestingUserCanEdit": True}
    if "editors" in told:
        told["editors"] = {name: who for name, who in told["editors"].items() if who}
    told = {name: part for name, part in told.items() if part is not False}
    told = _with_caller(told, call.caller)
    sheet.listed("protectedRanges").append(told)
    return {"protectedRange": told}


def _with_caller(protected: Json, caller: str) -> Json:
    """Who protects a range may edit it; a mere warning names no editors."""
    if protected.get("warningOnly"):
        return {name: part for name, part in protected.items() if name != "editors"}
    editors = protected.get("editors", {})
    users = editors.get("users", [])
    return {**protected, "editors": {**editors, "users": users if caller in users else [*users, caller]}}


def _update_protected(book: Book, arguments: Json, call: Call) -> None:
    asked = arguments.get("protectedRange", {})
    mask = mask_of(arguments, "ProtectedRange")
    old = found(_protected(book), "protectedRangeId", asked.get("protectedRangeId"), "protected range")
    changed = fields.apply(mask, old, asked) | {"protectedRangeId": old["protectedRangeId"]}
    changed = {name: part for name, part in changed.items() if part is not False}
    if old.get("warningOnly") and not changed.get("warningOnly") and not asked.get("editors"):
        changed["editors"] = {"users": call.store.editors(book.id)}
    _remove(book, old)
    sheet, changed = _placed(book, changed)
    sheet.listed("protectedRanges").append(_with_caller(changed, call.caller))


def _delete_protected(book: Book, arguments: Json, _: Call) -> None:
    wanted = arguments.get("protectedRangeId")
    _remove(book, found(_protected(book), "protectedRangeId", wanted, "protected range"))


def _remove(book: Book, protected: Json) -> None:
    for sheet in book.sheets:
        if protected in sheet.parts.get("protectedRanges", []):
            if protected["protectedRangeId"] in sheet.closed:
                raise protection.refused()
            sheet.listed("protectedRanges").remove(protected)


HANDLERS = {
    "addNamedRange": _add_named,
    "updateNamedRange": _update_named,
    "deleteNamedRange": _delete_named,
    "addProtectedRange": _add_protected,
    "updateProtectedRange": _update_protected,
    "deleteProtectedRange": _delete_protected,
}
