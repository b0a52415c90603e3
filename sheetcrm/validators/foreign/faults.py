"""What is wrong in a stranger's list: cells that cannot be right, merged cells, errors, suspected duplicates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sheetcrm.findings import Finding, Place
from sheetcrm.schema.foreign.columns import HARMLESS, ForeignColumn
from sheetcrm.schema.foreign.looks import typed
from sheetcrm.schema.foreign.reading import ForeignList
from sheetcrm.schema.foreign.rows import Shape
from sheetcrm.schema.words import fold
from sheetcrm.table import Spot, letters
from sheetcrm.text import Message, msg, nmsg
from sheetcrm.validators import values
from sheetcrm.validators.foreign.twins import Twin, twins
from sheetcrm.validators.registry import RULES

RULE_OF: Mapping[str, str] = {
    "duplicate": "H001",
    "inn": "V006",
    "phone": "V004",
    "email": "V005",
    "kpp": "V007",
    "date": "V002",
    "number": "V001",
    "bool": "V003",
    "doubled": "S003",
    "merged": "S004",
    "error": "S005",
    "uncached": "S006",
    "placeholder": "H002",
}
"""The code of the rule that answers for each kind of fault; the kinds that cost a firm most first."""

_PERSON_TWICE = "H004"

_ASKED = frozenset({"choice"})
"""Problems that are questions, not faults: words of the firm's own."""

_FEW = 10
"""A column of fewer filled cells is not judged as a whole."""


class Fault(NamedTuple):
    """A finding, the kind of fault it is, and how many cells have it."""

    kind: str
    cells: int
    finding: Finding


def faults(rows: ForeignList) -> list[Fault]:
    """Every fault of one list: duplicates, then column by column, then what is wrong with its tabs."""
    return [
        *(_of_twin(rows, twin) for twin in twins(rows)),
        *(fault for column in rows.columns for fault in _of_column(rows, column)),
        *_of_doubles(rows),
        *(fault for tab in range(len(rows.shapes)) for fault in _of_tab(rows, tab)),
    ]


def place_of(rows: ForeignList, position: int, column: ForeignColumn | None) -> Place:
    """Where a record's cell stands, with the client's name and the manager as the list has them."""
    sheet, number, at = rows.spot(position, column)
    name = next((typed(c.cells[position]) for c in rows.fields("companies.name", "contacts.full_name")), "")
    manager = next((typed(c.cells[position]) for c in rows.fields("companies.manager")), "")
    if not manager and rows.title_means == "manager":
        manager = sheet.title
    return Place("", sheet.title, number, at, "" if column is None else _code(column), "", name, manager)


def header_place(rows: ForeignList, column: ForeignColumn) -> Place:
    """Where a column's header stands in the first tab that has it; its first record where nothing heads it."""
    tab = next(tab for tab, at in enumerate(column.at) if at is not None)
    shape = rows.shapes[tab]
    row = shape.header[1] if shape.header else shape.first
    return Place("", shape.sheet.title, row, column.at[tab], _code(column))


def _code(column: ForeignColumn) -> str:
    return column.field.code if column.field else column.title


def _fault(kind: str, place: Place, message: Message, hint: Message | None, value: str = "", cells: int = 1) -> Fault:
    rule = RULES[RULE_OF[kind]]
    return Fault(kind, cells, Finding(rule.code, rule.severity, place, message, hint, value))


# ── cells ──


def _of_column(rows: ForeignList, column: ForeignColumn) -> Iterator[Fault]:
    by_kind: dict[str, list[int]] = {}
    for position, problem in column.problems.items():
        if problem.name not in HARMLESS | _ASKED:
            by_kind.setdefault(problem.name, []).append(position)
    for kind, positions in by_kind.items():
        if column.filled >= _FEW and 2 * len(positions) > column.filled:
            yield _of_whole_column(rows, column, kind, positions)
        else:
            yield from (_of_cell(rows, column, kind, position) for position in positions)


