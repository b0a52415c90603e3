"""The daily work on one book: made, updated, reported on, and nothing of the user's touched."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sheetcrm.table import letters
from tests.e2e.program import Program, cells, changed

OWN_LINES = {"Start", "Начало", "Runs"}
"""Where a run leaves its own line, and nowhere else."""


@pytest.fixture
def sheetcrm(capsys: pytest.CaptureFixture[str]) -> Program:
    """The command line."""
    return Program(capsys)


@pytest.fixture(scope="module", params=["en", "ru"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo book in one of the languages, updated once."""
    from sheetcrm.cli.program import run

    book = tmp_path_factory.mktemp(request.param) / "demo.xlsx"
    assert run(["init", str(book), "--demo", "--lang", request.param, "-q"]) == 0
    assert run(["update", str(book), "-q"]) == 0
    return book


def copy(book: Path, folder: Path) -> Path:
    """A copy that a test may change."""
    target = folder / book.name
    target.write_bytes(book.read_bytes())
    return target


@pytest.mark.parametrize(
    "words",
    [["update"], ["tasks"], ["validate", "--tab"], ["report", "--all"], ["report", "reactivation"]],
    ids=" ".join,
)
def test_a_second_run_changes_only_its_own_lines(
    words: list[str], demo: Path, tmp_path: Path, sheetcrm: Program
) -> None:
    book = copy(demo, tmp_path)
    command, *options = words
    assert sheetcrm(command, book, *options).code in (0, 1)
    once = cells(book)
    assert sheetcrm(command, book, *options).code in (0, 1)
    difference = changed(once, cells(book))
    assert set(difference) <= OWN_LINES
    assert len(difference.get("Start", difference.get("Начало", set()))) <= 1


def test_a_second_update_writes_only_its_line_on_start(demo: Path, tmp_path: Path, sheetcrm: Program) -> None:
    book = copy(demo, tmp_path)
    once = cells(book)
    assert sheetcrm("update", book).code == 0
    difference = changed(once, cells(book))
    assert set(difference) <= {"Start", "Начало"}
    assert sum(map(len, difference.values())) <= 1


def test_what_the_user_added_stays(demo: Path, tmp_path: Path, sheetcrm: Program) -> None:
    book = copy(demo, tmp_path)
    workbook = openpyxl.load_workbook(book)
    companies = workbook.worksheets[1]
    column = companies.max_column + 1
    header = "Долг" if companies.title == "Компании" else "Debt"
    letter = letters(column - 1)
    companies.cell(1, column).value = header
    companies.cell(2, column).value = "спросить у Ольги"
    companies.cell(3, column).value = 17.5
    companies.cell(4, column).value = f"=SUM({letter}3,2)"
    notes = workbook.create_sheet("Мои заметки")
    notes["B2"] = "не трогать"
    notes["B3"] = "=1+1"
    workbook.save(book)
    before = cells(book)
    for command in (["update"], ["report", "--all"], ["tasks"], ["validate", "--tab"], ["update"]):
        sheetcrm(command[0], book, *command[1:])
    after = cells(book)
    mine = {spot for spot in before if spot[0] == "Мои заметки"} | {
        (companies.title, f"{letter}{n}") for n in (1, 2, 3, 4)
    }
    assert {spot: after.get(spot) for spot in mine} == {spot: before[spot] for spot in mine}


def find(sheet: Worksheet, column: int, value: str) -> int:
    """The first row whose cell in that column holds the value."""
    return next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, column).value == value)


def test_a_renamed_company_keeps_its_deals(demo: Path, tmp_path: Path, sheetcrm: Program) -> None:
    book = copy(demo, tmp_path)
    workbook = openpyxl.load_workbook(book)
    companies, _, deals = workbook.worksheets[1:4]
    deal_company = next(c.column for c in deals[1] if c.value in ("Company", "Компания"))
    old = str(deals.cell(2, deal_company).value)
    row = find(companies, 2, old)
    companies.cell(row, 2).value = "Совсем Новое Имя"
    by_hand = next(r for r in range(3, deals.max_row + 1) if deals.cell(r, deal_company).value == old)
    another = str(companies.cell(row + 1 if row == 2 else 2, 2).value)
    deals.cell(by_hand, deal_company).value = another
    mentions = sum(deals.cell(r, deal_company).value == old for r in range(2, deals.max_row + 1))
    workbook.save(book)

    report = sheetcrm("validate", book, "--table", deals.title, "--select", "R", "--format", "json").json
    assert not [f for f in report["findings"] if old in f["message"]]
    assert sheetcrm("update", book).code == 0

    updated = openpyxl.load_workbook(book).worksheets[3]
    names = [updated.cell(r, deal_company).value for r in range(2, updated.max_row + 1)]
    assert names.count("Совсем Новое Имя") == mentions
    assert old not in names
    assert updated.cell(by_hand, deal_company).value == another


def test_a_dry_run_writes_nothing(demo: Path, tmp_path: Path, sheetcrm: Program) -> None:
    book = copy(demo, tmp_path)
    before = book.read_bytes()
    for words in (["update"], ["tasks"], ["report", "--all"], ["pivot", "--rows", "stage"], ["enable", "plan"]):
        assert sheetcrm(words[0], book, *words[1:], "--dry-run").code == 0
    assert book.read_bytes() == before
    assert not (tmp_path / ".sheetcrm").exists()


def test_a_tick_and_six_words_log_a_call(demo: Path, tmp_path: Path, sheetcrm: Program) -> None:
    book = copy(demo, tmp_path)
    workbook = openpyxl.load_workbook(book)
    sheet = next(s for s in workbook.worksheets if s.title.startswith(("▦ Tasks —", "▦ Задачи —")) and s.max_row > 8)
    header = next(row for row in sheet.iter_rows() if any(c.value in ("Summary", "Итог") for c in row))
    at = {str(c.value): c.column for c in header if c.value}
    tick = next(column for name, column in at.items() if "☑" in name)
    summary = at.get("Summary") or at["Итог"]
    identity = next(column for name, column in at.items() if "ID" in name)
    line = next(
        r
        for r in range((header[0].row or 0) + 1, sheet.max_row + 1)
        if str(sheet.cell(r, identity).value).startswith("T-")
    )
    task = sheet.cell(line, identity).value
    sheet.cell(line, tick).value = "☑"
    sheet.cell(line, summary).value = "Договорились о встрече"
    workbook.save(book)

    done = sheetcrm("tasks", book, "--format", "json").json
    assert done["closed"] >= 1
    base = openpyxl.load_workbook(book)
    activities, tasks = base.worksheets[4], base.worksheets[5]
    assert any("Договорились о встрече" in str(c.value) for row in activities.iter_rows() for c in row)
    row = find(tasks, 1, str(task))
    assert any(c.value in ("Done", "Выполнена") for c in tasks[row])
