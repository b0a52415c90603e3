"""Cleared rows leave a table only where everything that points at rows can follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook.workbook import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook as Author
from xlsxwriter.worksheet import Worksheet

from sheetcrm.text import say
from sheetcrm.workbook.xlsx.compact.plan import Compacted, cleared, compact
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.package import open_package

TABLE = (1, 10)
"""Deals: a header, records on rows 2 to 10, of which 5 and 6 were deleted."""
GONE = (5, 6)

Draw = Callable[[Author, Worksheet, Worksheet], None]


def book(draw: Draw = lambda *_: None) -> bytes:
    """A book with the tabs Deals and Mine, on which a user drew something."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as author:
        deals, mine = author.add_worksheet("Deals"), author.add_worksheet("Mine")
        deals.write_row(0, 0, ["Deal ID", "Company", "Amount"])
        for row in range(2, 11):
            if row not in GONE:
                deals.write_row(row - 1, 0, [f"D-{row}", f"Client {row}", row])
        draw(author, deals, mine)
    return stream.getvalue()


def compacted(data: bytes) -> Compacted:
    return compact(open_package("book.xlsx", data), {"Deals": TABLE})


def after(data: bytes) -> Workbook:
    """The book without the rows, which nothing kept."""
    done = compacted(data)
    assert done.blockers == ()
    assert done.removed == {"Deals": GONE}
    return openpyxl.load_workbook(BytesIO(done.draft.finished()))


def part(data: bytes, pattern: str) -> str:
    """The part of a book whose name matches, as text."""
    with ZipFile(BytesIO(data)) as package:
        name = next(name for name in package.namelist() if re.search(pattern, name))
        return package.read(name).decode()


def stops(data: bytes) -> list[tuple[str, str]]:
    """What keeps the rows: where, and why."""
    done = compacted(data)
    assert not done.removed
    assert not done.draft.changed
    return [(stop.place, say(stop.why, "en")) for stop in done.blockers]


def formula(text: str, value: int = 7) -> Draw:
    """Only a formula, in the first cell of Mine."""

    def draw(author: Author, deals: Worksheet, mine: Worksheet) -> None:
        mine.write_formula("A1", text, None, value)

    return draw


def chart(author: Author, kind: str, **series: object) -> Chart:
    """A chart of one series."""
    made = author.add_chart({"type": kind})
    assert made is not None
    made.add_series(series)
    return made


def test_the_records_move_up_with_their_looks() -> None:
    def draw(author: Author, deals: Worksheet, mine: Worksheet) -> None:
        deals.write(8, 1, "Client 9", author.add_format({"bold": True}))
        deals.set_row(9, 39.75)

    sheet = after(book(draw))["Deals"]
    assert [sheet.cell(row, 1).value for row in range(1, 9)] == ["Deal ID", *(f"D-{n}" for n in (2, 3, 4, 7, 8, 9, 10))]
    assert sheet.dimensions == "A1:C8"
    assert sheet["B7"].font.bold
    assert sheet.row_dimensions[8].height == 39.75


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("=SUM(Deals!C2:C10)", "=SUM(Deals!C2:C8)"),
        ("=SUM(Deals!$C$2:$C$10)", "=SUM(Deals!$C$2:$C$8)"),
        ("=Deals!B9", "=Deals!B7"),
        ("=Deals!B4", "=Deals!B4"),
        ("=SUM(Deals!C:C)", "=SUM(Deals!C:C)"),
        ("=SUM(Deals!C5:C8)", "=SUM(Deals!C5:C6)"),
        ("=SUM('Deals'!C2:C6)", "=SUM('Deals'!C2:C4)"),
        ("=SUM(Deals!C2:C1048576)", "=SUM(Deals!C2:C1048576)"),
        ('=IF(B9="Deals!C9",Deals!C9,[1]Deals!C9)', '=IF(B9="Deals!C9",Deals!C7,[1]Deals!C9)'),
        ("=INDEX(Deals!B2:B10,MATCH(9,Deals!C2:C10,0))", "=INDEX(Deals!B2:B8,MATCH(9,Deals!C2:C8,0))"),
    ],
)
def test_a_formula_means_the_same_cells(before: str, expected: str) -> None:
    assert after(book(formula(before)))["Mine"]["A1"].value == expected


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=SUM(Deals!C2:C10)", True),
        ("=Deals!B9", True),
        ("=COUNTBLANK(Deals!C2:C10)", False),
        ("=MATCH(9,Deals!C:C,0)", False),
        ("=COUNTA(A2:A9)", True),
    ],
)
def test_a_value_that_cannot_have_changed_stays(text: str, kept: bool) -> None:
    done = compacted(book(formula(text, 7)))
    assert ("<v>7</v>" in part(done.draft.finished(), "sheet2")) is kept


