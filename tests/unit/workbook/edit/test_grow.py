"""What ends with a table ends with it after it grew or shrank, and nothing else moves."""

from collections.abc import Callable, Mapping

import pytest
import xlsxwriter

from sheetcrm.errors import GuardError
from sheetcrm.text import say
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.follow import check_totals
from sheetcrm.workbook.xlsx.edit.grow import Region, fill_down, resize
from sheetcrm.workbook.xlsx.edit.tables import excel_tables
from tests.unit.workbook.edit.drafts import (
    add_pivot,
    addresses,
    draft,
    formulas,
    named,
    said,
    saved,
    spots,
    uncalculated,
)

Sheet = xlsxwriter.worksheet.Worksheet
HEADERS = ["Company", "Qty", "Price", "Sum"]
TABLE = {"name": "DealsTable", "columns": [{"header": header} for header in HEADERS]}
REGION = Region(1, 0, 3, 10)
RED = {"type": "cell", "criteria": ">", "value": 5}
WHOLE = {"validate": "integer", "criteria": ">", "value": 0}


def book(
    act: Callable[[xlsxwriter.Workbook], object] = lambda workbook: None,
    last: int = 10,
    edits: Mapping[str, tuple[str, str]] | None = None,
) -> Draft:
    """A table on Deals with its header in row 1 and its body from row 2 to `last`; and another sheet, Sums."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        deals, _ = workbook.add_worksheet("Deals"), workbook.add_worksheet("Sums")
        deals.write_row(0, 0, HEADERS)
        for row in range(1, last):
            deals.write_row(row, 0, [f"C{row}", row, 10])
        act(workbook)

    return draft(fill, edits=edits)


def on_deals(act: Callable[[Sheet], object], edits: Mapping[str, tuple[str, str]] | None = None) -> Draft:
    return book(lambda workbook: act(workbook.worksheets()[0]), edits=edits)


def to(made: Draft, last: int, region: Region = REGION) -> Draft:
    resize(made, "Deals", region, last)
    return made


def test_an_excel_table_and_its_filter_reach_the_new_rows() -> None:
    made = on_deals(lambda sheet: sheet.add_table("A1:D10", TABLE))
    assert said(to(made, 12), "table1", "table", "autoFilter") == ["A1:D12", "A1:D12"]


def test_an_excel_table_shrinks_but_keeps_one_row() -> None:
    assert said(to(on_deals(lambda s: s.add_table("A1:D10", TABLE)), 8), "table1", "table") == ["A1:D8"]
    assert said(to(on_deals(lambda s: s.add_table("A1:D10", TABLE)), 1), "table1", "table") == ["A1:D2"]


def test_an_excel_table_without_records_has_a_blank_row_already() -> None:
    empty = Region(1, 0, 3, 1)
    assert said(to(on_deals(lambda s: s.add_table("A1:D2", TABLE)), 2, empty), "table1", "table") == ["A1:D2"]
    assert said(to(on_deals(lambda s: s.add_table("A1:D2", TABLE)), 3, empty), "table1", "table") == ["A1:D3"]


def test_blank_rows_at_the_end_of_an_excel_table_are_used_first() -> None:
    assert said(to(on_deals(lambda s: s.add_table("A1:D12", TABLE)), 11), "table1", "table") == ["A1:D12"]
    assert said(to(on_deals(lambda s: s.add_table("A1:D12", TABLE)), 15), "table1", "table") == ["A1:D15"]


def test_a_table_part_of_the_columns_grows_and_one_beside_does_not() -> None:
    def tables(sheet: Sheet) -> None:
        sheet.add_table("A1:B10", {"name": "Ours"})
        sheet.add_table("F1:G10", {"name": "Theirs"})

    made = to(on_deals(tables), 11)
    assert said(made, "table1", "table") + said(made, "table2", "table") == ["A1:B11", "F1:G10"]


def test_the_filter_of_a_sheet_grows_with_its_hidden_name() -> None:
    made = to(on_deals(lambda sheet: sheet.autofilter("A1:D10")), 12)
    assert said(made, "sheet1", "autoFilter") == ["A1:D12"]
    assert named(made) == {"_xlnm._FilterDatabase": "Deals!$A$1:$D$12"}


def test_what_the_sheet_is_sorted_by_grows() -> None:
    sorting = '<sortState ref="A2:D10"><sortCondition ref="B2:B10"/></sortState>'
    filtered = '<autoFilter ref="A1:D10"/>'
    made = on_deals(
        lambda s: s.autofilter("A1:D10"),
        edits={"sheet1": (filtered, f'<autoFilter ref="A1:D10">{sorting}</autoFilter>')},
    )
    assert said(to(made, 11), "sheet1", "sortState", "sortCondition") == ["A2:D11", "B2:B11"]


@pytest.mark.parametrize(
    ("cells", "longer", "shorter"),
    [
        ("B2:B10", "B2:B12", "B2:B8"),
        ("B1:D10", "B1:D12", "B1:D8"),
        ("B5:B10", "B5:B12", "B5:B8"),
        ("B9:B10", "B9:B12", "B9:B10"),
        ("B10", "B10", "B10"),
        ("B2:B9", "B2:B9", "B2:B9"),
        ("B2:B99", "B2:B99", "B2:B99"),
        ("F2:F10", "F2:F10", "F2:F10"),
        ("B11:B20", "B11:B20", "B11:B20"),
    ],
)
def test_rules_that_end_with_the_table_end_with_it(cells: str, longer: str, shorter: str) -> None:
    def rules(sheet: Sheet) -> None:
        sheet.conditional_format(cells, RED)
        sheet.data_validation(cells, WHOLE)
        sheet.ignore_errors({"number_stored_as_text": cells})

    words = "conditionalFormatting", "dataValidation", "ignoredError"
    assert said(to(on_deals(rules), 12), "sheet1", *words) == [longer] * 3
    assert said(to(on_deals(rules), 8), "sheet1", *words) == [shorter] * 3


def test_every_range_of_a_rule_is_looked_at() -> None:
    made = on_deals(lambda s: s.conditional_format("A2:A10", {**RED, "multi_range": "A2:A10 C3 D2:D10"}))
    assert said(to(made, 11), "sheet1", "conditionalFormatting") == ["A2:A11 C3 D2:D11"]


def test_the_only_row_of_a_table_grows_even_as_a_single_cell() -> None:
    made = book(lambda b: b.worksheets()[0].conditional_format("B2", RED), last=2)
    assert said(to(made, 4, Region(1, 0, 3, 2)), "sheet1", "conditionalFormatting") == ["B2:B4"]


def test_new_rows_keep_the_validation_they_have() -> None:
    def rules(sheet: Sheet) -> None:
        sheet.data_validation("B2:B10", WHOLE)
        sheet.data_validation("B11:B20", WHOLE)

    assert said(to(on_deals(rules), 11), "sheet1", "dataValidation") == ["B2:B10", "B11:B20"]


def test_rules_of_newer_excels_grow() -> None:
    bars = {"type": "data_bar", "data_bar_2010": True}
    made = to(on_deals(lambda sheet: sheet.conditional_format("B2:B10", bars)), 11)
    assert said(made, "sheet1", "conditionalFormatting", "sqref") == ["B2:B11", "", "B2:B11"]


def test_the_formula_of_a_rule_grows_only_where_it_is_absolute_and_whole() -> None:
    def rules(sheet: Sheet) -> None:
        for formula in ("=COUNTIF($A$2:$A$10,$A2)>1", "=SUM(B2:B10)>1", "=SUM($B$5:$B$10)>1"):
            sheet.conditional_format("F1", {"type": "formula", "criteria": formula})

    assert said(to(on_deals(rules), 11), "sheet1", "formula") == [
        "COUNTIF($A$2:$A$11,$A2)>1",
        "SUM(B2:B10)>1",
        "SUM($B$5:$B$10)>1",
    ]


def test_protected_ranges_grow() -> None:
    made = on_deals(lambda sheet: sheet.unprotect_range("B2:B10", "Typed"))
    assert said(to(made, 11), "sheet1", "protectedRange") == ["B2:B11"]


def test_sparklines_over_a_column_grow_and_those_of_a_row_stay() -> None:
    def lines(sheet: Sheet) -> None:
        sheet.add_sparkline("H1", {"range": "Deals!B2:B10"})
        sheet.add_sparkline("H10", {"range": "Deals!B10:C10"})

    assert said(to(on_deals(lines), 11), "sheet1", "f", "sqref")[-4:] == ["Deals!B10:C10", "H10", "Deals!B2:B11", "H1"]


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("=Deals!$A$2:$A$10", "Deals!$A$2:$A$11"),
        ("=Deals!$A$1:$D$10", "Deals!$A$1:$D$11"),
        ("=Deals!$A$10", "Deals!$A$10"),
        ("=Deals!$A$7:$A$10", "Deals!$A$7:$A$11"),
        ("=Deals!A2:A10", "Deals!A2:A10"),
        ("=SUM(Deals!$B$2:$B$10,Sums!$B$2:$B$10)", "SUM(Deals!$B$2:$B$11,Sums!$B$2:$B$10)"),
        ("=Deals!$A$2:$A$9", "Deals!$A$2:$A$9"),
    ],
)
def test_names_grow(text: str, longer: str) -> None:
    assert named(to(book(lambda workbook: workbook.define_name("Clients", text)), 11)) == {"Clients": longer}


def test_the_print_area_grows_though_it_begins_above() -> None:
    made = book(lambda workbook: workbook.worksheets()[0].print_area("A1:D13"))
    below = Region(4, 0, 3, 13)
    assert named(to(made, 15, below)) == {"_xlnm.Print_Area": "Deals!$A$1:$D$15"}


def charted(sheet: int) -> Callable[[xlsxwriter.Workbook], None]:
    def add(workbook: xlsxwriter.Workbook) -> None:
        chart = workbook.add_chart({"type": "scatter"})
        assert chart is not None
        series = {"name": "=Deals!$B$1", "categories": "=Deals!$A$2:$A$10", "values": "=Deals!$B$2:$B$10"}
        chart.add_series(series)
        chart.add_series({"categories": "=Deals!$A$10", "values": "=Deals!$B$10"})
        if sheet < 2:
            workbook.worksheets()[sheet].insert_chart("H2", chart)
        else:
            workbook.add_chartsheet("Picture").set_chart(chart)

    return add


@pytest.mark.parametrize("sheet", [0, 1, 2])
def test_charts_grow_on_whatever_sheet(sheet: int) -> None:
    drawn = said(to(book(charted(sheet)), 11), "chart1", "f")
    assert drawn == ["Deals!$B$1", "Deals!$A$2:$A$11", "Deals!$B$2:$B$11", "Deals!$A$10", "Deals!$B$10"]


@pytest.mark.parametrize(
    ("formula", "longer"),
    [
        ("=SUM(Deals!B2:B10)", "SUM(Deals!B2:B11)"),
        ("=SUM(Deals!B$1:B$10)", "SUM(Deals!B$1:B$11)"),
        ("=VLOOKUP(A1,Deals!$A$2:$D$10,4)", "VLOOKUP(A1,Deals!$A$2:$D$11,4)"),
        ("=Deals!B10", "Deals!B10"),
        ("=SUM(Deals!B5:B10)", "SUM(Deals!B5:B10)"),
        ("=SUM(Deals!B2:B9)", "SUM(Deals!B2:B9)"),
        ("=SUM(Deals!F2:F10)", "SUM(Deals!F2:F10)"),
        ("=SUM(B2:B10)", "SUM(B2:B10)"),
        ("=SUM(Deals!B:B)", "SUM(Deals!B:B)"),
        ("=SUM(Deals!2:10)", "SUM(Deals!2:11)"),
    ],
)
def test_a_formula_over_the_whole_table_grows(formula: str, longer: str) -> None:
    made = book(lambda workbook: workbook.worksheets()[1].write_formula("A1", formula, None, 7))
    changed = resize(made, "Deals", REGION, 11)
    assert formulas(made, "Sums") == {"A1": longer}
    assert uncalculated(made, "Sums") == ("A1" if formula[1:] != longer else "")
    assert {title: addresses(cells) for title, cells in changed.items()} == (
        {"Sums": "A1"} if formula[1:] != longer else {}
    )


def test_a_running_total_in_the_last_row_stays_one() -> None:
    made = on_deals(lambda sheet: sheet.write_formula("D10", "=SUM(B$2:B10)"))
    assert formulas(to(made, 11), "Deals") == {"D10": "SUM(B$2:B10)"}


SHARING = '<row r="2"><c r="A2"><f t="shared" ref="{area}" si="0">{text}</f><v>5</v></c>{beside}</row>{below}'


def sharing(text: str, area: str, beside: str = "", below: str = "") -> Draft:
    def one(workbook: xlsxwriter.Workbook) -> None:
        workbook.worksheets()[1].write_formula("A2", "=1", None, 5)

    cells = SHARING.format(text=text, area=area, beside=beside, below=below)
    return book(one, edits={"sheet2": ('<row r="2" spans="1:1"><c r="A2"><f>1</f><v>5</v></c></row>', cells)})


def test_a_shared_formula_grows_where_it_means_the_same_for_all() -> None:
    beside = '<c r="B2"><f t="shared" si="0"/><v>5</v></c>'
    made = to(sharing("SUM(Deals!A2:A10)", "A2:B2", beside), 11)
    assert formulas(made, "Sums") == {"A2": "SUM(Deals!A2:A11)", "B2": ""}
    assert uncalculated(made, "Sums") == "A2 B2"


def test_a_shared_formula_that_runs_down_grows_only_where_it_is_absolute() -> None:
    below = '<row r="3"><c r="A3"><f t="shared" si="0"/><v>5</v></c></row>'
    made = to(sharing("SUM(Deals!A2:A10)+SUM(Deals!$A$2:$A$10)", "A2:A3", below=below), 11)
    assert formulas(made, "Sums") == {"A2": "SUM(Deals!A2:A10)+SUM(Deals!$A$2:$A$11)", "A3": ""}
    assert uncalculated(made, "Sums") == "A2 A3"


def test_the_source_of_a_pivot_grows() -> None:
    made = book()
    add_pivot(made, '<worksheetSource ref="A1:D10" sheet="Deals"/>')
    assert said(to(made, 11), "pivotCacheDefinition1", "worksheetSource") == ["A1:D11"]


def test_nothing_is_touched_where_nothing_ends_there() -> None:
    made = on_deals(lambda sheet: sheet.conditional_format("B2:B99", RED))
    resize(made, "Deals", REGION, 11)
    assert made.changed == set()
    resize(made, "Deals", REGION, 10)
    assert made.changed == set()


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda sheet: sheet.add_table("A12:D14", {"name": "Below"}), "the Excel table Below stands there"),
        (lambda sheet: sheet.write_array_formula("B12:B14", "{=B2:B4}"), "the formula in Deals!B12 fills it"),
        (lambda sheet: sheet.merge_range("A12:B12", "two"), "a merged cell stands in Deals!A12"),
    ],
)
def test_what_makes_no_room_refuses(act: Callable[[Sheet], object], why: str) -> None:
    to(on_deals(act), 11)
    with pytest.raises(GuardError) as refused:
        to(on_deals(act), 12)
    assert why in say(refused.value.message, "en")


def with_totals(total: str = "=SUM(D2:D10)", act: Callable[[xlsxwriter.Workbook], object] = lambda b: None) -> Draft:
    """A table with its totals in row 11."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        deals = workbook.worksheets()[0]
        columns = [{"header": header} for header in HEADERS]
        columns[3] |= {"total_function": "sum"}
        deals.add_table("A1:D11", {"name": "DealsTable", "columns": columns, "total_row": True})
        deals.write_formula("C11", total, None, 5)
        act(workbook)

    return book(fill)


