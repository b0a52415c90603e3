"""What may be typed into a drawn tab: drop-downs, ticks, and checks where there is nothing to choose from.

Conditions are read in the language of the book, so no formula here has an argument separator or a decimal point.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from sheetcrm.tab import Check, Look, Tab, TabColumn
from sheetcrm.table import letters
from sheetcrm.workbook.google.tabs.conditions import condition
from sheetcrm.workbook.google.tabs.rectangles import Run, runs
from sheetcrm.workbook.google.wire import Json, a1, grid_range
from sheetcrm.workbook.grid import body_row, last_row

_HUGE = Decimal(10**15)


def add_choices(tab: Tab, gid: int, gids: Mapping[str, int]) -> Iterator[Json]:
    """A rule for each column that has choices or a check, on all rows but lines of text across the table."""
    rows = list(_rows(tab))
    for at, column in enumerate(tab.columns):
        for run in rows:
            rule = _rule(column, f"{letters(at)}{run.start}", gids)
            if rule:
                area = grid_range(gid, (run.start, at), (run.end - 1, at))
                yield {"setDataValidation": {"range": area, "rule": rule}}


def _rows(tab: Tab) -> Iterator[Run]:
    """The body's rows that hold records; on a heading Google would call its words a fault."""
    across = {
        number
        for number, row in enumerate(tab.rows, body_row(tab))
        if row.look is not Look.PLAIN and len(row.values) == 1 < len(tab.columns)
    }
    return runs(number for number in range(body_row(tab), last_row(tab) + 1) if number not in across)


def _rule(column: TabColumn, cell: str, gids: Mapping[str, int]) -> Json:
    """The rule for a column whose first cell stands there; the empty one for none."""
    offered = _choice(column, gids)
    if offered:
        said = {"inputMessage": column.note} if column.note else {}
        return {"condition": offered, "strict": column.strict, "showCustomUi": True} | said
    if column.check is None or column.choices:
        return {}
    said = {"inputMessage": column.check.message} if column.check.message else {}
    return {"condition": _typed(column.check, cell), "strict": True} | said


def _choice(column: TabColumn, gids: Mapping[str, int]) -> Json:
    match column.choices:
        case (str(title), int(number), int(first), *rest):
            return _listed(title, number, first, *rest) if title in gids else {}
        case (str(mark),):
            # A box to tick: ticked it holds the mark, else nothing.
            return condition("BOOLEAN", mark)
        case ():
            return {}
        case texts:
            return condition("ONE_OF_LIST", *map(str, texts))


def _listed(title: str, number: int, first: int, last: int | str = "") -> Json:
    """The values of another tab's column; without a last row as far as it is filled."""
    letter = letters(number)
    return condition("ONE_OF_RANGE", "=" + a1(title, f"${letter}${first}:${letter}" + (f"${last}" if last else "")))


def _typed(check: Check, cell: str) -> Json:
    low, high = (_HUGE.copy_negate() if check.low is None else check.low), check.high
    bounds = _number(low), _number(_HUGE if high is None else high)
    match check.kind:
        case "date":
            return condition("DATE_IS_VALID")
        case "number":
            return condition("NUMBER_BETWEEN", *bounds)
        case "whole":
            low_text, high_text = (bound.removeprefix("=") for bound in bounds)
            return condition("CUSTOM_FORMULA", f"=({cell}=INT({cell}))*({cell}>={low_text})*({cell}<={high_text})>0")


def _number(bound: Decimal) -> str:
    """A bound that reads the same in every language: a fraction goes as a division."""
    over, under = bound.as_integer_ratio()
    return str(over) if under == 1 else f"={over}/{under}"
