"""What follows from the records: settled, P, ABCD, debt, stage_fact, missing.

One pass over columns gathers the facts of every company and deal; validators, reports and tasks read them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from sheetcrm.schema.base import Base
from sheetcrm.schema.demands import (
    Met,
    company_demands,
    company_lacks_at,
    deal_demands,
    deal_lacks_at,
    highest_stage,
    is_needed,
)
from sheetcrm.schema.gates import GIVEN_UP, RANK, Gate, Lack, as_asked, lack
from sheetcrm.schema.orders import ZERO, DealFacts, deal_facts
from sheetcrm.schema.purchases import (
    NONE,
    Period,
    Purchases,
    SecondPurchaseRate,
    abcd,
    lifetime_values,
    period,
    purchases_by_company,
    second_purchase_rate,
    year_before,
)

CONTACT_TYPES = frozenset({"call", "mail", "meeting", "visit", "message"})
"""Activities that reach a client; decisions, complaints and notes don't."""


@dataclass(frozen=True)
class Facts:
    """All that follows from a base as of one day; every list runs along the rows of Companies or Deals.

    Attributes:
        base: The base, its later rows left out.
        today: The day asked about.
    """

    base: Base
    today: date

    # ── deals and money ──

    @cached_property
    def deals(self) -> DealFacts:
        """What each deal amounts to."""
        return deal_facts(self.base, self.today)

    @cached_property
    def deals_of(self) -> Mapping[int, list[int]]:
        """Each company's deals, by its position."""
        found: dict[int, list[int]] = defaultdict(list)
        for position, company in enumerate(self.deals.company):
            found[company].append(position)
        return found

    @cached_property
    def debt(self) -> list[Decimal]:
        """What each company owes: delivered, not lost, not yet paid."""
        owed = [ZERO] * self.base.size("companies")
        days = self.base.values("deals", "delivered_on")
        for position, company in enumerate(self.deals.company):
            day = days[position]
            if company >= 0 and isinstance(day, date) and day <= self.today and not self.deals.lost[position]:
                owed[company] += self.deals.owed(position)
        return owed

    @cached_property
    def overdue_days(self) -> list[int | None]:
        """Days since each deal's payment was due, None where nothing is overdue."""
        due = self.deals.inherited["pay_due"]
        return [
            (self.today - day).days
            if isinstance(day, date) and day < self.today and self.deals.open(p) and self.deals.owed(p) > 0
            else None
            for p, day in enumerate(due)
        ]

    @cached_property
    def purchase_no(self) -> list[int | None]:
        """Which purchase of its company each settled deal belongs to, those before the base counted."""
        found: list[int | None] = [None] * self.base.size("deals")
        for order in self.deals.orders:
            if order.settled and order.company >= 0 and order.day is not None and order.day <= self.today:
                number = self.purchases_before[order.company] + self.purchases_of(order.company).days.index(order.day)
                for deal in order.deals:
                    if self.deals.settled[deal]:
                        found[deal] = number + 1
        return found

    # ── purchases ──

    @cached_property
    def purchases(self) -> Mapping[int, Purchases]:
        """Each client's purchases, by the company's position."""
        return purchases_by_company(self.deals.orders, self.today)

    def purchases_of(self, company: int) -> Purchases:
        """A company's purchases, none where it never bought."""
        return self.purchases.get(company, NONE)

    @cached_property
    def purchases_before(self) -> list[int]:
        """Purchases before the base, from the opening balance."""
        return [n if isinstance(n, int) else 0 for n in self.base.values("companies", "purchases_before")]

    @cached_property
    def period(self) -> Period:
        """P by every estimator."""
        settings = self.base.settings
        return period(self.purchases.values(), settings.p_estimator, settings.fixed_period)

    @cached_property
    def _group_periods(self) -> Mapping[int, float]:
        """Where P is per product group: the longest period of the groups a company buys."""
        if self.base.settings.p_estimator != "product_group" or not self.base.has("products"):
            return {}
        days = self.base.values("products", "period_days")
        found: dict[int, float] = {}
        for position, product in enumerate(self.base.links("deals", "product").target):
            company = self.deals.company[position]
            own = days[product] if product >= 0 else None
            if self.deals.settled[position] and company >= 0 and isinstance(own, int):
                found[company] = max(found.get(company, 0.0), float(own))
        return found

    def period_of(self, company: int) -> float | None:
        """P in days for a company: the firm's, or of the product groups it buys."""
        return self._group_periods.get(company, self.period.days)

    @cached_property
    def period_days(self) -> list[float | None]:
        """The client's own mean gap from two purchase days on, else P."""
        return [
            sum(gaps) / len(gaps) if (gaps := self.purchases_of(c).gaps) else self.period_of(c)
            for c in range(self.base.size("companies"))
        ]

    @cached_property
    def last_purchase(self) -> list[date | None]:
        """The last purchase day, that before the base where there is none in it."""
        before = self.base.values("companies", "last_purchase_before")
        return [
            bought.days[-1] if (bought := self.purchases_of(c)).days else day if isinstance(day, date) else None
            for c, day in enumerate(before)
        ]

    @cached_property
    def days_since(self) -> list[int | None]:
        """Days since the last purchase."""
        return [None if day is None else (self.today - day).days for day in self.last_purchase]

    def silent(self, company: int, periods: int) -> bool:
        """Whether the company has not bought for more than that many periods P (strict)."""
        days, own = self.days_since[company], self.period_of(company)
        return days is not None and own is not None and days > periods * own

    @cached_property
    def second_purchase_rate(self) -> SecondPurchaseRate:
        """R21; companies of project sales are left out (S-125)."""
        first = self.base.values("companies", "first_purchase_before")
        types = self.base.values("companies", "sale_type")
        clients = (
            (self.purchases_of(c), self.purchases_before[c], day if isinstance(day, date) else None)
            for c, day in enumerate(first)
            if types[c] != "project"
        )
        return second_purchase_rate(clients, self.today, self.period.days)

    # ── revenue, class, value ──

    @cached_property
    def is_young(self) -> bool:
        """Whether the base holds less than 12 months, so that opening balances count as revenue."""
        first = min((bought.days[0] for bought in self.purchases.values()), default=None)
        return first is None or first > year_before(self.today)

    @cached_property
    def revenue_12m(self) -> list[Decimal]:
        """Revenue of the last 12 months; the opening balance added while the base is young."""
        begin = year_before(self.today)
        before = self.base.values("companies", "revenue_before")
        return [
            self.purchases_of(c).between(begin, self.today)
            + (sum_ if self.is_young and isinstance(sum_, Decimal) else ZERO)
            for c, sum_ in enumerate(before)
        ]

    @cached_property
    def abcd(self) -> list[str]:
        """The class of each company."""
        return abcd(self.revenue_12m)

    @cached_property
    def ltv(self) -> list[Decimal | None]:
        """Lifetime value: the client's own averages from two purchases on, else its industry's; None without any."""
        base = self.base
        purchases = [self.purchases_of(company) for company in range(base.size("companies"))]
        has_bought = [day is not None for day in self.last_purchase]
        return lifetime_values(purchases, has_bought, base.values("companies", "industry"), base.settings.ltv_horizon)

    # ── contacts with the client ──

    @cached_property
    def last_contact(self) -> list[date | None]:
        """The last day the client was reached: a call, mail, meeting, visit or message that took place."""
        found: list[date | None] = [None] * self.base.size("companies")
        rows = zip(
            self.base.links("activities", "company").target,
            self.base.values("activities", "at"),
            self.base.values("activities", "type"),
            self.base.values("activities", "result"),
            strict=True,
        )
        for company, at, type_, result in rows:
            if company < 0 or not isinstance(at, datetime) or type_ not in CONTACT_TYPES or result == "not_reached":
                continue
            day = at.date()
            if day <= self.today and (found[company] is None or day > (found[company] or date.min)):
                found[company] = day
        return found

    # ── gates ──

    @cached_property
    def company_met(self) -> list[Met]:
        """The demands of the gates that each company meets."""
        return company_demands(self.base, self.deals, self._working, self._orders_settled)

    @cached_property
    def _working(self) -> frozenset[int]:
        """Companies with an open deal that passes D1."""
        rows = zip(self.deals.company, self.deals.settled, self.deals.lost, self.deal_met, strict=True)
        return frozenset(company for company, done, lost, met in rows if not done and not lost and is_needed(met))

    @cached_property
    def _orders_settled(self) -> Counter[int]:
        """How many settled orders each company has; an order_no counts once."""
        return Counter(order.company for order in self.deals.orders if order.settled)

    def lacks(self, company: int, gate: Gate) -> Lack | None:
        """What one gate still asks of a company, None where it passes."""
        return lack(as_asked(gate, self.base.settings.strict_phone), self.company_met[company])

    def company_lacks(self, company: int) -> list[Lack]:
        """What the gates of the typed stage still ask of a company; a blank stage counts as lead."""
        stage = self.base.values("companies", "stage")[company] or "lead"
        return list(company_lacks_at(str(stage), self.company_met[company], self.base.settings.strict_phone))

    @cached_property
    def stage_fact(self) -> list[str | None]:
        """The highest stage each company's data supports; lost and disqualified as typed; None below the first."""
        stages = self.base.values("companies", "stage")
        return [str(stage) if stage in GIVEN_UP else self._highest(c) for c, stage in enumerate(stages)]

    def _highest(self, company: int) -> str | None:
        stage = highest_stage(self.company_met[company])
        return "dormant" if stage in ("buyer", "regular") and self.silent(company, 2) else stage

    @cached_property
    def counted_stage(self) -> list[str]:
        """The stage under which reports count each company: the fact for buyers, else the typed one, capped."""
        typed = self.base.values("companies", "stage")
        return [_counted(None if t is None else str(t), fact) for t, fact in zip(typed, self.stage_fact, strict=True)]

    # ── deal gates ──

    @cached_property
    def deal_met(self) -> list[Met]:
        """The demands of the gates that each deal meets."""
        return deal_demands(self.base, self.deals)

    def deal_lacks(self, deal: int) -> list[Lack]:
        """What the gates of the typed stage still ask of a deal; a blank stage counts as need."""
        stage = str(self.base.values("deals", "stage")[deal] or "need")
        return list(deal_lacks_at(stage, self.deal_met[deal]))


def _counted(typed: str | None, fact: str | None) -> str:
    if typed is not None and typed in GIVEN_UP:
        return typed
    if fact in ("buyer", "regular", "dormant"):
        return fact
    typed, fact = typed or "lead", fact or "lead"
    return typed if RANK[typed] <= RANK[fact] else fact
