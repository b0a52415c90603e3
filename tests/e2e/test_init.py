"""`init` from the command line: what it says of the country, and of the columns it adds to a list of one's own."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from sheetcrm.errors import Exit
from tests.e2e.program import Program


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Program:
    """The command line in a folder of its own, failures of ours raised."""
    monkeypatch.setenv("SHEETCRM_TRACEBACK", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    return Program(capsys)


def own_list(path: Path, header: str, tab: str = "Companies") -> Path:
    """A list of somebody's, whose first column is called so."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = tab
    for row in ([header, "Phone", "City"], ["Rose", "0113 496 0000", "Leeds"], ["Lily", None, "Hull"]):
        sheet.append(row)
    workbook.save(path)
    return path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--lang", "en"), "Currency RUB, phones RU: change them on the tab “Settings”."),
        (("--lang", "en", "--demo"), "Currency GBP, phones GB: change them on the tab “Settings”."),
        (("--lang", "ru"), "Валюта RUB, телефоны RU: меняются на вкладке «Настройки»."),
    ],
)
def test_a_new_book_says_its_currency_and_country_and_where_they_are_changed(
    program: Program, words: tuple[str, ...], said: str
) -> None:
    assert said in program("init", "new.xlsx", *words).out.splitlines()


def test_the_country_is_that_of_the_settings_that_stand_there(program: Program) -> None:
    assert program("init", "new.xlsx", "--lang", "en").code == Exit.DONE
    workbook = openpyxl.load_workbook("new.xlsx")
    sheet = workbook["Settings"]
    rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    sheet.cell(rows["currency"], 2, "EUR")
    sheet.cell(rows["region"], 2, "DE")
    del workbook["Lists"]
    workbook.save("new.xlsx")
    told = program("init", "new.xlsx", "--format", "json").json
    assert told["country"] == {"currency": "EUR", "region": "DE", "tab": "Settings"}
    assert program("init", "new.xlsx").out == "new.xlsx has everything it needs; nothing was added.\n"


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_the_columns_added_to_a_list_are_named(program: Program, tmp_path: Path, words: tuple[str, ...]) -> None:
    out = program("init", own_list(tmp_path / "own.xlsx", "Name"), *words).out
    assert "\n  Companies: Company ID, Stage, ▦ Missing, Manager, Email, " in out
    assert " and 35 more\n" in out
    assert "has no column called" not in out


def test_a_blank_column_of_names_beside_the_users_own_is_spoken_of(program: Program, tmp_path: Path) -> None:
    book = own_list(tmp_path / "own.xlsx", "Who")
    said = (
        "Companies has no column called Name: one was added, blank. If a column of yours holds the names, call its "
        "header Name and delete ours."
    )
    assert said in program("init", book, "--dry-run").out.splitlines()
    told = program("init", book, "--format", "json").json
    assert told["unnamed"] == {"Companies": "Name"}
    assert "Name" in told["added"]["Companies"]
    assert told["columns"] == len(told["added"]["Companies"])
