"""Every made book by name: the same client list each time, beside whatever people keep with it, packed in every way."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.lossless.drawn import DRAWN, chart_of_its_own, table
from tests.lossless.grafted import GRAFTED
from tests.lossless.packed import PACKED, chart_first
from tests.lossless.patched import WORKBOOK, Patched
from tests.lossless.plain import Decorate, made


@cache
def books() -> Mapping[str, bytes]:
    """The books that can be changed; each has the tabs Data and Sums of `plain`."""
    found = {"plain": _calculated().zipped(), "days from 1904": _calculated(date_1904=True).zipped()}
    found |= {name: _calculated(decorate).zipped() for name, decorate in DRAWN.items()}
    for name, (decorate, graft) in GRAFTED.items():
        book = _calculated(decorate)
        graft(book)
        found[name] = book.zipped()
    found |= {name: pack(_calculated()) for name, pack in PACKED.items()}
    found["chart first"] = chart_first(_calculated(chart_of_its_own))
    found["strict with everything"] = PACKED["strict"](_everything())
    found["prefixed table"] = PACKED["prefixed with a byte-order mark"](_calculated(table))
    found["everything"] = _everything().zipped()
    return found


def suffix(name: str) -> str:
    """What the file of a book is called at the end."""
    return ".xlsm" if name == "macros" else ".xlsx"


def _calculated(decorate: Decorate | None = None, **options: object) -> Patched:
    """A book as a program leaves it that has just calculated all formulas."""
    book = Patched(made(decorate, **options))
    book.replace(WORKBOOK, ' fullCalcOnLoad="1"', "")
    return book


def _everything() -> Patched:
    """All that goes together in one book."""
    apart = {"macros", "table with totals", "names", "links", "layout", "drawings", "pivot", "form controls"}

    def decorate(book: Workbook, data: Worksheet) -> None:
        for name, draw in DRAWN.items():
            if name not in apart:
                draw(book, data)

    book = _calculated(decorate)
    for name, (_, graft) in GRAFTED.items():
        if name not in apart:
            graft(book)
    return book
