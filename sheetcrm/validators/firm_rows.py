"""The rows of the tab Rules as rules: which rows of which table they judge, and what they need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sheetcrm.findings import Severity
from sheetcrm.schema.base import Base
from sheetcrm.schema.figures import moment_of, number_of
from sheetcrm.schema.record import fields
from sheetcrm.schema.tables import SCHEMA, code_of, titled
from sheetcrm.schema.words import fold
from sheetcrm.text import Lang, Message, msg
from sheetcrm.validators.pattern import compiled

Bound = Decimal | date | None

_ANY = re.compile(r"(?:any|любые|любых|любой|любая)\s+(\d+)")
_ORDER = re.compile(r"(?:a|а)\s*(?:<=|≤)\s*(?:b|б|в)")


class Need(NamedTuple):
    """What a row of the tab asks of its columns.

    Attributes:
        kind: `all`, `any`, `regex`, `range`, `order` or `unique`.
        least: For `any`: how many.
        pattern: For `regex`.
        low: For `range`: the least value.
        high: For `range`: the greatest.
    """

    kind: str
    least: int = 0
    pattern: re.Pattern[str] | None = None
    low: Bound = None
    high: Bound = None


@dataclass(frozen=True, slots=True)
class FirmRule:
    """A row of the tab that was understood.

    Attributes:
        position: Its position.
        table: The table that it judges.
        stage: The stage from which it holds, "" for always.
        stage_of: `companies` or `deals`: whose stage that is.
        columns: Field codes, and headers of the user's own columns.
        need: What it asks.
        severity: How much a finding weighs.
        starts: The day since which it holds, None for always.
        message: The firm's own words, "" for none.
    """

    position: int
    table: str
    stage: str
    stage_of: str
    columns: tuple[str, ...]
    need: Need
    severity: Severity
    starts: date | None
    message: str


class RowFault(NamedTuple):
    """A cell of the tab that was not understood."""

    position: int
    column: str
    message: Message
    hint: Message


def firm_rules(base: Base) -> tuple[list[FirmRule], list[RowFault]]:
    """The rules of the tab, and what in it could not be understood."""
    rules, faults = [], []
    for position in range(base.size("rules")):
        found = _row(base, position)
        if isinstance(found, FirmRule):
            rules.append(found)
        else:
            faults.append(found)
    return rules, faults


def _row(base: Base, position: int) -> FirmRule | RowFault:
    stage, table, columns, need, message = (
        base.texts("rules", code)[position] for code in ("stage", "table", "columns", "need", "message")
    )
    code = titled(table) or ""
    if not code or SCHEMA[code].info.group not in ("work", "reference"):
        tabs = [record.info.label for record in SCHEMA.values() if record.info.group == "work"]
        return RowFault(
            position, "table", msg("no table is called “{table}”", table=table), msg("like {tabs}", tabs=tabs)
        )
    known, unknown = _columns(base, code, columns)
    if unknown or not known:
        tab = SCHEMA[code].info.label
        text = msg("“{column}” is no column of “{tab}”", column=unknown or columns, tab=tab)
        return RowFault(position, "columns", text, msg("write headers as they stand, with commas between"))
    wanted = _need(need, len(known), base.lang)
    if wanted is None:
        return RowFault(position, "need", msg("“{need}” is not understood", need=need), _NEEDS)
    of, at = _stage(base, code, stage)
    if stage and not at:
        return RowFault(
            position, "stage", msg("no stage is called “{stage}”", stage=stage), msg("leave it blank for all")
        )
    for column in ("severity", "starts"):
        problem = base.converted("rules", column).problems.get(position)
        if problem is not None:
            return RowFault(position, column, problem.message, problem.hint or msg("leave it blank"))
    severity = Severity.WARNING if base.values("rules", "severity")[position] == "warning" else Severity.ERROR
    starts = base.values("rules", "starts")[position]
    return FirmRule(
        position, code, at, of, known, wanted, severity, starts if isinstance(starts, date) else None, message
    )


_NEEDS = msg("write all, any 2, regex:…, range:a..b, a <= b or unique")


def _columns(base: Base, table: str, typed: str) -> tuple[tuple[str, ...], str]:
    """The columns that a cell names, and the first word that names none."""
    found, rows = [], base.table(table)
    own = {fold(header): header for header in (rows.own if rows is not None else ())}
    for word in filter(None, map(str.strip, re.split(r"[,;\n]", typed))):
        code = own.get(fold(word)) or code_of(table, word) or (word if word in fields(SCHEMA[table]) else None)
        if code is None:
            return (), word
        found.append(code)
    return tuple(found), ""


def _stage(base: Base, table: str, typed: str) -> tuple[str, str]:
    """Whose stage a cell names, and which; a deal's own before its company's."""
    words = base.vocabulary.words
    if table == "deals" and (at := words["deal_stage"].get(fold(typed))):
        return "deals", at
    follows = table == "companies" or "company" in fields(SCHEMA[table])
    return "companies", words["company_stage"].get(fold(typed), "") if follows else ""


def _need(typed: str, columns: int, lang: Lang) -> Need | None:
    word = fold(typed)
    head, colon, rest = typed.partition(":")
    if colon and fold(head) in ("regex", "шаблон"):
        pattern = compiled(rest.strip())
        return Need("regex", pattern=pattern) if pattern is not None else None
    if colon and fold(head) in ("range", "диапазон"):
        return _range(rest, lang)
    if word in ("all", "все"):
        return Need("all")
    if (several := _ANY.fullmatch(word)) and 0 < int(several[1]) <= columns:
        return Need("any", least=int(several[1]))
    if word in ("unique", "уникально", "без повторов"):
        return Need("unique")
    return Need("order") if _ORDER.fullmatch(word) and columns == 2 else None


def _range(typed: str, lang: Lang) -> Need | None:
    low, dots, high = typed.partition("..")
    bounds = [_bound(part.strip(), lang) for part in (low, high)]
    kinds = {type(bound) for bound in bounds if bound is not None}
    blank = [not part.strip() for part in (low, high)]
    if not dots or len(kinds) != 1 or any(b is None and not empty for b, empty in zip(bounds, blank, strict=True)):
        return None
    return Need("range", low=bounds[0], high=bounds[1])


def _bound(typed: str, lang: Lang) -> Bound:
    try:
        moment = moment_of(typed)
    except ValueError:
        return None
    return moment.date() if moment is not None else number_of(typed, lang) if typed else None
