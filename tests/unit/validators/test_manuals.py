import re
from datetime import date

import pytest

from sheetcrm.schema.base import load
from sheetcrm.schema.facts import Facts
from sheetcrm.text import LANGUAGES
from sheetcrm.validators.checking import check
from sheetcrm.validators.manual import manual
from sheetcrm.validators.manuals_ru import PROSE
from sheetcrm.validators.registry import RULES
from sheetcrm.validators.rule import Rule
from tests.books import TODAY
from tests.unit.validators.examples import example

EVERY_RULE = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)


def found(text: str, today: str) -> list[tuple[str, str]]:
    """The findings of an example: the cell and the code of each."""
    facts = Facts(load(example(text)), date.fromisoformat(today) if today else TODAY)
    return [(f"{one.place.sheet}!{one.place.cell}".rstrip("!"), one.code) for one in check(facts)]


def expected(rule: Rule, where: str) -> list[tuple[str, str]]:
    """The cells that a broken example names; a code stands where it is another rule's."""
    parts = [part.split() for part in where.split(", ")]
    return [(part[0], part[1] if len(part) > 1 else rule.code) for part in parts]


@EVERY_RULE
def test_the_broken_example_is_broken_at_the_cell_that_it_names_and_nowhere_else(rule: Rule) -> None:
    page = manual(rule)
    assert found(page.broken, page.today) == expected(rule, page.where)


@EVERY_RULE
def test_the_sound_example_is_sound(rule: Rule) -> None:
    page = manual(rule)
    assert found(page.sound, page.today) == []


@EVERY_RULE
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_manual_says_what_is_found_why_it_matters_and_what_to_do(rule: Rule, lang: str) -> None:
    page = manual(rule, "ru" if lang == "ru" else "en")
    for prose in (page.finds, page.why, page.to_do):
        assert prose.endswith((".", "."))
        assert bool(re.search("[а-яё]{3}", prose.lower())) or lang == "en"


def test_every_rule_has_a_russian_manual_and_no_manual_is_left_over() -> None:
    assert set(PROSE) == set(RULES)


def test_codes_are_a_letter_of_a_family_and_three_digits() -> None:
    assert [rule.code for rule in RULES.values() if not re.fullmatch(r"[SKRVGHF]\d{3}", rule.code)] == []
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
