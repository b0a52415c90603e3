"""Which column a word names."""

import pytest

from sheetcrm.schema.named import find, names, nearest
from tests.books import base_of

BASE = base_of(
    {
        "Companies": """
        Company ID | Customer | Stage | Region | My rank | Seen       | Ticked
        C-000001   | Rose     | Buyer | Perm   | 1       | 2026-11-01 | TRUE
        C-000002   | Lily     | Buyer | Perm   | x       | 2026-11-02 |
        """,
        "Deals": """
        Deal ID  | Company | Stage
        D-000001 | Rose    | Offer
        """,
    }
)


@pytest.mark.parametrize(
    ("table", "word", "code", "home"),
    [
        ("companies", "city", "city", "companies"),
        ("companies", "Region", "city", "companies"),
        ("companies", "ГОРОД", "city", "companies"),
        ("companies", "My rank", "My rank", "companies"),
        ("companies", "acquisition month", "acquisition", "companies"),
        ("companies", "company", "company", "companies"),
        ("deals", "my RANK", "My rank", "companies"),
        ("deals", "company.city", "city", "companies"),
        ("deals", "stage", "stage", "companies"),
        ("deals", "Этап", "stage", "companies"),
        ("deals", "Стадия", "deal_stage", "deals"),
        ("deals", "lost_reason", "lost_reason", "deals"),
        ("deals", "company.lost_reason", "lost_reason", "companies"),
        ("deals", "product group", "product_group", "deals"),
        ("activities", "deal_stage", "deal_stage", "deals"),
        ("activities", "amount", "amount", "deals"),
        ("payments", "amount", "amount", "payments"),
        ("tasks", "stage", "stage", "companies"),
    ],
)
def test_a_word_names_a_column(table: str, word: str, code: str, home: str) -> None:
    found = find(BASE, table, word)
    assert found is not None
    assert (found.code, found.table) == (code, home)


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ("companies", "colour"),
        ("companies", "amount"),
        ("companies", "deal_stage"),
        ("companies", "Стадия"),
        ("managers", "city"),
        ("deals", "company.amount"),
        ("deals", "amount.city"),
    ],
)
def test_a_word_that_names_nothing(table: str, word: str) -> None:
    assert find(BASE, table, word) is None


@pytest.mark.parametrize(("header", "kind"), [("My rank", "text"), ("Seen", "date")])
def test_the_users_own_column_is_of_the_kind_that_all_its_cells_are(header: str, kind: str) -> None:
    found = find(BASE, "companies", header)
    assert found is not None
    assert found.kind.name == kind


def test_the_nearest_names_come_in_the_words_own_language() -> None:
    assert nearest(BASE, "companies", "Горд")[0] == "Город"
    assert nearest(BASE, "deals", "delivred_on")[0] == "delivered_on"
    assert nearest(BASE, "companies", "My rnk")[0] == "My rank"
    assert nearest(BASE, "companies", "zzzz") == []


def test_the_list_of_names_holds_own_columns_and_each_name_once() -> None:
    known = names(BASE, "deals")
    assert {"deal_stage", "stage", "city", "My rank", "product_group", "company"} <= set(known)
    assert len(known) == len(set(known))
    assert "company_link" not in known
