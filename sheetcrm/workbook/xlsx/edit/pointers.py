"""What points at cells from outside the cells: names, rules, sparklines, links, controls and charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.references import Area, area
from sheetcrm.workbook.xlsx.edit.tables import worksheets
from sheetcrm.workbook.xlsx.parts import SheetPart, local

_RULES = frozenset({"dataValidation", "cfRule"})
_RULE_FORMULAS = frozenset({"formula", "formula1", "formula2", "f"})
_ATTRIBUTES = {
    "hyperlink": ("link", ("location",)),
    "controlPr": ("control", ("linkedCell", "listFillRange")),
    "formControlPr": ("control", ("fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx")),
    "sp": ("control", ("textlink",)),
}


class Pointer(NamedTuple):
    """A text outside the cells that refers to cells.

    Attributes:
        kind: `name`, `rule` (of a validation or a conditional format), `sparkline`, `link`, `control` or `chart`.
        part: The part that it stands in, "" for the sheet's own XML.
        sheet: The title of the sheet that a reference without one means, "" where that is unknown.
        element: The element that says it.
        attribute: The attribute that says it, "" for the element's text.
        lies: The cells that a rule or a sparkline lies on, the first rectangle of them; None for anything else.
        name: The name's name.
    """

    kind: str
    part: str
    sheet: str
    element: etree._Element
    attribute: str = ""
    lies: Area | None = None
    name: str = ""

    @property
    def text(self) -> str:
        """What it says."""
        return str(self.element.get(self.attribute) or "") if self.attribute else self.element.text or ""

    def say(self, draft: Draft, text: str) -> None:
        """Let it say something else."""
        if self.part:
            draft.edit(self.part)
        else:
            draft.sheet(self.sheet).edit_frame()
        if self.attribute:
            self.element.set(self.attribute, text)
        else:
            self.element.text = text


def pointers(draft: Draft) -> Iterator[Pointer]:
    """Everything outside the cells that refers to cells, but pivots."""
    yield from defined_names(draft)
    for sheet in worksheets(draft):
        yield from _in_frame(draft, sheet)
        yield from _in_controls(draft, sheet)
    for sheet in draft.sheets():
        yield from _in_drawings(draft, sheet)


def defined_names(draft: Draft) -> Iterator[Pointer]:
    """The defined names; a sheet's own ones carry its title."""
    titles = [sheet.title for sheet in draft.sheets()]
    for element in draft.tree(draft.workbook).iter():
        if local(element) == "definedName":
            local_to = str(element.get("localSheetId", ""))
            known = local_to.isdecimal() and int(local_to) < len(titles)
            title = titles[int(local_to)] if known else ""
            yield Pointer("name", draft.workbook, title, element, name=str(element.get("name", "")))


def ranges_of(element: etree._Element) -> str:
    """The cells that a rule, a sparkline or the like lies on, as written: its `sqref`."""
    inside = next((child for child in element if local(child) == "sqref"), None)
    return str(element.get("sqref") or "") if inside is None else inside.text or ""


def _in_frame(draft: Draft, sheet: SheetPart) -> Iterator[Pointer]:
    for element in draft.sheet(sheet.title).frame().iter():
        word = local(element)
        if word in _RULES:
            yield from _in_rule(sheet.title, element)
        elif word in ("sparkline", "sparklineGroup"):
            lies = _lies(element)
            texts = (child for child in element if local(child) == "f")
            yield from (Pointer("sparkline", "", sheet.title, child, lies=lies) for child in texts)
        elif word in _ATTRIBUTES:
            yield from _in_attributes("", sheet.title, element)


def _lies(element: etree._Element) -> Area | None:
    return area(ranges_of(element).partition(" ")[0])


def _in_rule(title: str, rule: etree._Element) -> Iterator[Pointer]:
    owner = rule.getparent() if local(rule) == "cfRule" else rule
    lies = None if owner is None else _lies(owner)
    for element in rule.iter():
        if local(element) in _RULE_FORMULAS and element.text:
            yield Pointer("rule", "", title, element, lies=lies)
        elif local(element) == "cfvo" and element.get("type") == "formula":
            yield Pointer("rule", "", title, element, "val", lies)


def _in_attributes(part: str, title: str, element: etree._Element) -> Iterator[Pointer]:
    kind, names = _ATTRIBUTES[local(element)]
    yield from (Pointer(kind, part, title, element, name) for name in names if element.get(name))


def _in_controls(draft: Draft, sheet: SheetPart) -> Iterator[Pointer]:
    for relation in draft.relations(sheet.part):
        if relation.kind == "ctrlProp" and relation.target in draft:
            yield from _in_attributes(relation.target, sheet.title, draft.tree(relation.target))


def _in_drawings(draft: Draft, sheet: SheetPart) -> Iterator[Pointer]:
    for relation in draft.relations(sheet.part):
        if relation.kind != "drawing" or relation.target not in draft:
            continue
        for element in draft.tree(relation.target).iter():
            if local(element) == "sp":
                yield from _in_attributes(relation.target, sheet.title, element)
        for chart in draft.relations(relation.target):
            if chart.kind in ("chart", "chartEx") and chart.target in draft:
                for element in draft.tree(chart.target).iter():
                    if local(element) in ("f", "sqref") and element.text:
                        yield Pointer("chart", chart.target, sheet.title, element)
