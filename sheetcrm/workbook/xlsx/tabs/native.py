"""A native pivot laid over a tab that stands in the book: the parts that make a program count it again.

The tab's cells show what it comes to, so that whoever cannot count (a preview, a reader of values) sees it too.
"""

from __future__ import annotations

from lxml import etree

from sheetcrm.tab import Pivot, Tab
from sheetcrm.workbook.grid import last_row
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.order import child, children
from sheetcrm.workbook.xlsx.edit.tables import excel_tables
from sheetcrm.workbook.xlsx.parts import local
from sheetcrm.workbook.xlsx.tabs import pivot_cache, pivot_table

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"

# The elements of a workbook that follow its list of pivot caches.
_AFTER_CACHES = frozenset(
    ("smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst")
)


def add_pivot(draft: Draft, tab: Tab, data: Tab) -> None:
    """Lay a tab's native pivot over its cells; one that it had before went with its old sheet.

    Args:
        draft: The book; both tabs stand in it with their values, the data as a table.
        tab: The tab with the pivot.
        data: The tab that the pivot counts.
    """
    assert tab.pivot is not None
    sheet = next(found for found in draft.sheets() if found.title == tab.title)
    namespace = str(etree.QName(draft.tree(draft.workbook)).namespace)
    columns = pivot_cache.fields(tab.pivot, data)
    (source,) = excel_tables(draft, data.title)
    cache = _add_cache(draft, namespace, source.name, columns)
    number = _register(draft, cache)
    table = draft.free_name("xl/pivotTables/pivotTable{}.xml")
    content = pivot_table.definition(namespace, number, tab, tab.pivot, columns, _formats(draft, tab, tab.pivot))
    draft.put(table, content, _TYPE.format("pivotTable"))
    draft.relate(table, "pivotCacheDefinition", cache)
    draft.relate(sheet.part, "pivotTable", table)


def _add_cache(draft: Draft, namespace: str, table: str, columns: list[pivot_cache.Field]) -> str:
    cache = draft.free_name("xl/pivotCache/pivotCacheDefinition{}.xml")
    records = draft.free_name("xl/pivotCache/pivotCacheRecords{}.xml")
    draft.put(records, pivot_cache.records(namespace, columns), _TYPE.format("pivotCacheRecords"))
    id = draft.relate(cache, "pivotCacheRecords", records)
    content = pivot_cache.definition(namespace, _office(draft), id, table, columns)
    draft.put(cache, content, _TYPE.format("pivotCacheDefinition"))
    return cache


def _register(draft: Draft, cache: str) -> str:
    """Enter the copy in the workbook's list, under a number that no other has."""
    root = draft.edit(draft.workbook)
    taken = {element.get("cacheId") for element in root.iter() if local(element) == "pivotCache"}
    number = next(text for count in range(1, len(taken) + 2) if (text := str(count)) not in taken)
    caches = child(root, "pivotCaches")
    if caches is None:
        caches = pivot_cache.add(root, "pivotCaches")
        following = next((element for element in root if local(element) in _AFTER_CACHES), None)
        if following is not None:
            following.addprevious(caches)
    entry = pivot_cache.add(caches, "pivotCache", cacheId=number)
    entry.set(f"{{{_office(draft)}}}id", draft.relate(draft.workbook, "pivotCacheDefinition", cache))
    return number


def _formats(draft: Draft, tab: Tab, pivot: Pivot) -> list[str]:
    """The numbers of the figures' number formats: those of the totals' cells."""
    cells = draft.sheet(tab.title)
    styles = [cells.style(last_row(tab), len(tab.columns) - at) for at in range(len(pivot.values), 0, -1)]
    part = next(found.target for found in draft.relations(draft.workbook) if found.kind == "styles")
    (formats,) = children(draft.tree(part), "cellXfs")
    made = children(formats, "xf")
    return [str(made[style].get("numFmtId", "0")) for style in styles]


def _office(draft: Draft) -> str:
    return _STRICT_OFFICE if draft.strict else _OFFICE
