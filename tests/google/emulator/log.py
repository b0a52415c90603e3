"""What was asked, call by call, and the counts that a test asserts. No header and no token is ever noted."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field

from tests.google.emulator.errors import Json


@dataclass
class Entry:
    """One call as it went."""

    number: int
    method: str
    path: str
    query: str
    api: str
    kind: str
    status: int = 0
    fault: str = ""
    request_bytes: int = 0
    response_bytes: int = 0
    requests: list[str] = field(default_factory=list)


@dataclass
class Log:
    """The calls since the last reset."""

    entries: list[Entry] = field(default_factory=list)
    number: int = 0

    def begin(self, method: str, path: str, query: str, api: str, kind: str) -> Entry:
        """Note that a call has come in."""
        self.number += 1
        entry = Entry(self.number, method, path, query, api, kind)
        self.entries.append(entry)
        return entry

    def clear(self) -> None:
        self.entries.clear()
        self.number = 0

    def told(self) -> Json:
        """Counts first, then each call."""
        kinds = Counter(entry.kind for entry in self.entries)
        counts = {
            "reads": kinds["read"],
            "writes": kinds["write"],
            "drive": kinds["drive"],
            "token": kinds["token"],
            "refused": sum(entry.status >= 400 or entry.status == 0 for entry in self.entries),
            "requestBytes": sum(entry.request_bytes for entry in self.entries),
            "responseBytes": sum(entry.response_bytes for entry in self.entries),
        }
        return {"counts": counts, "calls": [asdict(entry) for entry in self.entries]}
