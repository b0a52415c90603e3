"""One tab while it is mended: what our write covered there, and where its values belong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from sheetcrm.table import Cell, Sheet, Spot, Table, is_blank, letters
from sheetcrm.text import Message, msg
from sheetcrm.workbook.google.mending.aimed import Aimed
from sheetcrm.workbook.google.mending.landing import compared, landings, meant
from sheetcrm.workbook.google.mending.lines import Known, Lines, Plain, match, plain, side
from sheetcrm.workbook.google.mending.naming import address, cell_at, record


@dataclass(frozen=True, slots=True)
class Repairs:
    """What is to be set on one tab, and what cannot be mended there."""

    restore: dict[Spot, Aimed] = field(default_factory=dict)
    again: dict[Spot, Aimed] = field(default_factory=dict)
    lost: list[Message] = field(default_factory=list)


def repairs(aimed: Sequence[Aimed], sheet: Sheet, table: Table | None, now: Sheet) -> Repairs:
    """How to mend one tab.

    Args:
        aimed: The cells that the write set on it.
        sheet: The tab that the write aimed at.
        table: The table that it was, None for any other tab.
        now: The tab as it stands.
    """
    landed = landings(aimed, sheet, now)
    standing, inserted = _by_record(aimed)
    fresh = {row: _stands_on(cells, landed) for row, cells in inserted.items()}
    lines = _lines(aimed, sheet, table, now, landed.values(), {row for row in fresh.values() if row is not None})
    repair = _Repair(aimed, sheet, table, now, landed, lines)
    repair.place_new_columns(aimed)
    repair.place_new_records(standing)
    for row, cells in standing.items():
        repair.write(row, cells)
    for row, cells in inserted.items():
        repair.straighten(fresh[row], cells)
    repair.uncover()
    return repair.found


def _by_record(aimed: Iterable[Aimed]) -> tuple[dict[int, list[Aimed]], dict[int, list[Aimed]]]:
    """The cells by the row that they were meant for, and those of inserted rows by the row inserted."""
    standing, inserted = defaultdict(list), defaultdict(list)
    for cell in aimed:
        if cell.row is None:
            inserted[cell.spot[0]].append(cell)
        else:
            standing[cell.row].append(cell)
    return standing, inserted


def _stands_on(cells: Iterable[Aimed], landed: Mapping[Aimed, Spot]) -> int | None:
    """The row that these cells of one record stand on, None where they are gone."""
    rows = Counter(landed[cell][0] for cell in cells if cell in landed)
    return rows.most_common(1)[0][0] if rows else None


def _lines(
    aimed: Sequence[Aimed], sheet: Sheet, table: Table | None, now: Sheet, ours: Iterable[Spot], fresh: set[int]
) -> Lines:
    """Which row and which column of the tab is which, with a blank one to spare below and to the right."""
    height = max([len(sheet.rows), len(now.rows), *(cell.spot[0] for cell in aimed)]) + 1
    width = max([_width(sheet), _width(now), *(cell.spot[1] + 1 for cell in aimed)]) + 1
    return match(table, side(sheet, height, width), side(now, height, width, set(ours), fresh))


def _width(sheet: Sheet) -> int:
    return len(sheet.rows[0]) if sheet.rows else 0


class _Repair:
    """The repairs of one tab as they are found."""

    def __init__(
        self,
        aimed: Iterable[Aimed],
        sheet: Sheet,
        table: Table | None,
        now: Sheet,
        landed: Mapping[Aimed, Spot],
        lines: Lines,
    ) -> None:
        self.found = Repairs()
        self._sheet = sheet
        self._table = table
        self._now = now
        self._landed = landed
        self._ours = set(landed.values())
        self._lines = lines
        self._rows = dict(lines.rows)
        self._columns = dict(lines.columns)
        self._meant = {(cell.row, cell.spot[1]) for cell in aimed}
        self._settled: set[Spot] = set()

    def place_new_columns(self, aimed: Iterable[Aimed]) -> None:
        """Find a column for each appended header that has none: the first free one right of the known ones."""
        header_row = 0 if self._table is None else self._table.layout.header_row
        appended = {cell.spot[1] for cell in aimed if cell.row == header_row and cell.value is not None}
        for column in sorted(appended - self._columns.keys()):
            if all(is_blank(cell_at(self._sheet, (row, column))) for row in range(1, len(self._sheet.rows) + 1)):
                start = max(self._columns.values(), default=-1) + 1
                self._columns[column] = next(at for at in count(start) if self._is_free_column(at))

    def _is_free_column(self, column: int) -> bool:
        return all(compared(self._now, (row, column)) is None for row in range(1, len(self._now.rows) + 1))

    def place_new_records(self, standing: Mapping[int, list[Aimed]]) -> None:
        """Find a row for each record that was written into a blank one and has none: one is as good as another."""
        if self._table is None:
            return
        taken = set(self._rows.values())
        last = max((self._rows.get(row, 0) for row in self._table.numbers), default=0)
        for row in sorted(standing.keys() - self._rows.keys()):
            landed = _stands_on(standing[row], self._landed)
            if landed in self._lines.doubtful or not self._is_free_row(self._sheet, row, set()):
                continue
            if landed is None or landed in taken or not self._is_free_row(self._now, landed, self._ours):
                landed = next(at for at in count(last + 1) if self._is_spare(at, taken))
            self._rows[row] = landed
            taken.add(landed)

    def _is_spare(self, row: int, taken: set[int]) -> bool:
        return row not in taken and self._is_free_row(self._now, row, set())

    def _is_free_row(self, sheet: Sheet, row: int, ours: set[Spot]) -> bool:
        """Whether a row holds nothing but what our write set."""
        spots = [(row, column) for column in range(_width(sheet))]
        return all(spot in ours or compared(sheet, spot) is None for spot in spots)

    def write(self, row: int, cells: Sequence[Aimed]) -> None:
        """Set the values of a record that stood in a row before, where it stands now."""
        now = self._rows.get(row)
        if now is None:
            self.found.lost.append(_not_found(record(self._sheet, self._table, row), cells))
            return
        for cell in cells:
            column = self._columns.get(cell.spot[1])
            if column is None:
                self.found.lost.append(self._no_column(cell))
            else:
                self._set(cell, (now, column), compared(self._sheet, (row, cell.spot[1])))

    def straighten(self, now: int | None, cells: Sequence[Aimed]) -> None:
        """Set the values of a record that was inserted, where its columns stand now."""
        if now is None:
            self.found.lost.append(_not_found(address(self._now, cells[0].spot[0]), cells))
            return
        for cell in cells:
            column = self._columns.get(cell.spot[1])
            if column is None:
                self.found.lost.append(self._no_column(cell))
            else:
                self._set(cell, (now, column), None)

    def _set(self, cell: Aimed, spot: Spot, stood: Plain) -> None:
        """Set a value where it is not yet; what somebody else has set there stays."""
        self._settled.add(spot)
        stands = compared(self._now, spot)
        if stands == meant(cell):
            return
        if spot in self._ours or stands == stood:
            self.found.again[spot] = Aimed(self._now.title, spot, cell.value, spot[0])
        else:
            self.found.lost.append(
                msg(
                    "{cell} was changed by somebody meanwhile and stays so; “{value}” was not written.",
                    cell=address(self._now, *spot),
                    value=cell.value,
                )
            )

    def uncover(self) -> None:
        """Put back what our values cover that stand where they don't belong."""
        rows = {now: row for row, now in self._rows.items()}
        columns = {now: column for column, now in self._columns.items()}
        doubts = False
        for cell, spot in self._landed.items():
            if spot in self._settled:
                continue
            row, column = rows.get(spot[0]), columns.get(spot[1])
            if row is not None and column is not None:
                self._put_back(spot, (row, column))
            elif self._is_doubtful(spot, row, column):
                doubts = True
                self.found.lost.append(self._unknown(cell, spot))
            else:
                self._restore(spot, None)
        if doubts:
            self.found.lost.extend(
                msg("{record} is not to be found any more: our write may have covered it.", record=name)
                for name in self._missing()
            )

    def _is_doubtful(self, spot: Spot, row: int | None, column: int | None) -> bool:
        is_doubtful_row = row is None and spot[0] in self._lines.doubtful
        return is_doubtful_row or (column is None and spot[1] in self._lines.doubtful_columns)

    def _missing(self) -> list[str]:
        written = {row for row, _ in self._meant}
        return [record(self._sheet, self._table, row) for row in self._lines.missing if row not in written]

    def _put_back(self, spot: Spot, stood: Spot) -> None:
        if compared(self._sheet, stood) is Known.FORMULA:
            self.found.lost.append(
                msg(
                    "{cell} held a formula, which our write covered; its last value was put back. "
                    "Fill the formula in again.",
                    cell=address(self._now, *spot),
                )
            )
        self._restore(spot, cell_at(self._sheet, stood))

    def _restore(self, spot: Spot, value: Cell) -> None:
        if compared(self._now, spot) != plain(value):
            self.found.restore[spot] = Aimed(self._now.title, spot, None if is_blank(value) else value, spot[0])

    def _no_column(self, cell: Aimed) -> Message:
        header_row = self._table.layout.header_row if self._table is not None else 0
        header = cell_at(self._sheet, (header_row, cell.spot[1]))
        return msg(
            "Tab {tab} has no column {column} any more; “{value}” was not written.",
            tab=self._now.title,
            column=letters(cell.spot[1]) if is_blank(header) else header,
            value=cell.value,
        )

    def _unknown(self, cell: Aimed, spot: Spot) -> Message:
        return msg(
            "{cell}: it is not to be known which row this was; “{value}” may belong elsewhere.",
            cell=address(self._now, *spot),
            value=cell.value,
        )


def _not_found(name: str, cells: Iterable[Aimed]) -> Message:
    return msg(
        "{record} is not to be found any more; not written: {values}.",
        record=name,
        values=[cell.value for cell in cells if cell.value is not None],
    )
