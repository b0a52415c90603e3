"""R21 where some purchases were made before the base."""

from datetime import date
from decimal import Decimal

from sheetcrm.schema.purchases import Purchases, lifetime_values, second_purchase_rate

TODAY = date(2026, 11, 21)


def bought(*days: str) -> Purchases:
    return Purchases(tuple(map(date.fromisoformat, days)), tuple(Decimal(100) for _ in days))


def test_a_client_matures_by_its_first_purchase_before_the_base() -> None:
    rate = second_purchase_rate([(bought("2026-11-01"), 1, date(2020, 1, 1))], TODAY, 30.0)
    assert (rate.matured_first, rate.matured_second) == (1, 1)


def test_where_that_day_is_unknown_by_the_first_one_in_the_base() -> None:
    rate = second_purchase_rate([(bought("2026-01-10"), 3, None), (bought(), 3, None)], TODAY, 30.0)
    assert (rate.first, rate.matured_first) == (2, 1)


def test_a_second_purchase_that_follows_one_before_the_base_is_of_this_year() -> None:
    rate = second_purchase_rate([(bought("2026-03-01"), 1, None)], TODAY, None)
    assert (rate.period_first, rate.period_second) == (0, 1)


def test_who_bought_once_is_worth_what_its_industry_is() -> None:
    steady = bought("2025-01-01", "2026-01-01")
    habits = [steady, bought("2026-01-01"), bought("2026-01-01"), bought()]
    values = lifetime_values(habits, [True, True, True, False], ["Steel", "Steel", "Wood", "Steel"], years=3)
    assert values == [300, 300, 300, None]
