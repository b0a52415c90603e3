"""The tasks that stand in the book."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sheetcrm.schema.base import Base
from sheetcrm.table import day_of
from sheetcrm.tasks.staff import Staff

OPEN = frozenset({"new", "in_work", None})
"""The statuses of a task that is still to be done; a blank one is new."""


class StandingTask(NamedTuple):
    """A task, its references resolved.

    Attributes:
        position: Its row in Tasks, by position; -1 for one that is added in this run.
        id: Its id.
        rule: The code of the rule that set it; `manual` or "" for a person's.
        key: Its key, "" for none.
        title: What to do.
        manager: Who does it, substitutes considered; -1 for nobody.
        company: The company's position, -1 for none.
        contact: The contact's position, -1 for none.
        deal: The deal's position, -1 for none.
        due: When it is to be done, None for any time.
        priority: 1 (first) to 4.
        status: `new`, `in_work`, `done`…
        done_on: When it was done.
        script: What to say or do.
    """

    position: int
    id: str
    rule: str
    key: str
    title: str
    manager: int
    company: int
    contact: int
    deal: int
    due: date | None
    priority: int
    status: str | None
    done_on: date | None
    script: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status in OPEN

    @property
    def stem(self) -> str:
        """The key without its period: the rule and the record."""
        return self.key.rpartition("|")[0]


_USUAL = 3


def standing_tasks(base: Base, staff: Staff) -> list[StandingTask]:
    """Every task of the book, in the tab's order."""
    managers = base.managers("tasks")
    references = {code: base.links("tasks", code).target for code in ("company", "contact", "deal")}
    texts = {code: base.texts("tasks", code) for code in ("task_id", "rule", "key", "title", "script")}
    values = {code: base.values("tasks", code) for code in ("due", "done_on", "priority", "status")}
    return [
        StandingTask(
            position,
            texts["task_id"][position],
            texts["rule"][position],
            texts["key"][position],
            texts["title"][position],
            staff.answering(managers[position]),
            references["company"][position],
            references["contact"][position],
            references["deal"][position],
            day_of(values["due"][position]),
            priority if isinstance(priority := values["priority"][position], int) else _USUAL,
            None if (status := values["status"][position]) is None else str(status),
            day_of(values["done_on"][position]),
            texts["script"][position],
        )
        for position in range(base.size("tasks"))
    ]
