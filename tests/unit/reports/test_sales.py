"""What was sold: on which day revenue falls, what makes one purchase, and how columns sum up."""

from datetime import date
from decimal import Decimal

from sheetcrm.reports.report import Question
from sheetcrm.reports.sales import sales_by_product
from sheetcrm.reports.sales_lines import window
from sheetcrm.reports.sold import purchases, sales
from sheetcrm.text import say
from tests.books import facts_of
from tests.unit.reports.told import column, figure, footer

HEADER = "Deal ID | Company | Order no. | Product | Amount | Delivered on | Delivered qty | Unit | Cost | Stage"
CLIENTS = "Company ID | Name\nC-000001 | Alpha\nC-000002 | Beta"


def firm(deals: str, **tabs: str) -> Question:
    return Question(facts_of({"Companies": CLIENTS, "Deals": f"{HEADER}\n{deals.strip()}", **tabs}))


def test_revenue_of_an_order_falls_on_its_latest_delivery_day() -> None:
    question = firm("""
        D-000001 | Alpha | 1 | Tile | 100 | 2026-09-30 | 10 | m2 | | Settled
        D-000002 | Alpha | 1 | Glue | 50  | 2026-10-02 | 5  | pc | | Settled
    """)
    assert {sale.day for sale in sales(question)} == {date(2026, 10, 2)}
    report = sales_by_product(question)
    assert column(report, "2026-09")["Total"] == 0
    assert column(report, "2026-10") == {"Tile": 100, "Glue": 50, "Total": 150}


def test_an_order_counts_once_however_many_rows_it_has() -> None:
    question = firm("""
        D-000001 | Alpha | 1 | Tile | 100 | 2026-10-01 | | | | Settled
        D-000002 | Alpha | 1 | Glue | 50  | 2026-10-01 | | | | Settled
        D-000003 | Alpha | 2 | Tile | 30  | 2026-10-01 | | | | Settled
        D-000004 | Beta  | 3 | Tile | 20  | 2026-10-01 | | | | Settled
    """)
    assert purchases(sales(question)) == 2
    assert column(sales_by_product(question), "purchases") == {"Tile": 2, "Glue": 1, "Total": 2}
    assert column(sales_by_product(question), "average")["Total"] == 100


def test_an_order_that_is_not_settled_whole_is_no_sale_yet() -> None:
    question = firm("""
        D-000001 | Alpha | 1 | Tile | 100 | 2026-10-01 | | | | Settled
        D-000002 | Alpha | 1 | Glue | 50  |            | | | | Agreed
    """)
    assert sales(question) == []


def test_a_lost_row_does_not_hold_up_its_order() -> None:
    question = firm("""
        D-000001 | Alpha | 1 | Tile | 100 | 2026-10-01 | | | | Settled
        D-000002 | Alpha | 1 | Glue | 50  |            | | | | Lost
    """)
    assert [(sale.deal, int(sale.amount)) for sale in sales(question)] == [(0, 100)]


def test_a_delivery_after_the_day_asked_about_does_not_count() -> None:
    assert sales(firm("D-000001 | Alpha | 1 | Tile | 100 | 2026-11-22 | | | | Settled")) == []


def test_products_stand_under_their_groups() -> None:
    report = sales_by_product(
        firm(
            """
            D-000001 | Alpha | 1 | White tile | 100 | 2026-10-01 | | | | Settled
            D-000002 | Alpha | 2 | Tiles      | 50  | 2026-10-01 | | | | Settled
            D-000003 | Alpha | 3 | Advice     | 10  | 2026-10-01 | | | | Settled
            """,
            Products="Product ID | Name | Group\nPD-000001 | White tile | Tiles",
        )
    )
    assert [(figure(row.cells[0]), row.level) for row in report.rows] == [
        ("Tiles", 0),
        ("White tile", 1),
        ("Tiles", 1),
        ("No group", 0),
        ("Advice", 1),
    ]
    groups = [row.cells[1] for row in report.rows if row.level == 0]
    assert sum(one for one in groups if isinstance(one, Decimal)) == report.figures["amount"] == 160


def test_quantities_of_different_units_are_not_added() -> None:
    report = sales_by_product(
        firm("""
        D-000001 | Alpha | 1 | Tile | 100 | 2026-10-01 | 10 | m2 | | Settled
        D-000002 | Alpha | 2 | Tile | 100 | 2026-10-01 | 5  | m2 | | Settled
        D-000003 | Alpha | 3 | Glue | 50  | 2026-10-01 | 5  | pc | | Settled
    """)
    )
    assert column(report, "quantity") == {"Tile": 15, "Glue": 5, "Total": None}


def test_margin_is_told_of_the_rows_whose_cost_is_known() -> None:
    report = sales_by_product(
        firm("""
        D-000001 | Alpha | 1 | Tile | 100 | 2026-10-01 | | | 60 | Settled
        D-000002 | Alpha | 2 | Tile | 300 | 2026-10-01 | | |    | Settled
    """)
    )
    assert column(report, "margin")["Total"] == 40
    assert column(report, "margin_share")["Total"] == 0.4
    assert "Margin is known for 25.00 %" in footer(report)[1]


def test_without_any_cost_there_is_no_margin_column() -> None:
    report = sales_by_product(firm("D-000001 | Alpha | 1 | Tile | 100 | 2026-10-01 | | | | Settled"))
    assert "margin" not in {one.key for one in report.columns}


def test_growth_compares_the_same_days_of_the_year_before() -> None:
    report = sales_by_product(
        firm("""
        D-000001 | Alpha | 1 | Tile | 100 | 2025-11-21 | | | | Settled
        D-000002 | Alpha | 2 | Tile | 900 | 2025-11-22 | | | | Settled
        D-000003 | Alpha | 3 | Tile | 150 | 2026-11-21 | | | | Settled
    """)
    )
    assert column(report, "year_before")["Total"] == 100
    assert column(report, "growth")["Total"] == 0.5


def test_twelve_calendar_months_are_told_and_they_make_the_total() -> None:
    told = window(date(2026, 11, 21))
    assert (told.months[0], told.months[-1]) == (date(2025, 12, 1), date(2026, 11, 1))
    report = sales_by_product(
        firm("""
        D-000001 | Alpha | 1 | Tile | 100 | 2025-12-01 | | | | Settled
        D-000002 | Alpha | 2 | Tile | 70  | 2026-11-21 | | | | Settled
        D-000003 | Alpha | 3 | Tile | 5   | 2025-11-30 | | | | Settled
    """)
    )
    months = [column(report, f"{month:%Y-%m}")["Total"] for month in told.months]
    assert sum(one for one in months if isinstance(one, Decimal)) == column(report, "amount")["Total"] == 170


def test_without_products_it_goes_by_company() -> None:
    report = sales_by_product(
        firm("""
        D-000001 | Alpha | 1 | | 100 | 2026-10-01 | | | | Settled
        D-000002 | Beta  | 2 | | 300 | 2026-10-01 | | | | Settled
        D-000003 | Nobody knows | 3 | | 7 | 2026-10-01 | | | | Settled
    """)
    )
    assert column(report, "amount") == {"Beta": 300, "Alpha": 100, "Client unknown": 7, "Total": 407}
    assert any("names no known company" in line for line in footer(report))


def test_nothing_sold() -> None:
    report = sales_by_product(firm("D-000001 | Alpha | 1 | Tile | 100 | | | | | Offer sent"))
    assert report.rows == ()
    assert "Nothing has been sold yet" in say(report.reading, "en")
