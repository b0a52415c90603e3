"""A pivot table with all its parts, a slicer and a timeline upon it."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from tests.lossless.patched import DECLARATION, MAIN, MS, OFFICE, WORKBOOK, X14, Patched, row, text_cell
from tests.lossless.patched import number_cell as n
from tests.lossless.plain import CLIENTS, HEADER

_SS = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def pivot(book: Patched) -> None:
    """Amounts by city on a tab of their own: cache, records, table, rendered cells."""
    cities = sorted({client[1] for client in CLIENTS})
    sums = {city: sum(client[2] for client in CLIENTS if client[1] == city) for city in cities}
    rendered = [(city, sums[city]) for city in cities] + [("Grand Total", sum(sums.values()))]
    rows = row(3, text_cell("A3", "Row Labels"), text_cell("B3", "Sum of Amount"))
    rows += "".join(row(at, text_cell(f"A{at}", name), n(f"B{at}", x)) for at, (name, x) in enumerate(rendered, 4))
    sheet = book.add_sheet("Pivot", rows)
    cache, table = "xl/pivotCache/pivotCacheDefinition1.xml", "xl/pivotTables/pivotTable1.xml"
    records = "xl/pivotCache/pivotCacheRecords1.xml"
    book.write(records, _records(cities), f"{_SS}.pivotCacheRecords+xml")
    id = book.relate(cache, "pivotCacheRecords", records)
    book.write(cache, _cache(cities, id), f"{_SS}.pivotCacheDefinition+xml")
    book.write(table, _pivot_table(len(cities)), f"{_SS}.pivotTable+xml")
    book.relate(table, "pivotCacheDefinition", cache)
    book.relate(sheet, "pivotTable", table)
    id = book.relate(WORKBOOK, "pivotCacheDefinition", cache)
    book.replace(
        WORKBOOK, "</workbook>", f'<pivotCaches><pivotCache cacheId="7" r:id="{id}"/></pivotCaches></workbook>'
    )


def _cache(cities: list[str], records: str) -> str:
    items = "".join(f'<s v="{city}"/>' for city in cities)
    city = f'<cacheField name="City" numFmtId="0"><sharedItems count="{len(cities)}">{items}</sharedItems></cacheField>'
    others = {name: f'<cacheField name="{name}" numFmtId="0"><sharedItems/></cacheField>' for name in HEADER}
    others["Amount"] = (
        '<cacheField name="Amount" numFmtId="0"><sharedItems containsSemiMixedTypes="0" containsString="0"'
        ' containsNumber="1" minValue="40" maxValue="1000"/></cacheField>'
    )
    fields = "".join((others | {"City": city}).values())
    return (
        f'{DECLARATION}<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="{records}" refreshedBy="Anna"'
        f' refreshedDate="46000" createdVersion="6" refreshedVersion="6" minRefreshableVersion="3" recordCount="5">'
        f'<cacheSource type="worksheet"><worksheetSource ref="A1:F6" sheet="Data"/></cacheSource>'
        f'<cacheFields count="{len(HEADER)}">{fields}</cacheFields></pivotCacheDefinition>'
    )


def _records(cities: list[str]) -> str:
    rows = "".join(
        f'<r><s v="{name.replace("&", "&amp;")}"/><x v="{cities.index(city)}"/><n v="{amount}"/><s v="{since}"/>'
        f'<s v="{note}"/><n v="{amount * 2}"/></r>'
        for name, city, amount, since, note in CLIENTS
    )
    return f'{DECLARATION}<pivotCacheRecords xmlns="{MAIN}" xmlns:r="{OFFICE}" count="5">{rows}</pivotCacheRecords>'


def _pivot_table(cities: int) -> str:
    items = "".join(f'<item x="{x}"/>' for x in range(cities)) + '<item t="default"/>'
    rows = "".join(f'<i><x v="{x}"/></i>' for x in range(cities)) + '<i t="grand"><x/></i>'
    city = f'<pivotField axis="axisRow" showAll="0"><items count="{cities + 1}">{items}</items></pivotField>'
    plain = '<pivotField showAll="0"/>'
    return (
        f'{DECLARATION}<pivotTableDefinition xmlns="{MAIN}" name="ByCity" cacheId="7" dataOnRows="0"'
        ' applyNumberFormats="0" applyBorderFormats="0" applyFontFormats="0" applyPatternFormats="0"'
        ' applyAlignmentFormats="0" applyWidthHeightFormats="1" dataCaption="Values" updatedVersion="6"'
        ' minRefreshableVersion="3" useAutoFormatting="1" itemPrintTitles="1" createdVersion="6" indent="0"'
        ' outline="1">'
        f'<location ref="A3:B{cities + 4}" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        f'<pivotFields count="6">{plain}{city}<pivotField dataField="1" showAll="0"/>{plain * 3}</pivotFields>'
        f'<rowFields count="1"><field x="1"/></rowFields><rowItems count="{cities + 1}">{rows}</rowItems>'
        '<colItems count="1"><i/></colItems>'
        '<dataFields count="1"><dataField name="Sum of Amount" fld="2" baseField="0" baseItem="0"/></dataFields>'
        '<pivotTableStyleInfo name="PivotStyleLight16" showRowHeaders="1" showColHeaders="1"/></pivotTableDefinition>'
    )


def pivot_over(book: Patched, sheet: str, reference: str, fields: Sequence[str]) -> None:
    """A pivot that counts the rows of any list, on the tab My pivot."""
    part = book.add_sheet("My pivot", row(1, text_cell("A1", "Count")) + row(2, n("A2", 1)))
    cache, table = "xl/pivotCache/pivotCacheDefinition77.xml", "xl/pivotTables/pivotTable77.xml"
    named = "".join(f'<cacheField name={quoteattr(field)} numFmtId="0"><sharedItems/></cacheField>' for field in fields)
    book.write(
        cache,
        f'{DECLARATION}<pivotCacheDefinition xmlns="{MAIN}" saveData="0" refreshedVersion="6"><cacheSource'
        f' type="worksheet"><worksheetSource ref="{reference}" sheet="{sheet}"/></cacheSource>'
        f'<cacheFields count="{len(fields)}">{named}</cacheFields></pivotCacheDefinition>',
        f"{_SS}.pivotCacheDefinition+xml",
    )
    plain = '<pivotField showAll="0"/>' * (len(fields) - 1)
    book.write(
        table,
        f'{DECLARATION}<pivotTableDefinition xmlns="{MAIN}" name="Mine" cacheId="77" dataCaption="Values">'
        '<location ref="A1:A2" firstHeaderRow="1" firstDataRow="1" firstDataCol="0"/>'
        f'<pivotFields count="{len(fields)}"><pivotField dataField="1" showAll="0"/>{plain}</pivotFields>'
        '<rowItems count="1"><i/></rowItems><colItems count="1"><i/></colItems>'
        '<dataFields count="1"><dataField name="Count" fld="0" subtotal="count"/></dataFields></pivotTableDefinition>',
        f"{_SS}.pivotTable+xml",
    )
    book.relate(table, "pivotCacheDefinition", cache)
    book.relate(part, "pivotTable", table)
    id = book.relate(WORKBOOK, "pivotCacheDefinition", cache)
    xml = f'<pivotCaches><pivotCache cacheId="77" xmlns:r="{OFFICE}" r:id="{id}"/></pivotCaches>'
    book.before(WORKBOOK, ("extLst", "/workbook"), xml)


def slicers(book: Patched) -> None:
    """A pivot with a slicer and a timeline."""
    pivot(book)
    x15 = f"{MS}/spreadsheetml/2010/11/main"
    book.write(
        "xl/slicerCaches/slicerCache1.xml",
        f'{DECLARATION}<slicerCacheDefinition xmlns="{X14}" name="Slicer_City" sourceName="City"><pivotTables>'
        '<pivotTable tabId="43" name="ByCity"/></pivotTables><data><tabular pivotCacheId="7"><items count="4">'
        '<i x="0" s="1"/><i x="1" s="1"/><i x="2" s="1"/><i x="3" s="1"/></items></tabular></data>'
        "</slicerCacheDefinition>",
        "application/vnd.ms-excel.slicerCache+xml",
    )
    book.write(
        "xl/slicers/slicer1.xml",
        f'{DECLARATION}<slicers xmlns="{X14}"><slicer name="City" cache="Slicer_City" caption="City"'
        ' rowHeight="225425"/></slicers>',
        "application/vnd.ms-excel.slicer+xml",
    )
    book.write(
        "xl/timelineCaches/timelineCache1.xml",
        f'{DECLARATION}<timelineCacheDefinition xmlns="{x15}" name="Timeline_Since" sourceName="Since"><pivotTables>'
        '<pivotTable tabId="43" name="ByCity"/></pivotTables></timelineCacheDefinition>',
        "application/vnd.ms-excel.timelineCache+xml",
    )
    book.write(
        "xl/timelines/timeline1.xml",
        f'{DECLARATION}<timelines xmlns="{x15}"><timeline name="Since" cache="Timeline_Since" caption="Since"'
        ' level="2" selectionLevel="2"/></timelines>',
        "application/vnd.ms-excel.timeline+xml",
    )
    sheet = next(part for part in book.parts if part.startswith("xl/worksheets/own"))
    cache = book.relate(WORKBOOK, f"{MS}/2007/relationships/slicerCache", "xl/slicerCaches/slicerCache1.xml")
    slicer = book.relate(sheet, f"{MS}/2007/relationships/slicer", "xl/slicers/slicer1.xml")
    times = book.relate(WORKBOOK, f"{MS}/2011/relationships/timelineCache", "xl/timelineCaches/timelineCache1.xml")
    line = book.relate(sheet, f"{MS}/2011/relationships/timeline", "xl/timelines/timeline1.xml")
    book.extend(sheet, "{A8765BA9-456A-4dab-B4F3-ACF838C121DE}",
                f'<x14:slicerList><x14:slicer r:id="{slicer}"/></x14:slicerList>')  # fmt: skip
    book.extend(sheet, "{7E03D99C-DC04-49d9-9315-930204A7B6E9}",
                f'<x15:timelineRefs xmlns:x15="{x15}"><x15:timelineRef r:id="{line}"/></x15:timelineRefs>')  # fmt: skip
    book.extend(WORKBOOK, "{BBE1A952-AA13-448e-AADC-164F8A28A991}",
                f'<x14:slicerCaches><x14:slicerCache r:id="{cache}"/></x14:slicerCaches>', "workbook")  # fmt: skip
    book.extend(WORKBOOK, "{D0CA8CA8-9F24-4464-BF8E-62219DCF47F9}",
                f'<x15:timelineCacheRefs xmlns:x15="{x15}"><x15:timelineCacheRef r:id="{times}"/>'
                "</x15:timelineCacheRefs>", "workbook")  # fmt: skip
