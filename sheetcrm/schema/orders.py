"""What deals amount to: amounts, payments, orders and which of them are settled."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sheetcrm.schema.base import Base
from sheetcrm.table import Value

CENT = Decimal("0.01")
ZERO = Decimal(0)


class Order(NamedTuple):
    """Rows of one order: the deals of one company that share an order_no, or a single deal.

    Attributes:
        company: The company's position, -1 where unknown.
        deals: The positions of its rows.
        settled: Whether every row that isn't lost is settled.
        day: The latest delivery day of its rows; the day of the purchase.
        amount: The sum of its rows; lost ones are left out unless all are.
    """

    company: int
    deals: tuple[int, ...]
    settled: bool
    day: date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class DealFacts:
    """What each deal amounts to, a value a row of Deals.

    Attributes:
        company: Positions of the companies, -1 where unknown.
        manager: Positions of the managers who answer, -1 for nobody.
        order: The number of each deal's order among `orders`.
        amount: Typed, or quantity × price; None where neither is known.
        price: Typed, or the product's.
        unit: Typed, or the product's.
        paid: What was paid, as allotted to the row.
        settled: Whether delivered and paid in full; by the typed stage where Payments is off.
        lost: Whether the typed stage is lost.
        inherited: contact, terms, invoice_no, invoice_date and pay_due, filled from the order's other rows.
    """

    company: list[int]
    manager: list[int]
    order: list[int]
    amount: list[Decimal | None]
    price: list[Value]
    unit: list[Value]
    paid: list[Decimal]
    settled: list[bool]
    lost: list[bool]
    inherited: dict[str, list[Value]]
    orders: list[Order]

    def open(self, position: int) -> bool:
        """Whether the deal is neither settled nor lost."""
        return not self.settled[position] and not self.lost[position]

    def owed(self, position: int) -> Decimal:
        """What is still to be paid of a deal's amount."""
        return max((self.amount[position] or ZERO) - self.paid[position], ZERO)


SHARED = ("contact", "terms", "invoice_no", "invoice_date", "pay_due")
"""What a row of an order inherits from its other rows when it is blank."""


def deal_facts(base: Base, today: date) -> DealFacts:
    """Amounts, payments and settlement of every deal, as of `today`."""
    company = base.links("deals", "company").target
    order, groups = _orders(base, company)
    several = [rows for rows in groups if len(rows) > 1]
    price, unit = _from_product(base, "price"), _from_product(base, "unit")
    amount = _amounts(base, price)
    days = [day if isinstance(day, date) else None for day in base.values("deals", "delivered_on")]
    delivered = [day is not None and day <= today for day in days]
    stages = base.values("deals", "stage")
    lost = [stage == "lost" for stage in stages]
    if base.has("payments"):
        paid = _paid(base, today, groups, amount, lost)
        for rows in several:
            _even_out(rows, amount, paid, _kept(rows, lost))
        settled = [
            done and a is not None and not gone and p >= a - CENT
            for done, a, p, gone in zip(delivered, amount, paid, lost, strict=True)
        ]
    else:
        settled = [done and stage == "settled" for done, stage in zip(delivered, stages, strict=True)]
        paid = [(a or ZERO) if done else ZERO for a, done in zip(amount, settled, strict=True)]
    orders = [
        Order(company[rows[0]], (rows[0],), settled[rows[0]], days[rows[0]], amount[rows[0]] or ZERO)
        if len(rows) == 1
        else _joint_order(rows, company, settled, lost, days, amount)
        for rows in groups
    ]
    inherited = {code: _inherit(base.values("deals", code), several) for code in SHARED}
    return DealFacts(
        company, base.managers("deals"), order, amount, price, unit, paid, settled, lost, inherited, orders
    )


def _orders(base: Base, company: list[int]) -> tuple[list[int], list[list[int]]]:
    """Each deal's order number, and each order's deals."""
    numbers = base.values("deals", "order_no")
    seen: dict[tuple[int, Value], int] = {}
    order: list[int] = []
    groups: list[list[int]] = []
    for position, number in enumerate(numbers):
        found = seen.get((company[position], number)) if number is not None else None
        if found is None:
            found = len(groups)
            groups.append([])
            if number is not None:
                seen[company[position], number] = found
        groups[found].append(position)
        order.append(found)
    return order, groups


