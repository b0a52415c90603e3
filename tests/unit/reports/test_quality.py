"""How good the data is: filled, valid, missing at the stage, repeats, stale."""

from collections import Counter

from sheetcrm.reports.filling import Filling, fillings, stale
from sheetcrm.reports.gaps import gaps
from sheetcrm.reports.quality import data_quality
from sheetcrm.reports.report import Question
from sheetcrm.text import say
from tests.books import facts_of
from tests.unit.reports.told import column, figure


def asked(**tabs: str) -> Question:
    return Question(facts_of(tabs))


def filling(question: Question, table: str, code: str) -> Filling:
    found = fillings(question, table, gaps(question).of(table))
    return next(one for one in found if one.code == code)


def test_a_placeholder_and_a_broken_phone_are_filled_but_not_valid() -> None:
    question = asked(
        Companies="""
        Company ID | Name  | Phone
        C-000001   | Alpha | +7 912 345-67-01
        C-000002   | Beta  | n/a
        C-000003   | Gamma | 123
        C-000004   | Delta |
    """
    )
    phone = filling(question, "companies", "phone")
    assert (phone.rows, phone.filled, phone.valid) == (4, 3, 1)


def test_a_reference_to_nobody_is_not_valid_once_its_tab_is_on() -> None:
    deals = "Deal ID | Company | Product\nD-000001 | Alpha | Tile\nD-000002 | Omega | Glue"
    question = asked(Companies="Company ID | Name\nC-000001 | Alpha", Deals=deals)
    assert filling(question, "deals", "company").valid == 1
    assert filling(question, "deals", "product").valid == 2


def test_what_a_stage_lacks_is_counted_by_column_and_manager() -> None:
    question = asked(
        Companies="""
            Company ID | Name  | Stage            | Manager | City | Address | Phone
            C-000001   | Alpha | Potential client | Ann     | Perm |         | +7 912 345-67-01
            C-000002   | Beta  | Information      | Bob     |      |         |
        """,
        Managers="Manager ID | Name\nM-000001 | Ann\nM-000002 | Bob",
    )
    found = gaps(question)
    assert found.of("contacts") == {
        "full_name": Counter({0: 1}),
        "position": Counter({0: 1}),
        "phone": Counter({0: 1}),
    }
    assert found.of("companies") == {"address": Counter({1: 1}), "phone": Counter({1: 1})}
    assert found.rows["contacts"] == Counter({0: 1})


def test_an_absent_column_that_a_stage_needs_is_told() -> None:
    question = asked(Companies="Company ID | Name | Stage\nC-000001 | Alpha | Refused")
    reason = filling(question, "companies", "lost_reason")
    assert (reason.present, reason.missing.total()) == (False, 1)


def test_branches_of_one_inn_with_kpps_of_their_own_do_not_repeat() -> None:
    question = asked(
        Companies="""
        Company ID | Name  | INN        | KPP
        C-000001   | Alpha | 7707083893 | 770701001
        C-000002   | Beta  | 7707083893 | 780101001
        C-000003   | Gamma | 7728168971 |
        C-000004   | Delta | 7728168971 | 772801001
    """
    )
    assert filling(question, "companies", "inn").repeats == 1


def test_the_same_phone_among_several_in_a_cell_repeats() -> None:
    question = asked(
        Companies="""
        Company ID | Name  | Phone
        C-000001   | Alpha | 8 912 345-67-01, 8 912 345-67-02
        C-000002   | Beta  | +7 912 345 67 02
    """
    )
    assert filling(question, "companies", "phone").repeats == 1


def test_a_lead_untouched_for_longer_than_the_setting_is_stale() -> None:
    question = asked(
        Companies="""
            Company ID | Name  | Stage       | ▦ Created on
            C-000001   | Alpha | Information | 2026-08-22
            C-000002   | Beta  | Information | 2026-08-23
            C-000003   | Gamma | Information | 2026-01-01
        """,
        Activities="Activity ID | At | Type | Company\nA-000001 | 2026-11-01 | Call | Gamma",
    )
    assert stale(question, "companies") == 1


def test_a_column_nobody_fills_and_ones_own_column_are_remarked_on() -> None:
    report = data_quality(asked(Companies="Company ID | Name | Website | Tea\nC-000001 | Alpha | | green"))
    remarks = column(report, "remark")
    assert remarks["Website"] == "nobody fills it: fill it, or hide it"
    assert remarks["Tea"] == "your own column"


def test_columns_with_nothing_amiss_are_folded() -> None:
    report = data_quality(asked(Companies="Company ID | Name | Website | City\nC-000001 | Alpha | | Perm"))
    folded = {figure(row.cells[0]): row.folded for row in report.rows}
    assert (folded["Companies"], folded["City"], folded["Website"]) == (False, True, False)


def test_an_empty_book() -> None:
    report = data_quality(asked(Companies="Company ID | Name"))
    assert report.rows == ()
    assert "no rows yet" in say(report.reading, "en")
