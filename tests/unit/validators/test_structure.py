from dataclasses import replace

from sheetcrm.schema.base import load
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.tables import recognise
from sheetcrm.table import book
from sheetcrm.validators.checking import check
from tests.books import TODAY, sheet
from tests.unit.validators.finding import AURUM, companies, found


def test_a_column_that_no_stage_needs_may_be_absent() -> None:
    prospect = companies("Aurum | Potential client | 89123456789 | Perm", header="Name | Stage | Phone | City")
    contacts = "Contact ID | Full name | Company | Phone\nP-000001 | Ann Gray | Aurum | 89123456780"
    assert found({"Companies": prospect.replace("Potential client", "Information"), "Contacts": contacts}) == []
    assert ("Contacts", "S002") in found({"Companies": prospect, "Contacts": contacts})


def test_a_gate_that_another_column_fills_does_not_ask_for_this_one() -> None:
    table = companies("Aurum | Information | Lenina 1", header="Name | Stage | Address")
    assert found({"Companies": table}) == []


def test_a_stage_that_no_column_of_the_book_can_bear_out_names_the_column() -> None:
    assert found({"Companies": companies("Aurum | Information", header="Name | Stage")}) == [
        ("Companies", "S002"),
        ("Companies", "S002"),
        ("Companies!C2", "G001"),
    ]


def test_deals_without_a_stage_column_lack_the_column_and_no_cell() -> None:
    deals = "Deal ID | Company | Product\nD-000001 | Aurum | steel"
    assert ("Deals", "S002") in found({"Companies": AURUM, "Deals": deals})
    assert [code for _, code in found({"Companies": AURUM, "Deals": deals}) if code == "V011"] == []


def test_errors_and_uncalculated_formulas_are_told_once_and_are_no_blanks() -> None:
    table = sheet("Companies", AURUM.replace("Information", ""))
    broken = replace(table, errors={(2, 2): "#N/A"}, formulas=frozenset({(2, 2)}))
    waiting = replace(table, formulas=frozenset({(2, 2)}), uncached=frozenset({(2, 2)}))
    codes = [
        [one.code for one in check(Facts(load(book("b", "1", [tab], recognise)), TODAY))] for tab in (broken, waiting)
    ]
    assert codes == [["S005"], ["S006"]]


def test_a_merge_in_the_title_rows_is_nobody_s_business() -> None:
    table = sheet("Companies", "Our clients | | | |\n" + AURUM.strip())
    titled = replace(table, merged=(((1, 0), (1, 4)),))
    assert check(Facts(load(book("b", "1", [titled], recognise)), TODAY)) == []


def test_a_tab_of_the_firm_s_own_with_an_ordinary_word_for_a_title_is_left_alone() -> None:
    assert found({"Companies": AURUM, "История": "как мы начинали | 1998", "Регионы": "заметки | о регионах"}) == []
