"""What a book's package holds: its sheets and what stands on them, macros, links, protection."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from sheetcrm.errors import CannotWriteError, SheetcrmError
from sheetcrm.table import MARK
from sheetcrm.text import msg
from sheetcrm.workbook.obstacles import Block
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.formula import Formula
from sheetcrm.workbook.xlsx.edit.references import area
from sheetcrm.workbook.xlsx.guards import check_writable
from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.parts import SheetPart, attribute, local

_LARGEST = 5
_DYNAMIC = re.compile(rb"<(?:[\w.-]+:)?c\s[^>]*?\scm\s*=")
_SHAPES = ("sp", "cxnSp")
_CHARTS = ("chart", "chartEx")


@dataclass(frozen=True, slots=True)
class ExcelTable:
    """An Excel table: its name, its range with the header, and whether it has a row of totals."""

    name: str
    area: str
    totals: bool


@dataclass(frozen=True, slots=True)
class PivotTable:
    """A pivot table.

    Attributes:
        name: What it is called.
        area: The cells that it fills.
        source: The range, table or name that it counts; "" for data from outside the book.
        ours: Whether sheetcrm made it.
    """

    name: str
    area: str
    source: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Formulas:
    """The formulas of a sheet, in cells.

    Attributes:
        count: All of them.
        uncached: Those that were never calculated.
        shared: Those that share a text.
        arrays: Array formulas, and the ranges that they fill.
        dynamic: Those that spill, or cells of a rich type.
        data_tables: What-if tables.
    """

    count: int = 0
    uncached: int = 0
    shared: int = 0
    arrays: tuple[str, ...] = ()
    dynamic: int = 0
    data_tables: int = 0


@dataclass(frozen=True, slots=True)
class InspectedSheet:
    """A sheet, and what stands on it.

    Attributes:
        title: Its name.
        kind: `worksheet`, `chartsheet`, `dialogsheet`, `xlMacrosheet`…
        state: `visible`, `hidden` or `veryHidden`.
        protected: Whether it is protected; sheetcrm writes to it all the same.
        formulas: Its formulas.
        tables: Its Excel tables.
        pivots: Its pivot tables.
        counts: How many of each other thing stand on it: `charts`, `pictures`, `shapes`, `controls`, `objects`,
            `comments`, `threads`, `links`, `sparklines`, `validations`, `formats` (conditional), `merged`, `slicers`,
            `queries`; only those that there are.
    """

    title: str
    kind: str
    state: str
    protected: bool = False
    formulas: Formulas = field(default_factory=Formulas)
    tables: tuple[ExcelTable, ...] = ()
    pivots: tuple[PivotTable, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a book's package holds.

    Attributes:
        book: What to call it.
        size: In bytes.
        parts: How many parts it has.
        largest: The largest of them by the bytes they take in the file.
        epoch: The year that its days are counted from: 1900 or 1904.
        strict: Whether it is written in the Strict form of the format.
        macros: Whether it holds macros; they are kept.
        signed: Whether it is digitally signed.
        shared: Whether it keeps the change history of a shared book.
        locked: Whether its list of tabs is protected.
        reserved: Whether it asks to be opened for reading only.
        names: How many names are defined, those of print areas and filters left out.
        books: The other books that it links to.
        connections: The names of its connections to outside data.
        data_model: Whether it has a data model (Power Pivot).
        custom: How many parts belong to other programs (custom XML).
        sheets: Its sheets in order.
        refused: Why no command may write to it or to one of its sheets.
    """

    book: str
    size: int
    parts: int
    largest: tuple[tuple[str, int], ...]
    epoch: int
    strict: bool
    macros: bool
    signed: bool
    shared: bool
    locked: bool
    reserved: bool
    names: int
    books: tuple[str, ...]
    connections: tuple[str, ...]
    data_model: bool
    custom: int
    sheets: tuple[InspectedSheet, ...]
    refused: tuple[SheetcrmError, ...]


