"""From a record class to the tab that people type into: headers, drop-downs, checks, colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheetcrm.fresh.notes import about, refusal
from sheetcrm.schema import kinds
from sheetcrm.schema.gates import COMPANY_GATES, DEAL_GATES, Gate
from sheetcrm.schema.orders import SHARED
from sheetcrm.schema.record import FieldInfo, Record, fields
from sheetcrm.schema.settings import Settings
from sheetcrm.schema.words import ENUMERATIONS, Enumeration
from sheetcrm.tab import Check, Format, Highlight, Look, Tab, TabColumn, TabRow
from sheetcrm.table import Value
from sheetcrm.text import Lang, show

Row = Mapping[str, Value]
"""A record as the book shows it: cells by field code."""

Listed = tuple[str, ...] | tuple[str, int, int] | tuple[str, int, int, int]
"""What a drop-down offers: the words themselves, or where they stand (see `TabColumn.choices`)."""

SPARE = {"work": 200, "reference": 100, "settings": 30, "system": 0}
"""Empty rows that are ready for typing, by what kind of tab it is."""

_STAND_INS = frozenset({"manager", "price", "amount", "unit", "need_qty", *SHARED})
"""Deal columns that another cell can stand in for: a blank one need not be missing."""

_WIDTHS = {Format.DATE: 13.0, Format.DATETIME: 17.0, Format.INTEGER: 11.0, Format.QUANTITY: 12.0, Format.MONEY: 14.0}
_WIDE = {kinds.EMAIL.name: 32.0, kinds.PHONE.name: 19.0}


@dataclass(frozen=True)
class Surroundings:
    """What a tab needs to know of the book it will stand in.

    Attributes:
        lang: The language of headers, values and notes.
        settings: The firm's settings.
        enumerations: The lists, the firm's values included.
        lists: Where the values of each list stand, by its name; the words themselves where they stand nowhere.
        references: Where the names or ids of each table stand, by its code; a table that is not there is free text.
        titles: The titles of tabs that cannot have their usual one, by code.
    """

    lang: Lang
    settings: Settings = field(default_factory=Settings)
    enumerations: Mapping[str, Enumeration] = field(default_factory=lambda: ENUMERATIONS)
    lists: Mapping[str, Listed] = field(default_factory=dict)
    references: Mapping[str, Listed] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def title(self, record: type[Record]) -> str:
        """What the tab of a record class is called."""
        return self.titles.get(record.info.name, record.info.label.get(self.lang))


def input_tab(record: type[Record], around: Surroundings, rows: Sequence[Row] = ()) -> Tab:
    """The tab of a record class.

    Args:
        record: Whose tab it is.
        around: The book it will stand in.
        rows: What it holds at first.
    """
    info = record.info
    infos = arranged(record)
    return Tab(
        title=around.title(record),
        columns=tuple(_column(one, around) for one in infos),
        rows=tuple(TabRow([row.get(one.code) for one in infos]) for row in rows),
        group=info.group,
        freeze=2 if info.prefix else 1,
        filter=info.group != "system",
        hidden=info.group == "system",
        highlights=tuple(_highlights(record, infos, around)),
        spare=SPARE[info.group],
    )


def arranged(record: type[Record]) -> list[FieldInfo]:
    """The columns from left to right: those that always show, a folded group between any two of the last ones.

    Office programs run neighbouring groups into one; a column that shows keeps them apart.
    """
    shown: list[FieldInfo] = []
    groups: dict[str, list[FieldInfo]] = {}
    for info in fields(record).values():
        (groups.setdefault(info.col.group, []) if info.col.group else shown).append(info)
    between = max(len(groups) - 1, 0)
    ordered, last = shown[: len(shown) - between], shown[len(shown) - between :]
    for group, after in zip(groups.values(), [*last, None], strict=False):
        ordered += group
        if after is not None:
            ordered.append(after)
    return ordered


def position_of(record: type[Record], code: str) -> int:
    """The number of a field's column, from 0."""
    return next(i for i, info in enumerate(arranged(record)) if info.code == code)


def _column(info: FieldInfo, around: Surroundings) -> TabColumn:
    header = info.label.get(around.lang)
    choices, strict = _choices(info, around)
    return TabColumn(
        header=header,
        format=info.kind.format,
        width=_width(info, header, around),
        look=_look(info),
        level=1 if info.col.group else 0,
        collapsed=bool(info.col.group),
        hidden=info.col.hidden,
        choices=choices,
        strict=strict,
        note=about(info, around.lang, around.enumerations),
        key=info.code,
        check=None if choices or info.col.derived else _check(info, around.lang),
    )


_ID_WIDTH = 11.5
_BUTTON = 3.0
"""Room for a filter's button, or an open drop-down's."""


def _look(info: FieldInfo) -> Look:
    if info.kind.name == "id":
        return Look.KEY
    return Look.DERIVED if info.col.derived or info.col.hidden else Look.PLAIN


