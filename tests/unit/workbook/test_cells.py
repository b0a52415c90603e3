"""What a cell can hold, checked before anything is written."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from sheetcrm.errors import GuardError
from sheetcrm.tab import units
from sheetcrm.table import Value
from sheetcrm.workbook.cells import LONGEST_TEXT, check_title, check_value, cut

EMOJI = "\U0001f600"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (float("inf"), "Deals!B7: Infinity is no number"),
        (float("nan"), "Deals!B7: NaN is no number"),
        (Decimal("sNaN"), "Deals!B7: sNaN is no number"),
        (Decimal("1E+500"), "Deals!B7: 1e\\+500 is no number"),
        (10**400, "Deals!B7: 1.000e\\+400 is no number"),
        pytest.param(10**5000, "Deals!B7: 1.000e\\+5000 is no number", id="more digits than Python prints"),
        (date(1899, 12, 31), "Deals!B7: a workbook has no dates before March 1900"),
        (datetime(2026, 11, 22, 9, 30, tzinfo=UTC), "Deals!B7: a workbook knows no time zones"),
        (EMOJI * 16_384, "Deals!B7: a text of 32,768 characters does not fit"),
        ("a\ud800", "Deals!B7: the text holds a character that no file can hold"),
        (time(9, 30), "Deals!B7: a value of the kind time is none"),
        (b"bytes", "Deals!B7: a value of the kind bytes is none"),
    ],
)
def test_what_no_cell_holds_is_refused_with_the_cell(value: Any, said: str) -> None:
    with pytest.raises(GuardError, match=said):
        check_value(value, "Deals", (7, 1))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a\r\nb", "a\nb"),
        (EMOJI * 16_383, EMOJI * 16_383),
        (datetime(2026, 11, 22, 9, 30, 15, 123_456), datetime(2026, 11, 22, 9, 30, 15, 123_000)),
        (datetime(2026, 12, 31, 23, 59, 59, 999_900), datetime(2027, 1, 1)),
        (True, True),
        (-0.5, -0.5),
        (None, None),
    ],
)
def test_what_a_cell_holds_is_written_whole(value: Value, written: Value) -> None:
    assert check_value(value, "Deals", (7, 1)) == written


def test_a_text_is_cut_as_office_programs_count() -> None:
    assert cut("short", 31) == "short"
    assert units(cut(EMOJI * LONGEST_TEXT, LONGEST_TEXT)) <= LONGEST_TEXT
    assert cut(EMOJI * 4, 7) == EMOJI * 3 + "…"
    assert cut(EMOJI * 4, 8) == EMOJI * 4


@pytest.mark.parametrize("title", [EMOJI * 16, "x" * 32, "a\ud800", "a\x07b", "a:b"])
def test_a_title_that_no_office_program_takes_is_refused(title: str) -> None:
    with pytest.raises(GuardError, match="cannot be named"):
        check_title(title)


def test_a_title_is_as_long_as_office_programs_count() -> None:
    assert check_title(EMOJI * 15 + "x") == EMOJI * 15 + "x"
