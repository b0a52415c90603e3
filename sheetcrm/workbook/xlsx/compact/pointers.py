"""Names, rules, sparklines, links, controls and charts while rows are taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from sheetcrm.text import msg
from sheetcrm.workbook.cells import LAST_ROW
from sheetcrm.workbook.xlsx.compact.formulas import check_name
from sheetcrm.workbook.xlsx.compact.removal import Removal
from sheetcrm.workbook.xlsx.compact.work import Compaction, address
from sheetcrm.workbook.xlsx.edit.grammar import Ref, references
from sheetcrm.workbook.xlsx.edit.pointers import Pointer, pointers, ranges_of
from sheetcrm.workbook.xlsx.edit.references import area
from sheetcrm.workbook.xlsx.parts import attribute, local

_CACHES = ("numCache", "strCache")
_BY_POINT = ("dPt", "dLbl")
_VALUES = ("val", "yVal")
_BY_NUMBER = msg("some of its points are known by their numbers")


def move_pointers(work: Compaction) -> None:
    """Let everything outside the cells that refers to cells follow the rows."""
    for pointer in list(pointers(work.draft)):
        place = _place(pointer)
        match pointer.kind:
            case "name":
                text = _name(work, pointer, place)
            case "rule":
                text = _rule(work, pointer, place)
            case "link" if attribute(pointer.element, "id"):
                continue  # into another file, whose rows are none of ours
            case _ if _goes(work, pointer):
                continue
            case "chart":
                text = _chart(work, pointer, place)
            case _:
                text = work.followed(pointer.text, pointer.sheet, place)
        if text != pointer.text:
            pointer.say(work.draft, text)


def _place(pointer: Pointer) -> str:
    if pointer.kind == "name":
        return pointer.name
    if pointer.kind == "chart":
        return f"{pointer.sheet}: {pointer.part.rpartition('/')[2]}"
    owner = _owner(pointer.element)
    return f"{address(pointer.sheet, 1, 0).partition('!')[0]}!{_cells(owner)}"


def _owner(element: etree._Element) -> etree._Element:
    """The element that says on which cells something lies; the thing itself where none does."""
    return next((found for found in (element, *element.iterancestors()) if _cells(found)), element)


def _cells(element: etree._Element) -> str:
    return ranges_of(element) or str(element.get("ref") or "")


def _goes(work: Compaction, pointer: Pointer) -> bool:
    """Whether a sparkline or a link lies only on rows that go, and goes with them."""
    cells = _cells(pointer.element if pointer.kind == "link" else _owner(pointer.element))
    return pointer.kind in ("sparkline", "link") and bool(cells) and not work.removal(pointer.sheet).ranges(cells)


def _name(work: Compaction, pointer: Pointer, place: str) -> str:
    check_name(work, pointer.text, place)
    for ref in references(pointer.text, pointer.sheet):
        if ref.spelled and not ref.fixed:
            work.stop(work.resolver.sheets(ref), place, msg("it counts from the cell that asks for it"))
    return work.followed(pointer.text, pointer.sheet, place)


def _rule(work: Compaction, pointer: Pointer, place: str) -> str:
    removal = work.removal(pointer.sheet)
    cells = _cells(_owner(pointer.element))
    left = removal.ranges(cells)
    if cells and not left:
        return pointer.text  # it goes with its rows
    base, moved = area(cells.partition(" ")[0]), area(left.partition(" ")[0])
    if base is None or moved is None:
        return work.followed(pointer.text, pointer.sheet, place)
    if base[1] != moved[1]:
        work.stop([pointer.sheet], place, msg("its first range is blank"))
    return work.based(pointer.text, pointer.sheet, place, base[0], moved[0])


def _chart(work: Compaction, pointer: Pointer, place: str) -> str:
    """A series' reference, with the points that the chart remembers of it."""
    refs = list(references(pointer.text, pointer.sheet))
    shrinking = [ref for ref in refs if _removal(work, ref).hits(ref.top, ref.bottom) and ref.bottom < LAST_ROW]
    if shrinking:
        _check_series(work, pointer, place)
        indexes = _indexes(work, refs)
        if indexes is None and _has_points(pointer.element):
            work.stop([title for ref in shrinking for title in work.resolver.sheets(ref)], place, _BY_NUMBER)
        _move_points(pointer.element, indexes)
    return work.followed(pointer.text, pointer.sheet, place)


def _removal(work: Compaction, ref: Ref) -> Removal:
    return work.removal(next(iter(work.resolver.sheets(ref)), ""))


def _indexes(work: Compaction, refs: list[Ref]) -> dict[int, int] | None:
    """The new index of each point that stays; None where it cannot be told."""
    if len(refs) != 1 or refs[0].left != refs[0].right:
        return None
    removal, ref = _removal(work, refs[0]), refs[0]
    rows = range(ref.top, ref.bottom + 1)
    first = removal.moved(ref.top)
    return {at: removal.moved(row) - first for at, row in enumerate(rows) if row not in removal}


def _check_series(work: Compaction, pointer: Pointer, place: str) -> None:
    """The ranges of one series are drawn row by row: they must shrink alike."""
    series = _series(pointer.element)
    lengths: dict[int, set[int]] = {}
    titles: set[str] = set()
    for element in series.iter() if series is not None else ():
        for ref in references(element.text or "", pointer.sheet) if local(element) == "f" else ():
            rows = _removal(work, ref).shrunk(ref.top, ref.bottom)
            if rows is not None and ref.top < ref.bottom < LAST_ROW:
                lengths.setdefault(ref.bottom - ref.top, set()).add(rows[1] - rows[0])
                titles.update(work.resolver.sheets(ref))
    if any(len(found) > 1 for found in lengths.values()):
        work.stop(titles, place, msg("it draws rows of two ranges side by side, and only one would become shorter"))


def _series(element: etree._Element) -> etree._Element | None:
    return next((parent for parent in element.iterancestors() if local(parent) == "ser"), None)


def _move_points(formula: etree._Element, indexes: dict[int, int] | None) -> None:
    """Renumber what a chart remembers point by point; what cannot be told is forgotten, and drawn from the cells."""
    holder = formula.getparent()
    if holder is None:
        return
    for cache in [found for found in holder if local(found) in _CACHES]:
        if indexes is None:
            holder.remove(cache)
            continue
        _renumber([found for found in cache if local(found) == "pt"], indexes)
        for count in _children(cache, "ptCount"):
            count.set("val", str(len(indexes)))
    series = _series(formula)
    if indexes is not None and series is not None and _is_values(formula):
        for found in [found for found in series.iter() if local(found) in _BY_POINT]:
            _renumber_child(found, indexes)


def _has_points(formula: etree._Element) -> bool:
    """Whether some points of the series look or are labelled otherwise than the rest."""
    series = _series(formula)
    return series is not None and any(local(element) in _BY_POINT for element in series.iter())


def _is_values(formula: etree._Element) -> bool:
    return any(local(parent) in _VALUES for parent in formula.iterancestors())


def _renumber(points: Iterable[etree._Element], indexes: dict[int, int]) -> None:
    for point in points:
        new = indexes.get(int(point.get("idx", "0")))
        if new is not None:
            point.set("idx", str(new))
        elif (parent := point.getparent()) is not None:
            parent.remove(point)


def _renumber_child(point: etree._Element, indexes: dict[int, int]) -> None:
    for index in _children(point, "idx"):
        new = indexes.get(int(index.get("val", "0")))
        if new is not None:
            index.set("val", str(new))
        elif (parent := point.getparent()) is not None:
            parent.remove(point)


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if local(child) == name)
