"""What is in work: weighted amounts, slipped deals, months of closing, coverage of the plan."""

from datetime import date
from decimal import Decimal

import pytest

from sheetcrm.reports.board import deal_board
from sheetcrm.reports.pipeline import open_pipeline
from sheetcrm.reports.pivot import Ask, pivot
from sheetcrm.reports.report import Compute, Figure, Question, Report
from sheetcrm.schema.facts import Facts
from sheetcrm.text import say
from tests.books import base_of, facts_of
from tests.unit.reports.told import column, footer

HEADER = "Deal ID | Company | Stage | Amount | Probability | Expected close | Delivered on | Currency"


def firm(deals: str, **tabs: str) -> Question:
    clients = "Company ID | Name\nC-000001 | Alpha"
    return Question(facts_of({"Companies": clients, "Deals": f"{HEADER}\n{deals.strip()}", **tabs}))


def total(report: Report, key: str) -> Figure:
    return column(report, key)["Total"]


def test_a_typed_probability_wins_over_the_stage() -> None:
    report = open_pipeline(
        firm("""
        D-000001 | Alpha | Offer sent | 1000 |    | | |
        D-000002 | Alpha | Agreed     | 1000 | 75 | | |
        D-000003 | Alpha |            | 1000 |    | | |
    """)
    )
    assert total(report, "weighted") == 300 + 750 + 100


def test_a_probability_of_zero_is_a_value() -> None:
    assert total(open_pipeline(firm("D-000001 | Alpha | Agreed | 1000 | 0 | | |")), "weighted") == 0


def test_settled_and_lost_deals_are_not_in_work() -> None:
    report = open_pipeline(
        firm("""
        D-000001 | Alpha | Settled | 1000 | | | 2026-11-01 |
        D-000002 | Alpha | Lost    | 1000 | | |            |
        D-000003 | Alpha | Need found | 70 | | |           |
    """)
    )
    assert (report.figures["deals"], report.figures["amount"]) == (1, 70)


def test_a_deal_typed_as_settled_but_not_delivered_still_counts_as_delivered() -> None:
    report = open_pipeline(firm("D-000001 | Alpha | Settled | 1000 | | | |"))
    assert [row.cells[1] for row in report.rows] == [0, 0, 0, 0, 1, 0]


def test_a_deal_slips_the_day_after_it_should_have_closed() -> None:
    report = open_pipeline(
        firm("""
        D-000001 | Alpha | Agreed | 100 | | 2026-11-20 | |
        D-000002 | Alpha | Agreed | 100 | | 2026-11-21 | |
    """)
    )
    assert (report.figures["slipped"], total(report, "overdue"), total(report, "2026-11")) == (1, 60, 60)


def test_the_columns_of_closing_make_up_the_whole() -> None:
    report = open_pipeline(
        firm("""
        D-000001 | Alpha | Agreed | 100 | | 2026-10-01 | |
        D-000002 | Alpha | Agreed | 100 | | 2026-12-31 | |
        D-000003 | Alpha | Agreed | 100 | | 2027-09-01 | |
        D-000004 | Alpha | Agreed | 100 | |            | |
    """)
    )
    keys = [one.key for one in report.columns]
    parts = report.totals[0].cells[keys.index("overdue") : keys.index("undated") + 1]
    assert sum(one for one in parts if isinstance(one, Decimal)) == total(report, "weighted") == 240


def test_months_are_told_as_far_as_something_closes() -> None:
    report = open_pipeline(firm("D-000001 | Alpha | Agreed | 100 | | 2027-02-01 | |"))
    assert [one.key for one in report.columns if one.key[:2] == "20"] == ["2026-11", "2026-12", "2027-01", "2027-02"]
    report = open_pipeline(firm("D-000001 | Alpha | Agreed | 100 | | | |"))
    assert [one.key for one in report.columns if one.key[:2] == "20"] == ["2026-11", "2026-12", "2027-01"]


PLAN = """
    Plan ID   | Month      | Manager | Indicator | Value
    PL-000001 | 2026-11-01 |         | Sales     | 1000
    PL-000002 | 2026-11-01 |         | Calls     | 50
    PL-000003 | 2026-12-01 |         | Sales     | 7000
"""
NOVEMBER = """
    D-000001 | Alpha | Settled    | 400 |    |            | 2026-11-05 |
    D-000002 | Alpha | Agreed     | 500 | 60 | 2026-11-30 |            |
    D-000003 | Alpha | Agreed     | 500 | 60 | 2026-12-01 |            |
"""


