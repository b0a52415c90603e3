"""Tasks and activities as rows to be added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sheetcrm.schema.base import Base
from sheetcrm.schema.edits import absent_columns, link_text, new_row, shown_name
from sheetcrm.schema.links import ABSENT
from sheetcrm.schema.tables import key_of
from sheetcrm.table import Change, Value
from sheetcrm.tasks.rule import Function
from sheetcrm.tasks.standing import StandingTask

_TASK = (
    *("task_id", "title", "company", "company_link", "manager", "due", "priority", "status", "done_on"),
    *("result", "next_date", "contact", "deal", "rule", "key"),
)
_ACTIVITY = (
    *("activity_id", "at", "type", "company", "company_link", "contact", "manager"),
    *("result", "summary", "next_date", "deal"),
)
NEEDED = {"tasks": _TASK, "activities": _ACTIVITY}
"""The columns without which a row cannot be kept: they are appended where somebody removed them."""


def needed_columns(base: Base, table: str) -> list[Change]:
    """Header changes for the needed columns that a table lacks."""
    return absent_columns(base, table, NEEDED[table])


def task_row(base: Base, task: StandingTask, function: Function, outcome: Mapping[str, Value] = {}) -> Change:
    """A task as a row of Tasks; the outcome is laid over it where it is done already."""
    return new_row(
        base,
        "tasks",
        {
            "task_id": task.id,
            "title": task.title,
            **_company(base, task.company),
            "manager": _name(base, "managers", task.manager),
            "due": task.due,
            "priority": task.priority,
            "status": task.status,
            "contact": _id(base, "contacts", task.contact),
            "deal": _id(base, "deals", task.deal),
            "function": function,
            "script": task.script or None,
            "rule": task.rule,
            "key": task.key or None,
            **outcome,
        },
        _TASK,
    )


def activity_row(
    base: Base,
    id: str,
    task: StandingTask,
    *,
    at: datetime,
    type: str,
    result: str | None,
    summary: str,
    next_date: date | None,
) -> Change:
    """What came of a task as a row of Activities, outgoing."""
    return new_row(
        base,
        "activities",
        {
            "activity_id": id,
            "at": at,
            "type": type,
            "direction": "out",
            **_company(base, task.company),
            "contact": _id(base, "contacts", task.contact),
            "deal": _id(base, "deals", task.deal),
            "manager": _name(base, "managers", task.manager),
            "result": result,
            "summary": summary or None,
            "next_date": next_date,
            "company_at_time": base.values("companies", "name")[task.company],
        },
        _ACTIVITY,
    )


def _company(base: Base, company: int) -> dict[str, Value]:
    if company == ABSENT:
        return {}
    name = shown_name(base, "companies", company)
    return {"company": name, "company_link": link_text(base, company, name)}


def _name(base: Base, table: str, position: int) -> Value:
    return None if position == ABSENT else shown_name(base, table, position)


def _id(base: Base, table: str, position: int) -> Value:
    return None if position == ABSENT else base.values(table, key_of(table))[position]
