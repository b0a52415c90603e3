"""Cached values that are no longer true: those of every formula that depends on a changed cell.

They go, and the book is calculated anew when it is opened. Dependents are found exactly, through cells, ranges, names,
tables and shared formulas. More than that goes only where a formula may look anywhere: INDIRECT, OFFSET, today's date,
a range whose ends are computed, a data table. The cells that an array formula or a spill fills keep what they show.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lxml import etree

from sheetcrm.table import Spot
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.formula import Formula
from sheetcrm.workbook.xlsx.edit.grammar import Mentions, mentions
from sheetcrm.workbook.xlsx.edit.references import area
from sheetcrm.workbook.xlsx.edit.resolve import Box, Resolver
from sheetcrm.workbook.xlsx.edit.tables import worksheets
from sheetcrm.workbook.xlsx.edit.watch import Watch
from sheetcrm.workbook.xlsx.parts import local

_Placed = tuple[str, Formula]
_NONE = Mentions([], [], [], [], False), (1, 0)
_BEFORE_CALCULATION = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames"),
)


def forget(draft: Draft, changed: Mapping[str, Collection[Spot]]) -> dict[str, set[Spot]]:
    """Drop the cached values of all formulas that depend on changed cells, on whatever sheet.

    The changed cells themselves are left alone: who changed them has given them a value, or a formula without one.

    Args:
        draft: The book; names, tables and formulas count as they stand.
        changed: The changed cells by sheet title, those of new and of cleared rows among them.

    Returns:
        The cells whose value was dropped, by sheet.
    """
    dropped: dict[str, set[Spot]] = {}
    spots = _filled(changed)
    formulas = _formulas(draft) if spots else []
    if not formulas:
        return dropped
    _calculate_on_load(draft)
    for at in sorted(_dependents(draft, formulas, spots)):
        title, formula = formulas[at]
        spot = formula.row, formula.column
        if formula.cached and spot not in spots.get(title, ()):
            draft.sheet(title).drop_value(*spot)
            dropped.setdefault(title, set()).add(spot)
    return dropped


def dependents(draft: Draft, changed: Mapping[str, Collection[Spot]]) -> dict[str, set[Spot]]:
    """The cells by sheet whose formulas depend on these cells, on whatever sheet; nothing is dropped."""
    found: dict[str, set[Spot]] = {}
    spots = _filled(changed)
    formulas = _formulas(draft) if spots else []
    for at in _dependents(draft, formulas, spots) if formulas else ():
        title, formula = formulas[at]
        found.setdefault(title, set()).add((formula.row, formula.column))
    return found


def _filled(changed: Mapping[str, Collection[Spot]]) -> dict[str, frozenset[Spot]]:
    return {title: frozenset(cells) for title, cells in changed.items() if cells}


def _formulas(draft: Draft) -> list[_Placed]:
    titles = [sheet.title for sheet in worksheets(draft)]
    return [(title, formula) for title in titles for formula in draft.sheet(title).formulas()]


def drop_calc_chain(draft: Draft) -> None:
    """Remove the list of formula cells, which must not name a cell without a formula; Excel makes a new one."""
    for relation in draft.relations(draft.workbook):
        if relation.kind == "calcChain":
            draft.unrelate(draft.workbook, relation.id)
            draft.remove(relation.target)


def _dependents(draft: Draft, formulas: Sequence[_Placed], spots: Mapping[str, Collection[Spot]]) -> set[int]:
    """The positions of the formulas that depend on those cells."""
    watch, fresh = _watched(draft, formulas)
    boxes = [Box(title, row, column, row, column) for title, cells in spots.items() for row, column in cells]
    seen: set[int] = set()
    while fresh or boxes:
        for at in fresh:
            if at not in seen:
                seen.add(at)
                boxes.append(_result(*formulas[at]))
        fresh = watch.touched(boxes.pop()) if boxes else []
    return seen


def _watched(draft: Draft, formulas: Sequence[_Placed]) -> tuple[Watch, list[int]]:
    """What every formula depends on, and the formulas that may depend on anything."""
    resolver = Resolver(draft)
    watch = Watch()
    anything: list[int] = []
    shared = {
        (title, formula.group): (mentions(formula.text, title), (formula.row, formula.column))
        for title, formula in formulas
        if formula.kind == "shared" and formula.text
    }
    for at, (title, formula) in enumerate(formulas):
        spot = formula.row, formula.column
        said, origin = (
            (mentions(formula.text, title), spot) if formula.text else shared.get((title, formula.group), _NONE)
        )
        found = None if formula.kind == "dataTable" else resolver.precedents(said, title, spot, origin)
        if found is None:
            anything.append(at)
        else:
            watch.add(at, found)
    return watch, anything


def _result(title: str, formula: Formula) -> Box:
    """The cells that a formula gives values to."""
    corners = area(formula.area) if formula.kind in ("array", "dataTable") else None
    return Box(title, *corners) if corners else Box(title, formula.row, formula.column, formula.row, formula.column)


def _calculate_on_load(draft: Draft) -> None:
    """Have the book calculated anew when it is opened."""
    root = draft.edit(draft.workbook)
    standing = next((element for element in root if local(element) == "calcPr"), None)
    if standing is None:
        before = [at for at, element in enumerate(root) if local(element) in _BEFORE_CALCULATION]
        standing = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}calcPr")
        root.insert(max(before, default=-1) + 1, standing)
    standing.set("fullCalcOnLoad", "1")
