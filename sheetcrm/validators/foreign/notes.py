"""What is worth knowing of a stranger's list though nothing is wrong: how its cells are typed, how its tabs are cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sheetcrm.findings import Place
from sheetcrm.schema import kinds
from sheetcrm.schema.foreign.columns import ForeignColumn
from sheetcrm.schema.foreign.reading import ForeignList, TitleMeans
from sheetcrm.schema.foreign.rows import Aside
from sheetcrm.table import Cell, is_blank
from sheetcrm.text import Message, msg, nmsg
from sheetcrm.validators.foreign.faults import place_of


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was noticed and understood.

    Attributes:
        message: What it is.
        places: The cells it is about; empty where it is about a whole tab.
    """

    message: Message
    places: tuple[Place, ...] = ()


_TELLING = 4
"""A row of fewer filled cells may well repeat another one."""


def notes(rows: ForeignList) -> list[Note]:
    """Everything worth knowing of one list."""
    of_columns = (note for column in rows.columns for note in _of_column(rows, column))
    return [*_of_tabs(rows), *_of_asides(rows), *_of_repeats(rows), *of_columns]


_TITLES: dict[TitleMeans, Message] = {
    "manager": msg("the tabs' titles are taken for the managers' names"),
    "stage": msg("the tabs' titles are taken for stages"),
    "city": msg("the tabs' titles are taken for cities"),
    "month": msg("the tabs' titles are taken for months"),
}


def _of_tabs(rows: ForeignList) -> Iterator[Note]:
    if len(rows.shapes) > 1:
        titles = [shape.sheet.title for shape in rows.shapes]
        yield Note(msg("{n} tabs of one shape are read as one list: {tabs}", n=len(titles), tabs=titles))
    if rows.title_means:
        yield Note(_TITLES[rows.title_means])


def _of_asides(rows: ForeignList) -> Iterator[Note]:
    places: dict[Aside, list[Place]] = {}
    for shape in rows.shapes:
        for kind, numbers in shape.asides.items():
            places.setdefault(kind, []).extend(Place(sheet=shape.sheet.title, row=number) for number in numbers)
    for kind, found in places.items():
        if (message := _aside(rows, kind, len(found))) is not None:
            yield Note(message, tuple(found))


def _aside(rows: ForeignList, kind: Aside, n: int) -> Message | None:
    match kind:
        case "section":
            return nmsg(
                "{n} row is the title of a section, not a client: {titles}",
                "{n} rows are titles of sections, not clients: {titles}",
                n,
                n=n,
                titles=list(islice(_section_titles(rows), _TITLES_SHOWN)),
            )
        case "total":
            return nmsg("{n} row of totals is not counted", "{n} rows of totals are not counted", n, n=n)
        case "header":
            return nmsg("the header is repeated in {n} row", "the header is repeated in {n} rows", n, n=n)
        case "remark":
            return nmsg("{n} row is a remark, not a client", "{n} rows are remarks, not clients", n, n=n)
        case "blank":
            return None


def _section_titles(rows: ForeignList) -> Iterator[str]:
    for shape in rows.shapes:
        for number in shape.asides.get("section", ()):
            yield from (str(cell).strip() for cell in shape.sheet.rows[number - 1] if not is_blank(cell))


def _of_repeats(rows: ForeignList) -> Iterator[Note]:
    """Rows of deals that were typed twice whole; where a row is a client, its duplicates are findings."""
    if rows.rows_of != "deals":
        return
    seen: set[tuple[Cell, ...]] = set()
    repeated = []
    columns = [column.cells for column in rows.columns if not column.counter]
    for position, cells in enumerate(zip(*columns, strict=True)):
        if cells in seen and sum(not is_blank(cell) for cell in cells) >= _TELLING:
            repeated.append(place_of(rows, position, None))
        seen.add(cells)
    if n := len(repeated):
        message = nmsg("{n} row repeats another one whole", "{n} rows repeat another one whole", n, n=n)
        yield Note(message, tuple(repeated))


def _of_column(rows: ForeignList, column: ForeignColumn) -> Iterator[Note]:
    if column.field is None:
        return
    if column.promised is not None:
        said = msg(
            "“{column}” is headed {promised}, but holds {field}",
            column=column.title,
            promised=column.promised.label,
            field=column.field.label,
        )
        yield Note(said, (place_of(rows, 0, column),))
    for message, positions in (
        _several(column),
        _texts_for_numbers(column),
        _two_forms_of_dates(column),
        _stray_spaces(column),
    ):
        if positions:
            yield Note(message, tuple(place_of(rows, position, column) for position in positions))


_TITLES_SHOWN = 5

Noticed = tuple[Message, list[int]]


def _several(column: ForeignColumn) -> Noticed:
    phones = column.field is not None and column.field.kind is kinds.PHONE
    mails = column.field is not None and column.field.kind is kinds.EMAIL
    at = [i for i, value in enumerate(column.values) if (phones or mails) and isinstance(value, str) and ";" in value]
    n = len(at)
    if phones:
        return nmsg("{n} cell holds several phones; each is understood",
                    "{n} cells hold several phones; each is understood", n, n=n), at  # fmt: skip
    return nmsg("{n} cell holds several e-mails; each is understood",
                "{n} cells hold several e-mails; each is understood", n, n=n), at  # fmt: skip


def _texts_for_numbers(column: ForeignColumn) -> Noticed:
    numeric = column.field is not None and column.field.kind in (kinds.MONEY, kinds.QUANTITY, kinds.INTEGER)
    at = [
        i
        for i, cell in enumerate(column.cells)
        if numeric and isinstance(cell, str) and not is_blank(cell) and column.values[i] is not None
    ]
    return nmsg("{n} number in “{column}” is typed as text: Excel does not add it up",
                "{n} numbers in “{column}” are typed as text: Excel does not add them up",
                len(at), n=len(at), column=column.title), at  # fmt: skip


def _two_forms_of_dates(column: ForeignColumn) -> Noticed:
    dated = column.field is not None and column.field.kind in (kinds.DATE, kinds.MOMENT)
    at = [i for i, cell in enumerate(column.cells) if dated and isinstance(cell, str) and column.values[i] is not None]
    if not any(isinstance(cell, date) for cell in column.cells):
        return nmsg("{n} date in “{column}” is typed as text", "{n} dates in “{column}” are typed as text",
                    len(at), n=len(at), column=column.title), at  # fmt: skip
    return nmsg("{n} date in “{column}” is typed as text, others are real dates: sorting parts them",
                "{n} dates in “{column}” are typed as text, others are real dates: sorting parts them",
                len(at), n=len(at), column=column.title), at  # fmt: skip


def _stray_spaces(column: ForeignColumn) -> Noticed:
    at = [i for i, problem in column.problems.items() if problem.name == "spaces"]
    return nmsg("{n} cell of “{column}” has stray spaces", "{n} cells of “{column}” have stray spaces",
                len(at), n=len(at), column=column.title), at  # fmt: skip
