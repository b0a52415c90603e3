"""The parts around a sheet follow its rows; a part that nobody knows keeps them."""

from __future__ import annotations

import re

import pytest

from sheetcrm.text import say
from sheetcrm.workbook.xlsx.compact.plan import Compacted, compact
from sheetcrm.workbook.xlsx.package import open_package
from tests.unit.workbook.packages import MAIN, SHEET, parts, relationships, text, worksheet, zipped

ROWS = "".join(f'<row r="{row}">{text(f"A{row}", f"Client {row}")}</row>' for row in (1, 2, 4, 5))
"""A header, clients on rows 2, 4 and 5, and a blank row between."""
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
SHEET_RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
SHEET1 = ("rId1", "worksheet", "worksheets/sheet1.xml")
UNKNOWN = "sheetcrm does not know what it points at"

Parts = dict[str, str | bytes]


def compacted(others: Parts, after: str = "") -> Compacted:
    """The book with other parts, without its blank row."""
    data = zipped({**parts(), SHEET: worksheet(ROWS, after), **others})
    return compact(open_package("book.xlsx", data), {"S": (1, 5)})


def finished(done: Compacted, part: str) -> str:
    """A part afterwards."""
    assert done.blockers == ()
    return open_package("book.xlsx", done.draft.finished()).read(part).decode()


def stops(done: Compacted) -> list[tuple[str, str]]:
    assert not done.removed
    return [(stop.place, say(stop.why, "en")) for stop in done.blockers]


def pivot(area: str, pages: int = 0) -> Parts:
    """A pivot on the sheet, which counts the sheet's list."""
    return {
        BOOK_RELATIONS: relationships(SHEET1, ("rId2", "pivotCacheDefinition", "pivotCache/cache1.xml")),
        SHEET_RELATIONS: relationships(("rId1", "pivotTable", "../pivotTables/pivotTable1.xml")),
        "xl/pivotTables/pivotTable1.xml": f'<pivotTableDefinition xmlns="{MAIN}"><location ref="{area}"'
        f' rowPageCount="{pages}" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/></pivotTableDefinition>',
        "xl/pivotCache/cache1.xml": f'<pivotCacheDefinition xmlns="{MAIN}"><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:A5" sheet="S"/></cacheSource></pivotCacheDefinition>',
    }


def test_a_pivot_below_moves_up_and_counts_the_shorter_list() -> None:
    done = compacted(pivot("A9:B12", 1))
    assert 'ref="A8:B11"' in finished(done, "xl/pivotTables/pivotTable1.xml")
    cache = finished(done, "xl/pivotCache/cache1.xml")
    assert 'ref="A1:A4"' in cache
    assert 'refreshOnLoad="1"' in cache


@pytest.mark.parametrize(("area", "pages"), [("D2:E6", 0), ("D5:E9", 1)])
def test_a_pivot_on_the_blank_row_keeps_it(area: str, pages: int) -> None:
    assert stops(compacted(pivot(area, pages))) == [(f"S!{area}", "a pivot table stands on the blank row")]


def test_the_calculation_chain_goes() -> None:
    chain: Parts = {
        BOOK_RELATIONS: relationships(SHEET1, ("rId2", "calcChain", "calcChain.xml")),
        "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="B5" i="1"/></calcChain>',
    }
    assert "xl/calcChain.xml" not in compacted(chain).draft.parts()


@pytest.mark.parametrize(
    ("others", "after", "place"),
    [
        (
            {BOOK_RELATIONS: relationships(SHEET1, ("rId2", "odd", "odd.xml")), "xl/odd.xml": b"<odd/>"},
            "",
            "xl/odd.xml",
        ),
        ({SHEET_RELATIONS: relationships(("rId1", "odd", "../odd.xml")), "xl/odd.xml": b"<odd/>"}, "", "xl/odd.xml"),
        ({}, "<odd/>", "odd"),
        ({}, '<extLst><ext uri="{ABC}"/></extLst>', "{ABC}"),
    ],
)
def test_what_nobody_knows_keeps_the_rows(others: Parts, after: str, place: str) -> None:
    assert stops(compacted(others, after)) == [(place, UNKNOWN)]


def test_a_link_by_relationship_to_a_row_keeps_it() -> None:
    others: Parts = {
        SHEET_RELATIONS: relationships(("rId1", "hyperlink", "#S!A5")).replace("/>", ' TargetMode="External"/>')
    }
    assert stops(compacted(others, '<hyperlinks><hyperlink ref="A2" r:id="rId1"/></hyperlinks>')) == [
        ("#S!A5", "it leads to a row by its number")
    ]


def test_controls_and_notes_of_the_old_drawing_move() -> None:
    vml = (
        '<xml xmlns:x="urn:schemas-microsoft-com:office:excel"><x:ClientData ObjectType="Drop">'
        "<x:Anchor>1, 15, 4, 2, 3, 15, 7, 16</x:Anchor><x:FmlaLink>$A$5</x:FmlaLink>"
        "<x:FmlaRange>'S'!$A$2:$A$5</x:FmlaRange>"
        "</x:ClientData><br></xml>"
    )
    others: Parts = {
        SHEET_RELATIONS: relationships(("rId1", "vmlDrawing", "../drawings/vmlDrawing1.vml")),
        "xl/drawings/vmlDrawing1.vml": vml,
    }
    moved = finished(compacted(others), "xl/drawings/vmlDrawing1.vml")
    assert re.findall(r"<x:(?:Anchor|FmlaLink|FmlaRange)>([^<]*)", moved) == [
        "1, 15, 3, 2, 3, 15, 6, 16",
        "$A$4",
        "'S'!$A$2:$A$4",
    ]


def test_scenarios_views_and_watches_follow() -> None:
    after = (
        '<sheetProtection/><protectedRanges><protectedRange name="p" sqref="A3 A5"/></protectedRanges>'
        '<scenarios sqref="A4"><scenario name="s"><inputCells r="A5" val="1"/></scenario></scenarios>'
        '<cellWatches><cellWatch r="A3"/></cellWatches>'
    )
    moved = finished(compacted({}, after), SHEET)
    assert '<protectedRange name="p" sqref="A4"/>' in moved
    assert '<scenarios sqref="A3">' in moved
    assert '<inputCells r="A4"' in moved
    assert "cellWatch" not in moved


def test_a_scenario_that_changes_the_blank_row_keeps_it() -> None:
    after = '<scenarios><scenario name="s"><inputCells r="A3" val="1"/></scenario></scenarios>'
    assert stops(compacted({}, after)) == [("inputCells A3", "it lies on the blank row")]
