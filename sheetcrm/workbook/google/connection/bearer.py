"""The token on each call, renewed where it has run out."""

from __future__ import annotations

from functools import partial

import google.auth.credentials
import requests
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request
from requests.auth import AuthBase

from sheetcrm.workbook.google.connection.trouble import NO_TOKEN

_RENEWED_WITHIN = 30


class Bearer(AuthBase):
    """Signs a call with credentials.

    google-auth's own AuthorizedSession repeats a call by itself after a 401, a write too, and looks at Google's
    iamcredentials in the background; here a call goes out once, and nothing goes anywhere else.
    """

    def __init__(self, credentials: google.auth.credentials.Credentials, session: requests.Session) -> None:
        """Renew by that session, which must not be the one that is signed."""
        self._credentials = credentials
        self._exchange = partial(Request(session), timeout=_RENEWED_WITHIN)
        self._stale = False

    def forget(self) -> None:
        """Renew the token before the next call, whatever it says of itself."""
        self._stale = True

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """The call with its token.

        Raises:
            GoogleAuthError: If the token ran out and could not be renewed.
        """
        if self._stale or not self._credentials.valid:
            self._renew()
        self._credentials.apply(request.headers)
        return request

    def _renew(self) -> None:
        try:
            self._credentials.refresh(self._exchange)
        except (TypeError, ValueError):
            # google-auth takes a page in place of the answer for one, and stumbles.
            raise RefreshError("no token in the answer", {"error": NO_TOKEN}) from None
        self._stale = False
