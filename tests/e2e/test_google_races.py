"""Two runs on one Google Sheet: exactly one of them writes, in processes of their own and in every order."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from sheetcrm.errors import Exit
from sheetcrm.workbook.google.connection.client import Client
from tests.e2e.google_shore import Shore, lasting

COMMANDS = [("update",), ("tasks",), ("report", "stages"), ("validate", "--tab"), ("enable", "payments")]


def beaten(base: Shore, other: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Let another run come first: right before our batch goes out, its whole work is done. Tells how it ended."""
    ended: list[int] = []
    send = Client.request

    def request(client: Client, method: str, endpoint: str, *rest: Any, **named: Any) -> Any:
        if endpoint.endswith(":batchUpdate") and not ended:
            ended.append(-1)
            ended[0] = base.program(other[0], base.address, *other[1:]).code
        return send(client, method, endpoint, *rest, **named)

    monkeypatch.setattr(Client, "request", request)
    return lambda: ended[0]


@pytest.mark.parametrize("first", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("second", COMMANDS[:3], ids=" ".join)
def test_who_comes_second_is_told_so_and_writes_nothing(
    base: Shore, first: tuple[str, ...], second: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    how = beaten(base, first, monkeypatch)
    ran = base(*second)
    assert how() in (Exit.DONE, Exit.FINDINGS)
    assert ran.code == Exit.BUSY
    assert "was changed by another run of sheetcrm while this one worked." in ran.err
    assert [row[1] for row in base.stands()["Runs"][1:]] == [first[0]]


def test_who_comes_second_and_runs_again_doubles_nothing(base: Shore, monkeypatch: pytest.MonkeyPatch) -> None:
    beaten(base, ("update",), monkeypatch)
    assert base("update").code == Exit.BUSY
    once = base.stands()
    assert base("update").code == Exit.DONE
    assert lasting(base.stands()) == lasting(once)


def test_a_dropped_answer_does_not_hide_that_another_run_came_first(
    base: Shore, monkeypatch: pytest.MonkeyPatch
) -> None:
    beaten(base, ("update",), monkeypatch)
    base.fault("drop-before", path=":batchUpdate", skip=1)
    assert base("update").code == Exit.BUSY


def test_two_processes_at_once(base: Shore) -> None:
    """Whichever is quicker: each is done or told that it is late, and the book is as after one."""
    command = [sys.executable, "-m", "sheetcrm", "update", base.address, "-q"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [run.communicate(timeout=60) for run in runs]
    assert sorted(run.returncode for run in runs) in ([Exit.DONE, Exit.BUSY], [Exit.DONE, Exit.DONE]), told
    once = base.stands()
    for title in ("Companies", "Deals", "Activities", "Tasks"):
        ids = [row[0] for row in once[title][1:]]
        assert len(set(ids)) == len(ids)
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    again = base.stands()
    assert [title for title in lasting(once) if title != "Start" and again[title] != once[title]] == []
