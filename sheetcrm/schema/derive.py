"""The columns that `update` writes: what follows from the records, and the hidden links to companies."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from sheetcrm.schema.base import Base
from sheetcrm.schema.computed import COMPUTED
from sheetcrm.schema.edits import column_changes, link_text, linked_tables, shown_name, writable
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.orders import CENT
from sheetcrm.schema.record import fields
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.table import Change, Value

_DAY = Decimal(1)
_ROUNDED = {"period_days": _DAY, "debt": CENT, "ltv": CENT, "paid": CENT}


def derive(facts: Facts) -> list[Change]:
    """Everything derived that doesn't stand in the book yet; nothing on a second run.

    Only columns that are ours, marked ▦ or headed by their bare code, are written; absent ones are appended. A cell
    that holds a formula is left to whoever wrote it.

    Args:
        facts: The facts of the base as it stands, its ids given already.
    """
    changes = [change for table in linked_tables(facts.base) for change in _links(facts.base, table)]
    for table, code in _refreshed():
        changes += column_changes(facts.base, table, code, _values(facts, table, code))
    return changes + _set_once(facts)


def _refreshed() -> Iterator[tuple[str, str]]:
    """The derived columns that are computed anew each time."""
    for table, record in SCHEMA.items():
        for code, info in fields(record).items():
            if info.col.derived and (table, code) in COMPUTED:
                yield table, code


def _values(facts: Facts, table: str, code: str) -> list[Value]:
    step = _ROUNDED.get(code)
    values = COMPUTED[table, code](facts)
    if step is None:
        return list(values)
    return [value.quantize(step, ROUND_HALF_UP) if isinstance(value, Decimal) else value for value in values]


def _set_once(facts: Facts) -> list[Change]:
    """The day a company was entered, and the company that a contact worked for at the time of an activity."""
    base = facts.base
    created: list[Value] = [day if day is not None else facts.today for day in base.values("companies", "created_on")]
    names = base.values("companies", "name")
    at_time = [
        then if then is not None or company < 0 else names[company]
        for then, company in zip(
            base.values("activities", "company_at_time"), base.links("activities", "company").target, strict=True
        )
    ]
    return _only_blank(base, "companies", "created_on", created) + _only_blank(
        base, "activities", "company_at_time", at_time
    )


def _only_blank(base: Base, table: str, code: str, wanted: list[Value]) -> list[Change]:
    """The changes of a column that leave alone whatever stands in it, readable or not."""
    return [c for c in column_changes(base, table, code, wanted) if c.old is None]


def _is_named(base: Base, company: int) -> bool:
    """Whether the company has a name to go by: one that was cleared, or a row that was copied, renames nothing."""
    index = base.index("companies")
    return index.titles[company] is not None and index.keys[company] not in index.doubled


def _links(base: Base, table: str) -> list[Change]:
    """The hidden company links, and the names of companies that were renamed since.

    A link is written where the cell names a company. Where it names none, because it was cleared or a name was typed
    that nobody bears, the cell wins and the link stays as it is: it does nothing until somebody types the former
    name again, and then it still knows whom that meant.
    """
    links, found = base.links(table, "company"), base.table(table)
    names = list(base.values(table, "company"))
    renamed = [p for p in links.renamed if found is not None and writable(found, p, "company")]
    renamed = [p for p in renamed if _is_named(base, links.target[p])]
    for position in renamed:
        names[position] = shown_name(base, "companies", links.target[position])
    stands = base.values(table, "company_link")
    texts: list[Value] = [
        link_text(base, company, str(name)) or old if company >= 0 else old
        for name, company, old in zip(names, links.target, stands, strict=True)
    ]
    rewritten = column_changes(base, table, "company", names) if renamed else []
    return rewritten + column_changes(base, table, "company_link", texts)
