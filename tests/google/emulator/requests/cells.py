"""Cells written by request: one by one, alike over a range, or after the last row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.google.emulator import colours, fields, writing
from tests.google.emulator.book import EMPTY, Book, Cell, Sheet
from tests.google.emulator.call import Call
from tests.google.emulator.cells import formulas
from tests.google.emulator.cells.view import COMPUTED
from tests.google.emulator.errors import Json, invalid, not_here
from tests.google.emulator.fields import Mask
from tests.google.emulator.ranges import Area, from_grid, starting_at, within
from tests.google.emulator.requests.handler import mask_of

_SIDES = ("top", "bottom", "left", "right")


Change = Callable[[Cell, Json], Cell]


def by_mask(mask: Mask) -> Change:
    """What gives each cell as it is after an update by that mask."""
    wanted = {name: inner for name, inner in colours.both(mask).items() if name not in COMPUTED}
    writes = fields.covers(mask, "userEnteredValue")

    def changed(cell: Cell, asked: Json) -> Cell:
        if mask and not wanted:
            return cell
        own = {name: part for name, part in asked.items() if name not in COMPUTED}
        if "userEnteredFormat" in own:
            own["userEnteredFormat"] = colours.twice(own["userEnteredFormat"])
        after = fields.apply(wanted, cell, own)
        if writes and "userEnteredValue" in after:
            _check_value(after["userEnteredValue"])
            if after["userEnteredValue"] == {"stringValue": ""}:
                del after["userEnteredValue"]
        _settle_runs(cell, after, own)
        if "note" in after and not after["note"]:
            del after["note"]
        return {name: part for name, part in after.items() if part not in ({}, [])}

    return changed


def alike(mask: Mask, asked: Json) -> Callable[[Cell], Cell]:
    """The same for cells of which all are asked the same: those that are one become one."""
    change = by_mask(mask)
    # The cell is kept too, so that its id stays its own.
    known: dict[int, tuple[Cell, Cell]] = {}

    def changed(cell: Cell) -> Cell:
        if id(cell) not in known:
            known[id(cell)] = cell, change(cell, asked)
        return known[id(cell)][1]

    return changed


def _settle_runs(before: Cell, after: Cell, asked: Json) -> None:
    """Runs belong to one text: a new value erases them, unless new ones come with it."""
    value = after.get("userEnteredValue", EMPTY)
    if "textFormatRuns" in after and value != before.get("userEnteredValue", EMPTY) and "textFormatRuns" not in asked:
        del after["textFormatRuns"]
    if after.get("textFormatRuns"):
        if "stringValue" not in value:
            raise invalid("CellData.textFormatRuns are only valid on user entered strings.")
        after["textFormatRuns"] = [
            {name: part for name, part in run.items() if name != "startIndex" or part}
            for run in after["textFormatRuns"]
        ]


def _check_value(extended: Json) -> None:
    if len(extended) > 1:
        raise invalid("Only one of number_value, string_value, bool_value, formula_value or error_value can be set.")
    if "errorValue" in extended:
        raise invalid("CellData.userEnteredValue.errorValue is read-only.")
    formula = extended.get("formulaValue")
    if formula is not None and not formula.startswith("="):
        raise invalid(f"Invalid formula: {formula}")
    writing.checked(extended)


def write_grid(sheet: Sheet, top: int, left: int, rows: list[Json]) -> None:
    """Place whole cells, as a new spreadsheet brings them."""
    change = by_mask({})
    for row, data in enumerate(rows, top):
        for column, asked in enumerate(data.get("values", []), left):
            sheet.put(row, column, change(EMPTY, asked))
    width = max((len(row) for row in sheet.rows), default=0)
    writing.grow(sheet, len(sheet.rows), width)


def _update(book: Book, arguments: Json, _: Call) -> None:
    mask = mask_of(arguments, "CellData")
    rows = arguments.get("rows", [])
    if "start" in arguments:
        area = starting_at(book, arguments["start"])
        _check_fits(replace(area, bottom=area.sheet.row_count, right=area.sheet.column_count), rows)
        _place(area, rows, mask)
    elif "range" in arguments:
        area = within(from_grid(book, arguments["range"])).bounded
        _check_fits(area, rows)
        _place(area, rows, mask)
        _clear_rest(area, rows, mask)
    else:
        raise invalid("Must specify one of start or range.")


def _check_fits(area: Area, rows: list[Json]) -> None:
    bottom, right = area.bottom or 0, area.right or 0
    if area.top + len(rows) > bottom:
        raise invalid(f"Attempting to write row: {bottom}, beyond the last requested row of: {bottom - 1}")
    if any(area.left + len(row.get("values", [])) > right for row in rows):
        raise invalid(f"Attempting to write column: {right}, beyond the last requested column of: {right - 1}")


def _place(area: Area, rows: list[Json], mask: Mask) -> None:
    sheet, change = area.sheet, by_mask(mask)
    for row, data in enumerate(rows, area.top):
        for column, asked in enumerate(data.get("values", []), area.left):
            sheet.put(row, column, change(sheet.cell(row, column), asked))


def _clear_rest(area: Area, rows: list[Json], mask: Mask) -> None:
    """In the range but not in the rows: the mask's fields are cleared."""
    sheet, cleared = area.sheet, alike(mask, {})
    for row in range(area.top, min(area.rows.stop, len(sheet.rows))):
        given = len(rows[row - area.top].get("values", [])) if row - area.top < len(rows) else 0
        for column in range(area.left + given, min(area.columns.stop, len(sheet.rows[row]))):
            sheet.put(row, column, cleared(sheet.cell(row, column)))


