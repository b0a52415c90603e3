"""References in formulas: asked for, and the same text with other rows."""

from __future__ import annotations

import re
from collections.abc import Callable

from sheetcrm.table import Spot, letters
from sheetcrm.workbook.cells import LAST_COLUMN, LAST_ROW
from sheetcrm.workbook.xlsx.edit.grammar import (
    Ref,
    TableRef,
    all_references,
    mentions,
    ordered,
    references,
)

_NOT_DIGITS = re.compile(r"\D+")

Area = tuple[int, int, int, int]
"""Top, left, bottom and right of a rectangle: rows from 1, columns from 0, all included."""


def tables(text: str) -> list[TableRef]:
    """The structured references of a formula."""
    return mentions(text, "").tables


def rewritten(text: str, own_sheet: str, change: Callable[[Ref], tuple[int, int] | None]) -> str:
    """The text with other rows in its references, everything else byte for byte.

    Args:
        text: A formula, or a list of references.
        own_sheet: The title of the sheet that it stands on.
        change: The first and last row that a reference gets; None leaves it as it is. Whole columns are not asked.
    """
    pieces: list[str] = []
    done = 0
    for ref in references(text, own_sheet):
        rows = change(ref) if ref.spelled else None
        if rows is not None:
            pieces += text[done : ref.cells], _with_rows(text[ref.cells : ref.end], rows)
            done = ref.end
    return "".join(pieces) + text[done:] if pieces else text


def shifted(ref: Ref, rows: int, columns: int) -> Ref:
    """What the reference means in a copy of its formula so many rows below and columns to the right."""
    top = ref.top if ref.fixed_top else _wrapped(ref.top + rows, 1, LAST_ROW)
    bottom = ref.bottom if ref.fixed_bottom else _wrapped(ref.bottom + rows, 1, LAST_ROW)
    left = ref.left if ref.fixed_left else _wrapped(ref.left + columns, 0, LAST_COLUMN + 1)
    right = ref.right if ref.fixed_right else _wrapped(ref.right + columns, 0, LAST_COLUMN + 1)
    top, fixed_top, bottom, fixed_bottom = ordered(top, ref.fixed_top, bottom, ref.fixed_bottom)
    left, fixed_left, right, fixed_right = ordered(left, ref.fixed_left, right, ref.fixed_right)
    return Ref(
        *ref[:2],
        *(top, left, bottom, right),
        *ref[6:9],
        *(fixed_top, fixed_left, fixed_bottom, fixed_right),
        *ref[13:],
    )


def shape(text: str, spot: Spot) -> str:
    """The formula relative to its cell: equal for two cells where one could have been filled from the other."""
    pieces: list[str] = []
    done = 0
    row, column = spot
    for ref in all_references(text):
        top = f"R{ref.top}" if ref.fixed_top else f"R[{ref.top - row}]"
        bottom = f"R{ref.bottom}" if ref.fixed_bottom else f"R[{ref.bottom - row}]"
        left = f"C{ref.left}" if ref.fixed_left else f"C[{ref.left - column}]"
        right = f"C{ref.right}" if ref.fixed_right else f"C[{ref.right - column}]"
        # Filled past its fixed end, a range turns round: which end is first says nothing.
        pieces += text[done : ref.cells], *sorted((top, bottom)), *sorted((left, right))
        done = ref.end
    return "".join(pieces) + text[done:]


def translated(text: str, source: Spot, target: Spot) -> str:
    """The formula of one cell as it stands in another after being filled there."""
    # Imported here: most writes translate nothing, and openpyxl takes its time.
    from openpyxl.formula.translate import Translator

    return str(Translator(f"={text}", _address(source)).translate_formula(_address(target)))[1:]


def area(text: str) -> Area | None:
    """The rectangle of a bare reference such as `A1:F100`; None where it is something else."""
    ref = next(references(text, ""), None)
    return (ref.top, ref.left, ref.bottom, ref.right) if ref is not None and ref.end == len(text) else None


def _address(spot: Spot) -> str:
    return f"{letters(spot[1])}{spot[0]}"


def _wrapped(number: int, first: int, count: int) -> int:
    """A relative reference runs over the sheet's edge to the other side."""
    return (number - first) % count + first


def _with_rows(cells: str, rows: tuple[int, int]) -> str:
    """`$A$2:B7` with other rows, `$` and letters kept."""
    first, colon, last = cells.partition(":")
    if not colon:
        return _with_row(first, rows[0])
    backwards = int(_NOT_DIGITS.sub("", first)) > int(_NOT_DIGITS.sub("", last))
    ends = rows[::-1] if backwards else rows
    return f"{_with_row(first, ends[0])}:{_with_row(last, ends[1])}"


def _with_row(cell: str, row: int) -> str:
    return cell.rstrip("0123456789") + str(row)
