"""Words that the program does not take get one sentence of ours, and the way out."""

import json
from pathlib import Path

import pytest

from sheetcrm.cli.program import COMMANDS, run
from sheetcrm.errors import Exit


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("validate --stict", "There is no option --stict.\nDid you mean --strict?"),
        ("validate -x", "There is no option -x.\nSee `sheetcrm validate --help`."),
        ("--bar", "There is no option --bar.\nSee `sheetcrm --help`."),
        ("vlidate", "There is no command “vlidate”.\nDid you mean “validate”?"),
        ("init", "BOOK is missing.\nSee `sheetcrm init --help`."),
        ("enable a.xlsx", "TAB is missing.\nSee `sheetcrm enable --help`."),
        ("validate --strict=3", "--strict takes no value.\nSee `sheetcrm validate --help`."),
        ("tasks --as-of", "--as-of needs a value after it.\nSee `sheetcrm tasks --help`."),
        ("update --format xml", "--format is one of: text, json.\nSee `sheetcrm update --help`."),
        (
            "tasks --as-of soon",
            "--as-of: “soon” is not a day; write it like 2026-11-21 or 21.11.2026.\nSee `sheetcrm tasks --help`.",
        ),
        (
            "validate my clients.xlsx",
            "Too many words: clients.xlsx.\nA name with spaces stands in quotes; see `sheetcrm validate --help`.",
        ),
    ],
)
def test_a_wrong_word_is_named_with_the_way_out(
    words: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert run(words.split()) == Exit.USAGE
    assert capsys.readouterr().err == said + "\n"


def test_programs_get_it_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "--lang", "en", "--format", "json", "--stict"]) == Exit.USAGE
    error = {"code": "Usage", "message": "There is no option --stict.", "hint": "Did you mean --strict?"}
    assert json.loads(capsys.readouterr().out) == {"version": 1, "error": error}


@pytest.mark.parametrize("words", [["--lang", "ru", "--help"], ["--lang=ru"]])
def test_the_language_may_stand_before_the_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run(words)
    printed = capsys.readouterr()
    assert "Каждый день:" in printed.out + printed.err
    assert "--lang [en|ru]" in printed.out + printed.err


def test_the_language_before_the_command_is_that_of_its_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "ru", "explain", "R09", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Очередь реактивации"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_lines_of_an_example_are_whole(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert run([command, "--help", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.partition("Example:\n")[2].splitlines()
    assert lines
    assert all(line.startswith("  sheetcrm ") for line in lines)


def test_update_names_the_book_as_it_is_typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "my clients.xlsx"
    assert run(["init", str(book), "--lang", "en", "-q"]) == 0
    assert run(["update", str(book), "--dry-run", "--lang", "en"]) == 0
    assert f"`sheetcrm validate '{book}'` shows them" in " ".join(capsys.readouterr().out.split())
