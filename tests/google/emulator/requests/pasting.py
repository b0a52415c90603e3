"""Cells copied or cut, and pasted elsewhere."""

from __future__ import annotations

from dataclasses import replace

from tests.google.emulator.book import EMPTY, Book, Cell
from tests.google.emulator.call import Call
from tests.google.emulator.cells import content, formulas
from tests.google.emulator.cells.view import View, area_of
from tests.google.emulator.errors import Json, not_here
from tests.google.emulator.ranges import Area, from_grid, within
from tests.google.emulator.requests.merging import crosses

_TAKEN = {
    "PASTE_VALUES": {"userEnteredValue"},
    "PASTE_FORMULA": {"userEnteredValue"},
    "PASTE_FORMAT": {"userEnteredFormat"},
    "PASTE_DATA_VALIDATION": {"dataValidation"},
}
Cells = list[list[Cell]]


def _check(source: Area, kind: str) -> None:
    if kind == "PASTE_CONDITIONAL_FORMATTING":
        raise not_here("pasting conditional formats")
    if any(crosses(source, merge) for merge in source.sheet.parts.get("merges", [])):
        raise not_here("copying merged cells")


def _copy(book: Book, arguments: Json, call: Call) -> None:
    source = within(from_grid(book, arguments.get("source", {}))).bounded
    kind = arguments.get("pasteType", "PASTE_NORMAL")
    _check(source, kind)
    turned = arguments.get("pasteOrientation") == "TRANSPOSE"
    cells = [[source.sheet.cell(row, column) for column in source.columns] for row in source.rows]
    if kind == "PASTE_VALUES":
        cells = _values(View(book, call.today), source)
    if turned:
        cells = [list(column) for column in zip(*cells, strict=True)]
    target = from_grid(book, arguments.get("destination", {}))
    for top in _starts(target.top, target.bottom, len(cells)):
        for left in _starts(target.left, target.right, len(cells[0])):
            block = Area(target.sheet, top, left, top + len(cells), left + len(cells[0]))
            _paste(within(block), cells, kind, None if turned else source)


def _values(view: View, source: Area) -> Cells:
    return [[_holding(view, source, row, column) for column in source.columns] for row in source.rows]


def _holding(view: View, source: Area, row: int, column: int) -> Cell:
    extended = content.write(view.value(source.sheet, row, column))
    return {"userEnteredValue": extended} if extended else EMPTY


def _starts(start: int, end: int | None, size: int) -> range:
    """Where copies begin: a destination of several times the size is filled."""
    length = size if end is None else max(end - start, size)
    return range(start, start + length // size * size, size)


def _paste(target: Area, cells: Cells, kind: str, source: Area | None) -> None:
    for row, line in zip(target.rows, cells, strict=True):
        for column, cell in zip(target.columns, line, strict=True):
            if source is not None:
                cell = _carried(cell, target.top - source.top, target.left - source.left)
            target.sheet.put(row, column, _pasted(target.sheet.cell(row, column), cell, kind))


def _carried(cell: Cell, rows: int, columns: int) -> Cell:
    formula = cell.get("userEnteredValue", EMPTY).get("formulaValue")
    if not formula:
        return cell
    return {**cell, "userEnteredValue": {"formulaValue": formulas.carried(formula, rows, columns)}}


def _pasted(there: Cell, cell: Cell, kind: str) -> Cell:
    if kind in _TAKEN:
        kept = {name: part for name, part in there.items() if name not in _TAKEN[kind]}
        return {**kept, **{name: part for name, part in cell.items() if name in _TAKEN[kind]}}
    if kind == "PASTE_NO_BORDERS" and "userEnteredFormat" in cell:
        look = {name: part for name, part in cell["userEnteredFormat"].items() if name != "borders"}
        return {**cell, "userEnteredFormat": look}
    return cell


def _cut(book: Book, arguments: Json, _: Call) -> None:
    source = within(from_grid(book, arguments.get("source", {}))).bounded
    kind = arguments.get("pasteType", "PASTE_NORMAL")
    _check(source, kind)
    start = arguments.get("destination", {})
    sheet = book.sheet(start.get("sheetId", 0))
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    cells = [[source.sheet.cell(row, column) for column in source.columns] for row in source.rows]
    target = within(Area(sheet, top, left, top + len(cells), left + len(cells[0])))
    for row in source.rows:
        for column in source.columns:
            source.sheet.put(row, column, EMPTY)
    _paste(target, cells, kind, None)
    if source.sheet is sheet:
        _let_references_follow(book, source, target)


def _let_references_follow(book: Book, source: Area, target: Area) -> None:
    """Formulas that name cut cells name them where they are now; only within one tab."""
    rows, columns = target.top - source.top, target.left - source.left

    def follow(named: formulas.Reference) -> formulas.Reference:
        area = area_of(source.sheet, named).bounded
        whole = (area.top, area.left) in source and ((area.bottom or 1) - 1, (area.right or 1) - 1) in source
        last = named.last and _moved(named.last, rows, columns)
        return replace(named, first=_moved(named.first, rows, columns), last=last) if whole else named

    for sheet in book.sheets:
        for line in sheet.rows:
            for column, cell in enumerate(line):
                formula = cell.get("userEnteredValue", EMPTY).get("formulaValue")
                if formula and sheet is source.sheet:
                    line[column] = {**cell, "userEnteredValue": {"formulaValue": formulas.rewritten(formula, follow)}}


def _moved(corner: formulas.Corner, rows: int, columns: int) -> formulas.Corner:
    row = None if corner.row is None else corner.row + rows
    return replace(corner, row=row, column=None if corner.column is None else corner.column + columns)


HANDLERS = {"copyPaste": _copy, "cutPaste": _cut}
