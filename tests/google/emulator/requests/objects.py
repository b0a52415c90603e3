"""What lies on a tab beside its cells: charts, slicers, banding, tables. Checked, kept under an id, and told."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from tests.google.emulator import colours, fields
from tests.google.emulator.book import Book, Sheet
from tests.google.emulator.call import Call
from tests.google.emulator.errors import Json, invalid, not_here
from tests.google.emulator.ranges import from_grid, starting_at, within
from tests.google.emulator.requests.handler import found, mask_of, number_for


@dataclass(frozen=True)
class Kind:
    """One kind of object: where a tab lists it, its id, its message, and how to find its tab."""

    part: str
    key: str
    name: str
    schema: str
    home: Callable[[Book, Json], Sheet]


def _by_range(book: Book, item: Json) -> Sheet:
    return within(from_grid(book, item.get("range", {}))).sheet


def _by_position(book: Book, item: Json) -> Sheet:
    position = item.get("position", {})
    if position.get("newSheet"):
        raise not_here("a chart on a sheet of its own")
    anchor = position.get("overlayPosition", {}).get("anchorCell", {})
    return starting_at(book, anchor).sheet


CHARTS = Kind("charts", "chartId", "chart", "EmbeddedChart", _by_position)
SLICERS = Kind("slicers", "slicerId", "slicer", "Slicer", _by_position)
BANDING = Kind("bandedRanges", "bandedRangeId", "bandedRange", "BandedRange", _by_range)
TABLES = Kind("tables", "tableId", "table", "Table", _by_range)


def _all(book: Book, kind: Kind) -> list[Json]:
    return [item for sheet in book.sheets for item in sheet.parts.get(kind.part, [])]


def _add(kind: Kind, book: Book, asked: Json) -> Json:
    sheet = kind.home(book, asked)
    taken = [item[kind.key] for item in _all(book, kind)]
    if kind in {CHARTS, SLICERS}:
        # Both are embedded objects, whose ids are one space.
        taken = [item[one.key] for one in (CHARTS, SLICERS) for item in _all(book, one)]
    if kind is TABLES:
        _check_table(book, asked)
        wanted = asked.get(kind.key) or secrets.token_hex(8)
        if wanted in taken:
            raise invalid(f"A table with id {wanted} already exists.")
    else:
        wanted = number_for(asked.get(kind.key), taken, f"A {kind.name}")
    item = {kind.key: wanted} | colours.twice(asked) | {kind.key: wanted}
    sheet.listed(kind.part).append(item)
    return {kind.name: item}


def _check_table(book: Book, asked: Json) -> None:
    if any(table.get("name", "").casefold() == asked.get("name", "").casefold() for table in _all(book, TABLES)):
        raise invalid(f"A table with the name '{asked.get('name', '')}' already exists.")


def _change(kind: Kind, book: Book, wanted: object, change: Callable[[Json], Json]) -> Json:
    """Replace an object by what `change` makes of it; it keeps its id."""
    old = found(_all(book, kind), kind.key, wanted, kind.name)
    new = change(old) | {kind.key: old[kind.key]}
    for sheet in book.sheets:
        if old in sheet.parts.get(kind.part, []):
            sheet.listed(kind.part).remove(old)
    kind.home(book, new).listed(kind.part).append(new)
    return new


def _remove(kind: Kind, book: Book, wanted: object) -> bool:
    for sheet in book.sheets:
        for item in sheet.parts.get(kind.part, []):
            if item[kind.key] == wanted:
                sheet.listed(kind.part).remove(item)
                return True
    return False


def _update_by_mask(kind: Kind, book: Book, arguments: Json) -> None:
    asked, mask = colours.twice(arguments.get(kind.name, {})), colours.both(mask_of(arguments, kind.schema))
    _change(kind, book, asked.get(kind.key), lambda old: fields.apply(mask, old, asked))


def _update_chart(book: Book, arguments: Json, _: Call) -> None:
    _change(
        CHARTS, book, arguments.get("chartId"), lambda old: {**old, "spec": colours.twice(arguments.get("spec", {}))}
    )


def _update_slicer(book: Book, arguments: Json, _: Call) -> None:
    mask, spec = mask_of(arguments, "SlicerSpec"), arguments.get("spec", {})

    def change(old: Json) -> Json:
        return {**old, "spec": fields.apply(mask, old.get("spec", {}), spec)}

    _change(SLICERS, book, arguments.get("slicerId"), change)


def _embedded(book: Book, object_id: object) -> Kind:
    return CHARTS if any(chart["chartId"] == object_id for chart in _all(book, CHARTS)) else SLICERS


def _update_position(book: Book, arguments: Json, _: Call) -> Json:
    mask, asked = mask_of(arguments, "EmbeddedObjectPosition"), arguments.get("newPosition", {})
    wanted = arguments.get("objectId")

    def change(old: Json) -> Json:
        return {**old, "position": fields.apply(mask, old.get("position", {}), asked)}

    return {"position": _change(_embedded(book, wanted), book, wanted, change)["position"]}


def _delete_embedded(book: Book, arguments: Json, _: Call) -> None:
    wanted = arguments.get("objectId")
    if not _remove(_embedded(book, wanted), book, wanted):
        raise invalid(f"No embedded object with id: {wanted}")


def _delete_banding(book: Book, arguments: Json, _: Call) -> None:
    if not _remove(BANDING, book, arguments.get("bandedRangeId")):
        raise invalid(f"No banded range with id: {arguments.get('bandedRangeId')}")


def _delete_table(book: Book, arguments: Json, _: Call) -> None:
    if not _remove(TABLES, book, arguments.get("tableId")):
        raise invalid(f"No table with id: {arguments.get('tableId')}")


HANDLERS = {
    "addChart": lambda book, arguments, _: _add(CHARTS, book, arguments.get("chart", {})),
    "updateChartSpec": _update_chart,
    "addSlicer": lambda book, arguments, _: _add(SLICERS, book, arguments.get("slicer", {})),
    "updateSlicerSpec": _update_slicer,
    "updateEmbeddedObjectPosition": _update_position,
    "deleteEmbeddedObject": _delete_embedded,
    "addBanding": lambda book, arguments, _: _add(BANDING, book, arguments.get("bandedRange", {})),
    "updateBanding": lambda book, arguments, _: _update_by_mask(BANDING, book, arguments),
    "deleteBanding": _delete_banding,
    "addTable": lambda book, arguments, _: _add(TABLES, book, arguments.get("table", {})),
    "updateTable": lambda book, arguments, _: _update_by_mask(TABLES, book, arguments),
    "deleteTable": _delete_table,
}
