"""FORMATTED_VALUE: Google's number format patterns."""

import pytest

from tests.google.emulator.cells.content import Value
from tests.google.emulator.cells.locales import EN_US, RU_RU
from tests.google.emulator.cells.rendering import automatic, shown
from tests.google.emulator.errors import ApiError

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (5, "5", "5"),
        (1.5, "1.5", "1,5"),
        (1 / 3, "0.3333333333", "0,3333333333"),
        (1234567.891, "1234567.891", "1234567,891"),
        (0.1 + 0.2, "0.3", "0,3"),
        (123456789012345, "123456789012345", "123456789012345"),
        (1e15, "1E+15", "1E+15"),
        (0.00001, "0.00001", "0,00001"),
        (-2.0, "-2", "-2"),
    ],
)
def test_a_number_without_a_format(value: float, english: str, russian: str) -> None:
    assert (automatic(value, EN_US), automatic(value, RU_RU)) == (english, russian)


@pytest.mark.parametrize(
    ("pattern", "value", "english", "russian"),
    [
        ("0.00", 2.005, "2.01", "2,01"),
        ("#,##0", 1234567, "1,234,567", f"1{NBSP}234{NBSP}567"),
        ("#,##0.00", -1234.5, "-1,234.50", f"-1{NBSP}234,50"),
        ("0.0#", 1.5, "1.5", "1,5"),
        ("0.0#", 1.255, "1.26", "1,26"),
        ("#.##", 0.5, ".5", ",5"),
        ("000", 7, "007", "007"),
        ("0%", 0.155, "16%", "16%"),
        ("0.0%", 0.155, "15.5%", "15,5%"),
        ("#,##0,", 1234567, "1,235", f"1{NBSP}235"),
        ('#,##0.00" ₽"', 1234.5, "1,234.50 ₽", f"1{NBSP}234,50 ₽"),
        ("[$€]#,##0", 5, "€5", "€5"),
        ("#,##0;(#,##0)", -5, "(5)", "(5)"),
        ('0;-0;"none"', 0, "none", "none"),
        ("[Red]0", 5, "5", "5"),
        ("0.00E+00", 12345, "1.23E+04", "1,23E+04"),
        ("0", -0.4, "0", "0"),
        ("yyyy-mm-dd", 45296, "2024-01-05", "2024-01-05"),
        ("dd.MM.yyyy", 45296, "05.01.2024", "05.01.2024"),
        ("d mmmm yyyy", 45296, "5 January 2024", "5 январь 2024"),
        ("ddd, d mmm yy", 45296, "Fri, 5 Jan 24", "пт, 5 янв. 24"),
        ("hh:mm", 45296.4375, "10:30", "10:30"),
        ("h:mm am/pm", 0.625, "3:00 PM", "3:00 PM"),
        ("mm:ss.00", 0.0007, "01:00.48", "01:00,48"),
        ("[h]:mm", 1.25, "30:00", "30:00"),
        ("yyyy-mm-dd hh:mm:ss", 45296.999995, "2024-01-05 23:59:59", "2024-01-05 23:59:59"),
        ('"Q"d', 45296, "Q5", "Q5"),
        ("yyyy", -1, "1899", "1899"),
    ],
)
def test_a_pattern(pattern: str, value: Value, english: str, russian: str) -> None:
    number_format = {"type": "NUMBER", "pattern": pattern}
    assert shown(value, number_format, EN_US) == english
    assert shown(value, number_format, RU_RU) == russian


@pytest.mark.parametrize(
    ("kind", "english", "russian"),
    [
        ("NUMBER", "45,296.50", f"45{NBSP}296,50"),
        ("PERCENT", "4529650.00%", "4529650,00%"),
        ("CURRENCY", "$45,296.50", f"45{NBSP}296,50{NBSP}₽"),
        ("DATE", "1/5/2024", "05.01.2024"),
        ("TIME", "12:00:00 PM", "12:00:00"),
        ("DATE_TIME", "1/5/2024 12:00:00", "05.01.2024 12:00:00"),
        ("SCIENTIFIC", "4.53E+04", "4,53E+04"),
        ("TEXT", "45296.5", "45296,5"),
    ],
)
def test_a_type_without_a_pattern_looks_as_its_locale_has_it(kind: str, english: str, russian: str) -> None:
    assert (shown(45296.5, {"type": kind}, EN_US), shown(45296.5, {"type": kind}, RU_RU)) == (english, russian)


def test_text_under_a_number_format_stays_text() -> None:
    assert shown("abc", {"type": "NUMBER", "pattern": "0.00"}, EN_US) == "abc"
    assert shown("abc", {"type": "TEXT", "pattern": '0;0;0;"<"@">"'}, EN_US) == "<abc>"


@pytest.mark.parametrize("pattern", ["000-000", "[>5]0", "# ?/?"])
def test_a_pattern_that_is_not_done_here_says_so(pattern: str) -> None:
    with pytest.raises(ApiError) as refused:
        shown(5, {"type": "NUMBER", "pattern": pattern}, EN_US)
    assert refused.value.code == 501
