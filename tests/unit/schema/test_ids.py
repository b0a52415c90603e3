"""Ids are given once and never again."""

from dataclasses import replace

from sheetcrm.schema.base import Base, load
from sheetcrm.schema.ids import Issued, issued_so_far, mint, remembered
from sheetcrm.schema.tables import recognise
from sheetcrm.table import Change
from sheetcrm.workbook.memory import MemoryWorkbook
from tests.books import base_of


def minted(base: Base) -> dict[tuple[str, int | None], object]:
    """The ids given: (table, row) → id."""
    return {(change.table, change.row): change.new for change in mint(base).changes}


def test_a_row_without_an_id_gets_the_next_one() -> None:
    base = base_of({"Companies": 'Company ID|Name\nC-000007|Rose\n""|Lily\n""|Iris'})
    assert minted(base) == {("companies", 3): "C-000008", ("companies", 4): "C-000009"}


def test_an_id_that_only_a_deal_mentions_is_not_given_again() -> None:
    base = base_of({"Companies": 'Company ID|Name\n""|Lily', "Deals": "Deal ID|Company\nD-000001|C-000041"})
    assert minted(base) == {("companies", 2): "C-000042"}


def test_an_id_that_a_hidden_link_or_a_task_key_remembers_is_not_given_again() -> None:
    base = base_of(
        {
            "Companies": 'Company ID|Name\n""|Lily',
            "Deals": 'Deal ID|Company|▦ Company link\n""|Rose|C-000041 Rose',
            "Tasks": "Task ID|Title|▦ Key\nT-000001|Call|T04/D-000300 head/2026-11-01",
        }
    )
    assert minted(base) == {("companies", 2): "C-000042", ("deals", 2): "D-000301"}


def test_an_id_of_the_last_run_is_not_given_again_though_its_row_is_gone() -> None:
    runs = "Run|Command|Counts\n2026-11-20|update|created=4; ids: C=142 D=530\n2026-11-21|report|rows=3"
    base = base_of({"Companies": 'Company ID|Name\n""|Lily', "Runs": runs})
    assert minted(base) == {("companies", 2): "C-000143"}


def test_what_runs_remembers_reads_back() -> None:
    issued = Issued({"D": 530, "C": 142})
    assert str(issued) == "ids: C=142 D=530"
    assert remembered(f"created=4 closed=2; {issued}") == issued
    assert remembered("created=4") == Issued()


def test_a_table_without_an_id_column_gets_one() -> None:
    assert mint(base_of({"Компании": "Наименование|Город\nРомашка|Пермь"})).changes == [
        Change("companies", None, "company_id", None, "ID компании", 1),
        Change("companies", None, "company_id", None, "C-000001", 2),
    ]


def test_doubled_and_malformed_ids_are_left_for_the_check() -> None:
    assert mint(base_of({"Companies": "Company ID|Name\nC-000001|Rose\nC-000001|Lily\nnew|Iris"})).changes == []


def test_neither_a_formula_nor_an_error_is_overwritten() -> None:
    base = base_of({"Companies": 'Company ID|Name\n""|Rose\n""|Lily\n""|Iris'})
    sheet = replace(base.book.sheets[0], formulas=frozenset({(2, 0)}), errors={(3, 0): "#N/A"})
    book = MemoryWorkbook(recognise, [sheet]).read()
    assert minted(load(book)) == {("companies", 4): "C-000001"}


def test_a_row_of_totals_gets_no_id() -> None:
    base = base_of({"Payments": 'Payment ID|Company|Amount\nPAY-000001|Rose|10\n""|Итого:|10'})
    assert mint(base).changes == []


def test_tables_whose_rows_have_no_ids_are_left_alone() -> None:
    assert mint(base_of({"Settings": "Name|Value\nlanguage|en"})).changes == []


def test_only_the_tables_asked_for() -> None:
    base = base_of({"Companies": 'Company ID|Name\n""|Lily', "Tasks": 'Task ID|Title\n""|Call'})
    assert [change.new for change in mint(base, ("tasks",)).changes] == ["T-000001"]


def test_ids_run_on_and_prefixes_are_told_apart() -> None:
    base = base_of({"Companies": "Company ID|Name\nC-000007|Rose", "Contacts": "Contact ID|Full name\nP-000100|Anna"})
    ids, issued = issued_so_far(base).next("companies", 2)
    assert ids == ["C-000008", "C-000009"]
    assert issued.next("payments")[0] == ["PAY-000001"]
    assert issued.next("companies")[0] == ["C-000010"]


def test_a_row_can_be_addressed_by_the_id_that_the_same_write_gives_it() -> None:
    workbook = MemoryWorkbook(recognise, base_of({"Companies": "Name|City\nRose|Perm"}).book.sheets)
    given = mint(load(workbook.read())).changes
    workbook.write([*given, Change("companies", "C-000001", "city", "Perm", "Omsk")], (), workbook.read().revision)
    assert load(workbook.read()).values("companies", "city") == ["Omsk"]


def test_a_firm_whose_name_begins_like_a_total_gets_its_id() -> None:
    base = base_of({"Companies": "Name | Company ID | City\nTotal Energies | | Paris\nИтого | | 12"})
    assert list(minted(base)) == [("companies", 2)]
