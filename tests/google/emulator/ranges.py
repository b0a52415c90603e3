"""Where cells are: A1 notation and grid ranges, both read into one kind of area.

Rows and columns count from 0 and ranges are half-open, as in Google's GridRange.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tests.google.emulator.book import Book, Sheet
from tests.google.emulator.cells.columns import letters, number
from tests.google.emulator.errors import ApiError, Json, invalid, not_here

_CELL = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9]\d*)?")
_R1C1 = re.compile(r"R(\[?-?\d+\]?)?C(\[?-?\d+\]?)?", re.IGNORECASE)
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Area:
    """A rectangle on a tab; an end of None is open."""

    sheet: Sheet
    top: int = 0
    left: int = 0
    bottom: int | None = None
    right: int | None = None

    @property
    def rows(self) -> range:
        """Its rows, within the tab."""
        return range(self.top, self.sheet.row_count if self.bottom is None else min(self.bottom, self.sheet.row_count))

    @property
    def columns(self) -> range:
        """Its columns, within the tab."""
        end = self.sheet.column_count
        return range(self.left, end if self.right is None else min(self.right, end))

    @property
    def bounded(self) -> Area:
        """The same, its ends closed and inside the tab."""
        return replace(self, bottom=max(self.rows.stop, self.top), right=max(self.columns.stop, self.left))

    def __contains__(self, cell: tuple[int, int]) -> bool:
        row, column = cell
        below, beyond = self.bottom is not None and row >= self.bottom, self.right is not None and column >= self.right
        return row >= self.top and column >= self.left and not below and not beyond

    @property
    def grid(self) -> Json:
        """As a GridRange."""
        found: Json = {"sheetId": self.sheet.id} if self.sheet.id else {}
        found["startRowIndex"], found["endRowIndex"] = self.top, self.bottom
        found["startColumnIndex"], found["endColumnIndex"] = self.left, self.right
        return {name: value for name, value in found.items() if value is not None}

    @property
    def a1(self) -> str:
        """As Google answers it: the title quoted where it must be, `A1:B2`, one cell as `A1`."""
        area = self.bounded
        start = f"{letters(area.left)}{area.top + 1}"
        last = f"{letters((area.right or 1) - 1)}{area.bottom}"
        return f"{quoted(self.sheet.title)}!{start if start == last else f'{start}:{last}'}"


def quoted(title: str) -> str:
    """A tab's title as it stands before the `!`."""
    plain = _PLAIN_TITLE.fullmatch(title) and not _is_cell(title) and not _R1C1.fullmatch(title)
    return title if plain else "'" + title.replace("'", "''") + "'"


def _is_cell(text: str) -> bool:
    found = _CELL.fullmatch(text)
    return bool(found and found[1] and found[2])


def from_a1(book: Book, text: str) -> Area:
    """What an A1 range, a tab's title or a named range means.

    Raises:
        ApiError: 400 `Unable to parse range: …` if it means nothing here; 501 for R1C1.
    """
    title, cells = _split(text)
    if title is not None:
        sheet = book.titled(title)
        area = _cells(sheet, cells) or _named(book, cells) if sheet else None
    elif (area := _cells(book.first_visible, cells)) or (area := _named(book, text)):
        pass
    elif sheet := book.titled(_unquoted(text)):
        area = Area(sheet)
    if area is None:
        if _R1C1.fullmatch(cells.split(":")[0]):
            raise not_here("R1C1 notation")
        raise invalid(f"Unable to parse range: {text}")
    return area


def _named(book: Book, name: str) -> Area | None:
    named = book.named(name)
    return from_grid(book, named["range"]) if named else None


def _split(text: str) -> tuple[str | None, str]:
    """The title before the last `!` outside quotes, if any, and the rest."""
    if text.startswith("'"):
        found = re.fullmatch(r"('(?:[^']|'')*')(?:!(.*))?", text, re.DOTALL)
        return (_unquoted(found[1]), found[2] or "") if found and found[2] is not None else (None, text)
    title, mark, cells = text.rpartition("!")
    return (title, cells) if mark else (None, text)


def _unquoted(text: str) -> str:
    return text[1:-1].replace("''", "'") if len(text) > 1 and text[0] == text[-1] == "'" else text


def _cells(sheet: Sheet, text: str) -> Area | None:
    first, mark, last = text.partition(":")
    start, end = _corner(first), _corner(last) if mark else _corner(first)
    if start is None or end is None or (not mark and None in start):
        return None
    top, bottom = _span(start[0], end[0])
    left, right = _span(start[1], end[1])
    return Area(sheet, top, left, bottom, right)


def _corner(text: str) -> tuple[int | None, int | None] | None:
    """Row and column of one corner, either missing in an open range; None if it is no corner."""
    found = _CELL.fullmatch(text)
    if not text or not found or not (found[1] or found[2]):
        return None
    return int(found[2]) - 1 if found[2] else None, number(found[1]) if found[1] else None


def _span(one: int | None, other: int | None) -> tuple[int, int | None]:
    if one is None or other is None:
        known = one if other is None else other
        return known or 0, None
    return min(one, other), max(one, other) + 1


def from_grid(book: Book, grid: Json) -> Area:
    """What a GridRange means; sides that it does not name are open."""
    sheet = book.sheet(grid.get("sheetId", 0))
    rows = grid.get("startRowIndex", 0), grid.get("endRowIndex")
    columns = grid.get("startColumnIndex", 0), grid.get("endColumnIndex")
    for name, (start, end) in (("Row", rows), ("Column", columns)):
        if start < 0 or (end is not None and end <= start):
            raise invalid(f"start{name}Index[{start}] must be before end{name}Index[{end}]")
    return Area(sheet, rows[0], columns[0], rows[1], columns[1])


def starting_at(book: Book, coordinate: Json) -> Area:
    """What lies below and right of a GridCoordinate, which must be on the tab."""
    sheet = book.sheet(coordinate.get("sheetId", 0))
    row, column = coordinate.get("rowIndex", 0), coordinate.get("columnIndex", 0)
    for name, index, count in (("row", row, sheet.row_count), ("column", column, sheet.column_count)):
        if index < 0:
            raise invalid(f"GridCoordinate.{name}Index[{index}] must be at least 0")
        if index >= count:
            raise invalid(f"GridCoordinate.{name}Index[{index}] is after last {name} in grid[{count - 1}]")
    return Area(sheet, row, column)


def within(area: Area) -> Area:
    """The area, if the tab reaches as far as its start and its named ends."""
    sheet = area.sheet
    beyond_rows = area.top >= sheet.row_count or (area.bottom or 0) > sheet.row_count
    if beyond_rows or area.left >= sheet.column_count or (area.right or 0) > sheet.column_count:
        raise beyond(area)
    return area


def beyond(area: Area) -> ApiError:
    """400: there are no such rows or columns."""
    sheet = area.sheet
    start = f"{letters(area.left)}{area.top + 1}"
    last = f"{letters((area.right or sheet.column_count) - 1)}{area.bottom or sheet.row_count}"
    where = f"{quoted(sheet.title)}!{start if start == last else f'{start}:{last}'}"
    limits = f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
    return invalid(f"Range ({where}) exceeds grid limits. {limits}")
