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
from sheetcrm.workbook.google.mending.lines import Lines, match
from sheetcrm.workbook.google.mending.naming import address, cell_at, changed_meanwhile, no_column, record
from sheetcrm.workbook.google.mending.sides import Known, Plain, common_size, plain, sheet_width, side, written


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
    lines = _lines(aimed, sheet, table, now, landed, {row for row in fresh.values() if row is not None})
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
    aimed: Sequence[Aimed], sheet: Sheet, table: Table | None, now: Sheet, landed: Mapping[Aimed, Spot], fresh: set[int]
) -> Lines:
    end = max(cell.spot[0] for cell in aimed), max(cell.spot[1] for cell in aimed)
    size = common_size(sheet, now, end)
    ours = {spot: cell.row for cell, spot in landed.items()}
    return match(table, side(sheet, size), written(now, size, ours, fresh))


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
        self._settled: set[Spot] = set()

    def place_new_columns(self, aimed: Iterable[Aimed]) -> None:
        """Find a column for each appended header that has none: where it landed, else right of the known ones."""
        header_row = 0 if self._table is None else self._table.layout.header_row
        headers = [cell for cell in aimed if cell.row == header_row and cell.value is not None]
        for header in sorted(headers, key=lambda cell: cell.spot):
            column = header.spot[1]
            if self._is_free_column(self._sheet, column, set()):
                self._columns[column] = self._place_of(header, column)

    def _place_of(self, header: Aimed, column: int) -> int:
        """Where an appended column is, or is to be."""
        others = {now: old for old, now in self._columns.items() if old != column}
        landed = self._landed.get(header, (0, -1))[1]
        if self._is_free_column(self._now, landed, self._ours) and landed >= 0:
            below = others.get(landed)
            if below is None or self._is_free_column(self._sheet, below, set()):
                return landed
        found = self._columns.get(column)
        if found is not None and self._is_free_column(self._now, found, set()):
            return found
        start = max(others, default=-1) + 1
        return next(at for at in count(start) if self._is_free_column(self._now, at, set()))

    def _is_free_column(self, sheet: Sheet, column: int, ours: set[Spot]) -> bool:
        """Whether a column holds nothing but what our write set."""
        spots = [(row, column) for row in range(1, len(sheet.rows) + 1)]
        return all(spot in ours or compared(sheet, spot) is None for spot in spots)

    def place_new_records(self, standing: Mapping[int, list[Aimed]]) -> None:
        """Find a row for each record that was written into a blank one: where it landed, if nothing else is there."""
        if self._table is None:
            return
        blank = [row for row in sorted(standing) if self._is_free_row(self._sheet, row, set())]
        last = max((self._rows.get(row, 0) for row in self._table.numbers), default=0)
        given: set[int] = set()
        for row in blank:
            landed = _stands_on(standing[row], self._landed)
            self._rows.pop(row, None)
            if landed is not None and self._is_mixed(landed):
                continue  # it would be there twice
            if landed is None or not self._is_free_row(self._now, landed, self._ours):
                free = (at for at in count(last + 1) if self._is_free_row(self._now, at, set()))
                landed = next(at for at in free if at not in given)
            given.add(landed)
            self._rows[row] = landed

    def _is_mixed(self, row: int) -> bool:
        """Whether it cannot be told what else is on a row on which we wrote."""
        return row in self._lines.doubtful and not self._is_free_row(self._now, row, self._ours)

    def _is_free_row(self, sheet: Sheet, row: int, ours: set[Spot]) -> bool:
        """Whether a row holds nothing but what our write set."""
        spots = [(row, column) for column in range(sheet_width(sheet))]
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
            self.found.lost.append(changed_meanwhile(self._now, spot, cell.value))

    def uncover(self) -> None:
        """Put back what our values cover that stand where they don't belong."""
        rows = {now: row for row, now in self._rows.items()}
        columns = {now: column for column, now in self._columns.items()}
        doubtful: dict[int, list[Cell]] = {}
        for cell, spot in self._landed.items():
            if spot in self._settled:
                continue
            row, column = rows.get(spot[0]), columns.get(spot[1])
            if row is not None and column is not None:
                self._put_back(spot, (row, column))
            elif self._is_doubtful(spot, row, column):
                doubtful.setdefault(spot[0], []).append(cell.value)
            else:
                self._restore(spot, None)
        self.found.lost.extend(self._unknown(row, values) for row, values in doubtful.items())
        self.found.lost.extend(map(self._covered, self._lines.covered))
        self.found.lost.extend(map(self._covered_column, self._lines.covered_columns))

    def _is_doubtful(self, spot: Spot, row: int | None, column: int | None) -> bool:
        is_doubtful_row = row is None and (spot[0] in self._lines.doubtful or not self._lines.columns)
        return is_doubtful_row or (column is None and spot[1] in self._lines.doubtful_columns)

    def _covered(self, row: int) -> Message:
        return msg(
            "{record} is not to be found any more; our write may have covered it. It held: {values}.",
            record=record(self._sheet, self._table, row),
            values=[cell for cell in self._sheet.rows[row - 1] if not is_blank(cell)],
        )

    def _covered_column(self, column: int) -> Message:
        return msg(
            "Tab {tab}: column {column} is not to be found any more; our write may have covered it.",
            tab=self._now.title,
            column=self._header(column),
        )

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
        return no_column(self._now, self._header(cell.spot[1]), cell.value)

    def _header(self, column: int) -> str:
        """What a column was called."""
        header_row = self._table.layout.header_row if self._table is not None else 0
        header = cell_at(self._sheet, (header_row, column))
        return letters(column) if is_blank(header) else str(header)

    def _unknown(self, row: int, values: list[Cell]) -> Message:
        return msg(
            "{row}: it cannot be told which record this is; what was written there may belong to another: {values}.",
            row=address(self._now, row),
            values=values,
        )


def _not_found(name: str, cells: Iterable[Aimed]) -> Message:
    return msg(
        "{record} is not to be found any more; not written: {values}.",
        record=name,
        values=[cell.value for cell in cells if cell.value is not None],
    )