def two_more(made: Draft) -> Draft:
    """The table two rows longer, its totals moved."""
    to(made, 12).sheet("Deals").move_row(11, 13, 0, 3)
    return made


def test_a_table_keeps_its_totals_below_the_new_rows() -> None:
    assert resize(with_totals(), "Deals", REGION, 12) == {"Deals": spots("C11 D11")}
    made = two_more(with_totals())
    assert said(made, "table1", "table", "autoFilter") == ["A1:D13", "A1:D12"]
    assert formulas(made, "Deals") == {"C13": "SUM(D2:D12)", "D13": "SUBTOTAL(109,[Sum])"}
    assert uncalculated(made, "Deals") == "C13 D13"


def test_what_means_the_totals_goes_with_them() -> None:
    def outside(workbook: xlsxwriter.Workbook) -> None:
        workbook.worksheets()[1].write_formula("A1", "=Deals!D11/SUM(Deals!A1:D11)+Deals!F11")
        workbook.define_name("Total", "=Deals!$D$11")

    made = two_more(with_totals("=D11/B11", outside))
    assert formulas(made, "Sums") == {"A1": "Deals!D13/SUM(Deals!A1:D13)+Deals!F11"}
    assert formulas(made, "Deals")["C13"] == "D13/B13"
    assert named(made) == {"Total": "Deals!$D$13"}


