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
from sheetcrm.schema.gates import COMPANY_GATES, D1, DEAL_GATES, G1, G2, G3, G4, G5, RANK, Gate, Lack, lack
from sheetcrm.schema.orders import ZERO, DealFacts, deal_facts
from sheetcrm.schema.purchases import (
    NONE,
    Period,
    Purchases,
    SecondPurchaseRate,
    abcd,
    lifetime_value,
    period,
    purchases_by_company,
    second_purchase_rate,
    year_before,
)

CONTACT_TYPES = frozenset({"call", "mail", "meeting", "visit", "message"})
"""Activities that reach a client; decisions, complaints and notes don't."""

_PERSON = (frozenset({"person", "position", "person_channel"}), frozenset({"role"}))


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
        years = self.base.settings.ltv_horizon
        own = [self._averages(c) for c in range(self.base.size("companies"))]
        industries = self.base.values("companies", "industry")
        pools: dict[object, list[tuple[Decimal, Decimal]]] = defaultdict(list)
        for c, found in enumerate(own):
            if found is not None:
                pools[industries[c]].append(found)
                pools[_ALL].append(found)
        means = {key: _mean(found) for key, found in pools.items()}
        values: list[Decimal | None] = []
        for c, found in enumerate(own):
            if found is None and self.last_purchase[c] is not None:
                found = means.get(industries[c], means.get(_ALL))
            values.append(None if found is None else lifetime_value(*found, years))
        return values

    def _averages(self, company: int) -> tuple[Decimal, Decimal] | None:
        """A client's average order and purchases a year, from two purchase days on."""
        bought = self.purchases_of(company)
        if len(bought.days) < 2:
            return None
        span = Decimal((bought.days[-1] - bought.days[0]).days)
        return sum(bought.amounts, ZERO) / len(bought.days), Decimal("365.25") * (len(bought.days) - 1) / span

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
    def _met(self) -> list[set[str]]:
        """The demands that each company's own cells and its contacts meet."""
        base, size = self.base, self.base.size("companies")
        met: list[set[str]] = [set() for _ in range(size)]
        own = {
            "name": ("name",),
            "address": ("address",),
            "place": ("address", "city"),
            "channel": ("phone",) if base.settings.strict_phone else ("phone", "email", "messenger"),
            "inn": ("inn",),
            "contract_no": ("contract_no",),
            "contract_date": ("contract_date",),
            "payment_days": ("payment_days",),
            "lost_reason": ("lost_reason",),
            "lost_on": ("lost_on",),
        }
        for demand, codes in own.items():
            for code in codes:
                for position, value in enumerate(base.values("companies", code)):
                    if value is not None:
                        met[position].add(demand)
        if not base.settings.inn_required:
            for demands in met:
                demands.add("inn")
        return met

    @cached_property
    def _people(self) -> tuple[list[bool], list[set[str]]]:
        """Whether anybody's name is known at each company, and what its best-known active contact fills."""
        base = self.base
        size = base.size("companies")
        named, best = [False] * size, [set[str]() for _ in range(size)]
        codes = ("full_name", "position", "phone", "mobile", "email", "role", "status")
        columns = [base.values("contacts", code) for code in codes]
        for company, name, position, phone, mobile, email, role, status in zip(
            base.links("contacts", "company").target, *columns, strict=True
        ):
            if company < 0 or status in ("merged", "erased"):
                continue
            named[company] = named[company] or name is not None
            if status == "left":
                continue
            filled = set()
            if name is not None:
                filled.add("person")
            if position is not None:
                filled.add("position")
            if phone is not None or mobile is not None or email is not None:
                filled.add("person_channel")
            if role is not None:
                filled.add("role")
            if (len(filled & _PERSON[0]), len(filled)) > (len(best[company] & _PERSON[0]), len(best[company])):
                best[company] = filled
        return named, best

    def lacks(self, company: int, gate: Gate) -> Lack | None:
        """What one gate still asks of a company, None where it passes."""
        met = self._met[company]
        named, best = self._people
        if gate is G1:
            return lack(G1, met | {"name"} if named[company] else met)
        if gate is G2:
            return lack(G2, met | best[company])
        if gate is G3:
            return lack(G3, {"open_deal"} if company in self._working else set())
        if gate is G4:
            return lack(G4, met | self._purchase_met(company))
        if gate is G5:
            enough = self._orders_settled[company] + self.purchases_before[company]
            return lack(G5, met | {"orders"} if enough >= self.base.settings.regular_min_deals else met)
        return lack(gate, met)

    @cached_property
    def _working(self) -> frozenset[int]:
        """Companies with an open deal that passes D1."""
        return frozenset(
            company
            for position, company in enumerate(self.deals.company)
            if self.deals.open(position) and self.deal_lack(position, D1) is None
        )

    def _purchase_met(self, company: int) -> set[str]:
        """Which demands of a purchase the best deal of the company meets."""
        everything = {"delivered_qty", "delivered_on", "terms", "settled"}
        if self.purchases_before[company] >= 1:
            return everything
        best: set[str] = set()
        quantities = self.base.values("deals", "delivered_qty")
        days = self.base.values("deals", "delivered_on")
        for deal in self.deals_of.get(company, ()):
            quantity = quantities[deal]
            met = {
                *(("delivered_qty",) if isinstance(quantity, Decimal) and quantity > 0 else ()),
                *(("delivered_on",) if days[deal] is not None else ()),
                *(("terms",) if self.deals.inherited["terms"][deal] is not None else ()),
                *(("settled",) if self.deals.settled[deal] else ()),
            }
            if ("settled" in met, len(met)) > ("settled" in best, len(best)):
                best = met
            if best == everything:
                break
        return best

    @cached_property
    def _orders_settled(self) -> Counter[int]:
        """How many settled orders each company has; an order_no counts once."""
        return Counter(order.company for order in self.deals.orders if order.settled)

    def company_lacks(self, company: int) -> list[Lack]:
        """What the gates of the typed stage still ask of a company; a blank stage counts as lead."""
        stage = self.base.values("companies", "stage")[company] or "lead"
        return [found for gate in COMPANY_GATES[str(stage)] if (found := self.lacks(company, gate)) is not None]

    @cached_property
    def stage_fact(self) -> list[str | None]:
        """The highest stage each company's data supports; lost and disqualified as typed; None below the first."""
        stages = self.base.values("companies", "stage")
        return [str(stage) if stage in ("lost", "disqualified") else self._highest(c) for c, stage in enumerate(stages)]

    def _highest(self, company: int) -> str | None:
        if self.lacks(company, G1):
            return None
        if self.lacks(company, G2):
            return "lead"
        if not self.lacks(company, G4):
            if self.silent(company, 2):
                return "dormant"
            return "buyer" if self.lacks(company, G5) else "regular"
        return "prospect" if self.lacks(company, G3) else "sale"

    @cached_property
    def counted_stage(self) -> list[str]:
        """The stage under which reports count each company: the fact for buyers, else the typed one, capped."""
        typed = self.base.values("companies", "stage")
        return [_counted(None if t is None else str(t), fact) for t, fact in zip(typed, self.stage_fact, strict=True)]

    # ── deal gates ──

    @cached_property
    def _deal_met(self) -> list[set[str]]:
        base, deals = self.base, self.deals
        size = base.size("deals")
        met: list[set[str]] = [set() for _ in range(size)]
        columns: dict[str, list[object]] = {
            "company": [c if c >= 0 else None for c in deals.company],
            "manager": [m if m >= 0 else None for m in deals.manager],
            "price": [
                p if p is not None else a for p, a in zip(deals.price, base.values("deals", "amount"), strict=True)
            ],
            "amount": list(deals.amount),
            **{code: list(values) for code, values in deals.inherited.items()},
        }
        for code in (
            "product",
            "need_date",
            "due_date",
            "expected_close",
            "delivered_qty",
            "delivered_on",
            "lost_reason",
        ):
            columns[code] = list(base.values("deals", code))
        typed = base.values("deals", "amount")
        columns["quantity"] = [
            q if q is not None else a for q, a in zip(base.values("deals", "need_qty"), typed, strict=True)
        ]
        columns["unit"] = [u if u is not None else a for u, a in zip(deals.unit, typed, strict=True)]
        for demand, values in columns.items():
            for position, value in enumerate(values):
                if value is not None:
                    met[position].add(demand)
        return met

    def deal_lack(self, deal: int, gate: Gate) -> Lack | None:
        """What one gate still asks of a deal."""
        return lack(gate, self._deal_met[deal])

    def deal_lacks(self, deal: int) -> list[Lack]:
        """What the gates of the typed stage still ask of a deal; a blank stage counts as need."""
        stage = str(self.base.values("deals", "stage")[deal] or "need")
        return [found for gate in DEAL_GATES[stage] if (found := self.deal_lack(deal, gate)) is not None]


_ALL = object()


def _mean(pairs: list[tuple[Decimal, Decimal]]) -> tuple[Decimal, Decimal]:
    return (
        sum((order for order, _ in pairs), ZERO) / len(pairs),
        sum((rate for _, rate in pairs), ZERO) / len(pairs),
    )


def _counted(typed: str | None, fact: str | None) -> str:
    if typed in ("lost", "disqualified"):
        return typed
    if fact in ("buyer", "regular", "dormant"):
        return fact
    typed, fact = typed or "lead", fact or "lead"
    return typed if RANK[typed] <= RANK[fact] else fact
