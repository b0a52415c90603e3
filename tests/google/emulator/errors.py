"""What Google says when it refuses: one exception, and the two shapes of body that its services answer with."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}
_UNAUTHENTICATED = (
    "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other "
    "valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
)


class ApiError(Exception):
    """A refusal that becomes Google's error body."""

    def __init__(self, code: int, message: str, *, reason: str = "", details: list[Json] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.reason = reason
        self.details = details or []
        self.headers: dict[str, str] = {}

    def body(self, service: str) -> Json:
        """The body as that service words it: Drive still lists `errors`, Sheets has `status` and `details`."""
        error: Json = {"code": self.code, "message": self.message}
        if service == "drive":
            error["errors"] = [{"message": self.message, "domain": "global", "reason": self.reason or "badRequest"}]
            return {"error": error}
        error["status"] = STATUS.get(self.code, "UNKNOWN")
        if self.details:
            error["details"] = self.details
        return {"error": error}


def invalid(message: str) -> ApiError:
    """400: the request makes no sense."""
    return ApiError(400, message, reason="badRequest")


def violations(found: list[tuple[str, str]]) -> ApiError:
    """400 with every (field, description) that does not fit the discovery document."""
    listed = [{"field": field, "description": text} if field else {"description": text} for field, text in found]
    details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": listed}]
    return ApiError(400, "\n".join(text for _, text in found), reason="badRequest", details=details)


def unauthenticated() -> ApiError:
    """401: no Authorization header."""
    return ApiError(401, _UNAUTHENTICATED, reason="required")


def forbidden(message: str = "The caller does not have permission", reason: str = "forbidden") -> ApiError:
    """403: known, but not for this caller."""
    return ApiError(403, message, reason=reason)


def scope_missing() -> ApiError:
    """403: the token was granted for something else."""
    detail = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "domain": "googleapis.com",
    }
    message = "Request had insufficient authentication scopes."
    return ApiError(403, message, reason="insufficientPermissions", details=[detail])


def not_found() -> ApiError:
    """404 of the Sheets service."""
    return ApiError(404, "Requested entity was not found.", reason="notFound")


def file_not_found(file_id: str) -> ApiError:
    """404 of the Drive service."""
    return ApiError(404, f"File not found: {file_id}.", reason="notFound")


def out_of_quota(kind: str) -> ApiError:
    """429 as the quota service words it; `kind` is Read or Write."""
    message = (
        f"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute per user' "
        "of service 'sheets.googleapis.com' for consumer 'project_number:1'."
    )
    detail = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": {
            "service": "sheets.googleapis.com",
            "quota_metric": f"sheets.googleapis.com/{kind.lower()}_requests",
            "consumer": "projects/1",
        },
    }
    return ApiError(429, message, reason="rateLimitExceeded", details=[detail])


def switched_off() -> ApiError:
    """403: the project has not switched the Sheets API on."""
    message = (
        "Google Sheets API has not been used in project 1 before or it is disabled. Enable it by visiting "
        "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=1 then retry."
    )
    detail = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "SERVICE_DISABLED",
        "domain": "googleapis.com",
        "metadata": {"service": "sheets.googleapis.com", "consumer": "projects/1"},
    }
    return ApiError(403, message, reason="accessNotConfigured", details=[detail])


def not_here(what: str) -> ApiError:
    """501: Google can do this, its local stand-in can't and says so."""
    return ApiError(501, f"The local Google does not do this: {what}.", reason="notImplemented")
