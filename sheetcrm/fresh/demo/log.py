"""What the demo firm's managers did and are going to do: the rows of Activities and Tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sheetcrm.fresh.demo.calendar import between, days, hour, workday
from sheetcrm.fresh.demo.deals import Booked
from sheetcrm.fresh.demo.scene import BOUGHT, Cells, Client, Scene, refused_on


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened with a client.

    Attributes:
        at: When.
        client: With whom.
        type: How, by code.
        direction: `in` or `out`.
        result: What came of it, by code.
        occasion: What it was about; decides what is written down.
        next: When to get in touch again, None for nothing agreed.
        deal: The deal it is about, "" for none.
    """

    at: datetime
    client: Client
    type: str
    direction: str
    result: str
    occasion: str
    next: date | None = None
    deal: str = ""


def activity_rows(scene: Scene, clients: Sequence[Client], booked: Sequence[Booked]) -> list[Cells]:
    """The rows of Activities, from the first to the latest."""
    events = [event for client in clients for event in _with_client(scene, client)]
    events += [event for one in booked for event in _about_order(scene, one)]
    events.sort(key=lambda event: (event.at, event.client.id, event.deal))
    return [_row(scene, number, event) for number, event in enumerate(events, 1)]


def _row(scene: Scene, number: int, event: Event) -> Cells:
    return {
        "activity_id": f"A-{number:06d}",
        "at": event.at,
        "type": scene.label("activity_type", event.type),
        "direction": scene.label("direction", event.direction),
        "company": event.client.shown,
        "contact": event.client.people[0] if event.client.people else None,
        "manager": event.client.manager,
        "result": scene.label("activity_result", event.result),
        "summary": scene.some(event.occasion),
        "next_date": event.next,
        "deal": event.deal or None,
    }


def _event(scene: Scene, day: date, client: Client, occasion: str, result: str = "reached") -> Event:
    type_ = scene.rng.choice(("call", "call", "call", "mail", "mail", "message", "meeting"))
    direction = "in" if scene.chance(0.3) else "out"
    return Event(hour(scene.rng, workday(day)), client, type_, direction, result, occasion)


def _with_client(scene: Scene, client: Client) -> Iterator[Event]:
    """How a client was met, looked after, and perhaps lost."""
    yield _event(scene, max(client.met, workday(client.met)), client, "first")
    if client.stage == "lost":
        yield _event(scene, refused_on(scene, client), client, "lost", "refused")
    elif client.stage in ("lead", "prospect"):
        yield _next_agreed(scene, client)
    elif client.stage in BOUGHT:
        yield from _looked_after(scene, client)


def _next_agreed(scene: Scene, client: Client) -> Event:
    """A talk of the last weeks that ended with a date."""
    first = max(client.met, scene.today - days(40))
    event = _event(scene, between(scene.rng, first, scene.today - days(1)), client, "first")
    ahead = scene.today + days(scene.rng.randint(-3, 14))
    return Event(event.at, client, event.type, event.direction, "agreed", "first", max(workday(ahead), event.at.date()))


def _looked_after(scene: Scene, client: Client) -> Iterator[Event]:
    """A call every two months while the client buys, not always answered."""
    until = scene.today if client.stage != "dormant" else client.purchases[-1] + days(60)
    day = client.purchases[0] + days(scene.rng.randint(20, 60))
    while day <= until:
        missed = scene.chance(0.12)
        yield _event(scene, day, client, "missed" if missed else "care", "not_reached" if missed else "reached")
        day += days(scene.rng.randint(40, 80))


def _about_order(scene: Scene, booked: Booked) -> Iterator[Event]:
    """What was said about an order; of an open one, the latest ended with a date."""
    order = booked.order
    is_open = order.stage in ("need", "offer", "agreed", "invoiced")
    until = scene.today - days(1) if is_open else max(order.invoiced, order.need)
    occasion = "offer" if order.stage in ("need", "offer", "lost", "postponed") else "order"
    count = scene.recipe.calls if not is_open else max(scene.recipe.calls - 1, 0)
    for _ in range(count):
        event = _event(scene, between(scene.rng, order.need, min(until, scene.today)), order.client, occasion)
        yield Event(event.at, event.client, event.type, event.direction, "reached", occasion, deal=booked.deals[0])
    if is_open:
        event = _event(scene, between(scene.rng, max(order.need, scene.today - days(10)), until), order.client, "offer")
        ahead = max(workday(scene.today + days(scene.rng.randint(-2, 12))), event.at.date())
        yield Event(event.at, event.client, event.type, "out", "agreed", "offer", ahead, booked.deals[0])


# ── tasks that people set themselves ──


def task_rows(scene: Scene, clients: Sequence[Client]) -> list[Cells]:
    """The rows of Tasks: some done last week, most ahead."""
    active = [client for client in clients if client.stage in ("regular", "buyer", "sale", "prospect")]
    chosen = scene.rng.sample(active, 18)
    return [_task(scene, number, client) for number, client in enumerate(chosen, 1)]


def _task(scene: Scene, number: int, client: Client) -> Cells:
    is_done = number <= 5
    due = workday(scene.today + days(scene.rng.randint(-8, -1) if is_done else scene.rng.randint(-1, 16)))
    status = "done" if is_done else "in_work" if scene.chance(0.25) else "new"
    cells: Cells = {
        "task_id": f"T-{number:06d}",
        "title": scene.world.words["tasks"][number % len(scene.world.words["tasks"])],
        "company": client.shown,
        "manager": client.manager,
        "due": due,
        "priority": scene.rng.choice((1, 2, 2, 3, 3)),
        "status": scene.label("task_status", status),
        "contact": client.people[0],
        "function": scene.label("task_function", scene.rng.choice(("sell", "serve", "develop"))),
        "rule": "manual",
    }
    if is_done:
        cells |= {"done_on": due, "result": scene.some("done")}
    return cells
