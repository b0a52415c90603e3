"""What no library writes: comment threads, queries, controls, links to other books, views, parts of newer Excel."""

from __future__ import annotations

from collections.abc import Callable

from tests.lossless.drawn import comments, table
from tests.lossless.patched import (
    DATA,
    DECLARATION,
    DRAWING,
    MAIN,
    MS,
    OFFICE,
    SUMS,
    WORKBOOK,
    X14,
    Patched,
    row,
    text_cell,
)
from tests.lossless.patched import number_cell as n
from tests.lossless.pivots import pivot, slicers
from tests.lossless.plain import CLIENTS, Decorate
from tests.lossless.threads import PERSON, THREAD, threads

Graft = Callable[[Patched], None]

SHEET_END = ("ignoredErrors", "drawing", "legacyDrawing", "tableParts", "extLst", "/worksheet")
_BEHIND_DATA = ("mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins")
_SS = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def outside(book: Patched) -> None:
    """Another book, a query, a connection, the data of a document system, a printer's own settings."""
    other = "xl/externalLinks/externalLink1.xml"
    id = book.relate(other, "externalLinkPath", "prices.xlsx", external=True)
    book.write(
        other,
        f'{DECLARATION}<externalLink xmlns="{MAIN}" xmlns:r="{OFFICE}"><externalBook r:id="{id}"><sheetNames>'
        '<sheetName val="Prices"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>7</v>'
        "</cell></row></sheetData></sheetDataSet></externalBook></externalLink>",
        f"{_SS}.externalLink+xml",
    )
    id = book.relate(WORKBOOK, "externalLink", other)
    book.before(WORKBOOK, ("definedNames", "calcPr"),
                f'<externalReferences><externalReference r:id="{id}"/></externalReferences>')  # fmt: skip
    book.replace(SUMS, "</sheetData>", row(8, '<c r="A8"><f>[1]Prices!A1*2</f><v>14</v></c>') + "</sheetData>")
    book.write(
        "xl/connections.xml",
        f'{DECLARATION}<connections xmlns="{MAIN}"><connection id="1" name="Prices" type="4" refreshedVersion="6"'
        ' background="1" saveData="1"><webPr url="https://example.com/prices" htmlTables="1"/></connection>'
        "</connections>",
        f"{_SS}.connections+xml",
    )
    book.relate(WORKBOOK, "connections", "xl/connections.xml")
    sheet = book.add_sheet("Prices", row(1, text_cell("A1", "Price")) + row(2, n("A2", 7)))
    book.write(
        "xl/queryTables/queryTable1.xml",
        f'{DECLARATION}<queryTable xmlns="{MAIN}" name="Prices" connectionId="1" autoFormatId="16"'
        ' applyNumberFormats="0" applyBorderFormats="0" applyFontFormats="1" applyPatternFormats="1"'
        ' applyAlignmentFormats="0" applyWidthHeightFormats="0"/>',
        f"{_SS}.queryTable+xml",
    )
    book.relate(sheet, "queryTable", "xl/queryTables/queryTable1.xml")
    documents(book)


def documents(book: Patched) -> None:
    """What document systems and printers leave in a book."""
    book.write("customXml/item1.xml", f'{DECLARATION}<order xmlns="urn:firm"><number>17</number></order>')
    book.write(
        "customXml/itemProps1.xml",
        f'{DECLARATION}<ds:datastoreItem ds:itemID="{PERSON}"'
        ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )
    book.relate("customXml/item1.xml", "customXmlProps", "customXml/itemProps1.xml")
    book.relate(WORKBOOK, "customXml", "customXml/item1.xml")
    book.extension("bin", f"{_SS}.printerSettings")
    book.write("xl/printerSettings/printerSettings1.bin", bytes(range(256)))
    id = book.relate(DATA, "printerSettings", "xl/printerSettings/printerSettings1.bin")
    setup = f'<pageSetup paperSize="9" orientation="landscape" r:id="{id}"/>'
    book.before(DATA, ("headerFooter", *SHEET_END), setup)


