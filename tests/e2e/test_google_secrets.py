"""No key and no token comes out anywhere: on the screen, in a log, in a traceback, in a file."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sheetcrm.errors import Exit
from tests.e2e.google_shore import Shore
from tests.google.local import Served

REFRESH, CLIENT_SECRET = "1//refresh-me-if-you-can", "GOCSPX-nobody-may-know"
TROUBLE = [
    {}, {"kind": "429"}, {"kind": "403"}, {"kind": "401"}, {"kind": "html-502"}, {"kind": "drop-before"},
    {"kind": "503-after"}, {"kind": "invalid-grant", "path": "/token"}, {"kind": "html-502", "path": "/token"},
    {"kind": "drop-before", "path": "/token"},
]  # fmt: skip
WORDS = [("validate", "-v"), ("update", "-v"), ("update", "--format", "json"), ("report", "nonsense")]


@pytest.fixture
def person_file(served: Served, tmp_path: Path) -> Path:
    """What `auth login` and Google's own tools keep of a person."""
    path = tmp_path / "person.json"
    path.touch(0o600)
    kept = {"type": "authorized_user", "client_id": "1", "client_secret": CLIENT_SECRET, "refresh_token": REFRESH}
    path.write_text(json.dumps(kept))
    return path


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that any library logs."""
    with caplog.at_level(logging.DEBUG):
        yield caplog


def secrets(key: dict[str, Any]) -> list[str]:
    """What must not be seen: each line of the key, what tokens begin with, what a header begins with."""
    lines = [line for line in key["private_key"].splitlines() if len(line) > 30 and "-----" not in line]
    return [*lines, "PRIVATE KEY", REFRESH, CLIENT_SECRET, "ya29.", "Bearer ", "Authorization", "assertion="]


def leaks(texts: Iterable[str], found: list[str]) -> list[str]:
    return [secret for text in texts for secret in found if secret in text]


@pytest.mark.parametrize("who", ["service account", "person"])
@pytest.mark.parametrize("trouble", TROUBLE, ids=lambda fault: " ".join(fault.values()) or "none")
def test_nothing_is_told_of_a_key_or_a_token(
    base: Shore,
    who: str,
    trouble: dict[str, str],
    key: dict[str, Any],
    key_file: Path,
    person_file: Path,
    logged: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    file = key_file if who == "service account" else person_file
    texts = []
    for words in WORDS[1:3] if trouble else WORDS:
        if trouble:
            base.fault(**{"path": "/spreadsheets/", **trouble}, times=None)
        ran = base(*words, "--credentials", str(file))
        base.calm()
        texts += [ran.out, ran.err]
        assert (ran.code in (Exit.DONE, Exit.FINDINGS, Exit.USAGE)) == (not trouble)
    texts += [record.getMessage() + str(record.args) + str(record.exc_info) for record in logged.records]
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path not in (key_file, person_file)]
    texts += [path.read_text("utf-8", "replace") for path in kept]
    assert leaks(texts, secrets(key)) == []
    assert leaks([key_file.read_text(), person_file.read_text()], secrets(key)) != []


@pytest.mark.parametrize(
    "broken", ["gspread.http_client.HTTPClient.fetch_sheet_metadata", "sheetcrm.workbook.google.reading.standing"]
)
def test_a_traceback_tells_nothing_either(
    base: Shore, broken: str, key: dict[str, Any], key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With SHEETCRM_TRACEBACK=1 a failure of ours is raised, with all its frames' messages."""

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("something that nobody thought of")

    monkeypatch.setattr(broken, fails)
    with pytest.raises(RuntimeError) as raised:
        base("validate", "--credentials", str(key_file))
    assert leaks([str(raised.getrepr(style="native", chain=True))], secrets(key)) == []


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_that_others_can_read_is_refused(base: Shore, key_file: Path, mode: int) -> None:
    key_file.chmod(mode)
    ran = base("validate", "--credentials", str(key_file))
    assert ran.code == Exit.CANNOT_RUN
    assert f"chmod 600 {key_file}" in ran.err
    assert base.calls() == []


def test_nothing_but_spreadsheets_is_asked_for(base: Shore, key_file: Path) -> None:
    base.served.control("POST", "policy", enforce_scopes=True)
    try:
        assert base("update", "--credentials", str(key_file)).code == Exit.DONE
        counts = base.served.counts()
    finally:
        base.served.control("POST", "policy", enforce_scopes=False)
    assert (counts["drive"], counts["token"]) == (0, 1)
