"""Groups of rows and columns: each row has a depth, and a group is a run of rows at least that deep."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from tests.google.emulator import fields
from tests.google.emulator.book import Book, Sheet
from tests.google.emulator.call import Call
from tests.google.emulator.errors import Json, invalid
from tests.google.emulator.requests.dimensions import span_of
from tests.google.emulator.requests.handler import mask_of


def _groups(sheet: Sheet, rows: bool) -> list[Json]:
    return sheet.listed("rowGroups" if rows else "columnGroups")


def _depths(groups: list[Json]) -> Counter[int]:
    depths: Counter[int] = Counter()
    for group in groups:
        depths.update(range(group["range"]["startIndex"], group["range"]["endIndex"]))
    return depths


def _regroup(sheet: Sheet, rows: bool, depths: Counter[int]) -> list[Json]:
    """The groups of these depths; one that stays the same stays collapsed."""
    groups = _groups(sheet, rows)
    collapsed = [group for group in groups if group.get("collapsed")]
    groups[:] = [
        _group(sheet, rows, depth, run)
        for depth in range(1, max(depths.values(), default=0) + 1)
        for run in _runs(sorted(index for index, deep in depths.items() if deep >= depth))
    ]
    for group in groups:
        if any(old["range"] == group["range"] and old["depth"] == group["depth"] for old in collapsed):
            group["collapsed"] = True
    return groups


def _runs(indexes: list[int]) -> list[tuple[int, int]]:
    runs = []
    for _, run in groupby(enumerate(indexes), key=lambda pair: pair[1] - pair[0]):
        members = [index for _, index in run]
        runs.append((members[0], members[-1] + 1))
    return runs


def _group(sheet: Sheet, rows: bool, depth: int, run: tuple[int, int]) -> Json:
    home = {"sheetId": sheet.id} if sheet.id else {}
    span = {"dimension": "ROWS" if rows else "COLUMNS", "startIndex": run[0], "endIndex": run[1]}
    return {"range": home | span, "depth": depth}


def _add(book: Book, arguments: Json, _: Call) -> Json:
    sheet, rows, first, last = span_of(book, arguments.get("range", {}))
    depths = _depths(_groups(sheet, rows))
    depths.update(range(first, last))
    return {"dimensionGroups": _regroup(sheet, rows, depths)}


def _delete(book: Book, arguments: Json, _: Call) -> Json:
    sheet, rows, first, last = span_of(book, arguments.get("range", {}))
    depths = _depths(_groups(sheet, rows))
    if not any(depths[index] for index in range(first, last)):
        raise invalid("There is no dimension group in the range.")
    depths.subtract(index for index in range(first, last) if depths[index])
    return {"dimensionGroups": _regroup(sheet, rows, +depths)}


def _update(book: Book, arguments: Json, _: Call) -> None:
    asked = arguments.get("dimensionGroup", {})
    mask = mask_of(arguments, "DimensionGroup")
    if set(mask) - {"collapsed"}:
        raise invalid("Only the collapsed state of a group can be updated.")
    sheet, rows, first, last = span_of(book, asked.get("range", {}))
    for group in _groups(sheet, rows):
        span = group["range"]["startIndex"], group["range"]["endIndex"]
        if span == (first, last) and group["depth"] == asked.get("depth"):
            changed = fields.apply(mask, group, asked)
            group.clear()
            group.update({name: part for name, part in changed.items() if part is not False})
            _hide(sheet, rows, range(first, last), bool(group.get("collapsed")))
            return
    raise invalid("There is no dimension group with that range and depth.")


def _hide(sheet: Sheet, rows: bool, lines: range, hidden: bool) -> None:
    own = sheet.row_properties if rows else sheet.column_properties
    for index in lines:
        kept = {name: part for name, part in own.get(index, {}).items() if name != "hiddenByUser"}
        own[index] = kept | ({"hiddenByUser": True} if hidden else {})


HANDLERS = {"addDimensionGroup": _add, "deleteDimensionGroup": _delete, "updateDimensionGroup": _update}