def controls(book: Patched) -> None:
    """A check box of the old kind: control, its properties, its drawing."""
    book.write(
        "xl/ctrlProps/ctrlProp1.xml",
        f'{DECLARATION}<formControlPr xmlns="{X14}" objectType="CheckBox" checked="Checked" fmlaLink="$H$2"/>',
        "application/vnd.ms-excel.controlproperties+xml",
    )
    book.extension("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    book.write(
        "xl/drawings/vmlDrawing7.vml",
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
        ' xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025" type="#_x0000_t201"'
        ' style="position:absolute"><x:ClientData ObjectType="Checkbox"><x:Anchor>7,0,1,0,9,0,2,0</x:Anchor>'
        "<x:Checked>1</x:Checked><x:FmlaLink>$H$2</x:FmlaLink></x:ClientData></v:shape></xml>",
    )
    drawing = book.relate(DATA, "vmlDrawing", "xl/drawings/vmlDrawing7.vml")
    control = book.relate(DATA, "ctrlProp", "xl/ctrlProps/ctrlProp1.xml")
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    xml = (
        f'<legacyDrawing r:id="{drawing}"/><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="x14"'
        f' xmlns:x14="{X14}"><controls><control shapeId="1025" r:id="{control}" name="Paid"/></controls></mc:Choice>'
        "</mc:AlternateContent>"
    )
    book.before(DATA, ("tableParts", "extLst", "/worksheet"), xml)


def other_tab_lists(book: Patched) -> None:
    """A drop-down and a format that speak of another tab, as newer Excel keeps them."""
    book.add_sheet("Cities", "".join(row(at, text_cell(f"A{at}", city[1])) for at, city in enumerate(CLIENTS, 1)))
    book.extend(
        DATA,
        "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}",
        '<x14:dataValidations count="1"><x14:dataValidation type="list" allowBlank="1"><x14:formula1>'
        "<xm:f>Cities!$A$1:$A$5</xm:f></x14:formula1><xm:sqref>B2:B6</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations>",
    )
    book.extend(
        DATA,
        "{78C0D931-6437-407d-A8EE-F0AAD7539E65}",
        '<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="expression" priority="9"'
        f' id="{THREAD}"><xm:f>COUNTIF(Cities!$A$1:$A$5,B2)=0</xm:f><x14:dxf><fill><patternFill><bgColor'
        ' rgb="FFFFC7CE"/></patternFill></fill></x14:dxf></x14:cfRule><xm:sqref>B2:B6</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings>",
    )


def formulas(book: Patched) -> None:
    """Formulas that share their text, a data table, an array, readings of signs, dates as text."""
    rows = row(1, '<c r="A1"><f t="shared" ref="A1:A3" si="0">Data!C2+1</f><v>101</v></c>', n("B1", 2))
    rows += row(2, '<c r="A2"><f t="shared" si="0"/><v>251.5</v></c>')
    rows += row(3, '<c r="A3"><f t="shared" si="0"/><v>76.25</v></c>')
    rows += row(5, '<c r="A5"><f t="dataTable" ref="A5:A6" dt2D="0" dtr="0" r1="B1"/><v>4</v></c>')
    rows += row(6, n("A6", 6), '<c r="C6" t="d"><v>2026-11-21T00:00:00Z</v></c>', '<c r="D6" t="e"><v>#N/A</v></c>')
    rows += row(7, '<c r="A7" t="str"><f>"x"&amp;Data!A2</f><v>xDaisy</v></c>', '<c r="B7" t="b"><v>1</v></c>')
    book.add_sheet("Formulas", rows)
    reading = '<si><t>大阪</t><rPh sb="0" eb="2"><t>オオサカ</t></rPh><phoneticPr fontId="1"/></si></sst>'
    book.replace("xl/sharedStrings.xml", "</sst>", reading)
    number = book.text("xl/sharedStrings.xml").count("<si>") - 1
    book.replace(SUMS, "</sheetData>", row(9, f'<c r="A9" t="s"><v>{number}</v></c>') + "</sheetData>")


