"""Whom to call at a company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sheetcrm.schema.facts import Facts

_ABSENT = -1


@dataclass(frozen=True)
class Callees:
    """The contact to call for each company and deal.

    Attributes:
        facts: The facts of the base.
    """

    facts: Facts

    def for_task(self, company: int, deal: int) -> int:
        """The deal's contact, else the company's: the main one, the one who decides, or the first; -1 for none."""
        if deal != _ABSENT and (own := self._of_deal[deal]) in self._reachable:
            return own
        return self._of_company.get(company, _ABSENT)

    def phone(self, contact: int, company: int) -> str:
        """The contact's phone, else the company's, with the words that stand beside it."""
        places = [("contacts", "mobile", contact), ("contacts", "phone", contact), ("companies", "phone", company)]
        found = (self._as_typed(*place) for place in places if place[2] != _ABSENT)
        return next((number for number in found if number), "")

    def _as_typed(self, table: str, code: str, position: int) -> str:
        """A phone as somebody typed it, "" where no number can be read from it."""
        number = self.facts.base.values(table, code)[position]
        found = self.facts.base.table(table)
        typed = None if found is None or number is None else found.cells(code)[position]
        return typed if isinstance(typed, str) else str(number or "")

    def name(self, contact: int) -> str:
        """The contact's name, "" for nobody."""
        return "" if contact == _ABSENT else self.facts.base.texts("contacts", "full_name")[contact]

    @cached_property
    def _of_deal(self) -> list[int]:
        """Each deal's contact, that of the same order where its own is blank."""
        own = self.facts.base.links("deals", "contact").target
        order = self.facts.deals.order
        shared: dict[int, int] = {}
        for position, contact in zip(order, own, strict=True):
            if contact != _ABSENT:
                shared.setdefault(position, contact)
        return [c if c != _ABSENT else shared.get(o, _ABSENT) for c, o in zip(own, order, strict=True)]

    @cached_property
    def _reachable(self) -> frozenset[int]:
        """Contacts who still work there and may be called."""
        statuses = self.facts.base.values("contacts", "status")
        silent = self.facts.base.values("contacts", "do_not_contact")
        pairs = enumerate(zip(statuses, silent, strict=True))
        return frozenset(position for position, (status, no) in pairs if status in (None, "active") and not no)

    @cached_property
    def _of_company(self) -> Mapping[int, int]:
        base = self.facts.base
        main, roles = base.values("contacts", "is_main"), base.values("contacts", "role")
        best: dict[int, int] = {}
        companies = base.links("contacts", "company").target
        for position in sorted(self._reachable, key=lambda p: (not main[p], roles[p] != "decision_maker", p)):
            best.setdefault(companies[position], position)
        return best
