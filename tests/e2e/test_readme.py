"""The README keeps its word: its transcript is what one sees, and its commands are the program's."""

import re
import shlex
from datetime import datetime
from pathlib import Path
from typing import Self

import pytest

from sheetcrm.cli.program import COMMANDS, run
from sheetcrm.errors import Exit
from tests.google.local import Served
from tests.google.sheets import local_client, new_sheet

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
SKIPPED = "…"


class Saturday(datetime):
    """A clock that stands still on the day of the transcript."""

    @classmethod
    def now(cls, tz: object = None) -> Self:
        return cls(2026, 11, 21, 8, 30)


Transcript = list[tuple[str, list[str]]]


def transcripts() -> list[Transcript]:
    """The README's screens: the commands of each, and what each of them printed."""
    return [_commands(block) for block in re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)]


def _commands(block: str) -> Transcript:
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
    return [(command, output.rstrip().splitlines()) for command, output in zip(parts[::2], parts[1::2], strict=True)]


def matches(shown: list[str], printed: list[str]) -> bool:
    """Whether the lines are those printed; a line that is only `…` stands for any number of them."""
    lines = (re.escape(line.rstrip()) for line in shown)
    pattern = "\n".join(r"[\s\S]*" if line == re.escape(SKIPPED) else line for line in lines)
    return re.fullmatch(pattern, "\n".join(line.rstrip() for line in printed).rstrip()) is not None


def test_the_transcript_is_what_one_sees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sheetcrm.cli.asked.datetime", Saturday)
    monkeypatch.setattr("sheetcrm.cli.screen._PIPE_WIDTH", 100)
    first, _ = transcripts()
    code = 0
    for command, shown in first:
        if command == "echo $?":
            assert shown == [str(code)]
            continue
        program, *words = shlex.split(command)
        assert program == "sheetcrm"
        code = run(words)
        printed = capsys.readouterr().out
        assert matches(shown, printed.splitlines()), f"$ {command}\n{printed}"


def test_a_google_sheet_shows_the_same(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sheetcrm.cli.asked.datetime", Saturday)
    client = local_client(served.url, tmp_path)
    id = new_sheet(client)
    client.close()
    _, google = transcripts()
    for command, shown in google:
        run(shlex.split(command.replace("gsheet:ID", f"gsheet:{id}"))[1:])
        printed = capsys.readouterr().out.replace(id, "ID")
        printed = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", printed)
        assert matches(shown, printed.splitlines()), f"$ {command}\n{printed}"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_introduced(command: str) -> None:
    assert f"[`{command}`](docs/reference/cli.md#sheetcrm-{command})" in README


@pytest.mark.parametrize("code", Exit)
def test_every_exit_code_is_told(code: Exit) -> None:
    assert f"| {code.value} |" in README
