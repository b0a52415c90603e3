"""The task tabs on which managers work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sheetcrm.schema.callees import Callees
from sheetcrm.schema.gates import missing_text
from sheetcrm.schema.links import ABSENT
from sheetcrm.tab import Item, Look, Shown, Tab, TabColumn, TabRow
from sheetcrm.tasks.inputs import Line
from sheetcrm.tasks.plan import TaskPlan
from sheetcrm.tasks.registry import RULES
from sheetcrm.tasks.rule import Situation
from sheetcrm.tasks.sheet import COLUMNS, SUMMARY, TICK, is_task_tab
from sheetcrm.tasks.standing import StandingTask
from sheetcrm.tasks.titles import tab_titles
from sheetcrm.text import Label, Message, msg, say

_SPARE = 3
_WRAPPED = ("title", "summary", "missing")
_FOLDED = ("script",)
"""What is the same for many tasks; unfolded, it runs on to the right."""


@dataclass(frozen=True)
class _Desk:
    """What the tabs are made of: the situation, the tasks as they will stand, and what stays typed by task id."""

    situation: Situation
    planned: TaskPlan
    lines: Mapping[str, Line]

    @cached_property
    def callees(self) -> Callees:
        return Callees(self.situation.facts)

    @cached_property
    def titles(self) -> Mapping[int, str]:
        return tab_titles(self.situation.base, self.situation.staff.active)

    def say(self, message: Message | Label) -> str:
        return say(message, self.situation.base.lang)


def task_tabs(situation: Situation, planned: TaskPlan, lines: Mapping[str, Line]) -> list[Tab]:
    """A tab for every active manager; tabs of those who are no longer say so. None while the book has no Tasks.

    Args:
        situation: The base as it stands once the ticked lines are taken, and who there is.
        planned: The tasks as they will stand.
        lines: What was typed and not taken, by task id; it stands on the new tabs again.
    """
    if not situation.base.has("tasks"):
        return []
    desk = _Desk(situation, planned, lines)
    shown = {task.id for task in planned.tasks if task.manager in desk.titles}
    left = [line for id, line in lines.items() if id not in shown]
    tabs = [_manager_tab(desk, manager, title, _of(left, title)) for manager, title in desk.titles.items()]
    titles = [sheet.title for sheet in situation.base.book.sheets if is_task_tab(sheet.title)]
    gone = [title for title in titles if title not in desk.titles.values()]
    return tabs + [_abandoned_tab(desk, title, _of(left, title)) for title in gone]


def _of(lines: Sequence[Line], title: str) -> list[Line]:
    return [line for line in lines if line.place.sheet == title]


def _manager_tab(desk: _Desk, manager: int, title: str, left: Sequence[Line]) -> Tab:
    tasks = [task for task in desk.planned.tasks if task.manager == manager]
    rows = [*_groups(desk, tasks), *_leftovers(desk, left)]
    return Tab(
        title,
        _columns(desk),
        tuple(rows) or (TabRow((desk.say(msg("Nothing to do today.")),), Look.MUTED),),
        lead=tuple(_lead(desk, manager, tasks)),
        footer=tuple(_overdue_summary(desk)) if manager == desk.situation.staff.head else (),
        freeze=2,
        spare=_SPARE,
    )


def _abandoned_tab(desk: _Desk, title: str, left: Sequence[Line]) -> Tab:
    """The tab of somebody who left or is called otherwise now; what was typed for no open task stays on it."""
    said = desk.say(msg("Nobody works on this tab any more; it can be deleted."))
    lead = (TabRow((said,), Look.TITLE),)
    return Tab(title, _columns(desk), tuple(_leftovers(desk, left)), lead=lead) if left else Tab(title, lead=lead)


def _columns(desk: _Desk) -> tuple[TabColumn, ...]:
    base = desk.situation.base
    results = tuple(one.label.get(base.lang) for one in base.vocabulary.enumerations["activity_result"].choices)
    choices = {"tick": (TICK,), "result": results}
    return tuple(
        TabColumn(
            column.label.get(base.lang),
            column.format,
            column.width,
            column.look,
            choices=choices.get(column.code, ()),
            note=column.note.get(base.lang),
            key=column.code,
            level=1 if column.code in _FOLDED else 0,
            collapsed=column.code in _FOLDED,
            wrap=column.code in _WRAPPED,
        )
        for column in COLUMNS
    )


def _lead(desk: _Desk, manager: int, tasks: Sequence[StandingTask]) -> Iterator[TabRow]:
    situation = desk.situation
    name, today = situation.base.manager_name(manager), situation.today
    yield TabRow((desk.say(msg("Tasks of {manager}, {date}", manager=name, date=today)),), Look.TITLE)
    yield TabRow(
        (
            desk.say(
                msg(
                    "Tick what is done and write in six words what came of it; a date under “Next step” becomes the "
                    "next task. A task of your own goes on a free line: what, for whom, by when."
                )
            ),
        ),
        Look.NOTE,
    )
    yield TabRow((desk.say(_taken(situation)),), Look.NOTE)
    counts = msg(
        "Overdue: {overdue}. To do: {open}. Waiting until the day has room: {backlog}.",
        overdue=_overdue(tasks, desk),
        open=len(tasks),
        backlog=desk.planned.backlog.get(manager, 0),
    )
    yield TabRow((desk.say(counts),), Look.NOTE)


def _taken(situation: Situation) -> Message:
    """What of this tab is read, and where the rest is changed."""
    tasks = situation.base.table("tasks")
    return msg(
        "The next run of sheetcrm takes every ticked line: Result, Summary and Next step; what is typed without a tick "
        "stays. All else is drawn anew: change a due date or the words of a task on the tab {tab}.",
        tab=tasks.title if tasks is not None else "",
    )


def _overdue(tasks: Sequence[StandingTask], desk: _Desk) -> int:
    return sum(task.due is not None and task.due < desk.situation.today for task in tasks)


def _groups(desk: _Desk, tasks: Sequence[StandingTask]) -> Iterator[TabRow]:
    """The overdue tasks, today's and later ones, each group under its heading."""
    today = desk.situation.today
    groups = (
        (msg("Overdue"), [t for t in tasks if t.due is not None and t.due < today]),
        (msg("Today"), [t for t in tasks if t.due is None or t.due == today]),
        (msg("Later"), [t for t in tasks if t.due is not None and t.due > today]),
    )
    for heading, group in groups:
        if group:
            yield TabRow((desk.say(heading),), Look.HEADING)
            yield from (
                _task_row(desk, task) for task in sorted(group, key=lambda t: (t.priority, t.due or today, t.id))
            )


