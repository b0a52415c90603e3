"""The conditional formats of a drawn tab.

Formulas are read in the language of the book, so none has an argument separator: products stand for “and”, sums for
“or”. One that meets an error cell is an error itself and lights up nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from sheetcrm.tab import Highlight, Look, Tab
from sheetcrm.table import letters
from sheetcrm.workbook.google.tabs.conditions import condition
from sheetcrm.workbook.google.tabs.styles import colour
from sheetcrm.workbook.google.wire import Json, grid_range
from sheetcrm.workbook.grid import body_row, last_row
from sheetcrm.workbook.looks import BAR, STYLES, WHITE


def add_highlights(tab: Tab, gid: int) -> Iterator[Json]:
    """The conditional formats over the body and its spare rows; the first that holds wins."""
    number = 0
    for highlight in tab.highlights:
        # Totals at the end would dwarf everything else.
        totals = sum(row.look is Look.TOTAL for row in tab.rows) if highlight.kind == "bar" else 0
        first, last = body_row(tab), last_row(tab) - totals
        area = {"ranges": [grid_range(gid, (first, highlight.column), (last, highlight.column))]}
        for rule in _rules(tab, highlight) if last >= first else ():
            yield {"addConditionalFormatRule": {"rule": area | rule, "index": number}}
            number += 1


def _rules(tab: Tab, highlight: Highlight) -> list[Json]:
    match highlight.kind:
        case "bar":
            return [_gradient()]
        case "equals" if highlight.when is None:
            return [_lit(highlight.look, "TEXT_EQ", text) for text in highlight.values]
        case "filled" if highlight.when is None:
            return [_lit(highlight.look, "NOT_BLANK")]
        case _:
            return [_lit(highlight.look, "CUSTOM_FORMULA", f"={_formula(tab, highlight)}>0")]


def _gradient() -> Json:
    """The larger, the darker: Google has no bars."""
    least = {"type": "NUMBER", "value": "0", "colorStyle": colour(WHITE)}
    return {"gradientRule": {"minpoint": least, "maxpoint": {"type": "MAX", "colorStyle": colour(BAR)}}}


def _lit(look: Look, kind: str, *values: str) -> Json:
    style = STYLES[look]
    text = {"foregroundColorStyle": colour(style.colour)} | ({"bold": True} if style.bold else {})
    fill = {"backgroundColorStyle": colour(style.fill)} if style.fill else {}
    return {"booleanRule": {"condition": condition(kind, *values), "format": fill | {"textFormat": text}}}


def _formula(tab: Tab, highlight: Highlight) -> str:
    """A product that is a number, 0 where nothing is lit up; to compare a mere yes or no with 0 always says yes."""
    row = body_row(tab)
    cell = f"${letters(highlight.column)}{row}"
    holds = {
        # A row that holds nothing at all waits for its first record: its blanks are no fault.
        "blank": f"({_length(cell)}=0)*(COUNTA($A{row}:${letters(len(tab.columns) - 1)}{row})>0)",
        "filled": f"({_length(cell)}>0)",
        "equals": _equals(cell, highlight.values),
    }[highlight.kind]
    if highlight.when is None:
        return holds
    column, texts = highlight.when
    other = f"${letters(column)}{row}"
    return f"{holds}*{_equals(other, texts) if texts else f'({_length(other)}>0)'}"


def _length(cell: str) -> str:
    return f"LEN(TRIM({cell}))"


def _equals(cell: str, texts: tuple[str, ...]) -> str:
    """Whether a cell holds one of some texts."""
    doubled = (text.replace('"', '""') for text in texts)
    return "(" + "+".join(f'({cell}="{text}")' for text in doubled) + ")"
