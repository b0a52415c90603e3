"""The line that each writing command leaves in the hidden tab Runs, or in one beside a tab of the user's own."""

from __future__ import annotations

from datetime import datetime

from sheetcrm.schema.base import Base
from sheetcrm.schema.edits import new_row
from sheetcrm.schema.ids import Issued
from sheetcrm.schema.record import fields
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.schema.titles import free_title
from sheetcrm.tab import Tab, TabColumn, TabRow
from sheetcrm.table import Change, Value


def record_run(
    base: Base, now: datetime, command: str, counts: str, issued: Issued | None = None
) -> tuple[list[Change], list[Tab]]:
    """One more line in Runs, or the hidden tab itself where the book has none.

    Args:
        base: The base as it was read.
        now: The moment of the run.
        command: Which command ran.
        counts: What it did, in numbers: `created=4 closed=2`.
        issued: The ids given so far, remembered so that none is given twice; None where the run gave none.

    Raises:
        GuardError: If the user's own tabs have all its names.
    """
    texts = [counts, str(issued) if issued is not None and issued.last else ""]
    text = "; ".join(filter(None, texts)) or None
    line: dict[str, Value] = {"run": now.replace(microsecond=0), "command": command, "counts": text}
    if base.has("runs"):
        return [new_row(base, "runs", line)], []
    columns = tuple(
        TabColumn(info.label.get(base.lang), info.kind.format, width, key=code)
        for (code, info), width in zip(fields(SCHEMA["runs"]).items(), (20, 16, 60), strict=True)
    )
    row = TabRow(tuple(line.values()))
    return [], [Tab(free_title(base.book, "runs", base.lang), columns, (row,), group="system", hidden=True)]
