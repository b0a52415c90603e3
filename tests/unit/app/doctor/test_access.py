"""What the doctor says of an access to Google: of scopes, of the clock, of a sign-in and its seven days."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from google.auth.credentials import AnonymousCredentials

from sheetcrm.app.doctor.access import access, endpoint
from sheetcrm.app.doctor.check import Check
from sheetcrm.errors import AccessError
from sheetcrm.text import msg, say
from sheetcrm.workbook.google.connection.credentials import SCOPES, Found
from sheetcrm.workbook.google.connection.endpoint import GOOGLE, find_endpoint
from sheetcrm.workbook.google.connection.oauth import SignedIn
from sheetcrm.workbook.google.connection.who import Kind, Source, Who
from sheetcrm.workbook.google.examining import Access

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TOKEN = "token.json"
ROBOT = Who(Kind.SERVICE_ACCOUNT, Source.ASKED, "robot@firm.iam.gserviceaccount.com", "key.json")
PERSON = Who(Kind.PERSON, Source.FOLDER, path=TOKEN)


def said(
    who: Who = ROBOT,
    scopes: tuple[str, ...] = SCOPES,
    ahead: float | None = 0,
    signed_in: datetime | None = None,
    trouble: AccessError | None = None,
) -> dict[str, Check]:
    kept = SignedIn(Path(TOKEN), signed_in, "me") if signed_in else None
    found = Access(GOOGLE, Found(AnonymousCredentials(), who), scopes, True, trouble, ahead, kept)
    return {check.name: check for check in access(found, NOW)}


def test_a_service_account_is_told_with_the_address_to_share_with() -> None:
    checks = said()
    assert {check.state for check in checks.values()} == {"ok"}
    assert say(checks["sharing"].told, "en") == (
        "Share a sheet with robot@firm.iam.gserviceaccount.com: the button Share, role Editor."
    )
    assert "key.json" in say(checks["credentials"].told, "en")


@pytest.mark.parametrize(
    ("ahead", "state", "words"),
    [
        (None, "look", "could not be checked"),
        (60, "ok", "agrees"),
        (90, "look", "1.5 min ahead"),
        (-90, "look", "1.5 min behind"),
        (301, "wrong", "5 min ahead"),
        (-3600, "wrong", "60 min behind"),
    ],
)
def test_a_clock_that_is_off_is_named_from_a_minute_on(ahead: float | None, state: str, words: str) -> None:
    clock = said(ahead=ahead)["clock"]
    assert clock.state == state
    assert words in say(clock.told, "en")


@pytest.mark.parametrize(
    ("scope", "state"),
    [
        ("spreadsheets", "ok"),
        ("drive", "ok"),
        ("spreadsheets.readonly", "look"),
        ("cloud-platform", "wrong"),
    ],
)
def test_a_token_is_judged_by_what_it_was_granted_for(scope: str, state: str) -> None:
    assert said(scopes=(f"https://www.googleapis.com/auth/{scope}",))["scopes"].state == state


def test_a_sign_in_of_this_week_may_end_after_seven_days() -> None:
    check = said(PERSON, signed_in=NOW - timedelta(days=2))["sign_in"]
    assert check.state == "look"
    assert "2026-11-18" in say(check.told, "en")
    assert check.hint is not None
    assert "after 7 days" in say(check.hint, "en")


def test_a_sign_in_that_outlived_a_week_is_of_a_published_client() -> None:
    assert said(PERSON, signed_in=NOW - timedelta(days=8))["sign_in"].state == "ok"


def test_an_old_sign_in_that_gives_no_token_proves_nothing() -> None:
    checks = said(PERSON, signed_in=NOW - timedelta(days=8), trouble=AccessError(msg("You are signed out of Google.")))
    assert checks["sign_in"].state == "look"
    assert checks["token"].state == "wrong"
    assert "scopes" not in checks


def test_a_sign_in_behind_other_credentials_is_named() -> None:
    check = said(signed_in=NOW)["sign_in"]
    assert check.state == "look"
    assert check.facts == {"used": False}


def test_a_stand_in_is_never_taken_for_google() -> None:
    assert list(endpoint(GOOGLE)) == []
    (check,) = endpoint(find_endpoint("127.0.0.1:8080", {}))
    assert check.state == "look"
