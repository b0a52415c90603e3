"""`validate`: what is wrong in a base, or what a list that isn't ours is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sheetcrm.app.opening import Opened, open_base, save
from sheetcrm.findings import Finding, Severity
from sheetcrm.schema.foreign.ours import is_foreign
from sheetcrm.text import Lang, Message, say
from sheetcrm.validators.checking import check
from sheetcrm.validators.registry import installed_rules
from sheetcrm.validators.selection import Selection, selected
from sheetcrm.validators.show import check_tab, summary, to_json
from sheetcrm.workbook import Address

if TYPE_CHECKING:
    from sheetcrm.validators.foreign.answer import ForeignAnswer


@dataclass(frozen=True, slots=True)
class Checked:
    """A base that was judged.

    Attributes:
        opened: The base.
        findings: What was asked for of what is wrong.
        notes: What people should know of the book after the tab was written.
    """

    opened: Opened
    findings: Sequence[Finding]
    notes: tuple[Message, ...] = ()

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def titles(self) -> Mapping[str, Message]:
        """What each rule is called, by code."""
        return {code: rule.title for code, rule in installed_rules().items()}

    def shape(self, lang: Lang) -> dict[str, object]:
        """The documented JSON."""
        base = self.opened.base
        return {
            "book": base.book.name,
            "as_of": self.opened.facts.today.isoformat(),
            "summary": summary(self.findings, base),
            "findings": to_json(self.findings, lang, base.book.urls),
            "notes": [say(note, lang) for note in self.notes],
        }


@dataclass(frozen=True, slots=True)
class Judging:
    """How a base is judged.

    Attributes:
        today: The day asked about.
        asked: Which findings are asked for.
        strict: Whether warnings count as errors.
        publish: Whether the tab of findings is written into the book.
        now: The moment of the run.
    """

    today: date
    asked: Selection
    strict: bool
    publish: bool
    now: datetime


def validate(address: Address, judging: Judging) -> Checked | ForeignAnswer:
    """Judge a book, or answer the owner of a list that isn't ours, into which nothing is ever written.

    Args:
        address: The book.
        judging: As of when, what is asked for, and what is written.
    """
    opened = open_base(address, judging.today)
    if is_foreign(opened.base.book):
        # Imported and read with colours only here: a base of ours needs neither.
        from sheetcrm.validators.foreign.answer import answer

        read = opened.base.book
        return answer(read if read.coloured else opened.workbook.read(fills=True))
    return _judge(opened, judging)


def _judge(opened: Opened, judging: Judging) -> Checked:
    found = check(opened.facts, installed_rules().values())
    if judging.strict:
        found = [replace(finding, severity=Severity.ERROR) for finding in found]
    notes: tuple[Message, ...] = ()
    if judging.publish:
        tab = check_tab(found, opened.base, judging.today)
        notes = save(opened, (), [tab], judging.now, "validate", f"findings={len(found)}")
    return Checked(opened, selected(found, judging.asked, opened.base), notes)
