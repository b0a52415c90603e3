"""How faults become findings: in order, with their place, and a whole column's as one."""

import pytest

from sheetcrm.findings import Severity
from tests.unit.validators.finding import AURUM, companies, findings, found, said


def many(bad: int, good: int, cell: str = "8-912-34") -> str:
    rows = [f"Firm {n} | Information | {cell} | Lenina {n}" for n in range(bad)]
    rows += [f"Good {n} | Information | +7 912 345-{n:02d}-89 | Lenina {n}" for n in range(good)]
    return companies(*rows)


def test_the_same_fault_in_more_than_half_of_a_column_is_one_finding_of_the_column() -> None:
    (finding,) = [one for one in findings({"Companies": many(6, 5)}) if one.code == "V004"]
    assert (finding.place.address, finding.place.field, finding.place.id) == ("Companies!D1", "phone", "")
    assert said(finding).startswith("6 cells of the column, for example: phone “8-912-34”")


@pytest.mark.parametrize(("bad", "good"), [(5, 5), (5, 4), (9, 0)])
def test_half_of_a_column_or_a_short_one_is_told_cell_by_cell(bad: int, good: int) -> None:
    assert len([one for one in findings({"Companies": many(bad, good)}) if one.code == "V004"]) == bad


def test_where_blank_is_the_fault_the_rows_are_what_it_is_half_of() -> None:
    rows = [f"Firm {n} | {'Information' if n < 4 else ''} | 891234567{n:02d} | Lenina {n}" for n in range(10)]
    codes = [one for one in found({"Companies": companies(*rows)}) if one[1] == "V011"]
    assert codes == [("Companies!C1", "V011")]


def test_findings_stand_in_the_order_of_the_book() -> None:
    tabs = {
        "Contacts": "Contact ID | Company | Email\nP-000001 | Nobody | a@\nP-000002 | Aurum | b@",
        "Companies": AURUM.replace("+7 912 345-67-89", "8-912-34"),
    }
    assert found(tabs) == [
        ("Contacts!B2", "R001"),
        ("Contacts!C2", "V005"),
        ("Contacts!C3", "V005"),
        ("Companies!D2", "V004"),
    ]


def test_a_finding_names_who_answers_the_record_and_the_value() -> None:
    tabs = {
        "Companies": companies(
            "Aurum | Information | 8-912-34 | Lenina 1 | Bob", header="Name | Stage | Phone | Address | Manager"
        ),
        "Managers": "Manager ID | Name\nM-000001 | Bob\nM-000002 | Kim",
        "Contacts": "Contact ID | Full name | Company | Email\nP-000001 | Ann Gray | Aurum | a@",
    }
    phone, email = findings(tabs)
    assert (phone.place.manager, phone.place.name, phone.value) == ("Bob", "Aurum", "8-912-34")
    assert (email.place.manager, email.place.name, email.value) == ("Bob", "Ann Gray", "a@")


def test_an_empty_book_lacks_its_first_tab_and_nothing_else() -> None:
    assert found({"Sheet1": "some | words"}) == [("Companies", "S001")]


@pytest.mark.parametrize(
    ("phone", "words"),
    [
        (
            "8-912-34",
            "phone “8-912-34” has 6 digits; a Russian number has 10 after +7 — write it like +7 912 345-67-89",
        ),
        ("8 930 000-10-00", "phone “8 930 000-10-00” is not a number that exists"),
    ],
)
def test_it_says_the_fault_and_the_way_out(phone: str, words: str) -> None:
    (finding,) = findings({"Companies": AURUM.replace("+7 912 345-67-89", phone)})
    assert said(finding).startswith(words)
    assert finding.severity is Severity.ERROR
