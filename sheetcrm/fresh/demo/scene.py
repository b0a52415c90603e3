"""What every part of the demo firm is made with, and who its clients are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sheetcrm.fresh.demo.calendar import workday
from sheetcrm.fresh.demo.recipe import Firm, Recipe, World
from sheetcrm.schema.settings import Settings
from sheetcrm.schema.words import Enumeration
from sheetcrm.table import Value
from sheetcrm.text import Lang

Cells = dict[str, Value]
"""A row of a tab by field code; defects are put into it later."""

_LOOKS_BACK = 548
"""Days: eighteen months."""


@dataclass(frozen=True)
class Scene:
    """What every part of the demo firm is made with.

    Attributes:
        rng: The source of chance; the same seed makes the same firm.
        world: People and places.
        recipe: Goods and habits.
        lang: The language of the book.
        enumerations: Its lists.
        settings: The firm's settings.
        today: The day on which the firm looks back.
    """

    rng: Random
    world: World
    recipe: Recipe
    lang: Lang
    enumerations: Mapping[str, Enumeration]
    settings: Settings
    today: date

    @property
    def begin(self) -> date:
        """The day on which the base began."""
        return self.today - timedelta(days=_LOOKS_BACK)

    def label(self, enumeration: str, code: str) -> str:
        """How the book writes a value of a list."""
        return self.enumerations[enumeration].label_of(code).get(self.lang)

    def some(self, occasion: str) -> str:
        """Something that people write on that occasion."""
        return self.rng.choice(self.world.words[occasion])

    def chance(self, share: float) -> bool:
        """True in that share of cases, 0–1."""
        return self.rng.random() < share


@dataclass(frozen=True, slots=True)
class Client:
    """A client and what its trade depends on.

    Attributes:
        id: Of its company.
        firm: Who it is.
        shown: What cells of other tabs call it.
        stage: Its stage, by code.
        size: How much it buys: 0 the least, 1 the most.
        manager: Who answers for it.
        met: The day on which the base learnt of it.
        people: The ids of its contacts, the main one first.
        has_contract: Whether terms are agreed for good.
        payment_days: The terms of payment in its contract.
        purchases: The days on which it was delivered what it then paid for.
    """

    id: str
    firm: Firm
    shown: str
    stage: str
    size: float
    manager: str
    met: date
    people: tuple[str, ...]
    has_contract: bool
    payment_days: int
    purchases: tuple[date, ...]


BOUGHT = ("regular", "buyer", "dormant")
"""The stages of clients that bought."""


def refused_on(scene: Scene, client: Client) -> date:
    """The day on which a lost client refused: halfway between the last that happened with it and today."""
    last = max(client.met, *client.purchases, client.met)
    return workday(last + (scene.today - last) / 2)
