"""What changed in the workbook's part and in the styles: sheets, names, views, calculation; formats only appended."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from tests.lossless.allowed import Allowed
from tests.lossless.cells import child
from tests.lossless.opened import Opened, SheetOf, attributes, childless, local
from tests.lossless.same import differing

_APART = ("sheets", "definedNames", "calcPr", "bookViews", "pivotCaches")
_LISTS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "dxfs")
_MAY_BEGIN = ("numFmts", "dxfs", "cellXfs")
_RECALCULATE = "fullCalcOnLoad"

Name = tuple[str, str]


def workbook_differences(old: Opened, new: Opened, allowed: Allowed) -> Iterator[str]:
    """The differences of the workbook's part."""
    before, after = old.tree(old.workbook), new.tree(new.workbook)
    found = [
        *differing(_frame(before), _frame(after)),
        *_sheets(old, new, allowed),
        *_names(old, new, allowed),
        *_calculation(before, after, allowed),
        *_views(old, new),
        *_pivot_caches(before, after, allowed),
    ]
    for difference in found:
        yield f"{old.workbook}: {difference}"


def styles_differences(part: str, before: etree._Element, after: etree._Element) -> Iterator[str]:
    """Formats may be appended, never changed or renumbered."""
    for element in before:
        other = after.find(element.tag) if isinstance(element.tag, str) else element
        if other is None:
            yield f"{part}: {local(element)} is lost"
        elif local(element) in _LISTS:
            yield from (f"{part}: {difference}" for difference in _appended(element, other))
        else:
            yield from (f"{part}: {difference}" for difference in differing(element, other))
    known = {local(element) for element in before}
    for element in after:
        if local(element) not in (*known, *_MAY_BEGIN):
            yield f"{part}: {local(element)} was added"


def _appended(before: etree._Element, after: etree._Element) -> Iterator[str]:
    if len(after) < len(before):
        yield f"{local(before)}: {len(before) - len(after)} lost"
    for number, (one, other) in enumerate(zip(before, after, strict=False)):
        for difference in differing(one, other):
            yield f"{local(before)} {number}: {difference}"


def _frame(workbook: etree._Element) -> etree._Element:
    bare = childless(workbook)
    for element in workbook:
        if local(element) not in _APART:
            bare.append(deepcopy(element))
    return bare


def _sheets(old: Opened, new: Opened, allowed: Allowed) -> Iterator[str]:
    after = {sheet.title: sheet for sheet in new.sheets}
    for sheet in old.sheets:
        if sheet.title not in after:
            yield f"the tab {sheet.title} is lost"
        elif _known(sheet) != _known(after[sheet.title]) and sheet.title not in allowed.tabs:
            yield f"the tab {sheet.title} is registered otherwise"
        elif sheet.element.get("sheetId") != after[sheet.title].element.get("sheetId"):
            yield f"the tab {sheet.title} has another sheetId"
    titles = [sheet.title for sheet in old.sheets]
    if [sheet.title for sheet in new.sheets if sheet.title in titles] != [title for title in titles if title in after]:
        yield "the tabs stand in another order"
    for title in after.keys() - set(titles) - set(allowed.tabs):
        yield f"the tab {title} appeared"


def _known(sheet: SheetOf) -> tuple[object, ...]:
    return sheet.part, sheet.kind, sorted(attributes(sheet.element).items())


def _names(old: Opened, new: Opened, allowed: Allowed) -> Iterator[str]:
    before, after = _by_name(old), _by_name(new)
    for key, element in before.items():
        if key not in after:
            if not _is_ours(key, element, allowed):
                yield f"the name {key[0]} is lost"
        elif not _is_ours(key, element, allowed):
            for difference in differing(_unscoped(element), _unscoped(after[key]), norm=allowed.norm):
                yield f"the name {key[0]}: {difference}"
    for key in after.keys() - before.keys():
        if not _is_ours(key, after[key], allowed) and not allowed.lists:
            yield f"the name {key[0]} appeared"


def _by_name(book: Opened) -> dict[Name, etree._Element]:
    """The names by themselves and the title of the tab they belong to."""
    titles = [sheet.title for sheet in book.sheets]
    found = {}
    for element in book.tree(book.workbook).iter("{*}definedName"):
        scope = element.get("localSheetId")
        found[str(element.get("name")), titles[int(scope)] if scope else ""] = element
    return found


def _is_ours(key: Name, element: etree._Element, allowed: Allowed) -> bool:
    """Whether a name belongs to a tab that is made anew, or speaks of nothing but it."""
    text = str(element.text or "")
    return key[1] in allowed.tabs or any(text.startswith((f"{tab}!", f"'{tab}'!")) for tab in allowed.tabs)


def _unscoped(name: etree._Element) -> etree._Element:
    """A tab's number may change when another is put before it."""
    bare = deepcopy(name)
    bare.attrib.pop("localSheetId", "")
    bare.tail = None
    return bare


def _calculation(before: etree._Element, after: etree._Element, allowed: Allowed) -> Iterator[str]:
    old, new = child(before, "calcPr"), child(after, "calcPr")
    if new is None:
        if old is not None:
            yield "calcPr is lost"
        return
    bare = deepcopy(new)
    if not allowed.nothing and bare.get(_RECALCULATE) == "1" and (old is None or old.get(_RECALCULATE) != "1"):
        del bare.attrib[_RECALCULATE]
    if old is not None:
        yield from differing(old, bare)
    elif len(bare.attrib):
        yield "calcPr appeared"


def _views(old: Opened, new: Opened) -> Iterator[str]:
    """The same windows on the same tabs, whatever their numbers."""
    before, after = (child(book.tree(book.workbook), "bookViews") for book in (old, new))
    if before is None or after is None:
        if before is not after:
            yield "bookViews is lost or new"
        return
    yield from differing(_titled(old, before), _titled(new, after))


def _titled(book: Opened, views: etree._Element) -> etree._Element:
    bare = deepcopy(views)
    for view in bare:
        at = int(str(view.get("activeTab", "0")))
        view.set("activeTab", book.sheets[at].title if at < len(book.sheets) else "")
    return bare


def _pivot_caches(before: etree._Element, after: etree._Element, allowed: Allowed) -> Iterator[str]:
    old, new = child(before, "pivotCaches"), child(after, "pivotCaches")
    if old is not None and new is not None:
        yield from differing(old, new, more=bool(allowed.tabs))
    elif old is not None:
        yield "pivotCaches are lost"
    elif new is not None and not allowed.tabs:
        yield "pivotCaches appeared"