def _of_cell(rows: ForeignList, column: ForeignColumn, kind: str, position: int) -> Fault:
    problem, cell = column.problems[position], column.cells[position]
    message = values.said(column.title, cell, problem)
    return _fault(kind, place_of(rows, position, column), message, problem.hint, typed(cell))


def _of_whole_column(rows: ForeignList, column: ForeignColumn, kind: str, positions: Sequence[int]) -> Fault:
    """One finding where most of a column has the same fault: it means something else, or is kept otherwise."""
    problem, n = column.problems[positions[0]], len(positions)
    message = nmsg(
        "{n} cell of the column: {fault}",
        "{n} cells of the column: {fault}",
        n,
        n=n,
        fault=values.said(column.title, column.cells[positions[0]], problem),
    )
    return _fault(kind, header_place(rows, column), message, problem.hint, cells=n)


# ── rows ──


def _of_twin(rows: ForeignList, twin: Twin) -> Fault:
    named = next(iter(rows.fields("companies.name", "contacts.full_name")), None)
    place, earlier = (place_of(rows, at, named) for at in (twin.position, twin.earlier))
    cell = earlier.cell if earlier.sheet == place.sheet else earlier.address
    text = msg("seems to be {name} in {cell}: {reason}", name=earlier.name, cell=cell, reason=twin.reason)
    hint = msg("if they are one, keep one of the rows; if not, leave both")
    rule = RULES[_PERSON_TWICE if rows.rows_of == "contacts" else RULE_OF["duplicate"]]
    return Fault("duplicate", 1, Finding(rule.code, rule.severity, place, text, hint, place.name))


# ── tabs ──


def _of_doubles(rows: ForeignList) -> Iterator[Fault]:
    """Columns whose header names a field that an earlier column of the same header already is."""
    first: dict[str, ForeignColumn] = {}
    for column in rows.columns:
        known = first.setdefault(fold(column.header), column)
        if known is not column and known.field is not None and column.field is None and column.header:
            place = header_place(rows, column)
            text = msg("“{header}” is the same column as “{first}” in {letter}; only that one is read",
                       header=column.header, first=known.header,
                       letter=letters(header_place(rows, known).column or 0))  # fmt: skip
            yield _fault("doubled", place, text, msg("keep one of them, or rename the other"), column.header)


def _of_tab(rows: ForeignList, tab: int) -> Iterator[Fault]:
    shape = rows.shapes[tab]
    yield from _of_merged(shape)
    positions = {number: at for at, (of, number) in enumerate(rows.rows) if of == tab}
    for (row, column), error in sorted(shape.sheet.errors.items()):
        if row in positions:
            place = replace(place_of(rows, positions[row], None), column=column)
            header = shape.headers.get(column) or letters(column)
            text = msg("{column}: the formula gives {error}", column=header, error=error)
            yield _fault("error", place, text, msg("repair the formula or type the value"), error)
    if found := sorted(spot for spot in shape.sheet.uncached if spot[0] in positions):
        n = len(found)
        text = nmsg("{n} formula was never calculated and reads as blank",
                    "{n} formulas were never calculated and read as blank", n, n=n)  # fmt: skip
        hint = msg("open the book in Excel or LibreOffice and save it")
        yield _fault("uncached", Place("", shape.sheet.title, *found[0]), text, hint, cells=n)


def _of_merged(shape: Shape) -> Iterator[Fault]:
    """One finding for all ranges that are merged over the same rows."""
    blocks: dict[tuple[int, int], list[tuple[Spot, Spot]]] = {}
    for first, last in sorted(shape.merged):
        blocks.setdefault((first[0], last[0]), []).append((first, last))
    for ranges in blocks.values():
        said = [f"{letters(a[1])}{a[0]}:{letters(b[1])}{b[0]}" for a, b in ranges]
        text = msg("merged cells {ranges}: only the first cell of each holds the value", ranges=said)
        place = Place("", shape.sheet.title, *ranges[0][0])
        yield _fault("merged", place, text, msg("unmerge them and fill in each row"), cells=len(ranges))
