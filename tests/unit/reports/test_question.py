"""What a filter asks of a report."""

import pytest

from sheetcrm.reports.question import question
from sheetcrm.reports.registry import OURS
from sheetcrm.reports.report import Entry
from sheetcrm.text import say
from tests.books import facts_of

FIRM = facts_of(
    {
        "Companies": """
        Company ID | Name | City | Manager
        C-000001   | Rose | Perm | Anna
        C-000002   | Lily | Omsk | Boris
        """,
        "Deals": """
        Deal ID  | Company | Stage  | Amount | Manager
        D-000001 | Rose    | Agreed | 10     |
        D-000002 | Lily    | Offer  | 20     | Anna
        D-000003 | Lily    | Offer  | 30     |
        D-000004 | Aloe    | Offer  | 40     |
        """,
        "Managers": """
        Manager ID | Name
        M-000001   | Anna
        M-000002   | Boris
        """,
    }
)


def asked(where: str) -> tuple[list[int], list[int]]:
    """The companies and the deals that count, numbered from 1."""
    found = question(FIRM, where)
    return [n + 1 for n in range(2) if found.company(n)], [n + 1 for n in range(4) if found.deal(n)]


def test_without_a_filter_everything_counts() -> None:
    assert asked("") == ([1, 2], [1, 2, 3, 4])


def test_a_filter_of_companies_asks_about_their_deals_too() -> None:
    assert asked("city = Omsk") == ([2], [2, 3])


def test_a_filter_of_deals_asks_about_the_companies_that_have_one() -> None:
    assert asked("amount >= 20 and city = Omsk") == ([2], [2, 3])
    assert asked("amount < 20") == ([1], [1])
    assert asked("amount > 30") == ([], [4])


def test_a_column_that_both_have_is_each_ones_own() -> None:
    assert asked("manager = Anna") == ([1], [1, 2])


@pytest.mark.parametrize("entry", OURS, ids=lambda entry: entry.name)
@pytest.mark.parametrize("where", ["city = Minsk", "amount > 999"])
def test_where_no_record_matches_the_report_says_so(entry: Entry, where: str) -> None:
    deals = "Deal ID|Company|Stage|Amount|Delivered on\n" + "\n".join(
        f"D-00000{n}|Rose|{stage}|10|2026-0{n}-01" for n, stage in enumerate(["Settled", "Settled", "Offer"], 1)
    )
    facts = facts_of({"Companies": "Company ID | Name | City\nC-000001 | Rose | Perm", "Deals": deals})
    assert f"matches the filter “{where}”" in say(entry.compute(question(facts, where)).reading, "en")
    assert "matches" not in say(entry.compute(question(facts)).reading, "en")
