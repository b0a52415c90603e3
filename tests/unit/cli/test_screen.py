"""What stands on the screen: tables that fit, findings that line up, sentences that wrap between words."""

import sys

import click
import pytest

from sheetcrm.cli.findings import print_kinds, print_list
from sheetcrm.cli.screen import print_table, say_line
from sheetcrm.findings import Finding, Place, Severity
from sheetcrm.text import msg


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A terminal of forty columns, without colours, in the place where output is caught."""
    for name, value in {"COLUMNS": "40", "NO_COLOR": "1", "TERM": "xterm"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [click.unstyle(line).rstrip() for line in capsys.readouterr().out.splitlines()]


@pytest.mark.usefixtures("narrow")
def test_a_figure_that_does_not_fit_is_left_out_whole(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["Rose", "1 234 567.00", "1 234 567.00", "1 234 567.00"]]
    assert print_table(["Company", "Amount", "Before", "Growth"], rows, right=[1, 2, 3]) == 1
    assert lines(capsys)[-1] == "Rose      1 234 567.00   1 234 567.00"


@pytest.mark.usefixtures("narrow")
def test_the_last_text_wraps_in_its_column(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_table(["who", "what"], [["Ann", "call them back about the price of tiles"]]) == 0
    assert lines(capsys)[-2:] == ["Ann   call them back about the price of", "      tiles"]


def test_a_table_without_headers_has_no_line_for_them(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["", ""], [["R01", "Stages"]])
    assert lines(capsys) == ["R01   Stages"]


@pytest.mark.usefixtures("narrow")
def test_a_sentence_wraps_between_words_and_keeps_its_indent(capsys: pytest.CaptureFixture[str]) -> None:
    say_line("  a client whose name is long and whose story is longer", "en")
    assert lines(capsys) == ["  a client whose name is long and whose", "    story is longer"]


def test_kinds_stand_by_their_number(capsys: pytest.CaptureFixture[str]) -> None:
    print_kinds({"V001": 1, "G002": 10, "H001": 1}, {"G002": msg("Below its stage")}, "en")
    assert [line.split() for line in lines(capsys) if line[:1] == " "] == [
        ["10", "Below", "its", "stage", "G002"],
        ["1", "H001"],
        ["1", "V001"],
    ]


FINDING = Finding(
    "V004", Severity.ERROR, Place(sheet="Companies", row=2, column=3, name="Rose"), msg("that phone cannot exist")
)


@pytest.mark.usefixtures("narrow")
def test_a_findings_lines_hang_below_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    print_list([FINDING], "en", {})
    assert lines(capsys) == ["  ● Companies!D2  Rose  that phone", "    cannot exist  (V004)"]


def test_in_a_pipe_the_end_of_its_link_follows_an_address(capsys: pytest.CaptureFixture[str]) -> None:
    print_list([FINDING], "en", {"Companies": "https://docs.google.com/spreadsheets/d/1/edit#gid=7"})
    assert lines(capsys) == ["  ● Companies!D2 #gid=7&range=D2  Rose  that phone cannot exist  (V004)"]


def test_in_a_pipe_a_finding_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_list([FINDING], "en", {})
    assert lines(capsys) == ["  ● Companies!D2  Rose  that phone cannot exist  (V004)"]
