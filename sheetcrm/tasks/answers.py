"""Taking what managers ticked: the task closes, the contact is logged, the next step becomes the next task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sheetcrm.schema.base import Base
from sheetcrm.schema.callees import Callees
from sheetcrm.schema.edits import row_changes
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.ids import Issued
from sheetcrm.schema.links import ABSENT
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.table import Change
from sheetcrm.tasks.inputs import Line, Typed, read_typed
from sheetcrm.tasks.next_step import read_next_step
from sheetcrm.tasks.outcomes import Ticked, function_of, is_taken_as_reached, log, next_tasks, outcome
from sheetcrm.tasks.own_tasks import own_tasks
from sheetcrm.tasks.rows import needed_columns, task_row
from sheetcrm.tasks.staff import Staff
from sheetcrm.tasks.standing import StandingTask, standing_tasks
from sheetcrm.text import Message, msg


class Taken(NamedTuple):
    """What became of the ticked and typed lines.

    Attributes:
        changes: Tasks closed, activities and next tasks added.
        issued: The ids given so far.
        closed: How many tasks were ticked off.
        created: The ids of the tasks that next steps and the managers' own lines became.
        lines: What stays typed, by task id: it is carried over to the new tabs.
        notes: What could not be taken, and why.
    """

    changes: Sequence[Change]
    issued: Issued
    closed: int = 0
    created: Sequence[str] = ()
    lines: Mapping[str, Line] = {}
    notes: Sequence[Message] = ()


class _Sorted(NamedTuple):
    """The typed lines, sorted out.

    Attributes:
        tasks: Every task by id, those that managers wrote themselves among them.
        own: The tasks that managers wrote themselves.
        lines: Every typed line, by task id.
        refused: Why a line cannot be taken, by task id.
        ticked: What is taken, by task id.
    """

    tasks: Mapping[str, StandingTask]
    own: Sequence[StandingTask]
    lines: Mapping[str, Line]
    refused: Mapping[str, Message]
    ticked: Mapping[str, Ticked]


def take(base: Base, issued: Issued, now: datetime) -> Taken:
    """Take the ticked lines of the managers' tabs; what is typed but not ticked stays.

    A line is taken whole or not at all: where its contact cannot be logged it stays as it is, with a note. A task
    that a manager wrote on a free line is added to Tasks.

    Args:
        base: The base as it stands, its ids given already.
        issued: The ids given so far.
        now: When the contacts are said to have taken place.
    """
    typed = read_typed(base)
    if not base.has("tasks") or not (typed.lines or typed.added):
        return Taken([], issued, notes=[*map(_stray, typed.strays)])
    today = now.date()
    found, issued = _sort_out(base, typed, issued, today)
    ticked = list(found.ticked.values())
    logged, issued = log(base, ticked, issued, now)
    waiting = (task for task in found.tasks.values() if task.is_open and task.id not in found.ticked)
    following, issued = next_tasks(base, ticked, waiting, issued)
    done = {id: outcome(one, today) for id, one in found.ticked.items()}
    added = [*(task_row(base, task, function_of(task), done.get(task.id, {})) for task in found.own), *following]
    closed = {one.task.position: done[id] for id, one in found.ticked.items() if one.task.position != ABSENT}
    return Taken(
        [*needed_columns(base, "tasks"), *row_changes(base, "tasks", closed), *added, *logged],
        issued,
        len(ticked),
        [str(row.id) for row in added],
        {id: line for id, line in found.lines.items() if id not in found.ticked and _stays(line, found.tasks.get(id))},
        [*_notes(base, found), *map(_stray, typed.strays)],
    )


def _sort_out(base: Base, typed: Typed, issued: Issued, today: date) -> tuple[_Sorted, Issued]:
    staff = Staff(base, today)
    own, issued = own_tasks(base, staff, typed.added, issued)
    tasks = {task.id: task for task in (*standing_tasks(base, staff), *(task for task, _ in own))}
    lines = {**typed.lines, **{line.id: line for _, line in own}}
    refused = {id: refusal for id, line in lines.items() if (refusal := _refusal(base, tasks.get(id), line))}
    callees = Callees(Facts(base, today))
    ticked = {
        id: Ticked(_with_contact(tasks[id], callees), line, read_next_step(line.next_step, today))
        for id, line in lines.items()
        if line.done and id not in refused
    }
    return _Sorted(tasks, [task for task, _ in own], lines, refused, ticked), issued


def _with_contact(task: StandingTask, callees: Callees) -> StandingTask:
    """The task with the contact that its line showed."""
    return task if task.contact != ABSENT else task._replace(contact=callees.of(task.company, task.deal))


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
    if task.company != ABSENT and not base.has("activities"):
        tab = SCHEMA["activities"].info.label
        return msg("{cell}: there is no tab {tab} to log the contact in; the line stays.", cell=cell, tab=tab)
    return None


def _stays(line: Line, task: StandingTask | None) -> bool:
    """Whether a line that isn't taken is carried over: it says more than a tick that means nothing any more."""
    return line.has_text or line.done is None or (bool(line.done) and task is not None and task.is_open)


def _notes(base: Base, found: _Sorted) -> list[Message]:
    """What was not taken, and what was taken otherwise than it was typed."""
    ticked = found.ticked.values()
    nameless = (found.lines[task.id] for task in found.own if task.company == ABSENT)
    return [
        *found.refused.values(),
        *(_unknown_company(line) for line in nameless if line.company),
        *(_unknown_result(base, one.line) for one in ticked if is_taken_as_reached(base, one)),
        *(_unread(one.line) for one in ticked if one.line.next_step and not one.step.day),
    ]


def _stray(tab: str) -> Message:
    return msg(
        "The tab “{tab}” looks like a manager's task sheet under another name: what is typed there is not read. "
        "Copy it to the sheet called ▦, or give this one its name back.",
        tab=tab,
    )


def _unknown_company(line: Line) -> Message:
    return msg(
        "{cell}: “{text}” does not name one company of the base; the task was set without a company, "
        "the words stand in its title.",
        cell=line.cell("company"),
        text=line.company,
    )


def _unknown_result(base: Base, line: Line) -> Message:
    return msg(
        "{cell}: “{text}” is no known result; the contact was logged as reached, the words stand in its summary. "
        "Known results: {results}.",
        cell=line.cell("result"),
        text=line.result,
        results=[choice.label for choice in base.vocabulary.enumerations["activity_result"].choices],
    )


def _unread(line: Line) -> Message:
    return msg(
        "{cell}: the next step “{text}” names no day to come; it was put into the summary, and no task was set. "
        "Begin it with a date: 15.12 call back.",
        cell=line.place.address,
        text=line.next_step,
    )
