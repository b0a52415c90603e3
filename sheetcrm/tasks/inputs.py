"""What managers ticked and typed on their task tabs since the last run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sheetcrm.findings import Place
from sheetcrm.schema import kinds
from sheetcrm.schema.base import Base
from sheetcrm.schema.kinds import Context, UnfitError
from sheetcrm.schema.words import fold
from sheetcrm.table import Cell, Sheet, Value, is_blank
from sheetcrm.tasks.sheet import INPUTS, column_codes, is_task_tab


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed on one line.

    Attributes:
        id: The task's id.
        title: What the line says is to be done.
        place: Where the line stands.
        tick: What stands in the tick column, as text.
        done: Whether that means done; None where it means neither yes nor no.
        result: The typed result.
        summary: The typed summary.
        next_step: A date or words.
    """

    id: str
    title: str
    place: Place
    tick: str = ""
    done: bool | None = False
    result: str = ""
    summary: str = ""
    next_step: Value = None

    @property
    def has_text(self) -> bool:
        """Whether there is more than a tick."""
        return bool(self.result or self.summary or self.next_step)


def typed_lines(base: Base) -> Mapping[str, Line]:
    """The lines on which something was ticked or typed, by task id."""
    lines: dict[str, Line] = {}
    for sheet in base.book.sheets:
        if is_task_tab(sheet.title):
            for line in _lines(sheet, base.context):
                lines[line.id] = _both(lines[line.id], line) if line.id in lines else line
    return lines


def _lines(sheet: Sheet, context: Context) -> list[Line]:
    codes = column_codes()
    columns: dict[str, int] = {}
    lines = []
    for number, row in enumerate(sheet.rows, 1):
        if not columns:
            columns = _header(row, codes)
            continue
        cells = {code: row[index] for code, index in columns.items()}
        id = _text(cells.get("task_id"), context)
        if id and not all(is_blank(cells.get(code)) for code in INPUTS):
            lines.append(_line(id, cells, Place(sheet=sheet.title, row=number, column=columns["tick"]), context))
    return lines


def _header(row: Sequence[Cell], codes: Mapping[str, str]) -> dict[str, int]:
    """The columns by name, where this row is the header; the managers may have moved them."""
    found = {code: index for index, cell in enumerate(row) if isinstance(cell, str) and (code := codes.get(fold(cell)))}
    return found if {"tick", "task_id"} <= set(found) else {}


def _line(id: str, cells: Mapping[str, Cell], place: Place, context: Context) -> Line:
    tick = cells["tick"]
    return Line(
        id,
        _text(cells.get("title"), context),
        place,
        _text(tick, context),
        _is_done(tick, context),
        _text(cells.get("result"), context),
        _text(cells.get("summary"), context),
        _step(cells.get("next_step"), context),
    )


def _text(cell: Cell, context: Context) -> str:
    return "" if is_blank(cell) else str(kinds.PLAIN.convert(cell, context))


def _step(cell: Cell, context: Context) -> Value:
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    return _text(cell, context) or None


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
    return replace(
        one,
        tick=joined(one.tick, other.tick) if not is_ticked else one.tick if one.done else other.tick,
        done=is_ticked,
        result=joined(one.result, other.result),
        summary=joined(joined(one.summary, other.summary), second),
        next_step=one.next_step or other.next_step,
    )
