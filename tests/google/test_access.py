"""Who may come in: tokens, permissions and scopes."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.google.emulator.tokens import JWT_GRANT
from tests.google.local import Book, Local, RefusedError

ROBOT = "robot@local.iam.gserviceaccount.com"
SHEETS = "https://www.googleapis.com/auth/spreadsheets"
FILE_ONLY = "https://www.googleapis.com/auth/drive.file"


def assertion(**claims: Any) -> str:
    told = {"iss": ROBOT, "aud": "local", "exp": 2, "iat": 1, "scope": SHEETS, **claims}
    parts = [json.dumps({"alg": "RS256"}), json.dumps(told), "signature"]
    return ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)


def granted(local: Local, **form: str) -> Any:
    return local.call("POST", "/token", urlencode(form).encode())


@pytest.fixture
def robot(local: Local) -> Local:
    """The same Google, asked by a service account."""
    token = granted(local, grant_type=JWT_GRANT, assertion=assertion())["access_token"]
    return Local(local.google, token)


def test_no_token_is_401_and_any_token_is_somebody(local: Local) -> None:
    local.book()
    with pytest.raises(RefusedError) as refused:
        Local(local.google, "").call("GET", "/drive/v3/files")
    assert refused.value.status == 401
    with pytest.raises(RefusedError, match="missing required authentication credential") as refused:
        Local(local.google, "").call("GET", "/v4/spreadsheets/x")
    assert refused.value.error["status"] == "UNAUTHENTICATED"
    assert local.call("GET", "/drive/v3/files")["files"]


def test_a_token_remembers_who_asked_for_it(robot: Local) -> None:
    assert robot.call("GET", "/drive/v3/about", fields="user")["user"]["emailAddress"] == ROBOT


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": JWT_GRANT, "assertion": "nonsense"}, "invalid_grant"),
        ({"grant_type": JWT_GRANT, "assertion": "a.b.c"}, "invalid_grant"),
        ({"grant_type": JWT_GRANT, "assertion": assertion().rpartition(".")[0]}, "invalid_grant"),
        ({"grant_type": "refresh_token"}, "invalid_request"),
    ],
)
def test_a_request_for_a_token_must_be_well_formed(local: Local, form: dict[str, str], error: str) -> None:
    with pytest.raises(RefusedError) as refused:
        granted(local, **form)
    assert (refused.value.status, refused.value.error) == (400, error)


def test_a_refresh_token_is_honoured(local: Local) -> None:
    told = granted(local, grant_type="refresh_token", refresh_token="1//x", scope=SHEETS)
    assert told["token_type"] == "Bearer"
    assert told["scope"] == SHEETS


def test_permissions_count_when_a_test_says_so(local: Local, robot: Local) -> None:
    book = local.book()
    local.call("POST", "/_test/policy", {"enforce_permissions": True})
    theirs = Book(robot, book.id)
    with pytest.raises(RefusedError, match="The caller does not have permission") as refused:
        theirs.get()
    assert (refused.value.status, refused.value.error["status"]) == (403, "PERMISSION_DENIED")
    with pytest.raises(RefusedError, match="File not found"):
        robot.call("GET", f"/drive/v3/files/{book.id}")
    sharing = {"type": "user", "role": "reader", "emailAddress": ROBOT}
    local.call("POST", f"/drive/v3/files/{book.id}/permissions", sharing)
    assert theirs.get()["spreadsheetId"] == book.id
    with pytest.raises(RefusedError, match="The caller does not have permission"):
        theirs.write("A1", [1])
    with pytest.raises(RefusedError, match="does not have sufficient permissions"):
        robot.call("PATCH", f"/drive/v3/files/{book.id}", {"name": "mine"})


def test_scopes_count_when_a_test_says_so(local: Local) -> None:
    local.call("POST", "/_test/policy", {"enforce_scopes": True})
    scope = {"scope": "https://www.googleapis.com/auth/spreadsheets.readonly"}
    token = granted(local, grant_type=JWT_GRANT, assertion=assertion(**scope))["access_token"]
    book = local.book()
    readonly = Book(Local(local.google, token), book.id)
    readonly.get()
    with pytest.raises(RefusedError, match="insufficient authentication scopes") as refused:
        readonly.write("A1", [1])
    assert refused.value.error["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"


def test_a_service_account_makes_no_files_when_a_test_says_so(local: Local, robot: Local) -> None:
    local.call("POST", "/_test/policy", {"service_accounts_may_create": False})
    with pytest.raises(RefusedError, match="storage quota has been exceeded"):
        robot.call("POST", "/drive/v3/files", {"name": "x", "mimeType": "application/vnd.google-apps.spreadsheet"})
    local.book()
