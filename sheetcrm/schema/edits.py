"""What should stand in the book, as changes: only cells that differ, never over a formula, each row by its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from sheetcrm.schema.base import Base
from sheetcrm.schema.record import fields
from sheetcrm.schema.tables import SCHEMA, field_of, key_of
from sheetcrm.schema.words import fold
from sheetcrm.table import DIGITS, Cell, Change, Table, Value, is_blank


def writable(table: Table, position: int, code: str) -> bool:
    """Whether a cell may be written: it holds no formula and no merged cell hides it."""
    if code not in table.columns:
        return True
    spot = table.spot(position, code)
    if spot in table.sheet.formulas:
        return False
    return not any(
        first != spot and first[0] <= spot[0] <= last[0] and first[1] <= spot[1] <= last[1]
        for first, last in table.sheet.merged
    )


def absent_columns(base: Base, table: str, codes: Iterable[str]) -> list[Change]:
    """Header changes that append the columns a table lacks; none where the book has no such table."""
    found = base.table(table)
    if found is None:
        return []
    row = found.layout.header_row
    return [
        Change(table, None, code, None, field_of(table, code).label.get(base.lang), row)
        for code in codes
        if code not in found.columns
    ]


def column_changes(base: Base, table: str, code: str, wanted: Sequence[Value]) -> list[Change]:
    """Changes that make a column hold what is wanted, the column itself included where it is absent.

    Args:
        base: The base as it stands.
        table: The table's code.
        code: The field code.
        wanted: A canonical value a row.
    """
    found = base.table(table)
    if found is None:
        return []
    address = _addresses(base, table)
    stands, raw = base.values(table, code), found.cells(code)
    return absent_columns(base, table, (code,)) + [
        _change(base, table, code, address(position), raw[position], stands[position], value)
        for position, value in enumerate(wanted)
        if _differs(raw[position], stands[position], value) and writable(found, position, code)
    ]


def row_changes(base: Base, table: str, wanted: Mapping[int, Mapping[str, Value]]) -> list[Change]:
    """Changes that make some rows hold what is wanted.

    Args:
        base: The base as it stands.
        table: The table's code.
        wanted: Canonical values by field code, by position; an absent column must be appended in the same write.
    """
    found = base.table(table)
    if found is None or not wanted:
        return []
    address = _addresses(base, table)
    changes = []
    for position, cells in wanted.items():
        for code, value in cells.items():
            raw, stands = found.cells(code)[position], base.values(table, code)[position]
            if _differs(raw, stands, value) and writable(found, position, code):
                changes.append(_change(base, table, code, address(position), raw, stands, value))
    return changes


def new_row(base: Base, table: str, wanted: Mapping[str, Value], appended: Iterable[str] = ()) -> Change:
    """A row to be added, in the columns that the table has or is about to get.

    Args:
        base: The base as it stands.
        table: The table's code.
        wanted: The canonical values by field code.
        appended: Columns that are appended in the same write.
    """
    found = base.table(table)
    columns = {*(found.columns if found is not None else ()), *appended}
    cells = {code: as_cell(base, table, code, value) for code, value in wanted.items() if code in columns}
    id = wanted.get(key_of(table))
    return Change(table, str(id) if id is not None else None, None, None, cells)


def as_cell(base: Base, table: str, code: str, value: Value) -> Value:
    """A canonical value as the book shows it: enumerations by their label in the book's language."""
    enumeration = field_of(table, code).enumeration
    if not enumeration or not isinstance(value, str):
        return value
    return base.vocabulary.enumerations[enumeration].label_of(value).get(base.lang)


def shown_name(base: Base, table: str, position: int) -> str:
    """What to write where a record is referred to: a name that is its alone, else its id."""
    name = base.name(table, position)
    if base.names(table).get(fold(name)) == (position,):
        return name
    return str(base.values(table, key_of(table))[position] or name)


def link_text(base: Base, company: int, cell: str) -> str | None:
    """What the hidden company link says beside a cell: the id and the name last seen; None without an id of its own.

    An id that stands twice is the first row's: a link with it would lead the others' records astray once the double
    is put right. A cell that holds an id keeps resolving by itself; beside it stands the name that the company has now.
    """
    id = base.values("companies", "company_id")[company]
    if id is None or base.ids("companies").get(str(id)) != company:
        return None
    name = base.values("companies", "name")[company] if cell == id else cell
    return f"{id} {name or ''}".rstrip()


def linked_tables(base: Base) -> list[str]:
    """The book's tables whose rows keep a hidden link to their company."""
    return [table.name for table in base.book if "company_link" in fields(SCHEMA[table.name])]


def _change(
    base: Base, table: str, code: str, address: tuple[str | None, int | None], raw: Cell, stands: Value, value: Value
) -> Change:
    id, row = address
    return Change(table, id, code, _before(raw, stands), as_cell(base, table, code, value), row)


def _before(raw: Cell, stands: Value) -> Value:
    """What stood in a cell: a text as typed, anything else as it was understood."""
    if is_blank(raw):
        return None
    return raw if isinstance(raw, str) else stands if stands is not None else str(raw)


def _differs(raw: Cell, stands: Value, wanted: Value) -> bool:
    """Whether a cell must change: it means something else, or it means nothing and should be blank."""
    if stands is None or wanted is None:
        return wanted is not None or not is_blank(raw)
    if isinstance(stands, int | Decimal) and isinstance(wanted, int | Decimal):
        return f"{float(stands):.{DIGITS}g}" != f"{float(wanted):.{DIGITS}g}"
    return stands != wanted


def _addresses(base: Base, table: str) -> Callable[[int], tuple[str | None, int | None]]:
    """Gives each row's id, and its number where the id is blank, odd or not its alone."""
    key = key_of(table)
    found = base.book.by_name[table]
    times = Counter(cell.strip() if isinstance(cell, str) else cell for cell in found.cells(key))
    ids = base.values(table, key)
    seen = base.table(table) or found

    def address(position: int) -> tuple[str | None, int | None]:
        id = ids[position]
        if not isinstance(id, str):
            return None, seen.numbers[position]
        return id, None if times[id] == 1 else seen.numbers[position]

    return address
