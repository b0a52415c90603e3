"""What a filter asks of a report: which companies and which deals count."""

from __future__ import annotations

from sheetcrm.reports.report import Question
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.filter import Filter, parse
from sheetcrm.schema.named import find


def question(facts: Facts, where: str = "") -> Question:
    """The question that a filter makes of the facts; without one, everything counts.

    A filter of companies (`city = Perm`) asks about their deals too. One that names a deal's column
    (`amount > 10 000`) asks about those deals, and about the companies that have one. A column that both have
    (`manager = Anna`) is each one's own.

    Args:
        facts: The facts as of the day asked about.
        where: The filter, "" for none.

    Raises:
        UsageError: If the filter cannot be understood.
    """
    if not where.strip():
        return Question(facts)
    of_deals = parse(where, "deals", facts.base)
    if not _all_known(of_deals, facts, "companies"):
        deals = of_deals.positions(facts)
        companies = frozenset(facts.deals.company[deal] for deal in deals) - {-1}
        return Question(facts, companies, deals, where)
    companies = parse(where, "companies", facts.base).positions(facts)
    deals_too = of_deals.positions(facts) if _names_deals(of_deals, facts) else None
    return Question(facts, companies, deals_too, where)


def _all_known(filter: Filter, facts: Facts, table: str) -> bool:
    return all(find(facts.base, table, word) is not None for word in filter.words)


def _names_deals(filter: Filter, facts: Facts) -> bool:
    """Whether any of its columns is a deal's own; the company it is made with is not."""
    found = [column for word in filter.words if (column := find(facts.base, "deals", word)) is not None]
    return any(column.table == "deals" and column.reference != "companies" for column in found)
