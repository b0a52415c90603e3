"""Where the pieces of a tab stand, and where a new tab stands among the others: the same for every adapter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetcrm.tab import Item, Shown, Tab, TabColumn
from sheetcrm.table import Sheet, Spot, Value
from sheetcrm.workbook.cells import LONGEST_TEXT, cut

GROUPS = ("start", "work", "reference", "settings", "report", "system")
"""The groups of tabs from left to right."""


def header_text(column: TabColumn) -> str:
    """What the header's cell says: its unit on a second line."""
    return f"{column.header}\n{column.unit}" if column.unit else column.header


def body_row(tab: Tab) -> int:
    """The row of the first body line; without columns there is no header above it."""
    return tab.header_row + (1 if tab.columns else 0)


def header_end(tab: Tab) -> int:
    """The last row of the header; that of a pivot goes on in the first rows of the body."""
    return body_row(tab) - 1 + (tab.pivot.heads - 1 if tab.pivot is not None else 0)


def last_row(tab: Tab) -> int:
    """The last row of the body, spare rows included."""
    return body_row(tab) + len(tab.rows) + tab.spare - 1


def footer_row(tab: Tab) -> int:
    """The row of the first footer line: a blank one stands above it."""
    return last_row(tab) + 2


def sums_up_below(tab: Tab) -> bool:
    """Whether the line that sums up a group, and with it the button, stands below the group."""
    first = next((at for at, row in enumerate(tab.rows) if row.level), 0)
    return not (first and tab.rows[first - 1].level < tab.rows[first].level)


def plain(item: Item) -> Value:
    """The value of an item, without its look; a text that quotes a very long cell is cut to what one cell holds."""
    value = item.value if isinstance(item, Shown) else item
    return cut(value, LONGEST_TEXT) if isinstance(value, str) else value


def tab_values(tab: Tab) -> Iterator[tuple[Spot, Value]]:
    """Every value of a tab and where it stands."""
    for number, row in enumerate(tab.lead, 1):
        yield from (((number, at), plain(item)) for at, item in enumerate(row.values))
    yield from (((tab.header_row, at), header_text(column)) for at, column in enumerate(tab.columns))
    for number, row in enumerate(tab.rows, body_row(tab)):
        yield from (((number, at), plain(item)) for at, item in enumerate(row.values))
    for number, row in enumerate(tab.footer, footer_row(tab)):
        yield from (((number, at), plain(item)) for at, item in enumerate(row.values))


def position(groups: Sequence[str | None], group: str) -> int:
    """Where a new tab goes: behind the last one of its group or of the groups before it.

    Args:
        groups: The group of each tab that stands there; None for the user's own, which are never moved.
        group: The new tab's.
    """
    rank = GROUPS.index(group)
    before = [at for at, known in enumerate(groups) if known is not None and GROUPS.index(known) <= rank]
    if before:
        return before[-1] + 1
    after = [at for at, known in enumerate(groups) if known is not None]
    if after:
        return after[0]
    return 0 if group == "start" else len(groups)


def text_spots(sheet: Sheet) -> dict[str, Spot]:
    """Where each text stands on a tab; of several cells that hold it the leftmost, and of those the uppermost."""
    found: dict[str, Spot] = {}
    for at, column in enumerate(zip(*sheet.rows, strict=True)):
        for number, cell in enumerate(column, 1):
            if isinstance(cell, str) and cell:
                found.setdefault(cell, (number, at))
    return found
