"""Every command that writes, on a client base that its owner has furnished: only what it says it changes is changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sheetcrm.table import MARK
from tests.e2e.program import Program
from tests.lossless.allowed import Allowed
from tests.lossless.books import books
from tests.lossless.cells import rows_of
from tests.lossless.comparer import differences
from tests.lossless.firm import BOARD, furnished, own_cells
from tests.lossless.inventory import lost
from tests.lossless.opened import Opened, opened

TITLES = {"en": ("Companies", "Deals"), "ru": ("Компании", "Сделки")}
LINES = ("Start", "Начало", "Runs")
"""Where every run leaves a line of its own."""

COMMANDS: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "validate": (["validate", "--tab"], LINES),
    "report": (["report", "--all"], LINES),
    "pivot": (["pivot", "--rows", "manager,stage", "--values", "count"], LINES),
    "tasks": (["tasks"], (*LINES, "Tasks", "Задачи", "Activities", "События")),
    "update": (["update"], ()),
    "enable": (["enable", "campaigns"], LINES),
}
"""The words, and the tabs in whose cells it may write; nothing means every table of ours."""


@pytest.fixture
def sheetcrm(capsys: pytest.CaptureFixture[str]) -> Program:
    """The command line."""
    return Program(capsys)


@pytest.fixture(scope="module", params=["en", "ru"])
def furnished_base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    """The language and the bytes of a demo base, updated once and furnished by its owner."""
    from sheetcrm.cli.program import run

    path = tmp_path_factory.mktemp(request.param) / "demo.xlsx"
    assert run(["init", str(path), "--demo", "--lang", request.param, "-q"]) == 0
    assert run(["update", str(path), "-q"]) == 0
    return request.param, furnished(path.read_bytes(), *TITLES[request.param])


def allowed_by(tables: tuple[str, ...], before: bytes, after: bytes) -> Allowed:
    """What a command may change: cells of those tables, its own tabs, and what the owner calculates from the tables."""
    old, new = opened(before), opened(after)
    standing = {sheet.title for sheet in old.sheets}
    made = {sheet.title for sheet in new.sheets if sheet.title.startswith(MARK) or sheet.title not in standing}
    owned = {BOARD, "My pivot"}
    lists = {title for title in standing - made - owned if not tables or title in tables}
    grown = {(last, last_row(new, title)) for title in lists if (last := last_row(old, title)) != last_row(new, title)}
    counted = {BOARD: {"B1", "B2"}} if set(tables) != set(LINES) else {}
    return Allowed(tabs=made, lists=lists, stale=counted, grown=grown)


def last_row(book: Opened, title: str) -> int:
    """The number of a tab's last row."""
    part = next(sheet.part for sheet in book.sheets if sheet.title == title)
    return max((row.number for row in rows_of(book, part)), default=0)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_changes_what_it_says(
    furnished_base: tuple[str, bytes], command: str, tmp_path: Path, sheetcrm: Program
) -> None:
    lang, before = furnished_base
    words, tables = COMMANDS[command]
    book = tmp_path / "demo.xlsx"
    book.write_bytes(before)
    assert sheetcrm(words[0], book, *words[1:], "--format", "json").code in (0, 1)
    after = book.read_bytes()
    allowed = allowed_by(tables, before, after)
    assert after != before
    assert differences(before, after, allowed) == []
    assert own_cells(after, TITLES[lang][0]) == own_cells(before, TITLES[lang][0])


@pytest.mark.parametrize("name", ["everything", "table with totals", "names", "macros", "strict", "chart first"])
def test_a_list_of_ones_own_keeps_all_it_has(name: str, tmp_path: Path, sheetcrm: Program) -> None:
    before = books()[name]
    book = tmp_path / ("list.xlsm" if name == "macros" else "list.xlsx")
    book.write_bytes(before)
    ran = sheetcrm("init", book, "--lang", "en", "--format", "json")
    assert ran.code == 0, ran.err
    added = json.loads(ran.out)["tabs"]
    assert added
    # What a data table holds may depend on anything.
    allowed = Allowed(tabs={*added, "Runs"}, stale={"Formulas": {"A5"}} if name == "everything" else {})
    assert differences(before, book.read_bytes(), allowed) == []
    assert not lost(before, book.read_bytes(), allowed)
