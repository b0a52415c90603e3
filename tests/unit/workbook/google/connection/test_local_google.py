"""The real flows, over HTTP, with the local Google in a process of its own."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gspread
import pytest
import requests

from sheetcrm.errors import AccessError, CannotReadError, NetworkError
from sheetcrm.text import say
from sheetcrm.workbook.google.connection.client import Client, connect
from sheetcrm.workbook.google.connection.endpoint import find_endpoint
from sheetcrm.workbook.google.connection.refusals import MaybeAppliedError
from sheetcrm.workbook.google.connection.who import Kind
from tests.google.local import Served
from tests.unit.workbook.google.connection.wire import Timing, Told, key_file

Connect = Callable[..., Client]


@pytest.fixture
def connected(served: Served, timing: Timing, tmp_path: Path) -> Iterator[Connect]:
    """Connects to the local Google, without waiting."""
    clients = []

    def make(credentials: Path | None = None, tell: Told | None = None, url: str = served.url) -> Client:
        endpoint = find_endpoint(url, {})
        clients.append(connect(endpoint, credentials, tell or Told(), tmp_path / "config", timing.clock))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def book(served: Served) -> str:
    """The id of somebody's sheet."""
    headers = {"Authorization": "Bearer anyone"}
    made = requests.post(f"{served.url}/v4/spreadsheets", json={}, headers=headers, timeout=9).json()
    served.control("DELETE", "log")
    return str(made["spreadsheetId"])


def new_tab(title: str) -> dict[str, Any]:
    return {"requests": [{"addSheet": {"properties": {"title": title}}}]}


def titles(client: Client, book: str) -> list[str]:
    return [sheet["properties"]["title"] for sheet in client.fetch_sheet_metadata(book)["sheets"]]


def test_a_service_accounts_key(
    served: Served, connected: Connect, book: str, key: dict[str, Any], tmp_path: Path
) -> None:
    client = connected(key_file(tmp_path / "key.json", key))
    assert client.who.kind is Kind.SERVICE_ACCOUNT
    assert client.who.email == key["client_email"]
    client.batch_update(book, new_tab("Ёлка 🎄"))
    assert titles(client, book) == ["Sheet1", "Ёлка 🎄"]
    assert served.counts()["token"] == 1
    assert (served.counts()["reads"], served.counts()["writes"]) == (1, 1)


def test_a_key_named_by_googles_variable(
    connected: Connect, book: str, key: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key_file(tmp_path / "key.json", key)))
    client = connected()
    assert client.who.email == key["client_email"]
    assert titles(client, book) == ["Sheet1"]


def test_no_credentials_at_all(connected: Connect, book: str) -> None:
    client = connected()
    assert client.who.kind is Kind.NOBODY
    assert client.values_batch_get(book, ["Sheet1!A1"])["spreadsheetId"] == book


def test_gspread_works_through_it(connected: Connect, book: str) -> None:
    sheet = gspread.Spreadsheet(connected(), {"id": book}).sheet1
    sheet.update([["007", "=1+1"]])
    assert sheet.get_all_values() == [["007", "=1+1"]]


def test_a_token_that_is_refused_is_renewed_and_the_write_made_once(
    served: Served, connected: Connect, book: str, key: dict[str, Any], tmp_path: Path
) -> None:
    client = connected(key_file(tmp_path / "key.json", key))
    served.control("POST", "faults", kind="401", path=":batchUpdate")
    client.batch_update(book, new_tab("once"))
    assert titles(client, book) == ["Sheet1", "once"]
    assert served.counts()["token"] == 2


def test_a_sheet_that_is_not_shared(
    served: Served, connected: Connect, book: str, key: dict[str, Any], tmp_path: Path
) -> None:
    served.control("POST", "policy", enforce_permissions=True)
    client = connected(key_file(tmp_path / "key.json", key))
    with pytest.raises(AccessError, match="does not let robot@local") as refused:
        client.fetch_sheet_metadata(book)
    assert refused.value.hint
    assert "press Share" in say(refused.value.hint, "en")
    served.control("POST", "policy", enforce_permissions=False)


