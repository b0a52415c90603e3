"""Tabs added, deleted, doubled and changed, and the spreadsheet's own properties."""

from __future__ import annotations

from tests.google.emulator import colours, defaults, fields, moves, protection
from tests.google.emulator.book import MAX_TITLE, Book, Sheet, zone
from tests.google.emulator.call import Call
from tests.google.emulator.cells.locales import locale
from tests.google.emulator.errors import Json, invalid, not_here
from tests.google.emulator.requests.handler import mask_of, number_for


def free_id(book: Book, asked: int | None = None) -> int:
    """The tab id asked for, or a free one."""
    if asked is not None and asked < 0:
        raise invalid(f"Invalid sheetId: {asked}. It must be non-negative.")
    return number_for(asked, (sheet.id for sheet in book.sheets), "A sheet")


def check_title(book: Book, title: str, but: Sheet | None = None) -> None:
    """Refuse a title that is empty, too long or taken."""
    if not title:
        raise invalid("Sheet name cannot be empty.")
    if len(title) > MAX_TITLE:
        raise invalid(f"Sheet name cannot be longer than {MAX_TITLE} characters.")
    taken = book.titled(title)
    if taken is not None and taken is not but:
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')


def add_sheet(book: Book, asked: Json) -> Sheet:
    """Add a tab with the properties asked for."""
    if asked.get("sheetType", "GRID") != "GRID":
        raise not_here(f"a tab of type {asked['sheetType']}")
    sheet_id = free_id(book, asked.get("sheetId"))
    title = asked["title"] if "title" in asked else _free_title(book)
    check_title(book, title)
    index = min(asked.get("index", len(book.sheets)), len(book.sheets))
    sheet = Sheet(defaults.sheet_properties(sheet_id, title, index, asked))
    _check_grid(sheet)
    book.sheets.insert(index, sheet)
    book.renumber()
    book.check_size()
    return sheet


def _free_title(book: Book) -> str:
    number = len(book.sheets) + 1
    while book.titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def _check_grid(sheet: Sheet) -> None:
    grid = sheet.properties["gridProperties"]
    if sheet.row_count < 1 or sheet.column_count < 1:
        raise invalid("A sheet must have at least one row and one column.")
    for frozen, count, what in (
        (grid.get("frozenRowCount", 0), sheet.row_count, "rows"),
        (grid.get("frozenColumnCount", 0), sheet.column_count, "columns"),
    ):
        if frozen and frozen >= count:
            raise invalid(f"You can't freeze all visible {what} on the sheet.")


def _add(book: Book, arguments: Json, _: Call) -> Json:
    return {"properties": add_sheet(book, colours.twice(arguments.get("properties", {}))).properties}


def _delete(book: Book, arguments: Json, _: Call) -> None:
    sheet = book.sheet(arguments.get("sheetId", 0), "sheet")
    protection.check_sheet(sheet)
    if sum(not other.properties.get("hidden") for other in book.sheets if other is not sheet) == 0:
        raise invalid("You can't remove all the visible sheets in a document.")
    book.sheets.remove(sheet)
    book.renumber()
    moves.retitle(book, sheet.title, None)
    book.named_ranges = [one for one in book.named_ranges if one["range"].get("sheetId", 0) != sheet.id]
    book.metadata = [entry for entry in book.metadata if not _lies_on(entry["location"], sheet.id)]


def _lies_on(location: Json, sheet_id: int) -> bool:
    if location["locationType"] == "SHEET":
        return bool(location.get("sheetId", 0) == sheet_id)
    on = location.get("dimensionRange")
    return on is not None and bool(on.get("sheetId", 0) == sheet_id)


def _duplicate(book: Book, arguments: Json, _: Call) -> Json:
    source = book.sheet(arguments.get("sourceSheetId", 0), "sheet")
    title = arguments.get("newSheetName") or copy_title(book, source.title)
    check_title(book, title)
    sheet = source.copied()
    sheet.properties |= {"sheetId": free_id(book, arguments.get("newSheetId")), "title": title}
    sheet.parts = with_new_ids(book, moves.onto(sheet.parts, sheet.id))
    book.sheets.insert(min(arguments.get("insertSheetIndex", 0), len(book.sheets)), sheet)
    book.renumber()
    return {"properties": sheet.properties}


def with_new_ids(book: Book, parts: Json) -> Json:
    """What lay on a tab that was copied: each thing under an id of its own."""
    return {
        name: [_with_new_id(book, name, item) for item in part] if name in _IDS else part
        for name, part in parts.items()
    }


_IDS = {
    "protectedRanges": "protectedRangeId",
    "filterViews": "filterViewId",
    "charts": "chartId",
    "slicers": "slicerId",
    "bandedRanges": "bandedRangeId",
}


def _with_new_id(book: Book, part: str, item: Json) -> Json:
    taken = (one[_IDS[part]] for sheet in book.sheets for one in sheet.parts.get(part, []))
    return item | {_IDS[part]: number_for(None, taken, part)}


def copy_title(book: Book, title: str) -> str:
    """The title that a copy of that tab gets."""
    copied, number = f"Copy of {title}", 2
    while book.titled(copied):
        copied, number = f"Copy of {title} {number}", number + 1
    return copied


def _update(book: Book, arguments: Json, _: Call) -> None:
    asked = colours.twice(arguments.get("properties", {}))
    mask = colours.both(mask_of(arguments, "SheetProperties"))
    sheet = book.sheet(asked.get("sheetId", 0), "sheet")
    changed = fields.apply(mask, sheet.properties, asked) if mask else {**sheet.properties, **asked}
    check_title(book, changed.get("title", ""), but=sheet)
    index = asked.get("index") if fields.covers(mask, "index") else None
    size = {"rowCount": sheet.row_count, "columnCount": sheet.column_count}
    grid = defaults.without_defaults(size | changed.get("gridProperties", {}))
    kept = {name: value for name, value in changed.items() if value is not False}
    if sheet.title != kept["title"]:
        moves.retitle(book, sheet.title, kept["title"])
    sheet.properties = kept | {"sheetId": sheet.id, "gridProperties": grid}
    _check_grid(sheet)
    sheet.resize(sheet.row_count, sheet.column_count)
    book.check_size()
    _place(book, sheet, index)
    if sum(not one.properties.get("hidden") for one in book.sheets) == 0:
        raise invalid("You can't hide all the sheets in a document.")


def _place(book: Book, sheet: Sheet, index: int | None) -> None:
    """Put the tab at an index, counted as it stands before the move, as Google does."""
    if index is not None:
        at = book.sheets.index(sheet)
        if not 0 <= index <= len(book.sheets):
            raise invalid(f"Sheet index {index} is out of bounds.")
        book.sheets.insert(index, sheet)
        book.sheets.pop(at if at < index else at + 1)
    book.renumber()


def _update_book(book: Book, arguments: Json, _: Call) -> None:
    mask = mask_of(arguments, "SpreadsheetProperties")
    changed = fields.apply(mask, book.properties, arguments.get("properties", {}))
    if not changed.get("title"):
        raise invalid("The title cannot be empty.")
    if fields.covers(mask, "defaultFormat") and mask:
        raise invalid("The default format cannot be changed.")
    locale(changed.get("locale", ""))
    zone(changed.get("timeZone", ""))
    book.properties = book.properties | changed


HANDLERS = {
    "addSheet": _add,
    "deleteSheet": _delete,
    "duplicateSheet": _duplicate,
    "updateSheetProperties": _update,
    "updateSpreadsheetProperties": _update_book,
}
