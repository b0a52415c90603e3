"""A person's own access to Google: signing in by the browser, looking who is signed in, signing out.

The person brings an OAuth client of their own (type Desktop app). What Google grants is kept with that client's
secret in the config folder, readable by nobody else, until `logout`. The flow is that of RFC 8252 with PKCE; Google's
library for it writes the tokens into the log by way of requests_oauthlib, and refuses the stand-in's http.
"""

from __future__ import annotations

import hmac
import webbrowser
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests

from sheetcrm.errors import AccessError, NetworkError
from sheetcrm.text import Lang, Message, msg, say
from sheetcrm.workbook.google.connection.browser import Listener
from sheetcrm.workbook.google.connection.credentials import PERSON, SCOPES, TOKEN, kept_in
from sheetcrm.workbook.google.connection.endpoint import Endpoint
from sheetcrm.workbook.google.connection.refusals import stop_on_the_way
from sheetcrm.workbook.google.connection.secret_files import check_keeps, read_json, write_private
from sheetcrm.workbook.google.connection.trouble import plain_code, told_by_exception
from sheetcrm.workbook.google.connection.who import Kind, Source, Who

PATIENCE = 300
"""Seconds for which the browser is waited for."""

_TIMEOUT = (10, 30)
_OF_A_CLIENT = frozenset({"client_id", "client_secret", "auth_uri", "token_uri"})
_AGAIN = msg("Try again: sheetcrm auth login.")
_DONE = msg("Close this window and go back to sheetcrm.")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that is kept.

    Attributes:
        path: The file with the token.
        since: When it was signed in.
        client: The id of the person's OAuth client.
    """

    path: Path
    since: datetime
    client: str


@dataclass(frozen=True, slots=True)
class SignedOut:
    """What a sign-out did: the file it deleted, and whether Google was told that the access is over."""

    path: Path
    revoked: bool

    @property
    def told(self) -> Message:
        """One line for a person."""
        if self.revoked:
            return msg("Signed out: Google has withdrawn the access, and {path} is deleted.", path=str(self.path))
        return msg(
            "Signed out here: {path} is deleted. Google could not be told; remove sheetcrm's access yourself at"
            " https://myaccount.google.com/connections",
            path=str(self.path),
        )


def login(
    client: Path | None,
    endpoint: Endpoint,
    show: Callable[[str], None],
    folder: Path | None = None,
    *,
    browse: Callable[[str], object] = webbrowser.open,
    lang: Lang = "en",
    patience: float = PATIENCE,
) -> Who:
    """Let a person sign in by the browser, and keep the access.

    Args:
        client: The file of the person's OAuth client, as downloaded from the Google Cloud console; None for the one
            that was signed in with last.
        endpoint: Where Google is.
        show: Told the address to open, for when no browser opens.
        folder: The config folder; None for the platform's.
        browse: Opens an address in a browser.
        lang: The language of the page that ends it.
        patience: Seconds to wait for the browser.

    Raises:
        AccessError: If there is no OAuth client, the access could not be kept, or the person did not agree.
        NetworkError: If Google cannot be reached.
    """
    path = kept_in(endpoint, folder) / TOKEN
    known = _client_in(client, endpoint) if client else _client_kept_in(path)
    check_keeps(path.parent)
    verifier, state = token_urlsafe(64), token_urlsafe(24)
    with Listener(say(_DONE, lang)) as listener:
        url = _consent_url(known, listener.address, state, verifier)
        show(url)
        browse(url)
        brought = listener.wait(patience)
    if not brought:
        raise AccessError(msg("Nobody signed in within {minutes} min.", minutes=round(patience / 60)), _AGAIN)
    form = _form(known, _code(brought, state), verifier, listener.address)
    write_private(path, _access(known, _exchanged(known["token_uri"], form, endpoint)))
    return Who(Kind.PERSON, Source.FOLDER, path=str(path))


def status(endpoint: Endpoint, folder: Path | None = None) -> SignedIn | None:
    """Who is signed in, by what is kept here; Google is not asked.

    Raises:
        AccessError: If what is kept cannot be read.
    """
    path = kept_in(endpoint, folder) / TOKEN
    if not path.exists():
        return None
    info, _ = read_json(path)
    return SignedIn(path, datetime.fromtimestamp(path.stat().st_mtime, UTC), str(info.get("client_id", "")))


def logout(endpoint: Endpoint, folder: Path | None = None) -> SignedOut | None:
    """Hand the access back to Google and delete it here, the latter in any case; None if nobody was signed in.

    Raises:
        AccessError: If the file cannot be deleted.
    """
    path = kept_in(endpoint, folder) / TOKEN
    if not path.exists():
        return None
    revoked = _revoked(path, endpoint)
    try:
        path.unlink()
    except OSError as error:
        why = error.strerror or "?"
        raise AccessError(msg("{path} cannot be deleted: {why}.", path=str(path), why=why)) from None
    return SignedOut(path, revoked)


def _revoked(path: Path, endpoint: Endpoint) -> bool:
    try:
        token = read_json(path)[0]["refresh_token"]
        with _session(endpoint) as session:
            return session.post(endpoint.revoke, data={"token": token}, timeout=_TIMEOUT).ok
    except (AccessError, KeyError, OSError):
        return False


def _session(endpoint: Endpoint) -> requests.Session:
    session = requests.Session()
    session.trust_env = not endpoint.is_local
    return session


def _client_in(path: Path, endpoint: Endpoint) -> dict[str, Any]:
    """What the file of an OAuth client says, with the stand-in's addresses where it is meant."""
    client = read_json(path)[0].get("installed")
    if not isinstance(client, dict) or not client.keys() >= _OF_A_CLIENT:
        raise AccessError(
            msg("{path} is no OAuth client of the type Desktop app.", path=str(path)),
            msg("Make one in the Google Cloud console under Clients, download its JSON, and name that file."),
        )
    here = {"auth_uri": endpoint.consent, "token_uri": endpoint.token} if endpoint.is_local else {}
    return {**client, **here}


