"""Rows that people coloured, in the ways a workbook can say it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from sheetcrm.workbook.xlsx import XlsxWorkbook


@pytest.mark.parametrize(
    ("colour", "seen"),
    [
        (Color(rgb="FFFF0000"), "FF0000"),
        (Color(indexed=10), "FF0000"),
        (Color(theme=4), "4F81BD"),
        (Color(theme=0, tint=-0.5), "808080"),
        (Color(theme=1, tint=0.5), "808080"),
        (Color(rgb="FFFFFFFF"), None),
    ],
)
def test_the_first_coloured_cell_of_a_row_counts(tmp_path: Path, colour: Color, seen: str | None) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["a", "b"], ["c", "d"]):
        sheet.append(row)
    sheet["B2"].fill = PatternFill("solid", fgColor=colour)
    book.save(tmp_path / "book.xlsx")
    workbook = XlsxWorkbook(tmp_path / "book.xlsx", lambda _: None)
    assert workbook.read(fills=True).sheets[0].fills == ({2: seen} if seen else {})
    assert workbook.read().sheets[0].fills == {}
