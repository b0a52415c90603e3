"""One call to Google, as far as it matters when it goes wrong: does it write, and in which spreadsheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_READS_BY_POST = ("getByDataFilter", "GetByDataFilter", "developerMetadata:search")
_SPREADSHEET = re.compile(r"/(?:spreadsheets|files)/([^/:]+)")


@dataclass(frozen=True, slots=True)
class Call:
    """A call.

    Attributes:
        is_write: Whether it may change something; Google counts reads and writes apart.
        spreadsheet: The spreadsheet's id; "" if it is about none.
    """

    is_write: bool
    spreadsheet: str = ""


def call_of(method: str, url: str) -> Call:
    """The call that a method and an address make."""
    path = urlsplit(url).path
    found = _SPREADSHEET.search(path)
    reads = method.upper() in {"GET", "HEAD"} or path.endswith(_READS_BY_POST)
    return Call(not reads, found[1] if found else "")
