"""What happens to everything that names rows or columns when some are inserted, deleted or moved.

Named ranges, merges, filters, charts, metadata and formulas all follow their cells; what lay wholly in a deleted part
is gone with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tests.google.emulator.book import Book, Sheet, names_others
from tests.google.emulator.cells import formulas
from tests.google.emulator.errors import Json
from tests.google.emulator.ranges import quoted

Span = tuple[int, int | None]

_GONE = object()
_RANGED = {"startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex", "dimension", "rowIndex", "sheetId"}
_BEARS = {"range", "dimensionRange", "location", "ranges"}


@dataclass(frozen=True)
class Change:
    """One change of a tab's rows or columns: where an index goes, and where a half-open span goes (None: nowhere)."""

    sheet: Sheet
    rows: bool
    place: Callable[[int], int | None]
    span: Callable[[int, int | None], Span | None]


def inserted(sheet: Sheet, rows: bool, at: int, count: int) -> Change:
    """`count` new ones before `at`; a range grows when they fall inside it."""

    def span(start: int, end: int | None) -> Span:
        return start + count * (start >= at), None if end is None else end + count * (end > at)

    return Change(sheet, rows, lambda index: index + count * (index >= at), span)


def deleted(sheet: Sheet, rows: bool, first: int, last: int) -> Change:
    """Those from `first` up to `last` are gone."""

    def edge(index: int) -> int:
        return index if index <= first else max(first, index - (last - first))

    def place(index: int) -> int | None:
        return None if first <= index < last else edge(index)

    def span(start: int, end: int | None) -> Span | None:
        if end is None:
            return edge(start), None
        return (edge(start), edge(end)) if edge(start) < edge(end) else None

    return Change(sheet, rows, place, span)


def moved(sheet: Sheet, rows: bool, first: int, last: int, target: int) -> Change:
    """Those from `first` up to `last` now stand before what was at `target`."""
    size = last - first

    def place(index: int) -> int:
        if first <= index < last:
            return index + (target - first if target <= first else target - last)
        if target <= index < first:
            return index + size
        return index - size if last <= index < target else index

    def span(start: int, end: int | None) -> Span:
        if end is None:
            return start, None
        there = place(start), place(end - 1) + 1
        # A range that the move tears apart stays where it is.
        return there if there[1] - there[0] == end - start else (start, end)

    return Change(sheet, rows, place, span)


def follow(book: Book, change: Change) -> None:
    """Let all that names a part of the changed tab follow; its cells have moved already."""
    book.named_ranges = _listed(book.named_ranges, change)
    book.metadata = _listed(book.metadata, change)
    for sheet in book.sheets:
        sheet.parts = {name: _followed(part, change, sheet is change.sheet) for name, part in sheet.parts.items()}
        sheet.parts = {name: part for name, part in sheet.parts.items() if part is not _GONE}
        _follow_in_cells(sheet, change)


def _listed(items: list[Json], change: Change) -> list[Json]:
    followed = [_followed(item, change, False) for item in items]
    return [item for item in followed if item is not _GONE]


def _followed(node: Any, change: Change, here: bool) -> Any:
    """A part of the book after the change; `here` where columns without a tab mean the changed tab's."""
    if isinstance(node, list):
        kept = [item for item in (_followed(item, change, here) for item in node) if item is not _GONE]
        return kept if kept or not node else _GONE
    if isinstance(node, str):
        return _formula(node, change, here) if node.startswith("=") else node
    if not isinstance(node, dict):
        return node
    if "startRowIndex" in node or "startColumnIndex" in node or "endRowIndex" in node or "endColumnIndex" in node:
        return _grid_range(node, change)
    if "dimension" in node and "startIndex" in node:
        return _dimension_range(node, change)
    if "rowIndex" in node or ("columnIndex" in node and "filterCriteria" not in node):
        return _coordinate(node, change)
    changed = {key: _followed(item, change, here) for key, item in node.items()}
    if any(item is _GONE for key, item in changed.items() if key in _BEARS):
        return _GONE
    changed = {key: item for key, item in changed.items() if item is not _GONE}
    return _columns(changed, change) if here and not change.rows else changed


def _on_tab(node: Json, change: Change) -> bool:
    return bool(node.get("sheetId", 0) == change.sheet.id)


def _grid_range(node: Json, change: Change) -> Any:
    start, end = ("startRowIndex", "endRowIndex") if change.rows else ("startColumnIndex", "endColumnIndex")
    if not _on_tab(node, change) or (start not in node and end not in node):
        return node
    return _ends(node, change, start, end)


