"""Columns may stand in any order, under headers of either language or under field codes: the check is the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from sheetcrm.fresh.tabs import fresh_tabs
from sheetcrm.schema.base import load
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.tables import code_of, field_of, recognise
from sheetcrm.table import Cell, Sheet, book
from sheetcrm.text import Lang
from sheetcrm.validators.checking import check
from sheetcrm.workbook.memory import MemoryWorkbook

TODAY = date(2026, 11, 21)
Found = set[tuple[str, str, str, str, int | None]]


def demo(lang: Lang) -> list[Sheet]:
    """The tabs of the demo book."""
    workbook = MemoryWorkbook(recognise)
    workbook.write((), fresh_tabs(lang, "wholesale", TODAY, demo=True), "")
    return list(workbook.read().sheets)


def found(sheets: list[Sheet]) -> Found:
    """What the check finds: rule, table, id, field and row; cells' letters depend on the order of columns."""
    facts = Facts(load(book("demo.xlsx", "r1", sheets, recognise)), TODAY)
    return {(f.code, f.place.table, f.place.id, f.place.field, f.place.row) for f in check(facts)}


def relabelled(sheet: Sheet, header: Callable[[str, str], str]) -> Sheet:
    """The sheet with each header said otherwise."""
    layout = recognise(sheet)
    if layout is None:
        return sheet
    rows = [list(row) for row in sheet.rows]
    top = layout.header_row - 1
    for at, cell in enumerate(rows[top]):
        code = code_of(layout.table, str(cell)) if cell else None
        if code is not None:
            rows[top][at] = header(layout.table, code)
    return Sheet(sheet.title, rows)


def shuffled(sheet: Sheet) -> Sheet:
    """The sheet with its columns in another order."""
    order = list(range(len(sheet.rows[0]) if sheet.rows else 0))
    Random(sheet.title).shuffle(order)
    rows: list[list[Cell]] = [[row[at] for at in order] for row in sheet.rows]
    return Sheet(sheet.title, rows)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_headers_of_the_other_language_and_codes_mean_the_same(lang: Lang) -> None:
    sheets = demo(lang)
    expected = found(sheets)
    assert len(expected) > 50
    other: Lang = "en" if lang == "ru" else "ru"
    assert found([relabelled(s, lambda t, c: field_of(t, c).label.get(other)) for s in sheets]) == expected
    assert found([relabelled(s, lambda _, c: c) for s in sheets]) == expected


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_order_of_columns_means_nothing(lang: Lang) -> None:
    sheets = demo(lang)
    assert found([shuffled(sheet) for sheet in sheets]) == found(sheets)
