"""A request in, an answer out: who asks, what may go wrong, which method answers, whether the answer is Google's."""

from __future__ import annotations

import json
import threading
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.google.emulator import controls, discovery, fields, routes, spreadsheets
from tests.google.emulator.call import Call
from tests.google.emulator.errors import ApiError, Json, invalid, not_here, scope_missing, unauthenticated
from tests.google.emulator.faults import Edit, Fault, Trouble
from tests.google.emulator.fields import Mask
from tests.google.emulator.log import Entry, Log
from tests.google.emulator.printing import printed
from tests.google.emulator.routes import Route
from tests.google.emulator.store import Store
from tests.google.emulator.tokens import RefusedError, Tokens

JSON = "application/json; charset=UTF-8"
_HTML = "<!DOCTYPE html><html><title>Error 502 (Server Error)!!1</title><p><b>502.</b> That’s an error.</html>\n"


@dataclass(frozen=True)
class Request:
    """What came over the wire, its content unpacked."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True)


@dataclass(frozen=True)
class Answer:
    """What goes back; `dropped` closes the connection instead."""

    status: int = 200
    body: bytes = b""
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    dropped: bool = False


class Google:
    """The whole stand-in, behind one lock: calls are answered one after another, as if each were atomic."""

    def __init__(self, folder: Path | None = None) -> None:
        self.store = Store.opened(folder)
        self.tokens = Tokens()
        self.trouble = Trouble()
        self.log = Log()
        self.lock = threading.RLock()
        self.waking = threading.Event()

    def wake(self) -> None:
        """End the hangs under way."""
        self.waking.set()
        self.waking.clear()

    def answer(self, request: Request) -> tuple[Answer, Entry | None]:
        """Answer one request; the entry is the log's, for the server to complete."""
        if request.path.startswith("/_test/"):
            with self.lock:
                return _json(*controls.answer(self, request.method, request.path, request.body)), None
        found = routes.find(request.method, request.path)
        api, kind = (found[0].api, found[0].kind) if found else ("", "token" if request.path == "/token" else "other")
        with self.lock:
            entry = self.log.begin(request.method, request.path, urlsplit(request.target).query, api, kind)
            fault = self.trouble.fault(request.method, request.path)
            edits = self.trouble.due(request.method, request.path)
        entry.fault = fault.kind if fault else ""
        answer = self._answer(request, found, entry, fault, edits)
        entry.status = 0 if answer.dropped else answer.status
        return answer, entry

    def _answer(
        self,
        request: Request,
        found: tuple[Route, dict[str, str]] | None,
        entry: Entry,
        fault: Fault | None,
        edits: list[Edit],
    ) -> Answer:
        service = found[0].service if found else "sheets"
        if fault and fault.kind == "hang":
            self.waking.wait(fault.seconds)
        with self.lock:
            try:
                self._edit(edits, "before")
                if stopped := _before(fault, service, entry.kind):
                    return stopped
                answer = self._served(request, found, entry)
                self._edit(edits, "after")
                return _after(fault, service, entry.kind) or answer
            except ApiError as error:
                return _refusal(error, service)
            except RefusedError as refused:
                return _json(400, refused.body)
            except Exception as broken:
                # A defect of ours must not look like a dropped connection.
                traceback.print_exc()
                return _refusal(ApiError(500, f"The local Google is broken: {broken!r}"), service)

    def _edit(self, edits: list[Edit], when: str) -> None:
        """Let a person, the file's owner, edit; what Google refuses him, a test wants to know."""
        for edit in edits:
            if edit.when == when:
                body = discovery.sheets().parse("BatchUpdateSpreadsheetRequest", {"requests": edit.requests})
                person = self.store.owner(edit.spreadsheet)
                spreadsheets.batch_update(Call(self.store, person, {"spreadsheetId": edit.spreadsheet}, {}, body))

    def _served(self, request: Request, found: tuple[Route, dict[str, str]] | None, entry: Entry) -> Answer:
        match request.path:
            case "/token":
                return _json(200, self.tokens.grant(parse_qs(request.body.decode())))
            case "/auth":
                return Answer(302, headers={"Location": self.tokens.consent(request.query)})
            case "/revoke":
                self.tokens.revoke(parse_qs(request.body.decode()))
                return _json(200, {})
        if found is None:
            raise not_here(f"{request.method} {request.path}")
        route, path = found
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise unauthenticated()
        self.trouble.quota.spend(route.kind, self.store.clock.now().timestamp())
        account = self.tokens.account(token.strip())
        if route.api == "drive.v2.upload":
            return _json(200, route.handler(Call(self.store, account.email, path, {}, {}, content=request.body)))
        method = route.document.methods[route.api]
        self._check_scopes(method, account.scopes)
        call = self._call(request, route, method, path, account.email)
        entry.requests = [kind for one in call.body.get("requests", []) for kind in one]
        return _told(route, method, call, route.handler(call))

    def _check_scopes(self, method: Json, scopes: frozenset[str]) -> None:
        if self.store.policy.enforce_scopes and scopes and not scopes & set(method["scopes"]):
            raise scope_missing()

    def _call(self, request: Request, route: Route, method: Json, path: dict[str, str], caller: str) -> Call:
        document = route.document
        discovery.check_path(document, method, path)
        query = discovery.parameters(document, method, request.query)
        if query.get("alt", "json") not in {"json", "media"}:
            raise not_here(f"alt={query['alt']}")
        mask: Mask = {}
        if query.get("fields"):
            mask = fields.read(query["fields"])
            if "response" in method and document is discovery.sheets():
                fields.check(document, method["response"]["$ref"], mask)
        return Call(self.store, caller, path, query, _body(request, route, method), mask, request.body)


