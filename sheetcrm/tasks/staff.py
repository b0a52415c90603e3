"""Who does the work: active managers, their substitutes, the head and those who serve and research."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sheetcrm.schema.base import Base
from sheetcrm.schema.links import ABSENT

NOBODY = ABSENT


@dataclass(frozen=True)
class Staff:
    """The firm's managers on one day, by their positions in Managers.

    Attributes:
        base: The base as it stands.
        today: The day asked about.
    """

    base: Base
    today: date

    @cached_property
    def active(self) -> list[int]:
        """Managers who are hired and have not left, in the tab's order."""
        hired, left = self.base.values("managers", "hired"), self.base.values("managers", "left")
        return [
            position
            for position, (start, end) in enumerate(zip(hired, left, strict=True))
            if not (isinstance(start, date) and start > self.today)
            and not (isinstance(end, date) and end <= self.today)
        ]

    def with_role(self, role: str) -> int:
        """The first active manager of that role; nobody where there is none."""
        roles = self.base.values("managers", "role")
        return next((position for position in self.active if roles[position] == role), NOBODY)

    @cached_property
    def head(self) -> int:
        """The head of sales."""
        return self.with_role("head")

    @cached_property
    def service(self) -> int:
        """Who serves deliveries."""
        return self.with_role("service")

    @cached_property
    def researcher(self) -> int:
        """Who finds out what is not known."""
        return self.with_role("researcher")

    def answering(self, manager: int) -> int:
        """Who does a manager's work: they themselves, else a substitute, the head or the default manager."""
        substitutes = self.base.links("managers", "substitute").target
        seen: set[int] = set()
        while manager != NOBODY and manager not in self._present and manager not in seen:
            seen.add(manager)
            manager = substitutes[manager]
        candidates = (manager, self.head, self.base.default_manager)
        return next((one for one in candidates if one in self._present), NOBODY)

    @cached_property
    def _present(self) -> frozenset[int]:
        return frozenset(self.active)
