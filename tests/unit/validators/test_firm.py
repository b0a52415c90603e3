from datetime import date

import pytest

from sheetcrm.findings import Severity
from sheetcrm.validators.pattern import compiled
from tests.unit.validators.finding import companies, findings, found, said

HEADER = "Name | Stage | Phone | Address | Industry | Discount | Размер"
TABLE = companies(
    "Aurum | Information | 89123456789 | Lenina 1 | Steel | 5 | большой",
    "Berg | Information | 89123456780 | Lenina 2 | | 25 | мал",
    header=HEADER,
)


def ruled(*rows: str, table: str = TABLE) -> dict[str, str]:
    return {
        "Companies": table,
        "Rules": "\n".join(("Table | Columns | Need | Severity | Stage | From | Message", *rows)),
    }


@pytest.mark.parametrize(
    ("rule", "faults"),
    [
        ("Companies | Industry | all", [("Companies!F3", "F001")]),
        ("Компании | отрасль, размер | все", [("Companies!F3", "F001")]),
        ("companies | industry; Размер | any 2", [("Companies!F3", "F002")]),
        ("Companies | Размер | regex:.{4,}", [("Companies!H3", "F003")]),
        ("Companies | Discount | range:0..15", [("Companies!G3", "F004")]),
        ("Companies | Discount | range:10..", [("Companies!G2", "F004")]),
        ("Companies | Name | unique", []),
        ("Companies | Phone, Industry | unique", []),
    ],
)
def test_a_rule_judges_fields_and_the_firm_s_own_columns(rule: str, faults: list[tuple[str, str]]) -> None:
    assert found(ruled(rule)) == faults


@pytest.mark.parametrize(
    ("rule", "cell"),
    [
        ("Firms | Industry | all", "A2"),
        ("Companies | Colour | all", "B2"),
        ("Companies | | all", "B2"),
        ("Companies | Industry | please", "C2"),
        ("Companies | Industry | any 2", "C2"),
        ("Companies | Industry | regex:[", "C2"),
        ("Companies | Industry | regex:(a+)+b", "C2"),
        ("Companies | Discount | range:low..high", "C2"),
        ("Companies | Discount | range:1..31.12.2026", "C2"),
        ("Companies | Industry | a <= b", "C2"),
        ("Companies | Industry | all | grave", "D2"),
        ("Companies | Industry | all | | Wedding", "E2"),
        ("Companies | Industry | all | | | 31.02.2026", "F2"),
    ],
)
def test_a_row_that_is_not_understood_is_a_finding_at_its_cell(rule: str, cell: str) -> None:
    assert found(ruled(rule)) == [(f"Rules!{cell}", "S012")]


def test_the_row_says_how_much_it_weighs_and_what_to_say() -> None:
    (finding,) = findings(ruled("Companies | Discount | range:0..15 | Warning | | | More than 15 % needs the {head}"))
    assert finding.severity is Severity.WARNING
    assert said(finding, "ru").startswith("More than 15 % needs the {head} — ")


def test_a_rule_holds_from_its_stage_on() -> None:
    table = TABLE.replace("Berg | Information", "Berg | Not our client")
    assert found(ruled("Companies | Industry | all | | Information", table=table)) == []
    assert ("Companies!F3", "F001") in found(ruled("Companies | Industry | all | | Information"))
    assert found(ruled("Companies | Industry | all | | Buyer")) == []


def test_a_rule_from_a_day_judges_what_came_to_be_since() -> None:
    table = TABLE.replace("Размер", "created_on").replace("большой", "2026-10-01").replace("мал", "2026-11-02")
    rule = "Companies | Industry | all | | | {}"
    assert found(ruled(rule.format("2026-11-01"), table=table)) == [("Companies!F3", "F001")]
    assert found(ruled(rule.format("2026-11-03"), table=table)) == []
    assert found(ruled(rule.format("2026-12-01"), table=TABLE), date(2026, 11, 21)) == []


def test_a_rule_of_a_stage_judges_what_belongs_to_companies_of_that_stage() -> None:
    tabs = ruled("Contacts | Position | all | | Information") | {
        "Contacts": "Contact ID | Full name | Company | Position\nP-000001 | Ann Gray | Aurum |"
    }
    assert found(tabs) == [("Contacts!D2", "F001")]


@pytest.mark.parametrize(
    "pattern", [r"\d{4}-\d{2}", r"[A-Z(+*]+", r"(?:ab){2,5}", r"(a|b)?c+", r"\(x\)+", "P-[0-9]+(/[0-9]{2})?"]
)
def test_an_ordinary_pattern_can_be_used(pattern: str) -> None:
    assert compiled(pattern) is not None


@pytest.mark.parametrize(
    "pattern", ["(a+)+", "(a*)*b", r"(\d+-)+x", "(a|a)+", "((ab+)c)+", r"(x+x+)+y", "(", r"(a)\1", "(?:a{2,}){3,}"]
)
def test_a_pattern_that_is_none_or_could_run_for_ever_is_refused(pattern: str) -> None:
    assert compiled(pattern) is None
