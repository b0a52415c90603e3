"""What is broken inside one package, whatever it was before: parts, relationships, content types, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import cast

from lxml import etree

from tests.lossless.indices import indices_out_of_range
from tests.lossless.opened import TYPES, Opened, owner_of, relation_id
from tests.lossless.sheets import out_of_order, sheet_faults
from tests.lossless.tables import table_faults

_NAMED_RELATIONSHIPS = etree.XPath(
    "//@*[contains(namespace-uri(), '/officeDocument/') and contains(namespace-uri(), '/relationships')]"
)
_WORKBOOK_ORDER = [
    "fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "absPath", "workbookProtection",
    "bookViews", "sheets", "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
    "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr",
    "webPublishObjects", "extLst",
]  # fmt: skip


def faults(book: Opened) -> Iterator[str]:
    """Everything that is wrong with a package, in words; nothing for a sound one."""
    broken = set(_unreadable(book))
    if broken:
        yield from sorted(broken)
        return
    yield from _zip_faults(book)
    yield from _relationship_faults(book)
    yield from _type_faults(book)
    yield from _workbook_faults(book)
    yield from _pivot_faults(book)
    for sheet in book.sheets:
        if sheet.kind == "worksheet" and sheet.part in book.parts:
            yield from sheet_faults(book, sheet.part)
    yield from indices_out_of_range(book)
    yield from table_faults(book)


def _unreadable(book: Opened) -> Iterator[str]:
    for part in book.xml_parts():
        try:
            book.tree(part)
        except etree.XMLSyntaxError as error:
            yield f"{part}: not well-formed ({error.msg})"


def _zip_faults(book: Opened) -> Iterator[str]:
    for name, count in Counter(name.replace("\\", "/").casefold() for name in book.names).items():
        if count > 1:
            yield f"{name}: {count} entries of this name"


def _relationship_faults(book: Opened) -> Iterator[str]:
    for rels in (part for part in book.parts if part.endswith(".rels")):
        owner = book.spelled(owner_of(rels))
        if owner and owner not in book.parts:
            yield f"{rels}: relationships of a part that is not there"
            continue
        relations = book.relations(owner)
        for id, count in Counter(relation.id for relation in relations).items():
            if count > 1:
                yield f"{rels}: {count} relationships are called {id}"
        for relation in relations:
            if not relation.external and not relation.target.startswith("#") and relation.target not in book.parts:
                yield f"{rels}: {relation.id} leads to {relation.target}, which is not there"
    for part in book.xml_parts():
        if not part.endswith(".rels"):
            yield from _ids_that_lead_nowhere(book, part)


def _ids_that_lead_nowhere(book: Opened, part: str) -> Iterator[str]:
    known = {relation.id for relation in book.relations(part)}
    for id in cast("list[str]", _NAMED_RELATIONSHIPS(book.tree(part))):
        if id and id not in known:
            yield f"{part}: it names the relationship {id}, which is not there"


def _type_faults(book: Opened) -> Iterator[str]:
    spelled = {name.casefold() for name in book.parts}
    for name, count in Counter(name.casefold() for name in book.types.listed).items():
        if count > 1:
            yield f"{TYPES}: {count} overrides of {name}"
        if name not in spelled:
            yield f"{TYPES}: override of {name}, which is not there"
    for part in book.parts:
        if part != TYPES and not book.types.of(part):
            yield f"{part}: has no content type"


def _workbook_faults(book: Opened) -> Iterator[str]:
    root = book.tree(book.workbook)
    yield from out_of_order(book.workbook, root, _WORKBOOK_ORDER)
    sheets = list(root.iter("{*}sheet"))
    for what, values in (
        ("titles", [str(sheet.get("name")).casefold() for sheet in sheets]),
        ("ids", [str(sheet.get("sheetId")) for sheet in sheets]),
        ("relationships", [relation_id(sheet) for sheet in sheets]),
    ):
        if len(set(values)) < len(values):
            yield f"{book.workbook}: two sheets share their {what}"
    names = [
        (str(name.get("name")).casefold(), str(name.get("localSheetId", ""))) for name in root.iter("{*}definedName")
    ]
    for (name, scope), count in Counter(names).items():
        if count > 1:
            yield f"{book.workbook}: {count} names are called {name}"
        if scope and int(scope) >= len(sheets):
            yield f"{book.workbook}: the name {name} belongs to sheet {scope}, which is not there"


def _pivot_faults(book: Opened) -> Iterator[str]:
    caches = {str(cache.get("cacheId")) for cache in book.tree(book.workbook).iter("{*}pivotCache")}
    for part in book.parts:
        if part.endswith(".xml") and book.types.of(part).endswith("pivotTable+xml"):
            cache = str(book.tree(part).get("cacheId"))
            if cache not in caches:
                yield f"{part}: its cache {cache} is not in the workbook"
