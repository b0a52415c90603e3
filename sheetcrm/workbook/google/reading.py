"""Google's two answers about a book, turned into sheets and into what stands beside their cells.

The first answer brings the tabs and, of each cell, only what its value doesn't tell: whether it is a formula, an error
or a date, and its colour. The second brings the values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import time, timedelta
from typing import Any, NamedTuple

from sheetcrm.table import Cell, Sheet, Spot
from sheetcrm.workbook.edited import trimmed
from sheetcrm.workbook.google.address import tab_url
from sheetcrm.workbook.google.marker import marks_of, taken_of
from sheetcrm.workbook.google.standing import Standing, TabState
from sheetcrm.workbook.google.wire import Json, a1, moment

FIELDS = (
    "spreadsheetId,properties(title,locale,timeZone),developerMetadata,namedRanges,"
    "sheets(properties,merges,protectedRanges,conditionalFormats,basicFilter,filterViews,charts,slicers,bandedRanges,"
    "tables,rowGroups,columnGroups,developerMetadata,data(rowData(values("
    "userEnteredValue.formulaValue,effectiveValue.errorValue.type,effectiveFormat.numberFormat.type,"
    "userEnteredFormat.backgroundColor))))"
)
"""What is asked of a book in the first call."""

_DAYS = frozenset({"DATE", "DATE_TIME"})
_TIMES = frozenset({"TIME"})
_WHITE = "FFFFFF"
_SPILLS = re.compile(
    r"\b(ARRAYFORMULA|BYROW|FILTER|FLATTEN|IMPORTRANGE|MAP|QUERY|SEQUENCE|SORT|SORTN|TOCOL|TRANSPOSE|UNIQUE)\s*\(",
    re.IGNORECASE,
)
"""Formulas that fill the cells below them, too: whoever writes into one of those turns the whole into an error."""


class Marks(NamedTuple):
    """What the first answer tells of a tab's cells."""

    formulas: frozenset[Spot]
    spills: tuple[Spot, ...]
    errors: frozenset[Spot]
    loading: frozenset[Spot]
    kinds: Mapping[Spot, str]
    fills: Mapping[int, str]


def standing(answer: Json) -> tuple[Standing, dict[str, Marks]]:
    """What stands in a book beside its values, and what its cells are, by the tab's title.

    Args:
        answer: A Spreadsheet, as `FIELDS` asks for it.
    """
    tabs: dict[str, TabState] = {}
    marks: dict[str, Marks] = {}
    others: dict[int, int] = {}
    entries = list(answer.get("developerMetadata", ()))
    for sheet in answer.get("sheets", ()):
        properties = sheet["properties"]
        entries += sheet.get("developerMetadata", ())
        if properties.get("sheetType", "GRID") != "GRID":
            others[properties.get("index", 0)] = properties.get("sheetId", 0)
            continue
        title = properties["title"]
        marks[title] = _marks(sheet.get("data", ()))
        tabs[title] = _tab(sheet, marks[title].kinds)
    told = answer["properties"]
    found = Standing(
        answer["spreadsheetId"],
        told.get("title", ""),
        told.get("locale", ""),
        told.get("timeZone", ""),
        tabs,
        marks_of(entries),
        taken_of(entries),
        tuple(answer.get("namedRanges", ())),
        others,
    )
    return found, marks


def _tab(sheet: Json, kinds: Mapping[Spot, str]) -> TabState:
    properties = sheet["properties"]
    size = properties.get("gridProperties", {})
    return TabState(
        properties["title"],
        properties.get("sheetId", 0),
        properties.get("index", 0),
        size.get("rowCount", 0),
        size.get("columnCount", 0),
        properties.get("hidden", False),
        {name: part for name, part in sheet.items() if name != "data"},
        kinds,
    )


def _marks(data: Iterable[Json]) -> Marks:
    formulas: set[Spot] = set()
    spills: list[Spot] = []
    errors: set[Spot] = set()
    loading: set[Spot] = set()
    kinds: dict[Spot, str] = {}
    fills: dict[int, str] = {}
    for spot, cell in _cells(data):
        # A part of which nothing was asked for may still be told, blank.
        if "formulaValue" in cell.get("userEnteredValue", {}):
            formulas.add(spot)
            if _SPILLS.search(cell["userEnteredValue"]["formulaValue"]):
                spills.append(spot)
        if "errorValue" in (value := cell.get("effectiveValue", {})):
            (loading if value["errorValue"].get("type") == "LOADING" else errors).add(spot)
        kind = cell.get("effectiveFormat", {}).get("numberFormat", {}).get("type", "")
        if kind in _DAYS or kind in _TIMES:
            kinds[spot] = kind
        colour = cell.get("userEnteredFormat", {}).get("backgroundColor")
        if colour is not None and spot[0] not in fills and _rgb(colour) != _WHITE:
            fills[spot[0]] = _rgb(colour)
    return Marks(frozenset(formulas), tuple(spills), frozenset(errors), frozenset(loading), kinds, fills)


