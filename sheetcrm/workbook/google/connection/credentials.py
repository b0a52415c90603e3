"""With what we come to Google: looked for in one order, and refused where others could read it.

1. The file that was named (`--credentials`, or `credentials` in sheetcrm.toml).
2. What Google's own tools find: GOOGLE_APPLICATION_CREDENTIALS, gcloud's sign-in, the machine's own account,
   workload identity, impersonation.
3. The platform's config folder: the token that `auth login` keeps, or `service_account.json`, put there by hand.

Nothing but access to spreadsheets is asked for: sheetcrm attaches sheets that a person made, so it needs neither
`drive` (all files of a person) nor, as long as it makes no files, `drive.file`.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import google.auth
import google.auth.credentials
from google.auth.exceptions import DefaultCredentialsError, GoogleAuthError, TransportError
from google.auth.transport import Request as Transport
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials as PersonCredentials
from google.oauth2.service_account import Credentials as ServiceAccountCredentials

from sheetcrm.errors import AccessError
from sheetcrm.text import msg
from sheetcrm.workbook.google.connection.endpoint import Endpoint
from sheetcrm.workbook.google.connection.secret_files import check_private, config_folder, read_json
from sheetcrm.workbook.google.connection.who import Kind, Source, Who

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
TOKEN = "token.json"
"""What `auth login` keeps."""

_KEY = "service_account.json"

PERSON = "authorized_user"
"""The type of a file with a person's access, as Google's own tools write it."""

_VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS"
_SERVICE_ACCOUNT = "service_account"
_ELSEWHERE = ("external_account", "external_account_authorized_user", "impersonated_service_account")
_SECRET = (PERSON, _SERVICE_ACCOUNT, "external_account_authorized_user", "impersonated_service_account")
"""The types of files that open sheets by themselves; workload identity only says where to ask for a token."""

_MACHINE_ANSWERS_WITHIN = 0.5
_NOT_A_KEY = msg("Name the key of a service account, or sign in: sheetcrm auth login --client FILE.")


class NoCredentialsError(AccessError):
    """There are none at all; whoever works on files needs none."""


@dataclass(frozen=True, slots=True)
class Found:
    """Credentials, and whose they are."""

    credentials: google.auth.credentials.Credentials = field(repr=False)
    who: Who


def find_credentials(
    named: Path | None, endpoint: Endpoint, folder: Path | None = None, environ: Mapping[str, str] = os.environ
) -> Found:
    """The first credentials in the documented order.

    Args:
        named: A file that was asked for.
        endpoint: Where they are to be used. The local stand-in gives out its own tokens, is never shown what `login`
            keeps for Google, and takes anybody where there are none.
        folder: The config folder; None for the platform's.
        environ: Environment variables.

    Raises:
        AccessError: If there are none, or the first ones found are no good.
    """
    if named:
        return _from_file(named.expanduser(), Source.ASKED, endpoint)
    if environ.get(_VARIABLE):
        return _from_file(Path(environ[_VARIABLE]), Source.ENVIRONMENT, endpoint)
    found = None if endpoint.is_local else _from_googles_tools()
    return found or _from_folder(endpoint, folder) or _nobody(endpoint)


def kept_in(endpoint: Endpoint, folder: Path | None) -> Path:
    """The folder with what is kept for an endpoint: the stand-in's apart, so that neither meets the other's."""
    folder = folder or config_folder()
    return folder / "emulator" if endpoint.is_local else folder


def _from_folder(endpoint: Endpoint, folder: Path | None) -> Found | None:
    place = kept_in(endpoint, folder)
    standing = [place / name for name in (TOKEN, _KEY) if (place / name).exists()]
    return _from_file(standing[0], Source.FOLDER, endpoint) if standing else None


def _nobody(endpoint: Endpoint) -> Found:
    if endpoint.is_local:
        anybody = PersonCredentials(
            "local", refresh_token="local", client_id="local", client_secret="local", token_uri=endpoint.token
        )
        return Found(anybody, Who(Kind.NOBODY, Source.NONE))
    raise NoCredentialsError(
        msg("There are no credentials for Google."),
        msg(
            "Name a service account's key with --credentials FILE; or sign in with sheetcrm auth login; or, without"
            " either, choose File, Download, Microsoft Excel (.xlsx) in the sheet, and name that file."
        ),
    )


def _from_file(path: Path, source: Source, endpoint: Endpoint) -> Found:
    info, others = read_json(path)
    if info.get("type") in _SECRET:
        check_private(path, others)
    try:
        credentials = _loaded(info, path, endpoint)
    except (ValueError, KeyError, TypeError, AttributeError, GoogleAuthError):
        # What is wrong with it may be told with the secret in it.
        credentials = None
    if credentials is None:
        raise AccessError(msg("{path} is damaged, or holds no whole key.", path=str(path)), _NOT_A_KEY)
    return Found(credentials, who_is(credentials, source, str(path)))


def _loaded(info: Mapping[str, Any], path: Path, endpoint: Endpoint) -> Any:
    kind = info.get("type")
    if kind == _SERVICE_ACCOUNT:
        return _at(endpoint, ServiceAccountCredentials.from_service_account_info(info, scopes=SCOPES))
    if kind == PERSON:
        return _at(endpoint, PersonCredentials.from_authorized_user_info(info))
    if kind in _ELSEWHERE and not endpoint.is_local:
        return _from_elsewhere(info)
    raise _no_key(info, path, endpoint)


def _at(endpoint: Endpoint, credentials: Any) -> Any:
    """The credentials, getting their tokens where the stand-in gives them out."""
    return credentials.with_token_uri(endpoint.token) if endpoint.token else credentials


def _from_elsewhere(info: Mapping[str, Any]) -> Any:
    """Workload identity and impersonation: files that say where to get a token, and as whom."""
    with warnings.catch_warnings():
        # It warns of files from strangers; this one was named by whoever runs us.
        warnings.simplefilter("ignore")
        # Scopes come second: given at once, they make it look up the project's id at Google, which we don't need.
        credentials, _ = google.auth.load_credentials_from_dict(info)
    return google.auth.credentials.with_scopes_if_required(credentials, SCOPES)


def _no_key(info: Mapping[str, Any], path: Path, endpoint: Endpoint) -> AccessError:
    """What to say of a file of another kind."""
    if {"installed", "web"} & info.keys():
        return AccessError(
            msg("{path} is an OAuth client's file, and no key: a person signs in with it.", path=str(path)),
            msg("Type: sheetcrm auth login --client {path}", path=str(path)),
        )
    if info.get("type") in _ELSEWHERE:
        return AccessError(
            msg(
                "The credentials in {path} are good for Google only, not for {url}.",
                path=str(path),
                url=endpoint.sheets,
            ),
            msg("Leave them out: the local stand-in asks for none."),
        )
    return AccessError(msg("{path} holds no credentials that Google gives out.", path=str(path)), _NOT_A_KEY)


class _Brief(Transport):
    """Looks for the metadata server of Google's own machines once, for half a second; not thrice for three."""

    def __call__(self, *args: Any, **named: Any) -> Any:
        try:
            return Request()(*args, **{**named, "timeout": _MACHINE_ANSWERS_WITHIN})
        except TransportError:
            raise DefaultCredentialsError from None


def _from_googles_tools() -> Found | None:
    with warnings.catch_warnings():
        # It warns of a person's credentials without a quota project; where that matters, Google's refusal says so.
        warnings.simplefilter("ignore")
        try:
            credentials, _ = google.auth.default(SCOPES, request=_Brief())
        except DefaultCredentialsError:
            return None
        except OSError as error:
            raise AccessError(
                msg("What Google's own tools keep cannot be read: {reason}.", reason=error.strerror or "?"),
                msg("Mend it with `gcloud auth application-default login`, or name a key with --credentials."),
            ) from None
    return Found(credentials, who_is(credentials, Source.ENVIRONMENT))


def who_is(credentials: google.auth.credentials.Credentials, source: Source, path: str = "") -> Who:
    """Whose credentials these are."""
    if isinstance(credentials, PersonCredentials):
        return Who(Kind.PERSON, source, path=path)
    email = str(getattr(credentials, "service_account_email", None) or "")
    if "@" in email:
        return Who(Kind.SERVICE_ACCOUNT, source, email, path)
    return Who(Kind.OTHER, source, path=path)
