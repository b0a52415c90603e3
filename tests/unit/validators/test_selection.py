import pytest

from sheetcrm.errors import UsageError
from sheetcrm.validators.checking import check
from sheetcrm.validators.selection import Selection, selected
from tests.books import facts_of
from tests.unit.validators.finding import companies

TABS = {
    "Companies": companies(
        "Aurum | Information | 8-912-34 | Lenina 1 | Anna Gray",
        "Berg | Not our client | 8-912-35 | Lenina 2 | Anna Stone",
        "Cord | Information | +7 912 345-67-89 | Lenina 3 | Bob",
        header="Name | Stage | Phone | Address | Manager",
    ),
    "Managers": "Manager ID | Name\nM-000001 | Anna Gray\nM-000002 | Anna Stone\nM-000003 | Bob",
    "Contacts": """
        Contact ID | Full name | Company | Email
        P-000001   | Kim Lee   | Aurum   | kim@
        P-000002   | Lou Roe   | Nobody  |
    """,
    "Deals": "Deal ID | Company | Stage | Lost reason | Amount\nD-000001 | Cord | Lost | | -5",
}


def asked(**what: object) -> list[tuple[str, str]]:
    facts = facts_of(TABS)
    found = selected(check(facts), Selection(**what), facts.base)  # type: ignore[arg-type]  # each its own type
    return [(one.place.address, one.code) for one in found]


ALL = [
    ("Companies!D2", "V004"),
    ("Companies!D3", "V004"),
    ("Contacts!C3", "R001"),
    ("Contacts!D2", "V005"),
    ("Deals!C2", "G002"),
    ("Deals!E2", "V009"),
]


def test_everything_is_told_where_nothing_is_asked_for() -> None:
    assert sorted(asked()) == ALL


@pytest.mark.parametrize(
    ("what", "left"),
    [
        ({"select": ("V",)}, ["V004", "V004", "V005", "V009"]),
        ({"select": ("V004,R",)}, ["V004", "V004", "R001"]),
        ({"ignore": ("V", "g002")}, ["R001"]),
        ({"select": ("V",), "ignore": ("V004",)}, ["V005", "V009"]),
        ({"table": "контактные лица"}, ["V005", "R001"]),
        ({"manager": "anna g"}, ["V004", "V005"]),
        ({"manager": "Bob"}, ["G002", "V009"]),
        ({"stage": "Отказ"}, ["G002", "V009"]),
        ({"stage": "disqualified"}, ["V004"]),
    ],
)
def test_findings_are_told_by_code_table_manager_and_stage(what: dict[str, object], left: list[str]) -> None:
    assert sorted(code for _, code in asked(**what)) == sorted(left)


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ({"select": ("Q1",)}, "There is no rule “Q1”."),
        ({"manager": "Anna"}, "“Anna” may be Anna Gray, Anna Stone."),
        ({"manager": "Zoe"}, "There is no manager “Zoe”."),
        ({"table": "Dealz"}, "There is no tab “Dealz”."),
        ({"stage": "Wedding"}, "There is no stage “Wedding”."),
    ],
)
def test_what_is_not_known_is_one_sentence(what: dict[str, object], says: str) -> None:
    with pytest.raises(UsageError) as stop:
        asked(**what)
    assert str(stop.value) == says
