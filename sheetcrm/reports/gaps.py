"""What the gates ask of the rows and do not find, counted at the columns that could fill it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sheetcrm.reports.report import Question
from sheetcrm.schema.base import Base
from sheetcrm.schema.gates import COMPANY_GATES, DEAL_GATES, Demand, Gate, Lack, Place


@dataclass(slots=True)
class Gaps:
    """What is missing at the gates of the typed stages.

    Attributes:
        cells: By (table, field code), the companies or deals whose stage lacks it, by manager (-1 for nobody).
        rows: By table, the companies or deals that lack anything there, by manager.
        asked: How many demands the gates make in all.
        unmet: How many of them are not met.
    """

    cells: defaultdict[Place, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    rows: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    asked: int = 0
    unmet: int = 0

    @property
    def met(self) -> float | None:
        """The share of the demands that are met, 0–1 (K24)."""
        return 1 - self.unmet / self.asked if self.asked else None

    def of(self, table: str) -> Mapping[str, Counter[int]]:
        """What one table lacks, by field code."""
        return {code: counts for (name, code), counts in self.cells.items() if name == table}


def needed_from() -> Mapping[Place, tuple[str, str]]:
    """The first stage that needs each column, as (enumeration, stage)."""
    found: dict[Place, tuple[str, str]] = {}
    for table, name, stages in (
        ("companies", "company_stage", COMPANY_GATES),
        ("deals", "deal_stage", DEAL_GATES),
    ):
        for stage, gates in stages.items():
            for demand in _typed([demand for gate in gates for demand in gate.demands], table):
                for place in demand.columns:
                    found.setdefault(place, (name, stage))
    return found


def gaps(question: Question) -> Gaps:
    """What is missing at the gates of every company and deal that counts; a blank stage counts as the first."""
    facts, base = question.facts, question.facts.base
    found = Gaps()
    managers, stages = base.managers("companies"), base.values("companies", "stage")
    for company, stage in enumerate(stages):
        if question.company(company):
            gates = COMPANY_GATES[str(stage or "lead")]
            _count(found, base, gates, facts.company_lacks(company), "companies", managers[company])
    stages = base.values("deals", "stage")
    for deal, stage in enumerate(stages):
        if question.deal(deal):
            gates = DEAL_GATES[str(stage or "need")]
            _count(found, base, gates, facts.deal_lacks(deal), "deals", facts.deals.manager[deal])
    return found


def _count(found: Gaps, base: Base, gates: Iterable[Gate], lacks: Iterable[Lack], table: str, manager: int) -> None:
    found.asked += sum(gate.at_least or len(_typed(gate.demands, table)) for gate in gates)
    places: set[Place] = set()
    for lack in lacks:
        demands = _typed(lack.demands, table)
        found.unmet += len(demands) if lack.enough is None else lack.enough
        places.update(place for demand in demands for place in _fillable(base, demand))
    for place in places:
        found.cells[place][manager] += 1
    for name in {name for name, _ in places}:
        found.rows[name][manager] += 1


def _typed(demands: Sequence[Demand], table: str) -> list[Demand]:
    """The demands that a cell meets; what a company's deals must show is asked of the deals themselves."""
    if table == "deals":
        return list(demands)
    return [demand for demand in demands if all(name != "deals" for name, _ in demand.columns)]


def _fillable(base: Base, demand: Demand) -> Sequence[Place]:
    """The columns of the book that can fill a demand; the first one where the book has none of them."""
    return [place for place in demand.columns if base.present(*place)] or demand.columns[:1]
