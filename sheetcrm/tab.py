"""A tab to be written: what it holds and how it looks, without a word of any file format.

Reports, task sheets, the check list and the tabs of a fresh book are all this one value; an adapter draws it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from sheetcrm.table import Value

TITLE_LENGTH = 31
"""The most characters that a tab's title may have, as office programs count (`units`)."""

NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no title may hold: the signs that formulas need, and what no file can hold."""


def plain_title(text: str) -> str:
    """The text without what no title may hold, its spaces single; it may still be too long."""
    return " ".join(NOT_IN_A_TITLE.sub(" ", text).split())


def units(text: str) -> int:
    """How long a text is for office programs, which count in UTF-16: an emoji is two."""
    return len(text) + sum(character > "\uffff" for character in text)


def beginning(text: str, most: int) -> str:
    """As much of the text's beginning as has at most so many of these units; no character is cut in two."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")


class Format(StrEnum):
    """How a column's values are shown; numbers and dates stay numbers and dates."""

    TEXT = "text"
    INTEGER = "integer"
    QUANTITY = "quantity"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    DATETIME = "datetime"
    MONTH = "month"


class Look(StrEnum):
    """The looks of a cell, a row or a column; an adapter owns the colours."""

    PLAIN = "plain"
    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    NOTE = "note"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    KEY = "key"
    DERIVED = "derived"
    INPUT = "input"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    CARD = "card"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Shown:
    """A value with a look of its own or a link.

    Attributes:
        value: What stands in the cell.
        look: Overrides the row's and the column's look.
        link: (tab title, cell) in the same book, or (URL, "") outside.
        note: A comment on the cell.
    """

    value: Value
    look: Look | None = None
    link: tuple[str, str] | None = None
    note: str = ""


Item = Value | Shown


