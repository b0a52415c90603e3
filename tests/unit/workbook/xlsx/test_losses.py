"""What openpyxl would lose stops the write by name; what it keeps, it keeps."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference

from sheetcrm.errors import Exit, GuardError
from sheetcrm.tab import Tab, TabRow
from sheetcrm.table import Change
from sheetcrm.text import say
from sheetcrm.workbook.xlsx import XlsxWorkbook
from sheetcrm.workbook.xlsx.losses import losses
from sheetcrm.workbook.xlsx.package import open_package
from tests.unit.workbook.packages import MAIN, OFFICE, SHEET, WORKBOOK, parts, relationships, text, worksheet, zipped

MS = "http://schemas.microsoft.com/office/2017/10/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
ROW = f'<row r="1">{text("A1", "x")}</row>'
SHEET_RELS = "xl/worksheets/_rels/sheet1.xml.rels"


def found(**changed: str) -> list[str]:
    """What would be lost of a book with these parts."""
    package = open_package("book.xlsx", zipped(parts(ROW) | {_part(name): text for name, text in changed.items()}))
    return [f"{loss.tab}: {say(loss.what, 'en')}" for loss in losses(package)]


def _part(name: str) -> str:
    names = {"sheet": SHEET, "sheet_rels": SHEET_RELS, "workbook": WORKBOOK, "rels": "_rels/.rels"}
    return names.get(name, name)


def related(kind: str) -> list[str]:
    """What would be lost of a book whose sheet has a relationship of this kind."""
    return found(sheet_rels=relationships(("rId1", kind, "../other.xml")))


def extended(uri: str) -> list[str]:
    return found(sheet=worksheet(ROW, f'<extLst><ext uri="{uri}"><x/></ext></extLst>'))


def drawn(shape: str) -> list[str]:
    anchor = f"<d:twoCellAnchor><d:from/><d:to/><d:{shape}/><d:clientData/></d:twoCellAnchor>"
    drawing = f'<d:wsDr xmlns:d="{DRAWING}">{anchor}</d:wsDr>'
    rels = relationships(("rId1", "drawing", "../drawings/drawing1.xml"))
    return found(sheet_rels=rels, **{"xl/drawings/drawing1.xml": drawing})


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("pivotTable", "S: a pivot table"),
        ("slicer", "S: a slicer"),
        (f"{MS}/threadedComment", "S: a comment thread"),
        ("ctrlProp", "S: a form control"),
        ("oleObject", "S: an embedded object"),
        ("image", "S: a background picture"),
        ("queryTable", "S: a query to outside data"),
        ("somethingNew", "S: the part xl/other.xml"),
    ],
)
def test_what_belongs_to_a_tab_is_named(kind: str, said: str) -> None:
    assert related(kind) == [said]


@pytest.mark.parametrize("kind", ["hyperlink", "comments", "table", "printerSettings"])
def test_what_openpyxl_keeps_is_no_loss(kind: str) -> None:
    assert related(kind) == []


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("{05C60535-1F16-4fd2-B633-F4F36F0B64E0}", "S: sparklines"),
        ("{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}", "S: a drop-down or check that refers to another tab"),
        ("{00000000-0000-0000-0000-000000000000}", "S: the extension {00000000-0000-0000-0000-000000000000}"),
    ],
)
def test_extensions_are_named(uri: str, said: str) -> None:
    assert extended(uri) == [said]


@pytest.mark.parametrize(
    ("shape", "said"),
    [("pic", "S: a picture"), ("sp", "S: a shape or text box"), ("graphicFrame", "S: a chart")],
)
def test_drawings_are_named(shape: str, said: str) -> None:
    assert drawn(shape) == [said]


def test_form_controls_in_old_drawings_are_named_and_comments_are_not() -> None:
    rels = relationships(("rId1", "vmlDrawing", "../drawings/vml.vml"))
    for kind, lost in (("Note", []), ("Checkbox", ["S: a form control"])):
        vml = f'<xml xmlns:x="urn:x"><x:ClientData ObjectType="{kind}"/></xml>'
        assert found(sheet_rels=rels, **{"xl/drawings/vml.vml": vml}) == lost


def test_what_belongs_to_the_book_is_named() -> None:
    rels = ("rId1", "worksheet", "worksheets/sheet1.xml")
    lost = found(
        **{
            "xl/_rels/workbook.xml.rels": relationships(rels, ("rId2", "customXml", "../customXml/item1.xml")),
            "workbook": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><fileSharing readOnlyRecommended="1"/><sheets>'
            '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        }
    )
    assert lost == [": data of a document system (custom XML)", ": a write reservation"]


def test_a_signature_is_named() -> None:
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    rels = relationships(("rId1", "officeDocument", WORKBOOK), ("rId2", origin, "_xmlsignatures/origin.sigs"))
    assert found(rels=rels) == [": a digital signature"]


def test_a_chart_sheet_is_named_by_its_title() -> None:
    lost = found(
        **{
            "xl/_rels/workbook.xml.rels": relationships(
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "chartsheet", "chartsheets/sheet1.xml")
            ),
            "xl/chartsheets/sheet1.xml": "<chartsheet/>",
            "workbook": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/>'
            '<sheet name="Trend" sheetId="2" r:id="rId2"/></sheets></workbook>',
        }
    )
    assert lost == ["Trend: a chart on a sheet of its own"]


def test_spilling_formulas_are_named_by_their_cell() -> None:
    rels = relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sheetMetadata", "metadata.xml"))
    sheet = worksheet('<row r="1"><c r="B1" cm="1"><f t="array" ref="B1:B2">UNIQUE(A1:A9)</f><v>1</v></c></row>')
    lost = found(sheet=sheet, **{"xl/_rels/workbook.xml.rels": rels, "xl/metadata.xml": "<metadata/>"})
    assert lost == ["S: a spilling formula or a picture in cell B1"]


def test_a_large_sheet_is_searched_to_its_end() -> None:
    rows = "".join(f'<row r="{n}">{text(f"A{n}", "x" * 900)}</row>' for n in range(1, 3000))
    assert found(sheet=worksheet(rows, "<customSheetViews/>")) == ["S: a custom view"]


def test_the_refusal_names_the_book_the_thing_and_the_way_out(tmp_path: Path) -> None:
    path = charted(tmp_path, "Sales")
    before = path.read_bytes()
    workbook = XlsxWorkbook(path, lambda _: None)
    with pytest.raises(GuardError) as stop:
        workbook.write([Change("Sales", None, "A", None, 5, 1)], (), workbook.read().revision)
    assert stop.value.exit_code == Exit.GUARDED
    assert say(stop.value.message, "en") == (
        "clients.xlsx was not changed, since this version cannot keep: a chart (tab Sales)."
    )
    assert stop.value.hint is not None
    assert "report --out" in say(stop.value.hint, "en")
    assert path.read_bytes() == before


def test_charts_on_generated_tabs_are_ours(tmp_path: Path) -> None:
    workbook = XlsxWorkbook(charted(tmp_path, "▦ Sales"), lambda _: None)
    workbook.write((), [Tab("▦ Other", rows=(TabRow(("x",)),))], workbook.read().revision)
    assert len(workbook.read().sheets) == 2


def charted(folder: Path, title: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.append([1])
    chart = BarChart()
    chart.add_data(Reference(sheet, 1, 1, 1, 1))
    sheet.add_chart(chart, "C1")
    book.save(folder / "clients.xlsx")
    return folder / "clients.xlsx"
