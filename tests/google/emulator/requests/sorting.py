"""Rows of a range put in order; the cells move, the rows stay where they are."""

from __future__ import annotations

from functools import cmp_to_key

from tests.google.emulator.book import Book, Cell
from tests.google.emulator.call import Call
from tests.google.emulator.cells import formulas
from tests.google.emulator.cells.content import Error, Value
from tests.google.emulator.cells.view import View
from tests.google.emulator.errors import Json, invalid, not_here
from tests.google.emulator.ranges import Area, from_grid, within
from tests.google.emulator.requests.merging import crosses

Row = tuple[list[Value], list[Cell], int]


def _sort(book: Book, arguments: Json, call: Call) -> None:
    area = within(from_grid(book, arguments.get("range", {})))
    specs = arguments.get("sortSpecs", [])
    if not specs:
        raise invalid("At least one sort spec must be specified.")
    if any(spec.keys() - {"dimensionIndex", "sortOrder"} for spec in specs):
        raise not_here("sorting by colour")
    if any(spec.get("dimensionIndex", 0) not in area.columns for spec in specs):
        raise invalid("sortSpec.dimensionIndex must be within the range.")
    if any(crosses(area, merge) for merge in area.sheet.parts.get("merges", [])):
        raise invalid("You can't sort a range with merged cells.")
    put_in_order(View(book, call.today), area, specs)


def put_in_order(view: View, area: Area, specs: list[Json]) -> None:
    """Order the area's rows by these columns: numbers, then texts, then truth; blanks last either way."""
    sheet = area.sheet
    filled = range(area.top, min(area.rows.stop, len(sheet.rows)))
    rows = [
        (
            [view.value(sheet, row, spec.get("dimensionIndex", 0)) for spec in specs],
            [sheet.cell(row, column) for column in area.columns],
            row,
        )
        for row in filled
    ]
    down = [spec.get("sortOrder") == "DESCENDING" for spec in specs]

    def compare(one: Row, other: Row) -> int:
        for left, right, reverse in zip(one[0], other[0], down, strict=True):
            if order := _compare(left, right, reverse):
                return order
        return 0

    for target, (_, cells, origin) in zip(filled, sorted(rows, key=cmp_to_key(compare)), strict=True):
        for column, cell in zip(area.columns, cells, strict=True):
            sheet.put(target, column, _carried(cell, target - origin))


def _compare(left: Value, right: Value, reverse: bool) -> int:
    if left is None or right is None:
        return (left is None) - (right is None)
    one, other = _key(left), _key(right)
    order = (one > other) - (one < other)
    return -order if reverse else order


def _key(value: Value) -> tuple[int, float, str]:
    if isinstance(value, bool):
        return 2, value, ""
    if isinstance(value, int | float):
        return 0, value, ""
    return (3, 0, value.shown) if isinstance(value, Error) else (1, 0, str(value).casefold())


def _carried(cell: Cell, rows: int) -> Cell:
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if not formula or not rows:
        return cell
    return {**cell, "userEnteredValue": {"formulaValue": formulas.carried(formula, rows, 0)}}


HANDLERS = {"sortRange": _sort}
