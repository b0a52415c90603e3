"""A book as its reader sees it: values computed, formats completed, cells as Google's CellData."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.google.emulator import fields
from tests.google.emulator.book import EMPTY, Book, Cell, Sheet
from tests.google.emulator.cells import content, formulas, rendering
from tests.google.emulator.cells.calculation import FormulaError, calculated
from tests.google.emulator.cells.content import Error, Value
from tests.google.emulator.cells.functions import Grid
from tests.google.emulator.cells.locales import locale
from tests.google.emulator.errors import ApiError, Json
from tests.google.emulator.ranges import Area, from_grid

_LINK = re.compile(r'=HYPERLINK\("([^"]+)"', re.IGNORECASE)
# What Google computes itself; a request that brings it along changes nothing.
COMPUTED = frozenset({"effectiveValue", "formattedValue", "effectiveFormat", "hyperlink"})
_Tell = Callable[[Cell, Value], Any]
_DATED = re.compile(r"=(TODAY|DATE)\(", re.IGNORECASE)
_DEFAULTED = ("backgroundColor", "padding", "verticalAlignment", "wrapStrategy", "textFormat", "backgroundColorStyle")


class View:
    """One state of a book, read; each formula is calculated once."""

    def __init__(self, book: Book, today: date) -> None:
        self.book = book
        self.today = today
        self.locale = locale(book.locale)
        self._known: dict[tuple[int, int, int], Value] = {}

    def value(self, sheet: Sheet, row: int, column: int) -> Value:
        """What the cell holds, its formula calculated."""
        cell = sheet.cell(row, column)
        extended = cell.get("userEnteredValue")
        if not extended:
            return None
        if "formulaValue" not in extended:
            return content.read(extended)
        key = sheet.id, row, column
        if key not in self._known:
            self._known[key] = Error("REF", "Circular dependency detected.")
            names = _Names(self, sheet)
            self._known[key] = calculated(extended["formulaValue"], names, self.locale, self.today)
        return self._known[key]

    def shown(self, sheet: Sheet, row: int, column: int) -> str:
        """The text in the cell."""
        value = self.value(sheet, row, column)
        return rendering.shown(value, self.number_format(sheet.cell(row, column), value), self.locale)

    def number_format(self, cell: Cell, value: Value) -> Json | None:
        """The cell's own number format; a formula on TODAY or DATE brings one along."""
        own: Json | None = cell.get("userEnteredFormat", EMPTY).get("numberFormat")
        formula: str = cell.get("userEnteredValue", EMPTY).get("formulaValue", "")
        if formula and own is None and isinstance(value, int) and _DATED.match(formula):
            return {"type": "DATE", "pattern": self.locale.patterns["DATE"]}
        return own

    def cell_reader(self, mask: fields.Mask) -> Callable[[Sheet, int, int], Json]:
        """What tells a cell as CellData, cut to the mask: what the user entered and, where asked for, what it makes."""
        stored = fields.selector({name: inner for name, inner in mask.items() if name not in COMPUTED})
        keeps_stored = not mask or bool(mask.keys() - COMPUTED)
        computed = self._computed(mask)

        def data(sheet: Sheet, row: int, column: int) -> Json:
            cell = sheet.cell(row, column)
            if not cell:
                return EMPTY
            told: Json = {**stored(cell)} if keeps_stored else {}
            if computed:
                value = self.value(sheet, row, column)
                for name, tell, cut in computed:
                    part = tell(cell, value)
                    if part and (part := cut(part)):
                        told[name] = part
            return told

        return data

    def _computed(self, mask: fields.Mask) -> list[tuple[str, _Tell, Callable[[Any], Any]]]:
        """Each computed part that the mask asks for: its name, what tells it, what cuts it."""
        tellers: dict[str, _Tell] = {
            "effectiveValue": _effective_values(mask.get("effectiveValue", {})),
            "formattedValue": lambda cell, value: rendering.shown(value, self.number_format(cell, value), self.locale),
            "effectiveFormat": self._effective_formats(mask.get("effectiveFormat", {})),
            "hyperlink": lambda cell, _: _link(cell),
        }
        asked = [name for name in tellers if fields.covers(mask, name)]
        return [(name, tellers[name], fields.selector(mask.get(name, {}))) for name in asked]

    def _effective_formats(self, mask: fields.Mask) -> _Tell:
        """What tells a cell's format: its own over the book's, at least as far as the mask asks for it."""
        default = self.book.properties["defaultFormat"]
        plain = {name: default[name] for name in _DEFAULTED if fields.covers(mask, name)}
        aligned, linked = fields.covers(mask, "horizontalAlignment"), fields.covers(mask, "hyperlinkDisplayType")

        def format_of(cell: Cell, value: Value) -> Json:
            own: Json = cell.get("userEnteredFormat", EMPTY)
            merged: Json = plain | own
            if "textFormat" in plain:
                merged["textFormat"] = {**plain["textFormat"], **own.get("textFormat", EMPTY)}
            if aligned:
                merged.setdefault("horizontalAlignment", _alignment(value))
            if linked:
                merged.setdefault("hyperlinkDisplayType", "LINKED" if _link(cell) else "PLAIN_TEXT")
            if found := self.number_format(cell, value):
                merged["numberFormat"] = {"type": found["type"], "pattern": rendering.pattern_of(found, self.locale)}
            return merged

        return format_of


