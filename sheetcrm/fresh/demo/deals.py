"""The rows of Deals and Payments that the demo firm's orders come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetcrm.fresh.demo.scene import Cells, Scene
from sheetcrm.fresh.demo.trade import Line, Order
from sheetcrm.schema.orders import SHARED

_FIRST_NUMBER = 1041


@dataclass(frozen=True, slots=True)
class Booked:
    """An order with the numbers it was given.

    Attributes:
        order: The order.
        number: Its order number, "" where it has none.
        deals: The ids of its rows.
    """

    order: Order
    number: str
    deals: tuple[str, ...]


def book_in(scene: Scene, orders: Sequence[Order]) -> list[Booked]:
    """Give every order its number and every row its id; a single row may do without a number."""
    booked: list[Booked] = []
    rows = 0
    for number, order in enumerate(orders, _FIRST_NUMBER):
        ids = tuple(f"D-{rows + 1 + i:06d}" for i in range(len(order.lines)))
        has_number = len(ids) > 1 or (order.reached("agreed") and scene.chance(0.85))
        booked.append(Booked(order, f"{number}" if has_number else "", ids))
        rows += len(ids)
    return booked


def deal_rows(scene: Scene, booked: Sequence[Booked]) -> list[Cells]:
    """The rows of Deals."""
    return [row for one in booked for row in _rows(scene, one)]


def _rows(scene: Scene, booked: Booked) -> list[Cells]:
    order = booked.order
    shared = _shared(scene, booked)
    rows = [
        {"deal_id": id, **shared, **_line(scene, order, line)}
        for id, line in zip(booked.deals, order.lines, strict=True)
    ]
    if len(rows) > 1 and scene.chance(0.5):
        # As people do: what the order's first row says is not typed again.
        for row in rows[1:]:
            row.update(dict.fromkeys(SHARED))
    return rows


def _shared(scene: Scene, booked: Booked) -> Cells:
    """What all rows of an order have in common."""
    order = booked.order
    cells: Cells = {
        "company": order.client.shown,
        "stage": scene.label("deal_stage", order.stage),
        "manager": order.client.manager,
        "order_no": booked.number or None,
        "need_date": order.need,
        "due_date": order.due,
    }
    if order.reached("offer") or order.stage == "lost":
        cells |= {"contact": order.client.people[0], "expected_close": order.close}
    if order.reached("agreed"):
        cells["terms"] = scene.rng.choice(scene.recipe.terms)
    if order.reached("invoiced"):
        cells |= {"invoice_no": _invoice_no(booked), "invoice_date": order.invoiced, "pay_due": order.pay_due}
    if order.reached("delivered"):
        cells["delivered_on"] = order.delivered
    return cells | _remarks(scene, order)


def _invoice_no(booked: Booked) -> str:
    return booked.number or booked.deals[0].removeprefix("D-").lstrip("0")


def _remarks(scene: Scene, order: Order) -> Cells:
    """What is known only now and then."""
    cells: Cells = {}
    if order.stage == "lost":
        cells["lost_reason"] = scene.label("lost_reason", order.lost_reason)
    if order.stage == "offer" and scene.chance(0.5):
        cells["objection"] = scene.label("objection", scene.rng.choice(("comparing", "no_money", "later")))
    if order.stage in ("offer", "lost") and scene.chance(0.5):
        cells["competitor"] = scene.some("suppliers")
    if order.stage == "settled" and scene.chance(0.3):
        cells["satisfaction"] = scene.rng.choice((6, 7, 8, 8, 9, 9, 9, 10, 10))
    return cells


def _line(scene: Scene, order: Order, line: Line) -> Cells:
    cells: Cells = {"product": line.good.name, "need_qty": line.quantity, "unit": line.good.unit}
    if order.reached("offer") or order.stage == "lost":
        cells |= {"price": line.price, "amount": line.amount, "cost": line.cost}
    if order.reached("delivered"):
        cells["delivered_qty"] = line.quantity
    return cells


def payment_rows(scene: Scene, booked: Sequence[Booked]) -> list[Cells]:
    """The rows of Payments, in the order in which the money came."""
    paid = [(day, amount, one) for one in booked for day, amount in one.order.payments]
    paid.sort(key=lambda payment: (payment[0], payment[2].deals))
    source = scene.label("payment_source", "bank")
    return [
        {
            "payment_id": f"PAY-{number:06d}",
            "company": one.order.client.shown,
            "deal": None if one.number else one.deals[0],
            "order_no": one.number or None,
            "date": day,
            "amount": amount,
            "doc_no": f"{200 + number}",
            "source": source,
        }
        for number, (day, amount, one) in enumerate(paid, 1)
    ]
