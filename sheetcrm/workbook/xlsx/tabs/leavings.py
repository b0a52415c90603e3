"""What a tab that is drawn anew leaves behind: parts that nothing leads to any more once its relationships are cut."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sheetcrm.errors import GuardError
from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.parts import Relation, SheetPart, attribute, local

_CACHE = "pivotCacheDefinition"
_SLICERS = frozenset({"slicer", "timeline"})
_SLICER_CACHES = frozenset({"slicerCache", "timelineCache"})


def check_spare(draft: Draft, sheet: SheetPart) -> None:
    """Do nothing if a tab can be drawn anew without breaking what belongs to others.

    Raises:
        GuardError: If it holds a slicer, or a slicer elsewhere filters the pivot table on it: their caches lie in the
            workbook, and Excel finds the book damaged where a cache speaks of what is gone.
    """
    own = any(relation.kind in _SLICERS for relation in draft.relations(sheet.part))
    if own or _number(draft, sheet) in _filtered(draft):
        raise GuardError(
            msg("{book}: a slicer belongs to the tab {tab}, which is to be drawn anew.",
                book=draft.package.name, tab=sheet.title),
            msg("Delete the slicer, or rename the tab to keep both."),
        )  # fmt: skip


def _number(draft: Draft, sheet: SheetPart) -> str:
    elements = (element for element in draft.tree(draft.workbook).iter() if local(element) == "sheet")
    return next((str(element.get("sheetId")) for element in elements if element.get("name") == sheet.title), "")


def _filtered(draft: Draft) -> set[str]:
    """The numbers of the sheets whose pivot tables a slicer or a timeline filters."""
    caches = [relation.target for relation in draft.relations(draft.workbook) if relation.kind in _SLICER_CACHES]
    elements = (element for part in caches if part in draft for element in draft.tree(part).iter())
    return {str(element.get("tabId")) for element in elements if local(element) == "pivotTable"}


def cut(draft: Draft, sheets: Sequence[SheetPart]) -> set[str]:
    """Cut the relationships of these sheets.

    Returns:
        The parts that nothing leads to now. They are still there, without relationships, for their names to be used
        again; whoever asked removes those that are not.
    """
    own = _reached(draft, [relation for sheet in sheets for relation in draft.relations(sheet.part)])
    for sheet in sheets:
        _unrelate(draft, sheet.part)
    _drop_caches(draft, own)
    left = own - _reached(draft, draft.relations(""))
    for part in left:
        _unrelate(draft, part)
    return left


def _reached(draft: Draft, starts: Iterable[Relation], without: Collection[Relation] = ()) -> set[str]:
    """All parts that these relationships lead to, directly or not."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        relation = waiting.pop()
        part = relation.target
        if not relation.external and part not in found and part in draft and relation not in without:
            found.add(part)
            waiting += draft.relations(part)
    return found


def _unrelate(draft: Draft, part: str) -> None:
    for relation in draft.relations(part):
        draft.unrelate(part, relation.id)


def _drop_caches(draft: Draft, own: set[str]) -> None:
    """Let the workbook forget the data of pivot tables that were on these sheets only."""
    ours = [found for found in draft.relations(draft.workbook) if found.kind == _CACHE and found.target in own]
    if not ours:
        return
    needed = _reached(draft, draft.relations(""), without=ours)
    for relation in ours:
        if relation.target not in needed:
            _forget_cache(draft, relation)


def _forget_cache(draft: Draft, relation: Relation) -> None:
    root = draft.edit(draft.workbook)
    for element in [found for found in root.iter() if local(found) == "pivotCache"]:
        group = element.getparent()
        if attribute(element, "id") == relation.id and group is not None:
            group.remove(element)
            above = group.getparent()
            if not len(group) and above is not None:
                above.remove(group)
    draft.unrelate(draft.workbook, relation.id)
