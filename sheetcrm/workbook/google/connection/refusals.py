"""What to say when Google gave no answer that we can use: one sentence, and the way out."""

from __future__ import annotations

import math
import re

from sheetcrm.errors import AccessError, CannotReadError, CannotWriteError, NetworkError, SheetcrmError
from sheetcrm.text import Message, msg
from sheetcrm.workbook.google.connection.call import Call
from sheetcrm.workbook.google.connection.endpoint import GOOGLE, VARIABLE, Endpoint
from sheetcrm.workbook.google.connection.trouble import NO_TOKEN, Trouble, What
from sheetcrm.workbook.google.connection.who import Kind, Source, Who

_AGAIN = msg("Run the command again later.")
_SIGN_IN = msg("Sign in again: sheetcrm auth login.")
_KEY_OR_SIGN_IN = msg("Name the key of a service account with --credentials FILE, or sign in: sheetcrm auth login.")
_GCLOUD = msg(
    "Sign in to Google's tools for sheets: gcloud auth application-default login"
    " --scopes=https://www.googleapis.com/auth/cloud-platform,https://www.googleapis.com/auth/spreadsheets"
)
_OTHER_KEY = msg("Make another key for this service account in the Google Cloud console, and name its file.")
_TESTING = msg(
    "Sign in again: sheetcrm auth login. If this comes back every 7 days, the OAuth client is still in Testing:"
    " publish it on the page OAuth consent screen of the Google Cloud console."
)
_NO_SHEET = ("not supported for this document", "Office file")
"""What Google says of an Excel file, all of it or a part."""

_A_NUMBER = re.compile(r"\d+")


class ProtectedError(CannotWriteError):
    """A protection of somebody's keeps this account from writing into a Google Sheet."""


class MaybeAppliedError(CannotWriteError):
    """Google may have carried a write out, or not: nobody said. Look at what stands before writing again."""


def maybe_applied() -> MaybeAppliedError:
    """The stop after a write of which nobody knows what became of it."""
    return MaybeAppliedError(
        msg("Google took the changes and did not say whether they are written."),
        msg("Run the command again: it looks at what stands in the sheet, and writes only what is missing."),
    )


def stop(trouble: Trouble, call: Call, who: Who, endpoint: Endpoint = GOOGLE) -> SheetcrmError:
    """The error to stop with, for trouble that left no trace in the sheet.

    Args:
        trouble: How the last try went wrong.
        call: What was asked.
        who: As whom.
        endpoint: Where it was asked.
    """
    match trouble.what:
        case What.NO_NAME | What.NO_CONNECTION | What.PROXY if endpoint.is_local:
            return NetworkError(
                msg("{host} does not answer, which is to stand in for Google.", host=endpoint.sheets),
                msg("Start it; or leave out --google-endpoint and {variable} to ask Google.", variable=VARIABLE),
            )
        case What.REFUSED:
            return _refused(trouble, call, who)
        case What.NOT_RENEWED:
            return _not_renewed(trouble, who)
    return stop_on_the_way(trouble)


def stop_on_the_way(trouble: Trouble) -> NetworkError:
    """The error to stop with where Google itself said nothing."""
    return NetworkError(*_NETWORK[trouble.what])


_FIREWALL = msg("Check the internet connection, and whether a firewall lets sheetcrm through to sheets.googleapis.com.")
_NETWORK: dict[What, tuple[Message, Message]] = {
    What.NO_NAME: (msg("Google cannot be found: the name sheets.googleapis.com is not known here."), _FIREWALL),
    What.NO_CONNECTION: (msg("Google cannot be reached."), _FIREWALL),
    What.PROXY: (
        msg("The proxy on the way to Google does not answer."),
        msg("Check the variable HTTPS_PROXY, or ask whoever looks after the network."),
    ),
    What.CERTIFICATE: (
        msg("Whoever answers in Google's place has no certificate of Google's; nothing was sent."),
        msg(
            "A firewall or an antivirus may be reading along, or this computer's clock is off. Where it is the firm's"
            " own, name its certificate in the variable REQUESTS_CA_BUNDLE."
        ),
    ),
    What.NO_BUNDLE: (
        msg("The file with certificates that the variable REQUESTS_CA_BUNDLE names is not there."),
        msg("Correct the variable, or remove it."),
    ),
    What.TIMEOUT: (msg("Google gave no answer for more than three minutes."), _AGAIN),
    What.DROPPED: (msg("The connection to Google broke off each time."), _FIREWALL),
    What.PAGE: (
        msg("Something answered in Google's place, with a page and no data."),
        msg("If this network wants you to sign in first, open a page in the browser. Otherwise try again later."),
    ),
    What.TORN: (msg("Google's answer broke off in the middle each time."), _FIREWALL),
}


def _refused(trouble: Trouble, call: Call, who: Who) -> SheetcrmError:
    match trouble.status:
        case 401:
            return AccessError(msg("Google no longer honours the credentials of {who}.", who=_name(who)), _way_in(who))
        case 403:
            return _forbidden(trouble, call, who)
        case 404:
            return CannotReadError(
                msg("Google knows no sheet with the id {id}.", id=call.spreadsheet),
                msg("Check the address: open the sheet in the browser and copy the whole of it."),
            )
        case 429:
            return NetworkError(msg("Google's quota is used up: too many calls in a minute."), _wait(trouble))
        case status if status >= 500:
            return NetworkError(msg("Google is in trouble just now (error {status}).", status=status), _wait(trouble))
    return _unfit(trouble, call)


