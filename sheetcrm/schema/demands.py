"""Which demands of the gates each company and each deal meets, a set of their names a row.

Rows with the same cells filled share one set, so that what the gates say of it is found once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import compress
from operator import or_

from sheetcrm.schema.base import Base
from sheetcrm.schema.gates import COMPANY_GATES, D1, DEAL_GATES, G1, G2, G3, G4, G5, Lack, as_asked, lack
from sheetcrm.schema.orders import ZERO, DealFacts
from sheetcrm.table import Value

Met = frozenset[str]
NOTHING: Met = frozenset()

AWAY = frozenset({"left", "merged", "erased"})
"""The statuses of contacts who are no longer there; a blank one is there."""

_PERSON = frozenset(demand.name for demand in G2.demands if demand.columns[0][0] == "contacts")
_PURCHASE = frozenset(demand.name for demand in G4.demands if demand.columns[0][0] == "deals")


@cache
def company_lacks_at(stage: str, met: Met, strict_phone: bool = False) -> tuple[Lack, ...]:
    """What the gates of a stage still ask of a company that meets these demands."""
    gates = (as_asked(gate, strict_phone) for gate in COMPANY_GATES[stage])
    return tuple(found for gate in gates if (found := lack(gate, met)) is not None)


@cache
def deal_lacks_at(stage: str, met: Met) -> tuple[Lack, ...]:
    """What the gates of a stage still ask of a deal that meets these demands."""
    return tuple(found for gate in DEAL_GATES[stage] if (found := lack(gate, met)) is not None)


@cache
def is_needed(met: Met) -> bool:
    """Whether a deal that meets these demands passes D1."""
    return lack(D1, met) is None


@cache
def highest_stage(met: Met) -> str | None:
    """The highest stage that the demands support, buyers not yet told from dormant ones; None below the first."""
    if lack(G1, met):
        return None
    if lack(G2, met):
        return "lead"
    if not lack(G4, met):
        return "buyer" if lack(G5, met) else "regular"
    return "prospect" if lack(G3, met) else "sale"


def _filled(values: Iterable[object]) -> list[bool]:
    return [value is not None for value in values]


def _either(*columns: Sequence[bool]) -> list[bool]:
    """Row by row whether any of the flags is set."""
    found = list(columns[0])
    for column in columns[1:]:
        found = list(map(or_, found, column))
    return found


class _Memo(dict[tuple[bool, ...], Met]):
    """Flags of a row → the names of those that are set, found once."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)

    def __missing__(self, flags: tuple[bool, ...]) -> Met:
        self[flags] = found = frozenset(compress(self._names, flags))
        return found


def shared(flags: Mapping[str, Sequence[bool]]) -> list[Met]:
    """For each row the names of its flags that are set."""
    return list(map(_Memo(flags).__getitem__, zip(*flags.values(), strict=True)))


def best_by_company(
    size: int, companies: Iterable[int], sets: Sequence[Met], wanted: Met, first: str = ""
) -> list[Met]:
    """Each company's fullest set.

    Args:
        size: How many companies there are.
        companies: The company of each set; -1 for a set that does not count.
        sets: What each row fills.
        wanted: What counts before the rest.
        first: What counts before all.
    """
    rank = {one: (first in one, len(one & wanted), len(one)) for one in set(sets)}
    rank[NOTHING] = (False, 0, 0)
    best = [NOTHING] * size
    for company, one in zip(companies, sets, strict=True):
        if company >= 0 and best[company] is not one and rank[one] > rank[best[company]]:
            best[company] = one
    return best


def company_demands(base: Base, deals: DealFacts, working: frozenset[int], orders: Mapping[int, int]) -> list[Met]:
    """The demands of G1…G5 that each company meets.

    Args:
        base: The base.
        deals: What each deal amounts to.
        working: Companies with an open deal that passes D1.
        orders: Settled orders by company.
    """
    size, settings = base.size("companies"), base.settings
    filled = {
        code: _filled(base.values("companies", code))
        for code in ("name", "address", "city", "phone", "email", "messenger", "inn", "contract_no", "contract_date")
    }
    before = [number if isinstance(number, int) else 0 for number in base.values("companies", "purchases_before")]
    channels = [filled["phone"]] if settings.strict_phone else [filled["phone"], filled["email"], filled["messenger"]]
    known, people = _people(base, size)
    own = shared(
        {
            "name": filled["name"],
            "who": _either(filled["name"], known),
            "address": filled["address"],
            "place": _either(filled["address"], filled["city"]),
            "channel": _either(*channels),
            "inn": filled["inn"] if settings.inn_required else [True] * size,
            "contract_no": filled["contract_no"],
            "contract_date": filled["contract_date"],
            **{c: _filled(base.values("companies", c)) for c in ("payment_days", "lost_reason", "lost_on")},
            "open_deal": [company in working for company in range(size)],
            "orders": [orders.get(c, 0) + before[c] >= settings.regular_min_deals for c in range(size)],
            "bought_before": [number >= 1 for number in before],
        }
    )
    return _joined(own, people, _purchases(base, deals, size))


def _joined(*columns: Sequence[Met]) -> list[Met]:
    """Row by row all sets as one; a purchase before the base stands for a whole one."""
    rows = list(zip(*columns, strict=True))
    meaning = {}
    for row in set(rows):
        met = frozenset().union(*row)
        meaning[row] = met | _PURCHASE if "bought_before" in met else met
    return list(map(meaning.__getitem__, rows))


def _people(base: Base, size: int) -> tuple[list[bool], list[Met]]:
    """Whether anybody's name is known at each company, and what its best-known active contact fills."""
    companies, status = base.links("contacts", "company").target, base.values("contacts", "status")
    phone, mobile, email, name, position, role = (
        _filled(base.values("contacts", code)) for code in ("phone", "mobile", "email", "full_name", "position", "role")
    )
    known = [False] * size
    for company, named, state in zip(companies, name, status, strict=True):
        if named and company >= 0 and state not in ("merged", "erased"):
            known[company] = True
    sets = shared({"person": name, "position": position, "person_channel": _either(phone, mobile, email), "role": role})
    active = [company if state not in AWAY else -1 for company, state in zip(companies, status, strict=True)]
    return known, best_by_company(size, active, sets, _PERSON)


def _purchases(base: Base, deals: DealFacts, size: int) -> list[Met]:
    """Which demands of a purchase the best deal of each company meets."""
    sets = shared(
        {
            "delivered_qty": [_is_positive(quantity) for quantity in base.values("deals", "delivered_qty")],
            "delivered_on": _filled(base.values("deals", "delivered_on")),
            "terms": _filled(deals.inherited["terms"]),
            "settled": deals.settled,
        }
    )
    return best_by_company(size, deals.company, sets, _PURCHASE, "settled")


def _is_positive(quantity: Value) -> bool:
    return isinstance(quantity, Decimal) and quantity > ZERO


def deal_demands(base: Base, deals: DealFacts) -> list[Met]:
    """The demands of D1…D5 that each deal meets."""
    typed = _filled(base.values("deals", "amount"))
    codes = ("product", "need_date", "due_date", "expected_close", "delivered_qty", "delivered_on", "lost_reason")
    return shared(
        {
            "company": [company >= 0 for company in deals.company],
            "manager": [manager >= 0 for manager in deals.manager],
            "quantity": _either(_filled(base.values("deals", "need_qty")), typed),
            "unit": _either(_filled(deals.unit), typed),
            "price": _filled(deals.price),
            "amount": _filled(deals.amount),
            **{code: _filled(values) for code, values in deals.inherited.items()},
            **{code: _filled(base.values("deals", code)) for code in codes},
        }
    )
