"""What a demo firm is made of: the template's goods and habits, and the people and places of its language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sheetcrm.fresh.template import parsed
from sheetcrm.text import Lang


class Good(NamedTuple):
    """Something that the firm sells.

    Attributes:
        group: Its product group.
        name: What it is called.
        unit: In what it is counted.
        price: The list price of one unit, in the firm's currency.
        quantity: The least and the most that anybody buys at once.
        period_days: How long a purchase lasts, None where it is bought once.
    """

    group: str
    name: str
    unit: str
    price: Decimal
    quantity: tuple[int, int]
    period_days: int | None


@dataclass(frozen=True)
class Recipe:
    """How the firm trades.

    Attributes:
        goods: What it sells.
        terms: On what terms it delivers.
        period: The least and the most days between a client's purchases.
        season: Demand in each month relative to the average.
        lines: How many goods an order has; each as likely as it is often.
        lead_days: The least and the most days from the need to the delivery.
        decision_days: The least and the most days from the need to the order.
        advance: The share that is paid in advance, 0–1.
        payment_days: The terms of payment in contracts.
        cost: The least and the most that goods cost the firm, as a share of the amount.
        sale_types: The types of its sales, by code.
        calls: How many activities an order takes.
        credit: Credit limits, in thousands.
    """

    goods: tuple[Good, ...]
    terms: tuple[str, ...]
    period: tuple[int, int]
    season: tuple[float, ...]
    lines: tuple[int, ...]
    lead_days: tuple[int, int]
    decision_days: tuple[int, int]
    advance: float
    payment_days: tuple[int, ...]
    cost: tuple[float, float]
    sale_types: tuple[str, ...]
    calls: int
    credit: tuple[int, ...]


class City(NamedTuple):
    """Where clients live, and how phones, postcodes and tax numbers begin there."""

    name: str
    territory: str
    code: str
    postcode: str
    tax: str


class Seller(NamedTuple):
    """One of the firm's managers."""

    name: str
    role: str
    territory: str
    strengths: str
    mail: str


class Firm(NamedTuple):
    """A client-to-be."""

    name: str
    industry: str
    domain: str
    city: str


@dataclass(frozen=True)
class World:
    """Where the firm lives.

    Attributes:
        settings: The settings that go with the country, as typed.
        managers: The firm's managers, the head first.
        cities: By name.
        firms: The clients-to-be.
        people: First names, surnames, positions, by what they are.
        words: What people write into notes and summaries, by the occasion.
        spelling: How addresses, phones, contracts and legal names are written.
        is_russian: Whether people have patronymics and firms an INN.
    """

    settings: Mapping[str, str]
    managers: tuple[Seller, ...]
    cities: Mapping[str, City]
    firms: tuple[Firm, ...]
    people: Mapping[str, Sequence[str]]
    words: Mapping[str, Sequence[str]]
    spelling: Mapping[str, str]
    is_russian: bool


def recipe(raw: Mapping[str, Any], lang: Lang) -> Recipe:
    """The recipe in a template's table `demo`, in one language."""
    plain: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in raw.items()
        if name not in ("goods", "terms")
    }
    return Recipe(goods=tuple(_good(one, lang) for one in raw["goods"]), terms=tuple(raw["terms"][lang]), **plain)


def _good(raw: Mapping[str, Any], lang: Lang) -> Good:
    return Good(
        group=raw["group"][lang],
        name=raw["name"][lang],
        unit=raw["unit"][lang],
        price=Decimal(str(raw["price"][lang])),
        quantity=(raw["quantity"][0], raw["quantity"][1]),
        period_days=raw.get("period_days"),
    )


def world(lang: Lang) -> World:
    """The people and places of a language."""
    raw = parsed(f"_demo_{lang}")
    rows = raw["clients"]["rows"].strip().splitlines()
    return World(
        settings=raw["settings"],
        managers=tuple(Seller(**one) for one in raw["managers"]),
        cities={one["name"]: City(**one) for one in raw["cities"]},
        firms=tuple(Firm(*(part.strip() for part in row.split("|"))) for row in rows),
        people=raw["people"],
        words=raw["words"],
        spelling={name: value for name, value in raw.items() if isinstance(value, str)},
        is_russian=raw["is_russian"],
    )
