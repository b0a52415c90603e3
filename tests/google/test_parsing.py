"""USER_ENTERED: what typing becomes in an American and in a Russian book."""

from datetime import date
from typing import Any

import pytest

from tests.google.emulator.cells.content import Error
from tests.google.emulator.cells.locales import EN_US, RU_RU
from tests.google.emulator.cells.parsing import entered
from tests.google.emulator.cells.rendering import shown

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "value", "looks"),
    [
        ("1.5", 1.5, "1.5"),
        ("1,5", "1,5", "1,5"),
        ("1,234.5", 1234.5, "1,234.50"),
        ("1,234", 1234, "1,234"),
        ("007", 7, "7"),
        ("-3", -3, "-3"),
        (".5", 0.5, "0.5"),
        ("1e3", 1000, "1.00E+03"),
        ("15%", 0.15, "15%"),
        ("12.5%", 0.125, "12.50%"),
        ("$5", 5, "$5"),
        ("-$1,234.50", -1234.5, "-$1,234.50"),
        ("€7", 7, "€7"),
        ("TRUE", True, "TRUE"),
        ("false", False, "FALSE"),
        ("1/5/2024", 45296, "1/5/2024"),
        ("2024-01-05", 45296, "2024-01-05"),
        ("1/5", 46027, "1/5"),
        ("Jan 5, 2024", 45296, "Jan 5, 2024"),
        ("5 January 2024", 45296, "5 January 2024"),
        ("13/5/2024", "13/5/2024", "13/5/2024"),
        ("10:30", 0.4375, "10:30"),
        ("3:00 PM", 0.625, "3:00 PM"),
        ("1/5/2024 12:00", 45296.5, "1/5/2024 12:00"),
        ("30:00", 1.25, "30:00"),
        ("'007", "007", "007"),
        ("'=1+1", "=1+1", "=1+1"),
        ("+7 999 123-45-67", "+7 999 123-45-67", "+7 999 123-45-67"),
        ("#N/A", Error("N_A"), "#N/A"),
        (" x ", " x ", " x "),
        ("1.2.3", "1.2.3", "1.2.3"),
    ],
)
def test_typing_in_an_american_book(typed: str, value: Any, looks: str) -> None:
    found = entered(typed, EN_US, TODAY)
    assert found.value == value
    assert type(found.value) is type(value)
    assert shown(found.value, found.number_format, EN_US) == looks


@pytest.mark.parametrize(
    ("typed", "value", "looks"),
    [
        ("1,5", 1.5, "1,5"),
        ("1.5", 46143, "01.05"),
        ("1 234,5", 1234.5, "1\N{NO-BREAK SPACE}234,50"),
        ("1\N{NO-BREAK SPACE}234", 1234, "1\N{NO-BREAK SPACE}234"),
        ("12,5%", 0.125, "12,50%"),
        ("500 ₽", 500, "500\N{NO-BREAK SPACE}₽"),
        ("1 500,50 руб.", 1500.5, "1\N{NO-BREAK SPACE}500,50\N{NO-BREAK SPACE}₽"),
        ("$5", 5, "$5"),
        ("ИСТИНА", True, "ИСТИНА"),
        ("ложь", False, "ЛОЖЬ"),
        ("TRUE", True, "ИСТИНА"),
        ("05.01.2024", 45296, "05.01.2024"),
        ("5.1.24", 45296, "05.01.2024"),
        ("5 января 2024", 45296, "5 январь 2024"),
        ("2024-01-05", 45296, "2024-01-05"),
        ("05.01.2024 12:00", 45296.5, "05.01.2024 12:00"),
        ("1.234,5", "1.234,5", "1.234,5"),
        ("8 (999) 123-45-67", "8 (999) 123-45-67", "8 (999) 123-45-67"),
    ],
)
def test_typing_in_a_russian_book(typed: str, value: Any, looks: str) -> None:
    found = entered(typed, RU_RU, TODAY)
    assert found.value == value
    assert type(found.value) is type(value)
    assert shown(found.value, found.number_format, RU_RU) == looks


def test_a_formula_is_kept_as_typed() -> None:
    assert entered("=SUM(A1;B1)", RU_RU, TODAY).formula == "=SUM(A1;B1)"
    assert entered("=", EN_US, TODAY).value == "="