def test_what_depends_on_a_value_that_went_is_calculated_anew() -> None:
    def draw(author: Author, deals: Worksheet, mine: Worksheet) -> None:
        mine.write_formula("A1", "=MATCH(9,Deals!C:C,0)", None, 9)
        mine.write_formula("A2", "=A1+1", None, 10)

    finished = compacted(book(draw)).draft.finished()
    assert "<v>" not in part(finished, "sheet2")
    assert 'fullCalcOnLoad="1"' in part(finished, "workbook.xml$")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("=Deals!C5", "it points at the blank row 5"),
        ("=SUM(Deals!C5:C6)", "it points at the blank row 5"),
        ('=INDIRECT("Deals!C9")', "INDIRECT names its rows as a text"),
        ('=INDIRECT(A2&"!C9")', "INDIRECT may mean any cell"),
        ("=OFFSET(Deals!C1,8,0)", None),
        ("=OFFSET(Deals!C2,0,0,9,1)", None),
        ("=OFFSET(Deals!C9,1,0)", "OFFSET counts rows from there"),
        ("=INDEX(Deals!B2:B10,7)", "it takes a row by its number"),
        ("=HLOOKUP(1,Deals!A1:C10,7)", "it takes a row by its number"),
        ('=HYPERLINK("#Deals!C9","look")', "it leads to a row by its number"),
        ("=SUM(Deals:Mine!C9)", "it refers to several tabs at once"),
        (
            "=SUMPRODUCT(Deals!C2:C10*Mine!C2:C10)",
            "it takes rows of two ranges side by side, and only one would become shorter",
        ),
    ],
)
def test_a_formula_that_cannot_follow_keeps_the_rows(text: str, why: str | None) -> None:
    assert stops(book(formula(text))) == [("Mine!A1", why or "OFFSET counts rows from there")]


@pytest.mark.parametrize("text", ['=INDIRECT("Mine!C9")', '=INDIRECT("Deals!C3")', "=OFFSET(Mine!C9,1,0)", "=Mine!C5"])
def test_a_formula_about_other_cells_keeps_nothing(text: str) -> None:
    assert after(book(formula(text)))["Mine"]["A1"].value == text


def test_a_row_of_formulas_filled_down_goes_and_one_of_its_own_stays() -> None:
    def draw(author: Author, deals: Worksheet, mine: Worksheet) -> None:
        for row in range(2, 11):
            deals.write_formula(row - 1, 3, f"=C{row}*2" if row != 6 else "=C6*3")

    data = book(draw)
    assert cleared(Draft(open_package("book.xlsx", data)).sheet("Deals"), *TABLE) == (5,)
    sheet = openpyxl.load_workbook(BytesIO(compacted(data).draft.finished()))["Deals"]
    assert [sheet.cell(row, 4).value for row in range(2, 10)] == [
        *("=C2*2", "=C3*2", "=C4*2", "=C5*3", "=C6*2", "=C7*2", "=C8*2", "=C9*2")
    ]


def test_a_running_total_keeps_the_rows() -> None:
    def draw(author: Author, deals: Worksheet, mine: Worksheet) -> None:
        for row in range(3, 11):
            deals.write_formula(row - 1, 3, f"=D{row - 1}+C{row}")

    assert stops(book(draw)) == [("Deals!D7", "it points at the blank row 6")]


def with_shared(text: str) -> bytes:
    """The book with a shared formula in column D of Deals, in the rows of records."""
    data = book()
    shared = f'<f t="shared" ref="D2:D10" si="0">{text}</f><v>1</v>'
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w") as made:
        for name in source.namelist():
            content = source.read(name).decode("utf-8", "surrogateescape")
            if name.endswith("sheet1.xml"):
                for row in (2, 3, 4, 7, 8, 9, 10):
                    cell = shared if row == 2 else '<f t="shared" si="0"/><v>1</v>'
                    content = re.sub(rf'(<row r="{row}".*?)</row>', rf'\1<c r="D{row}">{cell}</c></row>', content)
            made.writestr(name, content.encode("utf-8", "surrogateescape"))
    return target.getvalue()


def test_a_shared_formula_of_its_own_row_follows() -> None:
    sheet = after(with_shared("C2*Mine!$A$1"))["Deals"]
    assert [sheet.cell(row, 4).value for row in (2, 5, 8)] == [f"=C{row}*Mine!$A$1" for row in (2, 5, 8)]


@pytest.mark.parametrize("text", ["C1+C2", "Mine!C2"])
def test_a_shared_formula_that_would_mean_other_rows_keeps_them(text: str) -> None:
    assert [where for where, _ in stops(with_shared(text))] == ["Deals!D2"]


