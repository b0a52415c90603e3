"""A formula never shows a result that is no longer true, and keeps the one that still is."""

from collections.abc import Mapping

import xlsxwriter

from sheetcrm.workbook.xlsx.edit.stale import drop_calc_chain, forget
from tests.unit.workbook.edit.drafts import addresses, draft, formulas, saved, spots, uncalculated

DEALS = [["Company", "Qty", "Price"], ["Alfa", 2, 10], ["Beta", 3, 10], ["Gamma", 4, 10]]


def dropped(
    cells: Mapping[str, str], changed: str, names: Mapping[str, str] | None = None, table: bool = False
) -> dict[str, str]:
    """Which formulas lose their value when cells of Deals change; cells are written as `Sheet!A1`, Deals' without."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheets = {title: workbook.add_worksheet(title) for title in ("Deals", "Sums", "Owner's own")}
        for row, values in enumerate(DEALS):
            sheets["Deals"].write_row(row, 0, values)
        if table:
            columns = [{"header": header} for header in ("Company", "Qty", "Price")]
            sheets["Deals"].add_table("A1:C4", {"name": "DealsTable", "columns": columns})
        for name, text in (names or {}).items():
            workbook.define_name(name, text)
        for address, formula in cells.items():
            title, _, cell = address.rpartition("!")
            sheet = sheets[title or "Deals"]
            if formula.startswith("{"):
                sheet.write_array_formula(cell, formula, None, 1)
            else:
                sheet.write_formula(cell.partition(":")[0], formula, None, 1)

    book = draft(fill)
    told = forget(book, {"Deals": spots(changed)})
    after = {title: uncalculated(book, title) for title in ("Deals", "Sums", "Owner's own")}
    assert {title: addresses(cells) for title, cells in told.items()} == {
        t: cells for t, cells in after.items() if cells
    }
    return {title: cells for title, cells in after.items() if cells}


def test_a_formula_that_reads_the_cell_forgets_its_result() -> None:
    assert dropped({"D2": "=B2*C2", "D3": "=B3*C3"}, "B2") == {"Deals": "D2"}


def test_what_depends_on_a_dependent_forgets_too_on_every_sheet() -> None:
    cells = {
        "D2": "=B2*C2",
        "D3": "=B3*C3",
        "Sums!A1": "=Deals!D2+1",
        "Owner's own!A1": "=Sums!A1",
        "Sums!A2": "=Deals!D3",
    }
    assert dropped(cells, "B2") == {"Deals": "D2", "Sums": "A1", "Owner's own": "A1"}


def test_a_range_depends_on_all_its_cells_and_on_no_other() -> None:
    cells = {"Sums!A1": "=SUM(Deals!B2:B4)", "Sums!A2": "=SUM(Deals!C2:C4)", "Sums!A3": "=SUM(Deals!B3:B4)"}
    assert dropped(cells, "B2") == {"Sums": "A1"}


def test_whole_columns_and_rows_depend_on_new_cells() -> None:
    cells = {"Sums!A1": "=SUM(Deals!B:B)", "Sums!A2": "=SUM(Deals!5:5)", "Sums!A3": "=SUM(Deals!D:D)"}
    assert dropped(cells, "B5") == {"Sums": "A1 A2"}


def test_a_running_balance_forgets_from_the_change_on() -> None:
    cells = {"D2": "=B2", "D3": "=D2+B3", "D4": "=D3+B4"}
    assert dropped(cells, "B3") == {"Deals": "D3 D4"}


def test_sheets_are_named_without_regard_to_case() -> None:
    assert dropped({"Sums!A1": "=deals!B2"}, "B2") == {"Sums": "A1"}


def test_references_over_several_sheets() -> None:
    cells = {
        "Sums!A1": "=SUM(Deals:Sums!B2)",
        "Sums!A2": "=SUM('Sums:Owner''s own'!B2)",
        "Sums!A3": "=SUM(Deals:Gone!B2)",
        "Sums!A4": "=SUM(Gone:Deals!B2)",
    }
    assert dropped(cells, "B2") == {"Sums": "A1 A3"}


def test_a_name_stands_for_its_cells() -> None:
    cells = {"Sums!A1": "=SUM(Quantities)", "Sums!A2": "=SUM(Prices)"}
    names = {"Quantities": "=Deals!$B$2:$B$4", "Prices": "=Deals!$C$2:$C$4"}
    assert dropped(cells, "B3", names) == {"Sums": "A1"}


def test_a_name_made_of_a_name() -> None:
    names = {"Quantities": "=Deals!$B$2:$B$4", "Total": "=SUM(Quantities)", "Total2": "=Total*2+Total2"}
    assert dropped({"Sums!A1": "=Total2"}, "B3", names) == {"Sums": "A1"}


def test_a_sheet_has_its_own_names() -> None:
    names = {"Rate": "=Deals!$C$2", "Sums!Rate": "=Deals!$B$2"}
    cells = {"Sums!A1": "=Rate", "Owner's own!A1": "=Rate", "Owner's own!A2": "=Sums!Rate"}
    assert dropped(cells, "B2", names) == {"Sums": "A1", "Owner's own": "A2"}


def test_a_name_may_be_relative_to_the_cell_that_asks() -> None:
    # Said from A1: the cell two columns to the right of it.
    assert dropped({"D2": "=Left", "D3": "=Left"}, "C2", {"Left": "=Deals!XFD1"}) == {"Deals": "D2"}


def test_a_name_may_be_called() -> None:
    assert dropped({"Sums!A1": "=Taxed(1)"}, "C2", {"Taxed": "=_xlfn.LAMBDA(_xlpm.x,_xlpm.x*Deals!$C$2)"}) == {
        "Sums": "A1"
    }


def test_table_columns() -> None:
    cells = {
        "Sums!A1": "=SUM(DealsTable[Qty])",
        "Sums!A2": "=SUM(DealsTable[Price])",
        "Sums!A3": "=ROWS(DealsTable)",
        "Sums!A4": "=DealsTable[[#Headers],[Qty]]",
    }
    assert dropped(cells, "B3", table=True) == {"Sums": "A1 A3 A4"}


def test_a_table_s_own_row() -> None:
    cells = {"E2": "=DealsTable[[#This Row],[Qty]]*2", "E3": "=DealsTable[[#This Row],[Qty]]*2"}
    assert dropped(cells, "B3", table=True) == {"Deals": "E3"}


def test_a_column_is_named_within_its_own_table() -> None:
    assert dropped({"C2": "=[@Qty]*2", "C3": "=[@Qty]*2", "F3": "=[@Qty]*2"}, "B3", table=True) == {"Deals": "C3"}


def test_a_table_that_is_hard_to_read_depends_on_all_its_columns() -> None:
    assert dropped({"Sums!A1": "=SUM(DealsTable[Gone])", "Sums!A2": "=SUM(Gone[Qty])"}, "A3", table=True) == {
        "Sums": "A1"
    }


def test_an_array_formula_passes_the_change_on_from_all_its_cells() -> None:
    cells = {"E2:E4": "{=B2:B4*C2:C4}", "Sums!A1": "=Deals!E4", "Sums!A2": "=Deals!F4"}

    def fill(workbook: xlsxwriter.Workbook) -> None:
        deals, sums = workbook.add_worksheet("Deals"), workbook.add_worksheet("Sums")
        deals.write_array_formula("E2:E4", "{=B2:B4*C2:C4}", None, 1)
        sums.write_formula("A1", cells["Sums!A1"], None, 1)
        sums.write_formula("A2", cells["Sums!A2"], None, 1)

    book = draft(fill)
    forget(book, {"Deals": spots("B2")})
    assert (uncalculated(book, "Deals"), uncalculated(book, "Sums")) == ("E2", "A1")


def test_what_may_look_anywhere_forgets_always() -> None:
    cells = {
        "Sums!A1": '=INDIRECT("Deals!B2")',
        "Sums!A2": "=TODAY()",
        "Sums!A3": "=A2+1",
        "Sums!A4": "=SUM(A9:INDEX(A:A,10))",
        "Sums!A5": "=1+1",
    }
    assert dropped(cells, "B2") == {"Sums": "A1 A2 A3 A4"}


def shared(workbook: xlsxwriter.Workbook) -> None:
    sheet = workbook.add_worksheet("Deals")
    for cell in ("D2", "D3", "D4"):
        sheet.write_formula(cell, "=1", None, 1)


SHARED = (
    '<c r="D2"><f>1</f><v>1</v></c></row><row r="3" spans="4:4"><c r="D3"><f>1</f><v>1</v></c></row>'
    '<row r="4" spans="4:4"><c r="D4"><f>1</f><v>1</v></c>',
    '<c r="D2"><f t="shared" ref="D2:D4" si="0">B2*$C$2</f><v>1</v></c></row><row r="3" spans="4:4">'
    '<c r="D3"><f t="shared" si="0"/><v>1</v></c></row>'
    '<row r="4" spans="4:4"><c r="D4"><f t="shared" si="0"/><v>1</v></c>',
)


def test_a_shared_formula_is_read_from_where_it_is_shared() -> None:
    book = draft(shared, edits={"sheet1": SHARED})
    forget(book, {"Deals": spots("B3")})
    assert uncalculated(book, "Deals") == "D3"
    assert formulas(book, "Deals") == {"D2": "B2*$C$2", "D3": "", "D4": ""}


def test_a_data_table_depends_on_everything() -> None:
    table = '<f t="dataTable" ref="D2:D4" dt2D="0" dtr="0" r1="A1"/>'
    plain = '<f>1</f><v>1</v></c></row><row r="3"'
    book = draft(shared, edits={"sheet1": (plain, plain.replace("<f>1</f>", table))})
    forget(book, {"Deals": spots("H9")})
    assert uncalculated(book, "Deals") == "D2"


def test_a_changed_formula_keeps_what_its_writer_gave_it() -> None:
    assert dropped({"D2": "=B2*C2", "D3": "=D2"}, "B2 D2") == {"Deals": "D3"}


def calculation(book: str) -> tuple[str, str]:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet("Deals").write_formula("D2", "=B2*C2", None, 1)

    calcs = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'
    made = draft(fill, edits={"workbook": (calcs, book)})
    forget(made, {"Deals": spots("B2")})
    root = saved(made).tree("xl/workbook.xml")
    words = [str(element.tag).rpartition("}")[2] for element in root]
    found = next(element for element in root if str(element.tag).endswith("}calcPr"))
    return " ".join(words[words.index("sheets") :]), str(found.get("fullCalcOnLoad"))


def test_the_book_is_calculated_when_it_is_opened() -> None:
    assert calculation('<calcPr calcMode="manual"/>') == ("sheets calcPr", "1")
    assert calculation("<pivotCaches/>") == ("sheets calcPr pivotCaches", "1")
    assert calculation("<definedNames/><extLst/>") == ("sheets definedNames calcPr extLst", "1")


def test_a_book_without_formulas_is_not_touched() -> None:
    book = draft(lambda workbook: workbook.add_worksheet("Deals").write("A1", 1))
    assert forget(book, {"Deals": spots("A1")}) == {}
    assert book.changed == set()


def test_no_change_drops_nothing() -> None:
    assert dropped({"Sums!A1": "=TODAY()"}, "") == {}


def test_the_list_of_calculations_goes_with_all_that_names_it() -> None:
    book = draft(shared)
    book.put(
        "xl/calcChain.xml", b"<calcChain/>", "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    )
    book.relate(book.workbook, "calcChain", "xl/calcChain.xml")
    book = saved(book)
    assert "xl/calcChain.xml" in book
    drop_calc_chain(book)
    after = saved(book)
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after.read("[Content_Types].xml") + after.read("xl/_rels/workbook.xml.rels")
