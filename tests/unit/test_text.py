from datetime import date, datetime
from decimal import Decimal

import pytest

from sheetcrm.text import Label, Lang, msg, nmsg, number, say, show

SPACE = "\u00a0"
MINUS = "\u2212"


def test_a_message_without_slots_is_said_as_it_stands() -> None:
    assert say(msg("100 % {sure}"), "en") == "100 % {sure}"


def test_slots_are_filled_in_the_reader_s_language() -> None:
    message = msg("{tab}: {what}", tab=Label("Companies", "Клиенты"), what=msg("{yes}", yes=True))
    assert say(message, "en") == "Companies: yes"
    assert say(message, "ru") == "Клиенты: да"


def test_a_value_with_braces_is_not_taken_for_a_slot() -> None:
    assert say(msg("value {value}", value="{value}"), "en") == "value {value}"


@pytest.mark.parametrize(("count", "text"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows")])
def test_a_counted_message_picks_its_plural(count: int, text: str) -> None:
    assert say(nmsg("{n} row", "{n} rows", count, n=count), "en") == text


@pytest.mark.parametrize(
    ("value", "en", "ru"),
    [
        (None, "", ""),
        (True, "yes", "да"),
        (False, "no", "нет"),
        (date(2026, 11, 21), "2026-11-21", "21.11.2026"),
        (datetime(2026, 11, 21, 8, 30), "2026-11-21 08:30", "21.11.2026 08:30"),
        (Decimal("1234.50"), "1,234.50", f"1{SPACE}234,50"),
        (Decimal("1E+6"), "1,000,000", f"1{SPACE}000{SPACE}000"),
        (0.1 + 0.2, "0.3", "0,3"),
        (5.0, "5", "5"),
        (("C-000001", 7), "C-000001, 7", "C-000001, 7"),
        (frozenset({"b", "c", "a"}), "a, b, c", "a, b, c"),
    ],
)
def test_a_value_is_shown_as_people_of_that_language_write_it(value: object, en: str, ru: str) -> None:
    assert (show(value, "en"), show(value, "ru")) == (en, ru)


@pytest.mark.parametrize(
    ("value", "lang", "text"),
    [
        (2026, "en", "2026"),
        (9999, "ru", "9999"),
        (10_000, "en", "10,000"),
        (10_000, "ru", f"10{SPACE}000"),
        (-5, "ru", f"{MINUS}5"),
        (-12_345, "en", f"{MINUS}12,345"),
    ],
)
def test_whole_numbers_are_grouped_from_ten_thousand_so_that_years_stay_years(
    value: int, lang: Lang, text: str
) -> None:
    assert show(value, lang) == text


def test_places_round_a_number() -> None:
    assert number(Decimal("1234.567"), "ru", places=1) == f"1{SPACE}234,6"
    assert number(-1234, "en", places=2) == f"{MINUS}1,234.00"
