"""What is wrong in a stranger's list: cells that cannot be right, merged cells, errors, suspected duplicates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sheetcrm.findings import Finding, Place, Severity
from sheetcrm.schema.foreign import ForeignList
from sheetcrm.schema.foreign_columns import HARMLESS, ForeignColumn
from sheetcrm.schema.foreign_looks import typed
from sheetcrm.schema.foreign_rows import Shape
from sheetcrm.schema.kinds import Problem
from sheetcrm.schema.words import fold
from sheetcrm.table import Spot
from sheetcrm.text import msg
from sheetcrm.validators.foreign_twins import ROW, twins

_ASKED = frozenset({"choice"})
"""Problems that are questions, not faults: words of the firm's own."""


class Fault(NamedTuple):
    """A finding, the kind of fault it is, and how many cells have it."""

    kind: str
    cells: int
    finding: Finding


def place_of(rows: ForeignList, position: int, column: ForeignColumn | None) -> Place:
    """Where a record's cell stands, with the client's name and the manager as the list has them."""
    sheet, number, at = rows.spot(position, column)
    name = next((typed(c.cells[position]) for c in rows.fields("companies.name", "contacts.full_name")), "")
    manager = next((typed(c.cells[position]) for c in rows.fields("companies.manager")), "")
    if not manager and rows.title_means == "manager":
        manager = sheet.title
    field = "" if column is None else column.field.code if column.field else column.title
    return Place("", sheet.title, number, at, field, "", name, manager)


def faults(rows: ForeignList) -> list[Fault]:
    """Every fault of one list, column by column."""
    found = [fault for column in rows.columns for fault in _of_column(rows, column)]
    return [*_of_twins(rows), *found, *_of_sheets(rows)]


def _of_column(rows: ForeignList, column: ForeignColumn) -> Iterator[Fault]:
    by_fault: dict[str, list[int]] = defaultdict(list)
    for position, problem in column.problems.items():
        if problem.name not in HARMLESS | _ASKED:
            by_fault[problem.name].append(position)
    for positions in by_fault.values():
        if 2 * len(positions) > column.filled > 2:
            yield _of_whole_column(rows, column, positions)
        else:
            yield from (_of_cell(rows, column, position) for position in positions)


def _of_cell(rows: ForeignList, column: ForeignColumn, position: int) -> Fault:
    problem = column.problems[position]
    place = place_of(rows, position, column)
    return _fault(problem, 1, place, typed(column.cells[position]))


def _of_whole_column(rows: ForeignList, column: ForeignColumn, positions: Sequence[int]) -> Fault:
    """One finding where most of a column has the same fault: the column means something else, or is kept otherwise."""
    problem = column.problems[positions[0]]
    first = place_of(rows, positions[0], column)
    message = msg(
        "{n} of {filled} cells of “{column}”: {fault}",
        n=len(positions),
        filled=column.filled,
        column=column.title,
        fault=problem.message,
    )
    return _fault(problem._replace(message=message), len(positions), first, typed(column.cells[positions[0]]))


def _fault(problem: Problem, cells: int, place: Place, value: str) -> Fault:
    return Fault(problem.name, cells, Finding(*CODES[problem.name], place, problem.message, problem.hint, value))


def _of_twins(rows: ForeignList) -> Iterator[Fault]:
    named = next(iter(rows.fields("companies.name", "contacts.full_name")), None)
    for twin in twins(rows):
        place, earlier = (place_of(rows, at, named) for at in (twin.position, twin.earlier))
        said = earlier.cell if earlier.sheet == place.sheet else earlier.address
        if twin.by is ROW:
            message = msg("the same row as {cell}, typed twice", cell=said)
        else:
            message = msg("perhaps the same client as {name} in {cell}: {what} is the same",
                          name=earlier.name, cell=said, what=twin.by)  # fmt: skip
        hint = msg("keep one of the two rows and move to it what only the other one has")
        yield Fault("duplicate", 1, Finding(*CODES["duplicate"], place, message, hint, place.name))


def _of_sheets(rows: ForeignList) -> Iterator[Fault]:
    for shape in rows.shapes:
        title, records = shape.sheet.title, set(shape.records)
        yield from _of_merged(shape)
        yield from _of_headers(shape)
        for spot, text in sorted(shape.sheet.errors.items()):
            if spot[0] in records:
                message = msg("the formula gives an error: {error}", error=text)
                yield Fault("error", 1, Finding(*CODES["error"], Place("", title, *spot), message, None, text))
        for spot in sorted(shape.sheet.uncached):
            if spot[0] in records:
                message = msg("a formula that was never calculated")
                hint = msg("open the book, let it calculate, and save it")
                yield Fault("uncached", 1, Finding(*CODES["uncached"], Place("", title, *spot), message, hint))


def _of_merged(shape: Shape) -> Iterator[Fault]:
    """One finding for all ranges that are merged over the same rows."""
    blocks: dict[tuple[int, int], list[tuple[Spot, Spot]]] = {}
    for first, last in sorted(shape.merged):
        blocks.setdefault((first[0], last[0]), []).append((first, last))
    for ranges in blocks.values():
        said = [f"{Place(row=a[0], column=a[1]).cell}:{Place(row=b[0], column=b[1]).cell}" for a, b in ranges]
        message = msg("merged cells {ranges}: only the first cell of each holds the value", ranges=said)
        place = Place("", shape.sheet.title, *ranges[0][0])
        hint = msg("unmerge them and fill the value down")
        yield Fault("merged", len(ranges), Finding(*CODES["merged"], place, message, hint))


def _of_headers(shape: Shape) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for at, header in sorted(shape.headers.items()):
        first = seen.setdefault(fold(header), at)
        if first != at and shape.header is not None:
            row = shape.header[1]
            message = msg("two columns are headed “{header}”, here and in {cell}", header=header,
                          cell=Place(row=row, column=first).cell)  # fmt: skip
            place = Place("", shape.sheet.title, row, at)
            yield Fault(
                "doubled", 1, Finding(*CODES["doubled"], place, message, msg("give one of them another header"), header)
            )


IN_ORDER = (
    "duplicate",
    "inn",
    "phone",
    "email",
    "kpp",
    "date",
    "number",
    "negative",
    "range",
    "bool",
    "doubled",
    "merged",
    "error",
    "uncached",
    "placeholder",
)
"""The kinds of faults, those first that cost a firm most."""

CODES = {
    "duplicate": ("H001", Severity.WARNING),
    "doubled": ("S003", Severity.ERROR),
    "merged": ("S004", Severity.ERROR),
    "error": ("S005", Severity.ERROR),
    "uncached": ("S006", Severity.ERROR),
    "placeholder": ("H002", Severity.WARNING),
    "phone": ("V004", Severity.ERROR),
    "email": ("V005", Severity.ERROR),
    "inn": ("V006", Severity.ERROR),
    "kpp": ("V007", Severity.ERROR),
    "date": ("V002", Severity.ERROR),
    "number": ("V001", Severity.ERROR),
    "bool": ("V003", Severity.ERROR),
    "negative": ("V009", Severity.ERROR),
    "range": ("V009", Severity.ERROR),
    "id": ("K001", Severity.ERROR),
}
