"""What follows from the records: settled, debt, P, R21, ABCD, lifetime value, the last contact."""

from datetime import date
from decimal import Decimal

import pytest

from sheetcrm.schema.facts import Facts
from sheetcrm.schema.purchases import abcd
from tests.books import facts_of

COMPANIES = "Company ID | Name\nC-000001 | Aurum\nC-000002 | Berg\nC-000003 | Cord"
DEALS = "Deal ID | Company | Stage | Amount | Delivered on | Order no."


def deals(*rows: str, payments: str = "", companies: str = COMPANIES, settings: str = "", **days: date) -> Facts:
    """The facts of deals, typed as company, stage, amount, delivery day and order number."""
    lines = [f"D-{number:06d} | {row}" for number, row in enumerate(rows, 1)]
    tabs = {"Companies": companies, "Deals": "\n".join((DEALS, *lines))}
    if payments:
        tabs["Payments"] = "Payment ID | Deal | Order no. | Company | Date | Amount\n" + payments.strip()
    if settings:
        tabs["Settings"] = "Setting | Value\n" + settings
    return facts_of(tabs, **days)


def test_a_deal_is_settled_once_it_is_delivered_and_paid_to_the_cent() -> None:
    facts = deals(
        "Aurum | Delivered | 100 | 2026-10-01 |",
        "Aurum | Delivered | 100 | 2026-10-01 |",
        "Aurum | Delivered | 100 | |",
        payments="""
            PAY-000001 | D-000001 | | | 2026-10-05 | 60
            PAY-000002 | D-000001 | | | 2026-10-06 | 39.99
            PAY-000003 | D-000002 | | | 2026-10-06 | 99.98
            PAY-000004 | D-000003 | | | 2026-10-06 | 100
        """,
    )
    assert facts.deals.settled == [True, False, False]


def test_money_that_comes_tomorrow_settles_nothing_today() -> None:
    facts = deals("Aurum | Delivered | 100 | 2026-10-01 |", payments="PAY-000001 | D-000001 | | | 2026-11-22 | 100")
    assert facts.deals.settled == [False]
    assert facts.debt[0] == 100


def test_without_a_payments_tab_the_typed_stage_settles() -> None:
    facts = deals(
        "Aurum | Settled | 100 | 2026-10-01 |", "Aurum | Settled | 100 | |", "Aurum | Delivered | 100 | 2026-10-01 |"
    )
    assert facts.deals.settled == [True, False, False]
    assert facts.debt[0] == 100


def test_money_for_an_order_pays_its_rows_in_turn() -> None:
    facts = deals(
        "Aurum | Delivered | 100 | 2026-10-01 | 7",
        "Aurum | Delivered | 50 | 2026-10-02 | 7",
        payments="PAY-000001 | | 7 | Aurum | 2026-10-05 | 120",
    )
    assert facts.deals.paid == [100, 20]
    assert facts.debt[0] == 30
    assert not facts.deals.orders[0].settled


def test_an_order_is_a_purchase_on_the_day_its_last_row_came() -> None:
    facts = deals("Aurum | Settled | 100 | 2026-10-01 | 7", "Aurum | Settled | 50 | 2026-10-09 | 7")
    bought = facts.purchases_of(0)
    assert (bought.days, bought.amounts) == ((date(2026, 10, 9),), (Decimal(150),))


def test_a_lost_row_does_not_hold_up_its_order() -> None:
    facts = deals("Aurum | Settled | 100 | 2026-10-01 | 7", "Aurum | Lost | 50 | | 7")
    assert facts.purchases_of(0).amounts == (Decimal(100),)


def test_orders_of_one_day_are_one_purchase() -> None:
    facts = deals("Aurum | Settled | 100 | 2026-10-01 | 7", "Aurum | Settled | 50 | 2026-10-01 | 8")
    assert facts.purchases_of(0).amounts == (Decimal(150),)
    assert facts.purchase_no == [1, 1]


def test_an_order_number_of_two_companies_is_two_orders() -> None:
    facts = deals("Aurum | Settled | 100 | 2026-10-01 | 7", "Berg | Settled | 50 | 2026-10-01 | 7")
    assert len(facts.deals.orders) == 2


FOUR = (
    "Aurum | Settled | 100 | 2026-01-01 |",
    "Aurum | Settled | 100 | 2026-01-11 |",
    "Aurum | Settled | 100 | 2026-01-31 |",
    "Berg | Settled | 100 | 2026-01-01 |",
    "Berg | Settled | 100 | 2026-03-02 |",
    "Cord | Settled | 100 | 2026-01-01 |",
)


@pytest.mark.parametrize(
    ("estimator", "days"),
    [("pooled_mean", 30.0), ("median", 20.0), ("client_mean", 37.5), ("45", 45.0)],
)
def test_the_period_is_found_by_the_firm_s_estimator(estimator: str, days: float) -> None:
    facts = deals(*FOUR, settings=f"p_estimator | {estimator}")
    assert facts.period.days == days
    assert (facts.period.pooled_mean, facts.period.median, facts.period.client_mean) == (30.0, 20.0, 37.5)