def _repeat(book: Book, arguments: Json, _: Call) -> None:
    mask = mask_of(arguments, "CellData")
    asked = arguments.get("cell", {})
    area = within(from_grid(book, arguments.get("range", {})))
    formula = asked.get("userEnteredValue", {}).get("formulaValue")
    same, change = alike(mask, asked), by_mask(mask)
    for row in area.rows:
        for column in area.columns:
            cell = area.sheet.cell(row, column)
            if formula:
                there = formulas.carried(formula, row - area.top, column - area.left)
                area.sheet.put(row, column, change(cell, {**asked, "userEnteredValue": {"formulaValue": there}}))
            else:
                area.sheet.put(row, column, same(cell))


def _append(book: Book, arguments: Json, _: Call) -> None:
    """After the last row with data; the tab grows as needed."""
    mask = mask_of(arguments, "CellData")
    sheet = book.sheet(arguments.get("sheetId", 0))
    filled = [at for at, row in enumerate(sheet.rows) if any(cell.get("userEnteredValue") for cell in row)]
    start = filled[-1] + 1 if filled else 0
    rows = arguments.get("rows", [])
    if "tableId" in arguments:
        raise not_here("appending to a table")
    width = max((len(row.get("values", [])) for row in rows), default=0)
    if width > sheet.column_count:
        last = sheet.column_count
        raise invalid(f"Attempting to write column: {last}, beyond the last requested column of: {last - 1}")
    writing.grow(sheet, start + len(rows), width)
    _place(Area(sheet, start, 0), rows, mask)


def _borders(book: Book, arguments: Json, _: Call) -> None:
    area = within(from_grid(book, arguments.get("range", {}))).bounded
    last_row, last_column = (area.bottom or 0) - 1, (area.right or 0) - 1
    for row in area.rows:
        for column in area.columns:
            outer = {
                "top": row == area.top,
                "bottom": row == last_row,
                "left": column == area.left,
                "right": column == last_column,
            }
            _edge(area.sheet, row, column, {side: _border(arguments, side, outer[side]) for side in _SIDES})


def _border(arguments: Json, side: str, outer: bool) -> Any:
    inner = "innerHorizontal" if side in {"top", "bottom"} else "innerVertical"
    return arguments.get(side if outer else inner)


def _edge(sheet: Sheet, row: int, column: int, borders: Json) -> None:
    cell = sheet.cell(row, column)
    style = dict(cell.get("userEnteredFormat", EMPTY))
    now = style.get("borders", {}) | {side: border for side, border in borders.items() if border}
    kept = {side: border for side, border in now.items() if border.get("style") != "NONE"}
    if kept != style.get("borders", {}):
        style["borders"] = kept
        sheet.put(row, column, {**cell, "userEnteredFormat": style})


HANDLERS = {"updateCells": _update, "repeatCell": _repeat, "appendCells": _append, "updateBorders": _borders}
