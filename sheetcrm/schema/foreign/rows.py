"""How a stranger's tab is laid out: where its header is, which rows are records, and what the other rows are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from statistics import median_low
from typing import Literal

from sheetcrm.schema.foreign.headers import LONGEST, candidates, is_counter, known_headers
from sheetcrm.schema.foreign.looks import is_number, is_value, typed
from sheetcrm.schema.foreign.words import CITIES, HEADING, MONTHS, REMARK, TOTAL
from sheetcrm.schema.words import COMPANY_STAGE, fold
from sheetcrm.table import Cell, Sheet, Spot, is_blank

Aside = Literal["blank", "header", "total", "section", "remark"]
"""What a row below the header is, where it is no record."""

_HEADER_WITHIN = 30
_SPARSE = 3
_YEARS = range(1990, 2100)
_NUMBERED = 3
_STAGES = frozenset(COMPANY_STAGE.words())


@dataclass(frozen=True)
class Shape:
    """How a tab is laid out.

    Attributes:
        sheet: The tab.
        header: Its header rows' numbers, first and last; None where it has none.
        headers: What stands above each column, by column number.
        records: The row numbers of the records.
        asides: The row numbers of the other rows below the header, by what they are.
    """

    sheet: Sheet
    header: tuple[int, int] | None
    headers: Mapping[int, str]
    records: tuple[int, ...]
    asides: Mapping[Aside, tuple[int, ...]] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The number of the first row that may be a record."""
        return self.header[1] + 1 if self.header else min(self.records, default=1)

    @cached_property
    def merged(self) -> tuple[tuple[Spot, Spot], ...]:
        """The merged ranges that lie among the records."""
        records = set(self.records)
        return tuple((a, b) for a, b in self.sheet.merged if any(row in records for row in range(a[0], b[0] + 1)))

    @cached_property
    def lead(self) -> Mapping[int, int]:
        """By row number, the first row of the block of merged cells that a record belongs to."""
        found: dict[int, int] = {}
        for (top, _), (bottom, _) in self.merged:
            for row in range(top, bottom + 1):
                found[row] = min(top, found.get(row, top))
        return found

    def cells(self, column: int) -> list[Cell]:
        """A column's cells, a cell a record; what is merged downwards stands in each of its rows."""
        rows = self.sheet.rows
        down = {
            row: rows[top - 1][column]
            for (top, left), (bottom, _) in self.merged
            if left == column
            for row in range(top, bottom + 1)
        }
        return [down.get(number, rows[number - 1][column]) for number in self.records]


def shape(sheet: Sheet) -> Shape:
    """How a tab is laid out; without records where it holds no list."""
    header = _header(sheet)
    headers = _headers(sheet, header) if header else {}
    first = header[1] + 1 if header else _first_row(sheet)
    sorter = _Sorter(sheet, headers, header, first)
    records: list[int] = []
    asides: dict[Aside, list[int]] = {}
    for number in range(first, len(sheet.rows) + 1):
        aside = sorter.aside(number)
        (records if aside is None else asides.setdefault(aside, [])).append(number)
    return Shape(sheet, header, headers, tuple(records), {name: tuple(found) for name, found in asides.items()})


# ── the header ──


def _header(sheet: Sheet) -> tuple[int, int] | None:
    """The header's first and last row number, None where nothing heads the columns."""
    scores = [_score(row) for row in sheet.rows[:_HEADER_WITHIN]]
    best = max(scores, default=0)
    # The first that comes near the best: words of a header may stand among the records too.
    at = next(i for i, score in enumerate(scores) if score * 2 >= best) if best else _unknown_header(sheet)
    return None if at is None else _with_neighbour(sheet, at + 1)


def _score(row: Sequence[Cell]) -> int:
    """How many different fields a row names; 0 where it is no header."""
    named = [cell for cell in row if not is_blank(cell)]
    known = {fold(cell) for cell in known_headers(row).values()}
    if any(is_value(cell) and not _is_period(cell) for cell in named) or (len(known) < 2 and len(known) < len(named)):
        return 0
    return len(known)


def _is_period(cell: Cell) -> bool:
    """Whether the cell may head a column of sums: a year, or the first day of a month."""
    if isinstance(cell, date):
        return cell.day == 1
    return is_number(cell) and cell in _YEARS


def _unknown_header(sheet: Sheet) -> int | None:
    """The first row of short distinct words above columns of values, though none of the words is known."""
    rows = sheet.rows[:_HEADER_WITHIN]
    for at, row in enumerate(rows):
        named = [cell for cell in row if not is_blank(cell)]
        words = {fold(cell) for cell in named if isinstance(cell, str) and len(cell) <= LONGEST and not is_value(cell)}
        if len(named) < 2 or len(words) < len(named):
            continue
        below = rows[at + 1 :]
        if any(sum(is_value(other[i]) for other in below) * 2 > len(below) > 0 for i in range(len(row))):
            return at
        return None
    return None


def _with_neighbour(sheet: Sheet, number: int) -> tuple[int, int]:
    """The header's rows: its neighbour belongs to it where merged cells say so."""
    if _is_upper(sheet, number):
        return number, number + 1
    if number > 1 and _is_upper(sheet, number - 1):
        return number - 1, number
    return number, number


