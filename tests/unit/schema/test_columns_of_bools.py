"""A column of tick boxes is read, alone and among the numbers that Python takes for them."""

from decimal import Decimal

import pytest

from sheetcrm.schema.columns import convert_column
from sheetcrm.schema.kinds import BOOL, DEFAULT_CONTEXT, MONEY
from sheetcrm.table import Cell, Value


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ([True, False, True], [True, False, True]),
        ([True, "", False], [True, None, False]),
        ([True, 0.0, 1.0, False], [True, False, True, False]),
        ([True, "да", "нет"], [True, True, False]),
    ],
    ids=["ticks", "ticks and blanks", "ticks and numbers", "ticks and words"],
)
def test_tick_boxes_are_yes_and_no(cells: list[Cell], values: list[Value]) -> None:
    assert convert_column(BOOL, cells, DEFAULT_CONTEXT) == (values, {})


def test_a_tick_among_sums_is_no_sum() -> None:
    found = convert_column(MONEY, [1.0, True, 2.0], DEFAULT_CONTEXT)
    assert (found.values, list(found.problems)) == ([Decimal(1), None, Decimal(2)], [1])