def _width(info: FieldInfo, header: str, around: Surroundings) -> float:
    """Room for the values, and for the longest word of the header beside its filter button."""
    word = max(map(len, header.split()))
    if info.kind.name == "id":
        return max(_ID_WIDTH, word + 1.0)
    wanted = [info.col.width or _WIDTHS.get(info.kind.format, 14.0), word + _BUTTON, _WIDE.get(info.kind.name, 0.0)]
    if info.enumeration:
        labels = (choice.label.get(around.lang) for choice in around.enumerations[info.enumeration].choices)
        wanted.append(max(map(len, labels)) + _BUTTON)
    return max(wanted)


def _choices(info: FieldInfo, around: Surroundings) -> tuple[Listed, bool]:
    """The drop-down of a column, and whether it stops what it does not list."""
    if info.col.derived:
        return (), False
    if info.enumeration:
        enumeration = around.enumerations[info.enumeration]
        words = tuple(choice.label.get(around.lang) for choice in enumeration.choices)
        return around.lists.get(info.enumeration, words), not enumeration.open
    if info.kind is kinds.BOOL:
        return (show(True, around.lang), show(False, around.lang)), True
    return around.references.get(info.reference, ()), False


def _check(info: FieldInfo, lang: Lang) -> Check | None:
    """What may be typed into a date or a number."""
    message = refusal(info, lang)
    match info.kind.format:
        case Format.DATE | Format.DATETIME:
            return Check("date", message=message)
        case Format.INTEGER:
            return Check("whole", info.col.low, info.col.high, message)
        case Format.QUANTITY | Format.MONEY:
            return Check("number", info.col.low, info.col.high, message)
        case _:
            return None


# ── what lights up ──


def _highlights(record: type[Record], infos: Sequence[FieldInfo], around: Surroundings) -> list[Highlight]:
    at = {info.code: number for number, info in enumerate(infos)}
    found = [*_needed_by_stage(record, at, around), *_needed_always(record, infos, at)]
    if "missing" in at:
        found.append(Highlight(at["missing"], "filled", Look.WARN))
        found.append(Highlight(at["stage"], "filled", Look.WARN, when=(at["missing"], ())))
    if "overdue_days" in at:
        found.append(Highlight(at["overdue_days"], "filled", Look.BAD))
    return [*found, *_colours(record, at, around)]


def _needed_always(record: type[Record], infos: Sequence[FieldInfo], at: Mapping[str, int]) -> list[Highlight]:
    """Key cells that are blank on a row that somebody began."""
    shown = [info for info in infos if not info.col.hidden and not info.col.derived]
    keys = [info for info in shown if info.col.key]
    first = shown[1 if record.info.prefix else 0]
    return [Highlight(at[key.code], "blank", Look.WARN, when=(at[first.code], ())) for key in keys if key is not first]


def _needed_by_stage(record: type[Record], at: Mapping[str, int], around: Surroundings) -> list[Highlight]:
    """Cells that the typed stage asks for and nothing else can fill."""
    stages = {"companies": COMPANY_GATES, "deals": DEAL_GATES}.get(record.info.name, {})
    asked: dict[str, list[str]] = {}
    for stage, gates in stages.items():
        for code in _single(record, gates, around.settings):
            asked.setdefault(code, []).append(stage)
    words = around.enumerations["company_stage" if record.info.name == "companies" else "deal_stage"]
    return [
        Highlight(at[code], "blank", Look.WARN, when=(at["stage"], _labels(words, stages, around.lang)))
        for code, stages in asked.items()
    ]


def _single(record: type[Record], gates: Sequence[Gate], settings: Settings) -> dict[str, None]:
    """The columns of the table that the gates demand by themselves, without any other choice."""
    waived = _STAND_INS if record.info.name == "deals" else frozenset() if settings.inn_required else frozenset({"inn"})
    return {
        code: None
        for gate in gates
        if gate.at_least is None
        for demand in gate.demands
        if len(demand.columns) == 1
        for table, code in demand.columns
        if table == record.info.name and code not in waived and code != f"{record.info.prefix.lower()}_id"
    }


_COLOURS: Sequence[tuple[str, str, Look, tuple[str, ...]]] = (
    ("companies", "stage", Look.GOOD, ("regular",)),
    ("companies", "stage", Look.MUTED, ("lost", "disqualified")),
    ("deals", "stage", Look.MUTED, ("settled", "lost", "postponed")),
    ("tasks", "status", Look.MUTED, ("done", "cancelled", "auto_closed")),
    ("contacts", "status", Look.MUTED, ("left", "merged", "erased")),
)
"""Values that are seen at a glance: table, column, look, codes."""


def _colours(record: type[Record], at: Mapping[str, int], around: Surroundings) -> list[Highlight]:
    found = []
    for table, column, look, codes in _COLOURS:
        if table == record.info.name:
            words = around.enumerations[fields(record)[column].enumeration]
            found.append(Highlight(at[column], "equals", look, _labels(words, codes, around.lang)))
    return found


def _labels(enumeration: Enumeration, codes: Sequence[str], lang: Lang) -> tuple[str, ...]:
    return tuple(enumeration.label_of(code).get(lang) for code in codes)
