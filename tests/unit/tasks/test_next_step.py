"""A next step as people type it."""

from datetime import date

import pytest

from sheetcrm.table import Value
from sheetcrm.tasks.next_step import read_next_step
from tests.books import TODAY


@pytest.mark.parametrize(
    ("typed", "day", "text"),
    [
        (date(2026, 12, 15), date(2026, 12, 15), ""),
        ("15.12.2026", date(2026, 12, 15), ""),
        ("15.12 перезвонить", date(2026, 12, 15), "перезвонить"),
        ("15.12.26 — отправить счёт", date(2026, 12, 15), "отправить счёт"),
        ("перезвонить до 15.12", date(2026, 12, 15), "перезвонить до 15.12"),
        ("15 декабря перезвонить", date(2026, 12, 15), "перезвонить"),
        ("Dec 15 call back", date(2026, 12, 15), "call back"),
        ("15 Dec 2027, call back", date(2027, 12, 15), "call back"),
        ("2026-12-15 call back", date(2026, 12, 15), "call back"),
        ("21.11", TODAY, ""),
    ],
)
def test_a_day_with_or_without_words(typed: Value, day: date, text: str) -> None:
    assert read_next_step(typed, TODAY) == (day, text)


def test_a_day_without_a_year_is_the_next_one_to_come() -> None:
    assert read_next_step("15.01 call", TODAY).day == date(2027, 1, 15)


def test_a_day_that_has_just_passed_was_typed_in_time_and_read_late() -> None:
    assert read_next_step("20.11 call", TODAY).day == TODAY


@pytest.mark.parametrize(
    "typed", ["как-нибудь", "31.02 call", "date 45.13", "10.50 руб", "15.12.2025", date(2026, 11, 20), "12 марта 2020"]
)
def test_what_names_no_day_to_come_keeps_its_words(typed: Value) -> None:
    step = read_next_step(typed, TODAY)
    assert step.day is None
    assert step.text == (typed if isinstance(typed, str) else "")


def test_a_day_that_no_book_can_hold_is_no_day() -> None:
    assert read_next_step("31.12.9999 позвонить", TODAY).day is None
