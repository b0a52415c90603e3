"""Checks of our access to Google: who comes, with what, and whether Google lets them in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta

from sheetcrm.app.connecting import PUBLISH, origin
from sheetcrm.app.doctor.check import Check, look, ok, stopped, wrong
from sheetcrm.text import msg
from sheetcrm.workbook.google.connection.endpoint import VARIABLE, Endpoint
from sheetcrm.workbook.google.connection.oauth import SignedIn
from sheetcrm.workbook.google.connection.who import Kind, Source, Who
from sheetcrm.workbook.google.examining import Access

NAMED = 60
"""Seconds by which the clock may be off without a word."""

REFUSED = 300
"""Seconds from which Google refuses what a service account's key has signed."""

_SCOPE = "https://www.googleapis.com/auth/"
_WRITES = frozenset({f"{_SCOPE}spreadsheets", f"{_SCOPE}drive"})
_READS = frozenset({f"{_SCOPE}spreadsheets.readonly", f"{_SCOPE}drive.readonly"})
_TESTING = timedelta(days=7)


def endpoint(found: Endpoint) -> Iterator[Check]:
    """Whether it is Google at all that is asked."""
    if found.is_local:
        yield look(
            "endpoint",
            msg("This is not Google, but a stand-in for tests on this machine: {url}.", url=found.sheets),
            msg("To ask Google leave out --google-endpoint and the variable {variable}.", variable=VARIABLE),
            url=found.sheets,
        )


def access(found: Access, now: datetime) -> Iterator[Check]:
    """All there is to say of our access.

    Args:
        found: Our access.
        now: The moment of the run, with its time zone.
    """
    yield _credentials(found.who)
    if found.who.kind is Kind.NOBODY:
        yield _clock(found.ahead)
        return
    if found.signed_in and not found.uses_sign_in:
        yield _unused(found.signed_in, found.who)
    yield stopped("token", found.trouble) if found.trouble else ok("token", msg("Google gave a token just now."))
    if not found.trouble:
        yield _scopes(found)
    yield _clock(found.ahead)
    if found.signed_in and found.uses_sign_in:
        yield _sign_in(found.signed_in, now, is_good=not found.trouble)
    yield _sharing(found.who)


def _credentials(who: Who) -> Check:
    facts = {"kind": who.kind.value, "source": who.source.value, "path": who.path}
    if who.kind is Kind.NOBODY:
        return ok("credentials", msg("There are no credentials, and the stand-in asks for none."), **facts)
    if who.path and who.kind in (Kind.SERVICE_ACCOUNT, Kind.PERSON) and os.name == "posix":
        private = msg("{who}, {origin}; nobody else here can read its file.", who=who.told, origin=origin(who))
        return ok("credentials", private, **facts)
    return ok("credentials", msg("{who}, {origin}.", who=who.told, origin=origin(who)), **facts)


def _unused(kept: SignedIn, who: Who) -> Check:
    return look(
        "sign_in",
        msg("The sign-in in {path} is not used, since other credentials come first.", path=str(kept.path)),
        None if who.source is Source.ASKED else msg("Take the others away, or sign out: sheetcrm auth logout."),
        used=False,
    )


def _scopes(found: Access) -> Check:
    facts = {"scopes": list(found.scopes), "told": found.told}
    granted = set(found.scopes)
    if granted & _WRITES:
        told = msg("The token is good for reading and writing spreadsheets.")
        asked = msg("A token for spreadsheets was asked for; Google does not say what it gave.")
        return ok("scopes", told if found.told else asked, **facts)
    hint = msg("Sign in again and tick the box for Google Sheets: sheetcrm auth login.")
    if granted & _READS:
        return look("scopes", msg("The token is good for reading spreadsheets only."), hint, **facts)
    return wrong("scopes", msg("The token is good for other things than spreadsheets."), hint, **facts)


def _clock(ahead: float | None) -> Check:
    if ahead is None:
        return look("clock", msg("Nobody told the time, so this computer's clock could not be checked."), None)
    off, facts = abs(ahead), {"ahead": round(ahead)}
    if off <= NAMED:
        return ok("clock", msg("This computer's clock agrees with Google's."), **facts)
    fast = msg("This computer's clock is {minutes} min ahead of Google's.", minutes=round(off / 60, 1))
    slow = msg("This computer's clock is {minutes} min behind Google's.", minutes=round(off / 60, 1))
    told = fast if ahead > 0 else slow
    if off <= REFUSED:
        hint = msg("Let it be set from the internet: from 5 min on Google refuses a service account's key.")
        return look("clock", told, hint, **facts)
    return wrong("clock", told, msg("Let it be set from the internet: so far off Google refuses a key."), **facts)


def _sign_in(kept: SignedIn, now: datetime, *, is_good: bool) -> Check:
    """A sign-in that outlived a week shows that its client is not in Testing; before that nobody can tell."""
    facts = {"used": True, "since": kept.since.isoformat(timespec="seconds")}
    day = kept.since.astimezone(now.tzinfo).date()
    if is_good and now - kept.since > _TESTING:
        lasting = msg("Signed in on {day}; more than 7 days ago, so the OAuth client is published.", day=day)
        return ok("sign_in", lasting, **facts)
    return look(
        "sign_in",
        msg("Signed in on {day}; whether the OAuth client is published, Google does not say.", day=day),
        PUBLISH,
        **facts,
    )


def _sharing(who: Who) -> Check:
    if who.email:
        told = msg("Share a sheet with {email}: the button Share, role Editor.", email=who.email)
        return ok("sharing", told, email=who.email)
    if who.kind is Kind.PERSON:
        return ok("sharing", msg("Every sheet that this person may open opens here too."), email="")
    return ok("sharing", msg("The address that a sheet is to be shared with is not known here."), email="")