def test_a_sheet_that_is_not_there(connected: Connect) -> None:
    with pytest.raises(CannotReadError, match="nowhere"):
        connected().fetch_sheet_metadata("nowhere")


def test_access_that_was_withdrawn(served: Served, connected: Connect, book: str, tmp_path: Path) -> None:
    kept = {"type": "authorized_user", "client_id": "me", "client_secret": "x", "refresh_token": "1//x"}
    key_file(tmp_path / "config" / "emulator" / "token.json", kept)
    served.control("POST", "faults", kind="invalid-grant", path="/token")
    with pytest.raises(AccessError, match="You are signed out") as refused:
        connected().fetch_sheet_metadata(book)
    assert refused.value.hint
    assert "7 days" in say(refused.value.hint, "en")
    assert titles(connected(), book) == ["Sheet1"]


@pytest.mark.parametrize("kind", ["429", "503-before", "drop-before", "html-502", "503-after", "drop-after"])
def test_a_read_gets_through(served: Served, connected: Connect, book: str, kind: str) -> None:
    served.control("POST", "faults", kind=kind, times=3)
    assert titles(connected(), book) == ["Sheet1"]
    assert served.counts()["reads"] == 4


@pytest.mark.parametrize(
    ("kind", "applied"),
    [
        ("503-before", False),
        ("503-after", True),
        ("drop-before", False),
        ("drop-after", True),
        ("html-502", False),
        ("html-502-after", True),
    ],
)
def test_an_uncertain_write_is_sent_once(
    served: Served, connected: Connect, book: str, kind: str, applied: bool
) -> None:
    served.control("POST", "faults", kind=kind, path=":batchUpdate")
    client = connected()
    with pytest.raises(MaybeAppliedError):
        client.batch_update(book, new_tab("new"))
    assert served.counts()["writes"] == 1
    assert titles(client, book) == ["Sheet1", *["new"] * applied]


def test_a_write_out_of_quota_is_made_once(served: Served, connected: Connect, book: str) -> None:
    told = Told()
    served.control("POST", "faults", kind="429", path=":batchUpdate", retryAfter=7, times=2)
    client = connected(tell=told)
    client.batch_update(book, new_tab("new"))
    assert titles(client, book) == ["Sheet1", "new"]
    assert told.lines == ["waiting for Google's quota, 8 s"] * 2


def test_a_hang_ends(served: Served, connected: Connect, book: str) -> None:
    served.control("POST", "faults", kind="hang", seconds=60, times=None)
    client = connected()
    client.set_timeout((9, 0.05))
    with pytest.raises(NetworkError, match="no answer"):
        client.fetch_sheet_metadata(book)
    with pytest.raises(MaybeAppliedError):
        client.batch_update(book, new_tab("late"))
    served.control("DELETE", "faults")


def test_nobody_listens(connected: Connect) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        client = connected(url=f"127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(NetworkError, match="does not answer, which is to stand in"):
            client.batch_update("1AbC", new_tab("never sent"))


def test_an_answer_that_breaks_off(connected: Connect) -> None:
    whole = json.dumps({"spreadsheetId": "1AbC", "sheets": []}).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(whole)}\r\n\r\n".encode()
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=say_in_turn, args=(server, [head + whole[:9], head + whole]))
        thread.start()
        assert titles(connected(url=f"127.0.0.1:{server.getsockname()[1]}"), "1AbC") == []
        thread.join()


def say_in_turn(server: socket.socket, answers: list[bytes]) -> None:
    for content in answers:
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(content)


def test_no_proxy_is_asked_about_this_machine(connected: Connect, book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert titles(connected(), book) == ["Sheet1"]


def test_nothing_leaves_this_machine(
    connected: Connect, book: str, key: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, look_up, threads = set(), socket.getaddrinfo, threading.active_count()

    def noted(host: str, *rest: Any, **named: Any) -> Any:
        asked.add(host)
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    googles = key_file(tmp_path / "key.json", key | {"token_uri": "https://oauth2.googleapis.com/token"})
    for credentials in (None, googles):
        connected(credentials).batch_update(book, new_tab(str(credentials)[-9:]))
    assert asked == {"127.0.0.1"}
    # google-auth would look around at Google in the background.
    assert threading.active_count() == threads
