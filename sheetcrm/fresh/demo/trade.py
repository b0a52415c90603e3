"""What the demo firm's clients need and order, and how far each order has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sheetcrm.fresh.demo.calendar import between, days, workday
from sheetcrm.fresh.demo.recipe import Good
from sheetcrm.fresh.demo.scene import Client, Scene, refused_on
from sheetcrm.schema.orders import CENT

STEPS = ("need", "offer", "agreed", "invoiced", "delivered", "settled")
"""The stages of a deal that goes well, in order."""


@dataclass(frozen=True, slots=True)
class Line:
    """One good of an order: how much, at what price, and what it costs the firm."""

    good: Good
    quantity: int
    price: Decimal
    cost: Decimal

    @property
    def amount(self) -> Decimal:
        """Quantity × price."""
        return (self.quantity * self.price).quantize(CENT)


@dataclass(frozen=True, slots=True)
class Order:
    """One order, from the need on; later days mean nothing before its stage has come.

    Attributes:
        client: Whose it is.
        stage: How far it came: one of `STEPS`, `lost` or `postponed`.
        lines: What is ordered.
        need: The day on which the need was found.
        due: The day by which it is to be delivered.
        close: The day on which it is expected to be won.
        invoiced: The day of the invoice.
        pay_due: The day by which it is to be paid.
        delivered: The day of the delivery.
        payments: When how much was paid.
        lost_reason: Why it was lost, by code.
    """

    client: Client
    stage: str
    lines: tuple[Line, ...]
    need: date
    due: date
    close: date
    invoiced: date
    pay_due: date
    delivered: date
    payments: tuple[tuple[date, Decimal], ...] = ()
    lost_reason: str = ""

    def reached(self, step: str) -> bool:
        """Whether the order came as far as that step."""
        return self.stage in STEPS and STEPS.index(self.stage) >= STEPS.index(step)


def orders(scene: Scene, clients: Sequence[Client]) -> list[Order]:
    """All orders of all clients, in the order in which their needs were found."""
    past = [_bought(scene, client, day) for client in clients for day in client.purchases]
    found = [*past, *_open(scene, clients), *_owed(scene, clients), *_given_up(scene, clients)]
    return sorted(found, key=lambda order: (order.need, order.client.id))


# ── goods ──


def _lines(scene: Scene, client: Client, month: int) -> tuple[Line, ...]:
    count = min(scene.rng.choice(scene.recipe.lines), len(scene.recipe.goods))
    goods = scene.rng.sample(scene.recipe.goods, count)
    return tuple(_line(scene, client, good, month) for good in sorted(goods, key=scene.recipe.goods.index))


def _line(scene: Scene, client: Client, good: Good, month: int) -> Line:
    least, most = good.quantity
    wanted = least + (most - least) * client.size * scene.rng.uniform(0.6, 1.2) * scene.recipe.season[month - 1]
    quantity = _rounded(max(least, wanted))
    # The more somebody buys, the less they pay.
    price = (good.price * Decimal(str(round(1.04 - 0.12 * client.size, 2)))).quantize(CENT)
    cost = Decimal(str(round(scene.rng.uniform(*scene.recipe.cost), 3)))
    return Line(good, quantity, price, (quantity * price * cost).quantize(CENT))


def _rounded(quantity: float) -> int:
    """A quantity as people order it: two digits that count."""
    whole = round(quantity)
    return max(round(whole, 2 - len(str(whole))), 1)


# ── orders ──


def _bought(scene: Scene, client: Client, day: date) -> Order:
    """An order that was delivered on that day, and has been paid since."""
    order = _order(scene, client, "settled", day, need=day - days(scene.rng.randint(*scene.recipe.lead_days)))
    late = scene.rng.choice((-4, -2, -1, 0, 0, 0, 1, 3, 8))
    rest_on = min(max(order.pay_due + days(late), order.invoiced), scene.today)
    return _paid(order, scene.recipe.advance, rest_on)


def _order(scene: Scene, client: Client, stage: str, day: date, need: date) -> Order:
    """An order that is delivered on that day, its other days fitting in between."""
    invoiced = between(scene.rng, need, day)
    terms = client.payment_days if client.has_contract else min(scene.recipe.payment_days)
    return Order(
        client,
        stage,
        _lines(scene, client, day.month),
        need,
        due=day + days(scene.rng.choice((0, 0, 0, 1, 2))),
        close=min(need + days(scene.rng.randint(*scene.recipe.decision_days)), day),
        invoiced=invoiced,
        pay_due=max(invoiced, day) + days(terms),
        delivered=day,
    )


def _paid(order: Order, advance: float, rest_on: date) -> Order:
    """The order with its payments: an advance with the invoice, where that is the custom, and the rest."""
    total = sum((line.amount for line in order.lines), Decimal(0))
    first = (total * Decimal(str(advance))).quantize(CENT)
    parts = ((order.invoiced, first), (rest_on, total - first))
    return replace(order, payments=tuple((day, part) for day, part in parts if part))


# ── what is open ──

_PIPELINE = ("need", "offer", "offer", "agreed", "invoiced")


def _open(scene: Scene, clients: Sequence[Client]) -> Iterator[Order]:
    """Deals that are on their way: those of clients that are being won, and new ones of those that bought."""
    winning = [client for client in clients if client.stage == "sale"]
    bought = [client for client in clients if client.stage in ("regular", "buyer")]
    more = scene.rng.sample(bought, 14)
    for number, client in enumerate([*winning, *scene.rng.sample(winning, 3), *more]):
        yield _under_way(scene, client, _PIPELINE[number % len(_PIPELINE)])
    for client in scene.rng.sample(bought, 3):
        yield replace(_under_way(scene, client, "need"), stage="postponed")


def _under_way(scene: Scene, client: Client, stage: str) -> Order:
    """An open deal: the further it is, the longer ago its need was found; some slip."""
    earliest = max(client.met, scene.today - days(12 + 9 * STEPS.index(stage)))
    need = between(scene.rng, earliest, scene.today - days(2))
    day = scene.today + days(scene.rng.randint(4, 12 + scene.recipe.lead_days[1]))
    order = _order(scene, client, stage, day, need)
    invoiced = between(scene.rng, need, scene.today - days(1))
    close = scene.today + days(scene.rng.randint(-9, -2) if scene.chance(0.25) else scene.rng.randint(3, 45))
    pay_due = invoiced + days(scene.rng.randint(5, 20))
    order = replace(order, close=max(close, need), invoiced=invoiced, pay_due=pay_due)
    late = stage == "invoiced" and scene.chance(0.4)
    return replace(order, due=max(scene.today - days(scene.rng.randint(1, 6)), need)) if late else order


def _owed(scene: Scene, clients: Sequence[Client]) -> Iterator[Order]:
    """Deliveries that are not paid yet, or only in part; some are overdue."""
    regular = [client for client in clients if client.stage == "regular"]
    for number, client in enumerate(scene.rng.sample(regular, 10)):
        day = workday(scene.today - days(scene.rng.randint(35, 75) if number % 4 == 0 else scene.rng.randint(2, 14)))
        need = max(day - days(scene.rng.randint(*scene.recipe.lead_days)), client.met)
        order = _order(scene, client, "delivered", day, need)
        order = replace(order, close=order.pay_due)
        yield _paid_in_part(order, scene.today) if number % 3 == 0 else order


def _paid_in_part(order: Order, today: date) -> Order:
    """Something was paid, but not even the first row in full."""
    part = (order.lines[0].amount * Decimal("0.6")).quantize(Decimal(1))
    return replace(order, payments=((min(order.delivered + days(1), today), part),))


def _given_up(scene: Scene, clients: Sequence[Client]) -> Iterator[Order]:
    """Deals that were lost: one with each lost client, and some with others."""
    lost = [client for client in clients if client.stage == "lost"]
    others = scene.rng.sample([client for client in clients if client.stage in ("regular", "dormant", "sale")], 11)
    for client in [*lost, *others]:
        last = refused_on(scene, client) if client in lost else scene.today - days(20)
        need = between(scene.rng, client.met, max(client.met, last - days(5)))
        order = _order(scene, client, "lost", need + days(scene.recipe.lead_days[1]), need)
        yield replace(order, lost_reason=scene.rng.choice(("price", "competitor", "no_budget", "terms", "no_answer")))
