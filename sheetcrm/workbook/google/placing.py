"""Tabs to be drawn: which stand already, which ids new ones get, and where among the others they come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from zlib import crc32

from sheetcrm.errors import GuardError
from sheetcrm.tab import Tab
from sheetcrm.table import MARK
from sheetcrm.text import msg
from sheetcrm.workbook.google.batches import fits
from sheetcrm.workbook.google.edits import Piece
from sheetcrm.workbook.google.standing import Standing
from sheetcrm.workbook.google.tabs import fill, group_of, prepare
from sheetcrm.workbook.google.wire import Json
from sheetcrm.workbook.grid import position

_LARGEST = 0x7FFF_FFFF


def drawn(tabs: Sequence[Tab], standing: Standing) -> list[Piece]:
    """The requests that draw the tabs.

    A write that breaks off must leave nothing that the next run takes for something else. So new tabs of records come
    first and all in one piece, since a blank one would be somebody's own; and a generated tab, on which people type
    too, is filled in one piece wherever it fits into a batch.

    Raises:
        GuardError: If a cell cannot hold its value, or to Google another tab is called the same.
    """
    ordered = sorted(tabs, key=_is_generated)
    fresh = [tab for tab in ordered if tab.title not in standing.tabs]
    gids = {**standing.gids, **new_ids([tab.title for tab in fresh], standing.taken)}
    places = _places(fresh, standing)
    by_title = {tab.title: tab for tab in tabs}

    def prepared(tab: Tab) -> list[Json]:
        return prepare(tab, gids[tab.title], standing.tabs.get(tab.title), places.get(tab.title))

    def filled(tab: Tab) -> list[Json]:
        return fill(tab, gids[tab.title], gids, by_title.get(tab.pivot.source) if tab.pivot else None)

    records, generated = ([tab for tab in ordered if _is_generated(tab) is kind] for kind in (False, True))
    # All stand before any is filled: they lead to one another.
    pieces = [[request for step in (prepared, filled) for tab in records for request in step(tab)]]
    pieces += map(prepared, generated)
    for tab in generated:
        requests = filled(tab)
        pieces += [requests] if fits(requests) else ([request] for request in requests)
    return [Piece(requests) for requests in pieces if requests]


def _is_generated(tab: Tab) -> bool:
    return tab.title.startswith(MARK)


def _places(fresh: Sequence[Tab], standing: Standing) -> dict[str, int]:
    """Where each new tab goes, counted with those that went before it."""
    groups = _groups(standing)
    found: dict[str, int] = {}
    for tab in fresh:
        _check_title(tab.title, standing.tabs)
        found[tab.title] = position(groups, tab.group)
        groups.insert(found[tab.title], tab.group)
    return found


def emptied(standing: Standing, tabs: Sequence[Tab]) -> list[Json]:
    """The requests that take away the blank tabs of a sheet that becomes a book."""
    drawn_anew = {tab.title for tab in tabs}
    return [{"deleteSheet": {"sheetId": tab.gid}} for tab in standing.tabs.values() if tab.title not in drawn_anew]


def new_ids(titles: Iterable[str], taken: Collection[int]) -> dict[str, int]:
    """Ids for new tabs: the same title gets the same one wherever it is free."""
    found: dict[str, int] = {}
    for title in titles:
        id = crc32(title.encode("utf-8", "surrogatepass")) & _LARGEST
        while id in taken or id in found.values():
            id = (id + 1) & _LARGEST
        found[title] = id
    return found


def _groups(standing: Standing) -> list[str | None]:
    """The group of every sheet, in their order; None for people's own and for those without cells."""
    by_place: dict[int, str | None] = dict.fromkeys(standing.others)
    by_place |= {tab.index: group_of(tab) for tab in standing.tabs.values()}
    return [by_place[place] for place in sorted(by_place)]


def _check_title(title: str, standing: Mapping[str, object]) -> None:
    """Do nothing if no other tab is called so to Google, which does not tell capitals apart."""
    other = next((found for found in standing if found.casefold() == title.casefold()), None)
    if other is not None:
        raise GuardError(
            msg("There is a tab {other} already, which to Google is called the same as the tab {tab}.",
                other=other, tab=title),
            msg("Rename that tab."),
        )  # fmt: skip
