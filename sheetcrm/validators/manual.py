"""A rule's manual: what it finds, why that matters, a broken and a sound example, what to do.

The English one is the docstring of the rule's check, the Russian prose stands in `manuals_ru`; the examples are shared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sheetcrm.text import Lang
from sheetcrm.validators.rule import Rule

_SECTION = re.compile(
    r"^(?P<name>Why it matters|Broken|Sound|What to do)(?: \((?P<where>[^)]+)\))?(?:, today (?P<today>\S+))?:$", re.M
)


@dataclass(frozen=True, slots=True)
class Manual:
    """What people read about a rule.

    Attributes:
        finds: What it finds.
        why: Why it matters.
        broken: Tabs as text, a title and then lines of cells between bars; the rule finds a fault in them.
        where: The cells that the broken example's findings name, `Companies!D2`; with a code where another rule's.
        sound: The same without the fault.
        to_do: What to do about it.
        today: The day of the examples as ISO, "" where it does not matter.
    """

    finds: str
    why: str
    broken: str
    where: str
    sound: str
    to_do: str
    today: str = ""


def manual(rule: Rule, lang: Lang = "en") -> Manual:
    """The manual of a rule, in Russian where it is one of ours."""
    sections = list(_SECTION.finditer(rule.manual))
    starts = [section.start() for section in sections] + [len(rule.manual)]
    bodies = {
        section["name"]: rule.manual[section.end() : end] for section, end in zip(sections, starts[1:], strict=True)
    }
    broken = next((section for section in sections if section["name"] == "Broken"), None)
    english = Manual(
        finds=_prose(rule.manual[: starts[0]]),
        why=_prose(bodies.get("Why it matters", "")),
        broken=_example(bodies.get("Broken", "")),
        where=(broken["where"] or "") if broken else "",
        sound=_example(bodies.get("Sound", "")),
        to_do=_prose(bodies.get("What to do", "")),
        today=(broken["today"] or "") if broken else "",
    )
    if lang == "en":
        return english
    from sheetcrm.validators.manuals_ru import PROSE

    finds, why, to_do = PROSE.get(rule.code, (english.finds, english.why, english.to_do))
    return replace(english, finds=finds, why=why, to_do=to_do)


def _prose(text: str) -> str:
    """Paragraphs, each on one line."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


def _example(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())
