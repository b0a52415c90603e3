"""What a workbook says of a write reaches whoever ran the command."""

from __future__ import annotations

import json

import pytest

from sheetcrm.text import say
from tests.e2e.program import Program
from tests.unit.app.shores import SKIPPED, Remembering, opened_instead

WRITING = [
    ["validate", "--tab"],
    ["report", "stages"],
    ["report", "--all"],
    ["pivot", "--rows", "stage"],
    ["tasks"],
    ["update"],
    ["init"],
    ["enable", "plan"],
]


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch, program: Program) -> Remembering:
    """A new book in memory; what `init` would add to it, the tab Rules, somebody has deleted."""
    workbook = Remembering()
    opened_instead(monkeypatch, workbook)
    assert program("init", "clients.xlsx", "--lang", "en").code == 0
    workbook.delete("Rules")
    workbook.writes.clear()
    return workbook


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_what_was_not_written_is_told(words: list[str], book: Remembering, program: Program) -> None:
    ran = program(words[0], "clients.xlsx", *words[1:], "--lang", "en")
    assert ran.code in (0, 1)
    assert book.writes
    assert say(SKIPPED, "en") in ran.out.splitlines()


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_what_was_not_written_is_told_as_json(words: list[str], book: Remembering, program: Program) -> None:
    ran = program(words[0], "clients.xlsx", *words[1:], "--lang", "en", "--format", "json")
    assert book.writes
    assert say(SKIPPED, "en") in json.loads(ran.out)["notes"]


def test_what_was_not_written_of_a_new_book_is_told(monkeypatch: pytest.MonkeyPatch, program: Program) -> None:
    opened_instead(monkeypatch, Remembering())
    assert say(SKIPPED, "en") in program("init", "clients.xlsx", "--lang", "en").out.splitlines()


def test_what_was_not_written_into_another_book_is_told(book: Remembering, program: Program) -> None:
    ran = program("report", "clients.xlsx", "stages", "--out", "other.xlsx", "--lang", "en")
    assert say(SKIPPED, "en") in ran.out.splitlines()
