"""The worksheets of a book and the Excel tables on them."""

from __future__ import annotations

from collections.abc import Iterator

from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.excel_tables import ExcelTable, excel_table
from sheetcrm.workbook.xlsx.parts import SheetPart

__all__ = ["ExcelTable", "excel_tables", "is_queried", "worksheets"]


def worksheets(draft: Draft) -> list[SheetPart]:
    """The worksheets in the book's order; chart sheets and the like have no cells."""
    return [sheet for sheet in draft.sheets() if sheet.kind == "worksheet"]


def excel_tables(draft: Draft, title: str = "") -> list[ExcelTable]:
    """The Excel tables of a sheet, or of the whole book."""
    sheets = [sheet for sheet in worksheets(draft) if title in ("", sheet.title)]
    return [table for sheet in sheets for table in _tables_of(draft, sheet)]


def is_queried(draft: Draft, table: ExcelTable) -> bool:
    """Whether a query fills an Excel table anew whenever it is refreshed."""
    asked = any(relation.kind == "queryTable" for relation in draft.relations(table.part))
    return asked or draft.tree(table.part).get("tableType") == "queryTable"


def _tables_of(draft: Draft, sheet: SheetPart) -> Iterator[ExcelTable]:
    for relation in draft.relations(sheet.part):
        if relation.kind == "table" and relation.target in draft:
            table = excel_table(relation.target, sheet.title, draft.tree(relation.target))
            if table is not None:
                yield table
