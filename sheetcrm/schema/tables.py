"""All tables of a client base, and telling which of them a sheet is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from sheetcrm.schema.clients import Company, Contact, Need
from sheetcrm.schema.record import FieldInfo, Record, fields
from sheetcrm.schema.reference import Campaign, Manager, MarketRow, Member, PlanRow, Product, Territory
from sheetcrm.schema.system import (
    BaselineRow,
    ChangeRow,
    Employment,
    FirmRule,
    ListRow,
    Merged,
    Run,
    SettingRow,
    Snapshot,
    StageMove,
)
from sheetcrm.schema.words import fold
from sheetcrm.schema.work import Activity, Deal, Payment, Task
from sheetcrm.table import MARK, Cell, Column, Layout, Sheet, is_blank

SCHEMA: Mapping[str, type[Record]] = {
    record.info.name: record
    for record in (
        Company,
        Contact,
        Deal,
        Activity,
        Task,
        Manager,
        Need,
        Payment,
        Campaign,
        Member,
        Product,
        Territory,
        MarketRow,
        PlanRow,
        ListRow,
        SettingRow,
        FirmRule,
        BaselineRow,
        StageMove,
        ChangeRow,
        Employment,
        Merged,
        Snapshot,
        Run,
    )
}
"""Every record class by its table's code, in the order of the tabs."""

BY_ID = frozenset({"contacts", "deals"})
"""Tables whose records cells refer to by id, since people share names; a name is understood too."""

_HEADER_WITHIN = 30
"""A header stands in the first rows; title rows may stand above it."""


def field_of(table: str, code: str) -> FieldInfo:
    """One field of a table."""
    return fields(SCHEMA[table])[code]


def key_of(table: str) -> str:
    """The field code of a table's id column, "" where its rows have no id."""
    first = next(iter(fields(SCHEMA[table])))
    return first if SCHEMA[table].info.prefix else ""


@cache
def _titles() -> Mapping[str, str]:
    """Every folded title by which a table is known → its code; labels win over aliases."""
    titles: dict[str, str] = {}
    for name, record in SCHEMA.items():
        for title in (*record.info.label, name):
            titles.setdefault(fold(title), name)
    for name, record in SCHEMA.items():
        for title in record.info.aliases:
            titles.setdefault(fold(title), name)
    return titles


@cache
def _headers(table: str) -> Mapping[str, str]:
    """Every folded header of a table → field code; labels and codes win over aliases."""
    known = fields(SCHEMA[table])
    headers: dict[str, str] = {}
    for count in (3, None):
        for code, info in known.items():
            for header in info.headers[:count]:
                headers.setdefault(header, code)
    return headers


def code_of(table: str, header: str) -> str | None:
    """Which field of the table a header names; None for the user's own column.

    A derived column answers only to its marked header or to its bare code written exactly so.
    """
    code = _headers(table).get(fold(header))
    if code is None:
        return None
    info = field_of(table, code)
    if (info.col.derived or info.col.hidden) and MARK not in header and header.strip() != code:
        return None
    return code


def titled(title: str) -> str | None:
    """The table that a tab's title names, None where it names none."""
    return _titles().get(fold(title))


def _id_table(cells: Iterable[Cell]) -> str | None:
    """The table whose id column stands among these headers."""
    words = {fold(cell) for cell in cells if isinstance(cell, str)}
    for name in SCHEMA:
        if (key := key_of(name)) and words & set(field_of(name, key).headers):
            return name
    return None


def _header_row(table: str, rows: Sequence[Sequence[Cell]]) -> int | None:
    """The number (from 0) of the first row that names the table's columns."""
    scores = []
    for row in rows:
        named = [cell for cell in row if not is_blank(cell)]
        known = {code for cell in named if isinstance(cell, str) and (code := code_of(table, cell))}
        scores.append(len(known) if len(known) >= 2 or len(known) == len(named) else 0)
    best = max(scores, default=0)
    if not best:
        return None
    return next(i for i, score in enumerate(scores) if score * 2 >= best)


def recognise(sheet: Sheet) -> Layout | None:
    """Which table a sheet is, by its title or by the id column in its header; None where it is none of ours."""
    rows = sheet.rows[:_HEADER_WITHIN]
    table = titled(sheet.title) or next((found for row in rows if (found := _id_table(row))), None)
    if table is None:
        return None
    header = _header_row(table, rows)
    if header is None or not _is_whole(table, rows[header]):
        return None
    return layout_of(table, header + 1, rows[header])


def _is_whole(table: str, headers: Sequence[Cell]) -> bool:
    """Whether the header is as we wrote it, where rows are added unasked: a tab called Runs may be anybody's."""
    return table != "runs" or fields(SCHEMA[table]).keys() <= {code_of(table, str(cell)) for cell in headers}


def layout_of(table: str, header_row: int, headers: Sequence[Cell]) -> Layout:
    """The layout that a header row gives.

    Args:
        table: The table's code.
        header_row: The row's number, from 1.
        headers: Its cells, from column A.
    """
    columns: list[Column] = []
    doubles: list[Column] = []
    seen: set[str] = set()
    for index, cell in enumerate(headers):
        if is_blank(cell):
            continue
        header = str(cell).strip()
        code = code_of(table, header)
        if code is not None and code in seen:
            doubles.append(Column(index, header, code))
            continue
        if code is not None:
            seen.add(code)
        columns.append(Column(index, header, code))
    return Layout(table, header_row, tuple(columns), tuple(doubles))
