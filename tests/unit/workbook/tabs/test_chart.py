"""A chart shows what the table beside it says, in every program."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Literal

import pytest

from sheetcrm.tab import Chart, Format, Look, Shown, Tab, TabColumn, TabRow
from tests.unit.workbook.tabs.drawn import part, table, values

MONTHS = (TabRow(("May", 1, 2)), TabRow(("June", 3, 4)), TabRow(("all", 4, 6), Look.TOTAL))
COLUMNS = (TabColumn("Month"), TabColumn("Ours", Format.MONEY), TabColumn("Theirs", Format.MONEY))


def chart_of(tab: Tab) -> str:
    return part("xl/charts/chart1.xml", tab)


def corner(tab: Tab) -> list[str]:
    """The column and the row, counted from 0, of the chart's upper left corner."""
    return re.findall(r"<xdr:(?:col|row)>(\d+)<", part("xl/drawings/drawing1.xml", tab))[:2]


def references(drawing: str) -> list[str]:
    return re.findall(r"<c:f>([^<]+)<", drawing)


def names(drawing: str) -> list[str]:
    return re.findall(r"<c:tx><c:v>([^<]+)</c:v></c:tx>", drawing)


@pytest.mark.parametrize("kind", ["bar", "column", "stacked", "line"])
def test_a_chart_stands_right_of_the_table(kind: Literal["bar", "column", "stacked", "line"]) -> None:
    chart = Chart(kind, "Sales", 0, (1, 2), 0, 1)
    tab = table(*COLUMNS, rows=MONTHS, group="report", chart=chart, lead=values("Sales"))
    drawing = chart_of(tab)
    assert corner(tab) == ["4", "3"]
    assert references(drawing) == ["'T'!$A$4:$A$5", "'T'!$B$4:$B$5", "'T'!$A$4:$A$5", "'T'!$C$4:$C$5"]
    assert names(drawing) == ["Ours", "Theirs"]
    assert '<c:delete val="1"/>' not in drawing
    assert drawing.count('<c:delete val="0"/>') == 2


def test_a_chart_shows_its_figures_before_any_program_has_read_them() -> None:
    drawing = chart_of(table(*COLUMNS, rows=MONTHS, group="report", chart=Chart("bar", "Sales", 0, (1,), 0, 1)))
    assert re.findall(r"<c:v>([^<]+)</c:v></c:pt>", drawing) == ["May", "June", "1", "3"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("line", ["varyColors", "smooth", "overlay", "delete", "autoTitleDeleted", "roundedCorners"]),
        ("bar", ["varyColors", "invertIfNegative", "showSerName", "showCatName", "showLegendKey"]),
    ],
)
def test_nothing_is_left_to_what_a_program_takes_for_granted(kind: Literal["bar", "line"], said: list[str]) -> None:
    drawing = chart_of(table(*COLUMNS, rows=MONTHS, group="report", chart=Chart(kind, "Sales", 0, (1,), 0, 1)))
    assert [name for name in said if f'<c:{name} val="0"/>' not in drawing] == []
    assert '<c:dispBlanksAs val="gap"/>' in drawing


def test_a_single_row_of_bars_says_its_values_and_needs_no_grid() -> None:
    one, two = (
        chart_of(table(*COLUMNS, rows=MONTHS, group="report", chart=Chart("bar", "Sales", 0, series, 0, 1)))
        for series in ((1,), (1, 2))
    )
    assert ('<c:showVal val="1"/>' in one, "<c:majorGridlines>" in one, "<c:legend>" in one) == (True, False, False)
    assert ('<c:showVal val="1"/>' in two, "<c:majorGridlines>" in two, "<c:legend>" in two) == (False, True, True)


def test_a_chart_says_its_unit() -> None:
    columns = (TabColumn("Month"), TabColumn("Ours", Format.MONEY, unit="RUB"))
    drawing = chart_of(table(*columns, rows=MONTHS, group="report", chart=Chart("bar", "Sales", 0, (1,), 0, 1)))
    assert "<a:t>Sales, RUB</a:t>" in drawing


def test_months_are_shown_as_in_the_table() -> None:
    columns = (TabColumn("Month", Format.MONTH), TabColumn("Ours", Format.MONEY))
    rows = (TabRow((date(2026, 10, 1), 1)), TabRow((date(2026, 11, 1), 2)))
    drawing = chart_of(table(*columns, rows=rows, group="report", chart=Chart("line", "Sales", 0, (1,), 0, 1)))
    assert '<c:numFmt formatCode="mm.yyyy" sourceLinked="0"/>' in drawing


def test_a_chart_stands_below_a_wide_table() -> None:
    columns = (TabColumn("Month", width=90), TabColumn("Ours", Format.MONEY, width=90))
    tab = table(*columns, rows=values(1), group="report", chart=Chart("bar", "Sales", 0, (1,), 0, 0))
    assert corner(replace(tab, footer=values("That is all."))) == ["0", "5"]


def test_a_chart_draws_what_is_folded_too() -> None:
    columns = (TabColumn("Month"), TabColumn("Ours", Format.MONEY, level=1, collapsed=True))
    drawing = chart_of(table(*columns, rows=values(1), group="report", chart=Chart("bar", "Sales", 0, (1,), 0, 0)))
    assert '<c:plotVisOnly val="0"/>' in drawing


def test_a_chart_across_draws_its_rows() -> None:
    chart = Chart("stacked", "Sales", 0, (1, 2), 0, 1, across=True)
    rows = (TabRow(("Anna", 1, 2)), TabRow((Shown("Boris"), 3, 4)))
    drawing = chart_of(table(TabColumn("Who"), TabColumn("May"), TabColumn("June"), rows=rows, chart=chart))
    assert names(drawing) == ["Anna", "Boris"]
    assert "'T'!$B$2:$C$2" in references(drawing)
    assert "'T'!$B$1:$C$1" in references(drawing)


@pytest.mark.parametrize("name", ["Up!B2B", "=A1+1", "a &amp; b"])
def test_a_name_is_never_a_reference(name: str) -> None:
    chart = Chart("line", "Up!B2B", 0, (1, 2), 0, 0, across=True)
    row = TabRow((name.replace("&amp;", "&"), 1, 2))
    drawing = chart_of(table(TabColumn("Who"), TabColumn("May"), TabColumn("June"), rows=(row,), chart=chart))
    assert names(drawing) == [name]
    assert "<a:t>Up!B2B</a:t>" in drawing


def test_names_that_do_not_fit_side_by_side_get_room() -> None:
    def bottom(name: str) -> int:
        rows = tuple(TabRow((name, 1, 2)) for _ in range(12))
        tab = table(*COLUMNS, rows=rows, group="report", chart=Chart("stacked", "Sales", 0, (1, 2), 0, 11))
        return int(re.findall(r"<xdr:row>(\d+)<", part("xl/drawings/drawing1.xml", tab))[1])

    assert bottom("a name as long as this") > bottom("short")
