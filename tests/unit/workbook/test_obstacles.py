"""What no command will write over is known before one is run."""

from __future__ import annotations

from dataclasses import replace

from sheetcrm.schema.tables import recognise
from sheetcrm.table import Sheet, Spot, book
from sheetcrm.text import msg, say
from sheetcrm.workbook.obstacles import Block, obstacles
from tests.books import sheet

COMPANIES = sheet("Companies", "Company ID | Name | City\nC-000001 | Aurum | Perm\nC-000002 | Bora | Omsk")


def said(found: Sheet, *blocks: Block) -> list[str]:
    return [say(each.what, "en") for each in obstacles(book("b.xlsx", "r", [found], recognise), blocks)]


def test_an_ordinary_table_has_none() -> None:
    assert said(COMPANIES) == []


def test_formulas_in_columns_that_sheetcrm_knows() -> None:
    spots: frozenset[Spot] = frozenset({(2, 2), (3, 2)})
    assert said(replace(COMPANIES, formulas=spots)) == [
        "Companies!C2 and below: 2 formulas stand in the column City, and formulas are never overwritten."
    ]


def test_formulas_in_a_column_of_your_own_are_nobodys_business() -> None:
    own = sheet("Companies", "Company ID | Name | My sum\nC-000001 | Aurum | 7")
    assert said(replace(own, formulas=frozenset({(2, 2)}))) == []


def test_merged_cells_and_what_stands_below() -> None:
    assert said(replace(COMPANIES, merged=(((2, 1), (2, 2)),))) == [
        "Companies!B2 is merged with its neighbours, and what is hidden under it cannot be written."
    ]
    assert said(replace(COMPANIES, merged=(((4, 1), (4, 2)),))) == [
        "Tab Companies: there is no room for a new row, a merged cell stands in Companies!B4."
    ]


def test_a_pivot_directly_below_or_inside_is_in_the_way() -> None:
    pivot = Block("Companies", msg("the pivot table P"), (4, 0), (9, 1))
    assert said(COMPANIES, pivot) == ["Companies!A4: the pivot table P stands where rows are written."]
    assert said(COMPANIES, pivot._replace(first=(6, 0))) == []
    assert said(COMPANIES, pivot._replace(first=(2, 8), last=(5, 9))) == []
