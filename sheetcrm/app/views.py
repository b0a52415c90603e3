"""The views that `update` keeps where a workbook has such: each manager's own clients, and those that lack data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from sheetcrm.app.opening import Opened
from sheetcrm.fresh.start import FILTERS, filter_lines, start_of
from sheetcrm.schema.base import Base
from sheetcrm.tab import View
from sheetcrm.table import Change, is_blank
from sheetcrm.tasks.staff import Staff
from sheetcrm.text import Label

MINE = Label("My clients — ", "Мои клиенты — ")
"""Begins the title of a manager's view; the manager's name follows."""

LACKING = Label("Missing data", "Не хватает данных")

_TABLE, _MANAGER, _MISSING = "companies", "manager", "missing"


def views(base: Base, today: date) -> tuple[View, ...]:
    """A view of the clients of every active manager, and one of the clients whose data has gaps.

    Args:
        base: The base as it will stand.
        today: The day on which managers are active.
    """
    start = start_of(base.book)
    place = (start.title, FILTERS.get(base.lang)) if start is not None else None
    found = []
    if base.present(_TABLE, _MANAGER):
        names = _names(base)
        for manager in Staff(base, today).active:
            title = MINE.get(base.lang) + " ".join(base.manager_name(manager).split())
            text = names.get(manager, base.manager_name(manager))
            if text:
                found.append(View(title, _TABLE, _MANAGER, text, place))
    if base.present(_TABLE, _MISSING):
        found.append(View(LACKING.get(base.lang), _TABLE, _MISSING, None, place))
    return tuple({view.title: view for view in found}.values())


def listed(opened: Opened, kept: tuple[View, ...]) -> list[Change]:
    """The lines on Start of views that are kept from now on; those of views that no manager has any more are gone.

    Args:
        opened: The book as it was read.
        kept: The views that are to stand in it; none leaves those lines alone.
    """
    start = start_of(opened.base.book)
    if start is None or not kept:
        return []
    titles = [view.title for view in kept]
    gone = [title for title in opened.workbook.views or () if title not in titles]
    return filter_lines(start, titles, gone, opened.base.lang)


def _names(base: Base) -> Mapping[int, str]:
    """What most cells call each manager who has clients: a name, or an id."""
    table = base.table(_TABLE)
    cells = table.cells(_MANAGER) if table is not None else ()
    found: dict[int, Counter[str]] = {}
    for cell, manager in zip(cells, base.links(_TABLE, _MANAGER).target, strict=True):
        if manager >= 0 and isinstance(cell, str) and not is_blank(cell):
            found.setdefault(manager, Counter())[cell] += 1
    return {manager: max(sorted(texts), key=texts.__getitem__) for manager, texts in found.items()}
