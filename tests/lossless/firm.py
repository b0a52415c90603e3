"""A client base of ours as its owner has furnished it: columns of his own, a board with a chart, a pivot, a thread."""

from __future__ import annotations

import re
from html import escape

from tests.lossless.cells import address, cells_of, rows_of, spot
from tests.lossless.opened import opened, text_in
from tests.lossless.patched import DECLARATION, DRAWING, OFFICE, WORKBOOK, Patched, row, text_cell
from tests.lossless.patched import number_cell as n
from tests.lossless.pivots import pivot_over
from tests.lossless.tables import text_of
from tests.lossless.threads import thread

BOARD = "My board"
_CHART = f"{DRAWING}/chart"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument"


def furnished(base: bytes, companies: str, deals: str) -> bytes:
    """A client base with what its owner added.

    Args:
        base: The book as sheetcrm made it.
        companies: The title of the tab of companies.
        deals: That of deals.
    """
    book = Patched(base)
    found = {sheet.title: sheet.part for sheet in opened(base).sheets}
    last = rows_of(opened(base), found[deals])[-1].number
    headers = _headers(base, found[companies])
    _own_columns(book, found[companies], len(headers))
    sheet = _board(book, deals, last)
    _drawing(book, sheet, deals, last)
    thread(book, sheet, "A1")
    pivot_over(book, companies, f"A1:{address(40, len(headers) - 1)}", headers)
    name = f'<definedName name="MyDeals">{_quoted(deals)}!$A$2:$A${last}</definedName>'
    if "<definedNames>" in book.text(WORKBOOK):
        book.replace(WORKBOOK, "<definedNames>", f"<definedNames>{name}")
    else:
        book.before(WORKBOOK, ("calcPr", "pivotCaches", "/workbook"), f"<definedNames>{name}</definedNames>")
    return book.zipped()


def own_cells(book: bytes, companies: str) -> dict[str, str]:
    """The owner's own columns, as the XML of each cell has them."""
    package = opened(book)
    part = next(sheet.part for sheet in package.sheets if sheet.title == companies)
    rows = rows_of(package, part)
    first = next(spot(at)[1] for at, cell in cells_of(rows) if text_of(package, cell) == "My note")
    cells = ((at, cell) for at, cell in cells_of(rows) if spot(at)[1] in (first, first + 1))
    return {at: text_in(cell) + str(cell.get("s")) for at, cell in cells}


def _headers(base: bytes, part: str) -> list[str]:
    package = opened(base)
    return [text_of(package, cell) for cell in rows_of(package, part)[0].cells.values()]


def _own_columns(book: Patched, part: str, first: int) -> None:
    """Two columns at the right: a note in every third row, and a formula in all."""

    def filled(found: re.Match[str]) -> str:
        number = int(found[2])
        left, right = address(number, first), address(number, first + 1)
        if number == 1:
            return found[0] + text_cell(left, "My note") + text_cell(right, "My length") + "</row>"
        if f'r="B{number}"' not in found[0]:
            return found[0] + "</row>"
        note = text_cell(left, "ask &amp; wait") if number % 3 == 0 else ""
        return f'{found[0]}{note}<c r="{right}"><f>LEN(B{number})</f><v>{number}</v></c></row>'

    row_xml = re.compile(r'(<row [^>]*?r="(\d+)"[^/>]*>)(?:(?!</row>).)*', re.DOTALL)
    text = row_xml.sub(filled, book.text(part)).replace("</row></row>", "</row>")
    book.parts[part] = text.encode()


def _board(book: Patched, deals: str, last: int) -> str:
    where = escape(_quoted(deals))
    rows = row(1, text_cell("A1", "Deals"), f'<c r="B1"><f>COUNTA({where}!A2:A{last})</f><v>{last - 1}</v></c>')
    rows += row(2, text_cell("A2", "Third"), f'<c r="B2" t="str"><f>{where}!A3</f><v>D-000002</v></c>')
    rows += row(3, text_cell("A3", "Mine"), '<c r="B3"><f>2*3</f><v>6</v></c>', n("C3", 4))
    sheet = book.add_sheet(BOARD, rows)
    book.extend(
        sheet,
        "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}",
        "<x14:sparklineGroups><x14:sparklineGroup><x14:sparklines><x14:sparkline>"
        f"<xm:f>{where}!H2:H{last}</xm:f><xm:sqref>D1</xm:sqref></x14:sparkline></x14:sparklines>"
        "</x14:sparklineGroup></x14:sparklineGroups>",
    )
    return sheet


def _drawing(book: Patched, sheet: str, deals: str, last: int) -> None:
    """A chart over the deals and a text box."""
    where = escape(_quoted(deals))
    scaling = '<c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
    axes = f'<c:catAx><c:axId val="1"/>{scaling}<c:axPos val="b"/><c:crossAx val="2"/></c:catAx>'
    axes += f'<c:valAx><c:axId val="2"/>{scaling}<c:axPos val="l"/><c:crossAx val="1"/></c:valAx>'
    chart = (
        f'{DECLARATION}<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{DRAWING}/main"><c:chart><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/>'
        f"<c:val><c:numRef><c:f>{where}!$H$2:$H${last}</c:f></c:numRef></c:val></c:ser>"
        f'<c:axId val="1"/><c:axId val="2"/></c:barChart>{axes}</c:plotArea></c:chart></c:chartSpace>'
    )
    place = "<xdr:col>{}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    anchor = "<xdr:twoCellAnchor><xdr:from>" + place + "</xdr:from><xdr:to>" + place + "</xdr:to>{}<xdr:clientData/>"
    frame = (
        '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart 1"/><xdr:cNvGraphicFramePr/>'
        '</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>'
        f'<a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" r:id="rId101"/></a:graphicData></a:graphic>'
        "</xdr:graphicFrame>"
    )
    box = (
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="3" name="Box"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>'
        '<xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r>'
        "<a:t>Plan of the year</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    drawing = (
        f'{DECLARATION}<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main" xmlns:r="{OFFICE}">'
        f"{anchor.format(4, 4, 9, 18, frame)}</xdr:twoCellAnchor>{anchor.format(4, 20, 9, 24, box)}</xdr:twoCellAnchor>"
        "</xdr:wsDr>"
    )
    book.write("xl/charts/own1.xml", chart, f"{_SPREADSHEET}.drawingml.chart+xml")
    book.write("xl/drawings/own1.xml", drawing, f"{_SPREADSHEET}.drawing+xml")
    book.relate("xl/drawings/own1.xml", "chart", "xl/charts/own1.xml")
    id = book.relate(sheet, "drawing", "xl/drawings/own1.xml")
    book.before(sheet, ("legacyDrawing", "extLst", "/worksheet"), f'<drawing r:id="{id}"/>')


def _quoted(title: str) -> str:
    return title if title.isascii() and title.isalnum() else f"'{title}'"
