"""Rows added after a table that Google looks for by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tests.google.emulator import moves, writing
from tests.google.emulator.book import Book, Sheet
from tests.google.emulator.call import Call
from tests.google.emulator.errors import Json
from tests.google.emulator.ranges import Area, from_a1
from tests.google.emulator.values.write import by_rows, input_option, updated, write


def append(call: Call) -> Json:
    """Add rows after the table found in the range, which may not be the table that was meant."""
    option = input_option(call.query)
    with call.edit() as book:
        area = from_a1(book, call.path["range"])
        table = _table(area)
        start = replace(area, bottom=None, right=None)
        if table:
            start = Area(area.sheet, table.bottom or 0, table.left)
        rows = by_rows(call.body)
        if table and call.query.get("insertDataOption") == "INSERT_ROWS" and start.top < area.sheet.row_count:
            _insert_rows(book, area.sheet, start.top, len(rows))
        width = max((len(row) for row in rows), default=0)
        writing.grow(area.sheet, start.top + len(rows), start.left + width)
        body = {name: part for name, part in call.body.items() if name != "range"}
        written = write(call, book, start, body, option)
    answer: Json = {"spreadsheetId": call.path["spreadsheetId"]}
    if table:
        answer["tableRange"] = table.a1
    return {**answer, "updates": updated(call, written, call.query)}


def _insert_rows(book: Book, sheet: Sheet, at: int, count: int) -> None:
    sheet.resize(sheet.row_count + count, sheet.column_count)
    if at < len(sheet.rows):
        sheet.rows[at:at] = [[] for _ in range(count)]
    moves.follow(book, moves.inserted(sheet, True, at, count))


def _table(area: Area) -> Area | None:
    """The last table in the range: the block of cells around its last filled one.

    After a row `[a, "", c]` the last block is the `c` alone, so the next row starts below it: gspread #537.
    """
    sheet = area.sheet
    filled = [(row, column) for row, column in _filled(sheet) if (row, column) in area]
    if not filled:
        return None
    (top, left) = (bottom, right) = max(filled)
    everywhere = set(_filled(sheet))

    def touched(rows: range, columns: range) -> bool:
        return any((row, column) in everywhere for row in rows for column in columns)

    while True:
        across, along = range(left - 1, right + 2), range(top - 1, bottom + 2)
        if touched(range(top - 1, top), across):
            top -= 1
        elif touched(range(bottom + 1, bottom + 2), across):
            bottom += 1
        elif touched(along, range(left - 1, left)):
            left -= 1
        elif touched(along, range(right + 1, right + 2)):
            right += 1
        else:
            return Area(sheet, top, left, bottom + 1, right + 1)


def _filled(sheet: Sheet) -> Iterable[tuple[int, int]]:
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell.get("userEnteredValue"):
                yield row, column