def test_shared_totals_get_texts_of_their_own() -> None:
    def share(workbook: xlsxwriter.Workbook) -> None:
        workbook.worksheets()[0].add_table("A1:D11", {**TABLE, "total_row": True})
        for cell in ("B11", "C11"):
            workbook.worksheets()[0].write_formula(cell, "=1", None, 5)

    plain = '<c r="B11"><f>1</f><v>5</v></c><c r="C11"><f>1</f><v>5</v></c>'
    shared = '<c r="B11"><f t="shared" ref="B11:C11" si="3">SUM(B2:B10)</f><v>5</v></c>'
    shared += '<c r="C11"><f t="shared" si="3"/><v>5</v></c>'
    made = book(share, edits={"sheet1": (plain, shared)})
    assert formulas(two_more(made), "Deals") == {"B13": "SUM(B2:B12)", "C13": "SUM(C2:C12)"}


def test_totals_that_share_a_formula_with_other_rows_refuse() -> None:
    def share(workbook: xlsxwriter.Workbook) -> None:
        workbook.worksheets()[0].add_table("A1:D11", {**TABLE, "total_row": True})
        for cell in ("H11", "B11"):
            workbook.worksheets()[0].write_formula(cell, "=1", None, 5)

    edits = {
        "sheet1": (
            '<c r="B11"><f>1</f><v>5</v></c><c r="H11"><f>1</f>',
            '<c r="B11"><f t="shared" si="3"/><v>5</v></c><c r="H11"><f t="shared" ref="B11:H11" si="3">1</f>',
        )
    }
    made = book(share, edits=edits)
    with pytest.raises(GuardError) as refused:
        check_totals(made, excel_tables(made)[0])
    assert "Deals!H11 shares its formula" in say(refused.value.message, "en")


