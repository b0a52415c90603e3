"""Cell formats of a book: a new one is appended, an equal one is used again, none is ever renumbered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.order import child, children, fresh, placed, put_in
from sheetcrm.workbook.xlsx.parts import local, parse

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"

GENERAL = "General"
BUILT_IN: Mapping[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Number formats that no book spells out (ECMA-376 part 1, 18.8.30)."""

# In a number format: quoted texts, single letters, and brackets but those of elapsed time.
_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_MOMENT = re.compile("[dmyhs]", re.IGNORECASE)
_DAY = re.compile("[dy]", re.IGNORECASE)

_FIRST_OWN = 164
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
# As the schema orders them.
_GROUPS = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
)  # fmt: skip
_FONT = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
    "charset", "scheme",
)  # fmt: skip
_LEAST = """<styleSheet xmlns="{}">
<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""

Key = tuple[str, tuple[tuple[str, str], ...], str, tuple["Key", ...]]
"""An element as a value: its name, its attributes in order, its text, what is in it; namespaces left aside."""


class Adopted(NamedTuple):
    """What the formats of another book are called here, by the numbers that they had there."""

    cell: Mapping[int, int]
    dxf: Mapping[int, int]


class Styles:
    """The cell formats of a draft; every answer is the number of a format that the book has from then on."""

    def __init__(self, draft: Draft) -> None:
        """Look when asked; nothing changes until something new is wanted."""
        self._draft = draft
        self._known: dict[str, dict[Key, int]] = {}
        self._counted: dict[str, int] = {}
        self._said: dict[int, str] = {}
        self._made: dict[tuple[int, tuple[tuple[str, str], ...]], int] = {}

    def code(self, style: int) -> str:
        """The number format of a cell format: `dd.mm.yyyy`."""
        if style not in self._said:
            number = int(self._xf(style).get("numFmtId", "0"))
            self._said[style] = self._codes().get(number) or BUILT_IN.get(number, GENERAL)
        return self._said[style]

    def dated(self, style: int, code: str) -> int:
        """The same format with a number format: itself where it has that one."""
        if self.code(style) == code:
            return style
        return self._with(style, numFmtId=str(self._number_of(code)), applyNumberFormat="1")

    def general(self, style: int) -> int:
        """The same format showing numbers as they are."""
        return self.dated(style, GENERAL)

    def quoted(self, style: int) -> int:
        """The same format for a text that looks like a formula."""
        return self._with(style, quotePrefix="1")

    def tinted(self, style: int, ink: str, fill: str, bold: bool = False) -> int:
        """The same format in other colours.

        Args:
            style: The format to start from; its typeface, size, borders, alignment and number format stay.
            ink: The colour of the letters, `RRGGBB`.
            fill: The background, `RRGGBB`.
            bold: Whether the letters are bold.
        """
        font = self._find("fonts", self._inked(int(self._xf(style).get("fontId", "0")), ink, bold))
        back = self._find("fills", self._solid(fill))
        return self._with(style, fontId=str(font), fillId=str(back), applyFont="1", applyFill="1")

    def _with(self, style: int, **attributes: str) -> int:
        """The same format, some of its attributes different."""
        key = style, tuple(attributes.items())
        if key not in self._made:
            xf = self._xf(style)
            xf.attrib.update(list(attributes.items()))
            self._made[key] = self._find("cellXfs", xf)
        return self._made[key]

    def adopt(self, other: etree._Element) -> Adopted:
        """Take over the formats of another book; its format of unformatted cells becomes that of this one.

        Args:
            other: The tree of the other book's styles part.
        """
        codes = _codes_in(other)
        cell = {0: 0}
        for number, xf in enumerate(_group(other, "cellXfs")):
            if number:
                cell[number] = self._find("cellXfs", self._rebased(other, xf, codes))
        return Adopted(cell, {at: self._find("dxfs", dxf) for at, dxf in enumerate(_group(other, "dxfs"))})

    def _rebased(self, other: etree._Element, xf: etree._Element, codes: Mapping[int, str]) -> etree._Element:
        """A cell format of another book with the numbers that its pieces have here."""
        own = deepcopy(xf)
        for attribute, name in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
            pieces = _group(other, name)
            own.set(attribute, str(self._find(name, pieces[int(xf.get(attribute, "0"))])))
        number = int(xf.get("numFmtId", "0"))
        own.set("numFmtId", str(self._number_of(codes.get(number) or BUILT_IN.get(number, GENERAL))))
        own.set("xfId", self._normal)
        return own

    @cached_property
    def _normal(self) -> str:
        """The number of the base format that the style `Normal` has."""
        styles = (style for style in _group(self._tree(), "cellStyles") if style.get("builtinId") == "0")
        return next((str(style.get("xfId", "0")) for style in styles), "0")

    def _xf(self, style: int) -> etree._Element:
        """A copy of a cell format, to be changed; of the first one where there is none of that number."""
        known = _group(self._tree(), "cellXfs") or _group(self._least(), "cellXfs")
        return deepcopy(known[style if style < len(known) else 0])

    def _inked(self, font: int, ink: str, bold: bool) -> etree._Element:
        known = _group(self._tree(), "fonts") or _group(self._least(), "fonts")
        own = deepcopy(known[font if font < len(known) else 0])
        for gone in (*children(own, "b"), *children(own, "color")):
            own.remove(gone)
        put_in(own, fresh(own, "color", rgb=f"FF{ink}"), _FONT)
        if bold:
            put_in(own, fresh(own, "b"), _FONT)
        return own

    def _solid(self, colour: str) -> etree._Element:
        fill = fresh(self._tree(), "fill")
        pattern = fresh(fill, "patternFill", patternType="solid")
        pattern.append(fresh(fill, "fgColor", rgb=f"FF{colour}"))
        pattern.append(fresh(fill, "bgColor", indexed="64"))
        fill.append(pattern)
        return fill

    def _codes(self) -> dict[int, str]:
        return _codes_in(self._tree())

    def _number_of(self, code: str) -> int:
        """The number of a number format, a new one where no format says the same."""
        own = self._codes()
        every = {number: said for number, said in BUILT_IN.items() if number not in own} | own
        found = next((number for number, said in every.items() if said == code), None)
        if found is None:
            found = max([_FIRST_OWN - 1, *own]) + 1
            root = self._edited()
            self._append("numFmts", fresh(root, "numFmt", numFmtId=str(found), formatCode=code))
        return found

    def _find(self, group: str, wanted: etree._Element) -> int:
        """The number of an equal element of a group, appended where there is none."""
        key = _key(wanted)
        found = self._numbers(group).get(key)
        if found is None:
            found = self._append(group, wanted)
            self._known[group][key] = found
            self._counted[group] = found + 1
        return found

    def _numbers(self, group: str) -> Mapping[Key, int]:
        """The elements of a group by what they say; looked at anew if somebody else appended meanwhile."""
        standing = _group(self._tree(), group)
        if self._counted.get(group) != len(standing):
            self._known[group] = {}
            self._counted[group] = len(standing)
            for at, element in enumerate(standing):
                self._known[group].setdefault(_key(element), at)
        return self._known[group]

    def _append(self, group: str, element: etree._Element) -> int:
        root = self._edited()
        if child(root, group) is None:
            self._begin(root, group)
        parent = placed(root, group, _GROUPS)
        _copy_into(parent, element)
        count = len(children(parent))
        parent.set("count", str(count))
        return count - 1

    def _begin(self, root: etree._Element, group: str) -> None:
        """A group that a book left out begins with what every format without a number means."""
        for element in _group(self._least(), group):
            _copy_into(placed(root, group, _GROUPS), element)

    def _tree(self) -> etree._Element:
        return self._draft.tree(self._part) if self._part else self._least()

    def _edited(self) -> etree._Element:
        if not self._part:
            folder = self._draft.workbook.rpartition("/")[0]
            part = f"{folder}/styles.xml".lstrip("/")
            if part in self._draft:
                part = self._draft.free_name(f"{folder}/styles{{}}.xml".lstrip("/"))
            self._draft.put(part, etree.tostring(self._least(), encoding="UTF-8", xml_declaration=True), _TYPE)
            self._draft.relate(self._draft.workbook, "styles", part)
        return self._draft.edit(self._part)

    @property
    def _part(self) -> str:
        """The name of the styles part, "" where there is none."""
        related = self._draft.relations(self._draft.workbook)
        return next((found.target for found in related if found.kind == "styles" and found.target in self._draft), "")

    def _least(self) -> etree._Element:
        """The styles of a book that has none."""
        content = _LEAST.format(STRICT_MAIN if self._draft.strict else MAIN)
        return parse(self._draft.package.name, "styles.xml", content.encode())


def is_date(code: str) -> bool:
    """Whether a number format shows a date, a time, or both."""
    return code != GENERAL and _MOMENT.search(_LITERAL.sub("", code)) is not None


def shows_day(code: str) -> bool:
    """Whether a number format shows a day, not only a time."""
    return is_date(code) and _DAY.search(_LITERAL.sub("", code)) is not None


def _group(root: etree._Element, name: str) -> list[etree._Element]:
    found = child(root, name)
    return [] if found is None else children(found)


def _codes_in(root: etree._Element) -> dict[int, str]:
    return {int(known.get("numFmtId", "0")): str(known.get("formatCode", "")) for known in _group(root, "numFmts")}


def _key(element: etree._Element) -> Key:
    attributes = tuple(sorted((str(name), str(value)) for name, value in element.attrib.items()))
    return local(element), attributes, (element.text or "").strip(), tuple(map(_key, children(element)))


def _copy_into(parent: etree._Element, element: etree._Element) -> None:
    """Append a copy, in the parent's namespace where it comes from a book of the other kind."""
    name = etree.QName(element)
    namespace = etree.QName(parent).namespace if name.namespace in (MAIN, STRICT_MAIN) else name.namespace
    copy = etree.SubElement(parent, f"{{{namespace}}}{name.localname}")
    copy.attrib.update(dict(element.attrib))
    copy.text = element.text
    for inner in children(element):
        _copy_into(copy, inner)
