"""Placed edits as requests of a batchUpdate, in pieces that are never split.

A new record is written into a row that the same batch inserts below the last one: whatever a person did meanwhile,
nothing stands there that it could write over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import groupby, pairwise
from typing import NamedTuple

from sheetcrm.table import Cell, Spot, is_blank
from sheetcrm.workbook.cells import check_value
from sheetcrm.workbook.google.dressing import dress
from sheetcrm.workbook.google.following import follow
from sheetcrm.workbook.google.mending import Aimed
from sheetcrm.workbook.google.standing import Standing, TabState
from sheetcrm.workbook.google.wire import Json, coordinate, extended_value, grid_range, span
from sheetcrm.workbook.place import Edit

BLOCK = 400
"""So many rows at most go into one piece: a write too long for one batch is cut between pieces."""

_VALUE = "userEnteredValue"
_FORMAT = "userEnteredFormat.numberFormat"


class Piece(NamedTuple):
    """Requests of which none may be written without the others, and the cells of records that they set."""

    requests: list[Json]
    cells: tuple[Aimed, ...] = ()


class _Shape(Enum):
    """What happens to a cell's number format when a value is written."""

    KEPT = None
    PLAIN = ""
    DATE = "DATE"
    MOMENT = "DATE_TIME"


def insertable(edit: Edit) -> bool:
    """Whether the edit's new records go into inserted rows.

    Where anything stands below the table, or beside it further down, a new row would move it: there the blank rows
    are filled that stand already.
    """
    below = range(edit.last, len(edit.sheet.rows))
    return (
        edit.table is not None
        and all(row > edit.last for row in edit.inserted)
        and not any(not is_blank(cell) for number in below for cell in edit.sheet.rows[number])
        and not any(row > edit.last for row, _ in (*edit.sheet.formulas, *edit.sheet.errors))
        and not any(end[0] > edit.last for _, end in edit.sheet.merged)
    )


def aimed(edit: Edit) -> list[Aimed]:
    """The cells that an edit sets.

    Raises:
        GuardError: If a cell cannot hold its value.
    """
    title, fresh = edit.sheet.title, set(edit.inserted) if insertable(edit) else set()
    return [
        Aimed(title, spot, check_value(value, title, spot), None if spot[0] in fresh else spot[0])
        for spot, value in edit.cells.items()
    ]


def pieces_of(edit: Edit, state: TabState, standing: Standing) -> list[Piece]:
    """The requests that carry out an edit.

    Args:
        edit: What changes on one tab.
        state: The tab as it stands.
        standing: The book that it stands in.

    Raises:
        GuardError: If a cell cannot hold its value.
    """
    cells = aimed(edit)
    fresh = [cell for cell in cells if cell.row is None]
    rest = [cell for cell in cells if cell.row is not None]
    header_row = edit.table.layout.header_row if edit.table else 0
    headers = [cell for cell in rest if cell.spot[0] == header_row]
    pieces = [Piece(room)] if (room := _room(state, rest)) else []
    if headers:
        pieces.append(Piece([*dress(edit, state), *_updates(edit, state, headers)], tuple(headers)))
    for block in _blocks([cell for cell in rest if cell.spot[0] != header_row]):
        pieces.append(Piece(_updates(edit, state, block), tuple(block)))
    pieces += _insertions(edit, state, fresh)
    if fresh and (followed := follow(state, standing, edit)):
        pieces.append(Piece(followed))
    return pieces


def _room(state: TabState, cells: Iterable[Aimed]) -> list[Json]:
    """What makes the grid large enough for the cells of rows that are not inserted."""
    spots = [cell.spot for cell in cells]
    below = max((row for row, _ in spots), default=0) - state.rows
    right = max((column + 1 for _, column in spots), default=0) - state.columns
    return [
        {"appendDimension": {"sheetId": state.gid, "dimension": dimension, "length": length}}
        for dimension, length in (("ROWS", below), ("COLUMNS", right))
        if length > 0
    ]


def _insertions(edit: Edit, state: TabState, fresh: Sequence[Aimed]) -> list[Piece]:
    """The new rows with what they hold, a block of rows a piece."""
    rows = sorted(edit.inserted) if insertable(edit) else []
    pieces = []
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        within = set(block)
        cells = [cell for cell in fresh if cell.spot[0] in within]
        requests = [*_inserted(edit, state, block[0] - 1, block[-1]), *_updates(edit, state, cells)]
        pieces.append(Piece(requests, tuple(cells)))
    return pieces


def _inserted(edit: Edit, state: TabState, start: int, end: int) -> list[Json]:
    """Insert rows that look like the records above; a table without records has only its header above."""
    has_records = edit.table is not None and len(edit.table) > 0
    # Below the grid's last row there is nothing whose looks an inserted row could take.
    if not has_records and edit.last >= state.rows:
        return [{"appendDimension": {"sheetId": state.gid, "dimension": "ROWS", "length": end - start}}]
    rows = span(state.gid, "ROWS", start, end)
    made: list[Json] = [{"insertDimension": {"range": rows, "inheritFromBefore": has_records}}]
    return made + [_filled_down(edit, state, start, end, column) for column in _calculated(edit)]


