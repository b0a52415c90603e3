"""Drawn tabs in a book that exists: they come whole, everything of others stays, and twice is once."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from xlsxwriter.workbook import Workbook

from sheetcrm.tab import Tab
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.package import open_package
from tests.lossless.books import books
from tests.unit.workbook.packages import parts, text, zipped
from tests.unit.workbook.tabs.transplanted import (
    LINES,
    NOTES,
    REPORT,
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
    values,
    written,
)


def test_a_tab_comes_with_everything_that_belongs_to_it() -> None:
    data = into(written(users()), REPORT)
    found = sheet(data)
    assert found["A4"].value == " Daisy  _x005F_x0041_"
    assert (found["B4"].value, found["C5"].value.date(), found["C5"].number_format) == (
        7,
        date(2024, 5, 9),
        "dd.mm.yyyy",
    )
    assert (found["A3"].font.b, found["A3"].fill.fgColor.rgb) == (True, "FF2F5D7C")
    assert found["A4"].hyperlink is not None
    assert found["A4"].hyperlink.target == "https://example.com/?a=1&b=2"
    assert found["A3"].comment is not None
    assert found["A3"].comment.text.endswith("who bought")
    assert "xl/charts/chart1.xml" in names(data)
    assert {rule.formula1 for rule in found.data_validations.dataValidation} >= {'"a,b"'}
    assert {rule.type for rules in found.conditional_formatting for rule in rules.rules} == {"expression", "dataBar"}
    assert (found.print_title_rows, found.auto_filter.ref) == ("$3:$3", "A3:C5")


def test_every_reader_finds_the_texts_as_they_were() -> None:
    data = into(written(users()), REPORT)
    assert values(data)[3][:2] == [" Daisy  _x0041_", 7.0]


def test_shared_texts_come_into_their_cells_and_keep_their_letters() -> None:
    def draw(book: Workbook) -> None:
        drawn = book.add_worksheet("▦ Rich")
        bold = book.add_format({"bold": True})
        drawn.write_string("A1", " spaces and <&> ", bold)
        drawn.write_rich_string("A2", "some ", bold, "bold", " letters")
        drawn.write_string("A3", "")
        drawn.set_row(4, 30, bold)
        drawn.set_column("D:D", 12, bold)

    after = bring(written(users()), written(draw), "▦ Rich")
    assert [row[0] for row in values(after, "▦ Rich")[:2]] == [" spaces and <&> ", "some bold letters"]
    xml = part(after, "xl/worksheets/sheet3.xml")
    assert "<is><r><t" in xml
    assert 't="s"' not in xml
    found = sheet(after, "▦ Rich")
    assert (found["A1"].font.b, found.column_dimensions["D"].font.b, found.row_dimensions[5].font.b) == (True,) * 3


MADE = [
    "plain", "days from 1904", "charts", "comments", "table with totals", "macros", "names", "pivot", "saved views",
    "slicer and timeline", "outside data", "chart of its own", "strict", "strict with everything",
    "prefixed with a byte-order mark", "absolute targets", "backslashes", "workbook elsewhere", "UTF-16",
    "names in another case", "without shared strings", "everything",
]  # fmt: skip


@pytest.mark.parametrize("name", MADE)
def test_nothing_of_others_changes_and_twice_is_once(name: str) -> None:
    before = books()[name]
    tabs = REPORT, LINES, NOTES
    after = into(before, *tabs)
    assert lost(before, after, *(tab.title for tab in tabs)) == []
    assert into(after, *tabs) == after


def test_tabs_by_turns_leave_the_same_parts_and_formats() -> None:
    once = into(written(users()), REPORT, LINES)
    again = into(into(into(once, LINES), REPORT), REPORT, LINES)
    assert names(again) == names(once)
    assert part(again, "xl/styles.xml") == part(once, "xl/styles.xml")


def test_libreoffice_opens_every_kind_of_book(soffice: str, tmp_path: Path) -> None:
    kinds = ["plain", "days from 1904", "strict", "prefixed with a byte-order mark", "everything"]
    files = [tmp_path / f"{number}.xlsx" for number, _ in enumerate(kinds)]
    for file, kind in zip(files, kinds, strict=True):
        file.write_bytes(into(into(books()[kind], REPORT, LINES), REPORT))
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "ods"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), *map(str, files)], check=True, capture_output=True, timeout=300
    )
    for file in files:
        found = values(file.with_suffix(".ods").read_bytes())
        assert [row[:2] for row in found[3:5]] == [[" Daisy  _x0041_", 7.0], [" Rose  _x0041_", 9.0]]
        assert found[3][2] == date(2024, 5, 7)


def test_a_new_tab_finds_its_place_among_ours() -> None:
    start, work = Tab("Start", rows=NOTES.rows, group="start"), Tab("Calls", rows=NOTES.rows, group="work")
    after = into(into(written(users()), start, REPORT), work)
    assert seen(after).sheetnames == ["Start", "Calls", SALES, "Deals", "Plans"]


def test_a_tab_for_the_machine_comes_hidden() -> None:
    after = into(written(users()), Tab("Runs", rows=NOTES.rows, group="system"))
    assert seen(after)["Runs"].sheet_state == "hidden"


def test_what_counts_tabs_goes_on_meaning_the_same_ones() -> None:
    def draw(book: Workbook) -> None:
        deals, plans = book.add_worksheet("Deals"), book.add_worksheet("Plans")
        deals.print_area("A1:B9")
        plans.print_area("A1:B3")
        plans.activate()
        plans.set_first_sheet()

    found = seen(into(written(draw), Tab("Start", rows=NOTES.rows, group="start")))
    assert found.active is not None
    assert (found.active.title, found.views[0].firstSheet) == ("Plans", 2)
    assert [found[title].print_area for title in ("Deals", "Plans")] == ["'Deals'!$A$1:$B$9", "'Plans'!$A$1:$B$3"]
    assert [title for title in found.sheetnames if found[title].sheet_view.tabSelected] == ["Plans"]


def test_a_new_first_tab_is_in_sight() -> None:
    after = into(written(users()), Tab("Start", rows=NOTES.rows, group="start"))
    assert 'firstSheet="1"' not in part(after, "xl/workbook.xml")


def test_a_picture_comes_with_its_tab() -> None:
    after = bring(written(users()), written(pictures(SALES)), SALES)
    drawing = Draft(open_package("book.xlsx", after)).relations("xl/drawings/drawing1.xml")
    assert [relation.target for relation in drawing] == ["xl/media/image1.png"]
    assert 'Extension="png"' in part(after, "[Content_Types].xml")
    assert lost(written(users()), after, SALES) == []


@pytest.mark.parametrize("title", ["deals", "DEALS"])
def test_a_title_that_differs_in_case_only_is_another_tab_to_us_and_the_same_to_excel(title: str) -> None:
    assert "Deals" in refused(written(users()), Tab(title, rows=NOTES.rows))


def test_a_chart_sheet_is_never_replaced() -> None:
    def draw(book: Workbook) -> None:
        book.add_worksheet("Deals")
        chart = book.add_chart({"type": "line"})
        assert chart is not None
        chart.add_series({"values": "=Deals!$A$1:$A$3"})
        book.add_chartsheet("Trend").set_chart(chart)

    assert "Trend" in refused(written(draw), Tab("Trend", rows=NOTES.rows))


def test_a_book_with_no_more_than_it_needs_takes_a_tab() -> None:
    before = zipped(parts(f'<row r="1">{text("A1", "Daisy")}</row>'))
    after = into(before, REPORT)
    assert seen(after).sheetnames == ["S", SALES]
    assert values(after)[4][1] == 9
    assert into(after, REPORT) == after
