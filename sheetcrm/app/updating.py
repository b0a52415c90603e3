"""`update` and `tasks`: ids, links, grey columns, tasks and published tabs, in one read and one write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sheetcrm.app.opening import Opened, after, open_ours, put, save
from sheetcrm.app.views import listed, views
from sheetcrm.errors import UsageError
from sheetcrm.findings import Finding, Severity
from sheetcrm.fresh.start import updated
from sheetcrm.reports.registry import report_called
from sheetcrm.reports.report import Question
from sheetcrm.reports.show import to_tab
from sheetcrm.schema.derive import derive
from sheetcrm.schema.ids import Issued, mint
from sheetcrm.tab import Tab
from sheetcrm.table import Book, Change
from sheetcrm.tasks.answers import Taken, take
from sheetcrm.tasks.plan import TaskPlan, plan
from sheetcrm.tasks.rule import Situation
from sheetcrm.tasks.show import as_json, counts
from sheetcrm.tasks.staff import Staff
from sheetcrm.tasks.tabs import task_tabs
from sheetcrm.text import Lang, Message, msg
from sheetcrm.validators.checking import check
from sheetcrm.validators.show import check_tab
from sheetcrm.workbook import Address
from sheetcrm.workbook.edited import stands

CHECK = "check"
"""What the setting `publish` calls the tab of findings."""

_TASK_TABLES = frozenset({"tasks", "activities"})


@dataclass(frozen=True)
class Tasked:
    """What became of the tasks.

    Attributes:
        situation: The base once the ticked lines were taken.
        taken: What the managers' tabs said.
        planned: What there is to do.
        book: The book's name.
        tabs: The titles of the managers' tabs.
        written: What people should know of the book after the write.
    """

    situation: Situation
    taken: Taken
    planned: TaskPlan
    book: str
    tabs: tuple[str, ...]
    written: tuple[Message, ...] = ()

    @property
    def lang(self) -> Lang:
        """The book's language."""
        return self.situation.base.lang

    @property
    def counts(self) -> Mapping[str, int]:
        """How many tasks were created, closed and kept, and how many wait."""
        return counts(self.taken, self.planned)

    @property
    def notes(self) -> list[Message]:
        """What could not be taken or planned, and why; and what people should know of the book."""
        return [*self.taken.notes, *self.planned.notes, *self.written]

    def shape(self) -> Mapping[str, object]:
        """The documented JSON."""
        return as_json(self.situation.base, self.taken, self.planned)


@dataclass(frozen=True)
class Updated:
    """What `update` did.

    Attributes:
        tasked: What became of the tasks.
        ids: How many rows got an id.
        refreshed: How many cells of grey columns and links were rewritten.
        published: The titles of the published tabs.
        findings: What is wrong in the book as it stands now.
        notes: What could not be done, and why.
    """

    tasked: Tasked
    ids: int
    refreshed: int
    published: tuple[str, ...]
    findings: Sequence[Finding]
    notes: tuple[Message, ...]

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    def shape(self) -> dict[str, object]:
        """The documented JSON, notes apart."""
        return {
            "book": self.tasked.book,
            "ids": self.ids,
            "refreshed": self.refreshed,
            "tasks": self.tasked.counts,
            "tabs": [*self.tasked.tabs, *self.published],
            "errors": self.errors,
            "warnings": len(self.findings) - self.errors,
        }


@dataclass(frozen=True)
class _Step:
    """A base with the changes that led to it; the next step starts from what this one leaves."""

    opened: Opened
    changes: tuple[Change, ...] = ()

    def then(self, changes: Sequence[Change]) -> _Step:
        return _Step(after(self.opened, changes), (*self.changes, *changes))


