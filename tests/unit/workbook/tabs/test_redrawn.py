"""Tabs drawn anew keep their place and what the user made of them; what was only theirs goes."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook

from sheetcrm.tab import Tab
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.package import open_package
from tests.lossless.books import books
from tests.unit.workbook.tabs.transplanted import (
    COLUMNS,
    LINES,
    NOTES,
    REPORT,
    ROWS,
    SALES,
    bring,
    into,
    lost,
    names,
    part,
    pictures,
    refused,
    seen,
    sheet,
    users,
    written,
)


def test_a_tab_drawn_anew_keeps_what_the_user_made_of_it() -> None:
    def draw(book: Workbook) -> None:
        book.add_worksheet("Deals").write_formula("A1", f"='{SALES}'!B4", None, 5)
        old = book.add_worksheet(SALES)
        old.set_tab_color("#FF0000")
        old.hide()
        old.set_vba_name("Sheet7")
        old.write_string("Z99", "old")
        book.add_worksheet("Plans")
        book.define_name("Best", f"='{SALES}'!$B$5")

    before = written(draw)
    after = into(before, REPORT)
    found = seen(after)
    assert found.sheetnames == ["Deals", SALES, "Plans"]
    assert found[SALES].sheet_state == "hidden"
    assert 'tabColor rgb="FFFF0000"' in part(after, "xl/worksheets/sheet2.xml")
    assert found[SALES].sheet_properties.codeName == "Sheet7"
    assert found.defined_names["Best"].attr_text == f"'{SALES}'!$B$5"
    assert found[SALES]["Z99"].value is None
    assert lost(before, after, SALES) == []


def test_a_colour_that_the_user_gave_stays_where_the_drawn_tab_has_none() -> None:
    def coloured(book: Workbook) -> None:
        book.add_worksheet(SALES).set_tab_color("#FF0000")

    after = bring(written(coloured), written(users(SALES)), SALES)
    assert 'tabColor rgb="FFFF0000"' in part(after, "xl/worksheets/sheet1.xml")


def test_a_tab_on_which_the_user_is_stays_the_one() -> None:
    def draw(book: Workbook) -> None:
        book.add_worksheet("Deals")
        book.add_worksheet(SALES).activate()

    found = seen(into(written(draw), REPORT))
    assert [title for title in found.sheetnames if found[title].sheet_view.tabSelected] == [SALES]


def test_what_belonged_to_the_old_tab_only_is_gone() -> None:
    rich = into(written(users()), REPORT)
    plain = into(rich, Tab(SALES, rows=NOTES.rows))
    assert names(rich) - names(plain) == {
        "xl/charts/chart1.xml", "xl/comments1.xml", "xl/drawings/_rels/drawing1.xml.rels", "xl/drawings/drawing1.xml",
        "xl/drawings/vmlDrawing1.vml", "xl/worksheets/_rels/sheet3.xml.rels",
    }  # fmt: skip
    assert "Print_Titles" not in part(plain, "xl/workbook.xml")
    assert "_FilterDatabase" not in part(plain, "xl/workbook.xml")
    lines = into(into(written(users()), LINES), Tab(LINES.title, rows=NOTES.rows))
    assert "definedName" not in part(lines, "xl/workbook.xml")
    assert lost(rich, plain, SALES) == []


def test_a_picture_that_another_tab_shows_too_stays() -> None:
    before = written(pictures("Deals", SALES))
    after = into(before, Tab(SALES, rows=NOTES.rows))
    assert {"xl/media/image1.png", "xl/drawings/drawing1.xml"} <= names(after)
    assert "xl/drawings/drawing2.xml" not in names(after)
    assert lost(before, after, SALES) == []


def firms(book: Workbook) -> None:
    book.add_worksheet("Deals").add_table("A1:B3", {"name": "Facts"})


def facts(book: Workbook) -> None:
    columns = [{"header": "City"}, {"header": "Sum", "format": book.add_format({"bold": True})}]
    book.add_worksheet(SALES).add_table("A1:B3", {"name": "Facts", "columns": columns})


def test_a_table_keeps_its_name_unless_somebody_has_it() -> None:
    free = bring(written(users()), written(facts), SALES)
    assert sheet(free).tables["Facts"].id == 1
    taken = bring(written(firms), written(facts), SALES)
    assert sheet(taken).tables["Facts_2"].id == 2
    assert lost(written(firms), taken, SALES) == []
    assert bring(taken, written(facts), SALES) == taken


def test_a_table_drawn_anew_keeps_its_number() -> None:
    def two(book: Workbook) -> None:
        book.add_worksheet("▦ First").add_table("A1:B3", {"name": "First"})
        facts(book)

    both = bring(written(users()), written(two), "▦ First", SALES)
    assert sheet(both).tables["Facts"].id == 2
    assert sheet(bring(into(both, Tab("▦ First", rows=NOTES.rows)), written(facts), SALES)).tables["Facts"].id == 2


def test_the_pivot_of_an_old_tab_goes_with_its_data() -> None:
    before = books()["pivot"]
    after = into(before, Tab("Pivot", rows=NOTES.rows))
    assert {name for name in names(before) if "pivot" in name.lower()}
    assert not {name for name in names(after) if "pivot" in name.lower()}
    assert "pivotCache" not in part(after, "xl/workbook.xml")


def test_data_that_another_pivot_counts_stays() -> None:
    before = Draft(open_package("book.xlsx", books()["pivot"]))
    (deals, *_), cache = before.sheets(), "xl/pivotCache/pivotCacheDefinition1.xml"
    table = before.read("xl/pivotTables/pivotTable1.xml")
    before.put("xl/pivotTables/pivotTable2.xml", table, "application/x-pivot")
    before.relate("xl/pivotTables/pivotTable2.xml", "pivotCacheDefinition", cache)
    before.relate(deals.part, "pivotTable", "xl/pivotTables/pivotTable2.xml")
    after = into(before.finished(), Tab("Pivot", rows=NOTES.rows))
    assert "xl/pivotTables/pivotTable1.xml" not in names(after)
    assert cache in names(after)
    assert "pivotCache " in part(after, "xl/workbook.xml")


def test_a_tab_on_which_a_slicer_hangs_is_not_drawn_anew() -> None:
    assert "slicer" in refused(books()["slicer and timeline"], NOTES, Tab("Pivot", rows=NOTES.rows))


def test_the_list_of_calculations_goes_only_when_formulas_go() -> None:
    before = books()["calculation chain"]
    chain = "xl/calcChain.xml"
    assert chain in names(into(before, REPORT))
    assert chain not in names(into(before, Tab("Sums", rows=NOTES.rows)))


def test_a_name_of_ours_is_renewed_and_hidden_and_the_users_stay_where_they_are() -> None:
    after = into(into(written(users()), REPORT), Tab(SALES, COLUMNS, ROWS * 2, lead=REPORT.lead, filter=True))
    workbook = part(after, "xl/workbook.xml")
    assert workbook.count('name="_xlnm._FilterDatabase"') == 1
    assert f"'{SALES}'!$A$3:$C$7" in workbook
    assert workbook.count('name="_list_') == 1
    assert seen(after).defined_names[next(iter(seen(after).defined_names))].hidden
