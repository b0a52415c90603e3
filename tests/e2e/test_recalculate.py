"""What a command says of the user's formulas and of protected tabs, and the values that `--recalculate` brings."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from sheetcrm.cli.program import run
from tests.e2e.program import Program

FORMULAS = {
    "A1": '=COUNTIF(Companies!A:A,"C-*")',
    "A2": "=VLOOKUP(A4,Companies!A:B,2,FALSE)",
    "A3": '=IF(A1>0,DATE(2026,1,31)+1,"")',
    "A4": '="C-"&TEXT(1,"000000")',
    "A5": "=A1>0",
    "A6": "=1/(A1-A1)",
    "A7": "=IFERROR(NOSUCHFUNCTION(A1),7)",
}

COMMANDS = [
    ["tasks"],
    ["report", "stages"],
    ["pivot", "--rows", "stage"],
    ["enable", "campaigns"],
    ["init"],
    ["validate", "--tab"],
]


@pytest.fixture
def sheetcrm(capsys: pytest.CaptureFixture[str]) -> Program:
    """The command line."""
    return Program(capsys)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base with one company, its tab protected, and formulas of the user's that look at it."""
    path = tmp_path_factory.mktemp("made") / "clients.xlsx"
    assert run(["init", str(path), "--lang", "en", "-q"]) == 0
    book = openpyxl.load_workbook(path)
    book["Companies"]["B2"] = "Daisy"
    book["Companies"].protection.sheet = True
    mine = book.create_sheet("Mine")
    for cell, formula in FORMULAS.items():
        mine[cell] = formula
    mine["A3"].number_format = "dd.mm.yyyy"
    book.save(path)
    return path


@pytest.fixture
def book(made: Path, tmp_path: Path) -> Path:
    """A copy of it that the test may change."""
    return Path(shutil.copy(made, tmp_path))


@pytest.fixture(scope="module")
def updated(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, updated and without one of its tabs, so that every command has something to write."""
    path = Path(shutil.copy(made, tmp_path_factory.mktemp("updated")))
    assert run(["update", str(path), "-q"]) == 0
    book = openpyxl.load_workbook(path)
    del book["Activities"]
    book["▦ Check"].protection.sheet = True
    book.save(path)
    return path


def shown(book: Path) -> list[object]:
    """What the formulas show to whoever only reads."""
    sheet = openpyxl.load_workbook(book, data_only=True)["Mine"]
    return [sheet[cell].value for cell in FORMULAS]


def test_the_formulas_that_wait_and_the_protected_tab_are_told(book: Path, sheetcrm: Program) -> None:
    said = sheetcrm("update", book, "--lang", "en").out
    assert "7 formulas are calculated anew when the book is opened." in said
    assert "The tab Companies is protected; sheetcrm wrote into it all the same" in said
    assert openpyxl.load_workbook(book)["Companies"].protection.sheet
    assert shown(book) == [None] * 7


def test_nothing_is_told_of_what_was_not_written(book: Path, sheetcrm: Program) -> None:
    assert sheetcrm("report", book, "stages", "--dry-run", "--format", "json").json["notes"] == []
    notes = sheetcrm("report", book, "stages", "--format", "json", "--lang", "en").json["notes"]
    assert notes == ["7 formulas are calculated anew when the book is opened."]


@pytest.mark.usefixtures("soffice")
def test_libreoffice_gives_the_formulas_their_values(book: Path, sheetcrm: Program) -> None:
    notes = sheetcrm("update", book, "--recalculate", "--format", "json", "--lang", "en").json["notes"]
    assert shown(book) == [1, "Daisy", datetime(2026, 2, 1), "C-000001", True, "#DIV/0!", None]
    assert "1 formula is calculated anew when the book is opened." in notes
    kept = openpyxl.load_workbook(book)
    assert {cell: kept["Mine"][cell].value for cell in FORMULAS} == FORMULAS
    assert kept.calculation.fullCalcOnLoad


@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_every_command_that_writes_can_recalculate(
    words: list[str], updated: Path, tmp_path: Path, sheetcrm: Program
) -> None:
    book = Path(shutil.copy(updated, tmp_path))
    command, *rest = words
    assert sheetcrm(command, book, *rest, "--recalculate").code in (0, 1)
    assert shown(book)[:2] == [1, "Daisy"]


def test_a_protected_tab_that_is_drawn_anew_is_told(updated: Path, tmp_path: Path, sheetcrm: Program) -> None:
    book = Path(shutil.copy(updated, tmp_path))
    said = sheetcrm("validate", book, "--tab", "--lang", "en").out
    assert "The tab ▦ Check was protected; it was drawn anew, without the protection." in said
    assert not openpyxl.load_workbook(book)["▦ Check"].protection.sheet


def test_without_libreoffice_one_sentence_and_no_write(
    book: Path, sheetcrm: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    before = book.read_bytes()
    ran = sheetcrm("update", book, "--recalculate", "--lang", "en")
    assert ran.code == 2
    assert "--recalculate needs LibreOffice" in ran.err
    assert book.read_bytes() == before


def test_validate_recalculates_only_where_it_writes(book: Path, sheetcrm: Program) -> None:
    assert sheetcrm("validate", book, "--recalculate").code == 2
