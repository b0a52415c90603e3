"""Money that comes for an order of several rows."""

from decimal import Decimal

from tests.books import facts_of


def paid(deals: str, payments: str) -> list[Decimal]:
    """What each row of order 7 is paid; deals typed as stage and amount, payments as deal, order and amount."""
    rows = [f"D-{n:06d} | Aurum | 7 | {line.strip()} | 2026-10-01" for n, line in enumerate(deals.split(";"), 1)]
    lines = [f"PAY-{n:06d} | Aurum | {line.strip()} | 2026-10-05" for n, line in enumerate(payments.split(";"), 1)]
    return facts_of(
        {
            "Companies": "Company ID | Name\nC-000001 | Aurum",
            "Deals": "\n".join(("Deal ID | Company | Order no. | Stage | Amount | Delivered on", *rows)),
            "Payments": "\n".join(("Payment ID | Company | Deal | Order no. | Amount | Date", *lines)),
        }
    ).deals.paid


def test_money_over_one_row_pays_the_others() -> None:
    assert paid("Delivered | 100; Delivered | 100", "D-000001 | | 150") == [100, 50]


def test_money_for_an_order_pays_no_lost_row() -> None:
    assert paid("Lost | 100; Delivered | 100", "| 7 | 100") == [0, 100]


def test_money_over_one_row_pays_no_lost_row_either() -> None:
    assert paid("Delivered | 100; Lost | 100; Delivered | 100", "D-000001 | | 200") == [100, 0, 100]


def test_what_is_left_over_stays_on_the_last_row() -> None:
    assert paid("Delivered | 100; Delivered | 50", "| 7 | 175") == [100, 75]


def test_money_given_back_is_taken_off_the_row_it_names() -> None:
    assert paid("Delivered | 100; Delivered | 50", "D-000002 | | 50; D-000002 | | -50") == [0, 0]
