"""The local Google in a process of its own, and a small firm's base in it, for the commands that are run against it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from requests import Session

from tests.e2e.google_firm import firm
from tests.e2e.google_shore import Friday, Patience, Shore
from tests.e2e.program import Program
from tests.google.conftest import key, private_key, server
from tests.google.local import Asked, Book, Served
from tests.google.sheets import Cells, fill, local_client, new_sheet

__all__ = ["key", "private_key", "server"]

Shored = Callable[[str], Shore]


class Make(Protocol):
    """Makes a sheet."""

    def __call__(self, tabs: Cells, locale: str = "en_US") -> Shore: ...


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> Patience:
    """What time is to the connection."""
    patience = Patience()
    monkeypatch.setattr("sheetcrm.workbook.google.connection.client.Clock", patience.clock)
    # google-auth waits by itself before it asks for a token again.
    monkeypatch.setattr("time.sleep", patience.waits.append)
    return patience


@pytest.fixture
def served(server: Served, patience: Patience, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Served]:
    """The local Google, at peace; sheetcrm talks to it, on a day that stands still, in a folder of its own."""
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "SHEETCRM_BOOK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHEETS_EMULATOR_HOST", server.url.removeprefix("http://"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("SHEETCRM_TRACEBACK", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sheetcrm.cli.asked.datetime", Friday)
    server.control("DELETE", "log")
    yield server
    server.control("DELETE", "faults")


@pytest.fixture
def shore(served: Served, patience: Patience, capsys: pytest.CaptureFixture[str]) -> Iterator[Shored]:
    """Makes a sheet of ours of one that stands there."""
    with Session() as session:
        yield lambda id: Shore(served, Book(Asked(served.url, session), id), Program(capsys), patience)


def copied(served: Served, id: str) -> str:
    """A copy of a spreadsheet that a test may change."""
    with Session() as session:
        return str(Asked(served.url, session).call("POST", f"/drive/v3/files/{id}/copy", {})["id"])


@pytest.fixture
def key_file(served: Served, key: dict[str, Any], tmp_path: Path) -> Path:
    """A service account's key, as it is kept."""
    path = tmp_path / "key.json"
    path.touch(0o600)
    path.write_text(json.dumps(key), "utf-8")
    return path


@pytest.fixture(scope="session")
def typed_firm(server: Served, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The id of a small firm's base as people typed it."""
    client = local_client(server.url, tmp_path_factory.mktemp("config"))
    id = new_sheet(client, "Clients")
    fill(client, id, firm(), {}, {})
    client.close()
    return id


@pytest.fixture
def make(served: Served, shore: Shored, tmp_path: Path) -> Make:
    """Makes a sheet of these tabs; a blank one of none, as a person makes and shares it."""

    def made(tabs: Cells, locale: str = "en_US") -> Shore:
        client = local_client(served.url, tmp_path)
        id = new_sheet(client, "Clients", locale)
        if tabs:
            fill(client, id, tabs, {}, {})
        client.close()
        return shore(id)

    return made


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    """The command line, for files."""
    return Program(capsys)


@pytest.fixture
def base(shore: Shored, typed_firm: str, served: Served) -> Shore:
    """A small firm's base as people typed it; no run has seen it yet."""
    return shore(copied(served, typed_firm))