def tasks(address: Address, as_of: datetime, now: datetime, *, dry_run: bool) -> Tasked:
    """Take what managers ticked, close and set tasks, and renew their tabs.

    Args:
        address: The book.
        as_of: The day asked about, and the time that contacts are logged at.
        now: The moment of the run.
        dry_run: Whether nothing is written.
    """
    opened = open_ours(address, as_of.date())
    minted = mint(opened.base, _TASK_TABLES)
    tasked, tabs, step = _plan_tasks(_Step(opened).then(minted.changes), minted.issued, as_of)
    if not dry_run:
        said = " ".join(f"{name}={n}" for name, n in tasked.counts.items())
        written = save(opened, step.changes, tabs, now, "tasks", said, tasked.planned.issued)
        return replace(tasked, written=written)
    return tasked


def update(address: Address, now: datetime, *, dry_run: bool) -> Updated:
    """The daily command: everything that sheetcrm keeps in the book, brought up to date.

    Args:
        address: The book.
        now: The moment of the run.
        dry_run: Whether nothing is written.
    """
    opened = open_ours(address, now.date())
    minted = mint(opened.base)
    tasked, task_sheets, step = _plan_tasks(_Step(opened).then(minted.changes), minted.issued, now)
    derived = derive(step.opened.facts)
    step = step.then(derived)
    findings = check(step.opened.facts)
    published, notes = _publish(step.opened, findings)
    ids, refreshed = _cells(opened.base.book, minted.changes), _cells(opened.base.book, derived)
    if not dry_run:
        said = f"ids={ids} refreshed={refreshed} tabs={len(published)}"
        notes += _save(opened, step, [*task_sheets, *published], now, said, tasked.planned.issued)
    titles = tuple(tab.title for tab in published)
    return Updated(tasked, ids, refreshed, titles, findings, tuple(notes))


def _save(
    opened: Opened, step: _Step, tabs: Sequence[Tab], now: datetime, said: str, issued: Issued
) -> tuple[Message, ...]:
    """Write what is new, and on Start when that was; where no record and no tab changes, Runs gets no line."""
    book, lang = opened.base.book, opened.base.lang
    kept = () if opened.workbook.views is None else views(step.opened.base, opened.facts.today)
    start = updated(book, now, lang)
    changes = [*step.changes, *listed(opened, kept), *([start] if start else [])]
    changed = [tab for tab in tabs if not stands(book, tab)]
    if step.changes or changed:
        return save(opened, changes, changed, now, "update", said, issued, kept)
    return put(opened, changes, (), kept) if changes or kept else ()


def _plan_tasks(step: _Step, issued: Issued, now: datetime) -> tuple[Tasked, list[Tab], _Step]:
    """Take the managers' answers, plan the tasks, and draw their tabs."""
    taken = take(step.opened.base, issued, now)
    step = step.then(taken.changes)
    situation = Situation(step.opened.facts, Staff(step.opened.base, now.date()))
    planned = plan(situation, taken)
    tabs = task_tabs(situation, planned, taken.lines)
    tasked = Tasked(situation, taken, planned, step.opened.workbook.name, tuple(tab.title for tab in tabs))
    return tasked, tabs, step.then(planned.changes)


def _publish(opened: Opened, findings: Sequence[Finding]) -> tuple[list[Tab], list[Message]]:
    """The tabs that the setting `publish` names, and what it names in vain."""
    base = opened.base
    tabs: list[Tab] = []
    notes: list[Message] = []
    question = Question(opened.facts)
    for name in base.settings.publish:
        if name.casefold() == CHECK:
            tabs.append(check_tab(findings, base, opened.facts.today))
            continue
        try:
            tabs.append(to_tab(report_called(name).compute(question), base, base.lang))
        except UsageError as unknown:
            notes.append(msg("The setting “publish”: {why}", why=unknown.message))
    return tabs, notes


def _cells(book: Book, changes: Sequence[Change]) -> int:
    """How many cells of records change; headers of added columns are none."""
    headers = {table.name: table.layout.header_row for table in book}
    return sum(change.row is None or change.row != headers.get(change.table) for change in changes)
