"""A check and its outcome: what was looked at, how it is, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sheetcrm.errors import SheetcrmError
from sheetcrm.text import Lang, Message, say


class State(StrEnum):
    """How something is: as it should be, worth a look, or so that a command will fail; the worst last."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check.

    Attributes:
        name: Its stable name: `clock`.
        state: How it is.
        told: One sentence.
        hint: What to do, where it is not as it should be.
        facts: The same for a program; never a secret.
    """

    name: str
    state: State
    told: Message
    hint: Message | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    def shape(self, lang: Lang) -> dict[str, object]:
        """The documented JSON."""
        return {
            "name": self.name,
            "state": self.state.value,
            "message": say(self.told, lang),
            "hint": say(self.hint, lang) if self.hint else "",
            "facts": dict(self.facts),
        }


def ok(name: str, told: Message, /, **facts: object) -> Check:
    """All is well."""
    return Check(name, State.OK, told, None, facts)


def look(name: str, told: Message, hint: Message | None, /, **facts: object) -> Check:
    """It works, and may surprise somebody."""
    return Check(name, State.LOOK, told, hint, facts)


def wrong(name: str, told: Message, hint: Message | None, /, **facts: object) -> Check:
    """A command will fail on it."""
    return Check(name, State.WRONG, told, hint, facts)


def stopped(name: str, error: SheetcrmError, state: State = State.WRONG) -> Check:
    """What would stop a command, in the same words."""
    return Check(name, state, error.message, error.hint, {"code": error.code})
