"""`sheetcrm auth`: a person signs in, is seen, and signs out; and whoever else a sheet is opened as."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.google_accounts import ROBOT, client_file, shows_a_secret, signed_in
from tests.e2e.program import Program, Ran
from tests.google.local import Served

SPREADSHEETS = "https://www.googleapis.com/auth/spreadsheets"
BROWSER = "import sys, urllib.request as web; web.urlopen(sys.argv[1]).read()"
"""A person's browser: it goes to the page, on which everybody agrees, and is sent back with a code."""


@pytest.fixture
def sheetcrm(served: Served, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The config folder, which the fixture `served` has put here."""
    return tmp_path / "config"


def in_a_process(*words: str) -> Ran:
    """Run `sheetcrm WORDS` where the browser is a program: it must not wait for us, nor we for it."""
    browser = f"{shlex.join([sys.executable, '-c', BROWSER])} %s &"
    ran = subprocess.run(
        [sys.executable, "-m", "sheetcrm", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "BROWSER": browser, "NO_PROXY": "127.0.0.1"},
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def test_a_person_signs_in_is_seen_and_signs_out(sheetcrm: Program, config: Path, tmp_path: Path) -> None:
    token = config / "sheetcrm" / "emulator" / "token.json"
    login = in_a_process("auth", "login", "--client", str(client_file(tmp_path / "client.json")))
    assert login.code == 0, login.err
    assert "/auth?" in login.err, "the address is shown as well"
    assert f"The access is kept in {token}" in login.out
    assert "To take it back: sheetcrm auth logout" in login.out
    assert "after 7 days" in login.out
    assert "press Publish app" in login.out
    assert token.stat().st_mode & 0o777 == 0o600
    assert token.parent.stat().st_mode & 0o777 == 0o700

    status = sheetcrm("auth", "status")
    assert status.code == 0
    assert str(token) in status.out
    assert "Google gave a token just now." in status.out

    logout = sheetcrm("auth", "logout")
    assert (logout.code, token.exists()) == (0, False)
    assert "Google has withdrawn the access" in logout.out
    assert "Nobody was signed in." in sheetcrm("auth", "logout").out
    assert not shows_a_secret([login, status, logout])


def test_signing_in_and_out_as_json_prints_nothing_else(sheetcrm: Program, config: Path, tmp_path: Path) -> None:
    key, path = client_file(tmp_path / "client.json"), str(config / "sheetcrm" / "emulator" / "token.json")
    login = in_a_process("auth", "login", "--client", str(key), "--format", "json")
    assert login.json == {"version": 1, "kind": "person", "path": path, "scopes": [SPREADSHEETS], "used": True}
    logout = sheetcrm("auth", "logout", "--format", "json")
    assert logout.json == {"version": 1, "signed_out": True, "revoked": True, "path": path}
    assert not shows_a_secret([login, logout])


def test_signing_in_again_needs_no_file(served: Served, config: Path, tmp_path: Path) -> None:
    assert in_a_process("auth", "login", "--client", str(client_file(tmp_path / "client.json"))).code == 0
    token = config / "sheetcrm" / "emulator" / "token.json"
    before = token.read_text("utf-8")
    assert in_a_process("auth", "login").code == 0
    assert token.read_text("utf-8") != before


def test_a_sign_in_behind_other_credentials_says_so(
    served: Served, sheetcrm: Program, key_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key_file))
    login = in_a_process("auth", "login", "--client", str(client_file(tmp_path / "client.json")))
    assert (
        f"It is not used yet, since other credentials come first: the service account {ROBOT} ({key_file})."
        in login.out
    )
    status = sheetcrm("auth", "status")
    assert "is not used, since other credentials come first" in status.out
    assert "from the variable GOOGLE_APPLICATION_CREDENTIALS" in status.out


def test_a_service_account_is_told_with_the_address_to_share_with(sheetcrm: Program, key_file: Path) -> None:
    told = sheetcrm("auth", "status", "--credentials", key_file, "--format", "json")
    assert (told.code, told.json) == (
        0,
        {
            "version": 1,
            "kind": "service_account",
            "source": "asked",
            "path": str(key_file),
            "email": ROBOT,
            "scopes": [SPREADSHEETS],
            "scopes_told": True,
            "renewed": True,
            "error": None,
            "signed_in": None,
        },
    )
    text = sheetcrm("auth", "status", "--credentials", key_file)
    assert f"Share a sheet with {ROBOT}: the button Share, role Editor." in text.out
    assert not shows_a_secret([told, text])


def test_status_takes_one_call(served: Served, sheetcrm: Program, key_file: Path) -> None:
    sheetcrm("auth", "status", "--credentials", key_file)
    counts = served.counts()
    assert (counts["token"], counts["reads"], counts["writes"]) == (1, 0, 0)


def test_access_that_has_expired_is_told_with_the_rule_of_seven_days(
    served: Served, sheetcrm: Program, config: Path
) -> None:
    signed_in(config)
    served.control("POST", "faults", kind="invalid-grant", path="/token")
    ran = sheetcrm("auth", "status", "--format", "json")
    assert ran.code == 3
    assert ran.json["renewed"] is False
    assert ran.json["error"]["code"] == "Access"
    assert "7 days" in ran.json["error"]["hint"]
    served.control("POST", "faults", kind="invalid-grant", path="/token")
    text = sheetcrm("auth", "status")
    assert text.code == 3
    assert "You are signed out of Google" in text.out
    assert not shows_a_secret([ran, text])


def test_signing_out_without_google_is_honest(served: Served, sheetcrm: Program, config: Path) -> None:
    token = signed_in(config)
    served.control("POST", "faults", kind="drop-before", path="/revoke", times=None)
    ran = sheetcrm("auth", "logout")
    assert (ran.code, token.exists()) == (0, False)
    assert "Google could not be told" in ran.out
    assert "https://myaccount.google.com/connections" in ran.out


def test_without_any_credentials_the_three_ways_are_named(
    sheetcrm: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SHEETS_EMULATOR_HOST")
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path / "gcloud"))
    ran = sheetcrm("auth", "status")
    assert ran.code == 3
    assert "There are no credentials for Google." in ran.err
    for way in ("--credentials FILE", "sheetcrm auth login", "Download"):
        assert way in ran.err


def test_a_key_that_others_can_read_is_refused(sheetcrm: Program, key_file: Path) -> None:
    key_file.chmod(0o644)
    ran = sheetcrm("auth", "status", "--credentials", key_file)
    assert ran.code == 3
    assert f"Type: chmod 600 {key_file}" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Nobody has signed in here yet"),
        (("--client", "none.json"), "There is no file none.json"),
        (("--client", "key.json"), "key.json is no OAuth client"),
    ],
)
def test_signing_in_needs_the_file_of_a_client(
    sheetcrm: Program, key_file: Path, words: tuple[str, ...], said: str
) -> None:
    ran = sheetcrm("auth", "login", *words)
    assert ran.code == 3
    assert said in ran.err


def test_a_stop_as_json_holds_no_secret(sheetcrm: Program, key_file: Path) -> None:
    key_file.write_text(key_file.read_text("utf-8").replace("A", "-"), "utf-8")
    ran = sheetcrm("auth", "status", "--credentials", key_file, "--format", "json")
    assert ran.code == 3
    assert json.loads(ran.out)["error"]["code"] == "Access"
    assert not shows_a_secret([ran])
