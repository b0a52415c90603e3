"""The open deals as cards, a column a stage (R19)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import zip_longest

from sheetcrm.reports.labels import UNKNOWN, money
from sheetcrm.reports.open_deals import OPEN_STAGES, OpenDeal, last_moves, last_steps, notes, open_deals, stage_label
from sheetcrm.reports.report import Entry, Figure, Question, Report, ReportCell, ReportColumn, ReportRow
from sheetcrm.schema.computed import currency
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.gates import describe
from sheetcrm.schema.orders import ZERO
from sheetcrm.tab import Look
from sheetcrm.table import Value
from sheetcrm.text import Label, Message, msg, nmsg

USES = (
    ("deals", "stage"),
    ("deals", "amount"),
    ("deals", "expected_close"),
    ("deals", "due_date"),
    ("deals", "pay_due"),
    ("deals", "need_date"),
)
WIDTH = 34


@dataclass(frozen=True, slots=True)
class Card:
    """An open deal as its card shows it.

    Attributes:
        deal: The deal.
        company: What the company is called, "" where it is unknown.
        currency: Of its amount.
        days: Days since it came to its stage, or since its last dated step; None where nothing tells.
        late: Days since the oldest of its dates that passed: closing, delivery or payment; 0 where none did.
        missing: What its stage still needs.
    """

    deal: OpenDeal
    company: str
    currency: str
    days: int | None
    late: int
    missing: Sequence[Message]


def deal_board(question: Question) -> Report:
    """Where every open deal stands, a column a stage and a card a deal, the greatest on top.

    A card tells the company, the amount, how many days the deal has stood in the stage, and what the stage still
    needs; its first line leads to the deal's row. It is red when a date has passed: the expected close, the delivery
    date of what is not delivered, or the payment date of what is not paid. The row under the header sums up each
    stage.

    A deal stands in its typed stage; one typed as delivered or settled that was delivered after the day asked about
    stands in that which its dates support, invoiced or agreed. A blank amount counts as need quantity × price: the
    deal's own, else, where the tab Products is on, the product's.

    Days in the stage are counted from the deal's last move in the log of transitions; where the log has none, from its
    last dated step: need found, invoice or delivery.

    Columns: a deal stage each (`need`, `offer`, `agreed`, `invoiced`, `delivered`, `postponed`); a card is two
    cells, one below the other.

    Source:
        Requirements S-70, S-75; what is missing follows the gates D1…D5.
    """
    deals = open_deals(question)
    if not deals:
        return BOARD.nothing(question, msg("There is no open deal: each one is settled or lost."))
    cards = by_stage(question.facts, deals)
    columns = tuple(
        ReportColumn(stage, stage_label(question.facts, stage), width=WIDTH, wrap=True) for stage in OPEN_STAGES
    )
    late = sum(card.late > 0 for stage in cards for card in stage)
    return replace(
        BOARD.empty(question, _reading(len(deals), late)),
        columns=columns,
        rows=(ReportRow([_summary(stage) for stage in cards], look=Look.SUBTOTAL), *_rows(cards)),
        footer=(*_footer(question.facts, deals), *notes(question.facts, deals)),
        uses=USES,
        figures=_figures(cards, late),
        freeze=0,
    )


BOARD = Entry("R19", "board", Label("Deal board", "Доска сделок"), deal_board)


def by_stage(facts: Facts, deals: Sequence[OpenDeal]) -> list[list[Card]]:
    """The cards of each open stage, the greatest amount first."""
    steps, codes = last_steps(facts), currency(facts)
    cards = [_card(facts, deal, steps[deal.deal], codes[deal.deal]) for deal in deals]
    return [
        sorted(
            (card for card in cards if card.deal.stage == stage),
            key=lambda card: (-(card.deal.amount or ZERO), card.deal.deal),
        )
        for stage in OPEN_STAGES
    ]


def _card(facts: Facts, deal: OpenDeal, step: date | None, currency: str) -> Card:
    base = facts.base
    return Card(
        deal,
        "" if deal.company < 0 else base.name("companies", deal.company),
        currency,
        None if step is None else (facts.today - step).days,
        days_late(facts, deal),
        describe(facts.deal_lacks(deal.deal), "deals"),
    )


def days_late(facts: Facts, deal: OpenDeal) -> int:
    """Days since the oldest date that passed: the close, the delivery while undelivered, the payment while unpaid."""
    base, today, at = facts.base, facts.today, deal.deal
    delivered = base.values("deals", "delivered_on")[at]
    dates: list[Value] = [deal.expected_close]
    if not isinstance(delivered, date) or delivered > today:
        dates.append(base.values("deals", "due_date")[at])
    if facts.deals.owed(at) > 0:
        dates.append(facts.deals.inherited["pay_due"][at])
    return max(((today - day).days for day in dates if isinstance(day, date) and day < today), default=0)


def _rows(cards: Sequence[Sequence[Card]]) -> Iterator[ReportRow]:
    """Two lines a card: whose it is, which leads to the deal, and how it stands."""
    for row in zip_longest(*cards):
        yield ReportRow([None if card is None else _head(card) for card in row], look=Look.CARD)
        yield ReportRow([None if card is None else _body(card) for card in row], look=Look.CARD)


def _head(card: Card) -> ReportCell:
    return ReportCell(card.company or UNKNOWN, _look(card), ("deals", card.deal.deal))


def _body(card: Card) -> ReportCell:
    facts = [_amount(card), *_days(card)]
    if not card.missing:
        return ReportCell(msg("{facts}", facts=facts), _look(card))
    return ReportCell(msg("{facts}\nmissing: {missing}", facts=facts, missing=card.missing), _look(card))


def _look(card: Card) -> Look:
    return Look.BAD if card.late else Look.CARD


def _amount(card: Card) -> Message:
    if card.deal.amount is None:
        return msg("no amount")
    return msg("{amount} {currency}", amount=money(card.deal.amount), currency=card.currency)


def _days(card: Card) -> Iterator[Message]:
    if card.days is not None:
        yield nmsg("{n} day in the stage", "{n} days in the stage", card.days, n=card.days)
    if card.late:
        yield nmsg("late by {n} day", "late by {n} days", card.late, n=card.late)


def amount_of(cards: Sequence[Card]) -> Decimal | None:
    """What the cards are worth together; None where they are in several currencies."""
    if len({card.currency for card in cards}) > 1:
        return None
    return sum((card.deal.amount or ZERO for card in cards), ZERO)


def _summary(cards: Sequence[Card]) -> Figure:
    amount = amount_of(cards)
    if not cards:
        return msg("no deals")
    if amount is None:
        return nmsg("{n} deal", "{n} deals", len(cards), n=len(cards))
    return nmsg(
        "{n} deal, {amount} {currency}",
        "{n} deals, {amount} {currency}",
        len(cards),
        n=len(cards),
        amount=money(amount),
        currency=cards[0].currency,
    )


def _reading(deals: int, late: int) -> Message:
    return nmsg(
        "{n} open deal by stage, the greatest on top; {late} red: a date has passed.",
        "{n} open deals by stage, the greatest on top; {late} red: a date has passed.",
        deals,
        n=deals,
        late=late,
    )


def _footer(facts: Facts, deals: Sequence[OpenDeal]) -> Iterator[Message]:
    moves, ids = last_moves(facts), facts.base.values("deals", "deal_id")
    logged = sum(str(ids[deal.deal]) in moves for deal in deals)
    if logged:
        yield nmsg(
            "Days in the stage: {n} deal by the log of transitions, "
            "the others since their last dated step (need found, invoice, delivery).",
            "Days in the stage: {n} deals by the log of transitions, "
            "the others since their last dated step (need found, invoice, delivery).",
            logged,
            n=logged,
        )
    else:
        yield msg(
            "Days in the stage are counted from the deal's last dated step (need found, invoice, delivery): "
            "the base keeps no log of transitions yet."
        )
    yield msg(
        "Red: the expected close has passed, or the delivery date of what is not delivered, "
        "or the payment date of what is not paid."
    )


def _figures(cards: Sequence[Sequence[Card]], late: int) -> dict[str, Value | float]:
    found: dict[str, Value | float] = {"deals": sum(map(len, cards)), "late": late}
    for stage, of_stage in zip(OPEN_STAGES, cards, strict=True):
        found |= {f"{stage}_deals": len(of_stage), f"{stage}_amount": amount_of(of_stage)}
    return found
