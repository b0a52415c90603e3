"""The tabs Lists and Settings of a book: every value a list knows, every setting and what it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetcrm.fresh.inputs import Listed, arranged
from sheetcrm.schema.settings import Settings, as_typed, meanings
from sheetcrm.schema.system import ListRow
from sheetcrm.schema.words import ENUMERATIONS, Choice, Enumeration
from sheetcrm.table import Table, Value, is_blank
from sheetcrm.text import Lang


def extended(extra: Mapping[str, Sequence[Choice]]) -> Mapping[str, Enumeration]:
    """The built-in lists with more values at their ends.

    Args:
        extra: The values by the name of their list.
    """
    return {
        name: Enumeration(name, known.label, (*known.choices, *extra.get(name, ())), known.open)
        for name, known in ENUMERATIONS.items()
    }


def list_rows(enumerations: Mapping[str, Enumeration]) -> list[dict[str, Value]]:
    """The rows of the tab Lists: the lists one below the other, a blank row for a new value after each."""
    rows: list[dict[str, Value]] = []
    for name, enumeration in enumerations.items():
        rows += [
            {"list": name, "code": choice.code, "en": choice.label.en, "ru": choice.label.ru, "order": order}
            for order, choice in enumerate(enumeration.choices, 1)
        ]
        rows.append({})
    return rows


def fresh_listed(enumerations: Mapping[str, Enumeration], lang: Lang, title: str) -> Mapping[str, Listed]:
    """Where a fresh tab Lists shows the labels of each list.

    The blank row below an open list belongs to its drop-down: a value typed there is offered at once.

    Args:
        enumerations: The lists that stand in it.
        lang: The language of the book.
        title: What the tab is called.
    """
    column = next(i for i, info in enumerate(arranged(ListRow)) if info.code == lang)
    listed: dict[str, Listed] = {}
    first = 2
    for name, enumeration in enumerations.items():
        last = first + len(enumeration.choices) - 1
        listed[name] = (title, column, first, last + 1 if enumeration.open else last)
        first = last + 2
    return listed


def listed_in(table: Table, lang: Lang) -> Mapping[str, Listed]:
    """Where an existing tab Lists shows the labels of those lists whose rows stand together."""
    if lang not in table.columns:
        return {}
    numbers: dict[str, list[int]] = {}
    for number, name, label in zip(table.numbers, table.cells("list"), table.cells(lang), strict=True):
        if not is_blank(label):
            numbers.setdefault(str(name).strip(), []).append(number)
    column = table.columns[lang].index
    return {
        name: (table.title, column, rows[0], rows[-1])
        for name, rows in numbers.items()
        if rows[-1] - rows[0] == len(rows) - 1
    }


def setting_rows(settings: Settings, lang: Lang) -> list[dict[str, Value]]:
    """The rows of the tab Settings: every setting with its value and meaning."""
    return [
        {"name": name, "value": as_typed(settings, name), "meaning": meaning.get(lang)}
        for name, meaning in meanings().items()
    ]