def test_a_client_s_own_period_is_its_mean_gap_and_the_firm_s_before_that() -> None:
    assert deals(*FOUR).period_days == [15.0, 60.0, 30.0]


def test_silent_is_strictly_more_than_two_periods() -> None:
    on_the_day = deals(*FOUR, settings="p_estimator | 45", today=date(2026, 4, 1))
    assert (on_the_day.days_since[2], on_the_day.silent(2, 2)) == (90, False)
    assert deals(*FOUR, settings="p_estimator | 45", today=date(2026, 4, 2)).silent(2, 2)


def test_the_second_purchase_rate_naive_and_matured() -> None:
    rate = deals(*FOUR, today=date(2026, 4, 2)).second_purchase_rate
    assert (rate.first, rate.second) == (3, 2)
    assert (rate.matured_first, rate.matured_second) == (3, 2)
    assert (rate.period_first, rate.period_second) == (3, 2)


def test_project_sales_are_left_out_of_the_second_purchase_rate() -> None:
    companies = "Company ID | Name | Sale type\nC-000001 | Aurum | Project\nC-000002 | Berg |\nC-000003 | Cord |"
    rate = deals(*FOUR, companies=companies).second_purchase_rate
    assert (rate.first, rate.second) == (2, 1)


def test_purchases_before_the_base_count_for_the_rate_and_never_for_the_period() -> None:
    companies = (
        "Company ID | Name | Purchases before | First purchase before | Last purchase before\n"
        "C-000001 | Aurum | 3 | 2024-01-01 | 2025-12-01"
    )
    facts = deals("Aurum | Settled | 100 | 2026-01-11 |", companies=companies)
    assert (facts.second_purchase_rate.first, facts.second_purchase_rate.second) == (1, 1)
    assert facts.period.days is None
    assert facts.purchase_no == [4]


def test_classes_by_cumulative_revenue_before_the_client_ties_take_the_better() -> None:
    assert abcd([Decimal(n) for n in (80, 10, 5, 5, 0)]) == ["A", "B", "B", "B", "D"]
    assert abcd([Decimal(n) for n in (50, 25, 25)]) == ["A", "A", "A"]
    assert abcd([Decimal(0)]) == ["D"]


def test_revenue_is_that_of_the_last_twelve_months_the_first_day_left_out() -> None:
    facts = deals(
        "Aurum | Settled | 100 | 2025-11-21 |",
        "Aurum | Settled | 30 | 2025-11-22 |",
        "Aurum | Settled | 7 | 2026-11-21 |",
    )
    assert facts.revenue_12m[0] == 37


def test_lifetime_value_is_average_order_by_purchases_a_year_by_years() -> None:
    facts = deals(
        "Aurum | Settled | 9000 | 2025-11-21 |",
        "Aurum | Settled | 11000 | 2026-11-21 |",
        "Berg | Settled | 500 | 2026-11-21 |",
    )
    assert facts.ltv == [30021, 30021, None]  # 10 000 × 365.25 ÷ 365 × 3; Berg bought once and has its segment's


def test_the_last_contact_is_one_that_took_place() -> None:
    activities = """
        Activity ID | At               | Type     | Company | Result
        A-000001    | 2026-10-01 10:00 | Call     | Aurum   | Reached
        A-000002    | 2026-10-05 10:00 | Call     | Aurum   | Not reached
        A-000003    | 2026-10-07 10:00 | Note     | Aurum   |
        A-000004    | 2026-12-01 10:00 | Call     | Aurum   | Reached
        A-000005    | 2026-10-03 10:00 | Mail     | Berg    |
    """
    facts = facts_of({"Companies": COMPANIES, "Activities": activities})
    assert facts.last_contact == [date(2026, 10, 1), date(2026, 10, 3), None]


def test_payments_are_overdue_from_the_day_after_they_were_due() -> None:
    rows = """
        Deal ID  | Company | Stage     | Amount | Delivered on | Pay due
        D-000001 | Aurum   | Delivered | 100    | 2026-10-01   | 2026-11-20
        D-000002 | Aurum   | Delivered | 100    | 2026-10-01   | 2026-11-21
        D-000003 | Aurum   | Lost      | 100    | 2026-10-01   | 2026-11-01
    """
    assert facts_of({"Companies": COMPANIES, "Deals": rows}).overdue_days == [1, None, None]


def test_an_amount_is_quantity_times_price_and_the_price_may_be_the_product_s() -> None:
    rows = """
        Deal ID  | Company | Product | Need qty | Price | Amount
        D-000001 | Aurum   | Steel   | 3        | 10    |
        D-000002 | Aurum   | Steel   | 3        |       |
        D-000003 | Aurum   | Steel   | 3        | 10    | 25
    """
    products = "Product ID | Product | Unit | Price\nPD-000001 | Steel | t | 7"
    facts = facts_of({"Companies": COMPANIES, "Deals": rows, "Products": products})
    assert facts.deals.amount == [30, 21, 25]
    assert facts.deals.unit == ["t", "t", "t"]
