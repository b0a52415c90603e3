"""The open deals: the stage each counts in, what it is worth, and how long it has stood still."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sheetcrm.reports.report import Question
from sheetcrm.schema.computed import deal_stages, probability
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.orders import CENT, ZERO
from sheetcrm.text import Label, Message, msg, nmsg

OPEN_STAGES = ("need", "offer", "agreed", "invoiced", "delivered", "postponed")
"""The stages of open deals, in the order of the work."""

_STEPS = ("need_date", "invoice_date", "delivered_on")
"""What has happened to a deal on a known day; due dates are intentions, not steps."""


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """A deal that is neither settled nor lost.

    Attributes:
        deal: Its position.
        company: The company's position, -1 where unknown.
        manager: Who answers, -1 for nobody.
        stage: The stage in which it counts on the day asked about.
        amount: What it is worth, None where unknown.
        probability: Typed, or the stage's default; 0–1.
        expected_close: The day it should close.
    """

    deal: int
    company: int
    manager: int
    stage: str
    amount: Decimal | None
    probability: Decimal
    expected_close: date | None

    @property
    def weighted(self) -> Decimal:
        """Amount × probability."""
        return (self.amount or ZERO) * self.probability

    def slipped(self, today: date) -> bool:
        """Whether it should have closed before today."""
        return self.expected_close is not None and self.expected_close < today


def open_deals(question: Question) -> list[OpenDeal]:
    """The open deals that count, in sheet order."""
    facts = question.facts
    base, deals = facts.base, facts.deals
    stages = deal_stages(facts)
    chances = probability(facts)
    closes = base.values("deals", "expected_close")
    found = []
    for deal, company in enumerate(deals.company):
        if not deals.open(deal) or not question.deal(deal):
            continue
        close, chance = closes[deal], chances[deal]
        found.append(
            OpenDeal(
                deal,
                company,
                deals.manager[deal],
                stages[deal],
                deals.amount[deal],
                chance / 100 if isinstance(chance, Decimal) else ZERO,
                close if isinstance(close, date) else None,
            )
        )
    return found


def weighted(deals: Iterable[OpenDeal]) -> Decimal:
    """Σ amount × probability, in whole cents."""
    return sum((deal.weighted for deal in deals), ZERO).quantize(CENT)


def stage_label(facts: Facts, stage: str) -> Label:
    """A deal stage as the firm calls it."""
    return facts.base.vocabulary.enumerations["deal_stage"].label_of(stage)


def notes(facts: Facts, deals: Sequence[OpenDeal]) -> Iterator[Message]:
    """What a reader of the open deals must know about their amounts and stages."""
    typed = facts.base.values("deals", "amount")
    counted = sum(deal.amount is not None and typed[deal.deal] is None for deal in deals)
    if counted:
        yield nmsg(
            "{n} deal has a blank amount; it counts as need quantity × price, the product's where the deal has none.",
            "{n} deals have a blank amount; they count as need quantity × price, "
            "the product's where the deal has none.",
            counted,
            n=counted,
        )
    if facts.base.until is not None:
        yield msg(
            "Typed stages are those of today; only what was delivered after {day} counts as agreed or invoiced.",
            day=facts.today,
        )


def last_moves(facts: Facts) -> Mapping[str, date]:
    """The day each deal came to its present stage, by the deal's id, as the stage log tells."""
    base = facts.base
    rows = zip(base.values("stage_log", "id"), base.values("stage_log", "at"), strict=True)
    moves: dict[str, date] = {}
    for id, at in rows:
        if isinstance(id, str) and isinstance(at, datetime) and at.date() <= facts.today:
            moves[id] = max(moves.get(id, date.min), at.date())
    return moves


def last_steps(facts: Facts) -> list[date | None]:
    """The last day each deal is known to have moved: by the stage log, else its last dated step."""
    base, today = facts.base, facts.today
    moves = last_moves(facts)
    columns = [base.values("deals", code) for code in _STEPS]
    found: list[date | None] = []
    for id, *steps in zip(base.values("deals", "deal_id"), *columns, strict=True):
        past = [step for step in steps if isinstance(step, date) and step <= today]
        found.append(moves.get(str(id)) or max(past, default=None))
    return found
