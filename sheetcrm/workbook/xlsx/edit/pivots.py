"""The user's own pivots: where their caches come from, and having them refreshed when the book is opened."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from lxml import etree

from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.references import area
from sheetcrm.workbook.xlsx.edit.resolve import Box, Resolver
from sheetcrm.workbook.xlsx.parts import attribute, local

_SOURCES = frozenset({"worksheetSource", "rangeSet"})


class PivotSource(NamedTuple):
    """Where the data of a pivot cache comes from.

    Attributes:
        part: The part of the cache's definition.
        element: The element that says it: a range by its attributes `sheet` and `ref`, or a name.
        boxes: The cells that it comes to now; None where a name may mean any.
    """

    part: str
    element: etree._Element
    boxes: list[Box] | None


def pivot_sources(draft: Draft) -> Iterator[PivotSource]:
    """The sources of all pivot caches within this book; those in other books are none of them."""
    resolver = Resolver(draft)
    for relation in draft.relations(draft.workbook):
        if relation.kind != "pivotCacheDefinition" or relation.target not in draft:
            continue
        for element in draft.tree(relation.target).iter():
            # With a relationship of its own it is a range of another book.
            if local(element) in _SOURCES and not attribute(element, "id"):
                yield PivotSource(relation.target, element, _boxes(resolver, element))


def _boxes(resolver: Resolver, element: etree._Element) -> list[Box] | None:
    title = resolver.title(str(element.get("sheet") or ""))
    name = element.get("name")
    if name:
        return resolver.named(str(name), title)
    corners = area(str(element.get("ref") or ""))
    return [Box(title, *corners)] if corners and title else []


def refresh(draft: Draft, titles: Collection[str]) -> None:
    """Have the pivots whose data lies on one of these sheets refreshed when the book is opened."""
    for source in list(pivot_sources(draft)):
        if source.boxes is None or any(box.sheet in titles for box in source.boxes):
            draft.edit(source.part).set("refreshOnLoad", "1")
