"""On which days a client of the demo firm bought: each has a rhythm of its own, and some have fallen silent."""

from __future__ import annotations

from datetime import date

from sheetcrm.fresh.demo.calendar import days, workday
from sheetcrm.fresh.demo.scene import Scene

_LATE = 0.25
"""The share of active clients that are late, but not yet silent."""

_LEAVES = 30
"""Days that the first purchase leaves for getting to know the client."""


def purchase_days(scene: Scene, stage: str) -> tuple[date, ...]:
    """The days of a client's purchases in order, none for a client that never bought.

    Args:
        scene: What the firm is made with.
        stage: The client's stage, by code.
    """
    least, most = _how_many(scene, stage)
    own = scene.rng.uniform(*scene.recipe.period)
    day = scene.today - days(_silence(scene, stage, own))
    begin = scene.begin + days(scene.recipe.lead_days[1] + _LEAVES)
    came = begin + days(scene.rng.randint(0, 180))
    found: list[date] = []
    while len(found) < most and (day >= came or (len(found) < least and day >= begin)):
        found.append(workday(day))
        day -= days(own * scene.rng.uniform(0.75, 1.25) / scene.recipe.season[day.month - 1])
    return tuple(reversed(found))


def _how_many(scene: Scene, stage: str) -> tuple[int, int]:
    """The least and the most purchases of a client at that stage."""
    match stage:
        case "regular":
            return scene.settings.regular_min_deals, 99
        case "buyer":
            return 1, scene.rng.choice((1, 1, 2))
        case "dormant":
            return 1, scene.rng.randint(1, 6)
        case "lost":
            return 0, scene.rng.choice((0, 0, 1))
        case _:
            return 0, 0


def _silence(scene: Scene, stage: str, own: float) -> float:
    """Days since the last purchase.

    Args:
        scene: What the firm is made with.
        stage: The client's stage, by code.
        own: The client's own period.
    """
    usual = sum(scene.recipe.period) / 2
    if stage == "dormant":
        return min(usual * scene.rng.uniform(2.5, 6.0), 420)
    if stage == "lost":
        return usual * 2.5
    if scene.chance(_LATE):
        return usual * scene.rng.uniform(1.15, 1.6)
    return own * scene.rng.uniform(0.05, 0.85)
