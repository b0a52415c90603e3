"""Which addresses a cell may lead to outside its book: pages and mail, and nothing that runs."""

from __future__ import annotations

from urllib.parse import urlsplit

SCHEMES = ("http", "https", "mailto", "tel")
_LONGEST_ADDRESS = 2_000


def is_safe(address: str) -> bool:
    """Whether a cell may lead there; anything else is left as text."""
    if len(address) > _LONGEST_ADDRESS or not address.isprintable():
        return False
    try:
        return urlsplit(address).scheme.lower() in SCHEMES
    except ValueError:
        return False
