"""Asking the rules about small books."""

from datetime import date

from sheetcrm.findings import Finding
from sheetcrm.text import Lang, say
from sheetcrm.validators.checking import check
from tests.books import TODAY, facts_of

AURUM = """
    Company ID | Name  | Stage       | Phone            | Address
    C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1
"""


def findings(tabs: dict[str, str], today: date = TODAY) -> list[Finding]:
    """Everything that is wrong in a book."""
    return check(facts_of(tabs, today))


def found(tabs: dict[str, str], today: date = TODAY) -> list[tuple[str, str]]:
    """The address and the code of everything that is wrong in a book."""
    return [(one.place.address, one.code) for one in findings(tabs, today)]


def said(finding: Finding, lang: Lang = "en") -> str:
    """What a finding says, with its hint."""
    return say(finding.message, lang) + (f" — {say(finding.hint, lang)}" if finding.hint else "")


def companies(*rows: str, header: str = "Name | Stage | Phone | Address") -> str:
    """A tab of companies with ids, from the rest of their rows."""
    return "\n".join((f"Company ID | {header}", *(f"C-{n:06d} | {row}" for n, row in enumerate(rows, 1))))
