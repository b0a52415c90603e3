"""A package while it is changed: what nobody touches stays byte for byte."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from sheetcrm.errors import CannotWriteError
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.package import Package, open_package
from sheetcrm.workbook.xlsx.parts import Relation

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml"

PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/notes.xml" ContentType="text/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="1"/>'
    '<sheets><sheet name="Deals" sheetId="4" r:id="rId7"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId7" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId1" Type="{OFFICE}/notes" Target="notes.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">'
    '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
    "xl/notes.xml": "<notes/>",
    "docs/Über.txt": "kept",
}


def package(changed: dict[str, str | bytes] | None = None) -> Package:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as target:
        for at, (name, content) in enumerate({**PARTS, **(changed or {})}.items()):
            info = ZipInfo(name, (2020, 5, 17, 10, 30, 4))
            info.compress_type = ZIP_STORED if at % 2 else ZIP_DEFLATED
            info.comment = b"by hand"
            target.writestr(info, content)
    return open_package("book.xlsx", buffer.getvalue())


def saved(draft: Draft) -> dict[str, bytes]:
    with ZipFile(BytesIO(draft.finished())) as source:
        assert source.testzip() is None
        return {name: source.read(name) for name in source.namelist()}


def test_a_draft_of_nothing_is_the_same_book() -> None:
    before = package()
    after = open_package("book.xlsx", Draft(before).finished())
    for name, entry in before.entries.items():
        copy = after.entries[name]
        assert before.packed(entry) == after.packed(copy)
        assert (entry.date_time, entry.comment, entry.compress_type, entry.CRC) == (
            copy.date_time,
            copy.comment,
            copy.compress_type,
            copy.CRC,
        )
    assert list(after.entries) == list(before.entries)


def test_only_what_is_touched_changes() -> None:
    draft = Draft(package())
    draft.sheet("Deals").set(2, 0, 5)
    draft.edit("xl/notes.xml").set("read", "yes")
    draft.put("xl/more.xml", b"<more/>", "text/xml")
    after = saved(draft)
    assert b'<row r="2"><c r="A2"><v>5</v></c></row>' in after["xl/worksheets/sheet1.xml"]
    assert b'<notes read="yes"/>' in after["xl/notes.xml"]
    assert after["xl/more.xml"] == b"<more/>"
    assert b'PartName="/xl/more.xml" ContentType="text/xml"' in after["[Content_Types].xml"]
    assert after["docs/Über.txt"] == b"kept"
    assert draft.changed == {"xl/worksheets/sheet1.xml", "xl/notes.xml", "xl/more.xml", "[Content_Types].xml"}


def test_a_removed_part_takes_its_content_type_along() -> None:
    draft = Draft(package())
    draft.unrelate("xl/workbook.xml", "rId1")
    draft.remove("xl/notes.xml")
    after = saved(draft)
    assert "xl/notes.xml" not in after
    assert b"notes" not in after["[Content_Types].xml"] + after["xl/_rels/workbook.xml.rels"]


def test_a_relationship_takes_a_free_id_and_the_way_to_its_target() -> None:
    draft = Draft(package())
    assert draft.relate("xl/workbook.xml", "chart", "xl/charts/chart1.xml") == "rId2"
    assert draft.relate("xl/worksheets/sheet1.xml", "drawing", "xl/drawings/drawing1.xml") == "rId1"
    assert draft.relations("xl/workbook.xml")[-1] == Relation("rId2", "chart", "xl/charts/chart1.xml", False)
    after = saved(draft)
    assert b'Target="../drawings/drawing1.xml"' in after["xl/worksheets/_rels/sheet1.xml.rels"]


def test_the_last_relationship_takes_the_list_along() -> None:
    draft = Draft(package())
    id = draft.relate("xl/notes.xml", "image", "xl/media/image1.png")
    draft.unrelate("xl/notes.xml", id)
    assert "xl/_rels/notes.xml.rels" not in saved(draft)


def test_a_free_name_differs_from_all_in_whatever_case() -> None:
    assert Draft(package({"XL/Charts/Chart1.xml": "<c/>"})).free_name("xl/charts/chart{}.xml") == "xl/charts/chart2.xml"


def test_strict_books_and_books_of_1904_are_known() -> None:
    strict = (
        PARTS["xl/workbook.xml"]
        .replace(MAIN, f"{STRICT}/spreadsheetml/main")
        .replace(OFFICE, f"{STRICT}/officeDocument/relationships")
    )
    draft = Draft(package({"xl/workbook.xml": strict}))
    draft.relate("xl/workbook.xml", "chart", "xl/chart.xml")
    assert draft.strict
    assert draft.date1904
    assert (
        b'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/chart"'
        in saved(draft)["xl/_rels/workbook.xml.rels"]
    )


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251"])
def test_a_sheet_in_another_encoding_is_changed_in_utf8(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + PARTS["xl/worksheets/sheet1.xml"].replace(
        "<v>1</v>", "<v>Ы</v>"
    )
    draft = Draft(package({"xl/worksheets/sheet1.xml": text.encode(encoding)}))
    draft.sheet("Deals").set(2, 0, "Я")
    content = saved(draft)["xl/worksheets/sheet1.xml"].decode()
    assert content.startswith('<?xml version="1.0" encoding="UTF-8"')
    assert "<v>Ы</v>" in content
    assert "<t>Я</t>" in content


def test_a_sheet_in_an_unknown_encoding_is_refused_by_name() -> None:
    text = '<?xml version="1.0" encoding="klingon"?>' + PARTS["xl/worksheets/sheet1.xml"]
    with pytest.raises(CannotWriteError, match=r"sheet1\.xml is written in klingon"):
        Draft(package({"xl/worksheets/sheet1.xml": text})).sheet("Deals")
