"""On whom the sales hang (R12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sheetcrm.reports.labels import TOTAL, client_cell, money, percent
from sheetcrm.reports.measures import Measure, columns_of, measure, row_of, row_with
from sheetcrm.reports.report import Entry, Figure, Question, Report, ReportRow
from sheetcrm.reports.sold import between, by_company, currencies, life_revenue, mixed, revenue_12m, sales
from sheetcrm.reports.spread import Concentration, spread
from sheetcrm.schema.base import Base
from sheetcrm.schema.orders import ZERO
from sheetcrm.schema.purchases import abcd, year_before
from sheetcrm.tab import Chart, Format, Look
from sheetcrm.table import Value
from sheetcrm.text import Label, Message, msg, nmsg

USES = (
    ("deals", "company"),
    ("deals", "amount"),
    ("deals", "delivered_on"),
    ("companies", "revenue_before"),
)
LISTED = 500
"""How many clients are listed; the rest make one line."""

CHARTED = 10
CLASSES = "ABCD"
WARNINGS: Mapping[int, float] = {1: 0.20, 5: 0.50}
"""From which share on the first client, or the first five, are a risk (S-104)."""


@dataclass(frozen=True, slots=True)
class Client:
    """A client among the others.

    Attributes:
        company: Its position.
        rank: 1 for the greatest; equal revenues share the better rank.
        revenue: Of the last 12 months.
        share: Of all revenue, 0–1.
        cumulative: The share of it and of all above it.
        abcd: Its class.
        before: Its revenue of the 12 months before those.
    """

    company: int
    rank: int
    revenue: Decimal
    share: float
    cumulative: float
    abcd: str
    before: Decimal


@dataclass(frozen=True, slots=True)
class Spreads:
    """How revenue is spread now (the last 12 months), in the 12 months before those, and over the whole life."""

    now: Concentration
    earlier: Concentration
    life: Concentration


def concentration(question: Question) -> Report:
    """Which clients bring the revenue of the last 12 months, and how dangerous it is to depend on them.

    Columns: rank (equal revenues share the better one); company; revenue of (a year ago, as-of], the opening balance
    added while the base is younger than 12 months; share (0–1); cumulative share; class ABCD (A while the share before
    the client is under 80 %, B under 95 %, C the rest, D without revenue); before (the 12 months before those);
    manager. The first 500 clients are listed, the rest make one line.

    Footer: the share of the first 1, 3, 5 and 10 clients and HHI = Σ s² · 10⁴, now, a year before and over the whole
    life; a warning from 20 % for one client or 50 % for five; clients and revenue by class.

    Source:
        Requirements S-104, S-105, S-137; HHI after Hirschman (1964), 0–10 000.
    """
    facts = question.facts
    found = currencies(facts, (sale.deal for sale in sales(question) if sale.company >= 0))
    if len(found) > 1:
        return CONCENTRATION.empty(question, mixed(found))
    clients = ranked(question)
    if not clients:
        return CONCENTRATION.nothing(
            question, msg("No client has brought revenue in the last 12 months: no order was both delivered and paid.")
        )
    spreads = Spreads(
        spread(client.revenue for client in clients), spread(year_earlier(question).values()), _life(question)
    )
    measures = list(_measures(facts.base, found[0]))
    return replace(
        CONCENTRATION.empty(question, _reading(spreads.now)),
        columns=columns_of(measures),
        rows=(*_rows(measures, clients, spreads.now), *_rest(measures, clients[LISTED:])),
        totals=(_total(measures, spreads.now, clients),),
        footer=tuple(_footer(question, spreads, found[0])),
        uses=USES,
        figures=figures(question, spreads),
        chart=Chart("bar", "", 1, (2,), 0, min(CHARTED, len(clients)) - 1),
        freeze=2,
    )


CONCENTRATION = Entry("R12", "concentration", Label("Concentration of sales", "Концентрация продаж"), concentration)


def ranked(question: Question) -> list[Client]:
    """The clients with revenue in the last 12 months, the greatest first."""
    revenues, before, classes = revenue_12m(question), year_earlier(question), question.facts.abcd
    order = [company for company, one in enumerate(revenues) if one > 0 and question.company(company)]
    order.sort(key=lambda company: (-revenues[company], company))
    total, above, rank = sum((revenues[company] for company in order), ZERO), ZERO, 0
    clients: list[Client] = []
    for number, company in enumerate(order, 1):
        own = revenues[company]
        rank = number if not clients or own != clients[-1].revenue else rank
        above += own
        share, cumulative = float(own / total), float(above / total)
        clients.append(Client(company, rank, own, share, cumulative, classes[company], before.get(company, ZERO)))
    return clients


def year_earlier(question: Question) -> Mapping[int, Decimal]:
    """Revenue of the 12 months before the last 12, by company."""
    end = year_before(question.facts.today)
    return by_company(between(sales(question), year_before(end), end))


def _measures(base: Base, currency: str) -> Iterator[Measure[Client]]:
    managers = base.managers("companies")
    yield measure("rank", "No.", "№", lambda one: one.rank, Format.INTEGER, width=6)
    yield measure("company", "Company", "Компания", lambda one: client_cell(base, one.company), width=30)
    yield measure(
        "revenue", "Revenue in 12 months", "Выручка за 12 мес.", lambda one: one.revenue, Format.MONEY, unit=currency
    )
    yield measure("share", "Share", "Доля", lambda one: one.share, Format.PERCENT, bars=True)
    yield measure("cumulative", "Cumulative", "Накопленная доля", lambda one: one.cumulative, Format.PERCENT)
    yield measure("abcd", "Class", "Класс", lambda one: one.abcd, width=8)
    yield measure(
        "before", "12 months before", "За 12 мес. до того", lambda one: one.before, Format.MONEY, unit=currency
    )
    yield measure("manager", "Manager", "Ответственный", lambda one: base.manager_name(managers[one.company]), width=18)


def _rows(measures: Sequence[Measure[Client]], clients: Sequence[Client], now: Concentration) -> list[ReportRow]:
    """The clients listed; those on whom too much hangs stand out."""
    alarming = max((n for n, limit in WARNINGS.items() if now.tops[n] >= limit), default=0)
    return [
        row_of(measures, client, look=Look.WARN if number < alarming else Look.PLAIN)
        for number, client in enumerate(clients[:LISTED])
    ]


def _rest(measures: Sequence[Measure[Client]], rest: Sequence[Client]) -> list[ReportRow]:
    if not rest:
        return []
    return [
        row_with(
            measures,
            {
                "company": nmsg("{n} more client", "{n} more clients", len(rest), n=len(rest)),
                "revenue": sum((client.revenue for client in rest), ZERO),
                "share": sum(client.share for client in rest),
                "cumulative": 1.0,
                "before": sum((client.before for client in rest), ZERO),
            },
            Look.MUTED,
        )
    ]


def _total(measures: Sequence[Measure[Client]], now: Concentration, clients: Sequence[Client]) -> ReportRow:
    before = sum((client.before for client in clients), ZERO)
    total: dict[str, Figure] = {
        "company": TOTAL,
        "revenue": now.revenue,
        "share": 1.0,
        "cumulative": 1.0,
        "before": before,
    }
    return row_with(measures, total, Look.TOTAL)


def _reading(now: Concentration) -> Message:
    return nmsg(
        "{n} client brought all the revenue of 12 months.",
        "{n} clients brought the revenue of 12 months; the first ten of them {share} % of it.",
        now.clients,
        n=now.clients,
        share=percent(now.tops[10]),
    )


def _footer(question: Question, spreads: Spreads, currency: str) -> Iterator[Message]:
    now = spreads.now
    for number, limit in WARNINGS.items():
        if now.tops[number] >= limit and now.clients >= number:
            yield nmsg(
                "Warning: {n} client brings {share} % of the revenue ({limit} % or more is a risk).",
                "Warning: {n} clients bring {share} % of the revenue ({limit} % or more is a risk).",
                number,
                n=number,
                share=percent(now.tops[number]),
                limit=round(limit * 100),
            )
    yield _tops(msg("The last 12 months"), now)
    if spreads.earlier.clients:
        yield _tops(msg("The 12 months before"), spreads.earlier)
    yield _tops(msg("The whole life"), spreads.life)
    yield msg("HHI is Σ (share in %)²: 10 000 is a single client, next to nothing a great many alike.")
    for name, (number, revenue) in classes(question).items():
        yield nmsg(
            "Class {name}: {n} client, {revenue} {currency}.",
            "Class {name}: {n} clients, {revenue} {currency}.",
            number,
            name=name,
            n=number,
            revenue=money(revenue),
            currency=currency,
        )
    yield from _opening(question)


def _tops(period: Message, found: Concentration) -> Message:
    return msg(
        "{period}: first client {top1} %, first 3 {top3} %, first 5 {top5} %, first 10 {top10} %, HHI {hhi}.",
        period=period,
        top1=percent(found.tops[1]),
        top3=percent(found.tops[3]),
        top5=percent(found.tops[5]),
        top10=percent(found.tops[10]),
        hhi=percent(found.hhi / 100),
    )


def _opening(question: Question) -> Iterator[Message]:
    facts = question.facts
    before = facts.base.values("companies", "revenue_before")
    standing = sum(isinstance(one, Decimal) and one > 0 and question.company(c) for c, one in enumerate(before))
    if standing and facts.is_young and question.deals is None:
        yield nmsg(
            "The base is younger than 12 months: the opening balance of {n} client is added.",
            "The base is younger than 12 months: the opening balances of {n} clients are added.",
            standing,
            n=standing,
        )


def _life(question: Question) -> Concentration:
    return spread(one for company, one in enumerate(life_revenue(question.facts)) if question.company(company))


def classes(question: Question) -> Mapping[str, tuple[int, Decimal]]:
    """Clients and their 12-month revenue by class; D are those without."""
    return _by_class(question, question.facts.abcd, revenue_12m(question))


def _by_class(question: Question, found: Sequence[str], revenues: Sequence[Decimal]) -> dict[str, tuple[int, Decimal]]:
    sums = dict.fromkeys(CLASSES, (0, ZERO))
    for company, (name, revenue) in enumerate(zip(found, revenues, strict=True)):
        if question.company(company):
            number, sum_ = sums[name]
            sums[name] = (number + 1, sum_ + revenue)
    return sums


def figures(question: Question, spreads: Spreads) -> dict[str, Value | float]:
    """Top shares (0–1), HHI and the classes, of 12 months, of those before and of the whole life, by name."""
    of_life = life_revenue(question.facts)
    found: dict[str, Value | float] = {"clients": spreads.now.clients, "revenue": spreads.now.revenue}
    for prefix, one in (("", spreads.now), ("before_", spreads.earlier), ("life_", spreads.life)):
        found |= {f"{prefix}top{n}": share for n, share in one.tops.items()}
        found[f"{prefix}hhi"] = one.hhi
    for name, (number, revenue) in classes(question).items():
        found |= {f"clients_{name}": number, f"revenue_{name}": revenue}
    for name, (number, revenue) in _by_class(question, abcd(of_life), of_life).items():
        found |= {f"life_clients_{name}": number, f"life_revenue_{name}": revenue}
    return found
