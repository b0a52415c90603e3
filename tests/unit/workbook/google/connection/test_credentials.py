"""Which credentials are taken: the documented order, and what is refused."""

import traceback
from pathlib import Path
from typing import Any

import pytest

from sheetcrm.errors import AccessError
from sheetcrm.text import say
from sheetcrm.workbook.google.connection.credentials import SCOPES, find_credentials
from sheetcrm.workbook.google.connection.endpoint import GOOGLE, Endpoint, find_endpoint
from sheetcrm.workbook.google.connection.who import Kind, Source, Who
from tests.unit.workbook.google.connection.wire import CLIENT_SECRET, REFRESH, SECRETS, key_file

LOCAL = find_endpoint("127.0.0.1:8080", {})
SIGNED_IN = {
    "type": "authorized_user",
    "client_id": "me",
    "client_secret": CLIENT_SECRET,
    "refresh_token": REFRESH,
    "token_uri": "https://oauth2.googleapis.com/token",
}
WORKLOAD = {
    "type": "external_account",
    "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/p",
    "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
    "token_url": "https://sts.googleapis.com/v1/token",
    "credential_source": {"file": "token"},
}
IMPERSONATED = {
    "type": "impersonated_service_account",
    "service_account_impersonation_url": "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/"
    "other@local.iam.gserviceaccount.com:generateAccessToken",
    "source_credentials": SIGNED_IN,
}
VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS"


@pytest.fixture
def robot(private_key: str) -> dict[str, Any]:
    return {
        "type": "service_account",
        "project_id": "local",
        "private_key_id": "1",
        "private_key": private_key,
        "client_email": "robot@local.iam.gserviceaccount.com",
        "client_id": "1",
        "token_uri": "https://oauth2.googleapis.com/token",
    }