def _calculated(edit: Edit) -> list[int]:
    """The user's columns that are formulas all the way down: new rows calculate them too."""
    if edit.table is None or len(edit.table) == 0:
        return []
    numbers = edit.table.numbers
    own = {column.index for column in edit.table.own.values()}
    formulas = edit.sheet.formulas
    return sorted(at for at in own if all((number, at) in formulas for number in numbers[-3:]))


def _filled_down(edit: Edit, state: TabState, start: int, end: int, column: int) -> Json:
    source = grid_range(state.gid, (edit.last, column), (edit.last, column))
    target = grid_range(state.gid, (start + 1, column), (end, column))
    return {"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_FORMULA"}}


def _blocks(cells: Sequence[Aimed]) -> Iterator[list[Aimed]]:
    """The cells of so many rows at a time, so that no row is cut in two."""
    ordered = sorted(cells, key=lambda cell: cell.spot)
    rows = [list(group) for _, group in groupby(ordered, key=lambda cell: cell.spot[0])]
    for start in range(0, len(rows), BLOCK):
        yield [cell for row in rows[start : start + BLOCK] for cell in row]


def _updates(edit: Edit, state: TabState, cells: Iterable[Aimed]) -> list[Json]:
    return updates(state.gid, ((cell.spot, cell.value, _kind(edit, state, cell)) for cell in cells))


def mending_pieces(state: TabState, cells: Sequence[Aimed]) -> list[Piece]:
    """The requests that set cells of a tab again after a person's edit."""
    kinds = state.kinds
    return [
        Piece(updates(state.gid, ((cell.spot, cell.value, kinds.get(cell.spot, "")) for cell in block)), tuple(block))
        for block in _blocks(cells)
    ]


def updates(gid: int, cells: Iterable[tuple[Spot, Cell, str]]) -> list[Json]:
    """The cells as few requests: runs of cells side by side, and below one another where the runs are alike.

    Args:
        gid: The tab's id.
        cells: Where each stands, what it gets, and the type of its number format, "" for none.
    """
    shaped: dict[_Shape, dict[Spot, Cell]] = {}
    for spot, value, kind in cells:
        shaped.setdefault(_shape(value, kind), {})[spot] = value
    return [_update(gid, run, shape) for shape, found in shaped.items() for run in _rectangles(found)]


def _kind(edit: Edit, state: TabState, cell: Aimed) -> str:
    """The type of the number format that a cell has; an inserted one takes it from the record above."""
    row, column = cell.spot
    if cell.row is None:
        row = edit.last if edit.table is not None and len(edit.table) else edit.last + 1
    return state.kinds.get((row, column), "")


def _shape(value: Cell, kind: str) -> _Shape:
    """How a value is to be shown: a day as a day, in the cell's own way where it has one; a number as no day."""
    if isinstance(value, date):
        if kind.startswith("DATE"):
            return _Shape.KEPT
        return _Shape.MOMENT if hasattr(value, "hour") else _Shape.DATE
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return _Shape.PLAIN if is_number and kind else _Shape.KEPT


def _rectangles(cells: Mapping[Spot, Cell]) -> Iterator[tuple[Spot, list[list[Cell]]]]:
    """Filled rectangles of cells: the upper left spot and the rows."""
    open_runs: dict[tuple[int, int], tuple[Spot, list[list[Cell]]]] = {}
    last = 0
    for row, group in groupby(sorted(cells), key=lambda spot: spot[0]):
        runs = {_ends(run): run for run in _runs([column for _, column in group])}
        kept = {ends: found for ends, found in open_runs.items() if ends in runs and row == last + 1}
        yield from (found for ends, found in open_runs.items() if ends not in kept)
        for ends, run in runs.items():
            start = (row, run[0])
            kept.setdefault(ends, (start, []))[1].append([cells[row, column] for column in run])
        open_runs, last = kept, row
    yield from open_runs.values()


def _ends(run: Sequence[int]) -> tuple[int, int]:
    return run[0], run[-1]


def _runs(columns: Sequence[int]) -> list[list[int]]:
    """Columns that stand side by side."""
    runs = [[columns[0]]]
    for left, right in pairwise(columns):
        if right == left + 1:
            runs[-1].append(right)
        else:
            runs.append([right])
    return runs


def _update(gid: int, found: tuple[Spot, list[list[Cell]]], shape: _Shape) -> Json:
    start, rows = found
    extra = {} if not shape.value else {"userEnteredFormat": {"numberFormat": {"type": shape.value}}}
    told = [{"values": [_cell(value, extra) for value in row]} for row in rows]
    fields = _VALUE if shape is _Shape.KEPT else f"{_VALUE},{_FORMAT}"
    return {"updateCells": {"start": coordinate(gid, start), "rows": told, "fields": fields}}


def _cell(value: Cell, extra: Json) -> Json:
    found = extended_value(value)
    return {_VALUE: found, **extra} if found else dict(extra)
