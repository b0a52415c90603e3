"""What a package holds is told by name and number."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook

from sheetcrm.text import say
from sheetcrm.workbook.xlsx.inspect import ExcelTable, Formulas, Inspection, PivotTable, blocks, inspect
from sheetcrm.workbook.xlsx.package import open_package
from tests.unit.workbook.packages import DECLARATION, MAIN, SHEET, parts, relationships, worksheet, zipped
from tests.unit.workbook.xlsx.test_guards import SIGNED

PIVOT: dict[str, str | bytes] = {
    "xl/worksheets/_rels/sheet1.xml.rels": relationships(("rId1", "pivotTable", "../pivotTables/pivotTable1.xml")),
    "xl/pivotTables/pivotTable1.xml": f'<pivotTableDefinition xmlns="{MAIN}" name="By client">'
    '<location ref="A3:B9" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/></pivotTableDefinition>',
    "xl/pivotTables/_rels/pivotTable1.xml.rels": relationships(
        ("rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
    ),
    "xl/pivotCache/pivotCacheDefinition1.xml": f'<pivotCacheDefinition xmlns="{MAIN}"><cacheSource type="worksheet">'
    '<worksheetSource ref="A1:F50" sheet="Deals"/></cacheSource></pivotCacheDefinition>',
}


def look(data: bytes) -> Inspection:
    return inspect(open_package("book.xlsx", data))


def pie(book: Workbook) -> Chart:
    """A small chart."""
    made = book.add_chart({"type": "pie"})
    assert made is not None
    made.add_series({"values": "=Deals!$A$2:$A$3"})
    return made


def drawn() -> Inspection:
    """What is told of a book with nearly everything."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": True}) as book:
        deals, hidden = book.add_worksheet("Deals"), book.add_worksheet("Secret")
        hidden.very_hidden()
        hidden.protect()
        book.define_name("Rate", "=Deals!$A$1")
        deals.add_table("A1:C4", {"name": "Sales", "total_row": True})
        deals.write_formula("E1", "=1+1", None, 2)
        deals.write_array_formula("E2:E4", "{=A2:A4*2}")
        deals.write_dynamic_array_formula("G1", "=SORT(A2:A3)")
        deals.write_url("H1", "https://example.com")
        deals.write_comment("H2", "Call")
        deals.add_sparkline("H3", {"range": "Deals!A1:C1"})
        deals.data_validation("I1", {"validate": "integer", "criteria": ">", "value": 1})
        deals.conditional_format("I1", {"type": "blanks", "format": book.add_format()})
        deals.merge_range("J1:K1", "both")
        deals.insert_textbox("L1", "note")
        deals.insert_chart("L9", pie(book))
        book.add_chartsheet("Picture").set_chart(pie(book))
    return look(stream.getvalue())


def test_tells_what_stands_on_each_sheet() -> None:
    deals, secret, picture = drawn().sheets
    assert deals.tables == (ExcelTable("Sales", "A1:C4", True),)
    assert deals.formulas == Formulas(count=3, arrays=("G1", "E2:E4"), dynamic=1)
    assert deals.counts == {
        "charts": 1, "shapes": 1, "comments": 1, "links": 1, "sparklines": 1, "validations": 1, "formats": 1,
        "merged": 1,
    }  # fmt: skip
    assert (secret.state, secret.protected) == ("veryHidden", True)
    assert (picture.kind, picture.counts) == ("chartsheet", {"charts": 1})


def test_tells_what_is_true_of_the_whole_book() -> None:
    found = drawn()
    assert (found.epoch, found.strict, found.macros, found.names, found.refused) == (1904, False, False, 1, ())
    assert len(found.largest) == 5
    assert found.largest[0][1] >= found.largest[1][1]


def test_tells_where_a_pivot_comes_from() -> None:
    (sheet,) = look(zipped({**parts(), **PIVOT})).sheets
    assert sheet.pivots == (PivotTable("By client", "A3:B9", "Deals!A1:F50", ours=False),)


def test_the_cells_of_pivots_and_tables_belong_together() -> None:
    found = [(block.tab, say(block.what, "en"), block.first, block.last) for block in blocks(drawn())]
    assert found[0] == ("Deals", "the Excel table Sales", (1, 0), (4, 2))
    assert found[2] == ("Deals", "an array formula", (2, 4), (4, 4))


def test_says_why_a_signed_book_would_be_refused() -> None:
    found = look(zipped({**parts(), **SIGNED}))
    assert found.signed
    assert [str(stop) for stop in found.refused] == [
        "book.xlsx is digitally signed (part _xmlsignatures/origin.sigs), and any change would void the signature."
    ]


def test_says_that_rows_out_of_order_cannot_be_written() -> None:
    rows = '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    found = look(zipped({**parts(), SHEET: worksheet(rows)}))
    assert len(found.refused) == 1
    assert "out of order" in str(found.refused[0])


def test_external_books_are_named() -> None:
    linked = {
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "externalLink", "externalLinks/externalLink1.xml")
        ),
        "xl/externalLinks/externalLink1.xml": f'{DECLARATION}<externalLink xmlns="{MAIN}"/>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": relationships(
            ("rId1", "externalLinkPath", "prices.xlsx")
        ).replace("/>", ' TargetMode="External"/>'),
    }
    assert look(zipped({**parts(), **linked})).books == ("prices.xlsx",)
