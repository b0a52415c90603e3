"""The worksheets of a book and the Excel tables on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from sheetcrm.table import Spot
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.references import area
from sheetcrm.workbook.xlsx.parts import SheetPart, local

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class ExcelTable:
    """An Excel table: where it is, and what it says of itself.

    Attributes:
        part: Its part.
        sheet: The title of its sheet.
        name: The name that formulas call it by.
        top: Its first row, the header's where it has one.
        left: Its first column, from 0.
        bottom: Its last row, the totals' where it has them.
        right: Its last column.
        headers: How many header rows it has, 1 or 0.
        totals: How many rows of totals, 1 or 0.
        columns: The names of its columns, as formulas spell them.
    """

    part: str
    sheet: str
    name: str
    top: int
    left: int
    bottom: int
    right: int
    headers: int
    totals: int
    columns: tuple[str, ...]

    @property
    def first(self) -> int:
        """Its first row of data."""
        return self.top + self.headers

    @property
    def last(self) -> int:
        """Its last row of data."""
        return self.bottom - self.totals

    def __contains__(self, spot: Spot) -> bool:
        """Whether the cell stands in it."""
        return self.top <= spot[0] <= self.bottom and self.left <= spot[1] <= self.right


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
            table = _table(relation.target, sheet.title, draft.tree(relation.target))
            if table is not None:
                yield table


def _table(part: str, title: str, root: etree._Element) -> ExcelTable | None:
    corners = area(str(root.get("ref", "")))
    if corners is None:
        return None
    columns = (element for element in root.iter() if local(element) == "tableColumn")
    return ExcelTable(
        part,
        title,
        str(root.get("displayName") or root.get("name", "")),
        *corners,
        int(root.get("headerRowCount", "1") != "0"),
        int(root.get("totalsRowCount", "0") != "0"),
        tuple(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(column.get("name", ""))) for column in columns),
    )