def test_coverage_is_what_the_month_promises_over_what_is_left_of_its_plan() -> None:
    report = open_pipeline(firm(NOVEMBER, Plan=PLAN))
    figures = report.figures
    assert (figures["plan"], figures["sold"], figures["left"], figures["coverage"]) == (1000, 400, 600, 0.5)
    assert "cover 50.00 % of what is left" in footer(report)[-1]


def test_a_plan_that_is_met_says_so() -> None:
    met = PLAN.replace("| 1000", "| 400")
    assert "is met: 400 of 400 RUB" in footer(open_pipeline(firm(NOVEMBER, Plan=met)))[-1]


def test_part_of_the_base_is_not_held_against_the_whole_plan() -> None:
    question = firm(NOVEMBER, Plan=PLAN)
    assert "plan" not in open_pipeline(Question(question.facts, frozenset({0}), None, "name = Alpha")).figures


def test_two_currencies_cannot_be_summed() -> None:
    report = open_pipeline(
        firm("""
        D-000001 | Alpha | Agreed | 100 | | | | EUR
        D-000002 | Alpha | Agreed | 100 | | | |
    """)
    )
    assert report.rows == ()
    assert "EUR, RUB" in say(report.reading, "en")


BEFORE = date(2026, 6, 30)
"""A day of reports on the past: deliveries of November lie ahead of it."""

PAST = "Deal ID | Company | Order no. | Stage | Amount | Probability | Delivered on | Invoice date"


def as_of_june(deals: str) -> Question:
    tabs = {"Companies": "Company ID | Name\nC-000001 | Alpha", "Deals": f"{PAST}\n{deals.strip()}"}
    return Question(Facts(base_of({**tabs, "Payments": "Payment ID | Deal | Paid on | Amount"}, BEFORE), BEFORE))


@pytest.mark.parametrize(
    ("deal", "stage", "promised"),
    [
        ("Settled   | 1000 |    | 2026-11-01 | 2026-06-30", "Invoiced", 800),
        ("Delivered | 1000 |    | 2026-07-01 | 2026-07-01", "Agreed", 600),
        ("Settled   | 1000 |    | 2026-11-01 |", "Agreed", 600),
        ("Settled   | 1000 | 50 | 2026-11-01 |", "Agreed", 500),
        ("Settled   | 1000 |    | 2026-06-30 |", "Delivered", 950),
        ("Delivered | 1000 |    | 2026-06-30 |", "Delivered", 950),
    ],
)
def test_on_a_day_of_the_past_a_deal_counts_where_its_dates_put_it(deal: str, stage: str, promised: int) -> None:
    question = as_of_june(f"D-000001 | Alpha | | {deal}")
    told = column(open_pipeline(question), "weighted")
    assert {name for name, sum in told.items() if sum} == {stage, "Total"}
    assert told["Total"] == promised
    assert pivot(question.facts, Ask(("deal",), (), ("sum:weighted",))).totals[0].cells[-1] == promised


def test_the_invoice_of_the_order_will_do() -> None:
    question = as_of_june("""
        D-000001 | Alpha | 7 | Settled | 1000 | | 2026-11-01 |
        D-000002 | Alpha | 7 | Settled | 1000 | | 2026-11-01 | 2026-06-01
    """)
    assert column(open_pipeline(question), "deals")["Invoiced"] == 2


@pytest.mark.parametrize("compute", [open_pipeline, deal_board])
def test_a_report_on_the_past_says_once_that_typed_stages_are_todays(compute: Compute) -> None:
    said = [
        line
        for line in footer(compute(as_of_june("D-000001 | Alpha | | Offer | 1000 | | |")))
        if "Typed stages" in line
    ]
    assert len(said) == 1
    assert "Typed stages" not in "".join(footer(compute(firm("D-000001 | Alpha | Offer | 1000 | | | |"))))


@pytest.mark.parametrize("compute", [open_pipeline, deal_board])
def test_an_amount_that_was_counted_is_told(compute: Compute) -> None:
    tabs = {
        "Companies": "Company ID | Name\nC-000001 | Alpha",
        "Products": "Product ID | Name | Price\nG-000001 | Cement | 50",
        "Deals": "Deal ID | Company | Stage | Product | Need qty\nD-000001 | Alpha | Offer | Cement | 3",
    }
    report = compute(Question(facts_of(tabs)))
    assert "1 deal has a blank amount; it counts as need quantity × price" in "".join(footer(report))
    assert "blank amount" not in "".join(footer(compute(firm("D-000001 | Alpha | Offer | 1000 | | | |"))))
