"""Where the cells that a write set stand now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import time, timedelta

from sheetcrm.table import Cell, Sheet, Spot
from sheetcrm.workbook.edited import as_read
from sheetcrm.workbook.google.mending.aimed import Aimed
from sheetcrm.workbook.google.mending.naming import cell_at
from sheetcrm.workbook.google.mending.sides import Known, Plain, plain


def landings(aimed: Sequence[Aimed], before: Sheet, after: Sheet) -> dict[Aimed, Spot]:
    """Where each cell that was set stands; those that were typed over since, or moved without a trace, are left out.

    Args:
        aimed: The cells that a write set on a tab.
        before: The tab that it aimed at.
        after: The tab as it stands. A value that was moved after the write is known where it stood nowhere before.
    """
    found = {cell: cell.spot for cell in aimed if compared(after, cell.spot) == meant(cell)}
    if len(found) < len(aimed):
        found |= _moved([cell for cell in aimed if cell not in found], aimed, before, after)
    return found


def meant(cell: Aimed) -> Plain:
    """The value that was set, as it is compared."""
    return read_back(cell.value)


def read_back(value: Cell) -> Plain:
    """A value as it is compared once it has been written and read."""
    return plain(value if isinstance(value, time | timedelta) else as_read(value))


def compared(sheet: Sheet, spot: Spot) -> Plain:
    """A cell as it is compared."""
    return Known.FORMULA if spot in sheet.formulas or spot in sheet.errors else plain(cell_at(sheet, spot))


def _moved(gone: Sequence[Aimed], aimed: Sequence[Aimed], before: Sheet, after: Sheet) -> Mapping[Aimed, Spot]:
    """The cells that are elsewhere, by values that were set once and stood nowhere before."""
    once = Counter(meant(cell) for cell in aimed)
    sought = {value: cell for cell in gone if isinstance(value := meant(cell), str) and once[value] == 1}
    for row in before.rows:
        for value in [value for value in row if value in sought]:
            sought.pop(str(value), None)
    spots: dict[str, list[Spot]] = {value: [] for value in sought}
    for number, row in enumerate(after.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str) and value in spots:
                spots[value].append((number, column))
    return {sought[value]: stand[0] for value, stand in spots.items() if len(stand) == 1}