def test_an_array_formula_that_fills_a_cell_for_each_row_keeps_the_rows() -> None:
    def draw(author: Author, deals: Worksheet, mine: Worksheet) -> None:
        mine.write_array_formula("A2:A10", "{=Deals!C2:C10*2}")

    assert ("Mine!A2", "it fills a cell for each row") in stops(book(draw))


def test_names_follow_and_those_that_count_rows_keep_them() -> None:
    def sound(author: Author, deals: Worksheet, mine: Worksheet) -> None:
        author.define_name("Amounts", "=Deals!$C$2:$C$10")
        author.define_name("Filled", "=Deals!$C$2:INDEX(Deals!$C$2:$C$99,MAX(1,COUNTA(Deals!$C$2:$C$99)))")
        deals.print_area("A1:C10")

    names = after(book(sound))
    assert names.defined_names["Amounts"].attr_text == "Deals!$C$2:$C$8"
    assert names.defined_names["Filled"].attr_text.startswith("Deals!$C$2:INDEX(Deals!$C$2:$C$97")
    assert names["Deals"].print_area == "'Deals'!$A$1:$C$8"

    def counting(author: Author, deals: Worksheet, mine: Worksheet) -> None:
        author.define_name("Moving", "=OFFSET(Deals!$C$1,0,0,COUNTA(Deals!$C:$C),1)")
        author.define_name("Here", "=Deals!C9")

    assert stops(book(counting)) == [
        ("Here", "it counts from the cell that asks for it"),
        ("Moving", "OFFSET counts rows from there"),
    ]


def test_what_lies_on_rows_follows_them() -> None:
    def draw(author: Author, deals: Worksheet, mine: Worksheet) -> None:
        deals.autofilter("A1:C10")
        deals.data_validation("C2:C10", {"validate": "custom", "value": "=AND($C2>0,$C2<Mine!$A$1)"})
        deals.conditional_format("C7:C10", {"type": "formula", "criteria": "=$C7>$C$10", "format": author.add_format()})
        deals.conditional_format("A5:A5", {"type": "formula", "criteria": "=$C5>1", "format": author.add_format()})
        deals.merge_range("E8:F8", "here")
        deals.merge_range("E5:F5", None)
        deals.write_url("B9", "https://example.com/9")
        deals.write_url("B5", "https://example.com/5")
        deals.write_blank("B5", None, author.add_format({"bold": True}))
        mine.write_url("B1", "internal:Deals!A9")
        deals.set_h_pagebreaks([4, 9])
        deals.ignore_errors({"number_stored_as_text": "A2:A10"})
        deals.set_selection("C9")

    workbook = after(book(draw))
    sheet = workbook["Deals"]
    assert sheet.auto_filter.ref == "A1:C8"
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("C2:C8", "AND($C2>0,$C2<Mine!$A$1)")
    (format,) = sheet.conditional_formatting
    assert (str(format.sqref), format.rules[0].formula) == ("C5:C8", ["$C5>$C$8"])
    assert [str(cells) for cells in sheet.merged_cells.ranges] == ["E6:F6"]
    assert sheet["B7"].hyperlink.target == "https://example.com/9"
    assert "example.com/5" not in part(compacted(book(draw)).draft.finished(), "sheet1.xml.rels")
    assert workbook["Mine"]["B1"].hyperlink.location == "Deals!A7"
    assert [line.id for line in sheet.row_breaks.brk] == [4, 7]
    assert sheet.sheet_view.selection[0].activeCell == "C7"


def test_excel_tables_follow() -> None:
    def draw(author: Author, deals: Worksheet, mine: Worksheet) -> None:
        columns = [{"header": "Deal ID"}, {"header": "Company"}, {"header": "Amount"}]
        deals.add_table("A1:C10", {"name": "Sales", "columns": columns})
        deals.add_table("E12:E14", {"name": "Below"})
        mine.write_formula("A1", "=SUM(Sales[Amount])", None, 43)

    workbook = after(book(draw))
    assert {table.name: table.ref for table in workbook["Deals"].tables.values()} == {
        "Sales": "A1:C8",
        "Below": "E10:E12",
    }
    assert workbook["Deals"].tables["Sales"].autoFilter.ref == "A1:C8"


