"""A tab drawn in a Google Sheet: the requests that put it there, equal in content and looks to the one in a file.

How it prints and what its table is called have no counterpart: Google keeps no page set-up in a book, and its own
tables bring headers, colours and column types of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetcrm.tab import Tab
from sheetcrm.workbook.cells import check_title
from sheetcrm.workbook.google.standing import TabState
from sheetcrm.workbook.google.tabs.chart import add_chart
from sheetcrm.workbook.google.tabs.choices import add_choices
from sheetcrm.workbook.google.tabs.clearing import clear
from sheetcrm.workbook.google.tabs.highlights import add_highlights
from sheetcrm.workbook.google.tabs.outline import fold
from sheetcrm.workbook.google.tabs.painting import ground, paint
from sheetcrm.workbook.google.tabs.pivot import add_pivot
from sheetcrm.workbook.google.tabs.protection import protect
from sheetcrm.workbook.google.tabs.sizes import size
from sheetcrm.workbook.google.tabs.values import values
from sheetcrm.workbook.google.tabs.view import adapt, add_filter, add_sheet
from sheetcrm.workbook.google.wire import Json


def draw(
    tab: Tab,
    gid: int,
    gids: Mapping[str, int],
    standing: TabState | None = None,
    index: int | None = None,
    source: Tab | None = None,
) -> list[Json]:
    """The requests that draw one tab.

    Where several tabs lead to one another, all are prepared first and filled then.

    Args:
        tab: What it holds.
        gid: Its id; that of the standing tab, or a free one.
        gids: The ids of all tabs of the book as it will be, by title: what links and drop-downs lead to.
        standing: The tab as it stands, to be replaced whole where it is; None for a new one.
        index: Where a new tab goes, None for behind all others.
        source: The tab that its native pivot counts, None where it has no pivot.

    Raises:
        GuardError: If the tab cannot be called so, or a cell cannot hold its value.
    """
    return [*prepare(tab, gid, standing, index), *fill(tab, gid, gids, source)]


def prepare(tab: Tab, gid: int, standing: TabState | None = None, index: int | None = None) -> list[Json]:
    """The requests that add a tab, or clear one that stands and adapt its size: it keeps its place and colour."""
    check_title(tab.title)
    if standing is None:
        return [add_sheet(tab, gid, index)]
    return [*clear(standing), adapt(tab, standing)]


def fill(tab: Tab, gid: int, gids: Mapping[str, int], source: Tab | None = None) -> list[Json]:
    """The requests that fill a tab that was prepared; those that they lead to are, too."""
    return list(_filling(tab, gid, gids, source))


def _filling(tab: Tab, gid: int, gids: Mapping[str, int], source: Tab | None) -> Iterator[Json]:
    yield ground(tab, gid)
    yield from values(tab, gid, gids)
    # Behind the values: a link would take the colours of the program for its own.
    yield from paint(tab, gid, gids)
    yield from size(tab, gid)
    yield from fold(tab, gid)
    yield from add_choices(tab, gid, gids)
    yield from add_highlights(tab, gid)
    yield from add_filter(tab, gid)
    yield from protect(tab, gid)
    if tab.chart is not None:
        yield add_chart(tab, gid, tab.chart)
    if tab.pivot is not None:
        assert source is not None, "a pivot counts another tab"
        yield add_pivot(tab, gid, tab.pivot, source, gids[tab.pivot.source])
