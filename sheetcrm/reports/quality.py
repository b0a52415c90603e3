"""How good the data is, tab by tab and column by column (R18)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sheetcrm.reports.filling import Filling, fillings, rows_asked, stale
from sheetcrm.reports.gaps import Gaps, gaps, needed_from
from sheetcrm.reports.labels import TOTAL, in_order, manager_key, manager_label, percent
from sheetcrm.reports.measures import Measure, columns_of, measure, row_of
from sheetcrm.reports.report import Entry, Question, Report, ReportColumn, ReportRow
from sheetcrm.schema.base import Base
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.tab import Format, Look
from sheetcrm.text import Label, Message, msg

LEFT_OUT = frozenset({"tasks"})
"""Tabs whose rows are mostly written by rules."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report: a tab, one of its columns, or all tabs.

    Attributes:
        title: What it is called.
        rows: How many rows there are.
        filled: The share of cells in which something is typed, 0–1.
        valid: The share of those that can be understood, 0–1.
        missing: Companies or deals whose stage needs and lacks something here, by manager.
        repeats: Rows whose value stands in an earlier row too, where it should be one row's own.
        stale: Rows that nobody touched for long; None for a column.
        needed: From which stage on the column is needed.
        remark: What to make of it.
    """

    title: Label | str
    rows: int
    filled: float | None
    valid: float | None
    missing: Counter[int]
    repeats: int
    stale: int | None = None
    needed: Label | str = ""
    remark: Message | str = ""


def data_quality(question: Question) -> Report:
    """How well every tab and column is filled, and what the stages still miss.

    Columns: column (a tab, its columns below it); needed (the stage from which a gate asks for it); rows; filled
    (share of rows with anything typed, 0–1); valid (share of those that can be understood: a placeholder, a phone that
    is none or a name nobody bears are not); missing (companies or deals whose stage needs it and lacks it); repeats
    (rows whose id, INN, name, phone or e-mail stands in an earlier row too); stale (leads and open deals untouched for
    longer than the setting stale_days, needs older than a year); remark (a column nobody fills, one of the firm's
    own, one that is absent though needed); then what is missing by manager.

    A row that misses something several columns could fill counts at each of them. Derived columns are left out.

    Source:
        Requirements S-14…S-28 (gates), S-116, S-118 (unused columns); the share of gate data filled is K24.
    """
    base = question.facts.base
    tables = [name for name in SCHEMA if _is_told(base, name)]
    if not tables or question.is_vain:
        return QUALITY.nothing(question, msg("The book has no rows yet, so there is nothing to judge."))
    found = gaps(question)
    per_tab = {name: fillings(question, name, found.of(name)) for name in tables}
    tabs = [_tab_line(question, name, per_tab[name], found) for name in tables]
    total = _sum(tabs, [one for columns in per_tab.values() for one in columns], found)
    measures = list(_measures(base, total))
    rows = [
        row
        for name, tab in zip(tables, tabs, strict=True)
        for row in (row_of(measures, tab, 0, Look.SUBTOTAL), *_columns(base, measures, name, per_tab[name]))
    ]
    return replace(
        QUALITY.empty(question, _reading(total, found)),
        columns=columns_of(measures),
        rows=tuple(rows),
        totals=(row_of(measures, total, look=Look.TOTAL),),
        footer=tuple(_footer(base)),
        figures={
            "gate_asked": found.asked,
            "gate_unmet": found.unmet,
            "gate_filled": found.met,
            "companies_missing": found.rows["companies"].total(),
            "deals_missing": found.rows["deals"].total(),
        },
    )


QUALITY = Entry("R18", "quality", Label("Quality of data", "Качество данных"), data_quality)


def _is_told(base: Base, name: str) -> bool:
    return SCHEMA[name].info.group in ("work", "reference") and name not in LEFT_OUT and base.size(name) > 0


def _columns(
    base: Base, measures: Sequence[Measure[Line]], table: str, found: Sequence[Filling]
) -> Iterator[ReportRow]:
    needed = {
        place: base.vocabulary.enumerations[name].label_of(stage) for place, (name, stage) in needed_from().items()
    }
    for one in found:
        line = Line(
            one.label,
            one.rows,
            _ratio(one.filled, one.rows),
            _ratio(one.valid, one.filled),
            one.missing,
            one.repeats,
            needed=needed.get((table, one.code), ""),
            remark=_remark(one),
        )
        row = row_of(measures, line, 1, Look.WARN if one.missing else Look.PLAIN)
        yield replace(row, folded=not _is_worth_a_look(line))


def _is_worth_a_look(line: Line) -> bool:
    """Whether something is to be done about a column."""
    return bool(line.missing or line.repeats or line.remark) or line.valid not in (None, 1)


def _tab_line(question: Question, table: str, found: Sequence[Filling], missing: Gaps) -> Line:
    present = [one for one in found if one.present]
    return Line(
        SCHEMA[table].info.label,
        len(rows_asked(question, table)),
        _ratio(sum(one.filled for one in present), sum(one.rows for one in present)),
        _ratio(sum(one.valid for one in present), sum(one.filled for one in present)),
        missing.rows[table],
        sum(one.repeats for one in found),
        stale(question, table),
    )


def _sum(tabs: Sequence[Line], found: Sequence[Filling], missing: Gaps) -> Line:
    present = [one for one in found if one.present]
    return Line(
        TOTAL,
        sum(tab.rows for tab in tabs),
        _ratio(sum(one.filled for one in present), sum(one.rows for one in present)),
        _ratio(sum(one.valid for one in present), sum(one.filled for one in present)),
        sum(missing.rows.values(), Counter()),
        sum(tab.repeats for tab in tabs),
        sum(tab.stale or 0 for tab in tabs),
    )


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _remark(one: Filling) -> Message | str:
    if not one.present:
        return msg("the tab has no such column: `sheetcrm init` adds it")
    if one.rows and not one.filled:
        return msg("nobody fills it: fill it, or hide it")
    return "" if one.code else msg("your own column")


def _measures(base: Base, total: Line) -> Iterator[Measure[Line]]:
    yield measure("column", "Column", "Колонка", lambda one: one.title, width=30)
    yield measure("needed", "Needed from stage", "Нужна с этапа", lambda one: one.needed, width=24)
    yield measure("rows", "Rows", "Строк", lambda one: one.rows, Format.INTEGER)
    yield measure("filled", "Filled", "Заполнено", lambda one: one.filled, Format.PERCENT, bars=True)
    yield measure("valid", "Valid", "Верно", lambda one: one.valid, Format.PERCENT)
    yield measure("missing", "Missing at stage", "Не хватает на этапе", lambda one: one.missing.total(), Format.INTEGER)
    yield measure("repeats", "Repeats", "Повторов", lambda one: one.repeats, Format.INTEGER)
    yield measure("stale", "Stale", "Устарело", lambda one: one.stale, Format.INTEGER)
    yield measure("remark", "Remark", "Замечание", lambda one: one.remark, width=44)
    yield from (_of_manager(base, manager) for manager in in_order(total.missing))


def _of_manager(base: Base, manager: int) -> Measure[Line]:
    column = ReportColumn(manager_key(base, manager), manager_label(base, manager), Format.INTEGER)
    return Measure(column, lambda one: one.missing[manager])


def _reading(total: Line, found: Gaps) -> Message:
    return msg(
        "The stages ask for {asked} pieces of data and find {share} % of them; "
        "{valid} % of what is typed can be understood.",
        asked=found.asked,
        share=percent(1.0 if found.met is None else found.met),
        valid=percent(1.0 if total.valid is None else total.valid),
    )


def _footer(base: Base) -> Iterator[Message]:
    yield msg("Columns about which nothing is to be done are folded; the + on the left shows them.")
    yield msg(
        "Missing are companies and deals whose typed stage needs the column and lacks it; "
        "what several columns could fill counts at each of them. The columns on the right say whose they are."
    )
    yield msg("Valid is what can be understood: a placeholder, a broken phone or an unknown name is not.")
    yield msg(
        "Stale are leads and open deals untouched for more than {days} days, and needs older than a year.",
        days=base.settings.stale_days,
    )
