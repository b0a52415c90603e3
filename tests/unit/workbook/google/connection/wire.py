"""Google as a test has it: answers in a list, and a clock that only moves when somebody sleeps."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from google.oauth2.credentials import Credentials
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from sheetcrm.text import Message, say
from sheetcrm.workbook.google.connection.client import Client
from sheetcrm.workbook.google.connection.credentials import Found
from sheetcrm.workbook.google.connection.endpoint import GOOGLE
from sheetcrm.workbook.google.connection.pace import Clock
from sheetcrm.workbook.google.connection.who import Kind, Source, Who

TOKEN = "ya29.SECRET-ACCESS"
REFRESH = "1//SECRET-REFRESH"
CLIENT_SECRET = "GOCSPX-SECRET"
SECRETS = (TOKEN, REFRESH, CLIENT_SECRET, "SECRET", "BEGIN PRIVATE KEY", "Bearer ya29")

PERSON = Who(Kind.PERSON, Source.FOLDER, path="token.json")
ROBOT = Who(Kind.SERVICE_ACCOUNT, Source.ASKED, "robot@local.iam.gserviceaccount.com", "key.json")


def answer(status: int = 200, content: Any = None, **headers: str) -> Response:
    """An answer with this JSON, or with these bytes as they are."""
    response = Response()
    response.status_code = status
    kind = "text/html; charset=UTF-8" if isinstance(content, bytes) else "application/json; charset=UTF-8"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response.headers = CaseInsensitiveDict({"Content-Type": kind, **named})
    response.raw = BytesIO(content if isinstance(content, bytes) else json.dumps(content or {}).encode())
    return response


def refusal(status: int, message: str = "", reason: str = "", facts: Mapping[str, str] | None = None) -> Response:
    """A refusal as Google words it."""
    detail = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "metadata": facts or {}}
    error = {"code": status, "message": message, "status": "X", **({"details": [detail]} if reason else {})}
    return answer(status, {"error": error})


PAGE = b"<!DOCTYPE html><html><title>Error 502 (Server Error)!!1</title></html>"


@dataclass
class Timing:
    """Time that passes only in sleep, and a chance that is always the same."""

    passed: float = 0
    chance: float = 0.5
    sleeps: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.passed += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.passed, self.sleep, lambda: self.chance)


class Script(BaseAdapter):
    """A transport that answers from a list, and remembers what was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.outcomes: deque[Response | Exception] = deque()
        self.sent: list[PreparedRequest] = []

    def answers(self, *outcomes: Response | Exception) -> None:
        self.outcomes.extend(outcomes)

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        self.sent.append(request)
        outcome = self.outcomes.popleft()
        if isinstance(outcome, Exception):
            raise outcome
        outcome.request, outcome.url = request, request.url or ""
        return outcome

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Told:
    """The lines that a person got to read."""

    lines: list[str] = field(default_factory=list)

    def __call__(self, message: Message) -> None:
        self.lines.append(say(message, "en"))


def person(token: str | None = TOKEN) -> Credentials:
    """A person's credentials, signed in at Google."""
    credentials: Credentials = Credentials(
        token,
        refresh_token=REFRESH,
        client_id="me.apps.googleusercontent.com",
        client_secret=CLIENT_SECRET,
        token_uri="https://oauth2.googleapis.com/token",
    )
    return credentials


def client(timing: Timing, told: Told | None = None, who: Who = PERSON) -> Client:
    """A client of Google's, as a person."""
    return Client(Found(person(), who), GOOGLE, told or Told(), timing.clock)


def key_file(path: Path, content: Mapping[str, Any], mode: int = 0o600) -> Path:
    """A file with credentials."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))
    path.chmod(mode)
    return path
