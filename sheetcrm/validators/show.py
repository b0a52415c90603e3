"""Findings as people and programs get them: a tab whose lines lead to their cells, or JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sheetcrm.findings import Finding, Place, Severity
from sheetcrm.schema.base import Base
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.tab import Look, Shown, Tab, TabColumn, TabRow
from sheetcrm.table import MARK
from sheetcrm.text import Label, Lang, Message, msg, nmsg, say

TITLE = Label(f"{MARK} Check", f"{MARK} Проверка")

_NOBODY = msg("nobody answers for it")


def check_tab(findings: Sequence[Finding], base: Base, today: date) -> Tab:
    """The tab «▦ Check»: a line a finding, by manager, each linked to its cell.

    Args:
        findings: What is wrong.
        base: The base it is wrong in; its language is the tab's.
        today: The day asked about.
    """
    lang = base.lang
    lead = [
        TabRow((say(msg("Check of the book"), lang),), Look.TITLE),
        TabRow((say(_reading(findings), lang),), Look.SUBTITLE),
        TabRow((say(msg("As of {day}", day=today), lang),), Look.NOTE),
    ]
    columns = [
        TabColumn(say(msg("Who answers"), lang), width=20),
        TabColumn(say(msg("Where"), lang), width=24),
        TabColumn(say(msg("Record"), lang), width=34),
        TabColumn(say(msg("What is wrong"), lang), width=60, wrap=True),
        TabColumn(say(msg("What to do"), lang), width=50, wrap=True),
        TabColumn(say(msg("Weight"), lang), width=16),
        TabColumn(say(msg("Rule"), lang), width=8),
    ]
    ordered = sorted(findings, key=lambda f: (f.place.manager == "", f.place.manager, f.severity is not Severity.ERROR))
    return Tab(
        TITLE.get(lang),
        tuple(columns),
        tuple(_line(finding, lang) for finding in ordered),
        tuple(lead),
        freeze=2,
        filter=True,
    )


def _reading(findings: Sequence[Finding]) -> Message:
    if not findings:
        return msg("Nothing is wrong.")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = len(findings) - errors
    return msg(
        "{errors} to mend, {warnings} to look at; a click on the cell's address leads there.",
        errors=nmsg("{n} error", "{n} errors", errors, n=errors),
        warnings=nmsg("{n} warning", "{n} warnings", warnings, n=warnings),
    )


def _line(finding: Finding, lang: Lang) -> TabRow:
    place = finding.place
    is_error = finding.severity is Severity.ERROR
    weight = Shown(say(_WEIGHT[finding.severity], lang), Look.BAD if is_error else Look.WARN)
    hint = "" if finding.hint is None else say(finding.hint, lang)
    return TabRow(
        (
            place.manager or say(_NOBODY, lang),
            Shown(place.address, link=_link(place)),
            " ".join(dict.fromkeys(filter(None, (place.name, place.id)))),
            say(finding.message, lang),
            hint,
            weight,
            finding.code,
        )
    )


_WEIGHT = {Severity.ERROR: msg("error"), Severity.WARNING: msg("warning")}


def _link(place: Place) -> tuple[str, str] | None:
    if not place.sheet:
        return None
    cell = place.cell if place.row and place.column is not None else f"A{place.row or 1}"
    return place.sheet, cell


def summary(findings: Iterable[Finding], base: Base) -> dict[str, object]:
    """How many records there are, and how many findings of each severity and code."""
    codes: Counter[str] = Counter()
    weights: Counter[Severity] = Counter()
    for finding in findings:
        codes[finding.code] += 1
        weights[finding.severity] += 1
    return {
        "records": {
            SCHEMA[table.name].info.label.en: base.size(table.name)
            for table in base.book
            if SCHEMA[table.name].info.group in ("work", "reference")
        },
        "errors": weights[Severity.ERROR],
        "warnings": weights[Severity.WARNING],
        "by_code": dict(sorted(codes.items())),
    }


def to_json(findings: Iterable[Finding], lang: Lang, urls: Mapping[str, str]) -> list[Mapping[str, object]]:
    """The findings as their documented JSON objects.

    Args:
        findings: What is wrong.
        lang: The language of what people read.
        urls: Where the tabs open in a browser, by title; none of a file's.
    """
    return [_object(finding, lang, urls) for finding in findings]


def _object(finding: Finding, lang: Lang, urls: Mapping[str, str]) -> Mapping[str, object]:
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "table": SCHEMA[place.table].info.label.en if place.table in SCHEMA else None,
        "sheet": place.sheet,
        "cell": place.cell,
        "row": place.row,
        "column": place.field,
        "url": place.url(urls),
        "id": place.id,
        "manager": place.manager,
        "message": say(finding.message, lang),
        "hint": "" if finding.hint is None else say(finding.hint, lang),
    }
