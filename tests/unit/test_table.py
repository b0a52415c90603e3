"""A sheet as a value: which rows count, where cells stand, what undoes a change."""

from datetime import date, datetime

import pytest

from sheetcrm.table import Cell, Change, Column, Layout, Sheet, Table, book, day_of, heads_totals, is_blank, letters

LAYOUT = Layout("companies", 2, (Column(0, "ID", "company_id"), Column(1, "Name", "name"), Column(2, "Our own", None)))


def table(*rows: tuple[object, ...], **marks: object) -> Table:
    """A tab with a title above its header in row 2, and these rows from row 3 on."""
    cells = [["Clients of 2026", "", ""], ["ID", "Name", "Our own"], *map(list, rows)]
    return Table(Sheet("Companies", cells, **marks), LAYOUT)  # type: ignore[arg-type]  # cells as typed in a test


def test_rows_of_blanks_are_left_out_and_keep_the_numbers_of_the_others() -> None:
    found = table(("C-000001", "Aurum", ""), ("", " ", "\u00a0"), ("", "Berg", ""))
    assert list(found.numbers) == [3, 5]
    assert list(found.cells("name")) == ["Aurum", "Berg"]


def test_a_row_that_holds_nothing_but_formulas_is_no_record() -> None:
    found = table(("C-000001", "Aurum", 1.0), ("", "", 0.0), formulas=frozenset({(3, 2), (4, 2)}))
    assert list(found.numbers) == [3]


def test_a_note_in_a_column_without_a_header_is_no_record() -> None:
    rows = [["ID", "Name", "", "Own", ""], ["C-000001", "Aurum", "", "x", ""], ["", "", "call them!", "", "and them"]]
    found = Layout("companies", 1, (Column(0, "ID", "company_id"), Column(1, "Name", "name"), Column(3, "Own", None)))
    assert list(Table(Sheet("Companies", rows), found).numbers) == [2]


def test_the_users_own_column_makes_a_record_where_no_gap_parts_it_from_ours() -> None:
    apart = Layout("companies", 1, (Column(0, "ID", "company_id"), Column(1, "Own", None), Column(3, "Apart", None)))
    rows = [["ID", "Own", "", "Apart"], ["", "x", "", ""], ["", "", "", "x"]]
    assert list(Table(Sheet("Companies", rows), apart).numbers) == [2]


@pytest.mark.parametrize("total", [("Total", "", 5.0), ("", "Итого", 5.0)])
def test_what_is_signed_below_the_totals_is_no_record(total: tuple[object, ...]) -> None:
    found = table(("", "Aurum", ""), total, ("", "", ""), ("", "Signed: Boss", ""))
    assert list(found.numbers) == [3, 4]


@pytest.mark.parametrize("below", [("C-000002", "", ""), ("", "Berg", "x", "y")])
def test_records_below_a_subtotal_stay(below: tuple[str, ...]) -> None:
    layout = Layout("companies", 1, (*LAYOUT.columns, Column(3, "More", None)))
    rows: list[list[Cell]] = [["ID", "Name", "Our own", "More"], ["", "Aurum", "", ""], ["Total", "", 5.0, ""]]
    assert list(Table(Sheet("Companies", [*rows, [*below, ""][:4]]), layout).numbers) == [2, 3, 4]


def test_an_absent_column_is_blank_and_an_own_one_is_known_by_its_header() -> None:
    found = table(("C-000001", "Aurum", "x"))
    assert list(found.cells("phone")) == [""]
    assert list(found.cells("Our own")) == ["x"]
    assert found.spot(0, "Our own") == (3, 2)


def test_the_first_of_two_tabs_that_claim_one_table_counts_and_generated_tabs_never() -> None:
    sheets = [Sheet(title, [["ID", "Name", "Our own"]]) for title in ("▦ Companies", "Companies", "Clients")]
    found = book("b", "r", sheets, lambda sheet: LAYOUT)
    assert [one.title for one in found.tables] == ["Companies", "Clients"]
    assert [one.title for one in found] == ["Companies"]


def test_a_change_undone_twice_is_itself() -> None:
    change = Change("companies", "C-000001", "name", "Aurum", "Aurum Ltd", 3)
    assert ~change == Change("companies", "C-000001", "name", "Aurum Ltd", "Aurum", 3)
    assert ~~change == change


def test_a_row_added_is_undone_by_removing_it() -> None:
    added = Change("companies", "C-000001", None, None, {"name": "Aurum"})
    assert added.inserts
    assert (~added).deletes


@pytest.mark.parametrize(("column", "said"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(column: int, said: str) -> None:
    assert letters(column) == said


@pytest.mark.parametrize("cell", [None, "", "  ", "\u00a0", "\n"])
def test_spaces_are_blank(cell: object) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", ["Итого", " ИТОГО: ", "Всего по отделу", "Подытог", "Total", "Grand total:"])
def test_a_row_of_totals_says_so(cell: str) -> None:
    assert heads_totals(cell)


@pytest.mark.parametrize("cell", ["Total Energies", "Итоги года", "Всеволожск", "Totalus", 12.0, None])
def test_a_firm_whose_name_only_begins_so_is_no_total(cell: object) -> None:
    assert not heads_totals(cell)


def test_the_day_of_a_moment() -> None:
    assert day_of(datetime(2026, 11, 21, 8, 30)) == date(2026, 11, 21)
    assert day_of(date(2026, 11, 21)) == date(2026, 11, 21)
    assert day_of("21.11.2026") is None
