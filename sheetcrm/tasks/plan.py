"""Which tasks there should be: new ones within each manager's day, those that settled themselves closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sheetcrm.schema.base import Base
from sheetcrm.schema.callees import Callees
from sheetcrm.schema.edits import row_changes
from sheetcrm.schema.ids import Issued
from sheetcrm.schema.links import ABSENT
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.table import Change, Value
from sheetcrm.tasks.answers import Taken
from sheetcrm.tasks.registry import RULES
from sheetcrm.tasks.rows import needed_columns, task_row
from sheetcrm.tasks.rule import Situation, Wanted
from sheetcrm.tasks.staff import NOBODY
from sheetcrm.tasks.standing import StandingTask, standing_tasks
from sheetcrm.tasks.workdays import after_workdays
from sheetcrm.text import Message, msg, nmsg, say

_RAMP = 5
_AHEAD = 3


@dataclass(frozen=True)
class TaskPlan:
    """What there is to do, and what changes in Tasks.

    Attributes:
        changes: Rows added, and the cells of tasks that closed.
        issued: The ids given so far.
        created: The tasks that are added.
        closed: The ids of tasks that settled themselves.
        kept: The open tasks that stay.
        backlog: How many tasks wait until their manager's day has room, by the manager's position.
        notes: What could not be planned, and why.
    """

    changes: Sequence[Change]
    issued: Issued
    created: Sequence[StandingTask] = ()
    closed: Sequence[str] = ()
    kept: Sequence[StandingTask] = ()
    backlog: Mapping[int, int] = field(default_factory=dict)
    notes: Sequence[Message] = ()

    @property
    def tasks(self) -> list[StandingTask]:
        """Every open task, as it will stand."""
        return [*self.kept, *self.created]


def plan(situation: Situation, taken: Taken) -> TaskPlan:
    """The tasks of today; nothing changes on a second run of the same day.

    A task whose key any task bears already, open or not, is not set again. Tasks that people set, and those on
    whose line something is typed, are left alone.

    Args:
        situation: The base as it stands once the ticked lines are taken and ids are given, and who there is.
        taken: What became of the ticked lines.
    """
    base = situation.base
    if not base.has("tasks"):
        tab = SCHEMA["tasks"].info.label
        return TaskPlan([], taken.issued, notes=[msg("There is no tab {tab}, so no tasks were set.", tab=tab)])
    wanted = _wanted(situation)
    standing = standing_tasks(base, situation.staff)
    settled = _settled(standing, wanted.values(), taken.lines)
    closing = {task.position: _closed(situation.today) for task in settled}
    kept = [task for task in standing if task.is_open and task.position not in closing]
    fresh = _not_set_yet(standing, kept, wanted.values())
    given = [one for one in fresh if one.manager != NOBODY]
    chosen, backlog = _within_the_day(given, _Day(situation, standing, kept))
    ids, issued = taken.issued.next("tasks", len(chosen))
    callees = Callees(situation.facts)
    created = [_task(base, callees, id, one) for id, one in zip(ids, chosen, strict=True)]
    rows = [task_row(base, task, RULES[task.rule].function) for task in created]
    return TaskPlan(
        [*needed_columns(base, "tasks"), *row_changes(base, "tasks", closing), *rows],
        issued,
        created,
        [task.id for task in settled],
        kept,
        backlog,
        _unassigned(len(fresh) - len(given)),
    )


def _wanted(situation: Situation) -> Mapping[str, Wanted]:
    """What the rules ask for, by key; of two records that share an id, the first counts."""
    found: dict[str, Wanted] = {}
    for rule in RULES.values():
        for one in rule.find(situation):
            found.setdefault(one.key, one)
    return found


def _settled(
    standing: Sequence[StandingTask], wanted: Collection[Wanted], lines: Mapping[str, object]
) -> list[StandingTask]:
    """Open tasks that no rule asks for any more; nobody has typed anything on their lines."""
    keys = {one.key for one in wanted}
    stems = {one.stem for one in wanted}
    return [
        task
        for task in standing
        if task.is_open
        and (rule := RULES.get(task.rule)) is not None
        and task.stem
        and task.key not in keys
        and not (rule.recurs and task.stem in stems)
        and task.id not in lines
    ]


def _not_set_yet(
    standing: Sequence[StandingTask], kept: Sequence[StandingTask], wanted: Collection[Wanted]
) -> list[Wanted]:
    """What is asked for and was never set; an open task of an earlier period stands for a recurring one."""
    keys = {task.key for task in standing}
    stems = {task.stem for task in kept}
    return [one for one in wanted if one.key not in keys and not (RULES[one.rule].recurs and one.stem in stems)]


class _Day:
    """How much each manager has on today, and how much more a rule may add."""

    def __init__(self, situation: Situation, standing: Sequence[StandingTask], kept: Sequence[StandingTask]) -> None:
        today = situation.today
        horizon = after_workdays(today, _AHEAD)
        done = [task for task in standing if task.status == "done" and task.done_on == today]
        near = [task for task in kept if task.due is None or task.due <= horizon]
        self._most = situation.base.settings.tasks_a_day
        self._load = Counter(task.manager for task in (*done, *near))
        is_new_base = not situation.base.size("activities")
        self._calls = Counter(t.manager for t in standing if t.rule == "T01" and t.due == today)
        self._most_calls = _RAMP if is_new_base else self._most

    def takes(self, one: Wanted) -> bool:
        """Whether the manager's day has room for one more; if so, it is taken."""
        manager, is_call = one.manager, one.rule == "T01"
        if self._load[manager] >= self._most or (is_call and self._calls[manager] >= self._most_calls):
            return False
        self._load[manager] += 1
        self._calls[manager] += is_call
        return True


def _within_the_day(wanted: Sequence[Wanted], day: _Day) -> tuple[list[Wanted], Mapping[int, int]]:
    """The most urgent tasks that fit into each manager's day, and how many are left for later."""
    ordered = sorted(wanted, key=lambda one: (one.priority, one.due, one.key))
    chosen = [one for one in ordered if day.takes(one)]
    return chosen, Counter(one.manager for one in ordered) - Counter(one.manager for one in chosen)


def _task(base: Base, callees: Callees, id: str, one: Wanted) -> StandingTask:
    return StandingTask(
        position=ABSENT,
        id=id,
        rule=one.rule,
        key=one.key,
        title=say(one.title, base.lang),
        manager=one.manager,
        company=one.company,
        contact=callees.of(one.company, one.deal),
        deal=one.deal,
        due=one.due,
        priority=one.priority,
        status="new",
        done_on=None,
        script=RULES[one.rule].script.get(base.lang),
    )


def _closed(today: date) -> Mapping[str, Value]:
    return {"status": "auto_closed", "done_on": today}


def _unassigned(count: int) -> list[Message]:
    if not count:
        return []
    return [
        nmsg(
            "{n} task has nobody to do it: name a manager for the company, or a default_manager in Settings.",
            "{n} tasks have nobody to do them: name managers for the companies, or a default_manager in Settings.",
            count,
            n=count,
        )
    ]
