"""Quota pacing: Google lets a user read and write 60 times a minute, so a call that would be one too many waits."""

from __future__ import annotations

import math
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sheetcrm.text import Message, msg

A_MINUTE = 60
"""Calls of a kind that Google lets a user make in a minute."""

_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Clock:
    """What time and chance are; a test brings its own.

    Attributes:
        now: Seconds, from anywhere.
        sleep: Lets so many seconds pass.
        chance: A random number in [0, 1).
    """

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


@dataclass(slots=True)
class Pace:
    """The calls of the last minute, reads and writes apart."""

    clock: Clock
    tell: Callable[[Message], None]
    limit: int = A_MINUTE
    _sent: dict[bool, deque[float]] = field(default_factory=lambda: {False: deque(), True: deque()}, repr=False)

    def take(self, is_write: bool) -> None:
        """Count a call, after waiting as long as it would be one too many."""
        sent = self._sent[is_write]
        if len(sent) == self.limit:
            wait = sent.popleft() + _MINUTE - self.clock.now()
            if wait > 0:
                self.tell(waiting_for_quota(wait))
                self.clock.sleep(wait)
        sent.append(self.clock.now())


def waiting_for_quota(seconds: float) -> Message:
    """The line that says why nothing seems to happen."""
    return msg("waiting for Google's quota, {seconds} s", seconds=math.ceil(seconds))
