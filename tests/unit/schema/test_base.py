"""References, names, ids and who answers."""

from datetime import date

from tests.books import base_of

COMPANIES = """
    Company ID | Name  | City  | Manager
    C-000001   | Aurum | Perm  | Bob
    C-000002   | Aurum | Kazan |
    C-000003   | Berg  |       | Kim
"""
MANAGERS = "Manager ID | Name\nM-000001 | Bob\nM-000002 | Kim"


def contacts(*cells: str) -> str:
    rows = [f"P-{number:06d} | {cell}" for number, cell in enumerate(cells, 1)]
    return "\n".join(("Contact ID | Company | company_link", *rows))


def test_a_company_is_named_by_name_by_id_or_by_name_and_city() -> None:
    base = base_of(
        {
            "Companies": COMPANIES,
            "Contacts": contacts("Berg |", "C-000003 |", "BERG: |", "Aurum (Perm) |", "aurum (kazan) |"),
        }
    )
    assert base.links("contacts", "company").target == [2, 2, 2, 0, 1]


def test_a_name_of_two_companies_is_ambiguous_and_an_unknown_one_unknown() -> None:
    links = base_of({"Companies": COMPANIES, "Contacts": contacts("Aurum |", "Cord |", "|")}).links(
        "contacts", "company"
    )
    assert links.target == [-1, -1, -1]
    assert links.ambiguous == {0: (0, 1)}
    assert links.unknown == [1]


def test_a_renamed_company_is_found_by_its_former_name_through_the_link() -> None:
    base = base_of(
        {"Companies": COMPANIES, "Contacts": contacts("Old Berg | C-000003 Old Berg", "Berg | C-000003 Berg")}
    )
    links = base.links("contacts", "company")
    assert (links.target, links.unknown, links.renamed) == ([2, 2], [], [0])


def test_a_name_changed_by_hand_wins_over_the_link() -> None:
    base = base_of(
        {"Companies": COMPANIES, "Contacts": contacts("Aurum (Perm) | C-000003 Berg", "Cord | C-000003 Berg")}
    )
    links = base.links("contacts", "company")
    assert (links.target, links.unknown, links.renamed) == ([0, -1], [1], [])


def test_the_link_tells_namesakes_apart() -> None:
    links = base_of({"Companies": COMPANIES, "Contacts": contacts("Aurum | C-000002 Aurum")}).links(
        "contacts", "company"
    )
    assert (links.target, links.ambiguous) == ([1], {})


def test_a_link_to_a_company_that_is_gone_says_nothing() -> None:
    links = base_of({"Companies": COMPANIES, "Contacts": contacts("Old | C-000009 Old")}).links("contacts", "company")
    assert (links.target, links.unknown) == ([-1], [0])


def test_an_id_that_stands_twice_is_the_first_row_s() -> None:
    base = base_of({"Companies": "Name | Company ID\nAurum | C-000001\nBerg | C-000001\nCord |"})
    assert base.ids("companies") == {"C-000001": 0}


def test_a_reference_without_its_tab_is_free_text() -> None:
    base = base_of({"Deals": "Deal ID | Product\nD-000001 | Steel"})
    assert base.links("deals", "product").target == [-1]
    assert base.texts("deals", "product") == ["Steel"]


def test_who_answers_is_the_row_s_manager_else_the_company_s_else_the_default() -> None:
    deals = """
        Deal ID  | Company       | Manager
        D-000001 | Aurum (Perm)  | Kim
        D-000002 | Berg          |
        D-000003 | Aurum (Kazan) |
        D-000004 |               |
    """
    tabs = {"Companies": COMPANIES, "Managers": MANAGERS, "Deals": deals}
    assert base_of(tabs).managers("deals") == [1, 1, -1, -1]
    with_default = base_of({**tabs, "Settings": "Setting | Value\ndefault_manager | bob"})
    assert with_default.managers("companies") == [0, 0, 1]
    assert with_default.managers("deals") == [1, 1, 0, -1]


def test_the_only_manager_answers_for_all() -> None:
    assert base_of({"Companies": COMPANIES, "Managers": "Manager ID | Name\nM-000001 | Bob"}).managers("companies") == [
        0,
        0,
        0,
    ]


def test_a_place_names_the_cell_the_record_and_who_answers() -> None:
    base = base_of({"Companies": COMPANIES, "Managers": MANAGERS})
    place = base.place("companies", 2, "name")
    assert (place.address, place.id, place.name, place.manager) == ("Companies!B4", "C-000003", "Berg", "Kim")


def test_rows_of_later_days_are_left_out_as_of_an_earlier_one() -> None:
    activities = "Activity ID | At | Company\nA-000001 | 2026-10-01 | Berg\nA-000002 | 2026-11-01 | Berg"
    base = base_of({"Companies": COMPANIES, "Activities": activities}, until=date(2026, 10, 31))
    assert base.size("activities") == 1


def test_columns_in_any_order_under_labels_of_either_language_or_codes_are_one_base() -> None:
    russian = base_of({"Компании": "Город | Наименование | ID компании\nПермь | Аурум | C-000001"})
    coded = base_of({"companies": "name | company_id | city\nАурум | C-000001 | Пермь"})
    for base in (russian, coded):
        assert [base.values("companies", code) for code in ("company_id", "name", "city")] == [
            ["C-000001"],
            ["Аурум"],
            ["Пермь"],
        ]


def test_a_blank_row_between_rows_keeps_the_numbers_true() -> None:
    base = base_of({"Companies": "Company ID | Name\nC-000001 | Aurum\n | \nC-000002 | Berg"})
    assert base.size("companies") == 2
    assert base.place("companies", 1).row == 4
