"""What a ticked line comes to: the task done, the contact logged, the next step a task of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sheetcrm.schema.base import Base
from sheetcrm.schema.facts import CONTACT_TYPES
from sheetcrm.schema.ids import Issued
from sheetcrm.schema.links import ABSENT
from sheetcrm.schema.words import fold
from sheetcrm.table import Change, Value
from sheetcrm.tasks.inputs import Line
from sheetcrm.tasks.next_step import NextStep
from sheetcrm.tasks.registry import MANUAL, RULES
from sheetcrm.tasks.rows import activity_row, needed_columns, task_row
from sheetcrm.tasks.rule import Function
from sheetcrm.tasks.rules import promised_title
from sheetcrm.tasks.standing import StandingTask
from sheetcrm.text import say

_PRIORITY = 2


class Ticked(NamedTuple):
    """A line to be taken: the task it closes, what was typed, and the next step as it was understood."""

    task: StandingTask
    line: Line
    step: NextStep


def outcome(one: Ticked, today: date) -> Mapping[str, Value]:
    """The ticked task as done; what was typed before stays where nothing new was typed."""
    texts = [one.line.result] if one.task.company != ABSENT else [one.line.result, one.line.summary, _left(one)]
    wanted: dict[str, Value] = {
        "status": "done",
        "done_on": today,
        "result": "; ".join(filter(None, texts)) or None,
        "next_date": one.step.day,
    }
    return {code: value for code, value in wanted.items() if value is not None}


def log(base: Base, ticked: Sequence[Ticked], issued: Issued, now: datetime) -> tuple[list[Change], Issued]:
    """The contacts as activities; a task without a company leaves none, its summary stays on the task."""
    contacts = [one for one in ticked if one.task.company != ABSENT]
    if not contacts:
        return [], issued
    ids, issued = issued.next("activities", len(contacts))
    rows = [_activity(base, id, one, now) for id, one in zip(ids, contacts, strict=True)]
    return [*needed_columns(base, "activities"), *rows], issued


def _activity(base: Base, id: str, one: Ticked, now: datetime) -> Change:
    """A call that was reached, unless the rule or the typed result says otherwise."""
    result, type_ = _known_result(base, one), _type(base, one)
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


def is_taken_as_reached(base: Base, one: Ticked) -> bool:
    """Whether the contact counts as reached although the typed result is a word that nobody knows."""
    typed = bool(one.line.result) and one.task.company != ABSENT
    return typed and _known_result(base, one) is None and _type(base, one) in CONTACT_TYPES


def _known_result(base: Base, one: Ticked) -> str | None:
    return base.vocabulary.words["activity_result"].get(fold(one.line.result))


def _type(base: Base, one: Ticked) -> str:
    rule = RULES.get(one.task.rule)
    return "call" if rule is None or _known_result(base, one) is not None else rule.activity


def _left(one: Ticked) -> str:
    """A next step that could not be read, for the summary."""
    return "" if one.step.day is not None else one.step.text or str(one.line.next_step or "")


def next_tasks(
    base: Base, ticked: Sequence[Ticked], waiting: Iterable[StandingTask], issued: Issued
) -> tuple[list[Change], Issued]:
    """The next steps as tasks, but not those that wait on the list already."""
    known = {(task.key, task.title, task.company, task.due) for task in waiting}
    rows = []
    for one in ticked:
        if one.step.day is None:
            continue
        task = _next_task(base, one, one.step.day)
        if (task.key, task.title, task.company, task.due) in known:
            continue
        known.add((task.key, task.title, task.company, task.due))
        (id,), issued = issued.next("tasks")
        rows.append(task_row(base, task._replace(id=id), function_of(one.task)))
    return rows, issued


def function_of(task: StandingTask) -> Function:
    """The department's function that a task belongs to."""
    return RULES[task.rule].function if task.rule in RULES else "sell"


def _next_task(base: Base, one: Ticked, day: date) -> StandingTask:
    """The next step as a person's own task; its key tells T02 that the promise is taken care of."""
    done = one.task
    company = base.values("companies", "company_id")[done.company] if done.company != ABSENT else None
    return StandingTask(
        position=ABSENT,
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
