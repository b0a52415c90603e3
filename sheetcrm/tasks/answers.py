"""Taking what managers ticked: the task closes, the contact is logged, the next step becomes the next task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sheetcrm.schema.base import Base
from sheetcrm.schema.edits import row_changes
from sheetcrm.schema.facts import CONTACT_TYPES, Facts
from sheetcrm.schema.ids import Issued
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.schema.words import fold
from sheetcrm.table import Change, Value
from sheetcrm.tasks.contacts import Callees
from sheetcrm.tasks.inputs import Line, typed_lines
from sheetcrm.tasks.next_step import NextStep, read_next_step
from sheetcrm.tasks.registry import MANUAL, RULES
from sheetcrm.tasks.rows import activity_row, needed_columns, task_row
from sheetcrm.tasks.rules import promised_title
from sheetcrm.tasks.staff import Staff
from sheetcrm.tasks.standing import StandingTask, standing_tasks
from sheetcrm.text import Message, msg, say

_ABSENT = -1
_PRIORITY = 2


class Taken(NamedTuple):
    """What became of the ticked and typed lines.

    Attributes:
        changes: Tasks closed, activities and next tasks added.
        issued: The ids given so far.
        closed: How many tasks were ticked off.
        created: How many next steps became tasks.
        lines: What stays typed, by task id: it is carried over to the new tabs.
        notes: What could not be taken, and why.
    """

    changes: Sequence[Change]
    issued: Issued
    closed: int = 0
    created: int = 0
    lines: Mapping[str, Line] = {}
    notes: Sequence[Message] = ()


class _Ticked(NamedTuple):
    """A line to be taken, and the task it closes."""

    task: StandingTask
    line: Line
    step: NextStep


def take(base: Base, issued: Issued, now: datetime) -> Taken:
    """Take the ticked lines of the managers' tabs; what is typed but not ticked stays.

    A line is taken whole or not at all: where its contact cannot be logged it stays as it is, with a note.

    Args:
        base: The base as it stands, its ids given already.
        issued: The ids given so far.
        now: When the contacts are said to have taken place.
    """
    lines = typed_lines(base)
    if not lines:
        return Taken([], issued)
    tasks = {task.id: task for task in standing_tasks(base, Staff(base, now.date()))}
    refused = {id: refusal for id, line in lines.items() if (refusal := _refusal(base, tasks.get(id), line))}
    callees = Callees(Facts(base, now.date()))
    ticked = [
        _Ticked(_with_contact(tasks[id], callees), line, read_next_step(line.next_step, now.date()))
        for id, line in lines.items()
        if line.done and id not in refused
    ]
    waiting = {task.id: task for task in tasks.values() if task.is_open}
    for one in ticked:
        del waiting[one.task.id]
    changes, issued = _logged(base, ticked, issued, now)
    added, issued = _next_tasks(base, ticked, waiting, issued)
    headers = needed_columns(base, "tasks") if ticked else []
    closed = row_changes(base, "tasks", {one.task.position: _closed(one, now.date()) for one in ticked})
    kept = {id: line for id, line in lines.items() if _stays(line, tasks.get(id), id in refused)}
    notes = [*refused.values(), *(_unread(one.line) for one in ticked if one.line.next_step and one.step.day is None)]
    return Taken([*headers, *closed, *changes, *added], issued, len(ticked), len(added), kept, notes)


def _with_contact(task: StandingTask, callees: Callees) -> StandingTask:
    """The task with the contact that its line showed."""
    return task if task.contact != _ABSENT else task._replace(contact=callees.for_task(task.company, task.deal))


def _refusal(base: Base, task: StandingTask | None, line: Line) -> Message | None:
    """Why a tick cannot be taken; None where it can, and where there is none."""
    cell = line.place.address
    if line.done is None:
        return msg("{cell}: “{text}” says neither done nor not done; pick the tick.", cell=cell, text=line.tick)
    if not line.done:
        return None
    if task is None:
        return msg("{cell}: there is no task {id}, so the tick changes nothing.", cell=cell, id=line.id)
    if not task.is_open:
        return msg("{cell}: the task {id} is closed already, so the tick changes nothing.", cell=cell, id=line.id)
    if task.company != _ABSENT and not base.has("activities"):
        tab = SCHEMA["activities"].info.label
        return msg("{cell}: there is no tab {tab} to log the contact in; the line stays.", cell=cell, tab=tab)
    return None


def _stays(line: Line, task: StandingTask | None, is_refused: bool) -> bool:
    """Whether a line is carried over: it is not taken, and it says more than a tick that means nothing any more."""
    if line.done and not is_refused:
        return False
    return line.has_text or line.done is None or (bool(line.done) and task is not None and task.is_open)


def _unread(line: Line) -> Message:
    return msg(
        "{cell}: the next step “{text}” names no day to come; it was put into the summary, and no task was set.",
        cell=line.place.address,
        text=line.next_step,
    )


def _closed(one: _Ticked, today: date) -> Mapping[str, Value]:
    """The ticked task as done; what was typed before stays where nothing new was typed."""
    texts = [one.line.result] if one.task.company != _ABSENT else [one.line.result, one.line.summary, _left(one)]
    wanted: dict[str, Value] = {
        "status": "done",
        "done_on": today,
        "result": "; ".join(filter(None, texts)) or None,
        "next_date": one.step.day,
    }
    return {code: value for code, value in wanted.items() if value is not None}


def _logged(base: Base, ticked: Sequence[_Ticked], issued: Issued, now: datetime) -> tuple[list[Change], Issued]:
    """The contacts as activities; a task without a company leaves none, its summary stays on the task."""
    contacts = [one for one in ticked if one.task.company != _ABSENT]
    if not contacts:
        return [], issued
    ids, issued = issued.next("activities", len(contacts))
    rows = [_activity(base, id, one, now) for id, one in zip(ids, contacts, strict=True)]
    return [*needed_columns(base, "activities"), *rows], issued


def _activity(base: Base, id: str, one: _Ticked, now: datetime) -> Change:
    """A call that was reached, unless the rule or the typed result says otherwise."""
    result = base.vocabulary.words["activity_result"].get(fold(one.line.result))
    rule = RULES.get(one.task.rule)
    type_ = "call" if result is not None or rule is None else rule.activity
    words = [one.line.result if result is None else "", one.line.summary, _left(one)]
    return activity_row(
        base,
        id,
        one.task,
        at=now.replace(microsecond=0),
        type=type_,
        result=result or ("reached" if type_ in CONTACT_TYPES else None),
        summary="; ".join(filter(None, words)),
        next_date=one.step.day,
    )


def _left(one: _Ticked) -> str:
    """A next step that could not be read, for the summary."""
    return "" if one.step.day is not None else one.step.text or str(one.line.next_step or "")


def _next_tasks(
    base: Base, ticked: Sequence[_Ticked], waiting: Mapping[str, StandingTask], issued: Issued
) -> tuple[list[Change], Issued]:
    """The next steps as tasks, but not those that wait on the list already."""
    known = {(task.key, task.title, task.company, task.due) for task in waiting.values()}
    rows = []
    for one in ticked:
        if one.step.day is None:
            continue
        task = _next_task(base, one, one.step.day)
        if (task.key, task.title, task.company, task.due) in known:
            continue
        known.add((task.key, task.title, task.company, task.due))
        (id,), issued = issued.next("tasks")
        rule = RULES.get(one.task.rule)
        rows.append(task_row(base, task._replace(id=id), rule.function if rule is not None else "sell"))
    return rows, issued


def _next_task(base: Base, one: _Ticked, day: date) -> StandingTask:
    """The next step as a person's own task; its key tells T02 that the promise is taken care of."""
    done = one.task
    company = base.values("companies", "company_id")[done.company] if done.company != _ABSENT else None
    return StandingTask(
        position=_ABSENT,
        id="",
        rule=MANUAL,
        key=f"T02|{company}|{day.isoformat()}" if company is not None else "",
        title=one.step.text or say(promised_title(day), base.lang),
        manager=done.manager,
        company=done.company,
        contact=done.contact,
        deal=done.deal,
        due=day,
        priority=_PRIORITY,
        status="new",
        done_on=None,
        script=RULES["T02"].script.get(base.lang),
    )
