"""How large a file is, in the units people use."""

from __future__ import annotations

from sheetcrm.text import Message, msg

_KILO, _MEGA = 1024, 1024**2


def size_of(size: int) -> Message:
    """A size in bytes as kilobytes or megabytes."""
    if size < _MEGA:
        return msg("{n} KB", n=max(round(size / _KILO), 1))
    return msg("{n} MB", n=round(size / _MEGA, 1))