def _dimension_range(node: Json, change: Change) -> Any:
    if not _on_tab(node, change) or node["dimension"] != ("ROWS" if change.rows else "COLUMNS"):
        return node
    return _ends(node, change, "startIndex", "endIndex")


def _ends(node: Json, change: Change, start: str, end: str) -> Any:
    span = change.span(node.get(start, 0), node.get(end))
    if span is None:
        return _GONE
    # A range without a start is open there, and stays so.
    changed = {**node, start: span[0]} if start in node else dict(node)
    return changed if span[1] is None else {**changed, end: span[1]}


def _coordinate(node: Json, change: Change) -> Json:
    key = "rowIndex" if change.rows else "columnIndex"
    if not _on_tab(node, change):
        return node
    place = change.place(node.get(key, 0))
    return node if place is None else {**node, key: place}


def _columns(node: Json, change: Change) -> Any:
    """Filters and sort orders name columns by number alone."""
    for key in ("columnIndex", "dimensionIndex"):
        if key in node:
            place = change.place(node[key])
            return _GONE if place is None else {**node, key: place}
    if "criteria" in node:
        places = {change.place(int(column)): rule for column, rule in node["criteria"].items()}
        kept = {str(column): rule for column, rule in places.items() if column is not None}
        return {
            **{name: part for name, part in node.items() if name != "criteria"},
            **({"criteria": kept} if kept else {}),
        }
    return node


def _follow_in_cells(sheet: Sheet, change: Change) -> None:
    if not sheet.refers:
        return
    here = sheet is change.sheet
    # A column's cells share their rule; each is followed once, and held here so that its id stays its own.
    rules: dict[int, tuple[Json, Json]] = {}
    for row in sheet.rows:
        for column, cell in enumerate(row):
            if "dataValidation" in cell and (rule := cell["dataValidation"]):
                if id(rule) not in rules:
                    rules[id(rule)] = rule, _followed(rule, change, here)
                cell = row[column] = {**cell, "dataValidation": rules[id(rule)][1]}
            if "formulaValue" in cell.get("userEnteredValue", ()):
                row[column] = {**cell, "userEnteredValue": _followed(cell["userEnteredValue"], change, here)}


def _formula(formula: str, change: Change, here: bool) -> str:
    def follow_reference(named: formulas.Reference) -> formulas.Reference | None:
        on_tab = named.sheet_title.casefold() == change.sheet.title.casefold() if named.title else here
        return _reference(named, change) if on_tab else named

    return formulas.rewritten(formula, follow_reference)


def _reference(named: formulas.Reference, change: Change) -> formulas.Reference | None:
    side = "row" if change.rows else "column"
    first, last = named.first, named.last or named.first
    start, end = getattr(first, side), getattr(last, side)
    if start is None:
        return named
    span = change.span(start, None if end is None else end + 1)
    if span is None:
        return None
    return replace(
        named,
        first=_at(first, change.rows, span[0]),
        last=named.last and _at(last, change.rows, None if span[1] is None else span[1] - 1),
    )


def _at(corner: formulas.Corner, rows: bool, index: int | None) -> formulas.Corner:
    return replace(corner, row=index) if rows else replace(corner, column=index)


def retitle(book: Book, old: str, new: str | None) -> None:
    """Let formulas and rules that name a tab name it by its new title; None: it is gone, and they read #REF!."""

    def follow(named: formulas.Reference) -> formulas.Reference | None:
        if not named.title or named.sheet_title.casefold() != old.casefold():
            return named
        return None if new is None else replace(named, title=f"{quoted(new)}!")

    for sheet in book.sheets:
        if sheet.refers:
            for row in sheet.rows:
                row[:] = [_rewritten(cell, follow) if names_others(cell) else cell for cell in row]


def _rewritten(node: Any, follow: Callable[[formulas.Reference], formulas.Reference | None]) -> Any:
    """A copy in which each formula is rewritten; a text that only looks like one is not."""
    if isinstance(node, list):
        return [_rewritten(item, follow) for item in node]
    if isinstance(node, str):
        return formulas.rewritten(node, follow) if node.startswith("=") else node
    if not isinstance(node, dict) or "stringValue" in node:
        return node
    return {name: _rewritten(item, follow) if name != "note" else item for name, item in node.items()}


def onto(node: Any, sheet_id: int) -> Any:
    """A copy of a tab's parts in which every range lies on the tab of that id."""
    if isinstance(node, list):
        return [onto(item, sheet_id) for item in node]
    if not isinstance(node, dict):
        return node
    changed = {key: onto(item, sheet_id) for key, item in node.items()}
    if _RANGED & changed.keys():
        changed.pop("sheetId", None)
        changed |= {"sheetId": sheet_id} if sheet_id else {}
    return changed
