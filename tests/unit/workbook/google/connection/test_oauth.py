"""A person signs in by the browser, is known, and signs out again."""

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sheetcrm.errors import AccessError, NetworkError
from sheetcrm.text import say
from sheetcrm.workbook.google.connection.client import connect
from sheetcrm.workbook.google.connection.endpoint import Endpoint, find_endpoint
from sheetcrm.workbook.google.connection.oauth import login, logout, status
from sheetcrm.workbook.google.connection.who import Kind
from tests.google.local import Served
from tests.unit.workbook.google.connection.wire import CLIENT_SECRET, Timing, key_file

DESKTOP = {
    "client_id": "me.apps.googleusercontent.com",
    "client_secret": CLIENT_SECRET,
    "auth_uri": "https://accounts.google.com/o/oauth2/auth",
    "token_uri": "https://oauth2.googleapis.com/token",
}


class Browser:
    """A person's browser, which goes where it is sent, and changes the address on the way back as it is told."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.pages: list[str] = []
        self.strays: list[str] = []
        self.back: dict[str, str] | None = None
        self.scope = "spreadsheets"
        self.threads: list[threading.Thread] = []

    def open(self, url: str) -> None:
        self.opened.append(url)
        self.threads.append(threading.Thread(target=self._browse, args=(url,)))
        self.threads[-1].start()

    def _browse(self, url: str) -> None:
        asked = parse_qs(urlsplit(url).query)
        home = asked["redirect_uri"][0]
        for stray in self.strays:
            requests.get(home + stray, timeout=9)
        if self.back is not None:
            told = {name: value.replace("STATE", asked["state"][0]) for name, value in self.back.items()}
            self.pages.append(requests.get(home, params=told, timeout=9).text)
        else:
            self.pages.append(requests.get(url.replace("spreadsheets", self.scope), timeout=9).text)


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    for thread in browser.threads:
        thread.join()


@pytest.fixture
def endpoint(served: Served) -> Endpoint:
    return find_endpoint(served.url, {})


@pytest.fixture
def desktop(tmp_path: Path) -> Path:
    """The file of a person's OAuth client."""
    return key_file(tmp_path / "client.json", {"installed": DESKTOP})


def signed_in(desktop: Path, endpoint: Endpoint, tmp_path: Path, browser: Browser) -> list[str]:
    shown: list[str] = []
    login(desktop, endpoint, shown.append, tmp_path / "config", browse=browser.open)
    return shown


def test_signing_in_keeps_access_that_reads_sheets(
    desktop: Path, endpoint: Endpoint, tmp_path: Path, browser: Browser, timing: Timing
) -> None:
    shown = signed_in(desktop, endpoint, tmp_path, browser)
    assert shown == browser.opened
    asked = parse_qs(urlsplit(shown[0]).query)
    assert asked["scope"] == ["https://www.googleapis.com/auth/spreadsheets"]
    assert (asked["access_type"], asked["prompt"], asked["code_challenge_method"]) == (
        ["offline"],
        ["consent"],
        ["S256"],
    )
    assert asked["redirect_uri"][0].startswith("http://127.0.0.1:")
    client = connect(endpoint, folder=tmp_path / "config", clock=timing.clock)
    assert client.who.kind is Kind.PERSON
    made = client.request("post", "https://sheets.googleapis.com/v4/spreadsheets", json={}).json()
    assert client.fetch_sheet_metadata(made["spreadsheetId"])
    client.close()


def test_the_page_at_the_end_speaks_the_persons_language(
    desktop: Path, endpoint: Endpoint, tmp_path: Path, browser: Browser
) -> None:
    browser.strays = ["favicon.ico"]
    login(desktop, endpoint, lambda _: None, tmp_path, browse=browser.open, lang="en")
    browser.threads[0].join()
    assert browser.pages == ["Close this window and go back to sheetcrm."]


def test_what_is_kept_is_for_its_owner_alone(
    desktop: Path, endpoint: Endpoint, tmp_path: Path, browser: Browser
) -> None:
    signed_in(desktop, endpoint, tmp_path, browser)
    token = tmp_path / "config" / "emulator" / "token.json"
    assert token.stat().st_mode & 0o777 == 0o600
    kept = json.loads(token.read_text())
    assert kept["type"] == "authorized_user"
    assert "access_token" not in kept


