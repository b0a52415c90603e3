"""The spreadsheets methods: create, get, batchUpdate, and what hangs on them."""

from __future__ import annotations

import copy

from tests.google.emulator import defaults, fields, lookup, moves, protection, snapshot
from tests.google.emulator.book import Book, zone
from tests.google.emulator.call import Call
from tests.google.emulator.cells.locales import locale
from tests.google.emulator.cells.view import View
from tests.google.emulator.errors import ApiError, Json, invalid, not_found, not_here
from tests.google.emulator.fields import Mask
from tests.google.emulator.ranges import Area, from_a1
from tests.google.emulator.requests import apply
from tests.google.emulator.requests.cells import write_grid
from tests.google.emulator.requests.sheets import add_sheet, copy_title, free_id, with_new_ids
from tests.google.emulator.store import new_id

# What needs no id, so that a new spreadsheet may bring it along.
_TAKEN_AS_GIVEN = {"merges", "conditionalFormats", "basicFilter"}


def create(call: Call) -> Json:
    asked = call.body
    book = Book(new_id(), defaults.book_properties(asked.get("properties", {})), [])
    locale(book.locale)
    zone(book.time_zone)
    for sheet in asked.get("sheets", []) or [{}]:
        _add_asked(book, sheet)
    for part in ("namedRanges", "developerMetadata"):
        if asked.get(part):
            raise not_here(f"{part} in create; batchUpdate takes them")
    book.check_size()
    call.store.add(book, call.caller)
    return snapshot.spreadsheet(View(book, call.today), None, grid_data=False, mask={})


def _add_asked(book: Book, asked: Json) -> None:
    properties = dict(asked.get("properties", {}))
    properties.setdefault("sheetId", 0 if not book.sheets else free_id(book))
    properties.setdefault("title", f"Sheet{len(book.sheets) + 1}")
    sheet = add_sheet(book, properties)
    for grid_data in asked.get("data", []):
        write_grid(sheet, grid_data.get("startRow", 0), grid_data.get("startColumn", 0), grid_data.get("rowData", []))
    parts = {name: part for name, part in asked.items() if name not in {"properties", "data"}}
    if parts.keys() - _TAKEN_AS_GIVEN:
        raise not_here(f"{', '.join(sorted(parts.keys() - _TAKEN_AS_GIVEN))} in create; batchUpdate takes them")
    sheet.parts |= parts


def get(call: Call) -> Json:
    view = call.view()
    areas = [from_a1(view.book, text) for text in call.query["ranges"]] if call.query.get("ranges") else None
    return _told(call, view, areas, bool(call.query.get("includeGridData")), call.mask)


def get_by_data_filter(call: Call) -> Json:
    view = call.view()
    areas = [area for one in call.body.get("dataFilters", []) for area in lookup.areas(view.book, one)]
    return _told(call, view, areas or None, bool(call.body.get("includeGridData")), call.mask)


def _told(call: Call, view: View, areas: list[Area] | None, grid_data: bool, mask: Mask) -> Json:
    """The spreadsheet; a field mask decides about cells, whatever includeGridData says."""
    wanted = fields.covers(mask, "sheets", "data") if mask else grid_data
    answer = snapshot.spreadsheet(view, areas, grid_data=wanted, mask=mask)
    if call.store.policy.enforce_permissions:
        owner = call.store.owner(view.book.id)
        for sheet in answer["sheets"]:
            ranges = sheet.get("protectedRanges", [])
            sheet |= {"protectedRanges": [protection.told(one, call.caller, owner) for one in ranges]} if ranges else {}
    return answer


def batch_update(call: Call) -> Json:
    """Apply all requests or none, and tell the state after them where asked to."""
    requests = call.body.get("requests", [])
    if not requests:
        raise invalid("Must specify at least one request.")
    with call.edit() as book:
        replies = [_reply(call, book, number, request) for number, request in enumerate(requests)]
    # What a reply tells may have changed later in the batch; Google's replies don't, nor do these.
    answer: Json = {"spreadsheetId": book.id, "replies": replies}
    if call.body.get("includeSpreadsheetInResponse"):
        answer["updatedSpreadsheet"] = _state_after(call)
    return answer


def _reply(call: Call, book: Book, number: int, request: Json) -> Json:
    if len(request) != 1:
        raise invalid(f"Invalid requests[{number}]: Must specify exactly one request type.")
    ((kind, arguments),) = request.items()
    try:
        return copy.deepcopy(apply(kind, book, arguments, call))
    except ApiError as error:
        if error.code == 400:
            error.message = f"Invalid requests[{number}].{kind}: {error.message}"
        raise


def _state_after(call: Call) -> Json:
    view = call.view()
    ranges = call.body.get("responseRanges", [])
    areas = [from_a1(view.book, text) for text in ranges] if ranges else None
    mask: Mask = call.mask.get("updatedSpreadsheet", {})
    return _told(call, view, areas, bool(call.body.get("responseIncludeGridData")), mask)


def copy_to(call: Call) -> Json:
    """Copy a tab into another spreadsheet, or the same."""
    source = call.view().book.sheet(int(call.path["sheetId"]))
    target = call.body.get("destinationSpreadsheetId", "")
    with call.store.editing(target, call.caller) as book:
        sheet = source.copied()
        title = copy_title(book, source.title)
        sheet.properties |= {"sheetId": free_id(book), "title": title}
        sheet.parts = with_new_ids(book, moves.onto(sheet.parts, sheet.id))
        book.sheets.append(sheet)
        book.renumber()
    return sheet.properties


def metadata_get(call: Call) -> Json:
    wanted = int(call.path["metadataId"])
    for entry in call.view().book.metadata:
        if entry["metadataId"] == wanted:
            return entry
    raise not_found()


def metadata_search(call: Call) -> Json:
    book = call.view().book
    matched = []
    for data_filter in call.body.get("dataFilters", []):
        found = lookup.metadata(book, data_filter)
        matched += [{"developerMetadata": entry, "dataFilters": [data_filter]} for entry in found]
    return {"matchedDeveloperMetadata": matched} if matched else {}
