"""Google in trouble: every command ends, says why in a line, and leaves a book that the next run brings in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from sheetcrm.cli.program import run
from sheetcrm.errors import Exit
from sheetcrm.table import Cell
from tests.e2e.google_firm import as_file, firm
from tests.e2e.google_shore import Cells, Friday, Shore, lasting, standing

UPDATE, REPORT = ("update",), ("report", "stages", "pipeline")
CALLS = {UPDATE: 4, REPORT: 3}
"""How many calls each makes; the last one writes."""

Settings = dict[str, Any]

PASSING: dict[str, Settings] = {
    "429": {},
    "429 with Retry-After": {"retryAfter": 7},
    "503-before": {},
    "503-before with Retry-After": {"retryAfter": 7},
    "503-after": {},
    "drop-before": {},
    "drop-after": {},
    "html-502": {},
    "html-502-after": {},
    "401": {},
}
"""What passes by itself, and strikes each call once."""

SAID = {
    "429": "Google's quota is used up: too many calls in a minute.",
    "503-before": "Google is in trouble just now (error 503).",
    "503-after": "Google is in trouble just now (error 503).",
    "drop-before": "The connection to Google broke off each time.",
    "drop-after": "The connection to Google broke off each time.",
    "html-502": "Google is in trouble just now (error 502).",
    "html-502-after": "Google is in trouble just now (error 502).",
    "401": "Google no longer honours the credentials of this computer's account.",
    "403": "Google does not let this account",
}
"""What a command says that was stopped by it."""

UNSURE = "nobody can tell whether the write was applied: "
NO_TRACE = {"429", "401", "403"}
"""With these Google says that it has not applied the write."""

LONGEST = 200
"""Seconds for which one call is tried at most, with the last wait."""


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Sequence[str], Cells]:
    """What the commands make of the same base in a file."""
    folder = tmp_path_factory.mktemp("wanted")
    found: dict[Sequence[str], Cells] = {(): standing(str(as_file(folder / "typed.xlsx", firm())))}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sheetcrm.cli.asked.datetime", Friday)
        for words in (UPDATE, REPORT):
            book = str(as_file(folder / f"{words[0]}.xlsx", firm()))
            assert run([words[0], book, *words[1:], "-q"]) == Exit.DONE
            found[words] = standing(book)
    return found


def kind_of(name: str) -> str:
    return name.split(" ", 1)[0]


def is_patience(line: str) -> bool:
    return line.startswith(("waiting for Google's quota", "Google does not answer"))


def problem(err: str) -> list[str]:
    """What a command that stopped says: one line, and one that says what to do; the waiting before is told too."""
    lines = [line for line in err.splitlines() if not is_patience(line)]
    assert 1 <= len(lines) <= 2, lines
    return lines


@pytest.mark.parametrize("name", PASSING)
@pytest.mark.parametrize("words", [UPDATE, REPORT], ids="-".join)
def test_what_strikes_each_call_once_is_got_over(
    base: Shore, wanted: Mapping[Sequence[str], Cells], words: tuple[str, ...], name: str
) -> None:
    for number in range(CALLS[words]):
        base.fault(kind_of(name), path="/spreadsheets/", skip=number, **PASSING[name])
    ran = base(*words)
    assert (ran.code, [line for line in ran.err.splitlines() if not is_patience(line)]) == (0, [])
    assert sum(call["fault"] == kind_of(name) for call in base.calls()) == CALLS[words]
    assert lasting(base.stands()) == lasting(wanted[words])
    assert base.patience.spent < LONGEST
    assert ("waiting for Google's quota" in ran.err) == (kind_of(name) == "429")


@pytest.mark.parametrize("number", range(CALLS[UPDATE]))
@pytest.mark.parametrize("kind", SAID)
def test_what_goes_on_for_ever_stops_the_command(
    base: Shore, wanted: Mapping[Sequence[str], Cells], kind: str, number: int
) -> None:
    """From that call of an update on."""
    writes = number == CALLS[UPDATE] - 1
    base.fault(kind, path="/spreadsheets/", skip=number, times=None)
    ran = base("update")
    assert ran.code == Exit.CANNOT_RUN
    assert (UNSURE if writes and kind not in NO_TRACE else SAID[kind]) in problem(ran.err)[0]
    assert base.patience.spent < LONGEST * 2
    base.calm()
    left = base.stands()
    assert lasting(left) == lasting(wanted[UPDATE if writes and kind.endswith("after") else ()])
    if writes:
        assert base("update").code == Exit.DONE
        assert lasting(base.stands()) == lasting(wanted[UPDATE])


@pytest.mark.parametrize("words", [UPDATE, REPORT], ids="-".join)
@pytest.mark.parametrize("number", [0, 1, -1])
def test_a_hang_is_waited_for_so_long_and_no_longer(
    base: Shore,
    wanted: Mapping[Sequence[str], Cells],
    words: tuple[str, ...],
    number: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What hung is carried out in the end, and changes nothing more."""
    monkeypatch.setattr("sheetcrm.workbook.google.connection.client.TIMEOUT", (5.0, 1.0))
    base.fault("hang", path="/spreadsheets/", skip=number % CALLS[words], seconds=60)
    assert base(*words).code == Exit.DONE
    base.calm()
    assert "hang" in {call["fault"] for call in base.calls()}
    assert lasting(base.stands()) == lasting(wanted[words])


