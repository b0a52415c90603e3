"""A cleared row is given to another client only if nothing in the book meant the one that stood there."""

from collections.abc import Callable, Mapping

import pytest
import xlsxwriter

from sheetcrm.workbook.xlsx.edit.slots import pinned, pointed_rows
from tests.unit.workbook.edit.drafts import add_pivot, draft

ROWS = range(2, 11)


def meant(
    cells: Mapping[str, str] | None = None,
    more: Callable[[xlsxwriter.Workbook], object] | None = None,
    parts: Mapping[str, str] | None = None,
    edits: Mapping[str, tuple[str, str]] | None = None,
) -> list[int]:
    """The rows meant in a table on Deals with its header in row 1 and its body in rows 2 to 10."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheets = {title: workbook.add_worksheet(title) for title in ("Deals", "Sums")}
        sheets["Deals"].write_row(0, 0, ["Company", "Qty", "Price", "Sum", "Balance"])
        for row in ROWS:
            sheets["Deals"].write_row(row - 1, 0, [f"C{row}", row, 10])
        for address, formula in (cells or {}).items():
            title, _, cell = address.rpartition("!")
            sheets[title or "Deals"].write_formula(cell, formula)
        if more:
            more(workbook)

    return sorted(pinned(draft(fill, parts, edits), "Deals", ROWS[0], ROWS[-1]))


def column(letter: str, formula: str) -> dict[str, str]:
    """The same formula in every row, `{row}` and `{above}` in place of numbers."""
    return {f"{letter}{row}": formula.format(row=row, above=row - 1) for row in ROWS}


def test_nobody_is_meant_where_nothing_points() -> None:
    assert meant() == []


@pytest.mark.parametrize(
    ("formula", "rows"),
    [
        ("=Deals!C7", [7]),
        ("=deals!$C$7*2", [7]),
        ("=SUM(Deals!C3:C5)", [3, 4, 5]),
        ("=SUM(Deals!3:4)", [3, 4]),
        ("=SUM(Deals!C2:C10)", []),
        ("=SUM(Deals!C1:C10)", []),
        ("=SUM(Deals!C1:C900)", []),
        ("=SUM(Deals!C:C)", []),
        ("=Deals!C1", []),
        ("=Deals!C11", []),
        ("=Sums!C7", []),
        ("=SUM(Deals:Sums!C7)", [7]),
        ("=[1]Deals!C7", []),
        ('=INDIRECT("Deals!C7")', [7]),
        ('=HYPERLINK("#Deals!C7","Alfa")', [7]),
        ('="Deals!C7"', []),
    ],
)
def test_a_formula_on_another_sheet_means_the_rows_it_names(formula: str, rows: list[int]) -> None:
    assert meant({"Sums!A1": formula}) == rows


def test_a_list_that_mirrors_the_table_means_every_row_it_shows() -> None:
    assert meant({f"Sums!A{row}": f"=Deals!A{row}" for row in (4, 5, 6)}) == [4, 5, 6]


def test_a_formula_of_the_own_row_follows_whoever_stands_there() -> None:
    assert meant(column("D", "=B{row}*C{row}+$B{row}")) == []


def test_a_running_balance_means_the_row_above_not_a_client() -> None:
    assert meant(column("E", "=E{above}+C{row}")) == []
    assert meant(column("E", "=SUM(C$2:C{row})")) == []


def test_a_formula_that_stands_alone_means_the_row_above() -> None:
    assert meant({"E7": "=E6+C7"}) == [6]
    assert meant({"E7": "=E6+C7", "E8": "=E5+C8"}) == [5, 6]


def test_what_is_absolute_in_a_filled_column_means_its_row() -> None:
    assert meant(column("E", "=C{row}/$C$4")) == [4]


def test_a_list_on_the_own_sheet_that_mirrors_the_table_means_its_rows() -> None:
    assert meant({"H20": "=A4", "H21": "=A5"}) == [4, 5]


def test_a_shared_formula_means_a_row_in_every_cell() -> None:
    cells = '<row r="4" spans="1:1"><c r="A4"><f>1</f><v>0</v></c></row><row r="5" spans="1:1"><c r="A5"><f>1</f>'
    sharing = (
        '<row r="4"><c r="A4"><f t="shared" ref="A4:A5" si="0">Deals!A4</f><v>0</v></c></row>'
        '<row r="5"><c r="A5"><f t="shared" si="0"/>'
    )
    assert meant({"Sums!A4": "=1", "Sums!A5": "=1"}, edits={"sheet2": (cells, sharing)}) == [4, 5]


@pytest.mark.parametrize(
    ("name", "text", "rows"),
    [
        ("Best", "=Deals!$A$7", [7]),
        ("All", "=Deals!$A$2:$A$10", []),
        ("Here", "=Deals!A7", []),
        ("_xlnm.Print_Area", "=Deals!$A$1:$C$5", []),
    ],
)
def test_a_name_means_its_rows(name: str, text: str, rows: list[int]) -> None:
    assert meant(more=lambda workbook: workbook.define_name(name, text)) == rows


def on_deals(act: Callable[[xlsxwriter.worksheet.Worksheet], object]) -> list[int]:
    return meant(more=lambda workbook: act(workbook.worksheets()[0]))


def test_a_validation_or_format_of_a_few_rows_means_them() -> None:
    red = {"type": "cell", "criteria": ">", "value": 5}
    assert on_deals(
        lambda sheet: sheet.data_validation("B7", {"validate": "integer", "criteria": ">", "value": 0})
    ) == [7]
    assert on_deals(lambda sheet: sheet.conditional_format("B3:C4", red)) == [3, 4]
    assert on_deals(lambda sheet: sheet.conditional_format("B2:C10", red)) == []
    assert on_deals(lambda sheet: sheet.conditional_format("B2:C5", {**red, "multi_range": "B2:C5 B6:C99"})) == []


def test_the_formula_of_a_rule_means_what_is_absolute_in_it() -> None:
    def rule(formula: str) -> list[int]:
        return on_deals(lambda s: s.conditional_format("A2:C10", {"type": "formula", "criteria": formula}))

    assert rule("=$B2>5") == []
    assert rule("=$B1>$B2") == []
    assert rule("=$B2>$B$7") == [7]
    assert rule("=COUNTIF($A$2:$A$10,$A2)>1") == []


def test_a_drop_down_elsewhere_means_the_rows_it_offers() -> None:
    def elsewhere(workbook: xlsxwriter.Workbook) -> None:
        workbook.worksheets()[1].data_validation("A1:A9", {"validate": "list", "source": "=Deals!$A$3:$A$4"})

    assert meant(more=elsewhere) == [3, 4]


def test_what_lies_on_a_row_stays_with_it() -> None:
    assert on_deals(lambda sheet: sheet.write_comment("C7", "Call in May")) == [7]
    assert on_deals(lambda sheet: sheet.write_url("A7", "https://example.com")) == [7]
    assert on_deals(lambda sheet: sheet.merge_range("A4:A5", "two")) == [4, 5]


def test_links_to_a_row_mean_it() -> None:
    assert meant(more=lambda book: book.worksheets()[1].write_url("A1", "internal:Deals!A7")) == [7]
    text_box = {"url": "internal:Deals!A6"}
    assert meant(more=lambda book: book.worksheets()[1].insert_textbox("C3", "Alfa", text_box)) == [6]
    linked = {"textlink": "=Deals!$A$5"}
    assert meant(more=lambda book: book.worksheets()[1].insert_textbox("C3", "", linked)) == [5]


def test_a_chart_means_the_rows_it_draws() -> None:
    def draws(values: str) -> list[int]:
        def add(workbook: xlsxwriter.Workbook) -> None:
            chart = workbook.add_chart({"type": "bar"})
            assert chart is not None
            chart.add_series({"values": values})
            workbook.worksheets()[1].insert_chart("C3", chart)

        return meant(more=add)

    assert draws("=Deals!$C$3:$C$4") == [3, 4]
    assert draws("=Deals!$C$2:$C$10") == []


def test_a_chart_sheet_means_the_rows_it_draws() -> None:
    def add(workbook: xlsxwriter.Workbook) -> None:
        chart = workbook.add_chart({"type": "bar"})
        assert chart is not None
        chart.add_series({"values": "=Deals!$C$3:$C$4"})
        workbook.add_chartsheet("Picture").set_chart(chart)

    assert meant(more=add) == [3, 4]


def test_a_sparkline_means_rows_unless_they_are_its_own() -> None:
    assert on_deals(lambda sheet: sheet.add_sparkline("H7", {"range": "Deals!B7:C7"})) == []
    assert on_deals(lambda sheet: sheet.add_sparkline("H7", {"range": "Deals!B6:C6"})) == [6]
    assert on_deals(lambda sheet: sheet.add_sparkline("H7", {"range": "Deals!C2:C10"})) == []


def test_a_control_means_the_cell_it_is_tied_to() -> None:
    control = '<formControlPr objectType="CheckBox" fmlaLink="$C$7"/>'
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="x/ctrlProp" Target="../ctrlProps/ctrlProp1.xml"/></Relationships>'
    )
    parts = {"xl/ctrlProps/ctrlProp1.xml": control, "xl/worksheets/_rels/sheet1.xml.rels": rels}
    assert meant(parts=parts) == [7]


def test_a_part_nobody_knows_means_the_rows_it_names() -> None:
    assert meant(parts={"xl/strange/part1.xml": "<a b=\"x 'Deals'!$C$7 y\">Deals!B3:B4, Not.Deals!B9</a>"}) == [3, 4, 7]


def test_below_a_table_only_a_reference_to_the_row_alone_means_it() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        deals, sums = workbook.add_worksheet("Deals"), workbook.add_worksheet("Sums")
        deals.write_comment("A13", "Keep free")
        sums.write_formula("A1", "=Deals!C11")
        sums.write_formula("A2", "=SUM(Deals!C2:C99)")

    assert pointed_rows(draft(fill), "Deals") == {11, 13}


def test_the_source_of_a_pivot_means_rows_unless_it_is_the_table() -> None:
    book = draft(lambda workbook: workbook.add_worksheet("Deals"))
    add_pivot(book, '<worksheetSource ref="A1:C10" sheet="Deals"/>')
    assert pinned(book, "Deals", 2, 10) == set()
    add_pivot(book, '<worksheetSource ref="A1:C3" sheet="Deals"/>')
    assert pinned(book, "Deals", 2, 10) == {2, 3}