def test_charts_follow_and_remember_the_right_points() -> None:
    def draw(author: Author, deals: Worksheet, mine: Worksheet) -> None:
        points = [None] * 7 + [{"fill": {"color": "red"}}]
        columns = {"categories": "=Deals!$B$2:$B$10", "values": "=Deals!$C$2:$C$10", "points": points}
        mine.insert_chart("D2", chart(author, "column", **columns))
        deals.insert_chart("H8", chart(author, "pie", values="=Mine!$A$1:$A$2"))

    finished = compacted(book(draw)).draft.finished()
    drawn = part(finished, "charts/chart2.xml")
    assert re.findall(r"<c:f>(.*?)</c:f>", drawn) == ["Deals!$B$2:$B$8", "Deals!$C$2:$C$8"]
    numbers = re.search(r"<c:numCache>.*?</c:numCache>", drawn)
    assert numbers is not None
    assert re.findall(r'idx="(\d+)"><c:v>(\d+)', numbers[0]) == [
        ("0", "2"), ("1", "3"), ("2", "4"), ("3", "7"), ("4", "8"), ("5", "9"), ("6", "10"),
    ]  # fmt: skip
    assert 'ptCount val="7"' in numbers[0]
    assert re.findall(r'<c:dPt><c:idx val="(\d+)"', drawn) == ["5"]
    before, moved = (part(data, r"drawings/drawing1.xml") for data in (book(draw), finished))
    rows = [[int(row) for row in re.findall(r"<xdr:row>(\d+)", text)] for text in (before, moved)]
    assert [row - 2 for row in rows[0]] == rows[1]


def test_a_chart_over_two_tabs_keeps_the_rows() -> None:
    def draw(author: Author, deals: Worksheet, mine: Worksheet) -> None:
        made = chart(author, "column", categories="=Mine!$B$2:$B$10", values="=Deals!$C$2:$C$10")
        mine.insert_chart("D2", made)

    (stop,) = stops(book(draw))
    assert stop[0] == "Mine: chart1.xml"


def test_a_chart_of_scattered_ranges_with_a_point_of_its_own_keeps_the_rows() -> None:
    def draw(author: Author, deals: Worksheet, mine: Worksheet) -> None:
        points = [None, {"fill": {"color": "red"}}]
        mine.insert_chart("D2", chart(author, "column", values="=(Deals!$C$2:$C$7,Deals!$C$9:$C$10)", points=points))

    assert stops(book(draw)) == [("Mine: chart1.xml", "some of its points are known by their numbers")]


def test_sparklines_follow_and_those_of_cleared_rows_go() -> None:
    def draw(author: Author, deals: Worksheet, mine: Worksheet) -> None:
        for row in range(2, 11):
            deals.add_sparkline(row - 1, 6, {"range": f"Deals!A{row}:C{row}"})
        mine.add_sparkline("A1", {"range": "Deals!C2:C10"})

    finished = compacted(book(draw)).draft.finished()
    deals = part(finished, "sheet1.xml")
    assert sorted(re.findall(r"<xm:f>(.*?)</xm:f><xm:sqref>(.*?)<", deals)) == [
        (f"Deals!A{row}:C{row}", f"G{row}") for row in range(2, 9)
    ]
    assert "<xm:f>Deals!C2:C8</xm:f>" in part(finished, "sheet2.xml")


def test_comments_follow_and_one_on_a_cleared_row_keeps_it() -> None:
    def noted(cell: str) -> Draw:
        def draw(author: Author, deals: Worksheet, mine: Worksheet) -> None:
            deals.write_comment(cell, "Call again")

        return draw

    finished = compacted(book(noted("B9"))).draft.finished()
    assert 'ref="B7"' in part(finished, "comments1.xml")
    assert "<x:Row>6</x:Row>" in part(finished, "vmlDrawing1.vml")
    assert stops(book(noted("B5"))) == [("Deals!B5", "it has a comment")]


def test_one_tab_keeps_its_rows_and_another_loses_them() -> None:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as author:
        for title in ("Deals", "Tasks", "Mine"):
            sheet = author.add_worksheet(title)
            for row in (1, 2, 4):
                sheet.write(row - 1, 0, f"{title} {row}")
            if title == "Mine":
                sheet.write_formula("B1", "=Deals!A3&Tasks!A4")
    done = compact(open_package("book.xlsx", stream.getvalue()), {"Deals": (1, 4), "Tasks": (1, 4)})
    assert done.removed == {"Tasks": (3,)}
    assert [(stop.tab, stop.place) for stop in done.blockers] == [("Deals", "Mine!B1")]
    workbook = openpyxl.load_workbook(BytesIO(done.draft.finished()))
    assert workbook["Mine"]["B1"].value == "=Deals!A3&Tasks!A3"


def test_a_table_without_cleared_rows_is_left_alone() -> None:
    done = compact(open_package("book.xlsx", book()), {"Deals": (1, 4)})
    assert (done.removed, done.blockers, done.draft.changed) == ({}, (), set())
