"""What rows are told apart by, and in which order."""

from datetime import date

import pytest

from sheetcrm.errors import UsageError
from sheetcrm.reports.dimensions import axes, axis
from sheetcrm.text import Label, say, show
from tests.books import facts_of

FIRM = facts_of(
    {
        "Companies": """
        Company ID | Name | Stage       | City | Manager | Territory | VIP | Rank | First purchase before
        C-000001   | Rose | Refused     | perm | Boris   | Perm      | yes | 10   |
        C-000002   | Lily | Information | Perm | Anna    | Omsk      |     | 9    | 2025-02-10
        C-000003   | Rose | Refused     | Perm |         |           | no  |      |
        C-000004   | Aloe | Information | Omsk | Anna    | Ural      | yes | 9    |
        """,
        "Managers": """
        Manager ID | Name
        M-000001   | Boris
        M-000002   | Anna
        """,
        "Territories": """
        Territory ID | Territory | Parent
        TR-000001    | Ural      |
        TR-000002    | Perm      | Ural
        TR-000003    | Omsk      |
        """,
        "Deals": """
        Deal ID  | Company  | Stage   | Product | Need date  | Manager
        D-000001 | C-000001 | Agreed  | Pipe 57 | 2026-11-30 |
        D-000002 | Lily     | Offer   | Pipes   | 2025-12-31 | Boris
        D-000003 | Lily     | Offer   | Cable   |            |
        """,
        "Products": """
        Product ID | Name    | Group
        PD-000001  | Pipe 57 | Pipes
        """,
    }
)


def shown(table: str, word: str) -> list[str]:
    """The dimension's values, in order."""
    return [show(item.figure, "en") for item in axis(FIRM, table, word).items]


def along(table: str, word: str) -> list[str]:
    """The dimension's value of each row."""
    found = axis(FIRM, table, word)
    return [say(found.items[code].label, "en") for code in found.codes]


@pytest.mark.parametrize(
    ("table", "word", "values"),
    [
        ("companies", "stage", ["Information", "Refused"]),
        ("deals", "deal_stage", ["Offer sent", "Agreed"]),
        ("deals", "stage", ["Information", "Refused"]),
        ("companies", "city", ["Omsk", "Perm"]),
        ("companies", "manager", ["Anna", "Boris", "Nobody"]),
        ("deals", "manager", ["Anna", "Boris"]),
        ("companies", "Rank", ["9", "10", "(blank)"]),
        ("companies", "vip", ["yes", "no", "(blank)"]),
        ("deals", "product_group", ["Pipes", "(blank)"]),
        ("deals", "product", ["Cable", "Pipe 57", "Pipes"]),
        ("deals", "need_date", ["2025-12-01", "2026-11-01", "(blank)"]),
        ("deals", "need_date:day", ["2025-12-31", "2026-11-30", "(blank)"]),
        ("deals", "need_date:week", ["2026 W01", "2026 W49", "(blank)"]),
        ("deals", "Need date:quarter", ["2025 Q4", "2026 Q4", "(blank)"]),
        ("deals", "need_date:YEAR", ["2025", "2026", "(blank)"]),
        ("companies", "acquisition", ["2025-02-01", "(blank)"]),
    ],
)
def test_values_stand_in_their_natural_order(table: str, word: str, values: list[str]) -> None:
    assert shown(table, word) == values


def test_spellings_that_differ_in_case_are_one_the_commonest_is_shown() -> None:
    assert along("companies", "city") == ["Perm", "Perm", "Perm", "Omsk"]


def test_two_companies_of_one_name_stay_two_and_lead_to_their_rows() -> None:
    found = axis(FIRM, "companies", "company")
    assert along("companies", "company") == ["C-000001", "Lily", "C-000003", "Aloe"]
    assert {item.record for item in found.items} == {("companies", position) for position in range(4)}


def test_a_deals_manager_is_its_own_or_its_companys() -> None:
    assert along("deals", "manager") == ["Boris", "Boris", "Anna"]


def test_nested_territories_give_two_levels() -> None:
    outer, inner = axes(FIRM, "companies", "territory")
    assert outer.label == Label("Region", "Регион")
    assert [show(item.figure, "en") for item in outer.items] == ["Omsk", "Ural", "(blank)"]
    assert [show(item.figure, "en") for item in inner.items] == ["Omsk", "Perm", "Ural", "(blank)"]


def test_territories_without_parents_give_one_level() -> None:
    flat = facts_of({"Companies": "Company ID | Name | Territory\nC-000001 | Rose | Perm"})
    assert [level.key for level in axes(flat, "companies", "territory")] == ["territory"]


def test_territories_that_lie_in_each_other_do_not_hang() -> None:
    ring = facts_of(
        {
            "Companies": "Company ID | Name | Territory\nC-000001 | Rose | A",
            "Territories": "Territory ID | Territory | Parent\nTR-000001 | A | B\nTR-000002 | B | A",
        }
    )
    assert len(axes(ring, "companies", "territory")) == 2


def test_months_of_keys_and_headers() -> None:
    month = axis(FIRM, "deals", "need_date").items[1]
    assert (month.key, month.figure, month.label) == ("2026-11", date(2026, 11, 1), Label("2026-11", "11.2026"))


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("citty", "Did you mean: city"),
        ("colour of the sky", "All there are: deal, deal_id"),
        ("need_date:moon", "day, week, month, quarter, year"),
        ("city:month", "Leave out what follows the colon"),
    ],
)
def test_what_is_no_dimension_is_refused_with_the_way_out(word: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        axis(FIRM, "deals", word)
    assert said in say(caught.value.hint or "", "en")
