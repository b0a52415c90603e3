"""Running the tasks over a book in memory, as `sheetcrm update` does."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import NamedTuple

from sheetcrm.schema.base import Base, load
from sheetcrm.schema.derive import derive
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.ids import mint
from sheetcrm.schema.tables import recognise
from sheetcrm.tab import Shown, Tab
from sheetcrm.table import Cell, Change, Sheet, Value
from sheetcrm.tasks.answers import Taken, take
from sheetcrm.tasks.plan import TaskPlan, plan
from sheetcrm.tasks.rule import Situation
from sheetcrm.tasks.sheet import COLUMNS
from sheetcrm.tasks.staff import Staff
from sheetcrm.tasks.tabs import task_tabs
from sheetcrm.workbook.memory import MemoryWorkbook
from tests.books import TODAY, book_of

NOW = datetime.combine(TODAY, time(8, 30))
MANAGERS = """
    Manager ID | Name     | Role   | Left | Substitute
    M-000001   | Petrov   | seller |      |
    M-000002   | Ivanova  | head   |      |
"""
TASKS = "Task ID|Title|Company|Manager|Due|Priority|Status|Done on|Result|Next date|Contact|Deal|Rule|▦ Key"
ACTIVITIES = "Activity ID|At|Type|Direction|Company|Contact|Manager|Result|Summary|Next date|Deal"


class Run(NamedTuple):
    """One run: what was planned and written."""

    base: Base
    taken: Taken
    planned: TaskPlan
    changes: Sequence[Change]
    tabs: Sequence[Tab]

    @property
    def created(self) -> list[str]:
        """The created tasks as `T01 C-000001`."""
        return sorted(" ".join(task.key.split("|")[:2]) for task in self.planned.created)

    def lines(self, manager: str) -> list[list[Value]]:
        """The body of a manager's tab, plain."""
        (tab,) = (tab for tab in self.tabs if tab.title.endswith(f" — {manager}"))
        return [[item.value if isinstance(item, Shown) else item for item in row.values] for row in tab.rows]


class Desk:
    """A firm's book in memory, on which runs and people work in turn."""

    def __init__(self, tabs: Mapping[str, str]) -> None:
        standard = {"Managers": MANAGERS, "Tasks": TASKS, "Activities": ACTIVITIES}
        given = {**standard, **tabs}
        self.workbook = MemoryWorkbook(recognise, book_of({name: text for name, text in given.items() if text}).sheets)

    def run(self, now: datetime = NOW) -> Run:
        """Everything `update` does about ids, derived columns and tasks, in one write."""
        base = load(self.workbook.read())
        revision = base.book.revision
        given = mint(base)
        base = _after(base, given.changes)
        taken = take(base, given.issued, now)
        base = _after(base, taken.changes)
        situation = Situation(Facts(base, now.date()), Staff(base, now.date()))
        derived = derive(situation.facts)
        planned = plan(situation, taken)
        tabs = task_tabs(situation, planned, taken.lines)
        changes = [*given.changes, *taken.changes, *derived, *planned.changes]
        self.workbook.write(changes, tabs, revision)
        return Run(base, taken, planned, changes, tabs)

    def type(self, task: str, **cells: Cell) -> None:
        """A person types on a task's line: `type("T-000001", tick="☑", summary="…")`."""
        columns = {column.code: column.label.en for column in COLUMNS}
        sheets = []
        for sheet in self.workbook.read().sheets:
            rows = [list(row) for row in sheet.rows]
            if sheet.title.startswith("▦ Tasks"):
                header = next((row for row in rows if "Task ID" in row), [])
                for row in rows:
                    if header and row[header.index("Task ID")] == task:
                        for name, value in cells.items():
                            row[header.index(columns[name])] = value
            sheets.append(replace(sheet, rows=rows))
        self.workbook = MemoryWorkbook(recognise, sheets)

    def replace(self, tab: Sheet) -> None:
        """A person leaves a tab like this."""
        sheets = [tab if sheet.title == tab.title else sheet for sheet in self.workbook.read().sheets]
        self.workbook = MemoryWorkbook(recognise, sheets)

    def remove(self, title: str) -> None:
        """A person deletes a tab."""
        sheets = [sheet for sheet in self.workbook.read().sheets if sheet.title != title]
        self.workbook = MemoryWorkbook(recognise, sheets)

    def change(self, table: str, id: str, column: str, value: Value) -> None:
        """A person changes a cell."""
        self.workbook.write([Change(table, id, column, None, value)], (), self.workbook.read().revision)

    def column(self, table: str, code: str) -> list[Value]:
        """A column as it stands."""
        return load(self.workbook.read()).values(table, code)


def _after(base: Base, changes: Sequence[Change]) -> Base:
    copy = MemoryWorkbook(recognise, base.book.sheets)
    copy.write(changes, (), copy.read().revision)
    return load(copy.read())