def test_a_write_that_was_applied_and_not_looked_at_says_so(base: Shore, wanted: Mapping[Sequence[str], Cells]) -> None:
    base.fault("drop-after", path=":batchUpdate")
    base.fault("503-before", path=":batchGet", skip=2, times=None)
    ran = base("update")
    assert ran.code == Exit.CANNOT_RUN
    assert "was written, and nobody can tell whether rows were moved meanwhile: " in problem(ran.err)[0]
    base.calm()
    assert lasting(base.stands()) == lasting(wanted[UPDATE])


def test_a_stop_is_told_as_json_too(base: Shore) -> None:
    base.fault("503-before", path="/spreadsheets/", times=None)
    ran = base("update", "--format", "json")
    assert ran.code == Exit.CANNOT_RUN
    assert (ran.json["version"], ran.json["error"]["code"]) == (1, "Network")
    assert ran.json["error"]["message"] == SAID["503-before"]


@pytest.mark.parametrize("kind", ["invalid-grant", "503-before", "html-502", "drop-before", "429"])
def test_a_token_that_is_not_given_out(
    base: Shore, wanted: Mapping[Sequence[str], Cells], key_file: Path, kind: str
) -> None:
    base.fault(kind, path="/token", times=None)
    ran = base("update", "--credentials", str(key_file))
    assert ran.code == Exit.CANNOT_RUN
    problem(ran.err)
    assert base.counts() == (0, 0)
    assert base.patience.spent < LONGEST
    base.calm()
    assert base("update", "--credentials", str(key_file)).code == Exit.DONE
    assert lasting(base.stands()) == lasting(wanted[UPDATE])


# ── a write in several parts ──


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The write of an update comes to several batches."""
    monkeypatch.setattr("sheetcrm.workbook.google.batches.LARGEST", LARGEST)


LARGEST = 45_000


@pytest.mark.usefixtures("in_parts")
def test_a_write_in_several_parts_comes_to_the_same(base: Shore, wanted: Mapping[Sequence[str], Cells]) -> None:
    assert base("update").code == Exit.DONE
    sizes = [call["request_bytes"] for call in base.calls() if call["requests"]]
    assert len(sizes) > 3
    assert max(sizes) <= LARGEST
    assert lasting(base.stands()) == lasting(wanted[UPDATE])


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("kind", ["429", "503-before", "503-after", "drop-before", "drop-after", "html-502-after"])
def test_trouble_at_each_part_is_got_over(base: Shore, wanted: Mapping[Sequence[str], Cells], kind: str) -> None:
    for number in range(20):
        # What was applied is not sent again.
        base.fault(kind, path=":batchUpdate", skip=0 if kind.endswith("after") else number)
    assert base("update").code == Exit.DONE
    sent = [call for call in base.calls() if call["path"].endswith(":batchUpdate")]
    assert sum(call["fault"] == kind for call in sent) == len(sent) / (1 if kind.endswith("after") else 2) > 3
    assert lasting(base.stands()) == lasting(wanted[UPDATE])


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("kind", ["429", "503-after", "drop-before"])
def test_a_write_that_breaks_off_after_each_part_leaves_no_half_record_and_is_gone_on_with(
    base: Shore, wanted: Mapping[Sequence[str], Cells], kind: str
) -> None:
    """Each run gets one part written, as it was told, until nothing is left."""
    for _ in range(20):
        base.fault(kind, path="/spreadsheets/", skip=4, times=None)
        ran = base("update")
        base.calm()
        assert half_written(base.stands(), wanted[()], wanted[UPDATE]) == []
        if ran.code == Exit.DONE:
            break
        assert ran.code == Exit.CANNOT_RUN
        assert "1 of " in problem(ran.err)[0]
    assert lasting(base.stands()) == lasting(wanted[UPDATE])


def half_written(stands: Cells, before: Cells, after: Cells) -> list[tuple[str, Sequence[Cell]]]:
    """The records that are neither as they were nor as they are to be, and those that are missing."""
    tables = [title for title in before if title != "Start"]
    wrong = [
        (title, row)
        for title in tables
        for row in stands[title][1:]
        if row not in before[title] and row not in after[title]
    ]
    lost: list[tuple[str, Sequence[Cell]]] = [
        (title, ()) for title in tables if not len(before[title]) <= len(stands[title]) <= len(after[title])
    ]
    return wrong + lost
