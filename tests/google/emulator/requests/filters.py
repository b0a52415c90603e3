"""The basic filter of a tab and its filter views: kept, told, and sorted by where they say so.

Rows are not hidden: what a filter shows is the reader's business (`hiddenByFilter` is never told).
"""

from __future__ import annotations

from tests.google.emulator import conditions, fields
from tests.google.emulator.book import Book, Sheet
from tests.google.emulator.call import Call
from tests.google.emulator.cells.view import View
from tests.google.emulator.errors import Json, invalid, not_here
from tests.google.emulator.ranges import Area, from_grid, within
from tests.google.emulator.requests.handler import found, mask_of, number_for
from tests.google.emulator.requests.sorting import put_in_order


def _set_basic(book: Book, arguments: Json, call: Call) -> None:
    asked = arguments.get("filter", {})
    area = _range(book, asked).bounded
    area.sheet.parts["basicFilter"] = _told_twice(book, {**asked, "range": area.grid})
    body = Area(area.sheet, area.top + 1, area.left, area.bottom, area.right)
    if asked.get("sortSpecs") and len(body.rows):
        put_in_order(View(book, call.today), body, asked["sortSpecs"])


def _clear_basic(book: Book, arguments: Json, _: Call) -> None:
    book.sheet(arguments.get("sheetId", 0)).parts.pop("basicFilter", None)


def _views(book: Book) -> list[Json]:
    return [view for sheet in book.sheets for view in sheet.parts.get("filterViews", [])]


def _named(book: Book, filter_id: int) -> tuple[Sheet, Json]:
    view = found(_views(book), "filterViewId", filter_id, "filter view")
    return next(sheet for sheet in book.sheets if view in sheet.parts.get("filterViews", [])), view


def _told_twice(book: Book, asked: Json) -> Json:
    """The filter with its criteria both ways that Google tells them; where both are sent, the specs count."""
    criteria = {int(column): rule for column, rule in asked.get("criteria", {}).items()}
    if "filterSpecs" in asked:
        criteria = {spec.get("columnIndex", 0): spec.get("filterCriteria", {}) for spec in asked["filterSpecs"]}
    for rule in criteria.values():
        if "condition" in rule:
            conditions.check(book, rule["condition"], conditions.FILTERS)
    if not criteria:
        return {name: part for name, part in asked.items() if name not in {"criteria", "filterSpecs"}}
    ordered = sorted(criteria.items())
    specs = [{"columnIndex": column, "filterCriteria": rule} for column, rule in ordered]
    return asked | {"criteria": {str(column): rule for column, rule in ordered}, "filterSpecs": specs}


def _range(book: Book, view: Json) -> Area:
    if "tableId" in view:
        raise not_here("a filter on a table")
    if "namedRangeId" in view:
        return from_grid(book, found(book.named_ranges, "namedRangeId", view["namedRangeId"], "named range")["range"])
    return within(from_grid(book, view.get("range", {})))


def _add(book: Book, arguments: Json, _: Call) -> Json:
    asked = arguments.get("filter", {})
    area = _range(book, asked).bounded
    return {"filter": _keep(book, area.sheet, asked | {"range": area.grid})}


def _keep(book: Book, sheet: Sheet, asked: Json) -> Json:
    taken = [view["filterViewId"] for view in _views(book)]
    view_id = number_for(asked.get("filterViewId"), taken, "A filter view")
    title = asked.get("title") or f"Filter {len(taken) + 1}"
    if any(view["title"] == title for view in sheet.parts.get("filterViews", [])):
        raise invalid(f"A filter view with the name '{title}' already exists.")
    view = {"filterViewId": view_id, "title": title, **asked} | {"filterViewId": view_id, "title": title}
    view = _told_twice(book, view)
    sheet.listed("filterViews").append(view)
    return view


def _duplicate(book: Book, arguments: Json, _: Call) -> Json:
    sheet, view = _named(book, arguments.get("filterId", 0))
    copied = {name: part for name, part in view.items() if name != "filterViewId"}
    return {"filter": _keep(book, sheet, copied | {"title": f"Copy of {view['title']}"})}


def _update(book: Book, arguments: Json, _: Call) -> None:
    asked = arguments.get("filter", {})
    mask = mask_of(arguments, "FilterView")
    sheet, view = _named(book, asked.get("filterViewId", 0))
    changed = fields.apply(mask, view, asked) | {"filterViewId": view["filterViewId"]}
    if mask and "criteria" in mask and "filterSpecs" not in mask:
        changed.pop("filterSpecs", None)
    if mask and "filterSpecs" in mask and "filterSpecs" not in changed:
        changed.pop("criteria", None)
    changed = _told_twice(book, changed)
    _range(book, changed)
    views = sheet.listed("filterViews")
    views[views.index(view)] = changed


def _delete(book: Book, arguments: Json, _: Call) -> None:
    sheet, view = _named(book, arguments.get("filterId", 0))
    sheet.listed("filterViews").remove(view)


HANDLERS = {
    "setBasicFilter": _set_basic,
    "clearBasicFilter": _clear_basic,
    "addFilterView": _add,
    "duplicateFilterView": _duplicate,
    "updateFilterView": _update,
    "deleteFilterView": _delete,
}
