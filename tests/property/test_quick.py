"""What is read many cells at once means what the thinking converter says it means."""

import re
from datetime import date, datetime

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sheetcrm.schema import kinds, spelling
from sheetcrm.schema.columns import convert_column
from sheetcrm.schema.identity import bare_names, firm_name
from sheetcrm.schema.kinds import Context, Kind, UnfitError
from sheetcrm.schema.words import fold, fold_all
from sheetcrm.table import Cell, Value, is_blank

CONTEXT = Context("ru", "RU", frozenset({"нет", "?", "-", "n/a", "+7 912 345-67-89", "no@firm.ru", "1234567894", "e"}))
AWKWARD = " \u00a0\u202f\t\n\r\x0b\x85\u2003:*-–.,;/()+«»№\u0301ёЁйﬁ①"
TEXTS = st.one_of(
    st.text(alphabet="абвгдеёжз АБВ ABC abc 0123456789" + AWKWARD, max_size=12),
    st.text(max_size=8),
    st.sampled_from(["нет", "Нет:", "n/a", "a\n\nb", "é", "e\u0301", "no@firm.ru", "+7 912 345-67-89", "1234567894"]),
)
DIGITS = st.text(alphabet="0123456789", min_size=9, max_size=12)
PHONES = st.one_of(
    st.builds(lambda a, b: a + b, st.sampled_from(["+7", "8", "7", "", "+", "8 (", "+7 "]), DIGITS),
    st.from_regex(r"(\+7|8|7)?[ (-]{0,2}[3489][0-9]{2}[ )-]{0,2}[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}", fullmatch=True),
    st.from_regex(r"9[0-9]{9}", fullmatch=True),
)
SEVERAL = st.lists(PHONES, min_size=1, max_size=3).map(", ".join)
EMAILS = st.from_regex(r"[a-zA-Z0-9._+-]{1,6}@[a-zA-Z0-9.-]{1,8}\.[a-z]{1,4}", fullmatch=True)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
DAYS = st.one_of(st.dates(date(1900, 1, 1)), st.datetimes(datetime(1900, 1, 1)))
CELLS = st.one_of(TEXTS, DIGITS, PHONES, EMAILS, NUMBERS, DAYS, st.booleans(), st.none(), st.just(""))


def thought_over(kind: Kind, cell: Cell) -> tuple[Value, bool]:
    """What the converter alone says of a cell: its meaning, and whether there is a problem."""
    if is_blank(cell):
        return None, False
    try:
        return kind.convert(cell, CONTEXT), False
    except UnfitError as unfit:
        return unfit.problem.value, True


def at_once(kind: Kind, cells: list[Cell]) -> list[tuple[Value, bool]]:
    values, problems = convert_column(kind, cells, CONTEXT)
    return [(value, position in problems) for position, value in enumerate(values)]


@pytest.mark.parametrize(
    "kind",
    [
        kinds.TEXT,
        kinds.PLAIN,
        kinds.ID,
        kinds.PHONE,
        kinds.EMAIL,
        kinds.INN,
        kinds.KPP,
        kinds.MONEY,
        kinds.DATE,
        kinds.MOMENT,
    ],
    ids=lambda kind: kind.name,
)
@given(st.lists(CELLS, max_size=6))
def test_a_column_means_what_its_cells_mean_one_by_one(kind: Kind, cells: list[Cell]) -> None:
    assert at_once(kind, cells) == [thought_over(kind, cell) for cell in cells]


@given(SEVERAL)
@example("89999999999")
@example("+79300000500")
@example("88001234567")
@example("78001234567")
def test_phones_are_what_the_library_says(typed: str) -> None:
    assert at_once(kinds.PHONE, [typed]) == [thought_over(kinds.PHONE, typed)]
    reader = spelling.Phones("RU")
    for cell, phone in reader.read_many([typed]).items():
        parsed = phonenumbers.parse(cell, "RU")
        assert phonenumbers.is_valid_number(parsed)
        assert phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) == phone


@pytest.mark.parametrize("region", ["RU", "KZ", "BY", "DE", "GB", "FR", "US", "IT", "CN"])
@given(st.data())
def test_numbers_of_any_region_are_what_the_library_says(region: str, data: st.DataObject) -> None:
    code = phonenumbers.country_code_for_region(region)
    prefix = data.draw(st.sampled_from([f"+{code}", str(code), "0", "8", "1", ""]))
    typed = prefix + data.draw(st.text(alphabet="0123456789", min_size=6, max_size=12))
    for cell, phone in spelling.Phones(region).read_many([typed]).items():
        parsed = phonenumbers.parse(cell, region)
        assert phonenumbers.is_valid_number(parsed)
        assert phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) == phone


@given(st.integers(0, 9_999_999_999), st.integers(0, 999_999_999_999))
def test_inns_are_what_the_library_says(firm: int, person: int) -> None:
    for typed in (f"{firm:010d}", f"{person:012d}"):
        assert at_once(kinds.INN, [typed]) == [thought_over(kinds.INN, typed)]


@given(st.integers(0, 999_999_999))
def test_an_inn_with_its_check_digit_needs_no_second_thought(number: int) -> None:
    from stdnum.ru import inn

    typed = f"{number:09d}" + inn.calc_company_check_digit(f"{number:09d}")
    if len(set(typed)) > 2:
        assert kinds.INN.quick is not None
        assert kinds.INN.quick([typed], CONTEXT) == {typed: typed}


@given(st.lists(TEXTS, max_size=6))
def test_texts_are_folded_at_once_as_one_by_one(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


@given(st.lists(st.text(alphabet='абв ооо зао ООО ЗАО "«».,-\n', max_size=14), max_size=5))
def test_names_of_firms_are_bared_at_once_as_one_by_one(names: list[str]) -> None:
    assert bare_names(names) == [firm_name(name).bare for name in names]


def test_the_usual_spellings_of_a_russian_phone_take_the_quick_path() -> None:
    usual = ["+79123456789", "89123456789", "79123456789", "9123456789", "+7 (912) 345-67-89", "8 800 200-06-00"]
    assert list(spelling.Phones("RU").read_many(usual).values()) == [
        *["+79123456789"] * 5,
        "+78002000600",
    ]
    assert all(re.fullmatch(r"[\d+() -]+", cell) for cell in usual)
