"""Where a Google Sheet is: its id in `gsheet:ID` or in what the browser shows."""

from __future__ import annotations

import re

from sheetcrm.errors import UsageError
from sheetcrm.text import msg

_SHORT = "gsheet:"
_URL = re.compile(
    r"(?:https?://)?docs\.google\.com/(?:a/[^/]+/)?spreadsheets/(?:u/\d+/)?d/(?P<id>[^/?#]+)", re.IGNORECASE
)
_ID = re.compile(r"[A-Za-z0-9_-]{5,}")


def spreadsheet_id(text: str) -> str:
    """The spreadsheet's id.

    Raises:
        UsageError: If there is none in the address.
    """
    text = text.strip()
    rest = text[len(_SHORT) :] if text.lower().startswith(_SHORT) else text
    found = _URL.match(rest)
    id = found["id"] if found else rest
    if not _ID.fullmatch(id) or id == "e":
        raise UsageError(
            msg("{address} is no Google Sheet's address.", address=text),
            msg("Open the sheet in the browser and copy the whole address, or what stands in it between /d/ and /edit:"
                " gsheet:ID."),
        )  # fmt: skip
    return id


def tab_url(id: str, gid: int) -> str:
    """Where a tab opens in a browser; `&range=B17` behind it leads to a cell."""
    return f"https://docs.google.com/spreadsheets/d/{id}/edit#gid={gid}"
