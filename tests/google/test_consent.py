"""How a person's access comes about and ends: the page, the code, the refresh token, its revocation."""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from tests.google.local import Local, RefusedError, Served

VERIFIER = "a-verifier-of-the-one-who-asks"
BACK = "http://127.0.0.1:1/"
SHEETS = "https://www.googleapis.com/auth/spreadsheets"
ASKED = {
    "response_type": "code",
    "client_id": "me",
    "redirect_uri": BACK,
    "scope": SHEETS,
    "state": "s",
    "code_challenge": base64.urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).decode().rstrip("="),
    "code_challenge_method": "S256",
}


@pytest.fixture
def code(local: Local) -> str:
    back = urlsplit(local.google.tokens.consent({name: [value] for name, value in ASKED.items()}))
    told = parse_qs(back.query)
    assert told["state"] == ["s"]
    return told["code"][0]


def exchange(local: Local, code: str, **changed: str) -> Any:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "code_verifier": VERIFIER,
        "client_id": "me",
        "client_secret": "mine",
        "redirect_uri": BACK,
    }
    return local.call("POST", "/token", urlencode(form | changed).encode())


def test_the_browser_is_sent_back_with_a_code(served: Served) -> None:
    answer = requests.get(f"{served.url}/auth", params=ASKED, allow_redirects=False, timeout=9)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{BACK}?state=s&code=4%2F")


@pytest.mark.parametrize("missing", [*ASKED])
def test_the_page_needs_it_all(local: Local, missing: str) -> None:
    asked = {name: value for name, value in ASKED.items() if name != missing}
    with pytest.raises(RefusedError) as refused:
        local.call("GET", "/auth", **asked)
    assert refused.value.error == "invalid_request"


def test_a_code_is_good_once(local: Local, code: str) -> None:
    told = exchange(local, code)
    assert told["scope"] == SHEETS
    assert told["refresh_token"].startswith("1//")
    with pytest.raises(RefusedError) as refused:
        exchange(local, code)
    assert refused.value.error == "invalid_grant"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_verifier": "another's"}, "invalid_grant"),
        ({"client_id": "another"}, "invalid_client"),
        ({"client_secret": ""}, "invalid_client"),
        ({"redirect_uri": "http://127.0.0.1:2/"}, "redirect_uri_mismatch"),
    ],
)
def test_a_code_is_good_for_who_asked(local: Local, code: str, changed: dict[str, str], error: str) -> None:
    with pytest.raises(RefusedError) as refused:
        exchange(local, code, **changed)
    assert refused.value.error == error


def test_what_was_revoked_is_not_renewed(local: Local, code: str) -> None:
    refresh = exchange(local, code)["refresh_token"]
    form = urlencode({"grant_type": "refresh_token", "refresh_token": refresh}).encode()
    assert local.call("POST", "/token", form)["access_token"]
    assert local.call("POST", "/revoke", urlencode({"token": refresh}).encode()) == {}
    with pytest.raises(RefusedError) as refused:
        local.call("POST", "/token", form)
    assert refused.value.error == "invalid_grant"
    with pytest.raises(RefusedError) as refused:
        local.call("POST", "/revoke", urlencode({"token": refresh}).encode())
    assert refused.value.error == "invalid_token"
