"""The endpoints of OAuth: a page on which everybody agrees, tokens, and their revocation.

Any well-formed assertion is granted, and so is any refresh token that was not revoked; a code only if the page gave it.
The grant remembers who asked for what.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlencode

from tests.google.emulator.errors import Json
from tests.google.emulator.store import SOMEONE

JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_CLAIMS = ("iss", "aud", "exp", "iat")
_ASKED = frozenset(
    {"response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method"}
)


@dataclass(frozen=True)
class Account:
    """Who a token stands for, and for what; no scopes means that they are not known and not limited."""

    email: str = SOMEONE
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Consent:
    """What a person agreed to: for which client, where the browser goes back to, and the client's PKCE challenge."""

    client: str
    back: str
    challenge: str
    scopes: frozenset[str]


class RefusedError(Exception):
    """The token endpoint's own kind of error: OAuth's, not Google's APIs'."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.body: Json = {"error": error, "error_description": description}


@dataclass
class Tokens:
    """The tokens granted so far."""

    granted: dict[str, Account] = field(default_factory=dict)

    agreed: dict[str, Consent] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)

    def consent(self, asked: dict[str, list[str]]) -> str:
        """The page on which a person signs in: whoever comes agrees, and is sent back with a code.

        Raises:
            RefusedError: If something is missing.
        """
        told = {name: values[0] for name, values in asked.items()}
        missing = sorted(_ASKED - told.keys())
        if missing or told["response_type"] != "code" or told["code_challenge_method"] != "S256":
            raise RefusedError("invalid_request", f"Missing required parameter: {', '.join(missing)}")
        code = f"4/local-{secrets.token_urlsafe(24)}"
        scopes = frozenset(told["scope"].split())
        self.agreed[code] = Consent(told["client_id"], told["redirect_uri"], told["code_challenge"], scopes)
        back = {"state": told["state"], "code": code, "scope": told["scope"]}
        return f"{told['redirect_uri']}?{urlencode(back)}"

    def revoke(self, form: dict[str, list[str]]) -> None:
        """Take back a refresh token, or a token.

        Raises:
            RefusedError: If none is named, or it was taken back before.
        """
        token = form.get("token", [""])[0]
        if not token or token in self.revoked:
            raise RefusedError("invalid_token", "Token expired or revoked")
        self.revoked.add(token)
        self.granted.pop(token, None)

    def grant(self, form: dict[str, list[str]]) -> Json:
        """Answer a request for a token.

        Raises:
            RefusedError: If the request is not well-formed, or what it brings is not honoured.
        """
        kind = form.get("grant_type", [""])[0]
        if kind == JWT_GRANT:
            account = _asserted(form.get("assertion", [""])[0])
        elif kind == "refresh_token":
            account = self._renewed(form)
        elif kind == "authorization_code":
            account = self._exchanged({name: values[0] for name, values in form.items()})
        else:
            raise RefusedError("unsupported_grant_type", f"Invalid grant_type: {kind}")
        token = f"ya29.local-{secrets.token_urlsafe(24)}"
        self.granted[token] = account
        answer: Json = {"access_token": token, "expires_in": 3599, "token_type": "Bearer"}
        if kind == "authorization_code":
            answer["refresh_token"] = f"1//local-{secrets.token_urlsafe(24)}"
        return answer | ({"scope": " ".join(sorted(account.scopes))} if account.scopes else {})

    def _renewed(self, form: dict[str, list[str]]) -> Account:
        token = form.get("refresh_token", [""])[0]
        if not token:
            raise RefusedError("invalid_request", "Missing required parameter: refresh_token")
        if token in self.revoked:
            raise RefusedError("invalid_grant", "Token has been expired or revoked.")
        return Account(scopes=frozenset(form.get("scope", [""])[0].split()))

    def _exchanged(self, form: dict[str, str]) -> Account:
        """Who agreed, for a code: good once, for who asked for it (PKCE)."""
        consent = self.agreed.pop(form.get("code", ""), None)
        if consent is None:
            raise RefusedError("invalid_grant", "Malformed auth code.")
        challenge = (
            base64.urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        )
        if challenge != consent.challenge:
            raise RefusedError("invalid_grant", "Invalid code verifier.")
        if form.get("client_id") != consent.client or not form.get("client_secret"):
            raise RefusedError("invalid_client", "The OAuth client was not found.")
        if form.get("redirect_uri") != consent.back:
            raise RefusedError("redirect_uri_mismatch", "Bad Request")
        return Account(scopes=consent.scopes)

    def account(self, token: str) -> Account:
        """Whose token it is: one that was not granted here is somebody's."""
        return self.granted.get(token, Account())


def _asserted(assertion: str) -> Account:
    parts = assertion.split(".")
    try:
        header, claims = (json.loads(_decoded(part)) for part in parts[:2])
    except (ValueError, binascii.Error):
        raise RefusedError("invalid_grant", "Invalid JWT: the assertion could not be decoded.") from None
    if len(parts) != 3 or not parts[2] or not isinstance(header, dict) or not isinstance(claims, dict):
        raise RefusedError("invalid_grant", "Invalid JWT: three parts are needed.")
    missing = [name for name in _CLAIMS if name not in claims]
    if missing:
        raise RefusedError("invalid_grant", f"Invalid JWT: missing claims {', '.join(missing)}.")
    return Account(claims.get("sub") or claims["iss"], frozenset(str(claims.get("scope", "")).split()))


def _decoded(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
