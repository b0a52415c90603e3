"""A condition as drop-downs, checks and conditional formats have it."""

from __future__ import annotations

from sheetcrm.workbook.google.wire import Json


def condition(kind: str, *values: str) -> Json:
    """A BooleanCondition of a kind, with what it compares."""
    return {"type": kind} | ({"values": [{"userEnteredValue": value} for value in values]} if values else {})