def _cells(data: Iterable[Json]) -> Iterator[tuple[Spot, Json]]:
    """The cells of which something is told."""
    for block in data:
        left = block.get("startColumn", 0)
        for number, row in enumerate(block.get("rowData", ()), block.get("startRow", 0) + 1):
            for column, cell in enumerate(row.get("values", ()), left):
                if cell:
                    yield (number, column), cell


def _rgb(colour: Mapping[str, float]) -> str:
    return "".join(f"{round(255 * colour.get(channel, 0)):02X}" for channel in ("red", "green", "blue"))


def ranges(found: Standing) -> list[str]:
    """The ranges of the second call: every tab whole."""
    return [a1(title) for title in found.tabs]


def sheets(found: Standing, marks: Mapping[str, Marks], values: Sequence[Sequence[Sequence[Any]]]) -> list[Sheet]:
    """The tabs with their values.

    Args:
        found: What stands beside them.
        marks: What their cells are.
        values: What stands in `ranges(found)`, range by range.
    """
    told = zip(found.tabs.values(), values, strict=True)
    return [_sheet(found.id, tab, marks[tab.title], rows) for tab, rows in told]


def _sheet(id: str, tab: TabState, marks: Marks, values: Sequence[Sequence[Any]]) -> Sheet:
    rows = squared(values)
    errors: dict[Spot, str] = {}
    for spot in marks.errors | marks.loading:
        number, column = spot
        if number <= len(rows) and column < len(rows[0]):
            if spot in marks.errors:
                errors[spot] = str(rows[number - 1][column])
            rows[number - 1][column] = ""
    for (number, column), kind in marks.kinds.items():
        if number <= len(rows) and column < len(rows[0]) and type(rows[number - 1][column]) is float:
            rows[number - 1][column] = dated(rows[number - 1][column], kind)
    return Sheet(
        tab.title,
        _kept(rows, marks),
        errors,
        marks.formulas.union(_spilt(marks, len(rows))),
        marks.loading & marks.formulas,
        tuple(map(_corners, tab.message.get("merges", ()))),
        marks.fills,
        tab.hidden,
        any(map(_locks, tab.message.get("protectedRanges", ()))),
        excel_tables=tuple(_corners(table["range"]) for table in tab.message.get("tables", ()) if "range" in table),
        url=tab_url(id, tab.gid),
    )


def _spilt(marks: Marks, last: int) -> Iterator[Spot]:
    """The cells below a formula that fills them; how far it reaches nobody tells, so down to the tab's last row."""
    for top, column in marks.spills:
        yield from ((row, column) for row in range(top + 1, last + 1))


def squared(values: Sequence[Sequence[Any]]) -> list[list[Cell]]:
    """Rows of values, which Google cuts short at the right, all of one width; numbers are floats."""
    width = max(map(len, values), default=0)
    return [[float(cell) if type(cell) is int else cell for cell in row] + [""] * (width - len(row)) for row in values]


def _kept(rows: list[list[Cell]], marks: Marks) -> list[list[Cell]]:
    """The rows without blanks at the end and at the right; errors and formulas count as something."""
    if marks.errors or marks.formulas:
        return rows
    return trimmed(rows)


def dated(days: object, kind: str) -> Cell:
    """What a number means in a cell that shows a day or a time; the number itself where the calendar ends before it."""
    assert isinstance(days, float)
    try:
        if kind in _TIMES:
            return (moment(days)).time() if 0 <= days < 1 else timedelta(days=days)
        found = moment(days)
    except OverflowError:
        return days
    return found.date() if found.time() == time() else found


def _corners(area: Json) -> tuple[Spot, Spot]:
    """A bounded GridRange as its first and its last cell."""
    first = area.get("startRowIndex", 0) + 1, area.get("startColumnIndex", 0)
    return first, (area.get("endRowIndex", first[0]), area.get("endColumnIndex", first[1] + 1) - 1)


def _locks(protected: Json) -> bool:
    """Whether a protected range keeps people from typing anywhere into its tab."""
    bounds = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    area = protected.get("range", {})
    return (
        not protected.get("warningOnly", False)
        and "namedRangeId" not in protected
        and not any(name in area for name in bounds)
    )
