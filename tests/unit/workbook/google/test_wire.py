from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetcrm.table import Cell
from sheetcrm.workbook.google import wire


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, {}),
        ("", {}),
        ("=1+1", {"stringValue": "=1+1"}),
        ("007", {"stringValue": "007"}),
        ("1,5", {"stringValue": "1,5"}),
        (True, {"boolValue": True}),
        (7, {"numberValue": 7}),
        (Decimal("1.50"), {"numberValue": 1.5}),
        (12345678901234567890, {"stringValue": "12345678901234567890"}),
        (date(2026, 11, 22), {"numberValue": 46348}),
        (datetime(2026, 11, 22, 12), {"numberValue": 46348.5}),
        (time(6), {"numberValue": 0.25}),
        (timedelta(days=2), {"numberValue": 2.0}),
    ],
)
def test_a_value_goes_typed_and_a_text_stays_a_text(value: Cell, told: dict[str, object]) -> None:
    assert wire.extended_value(value) == told


@given(st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)))
def test_a_moment_comes_back_to_the_millisecond(value: datetime) -> None:
    assert abs(wire.moment(wire.serial(value)) - value) <= timedelta(milliseconds=1)


def test_ranges_are_spelt_as_google_reads_them() -> None:
    assert wire.a1("T1") == "'T1'"
    assert wire.a1("It's 🙂", "A1:B2") == "'It''s 🙂'!A1:B2"
    assert wire.area((2, 1), (9, 27)) == "B2:AB9"
    assert wire.grid_range(5, (2, 1), (9, 2)) == {
        "sheetId": 5,
        "startRowIndex": 1,
        "endRowIndex": 9,
        "startColumnIndex": 1,
        "endColumnIndex": 3,
    }
