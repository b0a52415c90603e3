"""What may be typed: drop-downs, boxes to tick, checks; in words that every locale reads alike."""

from decimal import Decimal

import pytest

from sheetcrm.tab import Check, Look, TabColumn, TabRow
from tests.unit.workbook.google.tabs.canvas import Canvas, Json, table, values


def rule(column: TabColumn) -> Json:
    """The rule on the column's first cell."""
    canvas = Canvas()
    canvas.draw(table(TabColumn("Name"), column, rows=values("x")))
    return dict(canvas.cell("B2").get("dataValidation", {}))


def condition(column: TabColumn) -> tuple[str, list[str]]:
    told = rule(column)["condition"]
    return told["type"], [value["userEnteredValue"] for value in told.get("values", [])]


def test_a_list_is_offered_and_its_strictness_kept() -> None:
    column = TabColumn("Stage", choices=("Need", "Offer, sent"), strict=True, note="one of two")
    assert condition(column) == ("ONE_OF_LIST", ["Need", "Offer, sent"])
    assert (rule(column)["strict"], rule(column)["inputMessage"]) == (True, "one of two")
    assert not rule(TabColumn("Stage", choices=("Need", "Offer"))).get("strict")


def test_the_values_of_another_tab_are_offered_as_far_as_they_go() -> None:
    assert condition(TabColumn("Manager", choices=("Own", 1, 2, 9))) == ("ONE_OF_RANGE", ["='Own'!$B$2:$B$9"])
    assert condition(TabColumn("Manager", choices=("Own", 1, 2))) == ("ONE_OF_RANGE", ["='Own'!$B$2:$B"])


def test_a_tab_that_is_not_there_offers_nothing() -> None:
    assert not rule(TabColumn("Manager", choices=("Nowhere", 1, 2)))


def test_a_single_choice_is_a_box_to_tick_that_holds_it() -> None:
    assert condition(TabColumn("☑", choices=("☑",))) == ("BOOLEAN", ["☑"])


@pytest.mark.parametrize(
    ("check", "told"),
    [
        (Check("date"), ("DATE_IS_VALID", [])),
        (Check("number", Decimal(0), Decimal(100)), ("NUMBER_BETWEEN", ["0", "100"])),
        (Check("number", Decimal("0.5")), ("NUMBER_BETWEEN", ["=1/2", "1000000000000000"])),
        (
            Check("whole", Decimal(1), Decimal(5)),
            ("CUSTOM_FORMULA", ["=(B2=INT(B2))*(B2>=1)*(B2<=5)>0"]),
        ),
        (
            Check("whole", Decimal("0.5"), Decimal(5)),
            ("CUSTOM_FORMULA", ["=(B2=INT(B2))*(B2>=1/2)*(B2<=5)>0"]),
        ),
    ],
)
def test_what_is_typed_is_checked(check: Check, told: tuple[str, list[str]]) -> None:
    assert condition(TabColumn("Number", check=check)) == told


def test_a_check_stops_with_its_sentence() -> None:
    told = rule(TabColumn("Day", check=Check("date", message="A date, please")))
    assert (told["strict"], told["inputMessage"]) == (True, "A date, please")


def test_headings_across_the_table_are_no_answers() -> None:
    canvas = Canvas()
    rows = (TabRow(("Overdue",), Look.HEADING), TabRow(("", "call")), TabRow(("Today",), Look.HEADING))
    canvas.draw(table(TabColumn("☑", choices=("☑",)), TabColumn("Task"), rows=rows, spare=1))
    ruled = ["dataValidation" in canvas.cell(f"A{row}") for row in range(2, 6)]
    assert ruled == [False, True, False, True]
