"""The Excel tables of a sheet: ranges that have a name, a header and perhaps a row of totals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lxml import etree

from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.parts import relations, xml
from sheetcrm.workbook.xlsx.walk import column_number

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$")


class ExcelTable(NamedTuple):
    """An Excel table: its part and its name, the rows and columns it covers, and how many of them head and sum it up.

    Rows count from 1 and columns from 0; both ends are included.
    """

    part: str
    name: str
    top: int
    left: int
    bottom: int
    right: int
    headers: int
    totals: int

    @property
    def last_row(self) -> int:
        """The last row of its body."""
        return self.bottom - self.totals


def excel_table(part: str, root: etree._Element) -> ExcelTable | None:
    """What a table's part says of it, None where it says no range."""
    area = _AREA.match(root.get("ref", ""))
    if area is None:
        return None
    return ExcelTable(
        part,
        str(root.get("displayName") or root.get("name", "")),
        int(area[2]),
        column_number(area[1]),
        int(area[4] or area[2]),
        column_number(area[3] or area[1]),
        int(root.get("headerRowCount", "1")),
        int(root.get("totalsRowCount", "0")),
    )


def tables_on(package: Package, sheet: str) -> tuple[ExcelTable, ...]:
    """The tables of a sheet, by its part."""
    parts = (found.target for found in relations(package, sheet) if found.kind == "table" and found.target in package)
    tables = (excel_table(part, xml(package, part)) for part in parts)
    return tuple(table for table in tables if table is not None)


def totals_rows(tables: Iterable[ExcelTable]) -> Mapping[int, tuple[int, int]]:
    """The rows of totals of some tables: the row's number, and the table's first and last column."""
    return {table.bottom: (table.left, table.right) for table in tables if table.totals}
