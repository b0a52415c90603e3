"""Whom to call at a company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sheetcrm.schema.demands import AWAY
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.links import ABSENT


@dataclass(frozen=True)
class Callees:
    """The contact to call for each company and deal.

    Attributes:
        facts: The facts of the base.
    """

    facts: Facts

    def of(self, company: int, deal: int = ABSENT) -> int:
        """Whom to call about a deal, or about the company; -1 for nobody.

        The deal's own contact; else the company's main one, the one who decides, one with a phone, or the first. Those
        who left or may not be called are passed over.
        """
        if deal != ABSENT and (own := self._of_deal[deal]) in self._reachable:
            return own
        return self._of_company.get(company, ABSENT)

    def phone(self, contact: int, company: int) -> str:
        """The contact's phone, else the company's, as typed: with the words that stand beside it."""
        return self._own_phone(contact) or (self._as_typed("companies", "phone", company) if company != ABSENT else "")

    def _own_phone(self, contact: int) -> str:
        if contact == ABSENT:
            return ""
        return self._as_typed("contacts", "mobile", contact) or self._as_typed("contacts", "phone", contact)

    def _as_typed(self, table: str, code: str, position: int) -> str:
        """A phone as somebody typed it, "" where no number can be read from it."""
        number = self.facts.base.values(table, code)[position]
        found = self.facts.base.table(table)
        typed = None if found is None or number is None else found.cells(code)[position]
        return typed if isinstance(typed, str) else str(number or "")

    def name(self, contact: int) -> str:
        """The contact's name, "" for nobody."""
        return "" if contact == ABSENT else str(self.facts.base.values("contacts", "full_name")[contact] or "")

    @cached_property
    def _of_deal(self) -> list[int]:
        """Each deal's contact, that of the same order where its own is blank."""
        own = self.facts.base.links("deals", "contact").target
        order = self.facts.deals.order
        shared: dict[int, int] = {}
        for position, contact in zip(order, own, strict=True):
            if contact != ABSENT:
                shared.setdefault(position, contact)
        return [c if c != ABSENT else shared.get(o, ABSENT) for c, o in zip(own, order, strict=True)]

    @cached_property
    def _reachable(self) -> frozenset[int]:
        """Contacts who still work there and may be called."""
        statuses = self.facts.base.values("contacts", "status")
        silent = self.facts.base.values("contacts", "do_not_contact")
        pairs = enumerate(zip(statuses, silent, strict=True))
        return frozenset(position for position, (status, no) in pairs if status not in AWAY and not no)

    @cached_property
    def _of_company(self) -> Mapping[int, int]:
        base = self.facts.base
        main, roles = base.values("contacts", "is_main"), base.values("contacts", "role")
        best: dict[int, int] = {}
        companies = base.links("contacts", "company").target
        for position in sorted(
            self._reachable, key=lambda p: (not main[p], roles[p] != "decision_maker", not self._own_phone(p), p)
        ):
            if companies[position] != ABSENT:
                best.setdefault(companies[position], position)
        return best
