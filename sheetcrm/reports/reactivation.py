"""Who has fallen silent and is worth a call (R09)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sheetcrm.reports.labels import DAYS, TOTAL, client_cell, days, percent
from sheetcrm.reports.measures import Measure, columns_of, measure, row_with, rows_of
from sheetcrm.reports.report import Entry, Figure, Question, Report
from sheetcrm.reports.silence import Silent, queue_size, silent_clients
from sheetcrm.reports.sold import currencies
from sheetcrm.schema.callees import Callees
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.orders import ZERO
from sheetcrm.schema.purchases import Period, SecondPurchaseRate
from sheetcrm.tab import Format, Look
from sheetcrm.table import Value
from sheetcrm.text import Label, Message, msg, nmsg

USES = (
    ("deals", "delivered_on"),
    ("deals", "amount"),
    ("companies", "stage"),
    ("companies", "last_purchase_before"),
    ("companies", "manager"),
    ("contacts", "phone"),
)
ENOUGH = 0.67
"""The second-purchase rate of a healthy business (S-124)."""


def reactivation_queue(question: Question) -> Report:
    """Which clients have not bought for more than twice the average purchase period, the most valuable first.

    P is the firm's average number of days between a client's purchases, by the estimator that the settings name. A
    client stands in the queue from the day after 2P (strict). Companies that refused and that are not our clients are
    left out.

    Columns: company; class_now (by the last 12 months) and class_life (by everything it ever bought); last_purchase;
    silent (days since); period (P, days); over (days beyond 2P); purchases; past_revenue (the 12 months up to the last
    purchase); life_revenue; last_contact; manager; contact and phone (the main one who works there, else the
    company's own number).

    Footer: P by the three estimators and the queue each would give; the second-purchase rate R21 (clients with two
    purchases or more ÷ clients with one or more; project sales left out) naive, matured (first purchase older than 2P)
    and as the flow of the last 12 months, healthy from 67 % on.

    Source:
        Requirements S-124, S-125 (R21), S-134, S-135 (2P, strict), S-136, S-137 (classes).
    """
    facts = question.facts
    if facts.period.days is None and not any(day is not None for day in facts.last_purchase):
        return REACTIVATION.empty(question, msg("Nobody has bought yet, so nobody can have stopped."))
    if facts.period.days is None:
        return REACTIVATION.empty(
            question,
            msg(
                "No client has bought twice, so the usual time between purchases is unknown; "
                "type a number of days as p_estimator in Settings."
            ),
        )
    queue = silent_clients(question)
    money = currencies(facts, (deal for deal, settled in enumerate(facts.deals.settled) if settled))
    measures = list(_measures(facts, Callees(facts), money))
    return replace(
        _report(question, queue),
        columns=columns_of(measures),
        rows=rows_of(measures, queue),
        totals=(row_with(measures, _total(queue), Look.TOTAL),) if queue else (),
        footer=tuple(_footer(question, queue, money)),
        uses=USES,
        figures=figures(question, queue),
    )


REACTIVATION = Entry("R09", "reactivation", Label("Reactivation queue", "Очередь реактивации"), reactivation_queue)


def _measures(facts: Facts, callees: Callees, money: list[str]) -> Iterator[Measure[Silent]]:
    base, managers = facts.base, facts.base.managers("companies")
    yield measure("company", "Company", "Компания", lambda one: client_cell(base, one.company), width=30)
    yield measure("class_now", "Class now", "Класс сейчас", lambda one: facts.abcd[one.company], width=8)
    yield measure("class_life", "Class, all purchases", "Класс по всем покупкам", lambda one: one.life_class, width=10)
    yield measure("last_purchase", "Last purchase", "Последняя покупка", lambda one: one.last, Format.DATE)
    yield measure("silent", "Silent", "Молчит", lambda one: one.silent, Format.INTEGER, unit=DAYS)
    yield measure("period", "P", "P", lambda one: round(one.period, 2), Format.QUANTITY, unit=DAYS)
    yield measure("over", "Beyond 2P", "Сверх 2P", lambda one: round(one.over, 2), Format.QUANTITY, unit=DAYS)
    yield measure("purchases", "Purchases", "Покупок", lambda one: one.purchases, Format.INTEGER)
    if len(money) == 1:
        yield measure(
            "past_revenue",
            "Revenue, 12 months to the last purchase",
            "Выручка за 12 мес. до последней покупки",
            lambda one: one.year,
            Format.MONEY,
            unit=money[0],
        )
        yield measure(
            "life_revenue", "Revenue in all", "Выручка всего", lambda one: one.life, Format.MONEY, unit=money[0]
        )
    yield measure(
        "last_contact", "Last contact", "Последний контакт", lambda one: facts.last_contact[one.company], Format.DATE
    )
    yield measure("manager", "Manager", "Ответственный", lambda one: base.manager_name(managers[one.company]), width=18)
    yield measure("contact", "Contact", "Контактное лицо", lambda one: callees.name(callees.of(one.company)), width=26)
    yield measure(
        "phone",
        "Phone",
        "Телефон",
        lambda one: callees.phone(callees.of(one.company), one.company),
        width=20,
    )


def _total(queue: Sequence[Silent]) -> dict[str, Figure]:
    return {
        "company": TOTAL,
        "purchases": sum(one.purchases for one in queue),
        "past_revenue": sum((one.year for one in queue), ZERO),
        "life_revenue": sum((one.life for one in queue), ZERO),
    }


def _report(question: Question, queue: Sequence[Silent]) -> Report:
    reading = _reading(queue, question.facts.period)
    return REACTIVATION.empty(question, reading) if queue else REACTIVATION.nothing(question, reading)


def _reading(queue: Sequence[Silent], period: Period) -> Message:
    return nmsg(
        "{n} client has not bought for more than two periods P of {days} days: call from the top.",
        "{n} clients have not bought for more than two periods P of {days} days: call from the top.",
        len(queue),
        n=len(queue),
        days=days(period.days or 0),
    )


def _footer(question: Question, queue: Sequence[Silent], money: list[str]) -> Iterator[Message]:
    facts = question.facts
    yield msg(
        "P is the firm's average number of days between a client's purchases; "
        "a client stands here from the day after 2P. Refused and not our clients are left out."
    )
    yield from _estimators(question)
    yield from _second_purchases(facts.second_purchase_rate)
    opening = sum(not facts.purchases_of(one.company).days for one in queue)
    if opening:
        yield nmsg(
            "{n} client stands here by its opening balance alone: it bought before the base was kept.",
            "{n} clients stand here by their opening balance alone: they bought before the base was kept.",
            opening,
            n=opening,
        )
    if len(money) > 1:
        yield msg("Amounts are left out: the deals are in several currencies ({currencies}).", currencies=money)


def _estimators(question: Question) -> Iterator[Message]:
    period = question.facts.period
    for name, number in (
        (Label("all gaps together (pooled_mean)", "все промежутки вместе (pooled_mean)"), period.pooled_mean),
        (Label("the middle gap (median)", "медиана промежутков (median)"), period.median),
        (Label("each client alike (client_mean)", "все клиенты наравне (client_mean)"), period.client_mean),
    ):
        if number is not None:
            yield msg(
                "P by {estimator}: {days} days, {n} in the queue.",
                estimator=name,
                days=days(number),
                n=queue_size(question, number),
            )


def _second_purchases(rate: SecondPurchaseRate) -> Iterator[Message]:
    if rate.naive is not None:
        yield msg(
            "Second purchases, R21: {second} of {first} clients came back, {share} %; {verdict}.",
            second=rate.second,
            first=rate.first,
            share=percent(rate.naive),
            verdict=verdict(rate.naive),
        )
    if rate.matured is not None:
        yield msg(
            "R21 of clients whose first purchase is older than 2P: {second} of {first}, {share} %; {verdict}.",
            second=rate.matured_second,
            first=rate.matured_first,
            share=percent(rate.matured),
            verdict=verdict(rate.matured),
        )
    if rate.flow is not None:
        yield msg(
            "R21 of the last 12 months: second purchases {second}, first ones {first}, {share} %; {verdict}.",
            second=rate.period_second,
            first=rate.period_first,
            share=percent(rate.flow),
            verdict=verdict(rate.flow),
        )


def verdict(rate: float) -> Message:
    """Whether enough clients come back: 66.9 % is red, 67.0 % green."""
    return msg("green, 67 % or more") if rate >= ENOUGH else msg("red, less than 67 %")


def figures(question: Question, queue: Sequence[Silent]) -> dict[str, Value | float]:
    """P and the queue by every estimator, and R21 three ways, by name."""
    period, rate = question.facts.period, question.facts.second_purchase_rate
    return {
        "queue": len(queue),
        "p": period.days,
        "p_pooled_mean": period.pooled_mean,
        "p_median": period.median,
        "p_client_mean": period.client_mean,
        "queue_pooled_mean": queue_size(question, period.pooled_mean),
        "queue_median": queue_size(question, period.median),
        "queue_client_mean": queue_size(question, period.client_mean),
        "r21_naive": rate.naive,
        "r21_matured": rate.matured,
        "r21_period": rate.flow,
        "r21_first": rate.first,
        "r21_second": rate.second,
    }
