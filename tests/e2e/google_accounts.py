"""Credentials for the local Google: the files that people have, and what of them must never be shown."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tests.e2e.program import Ran

ROBOT = "robot@local.iam.gserviceaccount.com"
CLIENT_SECRET = "GOCSPX-local-secret"


def client_file(path: Path) -> Path:
    """A person's own OAuth client, as the Google Cloud console gives it."""
    client = {
        "client_id": "me.apps.googleusercontent.com",
        "client_secret": CLIENT_SECRET,
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    return _kept(path, {"installed": client})


def signed_in(config: Path) -> Path:
    """What `auth login` keeps for the local Google."""
    config.joinpath("sheetcrm", "emulator").mkdir(parents=True)
    token = {
        "type": "authorized_user",
        "client_id": "me.apps.googleusercontent.com",
        "client_secret": CLIENT_SECRET,
        "refresh_token": "1//local-refresh",
        "token_uri": "https://oauth2.googleapis.com/token",
        "scopes": ["https://www.googleapis.com/auth/spreadsheets"],
    }
    return _kept(config / "sheetcrm" / "emulator" / "token.json", token)


def _kept(path: Path, content: object) -> Path:
    path.touch(0o600)
    path.write_text(json.dumps(content), "utf-8")
    return path


def shows_a_secret(ran: Iterable[Ran]) -> bool:
    """Whether something that was printed opens a door."""
    printed = "".join(one.out + one.err for one in ran)
    return any(secret in printed for secret in (CLIENT_SECRET, "PRIVATE KEY", "1//local", "ya29.", "Bearer"))
