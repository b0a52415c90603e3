"""The conditional formats of a drawn tab."""

from __future__ import annotations

from typing import Any

from sheetcrm.tab import Highlight, Look, Tab
from sheetcrm.table import letters
from sheetcrm.workbook.grid import body_row, last_row
from sheetcrm.workbook.looks import BAR
from sheetcrm.workbook.xlsx.tabs.book import Sheet
from sheetcrm.workbook.xlsx.tabs.wardrobe import Wardrobe

_LENGTH = 'LEN(TRIM(SUBSTITUTE({cell},"\u00a0"," ")))'


def add_highlights(sheet: Sheet, tab: Tab, wardrobe: Wardrobe) -> None:
    """The conditional formats, over the body and its spare rows; totals at the end would dwarf all other bars."""
    for highlight in tab.highlights:
        totals = sum(row.look is Look.TOTAL for row in tab.rows) if highlight.kind == "bar" else 0
        first, last = body_row(tab) - 1, last_row(tab) - totals - 1
        if last >= first:
            rule = _bar() if highlight.kind == "bar" else _rule(tab, highlight, wardrobe)
            sheet.conditional_format(first, highlight.column, last, highlight.column, rule)


def _bar() -> dict[str, Any]:
    return {"type": "data_bar", "bar_color": f"#{BAR}", "min_type": "num", "min_value": 0, "max_type": "max"}


def _rule(tab: Tab, highlight: Highlight, wardrobe: Wardrobe) -> dict[str, Any]:
    cell = f"${letters(highlight.column)}{body_row(tab)}"
    length = _LENGTH.format(cell=cell)
    row = f"$A{body_row(tab)}:${letters(len(tab.columns) - 1)}{body_row(tab)}"
    formula = {
        # A row that holds nothing at all waits for its first record: its blanks are no fault.
        "blank": f"AND({length}=0,COUNTA({row})>0)",
        "filled": f"{length}>0",
        "equals": f"OR({','.join(_equals(cell, value) for value in highlight.values)})",
    }[highlight.kind]
    if highlight.when is not None:
        formula = f"AND({formula},{_when(tab, *highlight.when)})"
    criteria = f"IF(ISERROR({cell}),FALSE,{formula})"
    return {"type": "formula", "criteria": criteria, "format": wardrobe.rule(highlight.look)}


def _when(tab: Tab, column: int, texts: tuple[str, ...]) -> str:
    cell = f"${letters(column)}{body_row(tab)}"
    holds = f"OR({','.join(_equals(cell, text) for text in texts)})" if texts else f"{_LENGTH.format(cell=cell)}>0"
    return f"IF(ISERROR({cell}),FALSE,{holds})"


def _equals(cell: str, text: str) -> str:
    quoted = text.replace('"', '""')
    return f'{cell}="{quoted}"'