def _is_upper(sheet: Sheet, number: int) -> bool:
    """Whether the row is the upper one of two header rows: some cells span columns, each over words below."""
    if number >= len(sheet.rows) or any(map(is_value, sheet.rows[number])):
        return False
    row, below = sheet.rows[number - 1], sheet.rows[number]
    if sum(not is_blank(cell) for cell in row) < 2:
        return False
    spans = [(a[1], b[1]) for a, b in sheet.merged if a[0] == b[0] == number and a[1] < b[1]]
    return any(sum(not is_blank(cell) for cell in below[left : right + 1]) >= 2 for left, right in spans)


def _headers(sheet: Sheet, header: tuple[int, int]) -> Mapping[int, str]:
    """What heads each column; of two rows the lower one, where it says enough."""
    upper, lower = sheet.rows[header[0] - 1], sheet.rows[header[1] - 1]
    found = {at: _text(cell) for at, cell in enumerate(lower) if not is_blank(cell)}
    if header[0] == header[1]:
        return found
    spans = {at: a[1] for a, b in sheet.merged if a[0] == header[0] for at in range(a[1], b[1] + 1)}
    for at in range(len(upper)):
        above = _text(upper[spans.get(at, at)])
        if not above:
            continue
        below = found.get(at, "")
        known = candidates(below) or is_counter(below)
        found[at] = below if known else f"{above} {below}".strip()
    return found


def _text(cell: Cell) -> str:
    return "" if is_blank(cell) else " ".join(typed(cell).split())


def _first_row(sheet: Sheet) -> int:
    """The first row of a list without a header: title rows hold one cell only."""
    widths = [sum(not is_blank(cell) for cell in row) for row in sheet.rows]
    least = 2 if max(widths, default=0) > 1 else 1
    return next((number for number, width in enumerate(widths, 1) if width >= least), len(widths) + 1)


# ── the rows below ──


class _Sorter:
    """Tells what a row below the header is."""

    def __init__(self, sheet: Sheet, headers: Mapping[int, str], header: tuple[int, int] | None, first: int) -> None:
        self.sheet = sheet
        self.header = {fold(_text(cell)) for row in _rows(sheet, header) for cell in row if not is_blank(cell)}
        self.name = _name_column(headers)
        self.filled = {number: _filled(sheet.rows[number - 1]) for number in range(first, len(sheet.rows) + 1)}
        self.typical = median_low([len(found) for found in self.filled.values() if found] or [0])
        self.across = {a: b[1] - a[1] + 1 for a, b in sheet.merged if a[1] < b[1]}
        self.down = {row for a, b in sheet.merged if a[0] < b[0] for row in range(a[0], b[0] + 1)}
        self.fills = {None, *(sheet.fills.get(number) for number, found in self.filled.items() if len(found) > 1)}

    def aside(self, number: int) -> Aside | None:
        """What the row is, None for a record."""
        row, filled = self.sheet.rows[number - 1], self.filled[number]
        if not filled:
            return "blank"
        if self._repeats(row, filled) or _numbers_columns(row, filled):
            return "header"
        if _is_total(row, filled):
            return "total"
        if len(filled) == 1 and isinstance(row[filled[0]], str):
            return self._lone(number, filled[0], str(row[filled[0]]))
        return None

    def _repeats(self, row: Sequence[Cell], filled: Sequence[int]) -> bool:
        same = sum(fold(_text(row[at])) in self.header for at in filled)
        return len(filled) > 1 and len(self.header) > 1 and same * 2 > max(len(filled), len(self.header))

    def _lone(self, number: int, at: int, text: str) -> Aside | None:
        """What a row with one text in it is."""
        if is_value(text) or number in self.down:
            return None
        if self.across.get((number, at), 1) > 1:
            return "section"
        if self.typical < _SPARSE:
            return None
        word = fold(text)
        if REMARK.fullmatch(word) or len(text) > LONGEST:
            return "remark"
        heads = (
            at < self.name
            or text.rstrip().endswith(":")
            or self.sheet.fills.get(number) not in self.fills
            or word in MONTHS | CITIES | _STAGES
            or HEADING.fullmatch(word)
        )
        return "section" if heads else None


def _rows(sheet: Sheet, header: tuple[int, int] | None) -> Iterable[Sequence[Cell]]:
    return sheet.rows[header[0] - 1 : header[1]] if header else ()


def _filled(row: Sequence[Cell]) -> tuple[int, ...]:
    return tuple([at for at, cell in enumerate(row) if not is_blank(cell)])


def _name_column(headers: Mapping[int, str]) -> int:
    """The column that names the client: a firm's before a person's; the first one where none does."""
    for code in ("name", "full_name"):
        for at in sorted(headers):
            if any(field.code == code for field in candidates(headers[at])[:1]):
                return at
    return min(headers, default=0)


def _numbers_columns(row: Sequence[Cell], filled: Sequence[int]) -> bool:
    """Whether the row numbers the columns, as official forms do below their header."""
    values = [row[at] for at in filled]
    return len(values) >= _NUMBERED and values == list(range(1, len(values) + 1))


def _is_total(row: Sequence[Cell], filled: Sequence[int]) -> bool:
    for at in filled[:2]:
        cell = row[at]
        if isinstance(cell, str) and TOTAL.fullmatch(fold(cell)):
            others = [row[other] for other in filled if other != at]
            return all(is_number(other) or not any(map(str.isalpha, str(other))) for other in others)
    return False
