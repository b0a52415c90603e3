"""What managers ticked and typed on their task tabs since the last run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sheetcrm.findings import Place
from sheetcrm.schema import kinds
from sheetcrm.schema.base import Base
from sheetcrm.schema.figures import FIRST, LAST
from sheetcrm.schema.kinds import Context, UnfitError
from sheetcrm.schema.words import fold
from sheetcrm.table import Cell, Sheet, Value, day_of, is_blank
from sheetcrm.tasks.sheet import SUMMARY_TITLES, column_codes, is_task_tab


class Line(NamedTuple):
    """What was typed on one line.

    Attributes:
        id: The task's id, "" on a line that somebody added.
        title: What the line says is to be done.
        place: Where the line stands.
        tick: What stands in the tick column, as text.
        done: Whether that means done; None where it means neither yes nor no.
        result: The typed result.
        summary: The typed summary.
        next_step: A date or words.
        company: The company that the line names.
        due: When the line says it is due.
        columns: The numbers of its tab's columns, by name.
    """

    id: str
    title: str
    place: Place
    tick: str = ""
    done: bool | None = False
    result: str = ""
    summary: str = ""
    next_step: Value = None
    company: str = ""
    due: date | None = None
    columns: Mapping[str, int] = {}

    def cell(self, code: str) -> str:
        """The address of one of its cells."""
        return replace(self.place, column=self.columns.get(code, self.place.column)).address

    @property
    def has_text(self) -> bool:
        """Whether there is more than a tick."""
        return bool(self.result or self.summary or self.next_step)


class Typed(NamedTuple):
    """What stands typed on all task tabs.

    Attributes:
        lines: The lines of tasks, by task id.
        added: The lines that managers added below them.
        strays: Tabs that hold such lines and are not called like a manager's any more.
    """

    lines: Mapping[str, Line]
    added: list[Line]
    strays: tuple[str, ...] = ()


def read_typed(base: Base) -> Typed:
    """What was ticked and typed on the managers' tabs, in either language."""
    lines: dict[str, Line] = {}
    added: list[Line] = []
    for sheet in base.book.sheets:
        for line in _lines(sheet, base.context) if is_task_tab(sheet.title) else ():
            if not line.id:
                added.append(line)
            else:
                lines[line.id] = _both(lines[line.id], line) if line.id in lines else line
    return Typed(lines, added, tuple(_strays(base)))


def _strays(base: Base) -> Iterator[str]:
    """Tabs with typed lines under a header of ours that somebody has given another name."""
    for sheet in base.book.sheets:
        if not is_task_tab(sheet.title) and any(_lines(sheet, base.context)):
            yield sheet.title


def _lines(sheet: Sheet, context: Context) -> Iterator[Line]:
    codes = column_codes()
    columns: dict[str, int] = {}
    for number, row in enumerate(sheet.rows, 1):
        if not columns:
            columns = _header(row, codes)
            continue
        line = _line({code: row[index] for code, index in columns.items()}, sheet, number, columns, context)
        if line.title in SUMMARY_TITLES:
            return
        if line.has_text or (line.tick if line.id else line.title):
            yield line


def _header(row: Sequence[Cell], codes: Mapping[str, str]) -> dict[str, int]:
    """The columns by name, where this row is the header; the managers may have moved them."""
    found = {code: index for index, cell in enumerate(row) if isinstance(cell, str) and (code := codes.get(fold(cell)))}
    return found if {"tick", "task_id"} <= set(found) else {}


def _line(cells: Mapping[str, Cell], sheet: Sheet, row: int, columns: Mapping[str, int], context: Context) -> Line:
    return Line(
        _text(cells["task_id"], context),
        _text(cells.get("title"), context),
        Place(sheet=sheet.title, row=row, column=columns["tick"]),
        _text(cells["tick"], context),
        _is_done(cells["tick"], context),
        _text(cells.get("result"), context),
        _text(cells.get("summary"), context),
        _step(cells.get("next_step"), context),
        _text(cells.get("company"), context),
        _day(cells.get("due")),
        columns,
    )


def _text(cell: Cell, context: Context) -> str:
    return "" if is_blank(cell) else str(kinds.PLAIN.convert(cell, context))


def _step(cell: Cell, context: Context) -> Value:
    return _day(cell) or _text(cell, context) or None


def _day(cell: Cell) -> date | None:
    """A real date that a book can hold; anything else is words."""
    day = day_of(cell)
    return day if day is not None and FIRST <= day <= LAST else None


def _is_done(cell: Cell, context: Context) -> bool | None:
    """Whether a tick says done: ☑, x, 1, да, + … or a word for a task that is done."""
    if is_blank(cell):
        return False
    try:
        return bool(kinds.BOOL.convert(cell, context))
    except UnfitError:
        word = context.vocabulary.words["task_status"].get(fold(_text(cell, context)))
        return True if word == "done" else None


def _both(one: Line, other: Line) -> Line:
    """Two lines for one task as one, so that nothing typed is lost."""

    def joined(first: str, second: str) -> str:
        return "\n".join(dict.fromkeys(filter(None, (first, second))))

    is_ticked = one.done or other.done
    second = str(other.next_step) if one.next_step and other.next_step not in (None, one.next_step) else ""
    return one._replace(
        tick=joined(one.tick, other.tick) if not is_ticked else one.tick if one.done else other.tick,
        done=is_ticked,
        result=joined(one.result, other.result),
        summary=joined(joined(one.summary, other.summary), second),
        next_step=one.next_step or other.next_step,
    )
