"""The Excel tables of a sheet: ranges that have a name, a header and perhaps a row of totals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from sheetcrm.table import Spot
from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.parts import SheetPart, local, relations, xml
from sheetcrm.workbook.xlsx.walk import column_number

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$")
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


def excel_table(part: str, title: str, root: etree._Element) -> ExcelTable | None:
    """What a table's part says of it, None where it says no range.

    Args:
        part: The table's part.
        title: The title of its sheet.
        root: The part's tree.
    """
    found = _AREA.match(str(root.get("ref", "")))
    if found is None:
        return None
    columns = (element for element in root.iter() if local(element) == "tableColumn")
    return ExcelTable(
        part,
        title,
        str(root.get("displayName") or root.get("name", "")),
        int(found[2]),
        column_number(found[1]),
        int(found[4] or found[2]),
        column_number(found[3] or found[1]),
        int(root.get("headerRowCount", "1") != "0"),
        int(root.get("totalsRowCount", "0") != "0"),
        tuple(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(column.get("name", ""))) for column in columns),
    )


def tables_on(package: Package, sheet: SheetPart) -> tuple[ExcelTable, ...]:
    """The tables of a sheet."""
    related = relations(package, sheet.part)
    parts = (found.target for found in related if found.kind == "table" and found.target in package)
    tables = (excel_table(part, sheet.title, xml(package, part)) for part in parts)
    return tuple(table for table in tables if table is not None)


def totals_rows(tables: Iterable[ExcelTable]) -> Mapping[int, tuple[int, int]]:
    """The rows of totals of some tables: the row's number, and the table's first and last column."""
    return {table.bottom: (table.left, table.right) for table in tables if table.totals}
