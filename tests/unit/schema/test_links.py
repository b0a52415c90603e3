"""By what records are known, and who stands in for a blank manager."""

from sheetcrm.schema.links import ABSENT, Index
from tests.books import base_of

FIRMS = Index(
    keys=["C-000001", "C-000002", "C-000002", None],
    titles=["Ромашка", "Ромашка", "Берег", None],
    cities=["Пермь", None, None, None],
)


def test_an_id_that_stands_twice_is_the_first_row_s() -> None:
    assert FIRMS.ids == {"C-000001": 0, "C-000002": 1}


def test_namesakes_are_told_apart_by_city_else_by_id() -> None:
    assert [FIRMS.name(position) for position in range(3)] == ["Ромашка (Пермь)", "C-000002", "Берег"]


def test_a_record_is_found_by_id_or_name_in_any_spelling() -> None:
    assert FIRMS.find("C-000001") == 0
    assert FIRMS.find("  БЕРЕГ: ") == 2
    assert FIRMS.find("ромашка (пермь)") == 0


def test_a_name_of_two_records_finds_neither_though_one_of_them_has_a_city() -> None:
    assert FIRMS.find("Ромашка") == ABSENT


def test_people_are_named_by_id_and_found_by_name() -> None:
    people = Index(["P-000001"], ["Анна Петрова"], shown_by_id=True)
    assert (people.name(0), people.find("анна петрова")) == ("P-000001", 0)


def default_manager(typed: str, *names: str) -> int:
    managers = [f"M-{number:06d} | {name}" for number, name in enumerate(names, 1)]
    return base_of(
        {
            "Managers": "\n".join(("Manager ID | Name", *managers)),
            "Settings": f"Setting | Value\ndefault_manager | {typed}",
        }
    ).default_manager


def test_the_default_manager_is_named_by_name_or_by_id() -> None:
    assert default_manager("kim", "Bob", "Kim") == 1
    assert default_manager("M-000001", "Bob", "Kim") == 0


def test_the_only_manager_stands_in_by_itself() -> None:
    assert default_manager("", "Bob") == 0
    assert default_manager("", "Bob", "Kim") == ABSENT


def test_a_former_name_that_is_another_company_s_today_names_neither() -> None:
    base = base_of({
        "Companies": "Company ID | Name\nC-000001 | Lotus\nC-000002 | Aurum",
        "Deals": """
            Deal ID  | Company | ▦ Company link
            D-000001 | Aurum   | C-000001 Aurum
            D-000002 | Aurum   | C-000002 Aurum
        """,
    })  # fmt: skip
    links = base.links("deals", "company")
    assert links.target == [-1, 1]
    assert links.ambiguous == {0: (0, 1)}
    assert links.renamed == []
