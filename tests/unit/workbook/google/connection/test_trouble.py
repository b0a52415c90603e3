"""What an answer or an exception means."""

import socket
import ssl

import pytest
from google.auth.exceptions import MutualTLSChannelError, RefreshError, TransportError
from requests import exceptions
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import MaxRetryError, NameResolutionError, NewConnectionError, ProtocolError, SSLError

from sheetcrm.workbook.google.connection.trouble import Trouble, What, told_by_answer, told_by_exception
from tests.unit.workbook.google.connection.wire import PAGE, answer, refusal

HOST = HTTPSConnection("sheets.googleapis.com")


def wrapped(reason: Exception) -> MaxRetryError:
    """As urllib3 hands it to requests."""
    return MaxRetryError(HTTPSConnectionPool("sheets.googleapis.com"), "/v4", reason)


NO_NAME = exceptions.ConnectionError(wrapped(NameResolutionError("google", HOST, socket.gaierror("unknown"))))
NOT_THERE = exceptions.ConnectionError(wrapped(NewConnectionError(HOST, "refused")))
STRANGER = exceptions.SSLError(wrapped(SSLError(ssl.SSLCertVerificationError("self-signed certificate"))))
BROKEN_TLS = exceptions.SSLError(wrapped(SSLError(ssl.SSLError("bad record mac"))))
CUT = exceptions.ConnectionError(ProtocolError("Connection aborted.", ConnectionResetError(104, "reset by peer")))


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (NO_NAME, What.NO_NAME),
        (NOT_THERE, What.NO_CONNECTION),
        (exceptions.ConnectTimeout("slow"), What.NO_CONNECTION),
        (exceptions.ProxyError(wrapped(OSError("tunnel"))), What.PROXY),
        (exceptions.InvalidSchema("Missing dependencies for SOCKS support."), What.PROXY),
        (STRANGER, What.CERTIFICATE),
        (OSError("Could not find a suitable TLS CA certificate bundle, invalid path: /none"), What.NO_BUNDLE),
        (BROKEN_TLS, What.DROPPED),
        (exceptions.ReadTimeout("slow"), What.TIMEOUT),
        (CUT, What.DROPPED),
        (exceptions.ChunkedEncodingError("short"), What.TORN),
        (exceptions.ContentDecodingError("not gzip"), What.TORN),
        (exceptions.JSONDecodeError("short", "{", 1), What.TORN),
        (RefreshError("no"), What.NOT_RENEWED),
        (MutualTLSChannelError("no"), What.NOT_RENEWED),
    ],
)
def test_what_an_exception_means(error: Exception, what: What) -> None:
    assert told_by_exception(error).what is what


@pytest.mark.parametrize("cause", [NOT_THERE, CUT, exceptions.ReadTimeout("slow")])
def test_trouble_at_the_token_endpoint_comes_before_the_call_was_sent(cause: Exception) -> None:
    error = TransportError(cause)
    error.__cause__ = cause
    assert told_by_exception(error) == Trouble(What.NO_CONNECTION)
    assert told_by_exception(error).left_no_trace


@pytest.mark.parametrize(
    ("code", "description", "reason"),
    [
        ("invalid_grant", "Token has been expired or revoked.", "invalid_grant"),
        (
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.",
            "clock",
        ),
        ("invalid_grant", "Invalid JWT Signature.", "key_gone"),
        ("invalid_grant", "Invalid grant: account not found", "account_gone"),
        ("deleted_client", "The OAuth client was deleted.", "deleted_client"),
        ("ya29.SECRET", "", ""),
    ],
)
def test_only_a_known_code_is_kept_of_why_a_token_was_not_renewed(code: str, description: str, reason: str) -> None:
    error = RefreshError(f"{code}: {description}", {"error": code, "error_description": description})
    assert told_by_exception(error).reason == reason


def test_an_answer_that_is_one_is_no_trouble() -> None:
    assert told_by_answer(answer()) is None
    assert told_by_answer(answer(204, b"")) is None


@pytest.mark.parametrize(("status", "told"), [(200, 0), (302, 302)])
def test_a_page_is_no_answer(status: int, told: int) -> None:
    assert told_by_answer(answer(status, PAGE)) == Trouble(What.PAGE, status=told)


def test_a_refusal_tells_googles_reason_words_and_facts() -> None:
    told = told_by_answer(refusal(403, "The API is off", "SERVICE_DISABLED", {"consumer": "projects/7"}))
    assert told == Trouble(
        What.REFUSED, 403, None, "SERVICE_DISABLED", "The API is off", facts={"consumer": "projects/7"}
    )


@pytest.mark.parametrize("content", [PAGE, {"error": "invalid"}, {}, []])
def test_a_refusal_without_googles_body_tells_its_status(content: object) -> None:
    assert told_by_answer(answer(502, content)) == Trouble(What.REFUSED, 502)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "7"}, 7),
        ({"Retry_After": "Sun, 22 Nov 2026 10:00:30 GMT", "Date": "Sun, 22 Nov 2026 10:00:00 GMT"}, 30),
        ({"Retry_After": "Sun, 22 Nov 2026 09:00:00 GMT", "Date": "Sun, 22 Nov 2026 10:00:00 GMT"}, 0),
        ({"Retry_After": "Sat, 01 Jan 2000 00:00:00 GMT"}, 0),
        ({"Retry_After": "soon"}, None),
        ({"Retry_After": "-3"}, None),
        ({}, None),
    ],
)
def test_how_long_google_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    told = told_by_answer(answer(429, {}, **headers))
    assert told
    assert told.retry_after == seconds


@pytest.mark.parametrize(
    ("trouble", "left_no_trace"),
    [
        (Trouble(What.REFUSED, 400), True),
        (Trouble(What.REFUSED, 429), True),
        (Trouble(What.REFUSED, 408), False),
        (Trouble(What.REFUSED, 500), False),
        (Trouble(What.CERTIFICATE), True),
        (Trouble(What.PAGE), False),
    ],
)
def test_what_surely_changed_nothing(trouble: Trouble, left_no_trace: bool) -> None:
    assert trouble.left_no_trace is left_no_trace
