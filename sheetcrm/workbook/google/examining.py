"""What can be learnt of our access to Google while nothing is changed: one call for a token, two for a sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import requests
from google.auth.exceptions import GoogleAuthError

from sheetcrm.errors import SheetcrmError
from sheetcrm.table import Recognise
from sheetcrm.text import Message
from sheetcrm.workbook.google.connection import oauth
from sheetcrm.workbook.google.connection.bearer import Bearer
from sheetcrm.workbook.google.connection.call import Call
from sheetcrm.workbook.google.connection.client import Client
from sheetcrm.workbook.google.connection.credentials import SCOPES, Found, find_credentials
from sheetcrm.workbook.google.connection.endpoint import Endpoint
from sheetcrm.workbook.google.connection.pace import Clock
from sheetcrm.workbook.google.connection.refusals import stop
from sheetcrm.workbook.google.connection.trouble import Trouble, told_by_exception
from sheetcrm.workbook.google.connection.who import Who
from sheetcrm.workbook.google.seeing import Seen, Source, see


@dataclass(frozen=True, slots=True)
class Access:
    """Our access to Google, as it is right now.

    Attributes:
        endpoint: Where Google is.
        found: The credentials.
        scopes: What they are good for.
        told: Whether Google itself said so; else it is what was asked for.
        trouble: Why Google gave no token; None if it gave one.
        ahead: Seconds by which this computer's clock is ahead of Google's; None if Google said nothing.
        signed_in: The sign-in that `auth login` keeps, used or not.
    """

    endpoint: Endpoint
    found: Found
    scopes: tuple[str, ...]
    told: bool
    trouble: SheetcrmError | None
    ahead: float | None
    signed_in: oauth.SignedIn | None

    @property
    def who(self) -> Who:
        """As whom we come."""
        return self.found.who

    @property
    def uses_sign_in(self) -> bool:
        """Whether the sign-in is what is used; other credentials may come before it in the order."""
        return self.signed_in is not None and self.who.path == str(self.signed_in.path)


def access(named: str, endpoint: Endpoint) -> Access:
    """Find the credentials and get a token with them, in one call.

    Args:
        named: The file of a key or a token that was named, "" for the first that is found.
        endpoint: Where Google is.

    Raises:
        AccessError: If there are no credentials, or they are no good.
    """
    found = find_credentials(Path(named) if named else None, endpoint)
    signed_in = oauth.status(endpoint)
    answers: list[requests.Response] = []
    trouble = _renew(found, endpoint, answers)
    scopes = _scopes(answers)
    return Access(
        endpoint,
        found,
        scopes or SCOPES,
        bool(scopes),
        stop(trouble, Call(is_write=False), found.who) if trouble else None,
        _ahead(answers, datetime.now(UTC)),
        signed_in,
    )


def _renew(found: Found, endpoint: Endpoint, answers: list[requests.Response]) -> Trouble | None:
    """Get a token; what kept Google from giving one, if anything did. The answers hold it: they go nowhere else."""
    with requests.Session() as session:
        session.trust_env = not endpoint.is_local
        session.hooks["response"].append(lambda answer, **_: answers.append(answer))
        bearer = Bearer(found.credentials, session)
        bearer.forget()
        try:
            bearer(requests.Request("GET", endpoint.sheets).prepare())
        except (OSError, GoogleAuthError) as error:
            return told_by_exception(error)
    return None


def _scopes(answers: Sequence[requests.Response]) -> tuple[str, ...]:
    """What the token was granted for, if that was said."""
    try:
        return tuple(str(answers[-1].json().get("scope", "")).split())
    except (IndexError, ValueError, AttributeError):
        return ()


def _ahead(answers: Sequence[requests.Response], now: datetime) -> float | None:
    try:
        return (now - parsedate_to_datetime(answers[-1].headers["Date"])).total_seconds()
    except (IndexError, KeyError, ValueError, TypeError):
        return None


@dataclass(frozen=True, slots=True)
class Visit:
    """A sheet that was read.

    Attributes:
        seen: What stands in it.
        weight: Bytes that its two answers brought over the network.
    """

    seen: Seen
    weight: int


def _weight(answer: requests.Response) -> int:
    """Bytes that came for an answer, packed as they were."""
    return answer.raw.tell() if answer.content else 0


def visit(found: Access, id: str, recognise: Recognise, tell: Callable[[Message], None]) -> Visit:
    """Read a sheet in two calls.

    Args:
        found: Our access.
        id: The spreadsheet's id.
        recognise: Tells which table a tab is.
        tell: Told in a line why it takes longer.

    Raises:
        SheetcrmError: If there is no such sheet, no access to it, or Google does not answer.
    """
    client = Client(found.found, found.endpoint, tell, Clock())
    weights: list[int] = []
    client.session.hooks["response"].append(lambda answer, **_: weights.append(_weight(answer)))
    try:
        return Visit(see(Source(client, id, recognise)), sum(weights))
    finally:
        client.close()
