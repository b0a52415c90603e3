"""Find and replace."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.google.emulator import writing
from tests.google.emulator.book import Book
from tests.google.emulator.call import Call
from tests.google.emulator.cells.view import View
from tests.google.emulator.errors import Json, invalid
from tests.google.emulator.ranges import Area, from_grid


def _areas(book: Book, arguments: Json) -> list[Area]:
    scopes = [name for name in ("range", "sheetId", "allSheets") if name in arguments]
    if len(scopes) != 1:
        raise invalid("Exactly one of range, sheet_id or all_sheets must be set.")
    if "range" in arguments:
        return [from_grid(book, arguments["range"])]
    return [Area(sheet) for sheet in book.sheets if "allSheets" in arguments or sheet.id == arguments["sheetId"]]


def _pattern(arguments: Json) -> re.Pattern[str]:
    wanted = arguments.get("find", "")
    if not wanted:
        raise invalid("The find string must not be empty.")
    shape = wanted if arguments.get("searchByRegex") else re.escape(wanted)
    if arguments.get("matchEntireCell"):
        shape = rf"\A(?:{shape})\Z"
    try:
        return re.compile(shape, re.NOFLAG if arguments.get("matchCase") else re.IGNORECASE)
    except re.error as wrong:
        raise invalid(f"Invalid regular expression: {wanted}") from wrong


def _cells(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.top, min(area.rows.stop, len(area.sheet.rows))):
        for column in range(area.left, min(area.columns.stop, len(area.sheet.rows[row]))):
            yield row, column


def _replace(book: Book, arguments: Json, call: Call) -> Json:
    pattern, view = _pattern(arguments), View(book, call.today)
    replacement = arguments.get("replacement", "")
    if arguments.get("searchByRegex"):
        replacement = re.sub(r"\$(\d)", r"\\\1", replacement)
    else:
        replacement = replacement.replace("\\", r"\\")
    counts = {"valuesChanged": 0, "formulasChanged": 0, "occurrencesChanged": 0}
    rows, sheets = set(), set()
    for area in _areas(book, arguments):
        for row, column in _cells(area):
            cell = area.sheet.cell(row, column)
            formula = cell.get("userEnteredValue", {}).get("formulaValue")
            if formula and not arguments.get("includeFormulas"):
                continue
            changed, times = pattern.subn(replacement, formula or view.shown(area.sheet, row, column))
            if times:
                area.sheet.put(row, column, writing.typed(cell, changed, view.locale, view.today))
                counts["formulasChanged" if formula else "valuesChanged"] += 1
                counts["occurrencesChanged"] += times
                rows.add((area.sheet.id, row))
                sheets.add(area.sheet.id)
    counts |= {"rowsChanged": len(rows), "sheetsChanged": len(sheets)}
    return {name: count for name, count in counts.items() if count}


HANDLERS = {"findReplace": _replace}