def test_a_control_s_list_grows() -> None:
    part = "xl/ctrlProps/ctrlProp1.xml"
    made = book()
    made.put(part, b'<formControlPr fmlaRange="$A$2:$A$10" fmlaLink="$A$10"/>')
    made.relate("xl/worksheets/sheet1.xml", "ctrlProp", part)
    to(made, 11)
    control = saved(made).tree(part)
    assert (control.get("fmlaRange"), control.get("fmlaLink")) == ("$A$2:$A$11", "$A$10")


def test_an_icon_that_compares_with_a_column_grows() -> None:
    icons = {"type": "3_arrows", "icon_style": "3_arrows", "icons": [{"type": "formula", "value": "=MAX($B$2:$B$10)"}]}
    made = on_deals(lambda sheet: sheet.conditional_format("B2:B10", {**icons, "type": "icon_set"}))
    to(made, 11)
    assert "MAX($B$2:$B$11)" in saved(made).read("xl/worksheets/sheet1.xml").decode()


def filled(act: Callable[[Sheet], object], row: int = 11, region: Region = REGION, last: int = 10) -> dict[str, str]:
    made = book(lambda workbook: act(workbook.worksheets()[0]), last=last)
    before = formulas(made, "Deals")
    cells = fill_down(made, "Deals", region, row)
    after = formulas(made, "Deals")
    new = {cell: text for cell, text in after.items() if cell not in before}
    assert addresses(cells) == " ".join(new)
    return new


