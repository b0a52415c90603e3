"""gspread's client with our policy: bounded in time, patient where that helps, never blind with a write."""

from __future__ import annotations

import json as codec
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import requests
from google.auth.exceptions import GoogleAuthError
from gspread.http_client import FileType, HTTPClient, ParamsType
from requests import Response

from sheetcrm import __version__
from sheetcrm.text import Message, msg
from sheetcrm.workbook.google.connection.bearer import Bearer
from sheetcrm.workbook.google.connection.call import Call, call_of
from sheetcrm.workbook.google.connection.credentials import Found, find_credentials
from sheetcrm.workbook.google.connection.endpoint import GOOGLE, Endpoint
from sheetcrm.workbook.google.connection.pace import Clock, Pace, waiting_for_quota
from sheetcrm.workbook.google.connection.policy import GiveUp, Renew, Tried, Wait, next_step
from sheetcrm.workbook.google.connection.refusals import maybe_applied, stop
from sheetcrm.workbook.google.connection.trouble import Trouble, What, told_by_answer, told_by_exception

TIMEOUT = (10.0, 190.0)
"""Seconds to wait for a connection, and for an answer; Google gives a call up after 180."""

_JSON = "application/json; charset=UTF-8"
_PLAIN = {"prettyPrint": "false"}
"""Google indents its answers for people unless it is told not to: that makes them five times as long."""
# Google's servers compress for who says so in both headers.
_HEADERS = {"User-Agent": f"sheetcrm/{__version__} (gzip)", "Accept-Encoding": "gzip"}


def silent(_: Message) -> None:
    """Tell nobody."""


def connect(
    endpoint: Endpoint = GOOGLE,
    credentials: Path | None = None,
    tell: Callable[[Message], None] = silent,
    folder: Path | None = None,
    clock: Clock | None = None,
) -> Client:
    """A client for Google, with the first credentials of the documented order; nothing is sent yet.

    Args:
        endpoint: Where Google is.
        credentials: A file that was named.
        tell: Told in a line why it takes longer.
        folder: The config folder; None for the platform's.
        clock: What time is; None for this computer's.

    Raises:
        AccessError: If there are no credentials, or they are no good.
    """
    return Client(find_credentials(credentials, endpoint, folder), endpoint, tell, clock or Clock())


class Client(HTTPClient):
    """What gspread calls Google through.

    Every method raises a `SheetcrmError`; one that writes raises `MaybeAppliedError` where nobody knows what became
    of it.

    Attributes:
        who: As whom it comes.
        endpoint: Where it goes.
    """

    def __init__(self, found: Found, endpoint: Endpoint, tell: Callable[[Message], None], clock: Clock) -> None:
        """Send nothing yet."""
        session, exchange = requests.Session(), requests.Session()
        if endpoint.is_local:
            # No proxy of the environment's: nothing may leave this machine.
            session.trust_env = exchange.trust_env = False
        super().__init__(found.credentials, session)
        session.headers.update(_HEADERS)
        session.auth = self._bearer = Bearer(found.credentials, exchange)
        self.timeout = TIMEOUT
        self.who, self.endpoint = found.who, endpoint
        self._exchange = exchange
        self._tell, self._clock, self._pace = tell, clock, Pace(clock, tell)

    def close(self) -> None:
        """Let go of the connections."""
        self.session.close()
        self._exchange.close()

    def request(
        self,
        method: str,
        endpoint: str,
        params: ParamsType | None = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: FileType = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Ask Google, again where that helps and does no harm.

        Raises:
            SheetcrmError: If there is no answer to use; a `MaybeAppliedError` only for a write.
        """
        call = call_of(method, endpoint)
        if json is not None:
            data, headers = _encoded(json), {**(headers or {}), "Content-Type": _JSON}
        asked = {**(params or {}), **_PLAIN}
        request = requests.Request(method.upper(), self.endpoint.at(endpoint), headers, files, data, asked)
        return self._asked(request, call)

    def rest(self, times: int) -> None:
        """Wait a little, longer each time, before a write is sent again of which Google said nothing."""
        self._wait(Trouble(What.DROPPED), self._clock.chance() * 2**times)

    def _asked(self, request: requests.Request, call: Call) -> Response:
        times, renewed, began = 0, False, self._clock.now()
        while True:
            times += 1
            self._pace.take(call.is_write)
            answer = self._sent(request)
            if not isinstance(answer, Trouble):
                return answer
            tried = Tried(call.is_write, times, self._clock.now() - began, renewed)
            match next_step(answer, tried, self._clock.chance()):
                case GiveUp(may_be_applied):
                    raise maybe_applied() if may_be_applied else stop(answer, call, self.who, self.endpoint)
                case Renew():
                    renewed = True
                    self._bearer.forget()
                case Wait(seconds):
                    self._wait(answer, seconds)

    def _sent(self, request: requests.Request) -> Response | Trouble:
        """Send it once. An exception becomes data here: those of requests carry the call with its token."""
        try:
            settings = self.session.merge_environment_settings(request.url, {}, None, None, None)
            prepared = self.session.prepare_request(request)
            response = self.session.send(prepared, timeout=self.timeout, allow_redirects=False, **settings)
            return told_by_answer(response) or _Read.of(response) or Trouble(What.PAGE)
        except (OSError, GoogleAuthError, RecursionError) as error:
            return told_by_exception(error)

    def _wait(self, trouble: Trouble, seconds: float) -> None:
        if trouble.status == 429:
            self._tell(waiting_for_quota(seconds))
        elif seconds >= 1:
            self._tell(msg("Google does not answer, trying again in {seconds} s", seconds=round(seconds)))
        self._clock.sleep(seconds)


class _Read(Response):
    """An answer whose JSON was read already; gspread will ask for it, and it can be tens of megabytes."""

    _told: Any = None

    @classmethod
    def of(cls, response: Response) -> Response | None:
        """The same answer; one that is no JSON, such as an exported file, as it is; None where it is no message.

        Raises:
            JSONDecodeError: If it breaks off.
        """
        if "json" not in response.headers.get("Content-Type", ""):
            return response
        read = cls()
        read.__dict__.update(response.__dict__)
        read._told = response.json()
        return read if isinstance(read._told, dict) else None

    def json(self, **_: Any) -> Any:
        """What it says."""
        return self._told


def _encoded(content: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8, as short as it can be said."""
    return codec.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
