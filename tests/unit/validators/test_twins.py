import pytest

from tests.unit.validators.finding import AURUM, companies, findings, said

HEADER = "Name | Stage | INN | KPP | City | Website"
INN = '"7707083893"'


def twins(*rows: str) -> list[tuple[str, str]]:
    """Which cells are said to be a second row of one client, and for what."""
    table = companies(
        *(f"{row.split(' | ')[0]} | Not our client | {' | '.join(row.split(' | ')[1:])}" for row in rows), header=HEADER
    )
    found = [one for one in findings({"Companies": table}) if one.code == "H001"]
    return [(one.place.cell, said(one).split(": ")[1].split(" — ")[0]) for one in found]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((f"Aurum | {INN} | | | ", f"Berg | {INN} | | | "), "the same INN"),
        ((f'Aurum | {INN} | "773601001" | | ', f"Berg | {INN} | | | "), "the same INN"),
        (
            ("ООО «Заря» | | | Пермь | ", 'Общество с ограниченной ответственностью "ЗАРЯ" | | | г. Пермь | '),
            "the same name",
        ),
        (("Заря | | | Пермь | ", f"ООО Заря | {INN} | | | "), "the same name"),
        (("Aurum | | | | https://www.aurum.ru/about", "Berg | | | | aurum.ru"), "the same web site"),
    ],
)
def test_what_tells_that_two_rows_are_one_company(rows: tuple[str, str], why: str) -> None:
    assert [reason for _, reason in twins(*rows)] == [why]


@pytest.mark.parametrize(
    "rows",
    [
        (f'Aurum | {INN} | "773601001" | | ', f'Berg | {INN} | "590201001" | | '),
        (f"Заря | {INN} | | Пермь | ", 'Заря | "7728168971" | | Пермь | '),
        ("ООО Заря | | | Пермь | ", "АО Заря | | | Пермь | "),
        ("Заря | | | Пермь | ", "Заря | | | Казань | "),
        ("Aurum | | | | vk.com/aurum", "Berg | | | | vk.com/berg"),
    ],
)
def test_what_tells_that_they_are_two(rows: tuple[str, str]) -> None:
    assert twins(*rows) == []


def test_three_rows_of_one_company_are_two_findings() -> None:
    assert [cell for cell, _ in twins(f"A | {INN} | | | ", f"B | {INN} | | | ", f"C | {INN} | | | ")] == ["D3", "D4"]


@pytest.mark.parametrize(
    "second",
    ["Gray Ann | 8 912 345 67 80 |", "ann gray | | ", " | 8 (912) 345-67-80 |", "A. Gray | | ANN@aurum.ru"],
)
def test_what_tells_that_two_rows_are_one_person(second: str) -> None:
    contacts = f"""
        Contact ID | Company | Full name | Phone             | Email
        P-000001   | Aurum   | Ann Gray  | +7 912 345-67-80  | ann@aurum.ru
        P-000002   | Aurum   | {second}
    """
    twice = [one.place.cell for one in findings({"Companies": AURUM, "Contacts": contacts}) if one.code == "H004"]
    assert twice == ["C3"]