def _task_row(desk: _Desk, task: StandingTask) -> TabRow:
    situation, callees = desk.situation, desk.callees
    contact = task.contact if task.contact != ABSENT else callees.of(task.company, task.deal)
    is_late = task.due is not None and task.due < situation.today
    cells: dict[str, Item] = {
        "task_id": task.id,
        "priority": task.priority,
        "due": Shown(task.due, Look.BAD) if is_late else task.due,
        "title": task.title,
        "company": _company(situation, task.company),
        "contact": callees.name(contact),
        "phone": callees.phone(contact, task.company),
        "amount": None if task.deal == ABSENT else situation.facts.deals.amount[task.deal],
        "missing": _missing(situation, task.company),
        "script": task.script or _script(desk, task.rule),
        **_typed(desk.lines.get(task.id)),
    }
    return _row(cells)


def _script(desk: _Desk, rule: str) -> str:
    return RULES[rule].script.get(desk.situation.base.lang) if rule in RULES else ""


def _row(cells: Mapping[str, Item], look: Look = Look.PLAIN) -> TabRow:
    return TabRow(tuple(cells.get(column.code) for column in COLUMNS), look)


def _typed(line: Line | None) -> Mapping[str, Item]:
    """What was typed on a task's line and not taken."""
    if line is None:
        return {}
    return {"tick": line.tick, "result": line.result, "summary": line.summary, "next_step": line.next_step}


def _company(situation: Situation, company: int) -> Item:
    """The company's name, leading to its row."""
    if company == ABSENT:
        return None
    place = situation.base.place("companies", company, "name")
    name = situation.base.name("companies", company)
    return Shown(name, link=(place.sheet, place.cell)) if place.column is not None else name


def _missing(situation: Situation, company: int) -> str:
    return "" if company == ABSENT else missing_text(situation.lacks(company), "companies", situation.base.lang)


def _leftovers(desk: _Desk, left: Sequence[Line]) -> Iterator[TabRow]:
    """What was typed for tasks that are closed or gone: it stays until somebody clears it."""
    if left:
        yield TabRow(
            (desk.say(msg("Typed for tasks that are closed or gone; clear the line when it is settled")),), Look.HEADING
        )
    for line in left:
        yield _row({"task_id": line.id, "title": line.title, **_typed(line)}, Look.MUTED)


def _overdue_summary(desk: _Desk) -> Iterator[TabRow]:
    """For the head: who has how many overdue tasks, the most first."""
    tasks = {manager: [t for t in desk.planned.tasks if t.manager == manager] for manager in desk.titles}
    counts = {manager: _overdue(own, desk) for manager, own in tasks.items()}
    headings = (SUMMARY, msg("Overdue"), msg("To do"), msg("Waiting"))
    yield _summary_row([desk.say(heading) for heading in headings], Look.HEADING)
    for manager in sorted(counts, key=lambda m: (-counts[m], m)):
        name, backlog = desk.situation.base.manager_name(manager), desk.planned.backlog.get(manager, 0)
        figure = Shown(counts[manager], Look.BAD) if counts[manager] else 0
        yield _summary_row([name, figure, len(tasks[manager]), backlog])


def _summary_row(items: Sequence[Item], look: Look = Look.PLAIN) -> TabRow:
    """Four cells under the task's title and the columns beside it."""
    return _row(dict(zip(("title", "company", "contact", "phone"), items, strict=True)), look)
