"""What a write changed besides what it may: a list of plain differences between two packages, empty when nothing is.

Parts are equal byte for byte unless something in them may change; what may is named by `Allowed`, everything else in
such a part is equal as XML: names, attributes, texts, order, comments, prefixes. And the new package holds no fault
(a dangling relationship, a style out of range…) that the old one did not hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.lossless.allowed import Allowed
from tests.lossless.faults import faults
from tests.lossless.opened import TYPES, Opened, opened, owner_of, rels_of
from tests.lossless.same import differing
from tests.lossless.sheet_diff import sheet_differences
from tests.lossless.workbook_diff import styles_differences, workbook_differences

NOTHING = Allowed()
_REFRESHED = "refreshOnLoad"


def differences(before: bytes, after: bytes, allowed: Allowed = NOTHING) -> list[str]:
    """Every difference that was not allowed, such as "xl/charts/chart1.xml: lost"."""
    old, new = opened(before), opened(after)
    broken = sorted(set(faults(new)) - set(faults(old)))
    if any("not well-formed" in fault for fault in broken):
        return broken
    return [*broken, *_Comparison(old, new, allowed).found()]


class _Comparison:
    """Two packages, and which of their parts belong to tabs that were made anew."""

    def __init__(self, old: Opened, new: Opened, allowed: Allowed) -> None:
        self.old, self.new, self.allowed = old, new, allowed
        self.remade_old = self._reached(old, {sheet.part for sheet in old.sheets if sheet.title in allowed.tabs})
        self.remade_new = self._reached(new, {sheet.part for sheet in new.sheets if sheet.title in allowed.tabs})
        self.titles = {sheet.part: sheet.title for sheet in old.sheets}

    def found(self) -> Iterator[str]:
        yield from self._lost_and_added()
        for part in self.old.parts:
            if part in self.new.parts and part not in self.remade_old:
                yield from self._part(part)
        yield from workbook_differences(self.old, self.new, self.allowed)

    @staticmethod
    def _reached(book: Opened, starts: set[str]) -> set[str]:
        """What only these sheets lead to, their relationships included."""
        others = {sheet.part for sheet in book.sheets} - starts
        kept = set().union(*(book.reached(part) for part in others)) if others else set()
        own = set().union(*(book.reached(part) for part in starts)) - kept if starts else set()
        return own | {book.spelled(rels_of(part)) for part in own}

    def _lost_and_added(self) -> Iterator[str]:
        chain = self.old.related("calcChain")
        for part in self.old.parts.keys() - self.new.parts.keys() - self.remade_old:
            if not (part == chain and self._formula_went()):
                yield f"{part}: lost"
        for part in self.new.parts.keys() - self.old.parts.keys() - self.remade_new:
            # The first style of a book without any, and relationships of a part that had none.
            if part != self.new.related("styles") and owner_of(part) not in self.remade_new | {self.new.workbook}:
                yield f"{part}: added"

    def _formula_went(self) -> bool:
        return bool(self.allowed.tabs or self.allowed.lists or self.allowed.formulas)

    def _part(self, part: str) -> Iterator[str]:
        old, new = self.old, self.new
        if part == TYPES:
            yield from self._types()
        elif part.endswith(".rels"):
            yield from self._relations(part)
        elif old.parts[part] == new.parts[part] or part == old.workbook:
            return  # the workbook is compared on its own, once
        elif part == old.related("styles"):
            yield from styles_differences(part, old.tree(part), new.tree(part))
        elif part in self.titles and self.allowed.touches(self.titles[part]):
            yield from sheet_differences(old, new, part, self.titles[part], self.allowed)
        elif part in self.allowed.parts:
            return
        else:
            yield from self._other(part)

    def _other(self, part: str) -> Iterator[str]:
        """A part where at most references grew or a pivot is to be refreshed."""
        norm = self.allowed.norm
        if part not in set(self.old.xml_parts()) or not self._may_change(part):
            yield f"{part}: changed"
            return
        for difference in differing(self.old.tree(part), self.new.tree(part), norm=norm):
            if not ("pivotCache" in self.old.types.of(part) and f"@{_REFRESHED}" in difference):
                yield f"{part}: {difference}"

    def _may_change(self, part: str) -> bool:
        return bool(self.allowed.grown) or "pivotCache" in self.old.types.of(part) or part.startswith("docProps/app")

    def _types(self) -> Iterator[str]:
        old, new = self.old.types, self.new.types
        for extension, kind in old.defaults.items():
            if new.defaults.get(extension) != kind:
                yield f"{TYPES}: the default of {extension} is lost"
        for part in old.listed:
            if part in self.new.parts and new.of(part) != old.of(part) and part not in self.remade_old:
                yield f"{TYPES}: the type of {part} became {new.of(part)!r}"
            elif part in self.new.parts and part.casefold() not in new.overrides and part not in self.remade_old:
                yield f"{TYPES}: the override of {part} is lost"

    def _relations(self, rels: str) -> Iterator[str]:
        owner = self.old.spelled(owner_of(rels))
        before, after = self.old.relations(owner), self.new.relations(owner)
        gone = self.old.parts.keys() - self.new.parts.keys()
        for relation in before:
            if relation not in after and relation.target not in gone and relation.target not in self.remade_old:
                yield f"{rels}: the relationship {relation.id} to {relation.target} is lost"
        for relation in after:
            if relation not in before and relation.target not in self.new.parts.keys() - self.old.parts.keys():
                yield f"{rels}: the relationship {relation.id} to {relation.target} is new"
