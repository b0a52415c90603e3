"""What a book holds, whatever program spelled it: things that a user would miss, each in its category.

The comparer asks whether anything changed; this asks what is gone, and so can judge editors that write every part anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from lxml import etree

from tests.lossless.allowed import Allowed
from tests.lossless.cells import cells_of, child, rows_of
from tests.lossless.looks import Looks
from tests.lossless.opened import Opened, SheetOf, attributes, local, opened, text_in
from tests.lossless.tables import said_by, text_of

_REMADE = {"calcChain", "sharedStrings", "styles", "worksheet", "hyperlink", "extended-properties", "core-properties"}
"""Kinds of parts that a program may make anew, or whose content is counted otherwise."""
_FURNITURE = (
    "mergeCell", "pane", "sheetProtection", "protectedRange", "pageSetup", "printOptions", "headerFooter", "brk",
    "ignoredError", "scenario", "cellWatch", "customSheetView", "control", "oleObject",
)  # fmt: skip
_LAYOUT = {"ht", "hidden", "outlineLevel", "collapsed", "width"}
_CHARTS = "Chart"
_SHAPES = {"pic", "sp", "grpSp", "cxnSp", "graphicFrame", "contentPart", "AlternateContent"}
_OF_A_CELL = {"values", "formulas", "cached values", "cell formats", "letters of several looks"}
_EPOCH = datetime(1899, 12, 30)


class Thing(NamedTuple):
    """Something that a book holds: its kind, its tab and where on it, and what tells it from others."""

    kind: str
    tab: str
    cell: str
    what: str


def lost(before: bytes, after: bytes, allowed: Allowed) -> Counter[str]:
    """How many things of each kind are gone, but for what the work may change."""
    old, new = inventory(opened(before)), inventory(opened(after))
    gone = _normal(old, allowed) - _normal(new, allowed)
    return Counter(thing.kind for thing in gone.elements() if not _is_allowed(thing, allowed))


def inventory(book: Opened) -> Counter[Thing]:
    """Everything that a book holds."""
    found = Counter(_parts(book))
    found.update(_of_the_workbook(book))
    looks = Looks(book)
    for sheet in book.sheets:
        if sheet.kind == "worksheet":
            found.update(_cells(book, sheet, looks))
            found.update(_beside_the_cells(sheet, book.tree(sheet.part)))
        found.update(_attached(book, sheet))
    return found


def _normal(things: Counter[Thing], allowed: Allowed) -> Counter[Thing]:
    found: Counter[Thing] = Counter()
    for thing, count in things.items():
        found[thing._replace(what=allowed.norm(thing.what))] += count
    return found


def _is_allowed(thing: Thing, allowed: Allowed) -> bool:
    if thing.kind == "cached values" and thing.cell in allowed.stale.get(thing.tab, ()):
        return True
    return thing.kind in _OF_A_CELL and allowed.cell(thing.tab, thing.cell)


def _parts(book: Opened) -> Iterator[Thing]:
    """The parts that relationships lead to, by their kind; of macros, their content."""
    for part in book.reached(""):
        for relation in book.relations(part):
            if relation.kind not in _REMADE and (relation.external or relation.target in book.parts):
                content = str(hash(book.parts[relation.target])) if relation.kind == "vbaProject" else ""
                yield Thing("pivots" if "pivot" in relation.kind else "parts", "", "", relation.kind + content)


def _of_the_workbook(book: Opened) -> Iterator[Thing]:
    root = book.tree(book.workbook)
    titles = [sheet.title for sheet in book.sheets]
    for title, sheet in zip(titles, book.sheets, strict=True):
        yield Thing("tabs", title, "", f"{sheet.kind} {sheet.element.get('state', 'visible')}")
    for name in root.iter("{*}definedName"):
        scope = name.get("localSheetId")
        yield Thing("names", titles[int(scope)] if scope else "", "", f"{name.get('name')}={_bare(name)}")
    for extension in root.iterfind("{*}extLst/{*}ext"):
        yield Thing("extensions", "", "", str(extension.get("uri")).upper())
    for element in root.iter("{*}customWorkbookView", "{*}workbookProtection", "{*}fileSharing"):
        yield Thing("layout", "", "", local(element))


def _cells(book: Opened, sheet: SheetOf, looks: Looks) -> Iterator[Thing]:
    tree = book.tree(sheet.part)
    for address, cell in cells_of(rows_of(book, sheet.part)):
        formula, value = child(cell, "f"), child(cell, "v")
        yield Thing("cell formats", sheet.title, address, looks.of(cell))
        if formula is not None:
            kind = str(formula.get("t", "")) if formula.get("t") in ("array", "dataTable") else ""
            yield Thing("formulas", sheet.title, address, kind)
            if value is not None and value.text:
                yield Thing("cached values", sheet.title, address, "")
        elif text := text_of(book, cell):
            yield Thing("values", sheet.title, address, _number(text))
        letters = said_by(book, cell)
        if letters is not None and (runs := len(letters.findall("{*}r"))):
            yield Thing("letters of several looks", sheet.title, address, str(runs))
        for key in ("cm", "vm"):
            if cell.get(key) not in (None, "0"):
                yield Thing("formulas" if key == "cm" else "drawings", sheet.title, address, key)
    for element in tree.iter("{*}row", "{*}col"):
        for key, said in attributes(element).items():
            if key in _LAYOUT and said not in ("0", "false"):
                at = str(element.get("r") or element.get("min"))
                yield Thing("layout", sheet.title, "", f"{local(element)} {at} {key}={_number(said)}")


def _beside_the_cells(sheet: SheetOf, tree: etree._Element) -> Iterator[Thing]:
    for element in tree.iter(*(f"{{*}}{name}" for name in _FURNITURE)):
        where = element.get("ref") or element.get("sqref") or element.get("id") or ""
        yield Thing("layout", sheet.title, "", f"{local(element)} {where}")
    for element in tree.iter("{*}dataValidation"):
        formula = child(element, "formula1")
        said = "" if formula is None else text_in(formula)
        yield Thing("validations", sheet.title, "", f"{element.get('type')} {_where(element)} {said}")
    for element in tree.iter("{*}conditionalFormatting"):
        for rule in element.iterfind("{*}cfRule"):
            yield Thing("conditional formats", sheet.title, "", f"{rule.get('type')} {_where(element)}")
    for element in tree.iter("{*}hyperlink"):
        yield Thing("links", sheet.title, str(element.get("ref")), str(element.get("tooltip")))
    for extension in tree.iterfind("{*}extLst/{*}ext"):
        yield Thing("extensions", sheet.title, "", str(extension.get("uri")).upper())
    for element in tree.iter("{*}sparkline"):
        yield Thing("extensions", sheet.title, "", f"sparkline {text_in(element)}")


def _attached(book: Opened, sheet: SheetOf) -> Iterator[Thing]:
    """What lies upon a sheet: drawings with their charts, comments, tables."""
    for part in book.reached(sheet.part) - {sheet.part, *(other.part for other in book.sheets)}:
        if not part.endswith(".xml"):
            continue
        root = book.tree(part)
        match local(root):
            case "wsDr":
                kinds = (shape for anchor in root for shape in anchor if local(shape) in _SHAPES)
                yield from (Thing("drawings", sheet.title, "", local(shape)) for shape in kinds)
                texts = (text_in(body).strip() for body in root.iter("{*}txBody"))
                yield from (Thing("drawings", sheet.title, "", text) for text in texts if text)
            case "chartSpace":
                yield from _chart(sheet, root)
            case "comments":
                for comment in root.iter("{*}comment"):
                    text = text_in(comment).strip()
                    yield Thing("comments", sheet.title, str(comment.get("ref")), text)
            case "table":
                yield Thing("tables", sheet.title, "", f"{root.get('displayName')} {root.get('totalsRowCount', '0')}")
                for column in root.iter("{*}tableColumn"):
                    calculated = child(column, "calculatedColumnFormula") is not None
                    yield Thing("tables", sheet.title, "", f"{column.get('name')} {calculated}")


def _chart(sheet: SheetOf, root: etree._Element) -> Iterator[Thing]:
    for element in root.iter():
        name = local(element)
        if name.endswith(_CHARTS) or name in ("ser", "trendline", "errBars", "dLbls", "title", "data"):
            yield Thing("charts", sheet.title, "", name)
        if name == "f":
            yield Thing("charts", sheet.title, "", _bare(element))


def _where(element: etree._Element) -> str:
    """The range of a validation or a format; newer Excel keeps it in a child."""
    ranges = child(element, "sqref")
    return str(element.get("sqref") or ("" if ranges is None else ranges.text))


def _bare(element: etree._Element) -> str:
    """A reference without the signs that a program may leave out."""
    return str(element.text).replace("$", "").replace("'", "")


def _number(text: str) -> str:
    """A number or a day in one spelling, anything else as it is."""
    with suppress(ValueError):
        return f"{(datetime.fromisoformat(text).replace(tzinfo=None) - _EPOCH) / timedelta(days=1):.9g}"
    try:
        return f"{float(text):.9g}"
    except ValueError:
        return text
