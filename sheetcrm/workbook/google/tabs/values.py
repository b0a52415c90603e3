"""The values of a drawn tab, with their links and notes: text is always text, numbers and days are numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheetcrm.tab import Item, Shown, Tab
from sheetcrm.workbook.cells import LONGEST_TEXT, check_value, cut
from sheetcrm.workbook.google.tabs.links import uri
from sheetcrm.workbook.google.tabs.rectangles import Run, runs
from sheetcrm.workbook.google.wire import Json, coordinate, extended_value
from sheetcrm.workbook.grid import body_row, footer_row, header_text, plain

_ROWS = 500
_CHARACTERS = 200_000
"""What a request holds at most: many small ones pack better than a large one, and none may exceed a batch."""

_FIELDS = "note,userEnteredFormat.textFormat.link,userEnteredValue"


def values(tab: Tab, gid: int, gids: Mapping[str, int]) -> Iterator[Json]:
    """Every cell that holds something, on a tab that is blank."""
    rows = {number: cells for number, items in _lines(tab) if (cells := _cells(tab, number, items, gids))}
    for run in runs(rows):
        for part in _parts({number: rows[number] for number in range(*run)}):
            lines = [{"values": rows[number]} for number in range(*part)]
            yield {"updateCells": {"start": coordinate(gid, (part.start, 0)), "rows": lines, "fields": _FIELDS}}


def _parts(rows: Mapping[int, Sequence[Json]]) -> Iterator[Run]:
    """Rows that follow one another, as many at a time as a request holds."""
    start = end = next(iter(rows))
    length = 0
    for end, cells in rows.items():
        more = sum(map(_length, cells))
        if end > start and (end - start == _ROWS or length + more > _CHARACTERS):
            yield Run(start, end)
            start, length = end, 0
        length += more
    yield Run(start, end + 1)


def _length(cell: Json) -> int:
    return len(cell.get("userEnteredValue", {}).get("stringValue", "")) + len(cell.get("note", ""))


def _lines(tab: Tab) -> Iterator[tuple[int, Sequence[Item]]]:
    """The rows from above, without those that a native pivot will fill."""
    yield from enumerate((row.values for row in tab.lead), 1)
    if tab.pivot is None:
        if tab.columns:
            yield tab.header_row, [Shown(header_text(column), note=column.note) for column in tab.columns]
        yield from enumerate((row.values for row in tab.rows), body_row(tab))
    yield from enumerate((row.values for row in tab.footer), footer_row(tab))


def _cells(tab: Tab, number: int, items: Sequence[Item], gids: Mapping[str, int]) -> list[Json]:
    """A row's cells up to the last one that holds something."""
    cells = [_cell(tab, number, at, item, gids) for at, item in enumerate(items)]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell(tab: Tab, number: int, at: int, item: Item, gids: Mapping[str, int]) -> Json:
    value = extended_value(check_value(plain(item), tab.title, (number, at)))
    cell: Json = {"userEnteredValue": value} if value else {}
    if isinstance(item, Shown):
        if item.note:
            cell["note"] = cut(item.note, LONGEST_TEXT)
        if link := uri(item, gids):
            cell["userEnteredFormat"] = {"textFormat": {"link": {"uri": link}}}
    return cell