@pytest.fixture
def everywhere(tmp_path: Path, robot: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A file in every place where credentials are looked for, in the order of the places."""
    places = [
        tmp_path / "named.json",
        tmp_path / "variable.json",
        tmp_path / "gcloud" / "application_default_credentials.json",
        tmp_path / "config" / "token.json",
        tmp_path / "config" / "service_account.json",
    ]
    for place in places:
        key_file(place, robot if place.name == "service_account.json" else SIGNED_IN)
    monkeypatch.setenv(VARIABLE, str(places[1]))
    monkeypatch.setenv("PATH", str(tmp_path))  # no gcloud to ask for a project
    return places


def found(tmp_path: Path, named: Path | None = None, endpoint: Endpoint = GOOGLE) -> Who:
    return find_credentials(named, endpoint, tmp_path / "config").who


def test_the_documented_order(tmp_path: Path, everywhere: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    named, variable, gcloud, token, key = everywhere
    assert found(tmp_path, named) == Who(Kind.PERSON, Source.ASKED, path=str(named))
    assert found(tmp_path) == Who(Kind.PERSON, Source.ENVIRONMENT, path=str(variable))
    monkeypatch.delenv(VARIABLE)
    assert found(tmp_path) == Who(Kind.PERSON, Source.ENVIRONMENT)
    gcloud.unlink()
    assert found(tmp_path) == Who(Kind.PERSON, Source.FOLDER, path=str(token))
    token.unlink()
    assert found(tmp_path) == Who(
        Kind.SERVICE_ACCOUNT, Source.FOLDER, "robot@local.iam.gserviceaccount.com", path=str(key)
    )
    key.unlink()
    with pytest.raises(AccessError, match="There are no credentials") as none:
        found(tmp_path)
    assert none.value.hint
    hint = say(none.value.hint, "en")
    assert all(way in hint for way in ("--credentials FILE", "sheetcrm auth login", ".xlsx"))


def test_the_local_stand_in_is_not_shown_what_is_kept_for_google(
    tmp_path: Path, everywhere: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    assert found(tmp_path, endpoint=LOCAL) == Who(Kind.NOBODY, Source.NONE)
    kept = key_file(tmp_path / "config" / "emulator" / "token.json", SIGNED_IN)
    assert found(tmp_path, endpoint=LOCAL).path == str(kept)


def test_the_local_stand_in_gives_out_its_own_tokens(tmp_path: Path, robot: dict[str, Any]) -> None:
    for content in (robot, SIGNED_IN):
        named = key_file(tmp_path / "key.json", content)
        credentials: Any = find_credentials(named, LOCAL, tmp_path).credentials
        assert credentials._token_uri == "http://127.0.0.1:8080/token"


def test_workload_identity_and_impersonation(tmp_path: Path) -> None:
    assert found(tmp_path, key_file(tmp_path / "w.json", WORKLOAD, mode=0o644)).kind is Kind.OTHER
    who = found(tmp_path, key_file(tmp_path / "i.json", IMPERSONATED))
    assert (who.kind, who.email) == (Kind.SERVICE_ACCOUNT, "other@local.iam.gserviceaccount.com")
    with pytest.raises(AccessError, match="good for Google only"):
        found(tmp_path, tmp_path / "w.json", LOCAL)


@pytest.mark.parametrize("kind", [IMPERSONATED, {**SIGNED_IN, "type": "external_account_authorized_user"}])
def test_a_file_with_somebodys_access_in_it_is_as_secret_as_a_key(tmp_path: Path, kind: dict[str, Any]) -> None:
    with pytest.raises(AccessError, match="Other people on this computer"):
        found(tmp_path, key_file(tmp_path / "i.json", kind, mode=0o644))


def test_only_spreadsheets_are_asked_for(tmp_path: Path, robot: dict[str, Any]) -> None:
    credentials: Any = find_credentials(key_file(tmp_path / "k.json", robot), GOOGLE).credentials
    assert tuple(credentials.scopes) == SCOPES == ("https://www.googleapis.com/auth/spreadsheets",)


@pytest.mark.parametrize("mode", [0o644, 0o640])
def test_a_key_that_others_can_read_is_refused(
    tmp_path: Path, robot: dict[str, Any], mode: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = key_file(tmp_path / "config" / "service_account.json", robot, mode)
    monkeypatch.setenv(VARIABLE, str(named))
    for path in (named, None):
        with pytest.raises(AccessError, match="Other people"):
            found(tmp_path, path)
    monkeypatch.delenv(VARIABLE)
    with pytest.raises(AccessError, match="Other people"):
        found(tmp_path)


@pytest.mark.parametrize("kind", ["installed", "web"])
def test_an_oauth_client_is_no_key(tmp_path: Path, kind: str) -> None:
    named = key_file(tmp_path / "client.json", {kind: {"client_id": "me", "client_secret": CLIENT_SECRET}})
    with pytest.raises(AccessError, match="is an OAuth client's file") as refused:
        found(tmp_path, named)
    assert refused.value.hint
    assert "sheetcrm auth login --client" in say(refused.value.hint, "en")


@pytest.mark.parametrize(
    "content",
    [
        {"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\nSECRET", "client_email": "a@b"},
        {"type": "service_account", "private_key": "SECRET", "client_email": "a@b", "token_uri": "https://x"},
        {"type": "service_account", "private_key": ["SECRET"], "client_email": "a@b", "token_uri": "https://x"},
        {"type": "authorized_user", "refresh_token": REFRESH},
        {"type": "external_account", "audience": "SECRET"},
        {"type": "impersonated_service_account"},
    ],
)
def test_a_key_that_is_not_whole_is_refused_without_showing_it(tmp_path: Path, content: dict[str, Any]) -> None:
    with pytest.raises(AccessError, match="holds no whole key") as refused:
        found(tmp_path, key_file(tmp_path / "key.json", content))
    shown = "".join(traceback.format_exception(refused.value)) + repr(refused.value)
    assert not [secret for secret in SECRETS if secret in shown]


def test_json_that_is_nothing_of_googles(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="holds no credentials that Google gives out"):
        found(tmp_path, key_file(tmp_path / "package.json", {"name": "x", "type": "module"}))
    with pytest.raises(AccessError, match="There is no file"):
        found(tmp_path, tmp_path / "nowhere.json")


def test_who_it_is_in_words(tmp_path: Path, robot: dict[str, Any]) -> None:
    who = found(tmp_path, key_file(tmp_path / "k.json", robot))
    assert say(who.told, "en") == f"the service account robot@local.iam.gserviceaccount.com ({tmp_path / 'k.json'})"
    assert say(Who(Kind.PERSON, Source.ENVIRONMENT).told, "en") == "a person who signed in (from Google's own tools)"
    assert "account of this computer" in say(Who(Kind.OTHER, Source.ENVIRONMENT).told, "en")
    assert "nobody" in say(Who(Kind.NOBODY, Source.NONE).told, "en")


def test_neither_credentials_nor_who_show_a_secret(tmp_path: Path) -> None:
    credentials = find_credentials(key_file(tmp_path / "t.json", SIGNED_IN), GOOGLE)
    assert not [secret for secret in SECRETS if secret in repr(credentials)]
