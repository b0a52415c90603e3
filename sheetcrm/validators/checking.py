"""Judging a base: every rule's faults as findings, in the order in which they stand in the book."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from sheetcrm.findings import Finding, Place
from sheetcrm.schema.base import Base
from sheetcrm.schema.facts import Facts
from sheetcrm.table import is_blank
from sheetcrm.text import nmsg
from sheetcrm.validators.registry import RULES
from sheetcrm.validators.rule import Fault, Rule

_FEW = 10
"""A column of fewer filled cells is not judged as a whole."""


def check(facts: Facts, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """Everything that is wrong in a base.

    Args:
        facts: The base and what follows from it as of the day asked about.
        rules: The rules to judge by; None for all of ours.

    Returns:
        The findings by tab, row and column; those about the whole book first.
    """
    with _collector_paused():
        found = [finding for rule in (rules or RULES.values()) for finding in _findings(rule, facts)]
    order = {sheet.title: number for number, sheet in enumerate(facts.base.book.sheets)}
    return sorted(found, key=lambda one: _order(one, order.get(one.place.sheet, -1)))


def _order(finding: Finding, sheet: int) -> tuple[int, int, int, str]:
    column = finding.place.column
    return sheet, finding.place.row or 0, -1 if column is None else column, finding.code


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No garbage collection while facts are gathered, none of which is garbage: a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _findings(rule: Rule, facts: Facts) -> Iterator[Finding]:
    faults = list(rule.check(facts))
    for fault in _by_column(faults, facts.base) if rule.by_column else faults:
        yield Finding(
            rule.code,
            fault.severity or rule.severity,
            _place(fault, facts.base),
            fault.message,
            fault.hint,
            _value(fault, facts.base),
        )


def _by_column(faults: list[Fault], base: Base) -> Iterator[Fault]:
    """The faults, those of more than half of a column as one."""
    columns: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        columns.setdefault((fault.table, fault.code), []).append(fault)
    for found in columns.values():
        if not _is_common(found, base):
            yield from found
            continue
        n = len(found)
        said = nmsg(
            "{n} cell of the column, for example: {fault}",
            "{n} cells of the column, for example: {fault}",
            n,
            n=n,
            fault=found[0].message,
        )
        yield found[0]._replace(position=None, message=said)


def _is_common(faults: list[Fault], base: Base) -> bool:
    """Whether more than half of the column's filled cells have the fault; where blank is the fault, of its rows."""
    table, position, code = faults[0][:3]
    found = base.table(table)
    if len(faults) * 2 <= _FEW or found is None or position is None or code not in found.columns:
        return False
    cells = found.cells(code)
    if not is_blank(cells[position]) and sum(1 for _ in islice(filter(None, cells), 2 * len(faults))) == 2 * len(
        faults
    ):
        return False  # nearly always, and told by the first cells
    size = len(cells) if is_blank(cells[position]) else len(cells) - cells.count("") - cells.count(None)
    return size >= _FEW and len(faults) * 2 > size


def _place(fault: Fault, base: Base) -> Place:
    if fault.place is not None:
        return fault.place
    if fault.position is not None:
        return base.place(fault.table, fault.position, fault.code)
    return header_place(base, fault.table, fault.code)


def header_place(base: Base, table: str, code: str) -> Place:
    """Where a column's header stands; the tab alone where the column is absent."""
    found = base.table(table)
    if found is None:
        return Place(table)
    column = found.columns.get(code) or found.own.get(code)
    if column is None:
        return Place(table, found.title, field=code)
    return Place(table, found.title, found.layout.header_row, column.index, code)


def _value(fault: Fault, base: Base) -> str:
    found = base.table(fault.table)
    if found is None or fault.position is None or not (fault.code in found.columns or fault.code in found.own):
        return ""
    return str(found.cells(fault.code)[fault.position])