def views(book: Patched) -> None:
    """Views that people saved by name, scenarios, watched cells, a sort that is remembered."""
    guid = "{9E3D6C1A-1111-4222-8333-944455556666}"
    book.before(
        DATA,
        _BEHIND_DATA,
        f'<customSheetViews><customSheetView guid="{guid}" showGridLines="0"><selection activeCell="B2" sqref="B2"/>'
        '<pageMargins left="1" right="1" top="1" bottom="1" header="0.3" footer="0.3"/></customSheetView>'
        "</customSheetViews>",
    )
    book.before(
        DATA,
        ("customSheetViews", *_BEHIND_DATA),
        '<scenarios current="0"><scenario name="Worst" count="1" user="Anna"><inputCells r="C2" val="1"/></scenario>'
        "</scenarios>",
    )
    book.before(DATA, SHEET_END, '<cellWatches><cellWatch r="C2"/></cellWatches>')
    book.before(
        WORKBOOK,
        ("pivotCaches", "extLst", "/workbook"),
        f'<customWorkbookViews><customWorkbookView name="Mine" guid="{guid}" windowWidth="100" windowHeight="100"'
        ' activeSheetId="1"/></customWorkbookViews>',
    )


def newer_parts(book: Patched) -> None:
    """A chart of the newest kind, a data model, parts and attributes of namespaces nobody knows."""
    ex = f"{MS}/drawing/2014/chartex"
    book.write(
        "xl/charts/chartEx1.xml",
        f'{DECLARATION}<cx:chartSpace xmlns:cx="{ex}"><cx:chartData><cx:data id="0"><cx:numDim type="val"><cx:f>'
        "Data!$C$2:$C$6</cx:f></cx:numDim></cx:data></cx:chartData></cx:chartSpace>",
        "application/vnd.ms-office.chartex+xml",
    )
    book.write(
        "xl/drawings/drawing7.xml",
        f'{DECLARATION}<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main"></xdr:wsDr>',
        "application/vnd.openxmlformats-officedocument.drawing+xml",
    )
    book.relate("xl/drawings/drawing7.xml", f"{MS}/2014/relationships/chartEx", "xl/charts/chartEx1.xml")
    sheet = book.add_sheet("Funnel", row(1, text_cell("A1", "Funnel")), '<drawing r:id="rId101"/>')
    book.relate(sheet, "drawing", "xl/drawings/drawing7.xml")
    book.write("xl/model/item.data", b"\x00\x01model" * 40, "application/vnd.openxmlformats-officedocument.model+data")
    book.relate(WORKBOOK, "http://schemas.microsoft.com/office/2007/relationships/powerPivotData", "xl/model/item.data")
    ns = 'xmlns:f1="urn:f1"'
    if "mc:Ignorable" in book.text(DATA):
        book.replace(DATA, 'mc:Ignorable="', 'mc:Ignorable="f1 ')
    else:
        ns += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="f1"'
    book.replace(DATA, "<sheetFormatPr ", '<sheetFormatPr f1:own="7" ')
    book.replace(DATA, "<worksheet ", f"<worksheet {ns} ")


def chain(book: Patched) -> None:
    """The order in which a program calculated the formulas."""
    cells = "".join(f'<c r="F{at}"/>' for at in range(3, 7)) + "".join(f'<c r="B{at}" i="2"/>' for at in range(1, 5))
    xml = f'{DECLARATION}<calcChain xmlns="{MAIN}"><c r="F2" i="1"/>{cells}</calcChain>'
    book.write("xl/calcChain.xml", xml, f"{_SS}.calcChain+xml")
    book.relate(WORKBOOK, "calcChain", "xl/calcChain.xml")


GRAFTED: dict[str, tuple[Decorate | None, Graft]] = {
    "comment threads": (comments, threads),
    "pivot": (None, pivot),
    "slicer and timeline": (None, slicers),
    "outside data": (table, outside),
    "form controls": (None, controls),
    "lists on another tab": (None, other_tab_lists),
    "formulas of all kinds": (None, formulas),
    "saved views": (None, views),
    "newer parts": (None, newer_parts),
    "calculation chain": (None, chain),
}
