"""The catalogue is complete: what the code can say, it can say in Russian."""

import ast
import io
import re
from collections.abc import Iterator
from functools import cache
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parents[2] / "sheetcrm"
RUSSIAN = PACKAGE / "locale/ru/LC_MESSAGES/sheetcrm.po"
KEYWORDS = {"msg": None, "nmsg": (1, 2)}


def said_by_the_code() -> set[tuple[str, ...]]:
    """Every message of the package: its English text, or its singular and plural."""
    found = extract_from_dir(PACKAGE, keywords=KEYWORDS)
    return {texts if isinstance(texts, tuple) else (texts,) for _, _, texts, _, _ in found}


@cache
def catalogue() -> Catalog:
    with RUSSIAN.open("rb") as stream:
        return read_po(stream)


def texts(message: Message, part: str) -> tuple[str, ...]:
    value = getattr(message, part)
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def entries() -> list[Message]:
    return [message for message in catalogue() if message.id]


def slots(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


def test_every_message_of_the_code_is_in_the_catalogue() -> None:
    assert said_by_the_code() - {texts(entry, "id") for entry in entries()} == set()


def test_the_catalogue_has_no_message_that_nobody_says() -> None:
    assert {texts(entry, "id") for entry in entries()} - said_by_the_code() == set()
    assert list(catalogue().obsolete) == []


def test_every_message_is_translated_in_all_its_plural_forms() -> None:
    unfinished = [
        entry.id
        for entry in entries()
        if entry.fuzzy
        or not all(texts(entry, "string"))
        or len(texts(entry, "string")) != (catalogue().num_plurals if entry.pluralizable else 1)
    ]
    assert unfinished == []


def test_russian_counts_1_2_5_11_21_22_112() -> None:
    form = c2py(catalogue().plural_expr)
    assert [form(n) for n in (1, 2, 5, 11, 21, 22, 112)] == [0, 1, 2, 2, 0, 1, 2]


def test_a_translation_fills_the_same_slots() -> None:
    differing = [
        entry.id
        for entry in entries()
        for string in texts(entry, "string")
        if slots(string) != slots(texts(entry, "id")[-1])
    ]
    assert differing == []


def test_the_compiled_catalogue_is_fresh() -> None:
    expected = io.BytesIO()
    write_mo(expected, catalogue())
    compiled = RUSSIAN.with_suffix(".mo").read_bytes()
    assert compiled == expected.getvalue(), "run: pybabel compile -D sheetcrm -d sheetcrm/locale"


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every `msg(…)` and `nmsg(…)` of the package, with where it stands."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


@pytest.mark.parametrize("call", [pytest.param(call, id=place) for place, call in calls()])
def test_a_message_is_a_plain_text_whose_slots_are_all_given(call: ast.Call) -> None:
    assert isinstance(call.func, ast.Name)
    written = call.args[: 2 if call.func.id == "nmsg" else 1]
    english = [text.value for text in written if isinstance(text, ast.Constant) and isinstance(text.value, str)]
    assert len(english) == len(written), "the extractor sees only plain texts"
    given = {keyword.arg for keyword in call.keywords}
    if None not in given:
        assert given == set().union(*map(slots, english))
