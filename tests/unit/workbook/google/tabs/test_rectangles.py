"""Alike cells become few rectangles, and every cell lies in exactly one."""

from hypothesis import given
from hypothesis import strategies as st

from sheetcrm.table import Spot
from sheetcrm.workbook.google.tabs.rectangles import rectangles, runs

CELLS = st.dictionaries(st.tuples(st.integers(1, 8), st.integers(0, 8)), st.sampled_from("ab"))


def test_a_block_is_one_rectangle() -> None:
    block = {(row, at): "a" for row in (2, 3, 4) for at in (1, 2)}
    assert list(rectangles(block)) == [((2, 1), (4, 2), "a")]


def test_a_gap_and_another_value_begin_a_new_one() -> None:
    assert sorted(rectangles({(1, 0): "a", (1, 1): "b", (3, 0): "a"})) == [
        ((1, 0), (1, 0), "a"),
        ((1, 1), (1, 1), "b"),
        ((3, 0), (3, 0), "a"),
    ]


@given(CELLS)
def test_no_cell_is_left_out_or_painted_twice(cells: dict[Spot, str]) -> None:
    painted = [
        ((row, at), value)
        for first, last, value in rectangles(cells)
        for row in range(first[0], last[0] + 1)
        for at in range(first[1], last[1] + 1)
    ]
    assert len(painted) == len(cells)
    assert dict(painted) == cells


def test_runs_end_before_a_gap() -> None:
    assert list(runs([2, 3, 5])) == [(2, 4), (5, 6)]
