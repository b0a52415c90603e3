"""What a test can make go wrong: faults, a quota, and a person who edits between two calls."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.google.emulator.errors import ApiError, Json, out_of_quota, switched_off

BEFORE = frozenset(
    {"429", "401", "403", "403-disabled", "503-before", "drop-before", "html-502", "hang", "invalid-grant"}
)
AFTER = frozenset({"503-after", "drop-after", "html-502-after"})
_FIELDS = {"kind", "method", "path", "times", "skip", "seconds", "retryAfter"}


@dataclass
class Fault:
    """A fault to come.

    Attributes:
        kind: One of BEFORE, which keep the call from being applied (a hang only delays it), or AFTER.
        method: The HTTP method that it meets; "" for any.
        path: What the path must hold, such as `:batchUpdate`; "" for any.
        times: How often it strikes; None for ever.
        skip: How many matching calls go through first.
        seconds: How long a hang lasts.
        retry_after: The Retry-After header of a 429 or 503; None for no header.
    """

    kind: str
    method: str = ""
    path: str = ""
    times: int | None = 1
    skip: int = 0
    seconds: float = 0
    retry_after: int | None = None

    def strikes(self, method: str, path: str) -> bool:
        """Whether it strikes this call; counts it."""
        if self.times == 0 or self.method not in {"", method} or self.path not in path:
            return False
        if self.skip:
            self.skip -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True

    def error(self, kind: str) -> ApiError:
        """The refusal of a fault that answers in JSON; `kind` is the call's, whose quota a 429 names."""
        if self.kind == "403-disabled":
            return switched_off()
        message = {
            "401": "Request had invalid authentication credentials.",
            "403": "The caller does not have permission",
        }
        code = int(self.kind[:3])
        error = (
            out_of_quota("Write" if kind == "write" else "Read")
            if code == 429
            else ApiError(code, message.get(self.kind, _UNAVAILABLE))
        )
        if self.retry_after is not None:
            error.headers["Retry-After"] = str(self.retry_after)
        return error


_UNAVAILABLE = "The service is currently unavailable."


def fault_of(asked: Json) -> Fault:
    """The fault that a test asks for.

    Raises:
        ValueError: If there is no such fault, or no such setting of it.
    """
    if asked.get("kind") not in BEFORE | AFTER or asked.keys() - _FIELDS:
        raise ValueError(f"a fault has {sorted(_FIELDS)} and is one of {sorted(BEFORE | AFTER)}")
    named = {("retry_after" if name == "retryAfter" else name): value for name, value in asked.items()}
    return Fault(**named)


@dataclass
class Edit:
    """A person's edit, made right before or after the n-th matching call from now."""

    spreadsheet: str
    requests: list[Json]
    when: str = "before"
    call: int = 1
    method: str = ""
    path: str = ""

    def due(self, method: str, path: str) -> bool:
        """Whether this call is the one; counts it."""
        if self.call < 1 or self.method not in {"", method} or self.path not in path:
            return False
        self.call -= 1
        return self.call == 0


def edit_of(asked: Json) -> Edit:
    """The edit that a test asks for.

    Raises:
        ValueError: If something in it is not known.
    """
    known = {"spreadsheetId": "spreadsheet"} | {name: name for name in ("requests", "when", "call", "method", "path")}
    if asked.keys() - known.keys() or asked.get("when", "before") not in {"before", "after"}:
        raise ValueError(f"an edit has {sorted(known)}; `when` is before or after")
    return Edit(**{known[name]: value for name, value in asked.items()})


@dataclass
class Quota:
    """Calls a minute, by kind; None is no limit."""

    reads: int | None = None
    writes: int | None = None
    spent: dict[str, deque[float]] = field(default_factory=dict)

    def spend(self, kind: str, now: float) -> None:
        """Count a call.

        Raises:
            ApiError: 429 if the minute's calls are used up.
        """
        limit = {"read": self.reads, "write": self.writes}.get(kind)
        if limit is None:
            return
        calls = self.spent.setdefault(kind, deque())
        while calls and calls[0] <= now - 60:
            calls.popleft()
        if len(calls) >= limit:
            raise out_of_quota(kind.capitalize())
        calls.append(now)


@dataclass
class Trouble:
    """All that a test has asked for."""

    faults: list[Fault] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    quota: Quota = field(default_factory=Quota)

    def fault(self, method: str, path: str) -> Fault | None:
        """The first fault that strikes this call."""
        return next((fault for fault in self.faults if fault.strikes(method, path)), None)

    def due(self, method: str, path: str) -> list[Edit]:
        """The edits around this call."""
        return [edit for edit in self.edits if edit.due(method, path)]

    def told(self) -> dict[str, Any]:
        return {
            "faults": [asdict(f) for f in self.faults if f.times != 0],
            "edits": [asdict(e) for e in self.edits if e.call],
        }