def test_a_calculated_column_of_an_excel_table_is_filled_down() -> None:
    formula = "DealsTable[[#This Row],[Qty]]*DealsTable[[#This Row],[Price]]"
    columns = [*({"header": header} for header in HEADERS[:3]), {"header": "Sum", "formula": formula}]
    assert filled(lambda sheet: sheet.add_table("A1:D10", {**TABLE, "columns": columns})) == {"D11": formula}


def test_a_formula_that_the_last_rows_share_is_filled_down() -> None:
    def running(sheet: Sheet) -> None:
        sheet.write_formula("D9", "=D8+B9*$F$1")
        sheet.write_formula("D10", "=D9+B10*$F$1")

    assert filled(running) == {"D11": "D10+B11*$F$1"}
    assert filled(running, row=13) == {"D13": "D12+B13*$F$1"}


def test_a_formula_of_one_row_only_is_not() -> None:
    assert filled(lambda sheet: sheet.write_formula("D10", "=B10*C10")) == {}
    assert filled(lambda sheet: [sheet.write_formula("D9", "=B9"), sheet.write_formula("D10", "=C10")]) == {}


def test_the_formula_of_the_only_row_is_if_it_looks_at_its_own_row() -> None:
    one = Region(1, 0, 3, 2)
    assert filled(lambda sheet: sheet.write_formula("D2", "=B2*C2"), 3, one, last=2) == {"D3": "B3*C3"}
    assert filled(lambda sheet: sheet.write_formula("D2", "=B2+D1"), 3, one, last=2) == {}
    assert filled(lambda sheet: sheet.write_formula("D2", "=TODAY()"), 3, one, last=2) == {}


