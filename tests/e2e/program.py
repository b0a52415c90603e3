"""Running sheetcrm as its users do, and looking at the book it leaves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheetcrm.cli.program import run

Cells = dict[tuple[str, str], object]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a call came to: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Mapping[str, Any]:
        """What it printed, as JSON."""
        found: Mapping[str, Any] = json.loads(self.out)
        return found


class Program:
    """The command line, its output captured."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Capture with pytest's own fixture."""
        self._capsys = capsys

    def __call__(self, *words: str | Path) -> Ran:
        """Run `sheetcrm WORDS`."""
        self._capsys.readouterr()
        code = int(run([str(word) for word in words]))
        printed = self._capsys.readouterr()
        return Ran(code, printed.out, printed.err)


def cells(book: Path) -> Cells:
    """Every filled cell of a book by tab and address; formulas as formulas."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in openpyxl.load_workbook(book).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def changed(before: Cells, after: Cells) -> dict[str, set[str]]:
    """The addresses that differ, by tab."""
    found: dict[str, set[str]] = {}
    for tab, address in before.keys() | after.keys():
        if before.get((tab, address)) != after.get((tab, address)):
            found.setdefault(tab, set()).add(address)
    return found
