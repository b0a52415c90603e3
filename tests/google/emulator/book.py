"""A spreadsheet as it is kept: tabs, their cells, and what lies on them.

A cell is the user's half of Google's CellData (`userEnteredValue`, `userEnteredFormat`, `note`, …) and never changes:
whoever edits one puts another in its place. So a copy of a book costs its rows, not its cells, and an update that
fails leaves nothing behind.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tests.google.emulator import protection
from tests.google.emulator.errors import Json, invalid

Cell = Json
EMPTY: Cell = {}

MAX_CELLS = 10_000_000
MAX_COLUMNS = 18_278
MAX_TITLE = 100
MAX_TEXT = 50_000


@dataclass
class Sheet:
    """A tab: its properties, its cells row by row (short where nothing follows), and all that names a part of it.

    `parts` holds what Google lists on a Sheet beside its properties and cells, under Google's names: merges,
    conditionalFormats, filterViews, protectedRanges, basicFilter, charts, tables, bandedRanges, slicers, groups.
    """

    properties: Json
    rows: list[list[Cell]] = field(default_factory=list)
    row_properties: dict[int, Json] = field(default_factory=dict)
    column_properties: dict[int, Json] = field(default_factory=dict)
    parts: Json = field(default_factory=dict)
    refers: bool = field(default=False, compare=False)
    """Whether a cell here may name others: what moves rows looks only through tabs of which it is true."""
    closed: frozenset[int] = field(default=frozenset(), compare=False)
    """The protected ranges, by id, that whoever edits now may not change."""

    @property
    def id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def row_count(self) -> int:
        return int(self.properties["gridProperties"]["rowCount"])

    @property
    def column_count(self) -> int:
        return int(self.properties["gridProperties"]["columnCount"])

    def cell(self, row: int, column: int) -> Cell:
        """The cell there, empty where none was written."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return EMPTY
        return self.rows[row][column]

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Place a cell, within the tab."""
        if self.closed:
            protection.check_cell(self, row, column)
        if not cell and row >= len(self.rows):
            return
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        if len(cells) <= column:
            if not cell:
                return
            cells.extend([EMPTY] * (column + 1 - len(cells)))
        cells[column] = cell
        self.refers = self.refers or names_others(cell)

    def resize(self, rows: int, columns: int) -> None:
        """Give the tab that many rows and columns; what lies beyond is gone."""
        grid = self.properties["gridProperties"]
        grid["rowCount"], grid["columnCount"] = rows, columns
        del self.rows[rows:]
        for row in self.rows:
            del row[columns:]
        self.row_properties = {at: value for at, value in self.row_properties.items() if at < rows}
        self.column_properties = {at: value for at, value in self.column_properties.items() if at < columns}

    def listed(self, part: str) -> list[Json]:
        """The list of that name, there to be changed."""
        found: list[Json] = self.parts.setdefault(part, [])
        return found

    def copied(self) -> Sheet:
        """A copy that shares only the cells."""
        return Sheet(
            copy.deepcopy(self.properties),
            [row.copy() for row in self.rows],
            copy.deepcopy(self.row_properties),
            copy.deepcopy(self.column_properties),
            copy.deepcopy(self.parts),
            self.refers,
        )

    def to_json(self) -> Json:
        return {
            "properties": self.properties,
            "rows": self.rows,
            "rowProperties": {str(at): value for at, value in self.row_properties.items()},
            "columnProperties": {str(at): value for at, value in self.column_properties.items()},
            "parts": self.parts,
        }

    @classmethod
    def from_json(cls, kept: Json) -> Sheet:
        rows = {int(at): value for at, value in kept["rowProperties"].items()}
        columns = {int(at): value for at, value in kept["columnProperties"].items()}
        refers = any(names_others(cell) for row in kept["rows"] for cell in row)
        return cls(kept["properties"], kept["rows"], rows, columns, kept["parts"], refers)


def zone(name: str) -> ZoneInfo:
    """The time zone of that name.

    Raises:
        ApiError: 400 if there is none.
    """
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise invalid(f"Invalid time zone: {name}") from None


def names_others(cell: Cell) -> bool:
    """Whether a formula in the cell, or its validation rule, names other cells."""
    if "formulaValue" in cell.get("userEnteredValue", EMPTY):
        return True
    values = cell["dataValidation"].get("condition", EMPTY).get("values", ()) if "dataValidation" in cell else ()
    return any(value.get("userEnteredValue", "").startswith("=") for value in values)


@dataclass
class Book:
    """A spreadsheet."""

    id: str
    properties: Json
    sheets: list[Sheet]
    named_ranges: list[Json] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)

    @property
    def locale(self) -> str:
        return str(self.properties["locale"])

    @property
    def time_zone(self) -> str:
        return str(self.properties["timeZone"])

    @property
    def first_visible(self) -> Sheet:
        """The tab that a range without a title means."""
        return next((sheet for sheet in self.sheets if not sheet.properties.get("hidden")), self.sheets[0])

    def sheet(self, sheet_id: int, what: str = "grid") -> Sheet:
        """The tab with that id, or Google's refusal, which calls it a sheet where a tab as such is meant."""
        for sheet in self.sheets:
            if sheet.id == sheet_id:
                return sheet
        raise invalid(f"No {what} with id: {sheet_id}")

    def titled(self, title: str) -> Sheet | None:
        """The tab of that title, upper and lower case alike."""
        for sheet in self.sheets:
            if sheet.title.casefold() == title.casefold():
                return sheet
        return None

    def named(self, name: str) -> Json | None:
        """The named range of that name, upper and lower case alike."""
        for named in self.named_ranges:
            if str(named["name"]).casefold() == name.casefold():
                return named
        return None

    def renumber(self) -> None:
        """Make each tab's index its place."""
        for index, sheet in enumerate(self.sheets):
            sheet.properties["index"] = index

    def check_size(self) -> None:
        """Refuse more cells or columns than Google holds."""
        if any(sheet.column_count > MAX_COLUMNS for sheet in self.sheets):
            raise invalid(f"This action would increase the number of columns above the limit of {MAX_COLUMNS} columns.")
        if sum(sheet.row_count * sheet.column_count for sheet in self.sheets) > MAX_CELLS:
            above = f"above the limit of {MAX_CELLS} cells."
            raise invalid(f"This action would increase the number of cells in the workbook {above}")

    def copied(self) -> Book:
        """A copy that shares only the cells."""
        return Book(
            self.id,
            copy.deepcopy(self.properties),
            [sheet.copied() for sheet in self.sheets],
            copy.deepcopy(self.named_ranges),
            copy.deepcopy(self.metadata),
        )

    def to_json(self) -> Json:
        """All but the tabs, which are kept one by one."""
        return {
            "id": self.id,
            "properties": self.properties,
            "namedRanges": self.named_ranges,
            "metadata": self.metadata,
        }

    @classmethod
    def from_json(cls, kept: Json, sheets: list[Sheet]) -> Book:
        return cls(kept["id"], kept["properties"], sheets, kept["namedRanges"], kept["metadata"])
