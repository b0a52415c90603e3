"""A spreadsheet taken out of Google as a file, and a CSV file put in."""

from __future__ import annotations

import csv
import io

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as XlsxCell
from openpyxl.worksheet.worksheet import Worksheet

from tests.google.emulator import defaults, writing
from tests.google.emulator.book import EMPTY, Sheet
from tests.google.emulator.call import Call
from tests.google.emulator.cells import rendering
from tests.google.emulator.cells.content import Error
from tests.google.emulator.cells.locales import locale
from tests.google.emulator.cells.view import View
from tests.google.emulator.errors import ApiError, Json, not_here
from tests.google.emulator.ranges import Area
from tests.google.emulator.values.read import value_range

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DELIMITED = {"text/csv": ",", "text/tab-separated-values": "\t"}


def export(call: Call) -> tuple[str, bytes]:
    """The file's type and bytes: csv and tsv hold the first tab as it looks, xlsx holds values and number formats."""
    file = call.store.file(call.path["fileId"], call.caller)
    if file["id"] not in call.store.books:
        message = "Export only supports Docs Editors files."
        raise ApiError(403, message, reason="fileNotExportable")
    view = View(call.store.books[file["id"]], call.today)
    kind = call.query.get("mimeType", "")
    if kind in _DELIMITED:
        return kind, _delimited(view, _DELIMITED[kind]).encode()
    if kind == XLSX:
        return kind, _xlsx(view)
    raise not_here(f"export as {kind or 'no type at all'}")


def _delimited(view: View, delimiter: str) -> str:
    rows = value_range(view, Area(view.book.first_visible).bounded, {}).get("values", [])
    width = max((len(row) for row in rows), default=0)
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(row + [""] * (width - len(row)) for row in rows)
    return out.getvalue().removesuffix("\r\n")


def _xlsx(view: View) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in view.book.sheets:
        tab = book.create_sheet(sheet.title[:31])
        tab.sheet_state = "hidden" if sheet.properties.get("hidden") else "visible"
        _fill(view, sheet, tab)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(view: View, sheet: Sheet, tab: Worksheet) -> None:
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            value = view.value(sheet, row, column)
            if value is None:
                continue
            target = tab.cell(row + 1, column + 1)
            assert isinstance(target, XlsxCell)
            formula = cell["userEnteredValue"].get("formulaValue")
            target.value = formula or (value.shown if isinstance(value, Error) else value)
            if isinstance(value, str) and not formula:
                target.data_type = "s"
            pattern = rendering.pattern_of(view.number_format(cell, value), view.locale)
            if pattern:
                target.number_format = pattern.replace("M", "m") if "y" in pattern else pattern


def import_csv(call: Call) -> Json:
    """Replace the whole spreadsheet by one tab with the file's rows, read as if typed."""
    file = call.store.file(call.path["fileId"], call.caller, "writer")
    rows = list(csv.reader(io.StringIO(call.content.decode("utf-8-sig"))))
    with call.store.editing(file["id"], call.caller) as book:
        first = book.sheets[0]
        sheet = Sheet(defaults.sheet_properties(first.id, first.title, 0, {}))
        writing.grow(sheet, len(rows), max((len(row) for row in rows), default=0))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.put(at, column, writing.typed(EMPTY, text, locale(book.locale), call.today))
        book.sheets, book.named_ranges, book.metadata = [sheet], [], []
    return {"kind": "drive#file", "id": file["id"], "title": file["name"], "mimeType": file["mimeType"]}
