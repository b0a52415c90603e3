"""What people type, and what it means."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from sheetcrm.schema import kinds
from sheetcrm.schema.columns import NO_LIMITS, Limits, convert_column
from sheetcrm.schema.kinds import Context, Kind, choice
from sheetcrm.schema.spelling import inn
from sheetcrm.schema.words import fold
from sheetcrm.table import Cell, Value
from sheetcrm.text import msg

CONTEXT = Context("ru", "RU", frozenset(map(fold, ("нет", "н/д", "уточнить", "?", "-", "n/a"))))
STAGE = choice("company_stage")


def meaning(kind: Kind, cell: Cell, limits: Limits = NO_LIMITS) -> tuple[Value, str]:
    """What a cell means, and the name of its problem; "" for none."""
    values, problems = convert_column(kind, [cell], CONTEXT, limits)
    return values[0], problems[0].name if problems else ""


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("+7 912 345-67-89", "+79123456789"),
        ("8 (912) 345-67-89", "+79123456789"),
        ("89123456789", "+79123456789"),
        ("79123456789", "+79123456789"),
        ("9123456789", "+79123456789"),
        ("8.912.345.67.89", "+79123456789"),
        ("8\u00a0912\u00a0345\u201367\u201389", "+79123456789"),
        (89123456789.0, "+79123456789"),
        ("(343) 222-33-44", "+73432223344"),
        ("8 800 200-06-00", "+78002000600"),
        ("+44 20 7946 0958", "+442079460958"),
        ("8 912 345-67-89 Ольга, доб. 12; (343) 222-33-44", "+79123456789; +73432223344"),
        ("8 912 345-67-89 / 8 912 345-67-80", "+79123456789; +79123456780"),
        ("8 912 345-67-89\n8 912 345-67-80", "+79123456789; +79123456780"),
    ],
)
def test_a_phone_in_any_usual_spelling_is_understood(typed: Cell, means: str) -> None:
    assert meaning(kinds.PHONE, typed) == (means, "")


@pytest.mark.parametrize("typed", ["8-912-34", "по почте", "7707083893.0", "+7 (000) 000-00-01", "+7 930 000-10-00"])
def test_what_is_no_phone_is_a_problem(typed: str) -> None:
    assert meaning(kinds.PHONE, typed) == (None, "phone")


def test_one_good_phone_of_two_is_kept_and_the_other_is_named() -> None:
    values, problems = convert_column(kinds.PHONE, ["8 912 345-67-89, 8-912-34"], CONTEXT)
    assert values == ["+79123456789"]
    assert problems[0].message.args == {"phone": "8-912-34", "digits": 6}


@pytest.mark.parametrize("typed", ["0", "нет", "999 999 99 99", "+7 999 999-99-99", "-", "н/д"])
def test_a_phone_filled_only_to_look_filled_is_a_placeholder(typed: str) -> None:
    assert meaning(kinds.PHONE, typed) == (None, "placeholder")


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("info@firm.ru", "info@firm.ru"),
        (" Info@FIRM.ru ", "Info@firm.ru"),
        ("a@firm.ru; b@firm.ru", "a@firm.ru; b@firm.ru"),
        ("<a@firm.ru>", "a@firm.ru"),
        ("имя@почта.рф", "имя@почта.рф"),
    ],
)
def test_an_address_is_understood(typed: str, means: str) -> None:
    assert meaning(kinds.EMAIL, typed) == (means, "")


@pytest.mark.parametrize(("typed", "problem"), [("info@", "email"), ("p@p", "email"), ("1@1.ru", "placeholder")])
def test_what_is_no_address_is_a_problem(typed: str, problem: str) -> None:
    assert meaning(kinds.EMAIL, typed) == (None, problem)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("7707083893", "7707083893"),
        (7707083893.0, "7707083893"),
        ("77 07 083893", "7707083893"),
        ("500100732259", "500100732259"),
        (105000015.0, "0105000015"),
    ],
)
def test_an_inn_is_its_digits_with_the_zero_that_the_sheet_ate(typed: Cell, means: str) -> None:
    assert meaning(kinds.INN, typed) == (means, "")


@pytest.mark.parametrize(
    ("typed", "problem"), [("7707083894", "inn"), ("123", "inn"), ("0000000000", "placeholder"), ("нет", "placeholder")]
)
def test_a_wrong_inn_is_a_problem(typed: str, problem: str) -> None:
    assert meaning(kinds.INN, typed) == (None, problem)


@pytest.mark.parametrize(
    ("typed", "means"), [("773601001", "773601001"), ("7736 01001", "773601001"), (10101001.0, "010101001")]
)
def test_a_kpp_has_nine_characters(typed: Cell, means: str) -> None:
    assert meaning(kinds.KPP, typed) == (means, "")


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        (12.5, "12.5"),
        (3.0, "3"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234,50 ₽", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("−5", "-5"),
        ("15 %", "15"),
    ],
)
def test_a_number_is_exact_however_it_is_typed(typed: Cell, means: str) -> None:
    assert meaning(kinds.MONEY, typed) == (Decimal(means), "")


@pytest.mark.parametrize("typed", ["много", "12 шт", True, "1.2.3", date(2026, 11, 21)])
def test_what_is_no_number_is_a_problem(typed: Cell) -> None:
    assert meaning(kinds.MONEY, typed) == (None, "number")


@pytest.mark.parametrize(
    ("number", "problem"), [(-1.0, "negative"), (0.0, ""), (100.0, ""), (100.5, "range"), ("101", "range")]
)
def test_a_number_is_held_to_the_bounds_of_its_column(number: Cell, problem: str) -> None:
    assert meaning(kinds.QUANTITY, number, Limits(Decimal(0), Decimal(100)))[1] == problem


@pytest.mark.parametrize(
    "typed",
    [
        date(2026, 11, 21),
        datetime(2026, 11, 21, 14, 30),
        "21.11.2026",
        "21.11.26",
        "2026-11-21",
        "21.11.2026 г.",
        46347.0,
    ],
)
def test_a_day_is_a_day_however_it_is_typed(typed: Cell) -> None:
    assert meaning(kinds.DATE, typed) == (date(2026, 11, 21), "")


@pytest.mark.parametrize("typed", ["31.02.2026", "скоро", 5.0, "2026"])
def test_a_day_that_is_not_in_the_calendar_is_a_problem(typed: Cell) -> None:
    assert meaning(kinds.DATE, typed) == (None, "date")


def test_a_moment_keeps_its_minutes_and_drops_its_microseconds() -> None:
    assert meaning(kinds.MOMENT, "21.11.2026 14:30") == (datetime(2026, 11, 21, 14, 30), "")
    assert meaning(kinds.MOMENT, datetime(2026, 11, 21, 14, 30, 5, 999)) == (datetime(2026, 11, 21, 14, 30, 5), "")


@pytest.mark.parametrize(
    ("typed", "means"), [("да", True), ("☑", True), (1.0, True), (True, True), ("нет", False), ("0", False)]
)
def test_yes_and_no_in_many_spellings(typed: Cell, means: bool) -> None:
    assert meaning(kinds.BOOL, typed) == (means, "")


@pytest.mark.parametrize("typed", ["Покупатель", "ПОКУПАТЕЛЬ ", "buyer", "Buyer", "Клиент", "покупатель\u00a0"])
def test_a_choice_is_known_by_either_label_by_alias_and_by_code(typed: str) -> None:
    assert meaning(STAGE, typed) == ("buyer", "")


def test_a_misspelt_choice_is_told_the_nearest() -> None:
    _, problems = convert_column(STAGE, ["Покупатиль"], CONTEXT)
    hint = problems[0].hint
    assert hint is not None
    assert hint.args["value"] == ("Buyer", "Покупатель")


@pytest.mark.parametrize(
    ("typed", "means", "problem"),
    [
        ("ООО «Ромашка»", "ООО «Ромашка»", ""),
        ("две\nстроки", "две\nстроки", ""),
        (12.0, "12", ""),
        (" Ромашка", "Ромашка", "spaces"),
        ("Ро  машка", "Ро машка", "spaces"),
        ("Ро\u00a0машка", "Ро машка", "spaces"),
        ("Уточнить:", None, "placeholder"),
        ("---", None, "placeholder"),
        ("\u00a0", None, ""),
        ("   ", None, ""),
        (None, None, ""),
    ],
)
def test_a_text_is_tidied_and_a_placeholder_is_none(typed: Cell, means: Value, problem: str) -> None:
    assert meaning(kinds.TEXT, typed) == (means, problem)


def test_a_note_may_say_anything() -> None:
    assert meaning(kinds.PLAIN, " нет  ") == ("нет", "")


@pytest.mark.parametrize(
    ("typed", "problem"), [("C-000142", ""), ("PAY-1234567", ""), ("C-142", "id"), ("с-000142", "id"), (142.0, "id")]
)
def test_an_id_is_a_prefix_and_six_digits(typed: Cell, problem: str) -> None:
    assert meaning(kinds.ID, typed)[1] == problem


def test_each_row_with_a_bad_value_has_the_problem_and_no_other_row() -> None:
    values, problems = convert_column(kinds.MONEY, [1.0, "много", "", "много", 2.0], CONTEXT)
    assert values == [1, None, None, None, 2]
    assert list(problems) == [1, 3]


def test_an_inn_of_nine_digits_is_short_unless_a_zero_was_eaten() -> None:
    assert inn("590299999")[1] == msg(
        "not an INN: it has {digits} characters; a firm's has 10, a person's 12", digits=9
    )
