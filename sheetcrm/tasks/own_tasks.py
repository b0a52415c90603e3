"""Tasks that managers wrote themselves, on a free line of their tab."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sheetcrm.schema.base import Base
from sheetcrm.schema.ids import Issued
from sheetcrm.schema.links import ABSENT
from sheetcrm.tasks.inputs import Line
from sheetcrm.tasks.registry import MANUAL
from sheetcrm.tasks.staff import NOBODY, Staff
from sheetcrm.tasks.standing import StandingTask
from sheetcrm.tasks.titles import tab_titles

_PRIORITY = 3


def own_tasks(
    base: Base, staff: Staff, lines: Sequence[Line], issued: Issued
) -> tuple[list[tuple[StandingTask, Line]], Issued]:
    """A task for every line without an id, for the manager whose tab it stands on; due today unless it says when."""
    ids, issued = issued.next("tasks", len(lines))
    owners = {title: manager for manager, title in tab_titles(base, staff.active).items()}
    found = []
    for id, line in zip(ids, lines, strict=True):
        manager = owners.get(line.place.sheet, staff.answering(NOBODY))
        found.append((_task(base, id, line, manager, staff.today), line._replace(id=id)))
    return found, issued


def _task(base: Base, id: str, line: Line, manager: int, today: date) -> StandingTask:
    company = base.find("companies", line.company)
    unknown = line.company if company == ABSENT else ""
    return StandingTask(
        position=ABSENT,
        id=id,
        rule=MANUAL,
        key="",
        title=": ".join(filter(None, (unknown, line.title or line.summary or str(line.next_step or line.result)))),
        manager=manager,
        company=company,
        contact=ABSENT,
        deal=ABSENT,
        due=line.due or today,
        priority=_PRIORITY,
        status="new",
        done_on=None,
        script="",
    )