def _effective_values(mask: fields.Mask) -> _Tell:
    """What tells a cell's value, if it is of a kind that the mask names."""

    def value_of(cell: Cell, value: Value) -> Json:
        return EMPTY if mask and content.kind(value) not in mask else content.write(value)

    return value_of


def _alignment(value: Value) -> str:
    if isinstance(value, bool | Error):
        return "CENTER"
    return "RIGHT" if isinstance(value, int | float) else "LEFT"


def _link(cell: Cell) -> str:
    """Where the cell leads: its HYPERLINK formula, its format's link, or the link of its whole text."""
    formula = cell.get("userEnteredValue", EMPTY).get("formulaValue", "")
    if found := _LINK.match(formula):
        return found[1]
    runs: list[Any] = cell.get("textFormatRuns", [])
    formats = [cell.get("userEnteredFormat", EMPTY), *(run for run in runs[:1] if len(runs) == 1)]
    for one in formats:
        text_format = one.get("textFormat") or one.get("format") or {}
        if uri := text_format.get("link", {}).get("uri"):
            return str(uri)
    return ""


class _Names:
    """How the formulas of one tab see the book."""

    def __init__(self, view: View, sheet: Sheet) -> None:
        self.view, self.sheet = view, sheet

    def cells(self, named: formulas.Reference) -> Grid:
        book = self.view.book
        sheet = book.titled(named.sheet_title) if named.title else self.sheet
        if sheet is None:
            raise FormulaError(Error("REF", f"Unresolved sheet name '{named.sheet_title}'."))
        return self._grid(area_of(sheet, named))

    def range_named(self, name: str) -> Grid | None:
        found = self.view.book.named(name)
        try:
            return self._grid(from_grid(self.view.book, found["range"])) if found else None
        except ApiError:
            return None

    def _grid(self, area: Area) -> Grid:
        sheet = area.sheet
        last = max(len(sheet.rows), area.top + 1)
        rows = range(area.rows.start, min(area.rows.stop, last))
        width = max((len(row) for row in sheet.rows), default=0)
        columns = range(area.columns.start, min(area.columns.stop, max(width, area.left + 1)))
        values = tuple(tuple(self.view.value(sheet, row, column) for column in columns) for row in rows)
        return Grid(values, area.top, area.left)


def area_of(sheet: Sheet, named: formulas.Reference) -> Area:
    """The area that a formula's reference covers."""
    first, last = named.first, named.last or named.first
    rows = [corner.row for corner in (first, last) if corner.row is not None]
    columns = [corner.column for corner in (first, last) if corner.column is not None]
    bottom = max(rows) + 1 if len(rows) == 2 else None
    right = max(columns) + 1 if len(columns) == 2 else None
    return Area(sheet, min(rows, default=0), min(columns, default=0), bottom, right)