def _body(request: Request, route: Route, method: Json) -> Json:
    if "request" not in method:
        return {}
    try:
        content = json.loads(request.body, parse_constant=_no_json) if request.body.strip() else {}
    except ValueError as wrong:
        raise invalid(f"Invalid JSON payload received. {wrong}") from None
    lenient = route.service == "drive"
    return route.document.parse(method["request"]["$ref"], content, route.root, lenient=lenient)


def _no_json(token: str) -> None:
    """NaN and Infinity, which Python takes for JSON."""
    raise ValueError(f"Unexpected token.\n{token}\n^")


def _told(route: Route, method: Json, call: Call, answer: Any) -> Answer:
    """The answer, checked against the document, then cut to the fields asked for."""
    if answer is None:
        return Answer(204, content_type="text/html")
    if isinstance(answer, tuple):
        return Answer(200, answer[1], answer[0])
    if route.service == "sheets":
        # An empty list is unsaid in Sheets' answers.
        answer = {name: part for name, part in answer.items() if part != []}
    faults = route.document.faults(method["response"]["$ref"], answer)
    if faults:
        raise ApiError(500, "The local Google answered what Google could not: " + "; ".join(faults[:5]))
    told = fields.select(call.mask, answer)
    return _json(200, told, pretty=call.query.get("prettyPrint", True))


def _json(status: int, body: Any, headers: dict[str, str] | None = None, *, pretty: bool = True) -> Answer:
    return Answer(status, printed(body, pretty=pretty), headers=headers or {})


def _refusal(error: ApiError, service: str) -> Answer:
    return _json(error.code, error.body(service), error.headers)


def _before(fault: Fault | None, service: str, kind: str) -> Answer | None:
    """The answer of a fault that keeps the call from being applied."""
    if fault is None or fault.kind in {"hang", "503-after", "drop-after", "html-502-after"}:
        return None
    if fault.kind == "drop-before":
        return Answer(dropped=True)
    if fault.kind == "invalid-grant":
        described = "Token has been expired or revoked."
        return _json(400, {"error": "invalid_grant", "error_description": described})
    return _broken_page() if fault.kind == "html-502" else _refusal(fault.error(kind), service)


def _after(fault: Fault | None, service: str, kind: str) -> Answer | None:
    """The answer of a fault that strikes when the call has been applied."""
    match fault.kind if fault else "":
        case "drop-after":
            return Answer(dropped=True)
        case "html-502-after":
            return _broken_page()
        case "503-after" if fault:
            return _refusal(fault.error(kind), service)
    return None


def _broken_page() -> Answer:
    return Answer(502, _HTML.encode(), "text/html; charset=UTF-8")