def test_signing_in_again_needs_no_file(desktop: Path, endpoint: Endpoint, tmp_path: Path, browser: Browser) -> None:
    with pytest.raises(AccessError, match="Nobody has signed in here yet"):
        login(None, endpoint, lambda _: None, tmp_path / "config", browse=lambda _: None)
    signed_in(desktop, endpoint, tmp_path, browser)
    token = tmp_path / "config" / "emulator" / "token.json"
    before = token.read_text()
    desktop.unlink()
    login(None, endpoint, lambda _: None, tmp_path / "config", browse=browser.open)
    assert token.read_text() != before


def test_status_tells_since_when_and_by_which_client(
    desktop: Path, endpoint: Endpoint, tmp_path: Path, browser: Browser
) -> None:
    folder = tmp_path / "config"
    assert status(endpoint, folder) is None
    signed_in(desktop, endpoint, tmp_path, browser)
    kept = status(endpoint, folder)
    assert kept
    assert kept.client == DESKTOP["client_id"]
    assert kept.since.tzinfo
    assert CLIENT_SECRET not in repr(kept)


def test_signing_out_withdraws_the_access_at_google(
    desktop: Path, endpoint: Endpoint, tmp_path: Path, browser: Browser, served: Served
) -> None:
    folder = tmp_path / "config"
    signed_in(desktop, endpoint, tmp_path, browser)
    refresh = json.loads((folder / "emulator" / "token.json").read_text())["refresh_token"]
    done = logout(endpoint, folder)
    assert done
    assert done.revoked
    assert "withdrawn" in say(done.told, "en")
    assert not (folder / "emulator" / "token.json").exists()
    form = {"grant_type": "refresh_token", "refresh_token": refresh}
    assert requests.post(f"{served.url}/token", data=form, timeout=9).json()["error"] == "invalid_grant"
    assert logout(endpoint, folder) is None


def test_signing_out_deletes_the_token_though_google_cannot_be_told(tmp_path: Path) -> None:
    nowhere = find_endpoint("127.0.0.1:1", {})
    for content in ({"refresh_token": "1//x"}, {}):
        token = key_file(tmp_path / "emulator" / "token.json", content)
        done = logout(nowhere, tmp_path)
        assert done
        assert not done.revoked
        assert "myaccount.google.com" in say(done.told, "en")
        assert not token.exists()


@pytest.mark.parametrize(
    ("back", "sentence"),
    [
        ({"state": "STATE", "error": "access_denied"}, "You did not give sheetcrm access"),
        ({"state": "forged", "code": "4/x"}, "came back without Google's permission"),
        ({"state": "STATE"}, "came back without Google's permission"),
        ({"state": "STATE", "code": "4/never-given"}, "no access (invalid_grant)"),
    ],
)
def test_without_permission_nothing_is_kept(
    desktop: Path, endpoint: Endpoint, tmp_path: Path, browser: Browser, back: dict[str, str], sentence: str
) -> None:
    browser.back = back
    with pytest.raises(AccessError, match=re.escape(sentence)):
        signed_in(desktop, endpoint, tmp_path, browser)
    assert status(endpoint, tmp_path / "config") is None


def test_permission_for_something_else_is_none(
    desktop: Path, endpoint: Endpoint, tmp_path: Path, browser: Browser
) -> None:
    browser.scope = "drive.file"
    with pytest.raises(AccessError, match="You did not give sheetcrm access"):
        signed_in(desktop, endpoint, tmp_path, browser)
    assert status(endpoint, tmp_path / "config") is None


def test_a_token_that_cannot_be_deleted_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = key_file(tmp_path / "emulator" / "token.json", {})

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(AccessError, match=f"{token} cannot be deleted: Permission denied"):
        logout(find_endpoint("127.0.0.1:1", {}), tmp_path)


def test_a_person_who_does_not_come_back(desktop: Path, endpoint: Endpoint, tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="Nobody signed in"):
        login(desktop, endpoint, lambda _: None, tmp_path, browse=lambda _: None, patience=0.01)


def test_a_token_endpoint_that_is_not_there(desktop: Path, tmp_path: Path, browser: Browser) -> None:
    browser.back = {"state": "STATE", "code": "4/x"}
    with pytest.raises(NetworkError, match="cannot be reached"):
        signed_in(desktop, find_endpoint("127.0.0.1:1", {}), tmp_path, browser)


@pytest.mark.parametrize("content", [{"web": DESKTOP}, {"type": "service_account"}, {"installed": {"client_id": "me"}}])
def test_another_file_is_no_oauth_client(endpoint: Endpoint, tmp_path: Path, content: dict[str, Any]) -> None:
    with pytest.raises(AccessError, match="is no OAuth client of the type Desktop app"):
        login(key_file(tmp_path / "client.json", content), endpoint, lambda _: None, tmp_path, browse=lambda _: None)
