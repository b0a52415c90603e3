"""What a task rule is, what it asks for, and what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from inspect import getdoc
from typing import Literal

from sheetcrm.schema.base import Base
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.gates import GIVEN_UP, Lack
from sheetcrm.schema.links import ABSENT
from sheetcrm.schema.tables import key_of
from sheetcrm.tasks.staff import Staff
from sheetcrm.text import Label, Message

Function = Literal["attract", "sell", "serve", "develop", "research"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task that a rule asks for.

    Attributes:
        stem: `T01|C-000142`: the rule and the record; `T04|D-000012 head` where a second person is told.
        period: The due period; with the stem it is the task's key.
        due: When it is to be done.
        title: What to do.
        manager: Who does it, by position; nobody where nobody can.
        priority: 1 (first) to 4.
        company: The company's position.
        deal: The deal's position, -1 for none.
    """

    stem: str
    period: str
    due: date
    title: Message
    manager: int
    priority: int
    company: int
    deal: int = ABSENT

    @property
    def key(self) -> str:
        """What makes the task the same task on the next run."""
        return f"{self.stem}|{self.period}"

    @property
    def rule(self) -> str:
        """The code of the rule that asks."""
        return self.stem.partition("|")[0]


@dataclass(frozen=True)
class Situation:
    """What the rules are told: the facts, who there is, and which clients are worth a task.

    Attributes:
        facts: The facts as of today.
        staff: The managers as of today.
    """

    facts: Facts
    staff: Staff

    @property
    def base(self) -> Base:
        """The records."""
        return self.facts.base

    @property
    def today(self) -> date:
        """The day asked about."""
        return self.facts.today

    @cached_property
    def clients(self) -> list[int]:
        """Companies that are neither lost nor disqualified; a doubled id counts for its first row only."""
        stages = self.base.values("companies", "stage")
        return [c for c in self.base.ids("companies").values() if stages[c] not in GIVEN_UP]

    @cached_property
    def undelivered(self) -> list[tuple[int, date]]:
        """Open deals of those companies that wait for a delivery, and its day; postponed ones wait for nothing."""
        base, deals = self.base, self.facts.deals
        clients = frozenset(self.clients)
        due, delivered = base.values("deals", "due_date"), base.values("deals", "delivered_on")
        stages = base.values("deals", "stage")
        return [
            (deal, day)
            for deal in base.ids("deals").values()
            if deals.open(deal)
            and deals.company[deal] in clients
            and delivered[deal] is None
            and stages[deal] != "postponed"
            and isinstance(day := due[deal], date)
        ]

    @cached_property
    def classes(self) -> list[str]:
        """Each company's class: ABCD, or the category given by hand where it earned nothing yet."""
        typed = self.base.values("companies", "category")
        return [
            str(c) if c is not None and fact == "D" else fact for c, fact in zip(typed, self.facts.abcd, strict=True)
        ]

    @cached_property
    def _managers(self) -> list[int]:
        return self.base.managers("companies")

    def lacks(self, company: int) -> list[Lack]:
        """What the gates still ask of a company and of its open deals."""
        facts = self.facts
        open_deals = (deal for deal in facts.deals_of.get(company, ()) if facts.deals.open(deal))
        return [*facts.company_lacks(company), *(one for deal in open_deals for one in facts.deal_lacks(deal))]

    def manager_of(self, company: int) -> int:
        """Who does the work for a company."""
        return self.staff.answering(self._managers[company])

    def manager_of_deal(self, deal: int) -> int:
        """Who does the work for a deal."""
        return self.staff.answering(self.facts.deals.manager[deal])

    def priority(self, usual: int, company: int) -> int:
        """A rule's usual priority, one higher for class A, VIP and key clients."""
        base = self.base
        dear = base.values("companies", "vip")[company] or base.values("companies", "key_client")[company] == "key"
        return max(usual - 1, 1) if dear or self.classes[company] == "A" else usual

    def id(self, table: str, position: int) -> str:
        """A record's id."""
        return str(self.base.values(table, key_of(table))[position])


@dataclass(frozen=True, slots=True)
class TaskRule:
    """A task rule; the docstring of `find` is its manual.

    Attributes:
        code: Its stable code.
        title: What it is called.
        function: Which of the department's functions the work belongs to (S-40).
        activity: The type of activity that doing it amounts to.
        script: What to say or do (S-56, S-147).
        find: The tasks it asks for.
        recurs: Whether an open task of an earlier period stands for the present one.
    """

    code: str
    title: Label
    function: Function
    activity: str
    script: Label
    find: Callable[[Situation], Iterable[Wanted]]
    recurs: bool = True

    @property
    def manual(self) -> str:
        """What it is for and when it asks, in English."""
        return getdoc(self.find) or ""
