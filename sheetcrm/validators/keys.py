"""K: ids. Every row has one, of its table's form, and no two rows share one."""

from __future__ import annotations

from collections.abc import Iterator

from sheetcrm.findings import Place
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.tables import SCHEMA, field_of, key_of
from sheetcrm.table import is_blank
from sheetcrm.text import msg
from sheetcrm.validators.rule import Fault, judged, rule


def _keyed(facts: Facts) -> Iterator[tuple[str, str]]:
    """The judged tables that have an id column, each with its field code."""
    return ((table, key) for table in judged(facts.base) if (key := key_of(table)) and facts.base.present(table, key))


@rule("K001", "blank-id", msg("A row has no id yet"), warning=True, by_column=True)
def blank_id(facts: Facts) -> Iterator[Fault]:
    """A row has no id, or its tab has no column for ids.

    Why it matters:
        Only by its id is a row known again after sorting, and when others refer to it.

    Broken (Companies!E2):
        Companies
        Name  | Stage       | Phone            | Address  | Company ID
        Aurum | Information | +7 912 345-67-89 | Lenina 1 |

    Sound:
        Companies
        Name  | Stage       | Phone            | Address  | Company ID
        Aurum | Information | +7 912 345-67-89 | Lenina 1 | C-000001

    What to do:
        `sheetcrm update BOOK` gives ids to all rows that have none. Do not invent ids by hand.
    """
    hint = msg("`sheetcrm update` gives it one")
    for table in judged(facts.base):
        key, rows = key_of(table), facts.base.table(table)
        if not key or rows is None or not len(rows):
            continue
        if key not in rows.columns:
            text = msg("the tab has no column “{column}”", column=field_of(table, key).label)
            hint_init = msg("`sheetcrm init` adds what is missing; or name your own column so")
            yield Fault(table, None, key, text, hint_init, Place(table, rows.title, field=key))
            continue
        for position, value in (
            enumerate(facts.base.values(table, key)) if None in facts.base.values(table, key) else ()
        ):
            if value is None and is_blank(rows.cells(key)[position]):
                yield Fault(table, position, key, msg("the row has no id yet"), hint)


@rule("K002", "id-twice", msg("Two rows have the same id"))
def id_twice(facts: Facts) -> Iterator[Fault]:
    """An id stands in more than one row of its table; each row but the first is named.

    Why it matters:
        Whatever refers to the id means the first row, and the other is taken for it. It comes from copying a row.

    Broken (Companies!A3):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1
        C-000001   | Berg  | Information | +7 912 345-67-80 | Lenina 2

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1
        C-000002   | Berg  | Information | +7 912 345-67-80 | Lenina 2

    What to do:
        If the rows are one record, keep one of them. If not, clear the id of the newer row; `sheetcrm update` gives it
        a new one.
    """
    hint = msg("if they are two records, clear the id of the newer one: `sheetcrm update` gives it another")
    for table, key in _keyed(facts):
        ids, values = facts.base.ids(table), facts.base.values(table, key)
        if len(ids) in (len(values), len(values) - values.count(None)):
            continue
        for position, value in enumerate(values):
            if isinstance(value, str) and ids[value] != position:
                first = facts.base.place(table, ids[value], key)
                yield Fault(
                    table, position, key, msg("the id {id} stands in {cell} too", id=value, cell=first.cell), hint
                )


@rule("K003", "malformed-id", msg("An id is not an id"), by_column=True)
def malformed_id(facts: Facts) -> Iterator[Fault]:
    """An id is not a prefix, a hyphen and at least six digits.

    Why it matters:
        References to the id that stood there lead nowhere, and a made-up one may clash with one given later.

    Broken (Companies!A2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-17       | Aurum | Information | +7 912 345-67-89 | Lenina 1

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000017   | Aurum | Information | +7 912 345-67-89 | Lenina 1

    What to do:
        Restore the id from a backup, or clear the cell; `sheetcrm update` gives a new one.
    """
    for table, key in _keyed(facts):
        cells = facts.base.table(table)
        for position, problem in facts.base.converted(table, key).problems.items():
            typed = cells.cells(key)[position] if cells is not None else ""
            yield Fault(
                table, position, key, msg("“{value}” is {fault}", value=str(typed), fault=problem.message), problem.hint
            )


@rule("K004", "foreign-id", msg("An id belongs to another table"), by_column=True)
def foreign_id(facts: Facts) -> Iterator[Fault]:
    """An id has the prefix of another table.

    Why it matters:
        References tell tables apart by the prefix; this record can be taken for another.

    Broken (Companies!A2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        P-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

    What to do:
        Look whether the row was pasted into the wrong tab. If not, clear the id; `sheetcrm update` gives a new one.
    """
    hint = msg("if the row belongs here, clear the id: `sheetcrm update` gives it a new one")
    for table, key in _keyed(facts):
        prefix, faulty = SCHEMA[table].info.prefix, facts.base.converted(table, key).problems
        start = prefix + "-"
        ids = facts.base.ids(table)
        if "\n".join(["", *ids]).count("\n" + start) == len(ids):  # all of them at once
            continue
        for position, value in enumerate(facts.base.values(table, key)):
            if isinstance(value, str) and not value.startswith(start) and position not in faulty:
                text = msg("the id {id} is not one of this tab, whose ids begin with {prefix}", id=value, prefix=start)
                yield Fault(table, position, key, text, hint)


RULES = (blank_id, id_twice, malformed_id, foreign_id)
