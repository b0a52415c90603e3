"""What may go wrong with one call, as data: said by the answer, or by the exception that came instead of one."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from typing import Any

from google.auth.exceptions import GoogleAuthError, RefreshError
from requests import Response
from requests.exceptions import (
    ChunkedEncodingError,
    ConnectTimeout,
    ContentDecodingError,
    InvalidSchema,
    InvalidURL,
    JSONDecodeError,
    ProxyError,
    Timeout,
)
from urllib3.exceptions import NameResolutionError, NewConnectionError

NO_TOKEN = "no_token"
"""The reason where the token endpoint answered with something that is no token, such as a page."""

_CODE = re.compile("[a-z_]{1,40}")


class What(Enum):
    """The kinds of trouble."""

    REFUSED = auto()  # Google, or what stands before it, answered with an error
    NOT_RENEWED = auto()  # the token could not be renewed, so nothing was asked
    NO_NAME = auto()  # the host's name could not be looked up
    NO_CONNECTION = auto()
    PROXY = auto()
    CERTIFICATE = auto()
    NO_BUNDLE = auto()  # the file with certificates, named by a variable, is not there
    TIMEOUT = auto()  # no answer in time
    DROPPED = auto()  # the connection broke off
    PAGE = auto()  # a page for people instead of an answer
    TORN = auto()  # an answer that ends too early


_BEFORE_SENDING = frozenset(
    {What.NOT_RENEWED, What.NO_NAME, What.NO_CONNECTION, What.PROXY, What.CERTIFICATE, What.NO_BUNDLE}
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """How a call went wrong. Holds no header, no token and no body but Google's own words about a refusal.

    Attributes:
        what: The kind.
        status: The HTTP status of a refusal.
        retry_after: How many seconds Google asks to wait.
        reason: Google's code for it, such as SERVICE_DISABLED or invalid_grant.
        words: Google's sentence about it.
        facts: What Google tells beside it, such as the project.
        passing: Whether the token endpoint itself was only in trouble for the moment.
    """

    what: What
    status: int = 0
    retry_after: float | None = None
    reason: str = ""
    words: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    passing: bool = False

    @property
    def left_no_trace(self) -> bool:
        """Whether the call surely changed nothing: it never got to Google, or Google refused to carry it out."""
        if self.what is What.REFUSED:
            return 400 <= self.status < 500 and self.status != 408
        return self.what in _BEFORE_SENDING


def told_by_answer(response: Response) -> Trouble | None:
    """What is wrong with an answer whose body is no content for us; None if nothing is."""
    if response.ok and response.status_code < 300:
        is_page = response.content and "text/html" in response.headers.get("Content-Type", "")
        return Trouble(What.PAGE) if is_page else None
    if response.status_code < 400:
        return Trouble(What.PAGE, status=response.status_code)
    error = _error_of(response)
    info = _info_of(error)
    return Trouble(
        What.REFUSED,
        status=response.status_code,
        retry_after=_retry_after(response),
        reason=str(info.get("reason") or error.get("status") or ""),
        words=str(error.get("message") or ""),
        facts={str(name): str(value) for name, value in dict(info.get("metadata") or {}).items()},
    )


def _error_of(response: Response) -> dict[str, Any]:
    try:
        error = response.json()["error"]
    except (JSONDecodeError, KeyError, TypeError):
        return {}
    return error if isinstance(error, dict) else {}


def _info_of(error: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an error that names a reason and tells the facts, google.rpc.ErrorInfo."""
    found = [detail for detail in error.get("details") or () if isinstance(detail, dict) and "reason" in detail]
    return found[0] if found else {}


def _retry_after(response: Response) -> float | None:
    """Seconds to wait; a date counts from the answer's own date, whatever this computer's clock says."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    until = _moment(text)
    if until is None:
        return None
    told = _moment(response.headers.get("Date", "")) or datetime.now(UTC)
    return max(0.0, (until - told).total_seconds())


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def told_by_exception(error: Exception) -> Trouble:
    """What an exception of requests or google-auth means; one of the latter stands for a token not renewed."""
    if isinstance(error, RefreshError):
        return Trouble(What.NOT_RENEWED, reason=_refresh_reason(error), passing=bool(error.retryable))
    if isinstance(error, GoogleAuthError):
        return _at_the_token(error)
    if type(error) is OSError and error.errno is None:
        # How requests says that the variable REQUESTS_CA_BUNDLE names nothing.
        return Trouble(What.NO_BUNDLE)
    inside = list(_inside(error))
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in inside):
        return Trouble(What.CERTIFICATE)
    for kinds, what in _MEANINGS:
        if any(isinstance(one, kinds) for one in inside):
            return Trouble(what)
    return Trouble(What.DROPPED)


_MEANINGS: tuple[tuple[tuple[type[Exception], ...], What], ...] = (
    ((ProxyError, InvalidURL, InvalidSchema), What.PROXY),
    ((NameResolutionError,), What.NO_NAME),
    ((NewConnectionError, ConnectTimeout), What.NO_CONNECTION),
    ((Timeout,), What.TIMEOUT),
    ((ChunkedEncodingError, ContentDecodingError, JSONDecodeError), What.TORN),
)


def _at_the_token(error: GoogleAuthError) -> Trouble:
    """Trouble on the way to the token endpoint: the call itself was not sent, whatever happened there."""
    cause = error.__cause__
    if not isinstance(cause, OSError):
        return Trouble(What.NOT_RENEWED)
    trouble = told_by_exception(cause)
    return trouble if trouble.left_no_trace else Trouble(What.NO_CONNECTION)


def _inside(error: object) -> Iterator[BaseException]:
    """An exception and those that it wraps, in the ways of requests and urllib3."""
    while isinstance(error, BaseException):
        yield error
        error = getattr(error, "reason", None) or next(iter(error.args), None)


def _refresh_reason(error: RefreshError) -> str:
    """The token endpoint's code, and for the ones that need telling apart what its description gives away."""
    body = error.args[1] if len(error.args) > 1 and isinstance(error.args[1], dict) else {}
    code, described = str(body.get("error", "")), str(body.get("error_description", "")).lower()
    if code == "invalid_grant":
        clues = {"timeframe": "clock", "signature": "key_gone", "account not found": "account_gone"}
        code = next((meaning for clue, meaning in clues.items() if clue in described), code)
    return plain_code(code)


def plain_code(code: object) -> str:
    """A code of Google's; "" where it is none, since what stands in its place may be a secret."""
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""
