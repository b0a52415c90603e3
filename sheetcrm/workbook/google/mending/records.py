"""The records of one table before and after a person's edit, and what that makes of a change planned before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sheetcrm.table import Change, Column, Spot, Table, Value, is_blank
from sheetcrm.text import Message, msg
from sheetcrm.workbook.google.mending.landing import compared, read_back
from sheetcrm.workbook.google.mending.lines import Lines, match
from sheetcrm.workbook.google.mending.naming import address, changed_meanwhile, no_column, record
from sheetcrm.workbook.google.mending.sides import Plain, common_size, side


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a change: the change as it is to be written, None where it is left out, and what to say."""

    change: Change | None
    skipped: list[Message] = field(default_factory=list)


class Records:
    """A table as it was planned on, and as it stands."""

    def __init__(self, before: Table, now: Table) -> None:
        """Hold both; which row is which is found out when it is first asked for."""
        self._before = before
        self._now = now
        self._appended: set[str] = set()
        self._inserted: dict[Plain, bool] = {}
        self._stamped: dict[Plain, int] = {}
        self._withheld: set[Plain] = set()
        self._told: set[int] = set()

    def readdress(self, change: Change) -> Verdict:
        """The change as it is to be written now."""
        if change.inserts:
            return self._insert(change)
        if change.row == self._before.layout.header_row and _column(self._before, change.column) is None:
            return self._append(change)
        return self._on_record(change)

    def _append(self, change: Change) -> Verdict:
        """A new column, unless somebody has added it: then its cells go there."""
        headers = {column.header for column in (*self._now.layout.columns, *self._now.layout.doubles)}
        if _column(self._now, change.column) is not None or change.new in headers:
            return Verdict(None)
        self._appended.add(change.column or "")
        return Verdict(replace(change, row=self._now.layout.header_row))

    def _insert(self, change: Change) -> Verdict:
        """A new record, without the columns that are gone."""
        wanted = change.new if isinstance(change.new, Mapping) else {}
        id = self._new_id(change, wanted)
        double = self._entered_meanwhile(id, wanted)
        self._inserted[id] = double is None
        if double is not None:
            return Verdict(None, [double])
        kept = {name: value for name, value in wanted.items() if self._stands(name)}
        skipped = [no_column(self._now.sheet, name, value) for name, value in wanted.items() if name not in kept]
        row = None if change.row is None else self._lines.rows.get(change.row)
        return Verdict(replace(change, new=kept, row=row), skipped)

    def _new_id(self, change: Change, wanted: Mapping[str, Value]) -> Plain:
        key = self._now.key
        return read_back(wanted.get(key, change.id) if key is not None else change.id)

    def _entered_meanwhile(self, id: Plain, wanted: Mapping[str, Value]) -> Message | None:
        """What to say where the same record, or its id, was entered since."""
        if id in self._new_ids:
            return self._id_taken(id)
        cells = {name: value for name, value in wanted.items() if value is not None and self._stands(name)}
        columns = {column.index: read_back(cells[name]) for name in cells if (column := _column(self._now, name))}
        for row in self._new_rows if columns else ():
            if all(compared(self._now.sheet, (row, at)) == value for at, value in columns.items()):
                return msg(
                    "{record} was entered by somebody meanwhile: the same record was not added again.",
                    record=record(self._now.sheet, self._now, row),
                )
        return None

    def _id_taken(self, id: Plain) -> Message:
        row = self._new_ids[id]
        return msg(
            "{cell}: somebody gave the id {id} to this record meanwhile; the one that was to get it waits for the "
            "next run.",
            cell=address(self._now.sheet, row),
            id=id,
        )

    def _on_record(self, change: Change) -> Verdict:
        """A change of a record or its deletion: on the row where it stands now, if nobody changed the same."""
        row = self._row(change)
        if row is None:  # a record that is inserted by the same write, or gets its id by it
            id = read_back(change.id)
            return Verdict(change if self._inserted.get(id, True) and id not in self._withheld else None)
        now = self._lines.rows.get(row)
        if now is None:
            self._withhold(change)
            return Verdict(None, self._tell_gone(row))
        skipped = self._touched(row, now) if change.deletes else self._obstacle(change, row, now)
        if skipped:
            self._withhold(change)
        return Verdict(None if skipped else replace(change, row=now), skipped)

    def _withhold(self, change: Change) -> None:
        """Remember an id that is not given after all: what is meant for its record waits too."""
        if change.column is not None and change.column in (self._before.key, self._now.key):
            self._withheld.add(read_back(None if isinstance(change.new, Mapping) else change.new))

    def _row(self, change: Change) -> int | None:
        """The row that a change was planned on; None for a record that is only about to be inserted."""
        if change.row is not None:
            return change.row
        id = read_back(change.id)
        return self._stamped.get(id, self._ids.get(id))

    def _touched(self, row: int, now: int) -> list[Message]:
        """What to say where somebody changed a record that was to be deleted."""
        columns = [(at, self._lines.columns.get(at)) for at in self._before.record_columns]
        for old, new in columns:
            if new is not None and not self._is_same((row, old), (now, new)):
                return [changed_meanwhile(self._now.sheet, (now, new), None)]
        return []

    def _obstacle(self, change: Change, row: int, now: int) -> list[Message]:
        """What to say where a cell cannot be set as planned."""
        sheet, name = self._now.sheet, change.column or ""
        stood, stands = _column(self._before, name), _column(self._now, name)
        if stands is None:
            called = name if stood is None else stood.header
            return [] if name in self._appended else [no_column(sheet, called, change.new)]
        was = None if stood is None else compared(self._before.sheet, (row, stood.index))
        if compared(sheet, (now, stands.index)) != was:
            return [changed_meanwhile(sheet, (now, stands.index), change.new)]
        if name == self._now.key:
            return self._stamp(read_back(None if isinstance(change.new, Mapping) else change.new), row)
        return []

    def _stamp(self, id: Plain, row: int) -> list[Message]:
        """What to say where an id that a record was to get is another's by now."""
        if id in self._new_ids:
            return [self._id_taken(id)]
        self._stamped[id] = row
        return []

    def _tell_gone(self, row: int) -> list[Message]:
        """That a record is gone, once."""
        if row in self._told:
            return []
        self._told.add(row)
        name = record(self._before.sheet, self._before, row)
        return [msg("{record} is not to be found any more: nothing was written to it.", record=name)]

    def _is_same(self, old: Spot, new: Spot) -> bool:
        return compared(self._before.sheet, old) == compared(self._now.sheet, new)

    def _stands(self, name: str) -> bool:
        return name in self._appended or _column(self._now, name) is not None

    @cached_property
    def _lines(self) -> Lines:
        size = common_size(self._before.sheet, self._now.sheet)
        return match(self._before, side(self._before.sheet, size), side(self._now.sheet, size))

    @cached_property
    def _ids(self) -> Mapping[Plain, int]:
        return _rows_by_id(self._before)

    @cached_property
    def _new_ids(self) -> Mapping[Plain, int]:
        """The ids that stand now and did not before."""
        return {id: row for id, row in _rows_by_id(self._now).items() if id not in self._ids}

    @cached_property
    def _new_rows(self) -> Sequence[int]:
        """The records that stand now and are none of those before."""
        known = set(self._lines.rows.values())
        return [row for row in self._now.numbers if row not in known]


def _rows_by_id(table: Table) -> dict[Plain, int]:
    cells = table.cells(table.key) if table.key is not None else ()
    return {read_back(cell): row for row, cell in zip(table.numbers, cells, strict=False) if not is_blank(cell)}


def _column(table: Table, name: str | None) -> Column | None:
    """A column by its field code or by the user's own header."""
    return None if name is None else table.columns.get(name) or table.own.get(name)
