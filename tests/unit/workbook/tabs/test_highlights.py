"""Conditional formats say what is missing, late or large."""

from __future__ import annotations

import pytest

from sheetcrm.tab import Highlight, Look, TabColumn, TabRow
from tests.unit.workbook.tabs.drawn import drawn, table, values


@pytest.mark.parametrize(
    ("highlight", "formula"),
    [
        (Highlight(0, "filled"), 'LEN(TRIM(SUBSTITUTE($A2,"\u00a0"," ")))>0'),
        (Highlight(0, "blank"), "COUNTA($A2:$B2)>0"),
        (Highlight(0, "equals", Look.BAD, ('a "b"', "c")), 'OR($A2="a ""b""",$A2="c")'),
        (Highlight(0, "blank", when=(1, ("buyer",))), 'OR($B2="buyer")'),
        (Highlight(0, "blank", when=(1, ())), 'LEN(TRIM(SUBSTITUTE($B2,"\u00a0"," ")))>0'),
    ],
)
def test_highlights_are_conditional_formats(highlight: Highlight, formula: str) -> None:
    tab = table(TabColumn("A"), TabColumn("B"), rows=values("x"), spare=1, highlights=(highlight,))
    (found,) = drawn(tab).conditional_formatting
    assert str(found.sqref) == "A2:A3"
    assert formula in found.rules[0].formula[0]
    assert found.rules[0].formula[0].startswith("IF(ISERROR($A2),FALSE,")


def test_a_highlight_changes_colours_only() -> None:
    tab = table(TabColumn("A"), rows=values("x"), highlights=(Highlight(0, "filled", Look.WARN),))
    (found,) = drawn(tab).conditional_formatting
    dress = found.rules[0].dxf
    assert dress is not None
    assert (dress.font.color.rgb, dress.fill.bgColor.rgb) == ("FF7A5200", "FFFDF1D3")
    assert (dress.font.name, dress.font.sz, dress.border) == (None, None, None)


def test_bars_leave_the_totals_out() -> None:
    rows = (*values(1, 2), TabRow((3,), Look.TOTAL))
    (found,) = drawn(table(TabColumn("A"), rows=rows, highlights=(Highlight(0, "bar"),))).conditional_formatting
    assert str(found.sqref) == "A2:A3"
    assert found.rules[0].dataBar is not None
    assert [end.type for end in found.rules[0].dataBar.cfvo] == ["num", "max"]
