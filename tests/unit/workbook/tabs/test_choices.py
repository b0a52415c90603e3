"""What may be typed is offered where it is known, and checked where it is not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from sheetcrm.tab import Check, Tab, TabColumn, TabRow
from tests.unit.workbook.tabs.drawn import book, drawn, table, values


def rules(*tabs: Tab) -> list[DataValidation]:
    """The drop-downs and checks of the first tab."""
    return list(drawn(*tabs).data_validations.dataValidation)


def test_a_short_list_is_a_drop_down_that_warns() -> None:
    column = TabColumn("Stage", choices=("lead", 'the "best"'), note="where the client stands")
    (rule,) = rules(table(column, rows=values("lead"), spare=2))
    assert (rule.formula1, rule.errorStyle, str(rule.sqref)) == ('"lead,the ""best"""', "warning", "A2:A4")
    assert (rule.errorTitle, rule.error) == ("Stage", "where the client stands")
    assert rule.showErrorMessage


def test_a_strict_list_stops() -> None:
    (rule,) = rules(table(TabColumn("Stage", choices=("lead",), strict=True), spare=1))
    assert rule.errorStyle in (None, "stop")


def test_a_note_that_excel_would_not_take_whole_is_cut() -> None:
    (rule,) = rules(table(TabColumn("Stage" * 20, choices=("lead",), note="😀\x0b" * 200), spare=1))
    assert rule.errorTitle == "Stage" * 6 + "St"
    assert rule.error == "😀 " * 75


def test_a_list_on_another_tab_is_a_name_that_grows_with_it() -> None:
    managers = Tab("Our managers", (TabColumn("ID"), TabColumn("Name")), (TabRow(("M-1", "Anna")),), group="reference")
    made = book(table(TabColumn("Manager", choices=("Our managers", 1, 2)), spare=1), managers)
    name = made["T"].data_validations.dataValidation[0].formula1
    source = made.defined_names[name]
    assert source.hidden
    assert source.attr_text == (
        "'Our managers'!$B$2:INDEX('Our managers'!$B$2:$B$5001,MAX(1,COUNTA('Our managers'!$B$2:$B$5001)))"
    )


def test_a_stretch_of_another_tab_is_a_name_of_its_own_whoever_uses_it() -> None:
    lists = Tab("Lists", (TabColumn("list"), TabColumn("en")), (TabRow(("stage", "Lead")),), group="reference")
    columns = (
        TabColumn("Stage", choices=("Lists", 1, 2, 4)),
        TabColumn("Source", choices=("Lists", 1, 5, 9)),
        TabColumn("Next stage", choices=("Lists", 1, 2, 4)),
    )
    names = book(table(*columns, spare=1), lists).defined_names
    assert sorted(name.attr_text for name in names.values()) == ["'Lists'!$B$2:$B$4", "'Lists'!$B$5:$B$9"]


@pytest.mark.parametrize("choices", [("a, b", "c"), ("a\nb",), tuple(f"choice {n}" for n in range(40))])
def test_a_list_that_no_cell_takes_is_left_out(choices: tuple[str, ...]) -> None:
    assert not rules(table(TabColumn("A", choices=choices), spare=1))


@pytest.mark.parametrize(
    ("check", "rule"),
    [
        (Check("date"), ("date", "greaterThan", "1", None)),
        (Check("whole", Decimal(0)), ("whole", "between", "0", str(10**15))),
        (Check("number", Decimal(0), Decimal(100)), ("decimal", "between", "0", "100")),
    ],
)
def test_what_may_be_typed_is_checked_with_a_sentence(check: Check, rule: tuple[str, str, str, str | None]) -> None:
    (found,) = rules(table(TabColumn("A", check=replace(check, message="a number, please")), spare=2))
    # "between" is what a check without an operator means.
    assert (found.type, found.operator or "between", found.formula1, found.formula2) == rule
    assert (str(found.sqref), found.error) == ("A2:A3", "a number, please")
    assert found.allow_blank
