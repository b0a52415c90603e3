"""A report as a value: columns with units and formats, rows with levels, totals, and the chart it suggests.

A report computes numbers; `sheetcrm.reports.show` turns one into a tab or into JSON, so both always agree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from inspect import getdoc

from sheetcrm.schema.facts import Facts
from sheetcrm.tab import Chart, Format, Look
from sheetcrm.table import Value
from sheetcrm.text import Label, Message, msg

Figure = Value | float | Label | Message
"""What stands in a report's cell: a value, a share (0–1), or words not yet in a language."""


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column of a report.

    Attributes:
        key: Its stable name, as in JSON.
        label: Its header.
        format: How its figures are shown; PERCENT figures are shares, 0–1.
        unit: The unit (`RUB`, days), "" for none; JSON tells it in English.
        width: In characters, 0 for the format's own.
        bars: Whether the figures get data bars.
        wrap: Whether long text wraps, as a card's does.
        folded: Whether it stands in a group that is folded at first.
    """

    key: str
    label: Label | Message | str
    format: Format = Format.TEXT
    unit: Label | str = ""
    width: float = 0
    bars: bool = False
    wrap: bool = False
    folded: bool = False


@dataclass(frozen=True, slots=True)
class ReportCell:
    """A figure with a look of its own, or one that leads to a record.

    Attributes:
        figure: What stands there.
        look: Its look, None for the row's.
        record: (table, position) of the record it leads to.
    """

    figure: Figure
    look: Look | None = None
    record: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row: a figure a column, its outline level (0 for the outermost), and whether it is folded at first."""

    cells: Sequence[Figure | ReportCell]
    level: int = 0
    look: Look = Look.PLAIN
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a report tells.

    Attributes:
        code: Its stable code, `R09`.
        name: Its word, `reactivation`.
        title: Its title in words, which names the tab too.
        reading: One plain sentence that says how to read it.
        as_of: The day it speaks of.
        columns: The columns.
        rows: The rows, outer levels before inner.
        totals: The total rows.
        footer: What stands below: definitions, other estimates, what was left out.
        uses: The columns it was computed from, (table, field); their fill rate stands in the first line (S-116).
        figures: Single figures that the footer speaks of, by name, for programs.
        chart: The native chart it suggests, None for none; without a title of its own it bears the report's.
        condition: The filter that was applied, "" for none.
        told_by: What of the question its title leaves out, "" for nothing: the tab's title ends with a mark made of it.
        freeze: How many columns stay when scrolling.
    """

    code: str
    name: str
    title: Label
    reading: Message
    as_of: date
    columns: tuple[ReportColumn, ...]
    rows: tuple[ReportRow, ...]
    totals: tuple[ReportRow, ...] = ()
    footer: tuple[Message, ...] = ()
    uses: tuple[tuple[str, str], ...] = ()
    figures: Mapping[str, Value | float] = field(default_factory=dict)
    chart: Chart | None = None
    condition: str = ""
    told_by: str = ""
    freeze: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """What a report is asked: the facts, and which records count.

    Attributes:
        facts: The facts as of the day asked about.
        companies: Positions of the companies that count; None for all.
        deals: Positions of the deals that count; None for all of those companies.
        condition: The filter in the user's words.
    """

    facts: Facts
    companies: frozenset[int] | None = None
    deals: frozenset[int] | None = None
    condition: str = ""

    @property
    def is_vain(self) -> bool:
        """Whether the filter picks no company and no deal."""
        return self.companies is not None and not self.companies and not self.deals

    def company(self, position: int) -> bool:
        """Whether a company counts."""
        return self.companies is None or position in self.companies

    def deal(self, position: int) -> bool:
        """Whether a deal counts: it was asked about itself, or else its company was."""
        if self.deals is not None:
            return position in self.deals
        return self.companies is None or self.facts.deals.company[position] in self.companies


def no_match(question: Question) -> Message:
    """Why a report has nothing to tell under a filter."""
    return msg("No record that this report counts matches the filter “{condition}”.", condition=question.condition)


Compute = Callable[[Question], Report]


@dataclass(frozen=True, slots=True)
class Entry:
    """A report that can be asked for.

    Attributes:
        code: Its stable code, `R09`; never given to another.
        name: Its word, `reactivation`.
        title: Its title in words, which names the tab too.
        compute: Answers a question; its docstring is the report's manual.
    """

    code: str
    name: str
    title: Label
    compute: Compute

    @property
    def manual(self) -> str:
        """What the report answers, its columns, formulas and sources."""
        return getdoc(self.compute) or ""

    def empty(self, question: Question, reading: Message) -> Report:
        """The report before its rows are known; as it stands, it says in one sentence why it cannot be computed."""
        return Report(
            self.code, self.name, self.title, reading, question.facts.today, (), (), condition=question.condition
        )

    def nothing(self, question: Question, reading: Message) -> Report:
        """The report where no record counts: under a filter it says that none matches, else what it is told."""
        return self.empty(question, no_match(question) if question.condition else reading)
