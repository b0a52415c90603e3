"""Drop-downs and conditional formats of a drawn tab."""

from __future__ import annotations

import re
import zlib
from typing import Literal

from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.tab import Check, Highlight, Look, Tab, TabColumn
from sheetcrm.workbook.grid import body_row, last_row
from sheetcrm.workbook.xlsx.looks import BAR, differential

_LONGEST_LIST = 255
_NO_DATE_BEFORE = 1
_HUGE = 10**15
_MOST_CHOICES = 5_000
_BLANK = 'LEN(TRIM(SUBSTITUTE({cell},"\u00a0"," ")))'


def add_drop_downs(sheet: Worksheet, tab: Tab) -> None:
    """A list for each column with choices; literal ones that no cell takes (over 255 characters) get none."""
    if last_row(tab) < body_row(tab):
        return
    for at, column in enumerate(tab.columns):
        source = _source(sheet, column) if column.choices else None
        if source is None:
            if column.check is not None:
                sheet.add_data_validation(_typed(column.header, column.check, _range(tab, at, last_row(tab))))
            continue
        rule = DataValidation(
            type="list", formula1=source, allow_blank=True, errorStyle="stop" if column.strict else "warning"
        )
        rule.showErrorMessage = True
        if column.note:
            # Without a text of ours the program says it in its own words, in the user's language.
            rule.errorTitle, rule.error = column.header[:32], column.note[:225]
        rule.add(_range(tab, at, last_row(tab)))
        sheet.add_data_validation(rule)


def _typed(header: str, check: Check, cells: str) -> DataValidation:
    """What may be typed where there is nothing to choose from."""
    if check.kind == "date":
        rule = DataValidation(type="date", operator="greaterThan", formula1=str(_NO_DATE_BEFORE))
    else:
        kind: Literal["whole", "decimal"] = "whole" if check.kind == "whole" else "decimal"
        low = -_HUGE if check.low is None else check.low
        high = _HUGE if check.high is None else check.high
        rule = DataValidation(type=kind, operator="between", formula1=str(low), formula2=str(high))
    rule.allow_blank = rule.showErrorMessage = True
    rule.errorTitle, rule.error = header[:32], check.message[:225]
    rule.add(cells)
    return rule


def _source(sheet: Worksheet, column: TabColumn) -> str | None:
    match column.choices:
        case (str(title), int(number), int(first), int(last)):
            return _range_name(sheet, title, number, first, last)
        case (str(title), int(number), int(first)):
            return _list_name(sheet, title, number, first)
        case texts:
            choices = [str(text) for text in texts]
            literal = ",".join(choices).replace('"', '""')
            fits = len(literal) <= _LONGEST_LIST and not any("," in choice for choice in choices)
            return f'"{literal}"' if fits else None


def _range_name(sheet: Worksheet, title: str, number: int, first: int, last: int) -> str:
    """A hidden name for a stretch of another tab's column; rows inserted into it widen it."""
    letter = get_column_letter(number + 1)
    return _define(sheet, title, f"{letter}{first}", f"{_quoted(title)}!${letter}${first}:${letter}${last}")


def _list_name(sheet: Worksheet, title: str, number: int, first: int) -> str:
    """A hidden name for another tab's column, as long as it is filled.

    By a name, since Excel saves a plain reference to another tab as an extension that older programs drop; and as
    long as it is filled, so that what is added there can be chosen here at once.
    """
    letter = get_column_letter(number + 1)
    tab = _quoted(title)
    top, all_rows = f"{tab}!${letter}${first}", f"{tab}!${letter}${first}:${letter}${first + _MOST_CHOICES - 1}"
    return _define(sheet, title, letter, f"{top}:INDEX({all_rows},MAX(1,COUNTA({all_rows})))")


def _define(sheet: Worksheet, title: str, suffix: str, formula: str) -> str:
    """Name a formula about another tab; the name tells which tab, and which of its lists."""
    slug = re.sub(r"\W", "_", title)
    unlike = "" if slug == title else f"_{zlib.crc32(title.encode()):08x}"
    name = f"_list_{slug}{unlike}_{suffix}"
    book = sheet.parent
    assert book is not None
    book.defined_names[name] = DefinedName(name, attr_text=formula, hidden=True)
    return name


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def add_highlights(sheet: Worksheet, tab: Tab) -> None:
    """The conditional formats, over the body and its spare rows; totals at the end would dwarf all other bars."""
    for highlight in tab.highlights:
        totals = sum(row.look is Look.TOTAL for row in tab.rows) if highlight.kind == "bar" else 0
        bottom = last_row(tab) - totals
        if bottom >= body_row(tab):
            sheet.conditional_formatting.add(_range(tab, highlight.column, bottom), _rule(tab, highlight))


def _rule(tab: Tab, highlight: Highlight) -> Rule:
    if highlight.kind == "bar":
        ends = [FormatObject(type="num", val=0), FormatObject(type="max")]
        return Rule(type="dataBar", dataBar=DataBar(cfvo=ends, color=f"FF{BAR}", showValue=True))
    cell = f"${get_column_letter(highlight.column + 1)}{body_row(tab)}"
    length = _BLANK.format(cell=cell)
    row = f"$A{body_row(tab)}:${get_column_letter(len(tab.columns))}{body_row(tab)}"
    formula = {
        # A row that holds nothing at all waits for its first record: its blanks are no fault.
        "blank": f"AND({length}=0,COUNTA({row})>0)",
        "filled": f"{length}>0",
        "equals": f"OR({','.join(_equals(cell, value) for value in highlight.values)})",
    }[highlight.kind]
    if highlight.when is not None:
        formula = f"AND({formula},{_when(tab, *highlight.when)})"
    return Rule(type="expression", formula=[f"IF(ISERROR({cell}),FALSE,{formula})"], dxf=differential(highlight.look))


def _when(tab: Tab, column: int, texts: tuple[str, ...]) -> str:
    cell = f"${get_column_letter(column + 1)}{body_row(tab)}"
    holds = f"OR({','.join(_equals(cell, text) for text in texts)})" if texts else f"{_BLANK.format(cell=cell)}>0"
    return f"IF(ISERROR({cell}),FALSE,{holds})"


def _equals(cell: str, text: str) -> str:
    quoted = text.replace('"', '""')
    return f'{cell}="{quoted}"'


def _range(tab: Tab, at: int, bottom: int) -> str:
    letter = get_column_letter(at + 1)
    return f"{letter}{body_row(tab)}:{letter}{bottom}"