def inspect(package: Package) -> Inspection:
    """Look through a package; nothing is changed.

    Raises:
        CannotReadError: If it is damaged.
    """
    draft = Draft(package)
    refused = list(_refused(package))
    sheets = tuple(_sheet(draft, sheet, refused) for sheet in draft.sheets())
    kinds = Counter(relation.kind for relation in draft.relations(draft.workbook))
    outer = Counter(relation.kind for relation in draft.relations(""))
    elements = Counter(local(element) for element in draft.tree(draft.workbook))
    return Inspection(
        book=package.name,
        size=len(package.data),
        parts=len(package.entries),
        largest=_largest(package),
        epoch=1904 if draft.date1904 else 1900,
        strict=draft.strict,
        macros=bool(kinds["vbaProject"]),
        signed=bool(outer["origin"]),
        shared=bool(kinds["revisionHeaders"] or kinds["usernames"]),
        locked=any(_is_on(found.get("lockStructure")) for found in _all(draft, "workbookProtection")),
        reserved=bool(elements["fileSharing"]),
        names=sum(not str(name.get("name", "")).startswith("_xlnm.") for name in _all(draft, "definedName")),
        books=tuple(_books(draft)),
        connections=tuple(_connections(draft)),
        data_model=bool(kinds["powerPivotData"]),
        custom=kinds["customXml"] + outer["customXml"],
        sheets=sheets,
        refused=tuple(refused),
    )


def blocks(found: Inspection) -> Iterator[Block]:
    """The cells of a book that belong together: pivots, arrays, and Excel tables."""
    for sheet in found.sheets:
        named = [
            *((msg("the pivot table {name}", name=pivot.name), pivot.area) for pivot in sheet.pivots),
            *((msg("the Excel table {name}", name=table.name), table.area) for table in sheet.tables),
            *((msg("an array formula"), filled) for filled in sheet.formulas.arrays),
        ]
        for what, text in named:
            cells = area(text)
            if cells is not None:
                top, left, bottom, right = cells
                yield Block(sheet.title, what, (top, left), (bottom, right))


def _refused(package: Package) -> Iterator[SheetcrmError]:
    try:
        check_writable(package, force=False)
    except SheetcrmError as stop:
        yield stop


def _largest(package: Package) -> tuple[tuple[str, int], ...]:
    packed = sorted(((entry.compress_size, part) for part, entry in package.entries.items()), reverse=True)
    return tuple((part, size) for size, part in packed[:_LARGEST])


def _all(draft: Draft, name: str) -> Iterator[etree._Element]:
    return (element for element in draft.tree(draft.workbook).iter() if local(element) == name)


def _is_on(flag: str | None) -> bool:
    return flag in ("1", "true", "on")


def _books(draft: Draft) -> Iterator[str]:
    for relation in draft.relations(draft.workbook):
        if relation.kind == "externalLink" and relation.target in draft:
            yield from (link.target for link in draft.relations(relation.target) if link.external)


def _connections(draft: Draft) -> Iterator[str]:
    for relation in draft.relations(draft.workbook):
        if relation.kind == "connections" and relation.target in draft:
            yield from (str(element.get("name", "")) for element in draft.tree(relation.target) if local(element))


def _sheet(draft: Draft, sheet: SheetPart, refused: list[SheetcrmError]) -> InspectedSheet:
    if sheet.kind != "worksheet":
        return InspectedSheet(sheet.title, sheet.kind, sheet.state, counts=_counts(draft, sheet, ()))
    try:
        opened = draft.sheet(sheet.title)
    except CannotWriteError as stop:
        # It is read, but cannot be changed: that is worth knowing before a command says it.
        refused.append(stop)
        return InspectedSheet(sheet.title, sheet.kind, sheet.state, counts=_counts(draft, sheet, ()))
    elements = list(opened.frame().iter())
    dynamic = len(_DYNAMIC.findall(draft.read(sheet.part)))
    return InspectedSheet(
        sheet.title,
        sheet.kind,
        sheet.state,
        protected=any(local(element) == "sheetProtection" and _is_on(element.get("sheet")) for element in elements),
        formulas=_formulas(opened.formulas(), dynamic),
        tables=tuple(_tables(draft, sheet)),
        pivots=tuple(_pivots(draft, sheet)),
        counts=_counts(draft, sheet, elements),
    )


