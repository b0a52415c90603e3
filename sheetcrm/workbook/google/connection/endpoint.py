"""Where Google is: its own hosts, or its local stand-in, which is on this machine and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from sheetcrm.errors import UsageError
from sheetcrm.text import msg

VARIABLE = "SHEETS_EMULATOR_HOST"
"""Names the local stand-in, as Google's own emulators are named: `127.0.0.1:PORT`."""

_SHEETS = "https://sheets.googleapis.com"
_DRIVE = "https://www.googleapis.com"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where calls go.

    Attributes:
        sheets: What stands for https://sheets.googleapis.com.
        drive: What stands for https://www.googleapis.com.
        revoke: Where access is handed back.
        token: Where tokens are given out; "" is where a key or an OAuth client itself says.
        consent: The page on which a person signs in; "" likewise.
    """

    sheets: str = _SHEETS
    drive: str = _DRIVE
    revoke: str = "https://oauth2.googleapis.com/revoke"
    token: str = ""
    consent: str = ""

    @property
    def is_local(self) -> bool:
        """Whether this is the stand-in, and nothing may leave this machine."""
        return self.sheets != _SHEETS

    def at(self, url: str) -> str:
        """The address at which one of these two hosts' is answered."""
        if url.startswith(_SHEETS):
            return self.sheets + url.removeprefix(_SHEETS)
        return self.drive + url.removeprefix(_DRIVE)


GOOGLE = Endpoint()


def find_endpoint(asked: str | None, environ: Mapping[str, str]) -> Endpoint:
    """The endpoint that was asked for, else the environment's, else Google.

    Args:
        asked: `127.0.0.1:PORT`, `http://` before it or not.
        environ: Environment variables.

    Raises:
        UsageError: If it is not on this machine, or no address.
    """
    text = (asked or environ.get(VARIABLE, "")).strip()
    return _local(text) if text else GOOGLE


def _local(text: str) -> Endpoint:
    url = f"http://{_on_this_machine(text)}"
    return Endpoint(url, url, f"{url}/revoke", f"{url}/token", f"{url}/auth")


def _on_this_machine(text: str) -> str:
    try:
        url = urlsplit(text if "://" in text else f"http://{text}")
        port = url.port
    except ValueError:
        url, port = SplitResult("", "", "", "", ""), None
    plain = url.scheme == "http" and url.path in {"", "/"} and not url.query and not url.fragment and "@" not in text
    if not plain or not port:
        raise UsageError(
            msg("{address} is no address of a local stand-in for Google.", address=text),
            msg("Give it as 127.0.0.1:PORT."),
        )
    if not _is_loopback(url.hostname or ""):
        raise UsageError(
            msg("{address} is not on this machine; instead of Google, sheetcrm talks to nothing else.", address=text),
            msg("Give it as 127.0.0.1:PORT, or leave out --google-endpoint and {variable}.", variable=VARIABLE),
        )
    return url.netloc


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
