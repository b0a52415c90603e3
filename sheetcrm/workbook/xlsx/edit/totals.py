"""A row of totals that moves: what goes along with it, and what keeps it where it is."""

from __future__ import annotations

from sheetcrm.errors import GuardError
from sheetcrm.findings import Place
from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.references import area
from sheetcrm.workbook.xlsx.edit.stretch import spelled
from sheetcrm.workbook.xlsx.edit.tables import ExcelTable
from sheetcrm.workbook.xlsx.parts import local


def check_movable(draft: Draft, table: ExcelTable) -> None:
    """Do nothing if the row of totals of an Excel table may move.

    Raises:
        GuardError: If a comment lies on it: comments are anchored in a drawing, which nobody rewrites.
    """
    for relation in draft.relations(draft.sheet(table.sheet).part):
        if relation.kind not in ("comments", "threadedComment") or relation.target not in draft:
            continue
        for element in draft.tree(relation.target).iter():
            cells = area(str(element.get("ref") or ""))
            if cells is not None and cells[0] == table.bottom and table.left <= cells[1] <= table.right:
                raise GuardError(
                    msg("{cell} in the row of totals has a comment, which cannot move with it.",
                        cell=Place(sheet=table.sheet, row=cells[0], column=cells[1]).address),
                    msg("Delete the comment, or move it to the header of its column."),
                )  # fmt: skip


def move(draft: Draft, table: ExcelTable, row: int) -> None:
    """Move the row of totals of an Excel table to another row: its cells, its height and the links on it."""
    sheet = draft.sheet(table.sheet)
    sheet.move_row(table.bottom, row, table.left, table.right)
    sheet.move_height(table.bottom, row)
    for element in list(sheet.frame().iter()):
        cells = area(str(element.get("ref") or "")) if local(element) == "hyperlink" else None
        if cells is None or not cells[0] == cells[2] == table.bottom:
            continue
        if table.left <= cells[1] and cells[3] <= table.right:
            sheet.edit_frame()
            element.set("ref", spelled((row, cells[1], row, cells[3])))