def _wait(trouble: Trouble) -> Message:
    if trouble.retry_after is None:
        return msg("Run the command again in a few minutes.")
    minutes = math.ceil(trouble.retry_after / 60)
    return msg("Google asks to wait {minutes} min; run the command again after that.", minutes=max(1, minutes))


def _forbidden(trouble: Trouble, call: Call, who: Who) -> AccessError:
    match trouble.reason:
        case "SERVICE_DISABLED" if "quota project" in trouble.words:
            return AccessError(
                msg("Google wants to know to which of your projects it should count the calls of its own tools."),
                msg("Type: gcloud auth application-default set-quota-project PROJECT"),
            )
        case "SERVICE_DISABLED":
            return _switched_off(trouble)
        case "ACCESS_TOKEN_SCOPE_INSUFFICIENT":
            return AccessError(
                msg("The credentials of {who} are not good for Google Sheets.", who=_name(who)),
                _way_in(who),
            )
        case "USER_PROJECT_DENIED" | "CONSUMER_INVALID":
            return AccessError(
                msg("Google does not let {who} use the project {project}.", who=_name(who), project=_project(trouble)),
                msg("Ask its owner for the role Service Usage Consumer, or use another account."),
            )
    if who.kind is Kind.SERVICE_ACCOUNT and who.email:
        return AccessError(
            msg("Google does not let {email} write to this sheet.", email=who.email)
            if call.is_write
            else msg("Google does not let {email} open this sheet.", email=who.email),
            msg("Open the sheet in the browser, press Share, and add {email} as an editor.", email=who.email),
        )
    return AccessError(
        msg("Google does not let this account write to this sheet.")
        if call.is_write
        else msg("Google does not let this account open this sheet."),
        msg("Ask the owner of the sheet to share it with you as an editor, or sign in with another account."),
    )


def _switched_off(trouble: Trouble) -> AccessError:
    project = _project(trouble)
    return AccessError(
        msg("The Google Sheets API is not switched on in the project {project}.", project=project),
        msg(
            "Press Enable on {link}, wait a minute, and run the command again.",
            link=f"https://console.cloud.google.com/apis/library/sheets.googleapis.com?project={project}",
        ),
    )


def _project(trouble: Trouble) -> str:
    """The project's number, from the facts or from Google's sentence."""
    found = _A_NUMBER.search(trouble.facts.get("consumer", "")) or _A_NUMBER.search(trouble.words)
    return found[0] if found else "?"


def _unfit(trouble: Trouble, call: Call) -> SheetcrmError:
    """Google understood the request and finds it wrong; what we cannot tell better is told in its own words."""
    if any(words in trouble.words for words in _NO_SHEET):
        return CannotReadError(
            msg("This is an Excel file that is kept in Google Drive, and no Google Sheet."),
            msg("Open it and choose File, Save as Google Sheets; or download it and name the .xlsx."),
        )
    if "protected cell" in trouble.words:
        return ProtectedError(
            msg("A protection in the sheet keeps us from writing."),
            msg("Choose Data, Protect sheets and ranges, and let this account edit there; nothing was written."),
        )
    kind = CannotWriteError if call.is_write else CannotReadError
    words = " ".join(trouble.words.split()) or str(trouble.status)
    return kind(msg("Google refuses: {words}", words=words), _AS_IS if call.is_write else None)


_AS_IS = msg("Nothing was written.")


def _not_renewed(trouble: Trouble, who: Who) -> SheetcrmError:
    """The token endpoint gave no token; its description may hold anything, so only its code is told."""
    if trouble.passing:
        return NetworkError(msg("Google is giving out no access just now."), msg("Run the command again later."))
    match trouble.reason:
        case reason if reason == NO_TOKEN:
            return NetworkError(*_NETWORK[What.PAGE])
        case "clock":
            return AccessError(
                msg("Google refuses the key since this computer's clock is off."),
                msg("Set the clock right, or let it be set from the internet."),
            )
        case "key_gone":
            return AccessError(msg("The key of {who} was deleted at Google.", who=_name(who)), _OTHER_KEY)
        case "account_gone":
            return AccessError(
                msg("The account {who} no longer exists at Google.", who=_name(who)),
                msg("Make another service account, share the sheet with it, and name its key."),
            )
        case "invalid_grant" if who.kind is Kind.PERSON:
            hint = _TESTING if who.source is Source.FOLDER else _way_in(who)
            return AccessError(msg("You are signed out of Google: access has expired or was revoked."), hint)
        case "deleted_client" | "invalid_client" | "unauthorized_client" if who.kind is Kind.PERSON:
            return AccessError(
                msg("Google no longer knows the OAuth client that you signed in with."),
                msg(
                    "Make another one of the type Desktop app, and sign in with it: sheetcrm auth login --client FILE."
                ),
            )
    return AccessError(
        msg("Google gives {who} no access ({code}).", who=_name(who), code=trouble.reason or "?"), _way_in(who)
    )


def _way_in(who: Who) -> Message:
    """What to do about credentials that don't do, by what they are."""
    match who.kind:
        case Kind.SERVICE_ACCOUNT if who.path:
            return _OTHER_KEY
        case Kind.PERSON:
            return _GCLOUD if who.source is Source.ENVIRONMENT else _SIGN_IN
    return _KEY_OR_SIGN_IN


def _name(who: Who) -> Message | str:
    if who.email:
        return who.email
    return msg("the person who signed in") if who.kind is Kind.PERSON else msg("this computer's account")
