"""Every tab of the demo firm is drawn as it is: all its values, in both languages, in few bytes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sheetcrm.tab import Tab
from sheetcrm.table import Value
from sheetcrm.text import LANGUAGES, Lang
from sheetcrm.workbook.cells import check_value
from sheetcrm.workbook.google.wire import serial
from sheetcrm.workbook.grid import tab_values
from tests.unit.workbook.google.tabs.canvas import Canvas, size, without_ids
from tests.unit.workbook.google.tabs.firm import firm_tabs

LOCALES = {"en": "en_US", "ru": "ru_RU"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_tabs(lang: Lang) -> None:
    tabs = firm_tabs(lang)
    canvas = Canvas(LOCALES[lang])
    requests = canvas.draw(*tabs)
    assert len(tabs) > 25
    assert size(requests) / sum(len(list(tab_values(tab))) for tab in tabs) < 70
    read = canvas.all_values()
    for tab in tabs:
        if tab.pivot is None:
            assert spotted(read[tab.title]) == held(tab), tab.title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_generated_tabs_are_redrawn_as_they_were(lang: Lang) -> None:
    tabs = [tab for tab in firm_tabs(lang) if tab.title.startswith("▦") and " · " not in tab.title]
    titles = [tab.title for tab in tabs]
    canvas = Canvas(LOCALES[lang])
    canvas.draw(*tabs)
    once = without_ids(canvas.sheets(*titles))
    canvas.draw(*tabs)
    assert without_ids(canvas.sheets(*titles)) == once


def held(tab: Tab) -> dict[tuple[int, int], object]:
    """What the tab says, as Google gives it back."""
    return {
        spot: plain(check_value(value, tab.title, spot)) for spot, value in tab_values(tab) if value not in (None, "")
    }


def plain(value: Value | float) -> object:
    match value:
        case bool() | str():
            return value
        case date():
            return round(serial(value), 6)
        case int() | float() | Decimal():
            return round(float(value), 6)
    raise AssertionError(value)


def spotted(rows: list[list[Any]]) -> dict[tuple[int, int], object]:
    """What was read, by its place."""
    return {
        (row, at): round(value, 6) if isinstance(value, int | float) and not isinstance(value, bool) else value
        for row, cells in enumerate(rows, 1)
        for at, value in enumerate(cells)
        if value != ""
    }