@dataclass(frozen=True, slots=True)
class Check:
    """What may be typed into the cells of a column; anything else is stopped with a sentence.

    Attributes:
        kind: A `date`, a `whole` number or any `number`.
        low: The least number allowed, None for no bound.
        high: The greatest number allowed, None for no bound.
        message: What a person reads when the cell does not take the value.
    """

    kind: Literal["date", "whole", "number"]
    low: Decimal | None = None
    high: Decimal | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class TabColumn:
    """A column of a tab.

    Attributes:
        header: What the header says, mark included.
        format: How values are shown.
        width: In characters.
        look: KEY (narrow grey id), DERIVED (grey, ours), INPUT (typed by people) or PLAIN.
        level: Outline level, 0 for none.
        collapsed: Whether the outline group is folded at first.
        hidden: Never shown.
        choices: A drop-down: the values themselves, or (tab title, column number) of the tab that lists them,
            whose first value stands on the row given third, and the last on the fourth (without it, the list is open).
        strict: Whether a value that is no choice is stopped, or only warned about.
        note: A comment on the header: what belongs here.
        key: The field code or the report's column key.
        unit: Said in the header's second line, "" for none.
        wrap: Whether long text wraps.
        check: What may be typed where there is no drop-down, None for anything.
    """

    header: str
    format: Format = Format.TEXT
    width: float = 14
    look: Look = Look.PLAIN
    level: int = 0
    collapsed: bool = False
    hidden: bool = False
    choices: tuple[str, ...] | tuple[str, int, int] | tuple[str, int, int, int] = ()
    strict: bool = False
    note: str = ""
    key: str = ""
    unit: str = ""
    wrap: bool = False
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class TabRow:
    """A row of a tab: a value a column, one look for all, its outline level, and whether it is folded at first."""

    values: Sequence[Item]
    look: Look = Look.PLAIN
    level: int = 0
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart beside the table.

    Attributes:
        kind: `bar` (horizontal), `column`, `stacked` or `line`.
        title: What it shows.
        category: The number of the column that names the points.
        series: The numbers of the columns that are drawn.
        first: The first row drawn, counted from 0 among `Tab.rows`.
        last: The last row drawn, inclusive.
        across: Whether the points are the columns themselves, named by their headers, and every row is a series.
    """

    kind: Literal["bar", "column", "stacked", "line"]
    title: str
    category: int
    series: tuple[int, ...]
    first: int
    last: int
    across: bool = False


@dataclass(frozen=True, slots=True)
class Highlight:
    """A conditional format on one column: blank cells, data bars, or cells that hold one of some texts.

    Attributes:
        column: The column's number.
        kind: `blank`, `bar`, `equals` or `filled`.
        look: What it looks like where it holds.
        values: For `equals`: the texts.
        when: Only on rows where that column's cell holds one of those texts; where no texts are given, anything.
    """

    column: int
    kind: Literal["blank", "bar", "equals", "filled"]
    look: Look = Look.WARN
    values: tuple[str, ...] = ()
    when: tuple[int, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class PivotField:
    """A column by which a native pivot tells rows or columns apart.

    Attributes:
        column: Its number among the columns of the data.
        items: Its values in the order they are shown, each once.
    """

    column: int
    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class PivotValue:
    """A figure of a native pivot.

    Attributes:
        column: The number of the column that is counted.
        function: What is done with its values; `count` counts all that are filled.
        name: What the figure is called; no column of the data is called so.
        format: How it is shown.
        share: Whether it is shown as its share in the total of all rows.
    """

    column: int
    function: Literal["count", "sum", "average", "min", "max"]
    name: str
    format: Format = Format.INTEGER
    share: bool = False


@dataclass(frozen=True, slots=True)
class Pivot:
    """A pivot that the reader's own program counts, over the rows of another tab; people rearrange it as they like.

    The tab's own columns and rows hold what it comes to, laid out as it will be: where there are columns or several
    figures across, the first of the body's rows go on with the header (`heads`).

    Attributes:
        source: The title of the tab whose table is counted.
        rows: What tells rows apart, the outermost first; each of its values has a line of its own above the inner ones.
        columns: What tells columns apart.
        values: The figures, side by side.
        total: What the total of all rows and the one of all columns are called.
        across: What the figures are called together: «Values».
    """

    source: str
    rows: tuple[PivotField, ...]
    columns: tuple[PivotField, ...]
    values: tuple[PivotValue, ...]
    total: str
    across: str

    @property
    def heads(self) -> int:
        """How many lines the header has: the names, the values across, and the figures where there are several."""
        return 1 + len(self.columns) + (1 if self.columns and len(self.values) > 1 else 0)


@dataclass(frozen=True, slots=True)
class Tab:
    r"""A tab to be written whole.

    Attributes:
        title: At most 31 `units`, none of `[]:*?/\`; generated tabs begin with the mark.
        columns: The columns; none for a tab of free text, such as Start.
        rows: The body.
        lead: Lines above the header (title, how to read it, as-of date), a blank line follows them.
        footer: Lines below the body.
        group: What the tab is, which decides its colour and place: people work on `work`, keep `reference`,
            set `settings`, read `report`, and never see `system`.
        freeze: How many columns stay when scrolling; the header always stays.
        filter: Whether the header has filter buttons.
        hidden: Whether the tab is hidden.
        chart: A native chart, None for none.
        highlights: Conditional formats over the body.
        spare: Empty rows below the body that are formatted and have drop-downs, ready for typing.
        landscape: How it prints.
        widths: Of a tab of free text, which has no columns: how wide each of its columns is, in characters.
        table: What the header and the body are called as one table of the program, "" where they are none; headers are
            then unique, and there is at least one row.
        pivot: A native pivot, whose present state the columns and rows show; None for none.
    """

    title: str
    columns: tuple[TabColumn, ...] = ()
    rows: tuple[TabRow, ...] = ()
    lead: tuple[TabRow, ...] = ()
    footer: tuple[TabRow, ...] = ()
    group: Literal["start", "work", "reference", "settings", "report", "system"] = "report"
    freeze: int = 0
    filter: bool = False
    hidden: bool = False
    chart: Chart | None = None
    highlights: tuple[Highlight, ...] = ()
    spare: int = 0
    landscape: bool = True
    widths: tuple[float, ...] = ()
    table: str = ""
    pivot: Pivot | None = None

    @property
    def header_row(self) -> int:
        """The header's row number, from 1; the body begins on the next."""
        return len(self.lead) + 2 if self.lead else 1


@dataclass(frozen=True, slots=True)
class View:
    """A filter on a table that hides rows only from who opens it, by a link or from a list: a Google Sheet has such.

    Attributes:
        title: What it is called, which also tells it from the others.
        table: The code of the table.
        column: The field code of the column that is looked at.
        equals: The text that its cells hold; None for anything but blank.
        listed: The tab on which a cell that holds the title is to lead to it, and the heading above such cells; None
            where there is no such tab.
    """

    title: str
    table: str
    column: str
    equals: str | None = None
    listed: tuple[str, str] | None = None
