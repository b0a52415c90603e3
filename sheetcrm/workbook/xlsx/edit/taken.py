"""Cells that must not be written: formulas, what lies under a merged cell, what a pivot table fills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from sheetcrm.errors import GuardError
from sheetcrm.findings import Place
from sheetcrm.table import Spot
from sheetcrm.text import Message, msg
from sheetcrm.workbook.cells import formula_stands, hidden_by_merge
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.references import area
from sheetcrm.workbook.xlsx.edit.sheet import SheetDraft
from sheetcrm.workbook.xlsx.parts import local


class Area(NamedTuple):
    """A range, rows from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, spot: Spot) -> bool:
        """Whether a cell lies in it."""
        return self.top <= spot[0] <= self.bottom and self.left <= spot[1] <= self.right


class Taken:
    """What is taken on one sheet of a draft."""

    def __init__(self, draft: Draft, sheet: SheetDraft) -> None:
        """Look when asked."""
        self._draft = draft
        self._sheet = sheet

    def check(self, spot: Spot) -> None:
        """Do nothing if the cell may be written.

        Raises:
            GuardError: If it may not; the error names the cell and the way out.
        """
        cell = self._sheet.cells(spot[0]).get(spot[1])
        if cell is not None and cell.formula:
            raise formula_stands(self._address(spot))
        for found, stop in self._areas:
            if found.holds(spot) and (stop is not None or spot != found[:2]):
                raise self._refusal(spot, found, stop)

    def in_the_way(self, row: int, left: int, right: int) -> Message | None:
        """What a new row between two columns would run into, None where nothing stands there."""
        for found, stop in self._areas:
            if found.top <= row <= found.bottom and found.left <= right and left <= found.right:
                cell = self._address((found.top, found.left))
                return msg("a merged cell stands in {cell}", cell=cell) if stop is None else stop
        return None

    @cached_property
    def merged(self) -> tuple[Area, ...]:
        """The merged ranges."""
        ranges = (element for group in self._sheet.frame() if local(group) == "mergeCells" for element in group)
        return tuple(_areas(str(element.get("ref", "")) for element in ranges))

    @cached_property
    def _areas(self) -> tuple[tuple[Area, Message | None], ...]:
        return (*((found, None) for found in self.merged), *self._arrays(), *self._pivots())

    def _arrays(self) -> Iterator[tuple[Area, Message]]:
        for formula in self._sheet.formulas():
            if formula.kind in ("array", "dataTable"):
                cell = self._address((formula.row, formula.column))
                stop = msg("the formula in {cell} fills it", cell=cell)
                yield from ((found, stop) for found in _areas([formula.area]))

    def _pivots(self) -> Iterator[tuple[Area, Message]]:
        for relation in self._draft.relations(self._sheet.part):
            if relation.kind != "pivotTable" or relation.target not in self._draft:
                continue
            root = self._draft.tree(relation.target)
            location = next((element for element in root if local(element) == "location"), None)
            if location is not None:
                stop = msg("the pivot table {name} fills it", name=str(root.get("name", "")))
                yield from ((found, stop) for found in _areas([str(location.get("ref", ""))]))

    def _refusal(self, spot: Spot, found: Area, stop: Message | None) -> GuardError:
        if stop is None:
            return hidden_by_merge(self._address(spot), self._address((found.top, found.left)))
        return GuardError(
            msg("{cell} cannot be written: {what}.", cell=self._address(spot), what=stop),
            msg("Move it to another tab, or write into another cell."),
        )

    def _address(self, spot: Spot) -> str:
        return Place(sheet=self._sheet.title, row=spot[0], column=spot[1]).address


def _areas(texts: Iterable[str]) -> Iterator[Area]:
    for text in texts:
        found = area(text)
        if found is not None:
            yield Area(*found)
