"""Where Google is: its own hosts, or this machine."""

import pytest

from sheetcrm.errors import UsageError
from sheetcrm.workbook.google.connection.endpoint import GOOGLE, VARIABLE, find_endpoint

SHEETS = "https://sheets.googleapis.com/v4/spreadsheets/abc"


def test_google_is_at_google() -> None:
    assert find_endpoint(None, {}) == GOOGLE
    assert find_endpoint("", {VARIABLE: ""}) == GOOGLE
    assert not GOOGLE.is_local
    assert GOOGLE.at(SHEETS) == SHEETS


@pytest.mark.parametrize(
    ("asked", "url"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("127.8.9.1:1", "http://127.8.9.1:1"),
        ("localhost:9", "http://localhost:9"),
        ("[::1]:9", "http://[::1]:9"),
    ],
)
def test_this_machine_stands_in_for_all_of_googles_hosts(asked: str, url: str) -> None:
    endpoint = find_endpoint(asked, {})
    assert endpoint.is_local
    assert endpoint.at(SHEETS) == f"{url}/v4/spreadsheets/abc"
    assert endpoint.at("https://www.googleapis.com/drive/v3/files") == f"{url}/drive/v3/files"
    assert (endpoint.token, endpoint.revoke, endpoint.consent) == (f"{url}/token", f"{url}/revoke", f"{url}/auth")


def test_what_was_asked_for_goes_before_the_environment() -> None:
    assert find_endpoint("127.0.0.1:1", {VARIABLE: "127.0.0.1:2"}).sheets == "http://127.0.0.1:1"
    assert find_endpoint(None, {VARIABLE: "127.0.0.1:2"}).sheets == "http://127.0.0.1:2"


@pytest.mark.parametrize(
    "asked",
    [
        "example.org:80",
        "10.0.0.1:80",
        "0.0.0.0:80",
        "localhost.example.org:80",
        "169.254.169.254:80",
        "[fe80::1]:80",
        "127.0.0.1.nip.io:80",
    ],
)
def test_another_machine_is_refused(asked: str) -> None:
    with pytest.raises(UsageError, match="is not on this machine"):
        find_endpoint(asked, {})


@pytest.mark.parametrize(
    "asked",
    [
        "127.0.0.1",
        "127.0.0.1:x",
        "127.0.0.1:99999",
        "https://127.0.0.1:80",
        "127.0.0.1:80/v4",
        "127.0.0.1:80?x",
        "127.0.0.1:80@example.org:80",
        "[::1:80",
        "ftp://127.0.0.1:2",
    ],
)
def test_what_is_no_address_is_refused(asked: str) -> None:
    with pytest.raises(UsageError, match="is no address of a local stand-in") as refused:
        find_endpoint(asked, {})
    assert refused.value.hint