def _from_product(base: Base, code: str) -> list[Value]:
    own = base.values("deals", code)
    if not base.has("products"):
        return own
    of_product = base.values("products", code)
    products = base.links("deals", "product").target
    return [
        value if value is not None or product < 0 else of_product[product]
        for value, product in zip(own, products, strict=True)
    ]


def _amounts(base: Base, price: list[Value]) -> list[Decimal | None]:
    typed = base.values("deals", "amount")
    quantity = base.values("deals", "need_qty")
    return [
        a if isinstance(a, Decimal) else q * p if isinstance(q, Decimal) and isinstance(p, Decimal) else None
        for a, q, p in zip(typed, quantity, price, strict=True)
    ]


def _paid(
    base: Base, today: date, groups: list[list[int]], amount: list[Decimal | None], lost: list[bool]
) -> list[Decimal]:
    """Payments allotted to deals: to the deal they name, else to the rows of the order they name, in turn."""
    paid = [ZERO] * base.size("deals")
    pools: dict[int, Decimal] = defaultdict(Decimal)
    days, sums = base.values("payments", "date"), base.values("payments", "amount")
    deals, orders = base.links("payments", "deal").target, _orders_named(base, groups)
    for deal, order, day, sum_ in zip(deals, orders, days, sums, strict=True):
        if not isinstance(sum_, Decimal) or (isinstance(day, date) and day > today):
            continue
        if deal >= 0:
            paid[deal] += sum_
        elif order is not None:
            pools[order] += sum_
    for found, pool in pools.items():
        _allot(pool, _kept(groups[found], lost), amount, paid)
    return paid


def _orders_named(base: Base, groups: list[list[int]]) -> list[int | None]:
    """The order that each payment names by its number: its payer's; else the only one that bears the number."""
    if not base.present("payments", "order_no"):
        return [None] * base.size("payments")
    company, numbers = base.links("deals", "company").target, base.values("deals", "order_no")
    of_payer: dict[tuple[int, Value], int] = {}
    bearing: dict[Value, list[int]] = defaultdict(list)
    for order, deals in enumerate(groups):
        number = numbers[deals[0]]
        if number is not None:
            of_payer[company[deals[0]], number] = order
            bearing[number].append(order)
    only = {number: orders[0] for number, orders in bearing.items() if len(orders) == 1}
    payers = base.links("payments", "company").target
    return [
        of_payer.get((payer, number), only.get(number))
        for payer, number in zip(payers, base.values("payments", "order_no"), strict=True)
    ]


def _allot(pool: Decimal, deals: list[int], amount: list[Decimal | None], paid: list[Decimal]) -> None:
    """Pay the rows of an order in turn; what is left over stays on the last."""
    for deal in deals:
        part = min(pool, max((amount[deal] or ZERO) - paid[deal], ZERO)) if pool > 0 else ZERO
        paid[deal] += part
        pool -= part
    paid[deals[-1]] += pool


def _even_out(deals: list[int], amount: list[Decimal | None], paid: list[Decimal], kept: list[int]) -> None:
    """Money paid over one row of an order pays the others, those that were not lost."""
    over = ZERO
    for deal in deals:
        extra = paid[deal] - (amount[deal] or ZERO)
        if extra > 0:
            over += extra
            paid[deal] -= extra
    if over:
        _allot(over, kept, amount, paid)


def _kept(deals: list[int], lost: list[bool]) -> list[int]:
    """The rows of an order that were not lost; all of them where each was."""
    return [deal for deal in deals if not lost[deal]] or deals


def _joint_order(
    deals: list[int],
    company: list[int],
    settled: list[bool],
    lost: list[bool],
    days: list[date | None],
    amount: list[Decimal | None],
) -> Order:
    """An order of several rows; lost ones count only where there are no others."""
    kept = _kept(deals, lost)
    return Order(
        company[deals[0]],
        tuple(deals),
        all(settled[deal] for deal in kept),
        max((day for deal in kept if (day := days[deal]) is not None), default=None),
        sum((amount[deal] or ZERO for deal in kept), ZERO),
    )


def _inherit(values: list[Value], groups: list[list[int]]) -> list[Value]:
    """The values, blanks filled from another row of the same order."""
    if not groups:
        return values
    filled = list(values)
    for deals in groups:
        known = next((values[deal] for deal in deals if values[deal] is not None), None)
        for deal in deals:
            if filled[deal] is None:
                filled[deal] = known
    return filled
