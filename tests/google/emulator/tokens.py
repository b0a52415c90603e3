"""The token endpoint: any well-formed assertion is granted, and the grant remembers who asked for what."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from dataclasses import dataclass, field

from tests.google.emulator.errors import Json
from tests.google.emulator.store import SOMEONE

JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_CLAIMS = ("iss", "aud", "exp", "iat")


@dataclass(frozen=True)
class Account:
    """Who a token stands for, and for what; no scopes means that they are not known and not limited."""

    email: str = SOMEONE
    scopes: frozenset[str] = frozenset()


class RefusedError(Exception):
    """The token endpoint's own kind of error: OAuth's, not Google's APIs'."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.body: Json = {"error": error, "error_description": description}


@dataclass
class Tokens:
    """The tokens granted so far."""

    granted: dict[str, Account] = field(default_factory=dict)

    def grant(self, form: dict[str, list[str]]) -> Json:
        """Answer a request for a token.

        Raises:
            RefusedError: If the request is not well-formed.
        """
        kind = form.get("grant_type", [""])[0]
        if kind == JWT_GRANT:
            account = _asserted(form.get("assertion", [""])[0])
        elif kind in {"refresh_token", "authorization_code"}:
            if not form.get({"refresh_token": "refresh_token"}.get(kind, "code"), [""])[0]:
                raise RefusedError("invalid_request", f"Missing required parameter: {kind}")
            account = Account(scopes=frozenset(form.get("scope", [""])[0].split()))
        else:
            raise RefusedError("unsupported_grant_type", f"Invalid grant_type: {kind}")
        token = f"ya29.local-{secrets.token_urlsafe(24)}"
        self.granted[token] = account
        answer: Json = {"access_token": token, "expires_in": 3599, "token_type": "Bearer"}
        if kind == "authorization_code":
            answer["refresh_token"] = f"1//local-{secrets.token_urlsafe(24)}"
        return answer | ({"scope": " ".join(sorted(account.scopes))} if account.scopes else {})

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
