"""The book's list of its sheets and of its names, while tabs are added to it."""

from __future__ import annotations

from lxml import etree

from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.order import child, children, fresh, placed

_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "absPath", "workbookProtection",
    "bookViews", "sheets", "functionGroups", "externalReferences", "definedNames",
)  # fmt: skip
_REDRAWN = ("_xlnm.Print_Titles", "_xlnm._FilterDatabase")
"""Names of a tab that are drawn with it; what LibreOffice makes of the second begins with it."""

_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def titles(draft: Draft) -> list[str]:
    """The titles of all sheets as the list numbers them."""
    return [str(element.get("name", "")) for element in _sheets(draft.tree(draft.workbook))]


def add_sheet(draft: Draft, title: str, part: str, state: str, at: int) -> None:
    """List a new sheet; whatever counts sheets from the left goes on meaning the same ones.

    Args:
        draft: The book; the sheet's part is in it.
        title: What the sheet is called.
        part: The sheet's part.
        state: `visible`, `hidden` or `veryHidden`.
        at: How many sheets stand before it.
    """
    root = draft.edit(draft.workbook)
    group = placed(root, "sheets", _ORDER)
    standing = _sheets(root)
    element = fresh(
        group, "sheet", name=title, sheetId=str(1 + max(int(found.get("sheetId", "0")) for found in standing))
    )
    if state != "visible":
        element.set("state", state)
    element.set(_id_attribute(standing), draft.relate(draft.workbook, "worksheet", part))
    group.insert(group.index(standing[at]) if at < len(standing) else len(group), element)
    for name in _names(root):
        _shift(name, "localSheetId", at)
    for view in _views(root):
        if at == 0 and view.get("activeTab") is None:
            view.set("activeTab", "0")
        _shift(view, "activeTab", at)
        # Tabs that are shown from the first one on go on being so, or nobody would see the new one.
        _shift(view, "firstSheet", max(at, 1))


def _id_attribute(sheets: list[etree._Element]) -> str:
    """How this book spells the attribute that names a sheet's relationship."""
    names = (str(name) for sheet in sheets for name in sheet.attrib)
    return next((name for name in names if name.endswith("}id")), _OFFICE)


def _shift(element: etree._Element, attribute: str, at: int) -> None:
    """Count one sheet more in an attribute that numbers a sheet from that place on."""
    number = str(element.get(attribute, ""))
    if number.isdecimal() and int(number) >= at:
        element.set(attribute, str(int(number) + 1))


def _sheets(root: etree._Element) -> list[etree._Element]:
    group = child(root, "sheets")
    return [] if group is None else children(group, "sheet")


def _views(root: etree._Element) -> list[etree._Element]:
    """The windows of the book, one where there was none: the views of a frozen tab speak of it."""
    group = placed(root, "bookViews", _ORDER)
    if not len(group):
        group.append(fresh(group, "workbookView"))
    return children(group, "workbookView")


def _names(root: etree._Element) -> list[etree._Element]:
    group = child(root, "definedNames")
    return [] if group is None else children(group, "definedName")


def take_names(draft: Draft, drawn: etree._Element, redrawn: list[str]) -> None:
    """Bring the names of a drawn book into this one: each in the place of the one that was called so.

    Args:
        draft: The book.
        drawn: The tree of the drawn book's workbook part.
        redrawn: The titles of tabs that stood already and were drawn anew.
    """
    order = titles(draft)
    own = [str(sheet.get("name", "")) for sheet in _sheets(drawn)]
    wanted: dict[tuple[str, str], etree._Element] = {}
    for name in _names(drawn):
        at = name.get("localSheetId")
        wanted[str(name.get("name")), "" if at is None else str(order.index(own[int(at)]))] = name
    _drop_old(draft, {str(order.index(title)) for title in redrawn}, {_key(*key) for key in wanted})
    for key, name in wanted.items():
        _put(draft, key, name)


def _key(name: str, at: str) -> tuple[str, int]:
    return name.casefold(), int(at) if at else -1


def _key_of(name: etree._Element) -> tuple[str, int]:
    return _key(str(name.get("name", "")), str(name.get("localSheetId", "")))


def _drop_old(draft: Draft, redrawn: set[str], wanted: set[tuple[str, int]]) -> None:
    """The old print titles and filters of the tabs drawn anew go, unless there are new ones for their places."""
    for name in _names(draft.tree(draft.workbook)):
        ours = str(name.get("name", "")).startswith(_REDRAWN) and name.get("localSheetId") in redrawn
        if ours and _key_of(name) not in wanted:
            group = child(draft.edit(draft.workbook), "definedNames")
            assert group is not None
            group.remove(name)
            if not len(group):
                draft.edit(draft.workbook).remove(group)


def _put(draft: Draft, key: tuple[str, str], drawn: etree._Element) -> None:
    root = draft.edit(draft.workbook)
    group = placed(root, "definedNames", _ORDER)
    name = next((found for found in children(group) if _key_of(found) == _key(*key)), None)
    if name is None:
        name = fresh(group, "definedName", name=key[0])
        after = sum(_key_of(found) < _key(*key) for found in children(group))
        group.insert(after, name)
    if key[1]:
        name.set("localSheetId", key[1])
    if drawn.get("hidden"):
        name.set("hidden", "1")
    name.text = drawn.text
