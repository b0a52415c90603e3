"""How the base stands by stage, and how that changed in a month."""

from sheetcrm.reports.report import Question
from sheetcrm.reports.stages import client_stages, month_before, stage_counts
from sheetcrm.text import say
from tests.books import facts_of
from tests.unit.reports.told import footer

COMPANIES = """
    Company ID | Name  | Stage | Phone            | INN        | City | ▦ Created on
    C-000001   | Alpha | Buyer | +7 912 345-67-01 | 7707083893 | Perm | {first}
    C-000002   | Beta  | Sale  | +7 912 345-67-02 |            | Perm | {second}
"""
CONTACTS = """
    Contact ID | Full name | Company | Position | Phone
    P-000001   | Ann       | Alpha   | head     | +7 912 345-67-03
"""
DEALS = """
    Deal ID  | Company | Stage   | Amount | Delivered qty | Delivered on | Terms | Need date
    D-000001 | Alpha   | Settled | 100    | 5             | 2026-11-10   | pickup | 2026-10-01
    D-000002 | Alpha   | Offer sent | 70  |               |              |        | 2026-11-12
"""


def firm(first: str = "2026-01-01", second: str = "2026-11-01") -> Question:
    companies = COMPANIES.format(first=first, second=second)
    return Question(facts_of({"Companies": companies, "Contacts": CONTACTS, "Deals": DEALS}))


def test_a_company_counts_in_the_stage_its_data_supports() -> None:
    counts = stage_counts(firm())
    assert (counts["buyer"].clients, counts["lead"].clients, counts["sale"].clients) == (1, 1, 0)
    assert (counts["sale"].typed, counts["buyer"].open_deals, int(counts["buyer"].open_amount)) == (1, 1, 70)


def test_a_month_before_the_later_rows_had_not_come_to_be() -> None:
    question = firm()
    assert month_before(question) == {"prospect": 1}
    counts = stage_counts(question)
    assert {stage: count.change for stage, count in counts.items() if count.change} == {
        "lead": 1,
        "prospect": -1,
        "buyer": 1,
    }


def test_a_filter_asks_about_the_same_companies_a_month_before() -> None:
    question = firm(second="2026-02-01")
    beta = Question(question.facts, frozenset({1}), None, "name = Beta")
    assert month_before(beta) == {"lead": 1}


def test_no_change_is_told_where_the_base_did_not_exist_yet() -> None:
    report = client_stages(firm(first="2026-11-02"))
    assert "change" not in {column.key for column in report.columns}
    assert any("does not yet tell" in line for line in footer(report))


def test_no_change_is_told_where_nobody_noted_when_clients_came() -> None:
    assert month_before(firm(second="")) is None


def test_nobody_counts() -> None:
    report = client_stages(Question(firm().facts, frozenset(), None, "name = Nobody"))
    assert report.rows == ()
    assert "matches the filter “name = Nobody”" in say(report.reading, "en")
