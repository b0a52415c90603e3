"""Whether to try again, and when: pure, so that every case is a line in a test.

A read may be asked again after anything that may pass. A write only where it surely changed nothing: Google said so
(429) or it never got there; after anything else it may have been applied, and sending it again could double a row.
"""

from __future__ import annotations

from typing import NamedTuple

from sheetcrm.workbook.google.connection.trouble import Trouble, What

TRIES = 6
"""How often a call is sent at most."""

PATIENCE = 180.0
"""Seconds after which no new try is begun; Google itself gives a call up after as many."""

_LONGEST = 60.0
_UNAUTHENTICATED = 401
_OUT_OF_QUOTA = 429
_PASSING = frozenset({408, _OUT_OF_QUOTA, 500, 502, 503, 504})


class Tried(NamedTuple):
    """What was done so far.

    Attributes:
        is_write: Whether the call may change something.
        times: How often it was sent, this time included.
        spent: Seconds since it was sent first.
        renewed: Whether the token was renewed for it already.
    """

    is_write: bool
    times: int
    spent: float
    renewed: bool = False


class Wait(NamedTuple):
    """Wait so many seconds, then send it again."""

    seconds: float


class Renew(NamedTuple):
    """Renew the token, then send it again: it was turned away at the door."""


class GiveUp(NamedTuple):
    """Stop.

    Attributes:
        may_be_applied: Whether the write may have been carried out all the same.
    """

    may_be_applied: bool


def next_step(trouble: Trouble, tried: Tried, chance: float) -> Wait | Renew | GiveUp:
    """What to do after a call went wrong.

    Args:
        trouble: How it went wrong.
        tried: What was done so far.
        chance: A random number in [0, 1): full jitter, so that many who failed together don't come back together.
    """
    if trouble.status == _UNAUTHENTICATED and not tried.renewed:
        return Renew()
    left = PATIENCE - tried.spent
    asked = trouble.retry_after or 0.0
    if not _may_pass(trouble, tried.is_write) or tried.times >= TRIES or left <= asked:
        return GiveUp(tried.is_write and not trouble.left_no_trace)
    if asked:
        return Wait(min(asked + chance, left))
    return Wait(min(chance * min(_LONGEST, _step(trouble) * 2 ** (tried.times - 1)), left))


def _may_pass(trouble: Trouble, is_write: bool) -> bool:
    """Whether another try could help, and could do no harm."""
    if is_write and not trouble.left_no_trace:
        return False
    match trouble.what:
        case What.REFUSED:
            return trouble.status in _PASSING
        case What.NOT_RENEWED:
            return trouble.passing
        case What.PAGE:
            # Somewhere else: a network that wants people to sign in first will not change its mind.
            return not 300 <= trouble.status < 400
        case What.CERTIFICATE | What.NO_BUNDLE:
            return False
    return True


def _step(trouble: Trouble) -> float:
    """The first longest wait, seconds: a quota comes back within a minute, a network is there or not."""
    if trouble.status == _OUT_OF_QUOTA:
        return 5.0
    return 0.5 if trouble.left_no_trace else 2.0
