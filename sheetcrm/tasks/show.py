"""What a run did with the tasks, for programs."""

from __future__ import annotations

from collections.abc import Mapping

from sheetcrm.schema.base import Base
from sheetcrm.tasks.answers import Taken
from sheetcrm.tasks.plan import TaskPlan
from sheetcrm.tasks.standing import StandingTask


def counts(taken: Taken, planned: TaskPlan) -> Mapping[str, int]:
    """How many tasks were created, closed (ticked off or settled by themselves) and kept, and how many wait."""
    added = set(taken.created)
    return {
        "created": len(planned.created) + len(added),
        "closed": len(planned.closed) + taken.closed,
        "kept": sum(task.id not in added for task in planned.kept),
        "backlog": sum(planned.backlog.values()),
    }


def as_json(base: Base, taken: Taken, planned: TaskPlan) -> Mapping[str, object]:
    """The documented shape of `tasks --format json`: how many tasks of each kind, and every open one.

    Args:
        base: The base on which the plan was made.
        taken: What became of the ticked lines.
        planned: The tasks as they will stand.
    """
    return {"version": 1, **counts(taken, planned), "tasks": [_task(base, task) for task in planned.tasks]}


def _task(base: Base, task: StandingTask) -> Mapping[str, object]:
    return {
        "id": task.id,
        "rule": task.rule,
        "key": task.key,
        "title": task.title,
        "company": _id(base, "companies", "company_id", task.company),
        "contact": _id(base, "contacts", "contact_id", task.contact),
        "deal": _id(base, "deals", "deal_id", task.deal),
        "manager": base.manager_name(task.manager),
        "priority": task.priority,
        "due": None if task.due is None else task.due.isoformat(),
        "status": task.status or "new",
    }


def _id(base: Base, table: str, key: str, position: int) -> object:
    return None if position < 0 else base.values(table, key)[position]
