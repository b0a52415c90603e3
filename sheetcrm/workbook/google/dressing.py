"""Columns appended to a table: dressed like its header, grey where they are ours, hidden where nobody reads them."""

from __future__ import annotations

from sheetcrm.table import MARK, Layout
from sheetcrm.workbook.google.standing import TabState
from sheetcrm.workbook.google.wire import Json, grid_range, span
from sheetcrm.workbook.place import Edit

_LINK = "_link"
"""Ends the field code of a column that keeps what a reference last meant; nobody needs to see it."""

_SENTENCES = "missing"
"""The field code of the column that holds sentences."""

_PIXELS = 8
"""The width of a letter of a header."""

_LEAST, _WIDE, _BUTTON = 105, 290, 24

_SHOWN = 10
"""Of many columns appended at once so many show: those that matter most come first."""

_GREY = {"red": 0.42, "green": 0.45, "blue": 0.5}


def dress(edit: Edit, state: TabState) -> list[Json]:
    """The requests that make the appended columns of a table look as if they had always been there."""
    if edit.table is None:
        return []
    made: list[Json] = []
    for index, column in edit.headers.items():
        made += _like(edit.table.layout, state.gid, index)
        if column.header.startswith(MARK):
            made.append(_grey(state.gid, edit.table.layout.header_row, max(edit.bottom, state.rows), index))
        wide = max(_WIDE if column.code == _SENTENCES else _LEAST, len(column.header) * _PIXELS + _BUTTON)
        made.append(_column(state.gid, index, {"pixelSize": wide, "hiddenByUser": column.code.endswith(_LINK)}))
    folded = sorted(at for at, column in edit.headers.items() if not column.code.endswith(_LINK))[_SHOWN:]
    return made + (_folded(state, folded) if folded else [])


def _like(layout: Layout, gid: int, index: int) -> list[Json]:
    """Let a header look like the typed one on its left."""
    left = [column for column in layout.columns if column.index < index]
    typed = [column for column in left if not column.header.startswith(MARK)]
    model = max((column.index for column in typed or left), default=None)
    if model is None:
        return []
    row = layout.header_row
    source, target = (grid_range(gid, (row, at), (row, at)) for at in (model, index))
    return [{"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_FORMAT"}}]


def _grey(gid: int, first: int, last: int, index: int) -> Json:
    look = {"userEnteredFormat": {"textFormat": {"foregroundColorStyle": {"rgbColor": _GREY}}}}
    fields = "userEnteredFormat.textFormat.foregroundColorStyle"
    return {"repeatCell": {"range": grid_range(gid, (first, index), (last, index)), "cell": look, "fields": fields}}


def _column(gid: int, index: int, properties: Json) -> Json:
    return {
        "updateDimensionProperties": {
            "range": span(gid, "COLUMNS", index, index + 1),
            "properties": properties,
            "fields": ",".join(properties),
        }
    }


def _folded(state: TabState, columns: list[int]) -> list[Json]:
    """Put the columns from the first to the last of these into a group; folded, where no other group touches it.

    Google may take two groups side by side for one, and refuses a whole batch that folds a group which is none.
    """
    reach = span(state.gid, "COLUMNS", columns[0], columns[-1] + 1)
    made: list[Json] = [{"addDimensionGroup": {"range": reach}}]
    ends = {group.get("range", {}).get("endIndex") for group in state.message.get("columnGroups", ())}
    if columns[0] not in ends:
        group = {"range": reach, "depth": 1, "collapsed": True}
        made.append({"updateDimensionGroup": {"dimensionGroup": group, "fields": "collapsed"}})
    return made
