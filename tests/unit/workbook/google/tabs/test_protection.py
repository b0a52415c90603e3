"""Warnings where typing would be lost, and nobody kept from typing."""

from dataclasses import replace

from sheetcrm.tab import Look, TabColumn
from tests.unit.workbook.google.tabs.canvas import Canvas, Json, table, values

COLUMNS = (TabColumn("Task", look=Look.KEY), TabColumn("Result", look=Look.INPUT), TabColumn("Days", look=Look.DERIVED))


def protected(title: str, spare: int = 0) -> list[Json]:
    canvas = Canvas()
    canvas.draw(replace(table(*COLUMNS, rows=values("x", "y"), spare=spare), title=title))
    ranges = canvas.sheet(title).get("protectedRanges", [])
    assert all(one["warningOnly"] for one in ranges)
    return [{name: one[name] for name in ("range", "unprotectedRanges") if name in one} for one in ranges]


def area(told: Json) -> tuple[int | None, ...]:
    return tuple(told.get(f"{end}{side}Index") for side in ("Row", "Column") for end in ("start", "end"))


def test_a_generated_tab_warns_everywhere_but_where_people_answer() -> None:
    (one,) = protected("▦ Tasks", spare=2)
    assert area(one["range"]) == (None, None, None, None)
    assert [area(free) for free in one["unprotectedRanges"]] == [(1, 3, 1, 2), (3, 5, 0, 3)]


def test_a_tab_that_people_fill_warns_where_it_is_computed() -> None:
    (one,) = protected("Tasks")
    assert area(one["range"]) == (0, None, 2, 3)
    assert "unprotectedRanges" not in one
