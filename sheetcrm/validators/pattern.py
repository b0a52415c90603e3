"""Whether a firm's regular expression can be run: it must compile, and must not be able to run for ever."""

from __future__ import annotations

import re

_MEMBER = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[^:)]*[:)]?|[()|]|[*+]|\{\d*,\d*\}|.", re.DOTALL)
LONGEST = 200
"""Characters of a value that a pattern is tried on; no longer value matches."""


def compiled(text: str) -> re.Pattern[str] | None:
    """The pattern, or None where it is no regular expression or could run for ever.

    A group that is repeated without bound must not itself repeat without bound or offer a choice: such patterns take
    exponential time on values that nearly match.
    """
    try:
        pattern = re.compile(text)
    except (re.error, OverflowError, RecursionError):
        return None
    return None if _can_explode(text) or re.search(r"\\[1-9]|\(\?P=", text) else pattern


def _can_explode(text: str) -> bool:
    """Whether an unbounded repeat holds another one, or a choice."""
    risky = [False]
    closed: bool | None = None
    for token in _MEMBER.findall(text):
        if token[0] in "*+" or (token[0] == "{" and len(token) > 1 and token.endswith(",}")):
            if closed:
                return True
            risky[-1] = True
        elif token == "|":
            risky[-1] = True
        elif token[0] == "(" and not token.endswith(")"):
            risky.append(False)
        elif token == ")" and len(risky) > 1:
            closed = risky.pop()
            risky[-1] = risky[-1] or closed
            continue
        closed = None
    return False