def test_an_empty_table_has_nothing_to_fill() -> None:
    assert filled(lambda sheet: None, 2, Region(1, 0, 3, 1), last=1) == {}


def test_a_declared_formula_with_relative_addresses_is_taken_from_the_rows_above() -> None:
    columns = [*({"header": header} for header in HEADERS[:3]), {"header": "Sum", "formula": "=B2*C2"}]

    def declared(sheet: Sheet) -> None:
        sheet.add_table("A1:D10", {**TABLE, "columns": columns})
        for row in (9, 10):
            sheet.write_formula(f"D{row}", f"=B{row}*C{row}")

    assert filled(declared) == {"D11": "B11*C11"}


def test_an_array_formula_is_not_filled_down() -> None:
    assert filled(lambda s: [s.write_array_formula(f"D{row}", f"{{=B{row}}}") for row in (9, 10)]) == {}


def test_a_column_beside_the_table_is_not_filled() -> None:
    assert filled(lambda s: [s.write_formula("H9", "=B9"), s.write_formula("H10", "=B10")]) == {}


def test_a_cell_that_holds_something_stays() -> None:
    def standing(sheet: Sheet) -> None:
        sheet.write_formula("D9", "=B9")
        sheet.write_formula("D10", "=B10")
        sheet.write_number("D11", 5)

    assert filled(standing) == {}


def test_a_filled_cell_looks_like_the_one_above() -> None:
    def dress(workbook: xlsxwriter.Workbook) -> None:
        money = workbook.add_format({"num_format": "0.00"})
        for row in (9, 10):
            workbook.worksheets()[0].write_formula(f"D{row}", f"=B{row}", money)

    made = book(dress)
    fill_down(made, "Deals", REGION, 11)
    after = saved(made).sheet("Deals")
    assert after.style(11, 3) == after.style(10, 3) != 0


def test_a_shared_formula_is_filled_down_with_a_text_of_its_own() -> None:
    def two(workbook: xlsxwriter.Workbook) -> None:
        for cell in ("D9", "D10"):
            workbook.worksheets()[0].write_formula(cell, "=1", None, 5)

    made = book(two)
    source = made.read("xl/worksheets/sheet1.xml").decode()
    shared = source.replace('<c r="D9"><f>1</f>', '<c r="D9"><f t="shared" ref="D9:D10" si="0">B9&amp;C9</f>').replace(
        '<c r="D10"><f>1</f>', '<c r="D10"><f t="shared" si="0"/>'
    )
    made.put("xl/worksheets/sheet1.xml", shared.encode())
    assert fill_down(made, "Deals", REGION, 11) == spots("D11")
    assert formulas(made, "Deals")["D11"] == "B11&C11"