def _formulas(formulas: Iterable[Formula], dynamic: int) -> Formulas:
    kinds: Counter[str] = Counter()
    uncached = 0
    arrays: list[str] = []
    for formula in formulas:
        kinds[formula.kind] += 1
        uncached += not formula.cached
        if formula.kind == "array":
            arrays.append(formula.area)
    return Formulas(kinds.total(), uncached, kinds["shared"], tuple(arrays), dynamic, kinds["dataTable"])


def _related(draft: Draft, part: str, *kinds: str) -> Iterator[str]:
    """The parts that a part leads to by relationships of these kinds."""
    for relation in draft.relations(part):
        if relation.kind in kinds and not relation.external and relation.target in draft:
            yield relation.target


def _tables(draft: Draft, sheet: SheetPart) -> Iterator[ExcelTable]:
    for part in _related(draft, sheet.part, "table"):
        root = draft.tree(part)
        name = str(root.get("displayName") or root.get("name", ""))
        yield ExcelTable(name, str(root.get("ref", "")), root.get("totalsRowCount", "0") != "0")


def _pivots(draft: Draft, sheet: SheetPart) -> Iterator[PivotTable]:
    for part in _related(draft, sheet.part, "pivotTable"):
        root = draft.tree(part)
        area = next((str(element.get("ref", "")) for element in root if local(element) == "location"), "")
        source = next((_source(draft.tree(cache)) for cache in _related(draft, part, "pivotCacheDefinition")), "")
        yield PivotTable(str(root.get("name", "")), area, source, sheet.title.startswith(MARK))


def _source(cache: etree._Element) -> str:
    """Where a pivot's records come from: `Deals!A1:F50`, or the name of a table."""
    found = next((element for element in cache.iter() if local(element) == "worksheetSource"), None)
    if found is None or attribute(found, "id"):
        return ""
    named = str(found.get("name", ""))
    return named or f"{found.get('sheet', '')}!{found.get('ref', '')}"


def _counts(draft: Draft, sheet: SheetPart, elements: Iterable[etree._Element]) -> dict[str, int]:
    inside = Counter(local(element) for element in elements)
    kinds = Counter(relation.kind for relation in draft.relations(sheet.part))
    drawings = list(_related(draft, sheet.part, "drawing"))
    drawn = Counter(local(element) for part in drawings for element in draft.tree(part).iter())
    found = {
        "charts": sum(len(list(_related(draft, part, *_CHARTS))) for part in drawings),
        "pictures": drawn["pic"],
        "shapes": sum(drawn[name] for name in _SHAPES),
        "controls": kinds["ctrlProp"] + kinds["control"],
        "objects": kinds["oleObject"] + kinds["package"],
        "comments": sum(_comments(draft, sheet, "comments", "comment")),
        "threads": sum(_comments(draft, sheet, "threadedComment", "threadedComment")),
        "links": inside["hyperlink"],
        "sparklines": inside["sparkline"],
        "validations": inside["dataValidation"],
        "formats": inside["cfRule"],
        "merged": inside["mergeCell"],
        "slicers": kinds["slicer"] + kinds["timeline"],
        "queries": kinds["queryTable"] + sum(len(list(_related(draft, part, "queryTable"))) for part in
                                             _related(draft, sheet.part, "table")),
    }  # fmt: skip
    return {name: count for name, count in found.items() if count}


def _comments(draft: Draft, sheet: SheetPart, kind: str, name: str) -> Iterator[int]:
    """How many comments each part holds; an answer in a thread is none of its own."""
    for part in _related(draft, sheet.part, kind):
        yield sum(local(element) == name and element.get("parentId") is None for element in draft.tree(part).iter())
