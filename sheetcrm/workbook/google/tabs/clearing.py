"""A tab that stands, made blank: everything on it goes, its cells stay where formulas of others look for them."""

from __future__ import annotations

from collections.abc import Iterator

from sheetcrm.workbook.google.standing import TabState
from sheetcrm.workbook.google.wire import Json

_IDENTIFIED = (
    ("filterViews", "filterViewId", "deleteFilterView", "filterId"),
    ("protectedRanges", "protectedRangeId", "deleteProtectedRange", "protectedRangeId"),
    ("bandedRanges", "bandedRangeId", "deleteBanding", "bandedRangeId"),
    ("charts", "chartId", "deleteEmbeddedObject", "objectId"),
    ("slicers", "slicerId", "deleteEmbeddedObject", "objectId"),
    ("tables", "tableId", "deleteTable", "tableId"),
)
"""What a tab lists, by what it is known, the request that removes it, and what that calls the id."""


def clear(standing: TabState) -> Iterator[Json]:
    """The requests that leave nothing on a tab but its size and its properties."""
    gid, message = standing.gid, standing.message
    for part, key, request, named in _IDENTIFIED:
        # The bands of a table have no id of their own: they go with it.
        yield from ({request: {named: item[key]}} for item in message.get(part, ()) if key in item)
    # Behind the tables, which may take it with them.
    yield {"clearBasicFilter": {"sheetId": gid}}
    for number in reversed(range(len(message.get("conditionalFormats", ())))):
        yield {"deleteConditionalFormatRule": {"sheetId": gid, "index": number}}
    for group in (*message.get("rowGroups", ()), *message.get("columnGroups", ())):
        yield {"deleteDimensionGroup": {"range": {**group["range"], "sheetId": gid}}}
    if message.get("merges"):
        yield {"unmergeCells": {"range": {"sheetId": gid}}}
    yield {"updateCells": {"range": {"sheetId": gid}, "fields": "*"}}
