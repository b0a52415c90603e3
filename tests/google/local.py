"""The local Google for a test: in the test's process, or served by one of its own, with gspread pointed at it."""

from __future__ import annotations

import json
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import gspread
import requests
from gspread.http_client import HTTPClient
from requests import Response, Session

from tests.google.emulator.service import Google, Request

Json = dict[str, Any]

_HOSTS = ("https://sheets.googleapis.com", "https://www.googleapis.com")


class RefusedError(AssertionError):
    """An answer that is no 2xx."""

    def __init__(self, status: int, body: Json) -> None:
        super().__init__(f"{status}: {body['error'].get('message') if isinstance(body['error'], dict) else body}")
        self.status = status
        self.error = body["error"]


class Asks(ABC):
    """What can be asked: the local Google, wherever it runs."""

    @abstractmethod
    def call(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Ask, and give the answer's JSON."""

    def book(self, *titles: str, locale: str = "en_US", rows: int = 100, columns: int = 10) -> Book:
        """A new spreadsheet with these tabs."""
        grid = {"rowCount": rows, "columnCount": columns}
        sheets = [
            {"properties": {"title": title, "sheetId": number, "gridProperties": grid}}
            for number, title in enumerate(titles or ("Sheet1",))
        ]
        properties = {"title": "Clients", "locale": locale}
        made = self.call("POST", "/v4/spreadsheets", {"properties": properties, "sheets": sheets})
        return Book(self, made["spreadsheetId"])


@dataclass
class Local(Asks):
    """The local Google in this process: a call is a function call, an answer is its JSON."""

    google: Google = field(default_factory=Google)
    token: str = "anyone"

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Ask, and give the answer's JSON (or bytes, where it is none).

        Raises:
            RefusedError: If the answer is an error.
        """
        # Nobody looks at the text, and plain text is made in less time.
        target = f"{path}?{urlencode({'prettyPrint': 'false', **query}, doseq=True)}"
        content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        answer, _ = self.google.answer(Request(method, target, headers, content))
        if answer.status >= 400:
            raise RefusedError(answer.status, json.loads(answer.body))
        is_json = answer.content_type.startswith("application/json")
        return json.loads(answer.body) if is_json and answer.body else answer.body


@dataclass
class Asked(Asks):
    """A local Google in another process, asked over HTTP."""

    url: str
    session: Session
    token: str = "anyone"

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Ask, and give the answer's JSON (or bytes, where it is none).

        Raises:
            RefusedError: If the answer is an error.
        """
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self.session.request(method, self.url + path, json=body, params=query, headers=headers, timeout=60)
        if answer.status_code >= 400:
            raise RefusedError(answer.status_code, answer.json())
        is_json = answer.headers["Content-Type"].startswith("application/json")
        return answer.json() if is_json and answer.content else answer.content


@dataclass
class Book:
    """A spreadsheet of a local Google."""

    local: Asks
    id: str

    def call(self, method: str, rest: str, body: Any = None, **query: Any) -> Any:
        return self.local.call(method, f"/v4/spreadsheets/{self.id}{rest}", body, **query)

    def get(self, **query: Any) -> Json:
        return dict(self.call("GET", "", **query))

    def sheet(self, number: int = 0, **query: Any) -> Json:
        """One tab of the Spreadsheet resource."""
        return dict(self.get(**query)["sheets"][number])

    def update(self, *requests: Json, **options: Any) -> Json:
        """A batchUpdate of these requests."""
        return dict(self.call("POST", ":batchUpdate", {"requests": list(requests), **options}))

    def write(self, where: str, *rows: list[Any], option: str = "RAW") -> Json:
        return dict(
            self.call("PUT", f"/values/{quote(where, safe='')}", {"values": list(rows)}, valueInputOption=option)
        )

    def type(self, where: str, *rows: list[Any]) -> Json:
        """Write as a person types."""
        return self.write(where, *rows, option="USER_ENTERED")

    def append(self, where: str, *rows: list[Any], **query: Any) -> Json:
        path = f"/values/{quote(where, safe='')}:append"
        return dict(self.call("POST", path, {"values": list(rows)}, **{"valueInputOption": "RAW", **query}))

    def values(self, where: str, **query: Any) -> list[list[Any]]:
        """The values of a range; no rows where Google tells none."""
        return list(self.call("GET", f"/values/{quote(where, safe='')}", **query).get("values", []))

    def raw(self, where: str) -> list[list[Any]]:
        return self.values(where, valueRenderOption="UNFORMATTED_VALUE")


@dataclass
class Served:
    """The local Google in a process of its own."""

    url: str

    def control(self, method: str, name: str, /, **asked: Any) -> Json:
        """Use a control under /_test/."""
        answer = requests.request(method, f"{self.url}/_test/{name}", json=asked, timeout=30)
        answer.raise_for_status()
        return dict(answer.json())

    def counts(self) -> Json:
        return dict(self.control("GET", "log")["counts"])

    def client(self, key: Mapping[str, Any]) -> gspread.Client:
        """gspread as it is, with a service account's key, pointed here."""
        return gspread.service_account_from_dict(key, http_client=pointed_at(self.url))


def pointed_at(url: str) -> type[HTTPClient]:
    """gspread's own client, but Google's hosts, which are constants in it, are `url`."""

    class LocalHTTPClient(HTTPClient):
        def request(self, method: str, endpoint: str, *rest: Any, **named: Any) -> Response:
            for host in _HOSTS:
                if endpoint.startswith(host):
                    endpoint = url + endpoint.removeprefix(host)
            return super().request(method, endpoint, *rest, **named)

    return LocalHTTPClient


@contextmanager
def serving(state: Path | None = None) -> Iterator[Served]:
    """Run `python -m tests.google.emulator` while the block lasts."""
    command = [sys.executable, "-m", "tests.google.emulator", "--port", "0"]
    if state:
        command += ["--state", str(state)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout
        try:
            yield Served(process.stdout.readline().strip())
        finally:
            process.terminate()
