"""Placed changes of one sheet brought into a draft: cells, new rows, appended columns, cleared rows."""

from __future__ import annotations

from sheetcrm.workbook.place import Edit
from sheetcrm.workbook.xlsx.edit.columns import dress_appended, grow_tables_right
from sheetcrm.workbook.xlsx.edit.region import Region, table_at
from sheetcrm.workbook.xlsx.edit.writer import Writer


def apply(writer: Writer, edit: Edit) -> None:
    """Make the changes of one sheet.

    Raises:
        GuardError: If something stands in the way of a new row, or a cell must not be written.
    """
    title = edit.sheet.title
    region = _region(writer, edit)
    last = max([region.last_row, *edit.inserted])
    for row in range(region.last_row + 1, last + 1):
        writer.check_room(title, region, row)
    writer.reach(title, region, last, edit.inserted)
    dress_appended(writer.draft, edit)
    model = edit.last if edit.last > region.header_row else region.last_row
    below = [row for row in edit.inserted if row > model]
    for row in below if model > region.header_row else ():
        writer.begin_row(title, model, row)
    for spot, value in edit.cells.items():
        writer.put(title, spot, value)
    for row in below:
        writer.complete_row(title, region._replace(last_row=model), row)
    grow_tables_right(writer.draft, edit)
    if region.last_row in edit.cleared and last == region.last_row:
        writer.shorten(title, region)


def _region(writer: Writer, edit: Edit) -> Region:
    """Where the table stands; an Excel table may end in blank rows, and it is its end that counts."""
    if edit.table is None:
        return Region(0, 0, 0, edit.bottom)
    columns = edit.table.record_columns
    region = Region(edit.table.layout.header_row, min(columns), max(columns), edit.bottom, edit.table.beside)
    table = table_at(writer.draft, writer.draft.sheet(edit.sheet.title), region)
    return region if table is None else region._replace(last_row=max(region.last_row, table.last))
