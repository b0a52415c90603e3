"""`auth login`, `auth status` and `auth logout`: a person's own access to Google, and what is used."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sheetcrm.errors import AccessError
from sheetcrm.text import Lang, Message, msg, say
from sheetcrm.workbook import GoogleAccess
from sheetcrm.workbook.google.connection import oauth
from sheetcrm.workbook.google.connection.credentials import SCOPES, find_credentials
from sheetcrm.workbook.google.connection.endpoint import find_endpoint
from sheetcrm.workbook.google.connection.who import Source, Who
from sheetcrm.workbook.google.examining import Access, access

PUBLISH = msg(
    "Google ends a sign-in after 7 days while its OAuth client is in Testing. In the Google Cloud console open Google"
    " Auth Platform, Audience (once called OAuth consent screen), and press Publish app; then sign in once more."
)
"""The rule that surprises whoever made a client, and the way out."""


def origin(who: Who) -> Message:
    """Where credentials come from: the step of the documented order by which they were found."""
    match who.source:
        case Source.ASKED:
            return msg("from --credentials or sheetcrm.toml")
        case Source.ENVIRONMENT if who.path:
            return msg("from the variable GOOGLE_APPLICATION_CREDENTIALS")
        case Source.ENVIRONMENT:
            return msg("from Google's own tools (gcloud, or the account of this computer)")
    return msg("from sheetcrm's own folder")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person who signed in.

    Attributes:
        who: Who it is, and where the access is kept.
        before: The credentials that come before it in the order, and are used instead; None if it is used itself.
    """

    who: Who
    before: Who | None

    def shape(self) -> dict[str, object]:
        """The documented JSON."""
        return {
            "kind": self.who.kind.value,
            "path": self.who.path,
            "scopes": list(SCOPES),
            "used": self.before is None,
        }


def sign_in(client: str | None, google: GoogleAccess, show: Callable[[str], None], lang: Lang) -> SignedIn:
    """Let a person sign in by the browser, and keep the access.

    Args:
        client: The file of the person's OAuth client; None for the one that was signed in with last.
        google: How Google is reached.
        show: Told the address to open.
        lang: The language of the page that ends it.

    Raises:
        AccessError: If there is no OAuth client, or the person did not agree.
        NetworkError: If Google cannot be reached.
    """
    endpoint = find_endpoint(google.endpoint, os.environ)
    who = oauth.login(Path(client).expanduser() if client else None, endpoint, show, lang=lang)
    try:
        used = find_credentials(Path(google.credentials) if google.credentials else None, endpoint).who
    except AccessError:
        # What is wrong with those that come first is said by the command that wants to use them.
        return SignedIn(who, None)
    return SignedIn(who, None if used.path == who.path else used)


def status(google: GoogleAccess) -> Access:
    """What is used for a Google Sheet right now; one call asks Google for a token.

    Raises:
        AccessError: If there are no credentials, or they are no good.
    """
    return access(google.credentials, find_endpoint(google.endpoint, os.environ))


def status_shape(found: Access, lang: Lang) -> dict[str, object]:
    """The documented JSON of `auth status`; no secret is in it."""
    trouble = found.trouble
    return {
        "kind": found.who.kind.value,
        "source": found.who.source.value,
        "path": found.who.path,
        "email": found.who.email,
        "scopes": list(found.scopes),
        "scopes_told": found.told,
        "renewed": trouble is None,
        "error": trouble and {
            "code": trouble.code,
            "message": say(trouble.message, lang),
            "hint": say(trouble.hint, lang) if trouble.hint else "",
        },
        "signed_in": found.signed_in and {
            "path": str(found.signed_in.path),
            "since": found.signed_in.since.isoformat(timespec="seconds"),
            "used": found.uses_sign_in,
        },
    }  # fmt: skip


def sign_out(google: GoogleAccess) -> oauth.SignedOut | None:
    """Hand the access back to Google and delete it here, the latter in any case; None if nobody was signed in.

    Raises:
        AccessError: If what is kept cannot be deleted.
    """
    return oauth.logout(find_endpoint(google.endpoint, os.environ))
