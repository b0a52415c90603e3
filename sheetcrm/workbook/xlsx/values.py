"""A value in an openpyxl cell: typed as it is, never as a formula, with a number format where it needs one."""

from __future__ import annotations

import re
from datetime import date, datetime

from openpyxl.cell.cell import Cell
from openpyxl.styles.numbers import is_date_format

from sheetcrm.table import Value
from sheetcrm.workbook.cells import check_value
from sheetcrm.workbook.edited import as_read

DATE = "dd.mm.yyyy"
DATETIME = "dd.mm.yyyy hh:mm"

# Written as _xHHHH_, as Excel does; and a text that happens to look like that needs its first underscore so.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def put(cell: Cell, value: Value) -> None:
    """Set the cell's value, leaving its style; a date gets a date format where it has none.

    Raises:
        GuardError: If a cell cannot hold the value whole.
    """
    value = check_value(value, cell.parent.title, (cell.row, cell.column - 1))
    if isinstance(value, str):
        _put_text(cell, value)
        return
    if isinstance(value, date):
        if not _shows_day(cell.number_format):
            cell.number_format = DATETIME if isinstance(value, datetime) and value != _midnight(value) else DATE
        cell.value = value
        return
    if value is not None and is_date_format(cell.number_format):
        cell.number_format = "General"
    cell.value = value if value is None or isinstance(value, bool) else as_read(value)


def _shows_day(number_format: str) -> bool:
    return is_date_format(number_format) and re.search("[dy]", number_format, re.IGNORECASE) is not None


def _put_text(cell: Cell, text: str) -> None:
    safe = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))
    cell.value = safe or None
    if safe:
        # openpyxl takes a leading "=" for a formula and "#N/A" for an error.
        cell.data_type = "s"
    if safe.startswith("="):
        cell.quotePrefix = True


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
