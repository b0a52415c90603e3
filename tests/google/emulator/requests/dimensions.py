"""Rows and columns inserted, deleted, moved, added at the end, sized and hidden."""

from __future__ import annotations

from typing import Any

from tests.google.emulator import defaults, fields, lookup, moves, protection
from tests.google.emulator.book import EMPTY, Book, Sheet
from tests.google.emulator.call import Call
from tests.google.emulator.errors import Json, invalid
from tests.google.emulator.ranges import within
from tests.google.emulator.requests.handler import mask_of

Span = tuple[Sheet, bool, int, int]


def span_of(book: Book, dimension_range: Json) -> Span:
    """The tab, whether rows are meant, and the half-open span within the tab."""
    area = within(lookup.along(book, dimension_range))
    rows = dimension_range["dimension"] == "ROWS"
    seen = area.rows if rows else area.columns
    if seen.stop <= seen.start:
        raise invalid("range.endIndex must be greater than range.startIndex")
    return area.sheet, rows, seen.start, seen.stop


def _insert(book: Book, arguments: Json, _: Call) -> None:
    asked = arguments.get("range", {})
    area = lookup.along(book, asked)
    sheet, rows = area.sheet, asked["dimension"] == "ROWS"
    at, end = asked.get("startIndex", 0), asked.get("endIndex", 0)
    size = sheet.row_count if rows else sheet.column_count
    if end <= at:
        raise invalid("range.endIndex must be greater than range.startIndex")
    if at > size:
        raise invalid(f"range.startIndex[{at}] is after last {'row' if rows else 'column'} in grid[{size}]")
    before = arguments.get("inheritFromBefore", False)
    if before and at == 0:
        raise invalid("inheritFromBefore cannot be true if inserting at the first row or column.")
    insert(book, sheet, rows, at, end - at, model=at - 1 if before else at)


def insert(book: Book, sheet: Sheet, rows: bool, at: int, count: int, model: int | None = None) -> None:
    """Insert empty ones that look like those at `model`."""
    grid = sheet.properties["gridProperties"]
    grid["rowCount" if rows else "columnCount"] += count
    book.check_size()
    if rows:
        look = [_look(cell) for cell in sheet.rows[model]] if model is not None and model < len(sheet.rows) else []
        if at < len(sheet.rows) or any(look):
            sheet.rows[len(sheet.rows) :] = [[] for _ in range(at - len(sheet.rows))]
            sheet.rows[at:at] = [list(look) for _ in range(count)]
    else:
        for cells in sheet.rows:
            look_here = _look(cells[model]) if model is not None and model < len(cells) else EMPTY
            if at < len(cells):
                cells[at:at] = [look_here] * count
    _renumber(sheet, moves.inserted(sheet, rows, at, count))
    moves.follow(book, moves.inserted(sheet, rows, at, count))


def _look(cell: Json) -> Json:
    return {name: cell[name] for name in ("userEnteredFormat", "dataValidation") if name in cell}


def _renumber(sheet: Sheet, change: moves.Change) -> None:
    """Let sizes and hidden marks follow their rows or columns."""
    old = sheet.row_properties if change.rows else sheet.column_properties
    placed = {change.place(index): value for index, value in old.items()}
    new = {index: value for index, value in placed.items() if index is not None}
    if change.rows:
        sheet.row_properties = new
    else:
        sheet.column_properties = new


def _delete(book: Book, arguments: Json, _: Call) -> None:
    sheet, rows, first, last = span_of(book, arguments.get("range", {}))
    protection.check_lines(sheet, rows, first, last)
    grid = sheet.properties["gridProperties"]
    count, frozen = ("rowCount", "frozenRowCount") if rows else ("columnCount", "frozenColumnCount")
    still_frozen = grid.get(frozen, 0) - max(0, min(last, grid.get(frozen, 0)) - first)
    if grid[count] - (last - first) <= still_frozen:
        raise invalid(f"Sorry, it is not possible to delete all non-frozen {'rows' if rows else 'columns'}.")
    grid[count] -= last - first
    if frozen in grid:
        grid[frozen] = still_frozen
        sheet.properties["gridProperties"] = defaults.without_defaults(grid)
    if rows:
        del sheet.rows[first:last]
    else:
        for cells in sheet.rows:
            del cells[first:last]
    change = moves.deleted(sheet, rows, first, last)
    _renumber(sheet, change)
    moves.follow(book, change)


def _move(book: Book, arguments: Json, _: Call) -> None:
    sheet, rows, first, last = span_of(book, arguments.get("source", {}))
    target = arguments.get("destinationIndex", 0)
    if first < target < last:
        raise invalid("destinationIndex must not lie within the source.")
    if not 0 <= target <= (sheet.row_count if rows else sheet.column_count):
        raise invalid(f"destinationIndex[{target}] is out of bounds.")
    if rows:
        sheet.rows[len(sheet.rows) :] = [[] for _ in range(max(last, target) - len(sheet.rows))]
        _shift(sheet.rows, first, last, target)
    else:
        for cells in sheet.rows:
            cells[len(cells) :] = [EMPTY] * (max(last, target) - len(cells))
            _shift(cells, first, last, target)
    change = moves.moved(sheet, rows, first, last, target)
    _renumber(sheet, change)
    moves.follow(book, change)


def _shift(items: list[Any], first: int, last: int, target: int) -> None:
    block = items[first:last]
    del items[first:last]
    at = target if target <= first else target - len(block)
    items[at:at] = block


def _append(book: Book, arguments: Json, _: Call) -> None:
    sheet, count = book.sheet(arguments.get("sheetId", 0)), arguments.get("length", 0)
    if count < 1:
        raise invalid("length must be greater than 0")
    key = {"ROWS": "rowCount", "COLUMNS": "columnCount"}.get(arguments.get("dimension", ""))
    if key is None:
        raise invalid("No dimension specified.")
    sheet.properties["gridProperties"][key] += count
    book.check_size()


def _update(book: Book, arguments: Json, _: Call) -> None:
    mask = mask_of(arguments, "DimensionProperties")
    sheet, rows, first, last = span_of(book, arguments.get("range", {}))
    own = sheet.row_properties if rows else sheet.column_properties
    for index in range(first, last):
        changed = fields.apply(mask, own.get(index, {}), arguments.get("properties", {}))
        own[index] = {name: value for name, value in changed.items() if value is not False}


def _auto_resize(book: Book, arguments: Json, _: Call) -> None:
    """Widths that fit the text can't be measured here: checked, and left as they are."""
    span_of(book, arguments.get("dimensions", {}))


HANDLERS = {
    "insertDimension": _insert,
    "deleteDimension": _delete,
    "moveDimension": _move,
    "appendDimension": _append,
    "updateDimensionProperties": _update,
    "autoResizeDimensions": _auto_resize,
}
