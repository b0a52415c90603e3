"""`explain`: the manuals of rules, reports and task rules, by their codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sheetcrm.errors import UsageError
from sheetcrm.reports import registry as reports
from sheetcrm.reports.manuals_ru import PROSE as REPORTS_RU
from sheetcrm.schema.words import nearest
from sheetcrm.tasks.manuals_ru import PROSE as TASKS_RU
from sheetcrm.tasks.registry import RULES as TASK_RULES
from sheetcrm.text import Label, Lang, Message, msg
from sheetcrm.validators.manual import Manual, manual
from sheetcrm.validators.registry import installed_rules

Kind = Literal["rule", "report", "task"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that has a code and a manual.

    Attributes:
        kind: What it is.
        code: Its stable code.
        name: Its word, as commands take it.
        title: What it is, in plain words.
        severity: Of a rule: error or warning; "" for others.
    """

    kind: Kind
    code: str
    name: str
    title: Message | Label
    severity: str = ""


def entries() -> list[Entry]:
    """Everything that can be explained: rules, reports, task rules, each in the order of their codes."""
    return [
        *(Entry("rule", r.code, r.name, r.title, r.severity.value) for r in installed_rules().values()),
        *(Entry("report", r.code, r.name, r.title) for r in reports.reports()),
        *(Entry("task", r.code, "", r.title) for r in TASK_RULES.values()),
    ]


@dataclass(frozen=True, slots=True)
class Explained:
    """A manual.

    Attributes:
        entry: What it explains.
        text: The manual in prose; of a rule, what it finds.
        rule: A rule's manual with its examples; None for others.
        script: What a task rule tells people to say; "" for others.
    """

    entry: Entry
    text: str
    rule: Manual | None = None
    script: str = ""


def explain(word: str, lang: Lang) -> Explained:
    """The manual of a code or a name.

    Raises:
        UsageError: If nothing bears it, with the nearest one.
    """
    known = {key.casefold(): entry for entry in entries() for key in (entry.code, entry.name) if key}
    entry = known.get(word.casefold())
    if entry is None:
        near = nearest(word, known, close=50)
        hint = msg("Did you mean {name}?", name=known[near[0]].code) if near else msg("`sheetcrm explain` lists all.")
        raise UsageError(msg("There is no rule, report or task rule called “{name}”.", name=word), hint)
    return _explained(entry, lang)


def _explained(entry: Entry, lang: Lang) -> Explained:
    if entry.kind == "rule":
        found = manual(installed_rules()[entry.code], lang)
        return Explained(entry, found.finds, found)
    if entry.kind == "report":
        return Explained(entry, _in(lang, REPORTS_RU, entry.code, reports.report_called(entry.code).manual))
    task = TASK_RULES[entry.code]
    return Explained(entry, _in(lang, TASKS_RU, entry.code, task.manual), script=task.script.get(lang))


def _in(lang: Lang, russian: Mapping[str, str], code: str, english: str) -> str:
    """The prose in that language; a firm's own report has but what its docstring says."""
    return russian.get(code, english) if lang == "ru" else english