def _client_kept_in(path: Path) -> dict[str, Any]:
    """The OAuth client that was signed in with last."""
    kept = read_json(path)[0] if path.exists() else {}
    if not kept.keys() >= _OF_A_CLIENT:
        raise AccessError(
            msg("Nobody has signed in here yet, so no OAuth client is known."),
            msg("Name the file of yours: sheetcrm auth login --client FILE."),
        )
    return kept


def _consent_url(client: Mapping[str, Any], back: str, state: str, verifier: str) -> str:
    """The page on which the person agrees.

    Args:
        client: The person's OAuth client.
        back: Where the browser goes afterwards.
        state: What it must bring along, so that nobody else can send it there.
        verifier: What shows that the code is exchanged by who asked for it (PKCE, RFC 7636).
    """
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": client["client_id"],
        "redirect_uri": back,
        "scope": " ".join(SCOPES),
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "access_type": "offline",
        "prompt": "consent",
    }
    return f"{client['auth_uri']}?{urlencode(asked)}"


def _form(client: Mapping[str, Any], code: str, verifier: str, back: str) -> dict[str, Any]:
    """What the code is exchanged with."""
    return {
        "grant_type": "authorization_code",
        "code": code,
        "code_verifier": verifier,
        "redirect_uri": back,
        "client_id": client["client_id"],
        "client_secret": client["client_secret"],
    }


def _access(client: Mapping[str, Any], token: Mapping[str, Any]) -> dict[str, Any]:
    """What to keep, in the form in which Google's own tools keep a person's access; and where to sign in again."""
    known = {name: client[name] for name in sorted(_OF_A_CLIENT)}
    return {"type": PERSON, **known, "refresh_token": token["refresh_token"], "scopes": list(SCOPES)}


def _code(brought: str, state: str) -> str:
    """The code that the browser brought.

    Raises:
        AccessError: If it brought a refusal, or something that we did not ask for.
    """
    told = {name: values[0] for name, values in parse_qs(urlsplit(brought).query).items()}
    if told.get("error") == "access_denied":
        raise AccessError(msg("You did not give sheetcrm access to your sheets; nothing is kept."), _AGAIN)
    if not hmac.compare_digest(told.get("state", "").encode(), state.encode()) or not told.get("code"):
        raise AccessError(msg("The browser came back without Google's permission; nothing is kept."), _AGAIN)
    return told["code"]


def _exchanged(url: str, form: Mapping[str, Any], endpoint: Endpoint) -> dict[str, Any]:
    """The tokens for a code; what Google answers instead may hold anything, and is not told.

    Raises:
        AccessError: If there are none, or not those that were asked for.
        NetworkError: If Google cannot be reached.
    """
    answer = _posted(url, form, endpoint)
    if code := plain_code(answer.get("error")):
        raise AccessError(msg("Google gave no access ({code}); nothing is kept.", code=code), _AGAIN)
    if "refresh_token" not in answer:
        raise AccessError(msg("Google gave no access that lasts; nothing is kept."), _AGAIN)
    if not set(SCOPES) <= set(str(answer.get("scope", SCOPES[0])).split()):
        raise AccessError(msg("You did not give sheetcrm access to your sheets; nothing is kept."), _AGAIN)
    return answer


def _posted(url: str, form: Mapping[str, Any], endpoint: Endpoint) -> dict[str, Any]:
    trouble: NetworkError | None = None
    answer: Any = None
    with _session(endpoint) as session:
        try:
            answer = session.post(url, data=form, timeout=_TIMEOUT).json()
        except OSError as error:
            trouble = stop_on_the_way(told_by_exception(error))
    if trouble:
        raise trouble
    return answer if isinstance(answer, dict) else {}
