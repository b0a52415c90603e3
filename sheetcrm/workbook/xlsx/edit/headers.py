"""The headers of Excel tables: what their cells say is what formulas call the columns by."""

from __future__ import annotations

from collections.abc import Iterator

from sheetcrm.errors import GuardError
from sheetcrm.findings import Place
from sheetcrm.table import Spot, Value
from sheetcrm.text import msg
from sheetcrm.workbook.edited import as_read
from sheetcrm.workbook.xlsx.edit.cell import shielded
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.order import child, children
from sheetcrm.workbook.xlsx.edit.pointers import defined_names
from sheetcrm.workbook.xlsx.edit.references import tables
from sheetcrm.workbook.xlsx.edit.tables import ExcelTable, excel_tables, worksheets


def name_column(draft: Draft, title: str, spot: Spot, value: Value | float) -> str | None:
    """Let the Excel table whose header that cell is call its column so; Excel repairs a book where they differ.

    Returns:
        What the cell must say, since a header is always a text; None where the cell is no header.

    Raises:
        GuardError: If it would say nothing, what another column says, or if formulas ask for the column by its name.
    """
    for table in excel_tables(draft, title):
        if table.headers and table.top == spot[0] and table.left <= spot[1] <= table.right:
            name = _header(value, title, spot)
            if name != table.columns[spot[1] - table.left]:
                _rename(draft, table, spot, name)
            return name
    return None


def _header(value: Value | float, title: str, spot: Spot) -> str:
    if value is None or value == "":
        raise GuardError(
            msg("{cell} is the header of an Excel table's column, which cannot be blank.", cell=_address(title, spot)),
            msg("Give the column another header, or delete it in Excel."),
        )
    return value if isinstance(value, str) else str(as_read(value)).removesuffix(".0")


def _rename(draft: Draft, table: ExcelTable, spot: Spot, name: str) -> None:
    at = spot[1] - table.left
    if name.casefold() in {other.casefold() for number, other in enumerate(table.columns) if number != at}:
        raise GuardError(
            msg("{cell}: the Excel table {table} has a column called «{name}» already.",
                cell=_address(table.sheet, spot), table=table.name, name=name),
            msg("Give the column another header."),
        )  # fmt: skip
    _check_uncalled(draft, table, table.columns[at])
    columns = child(draft.edit(table.part), "tableColumns")
    assert columns is not None
    children(columns)[at].set("name", as_name(name))


def _check_uncalled(draft: Draft, table: ExcelTable, name: str) -> None:
    """Do nothing if no formula asks for a column by its name: it would find nothing under the new one."""
    calling = next(_calls(draft, table, name.casefold()), None)
    if calling is not None:
        raise GuardError(
            msg("The column «{name}» of the Excel table {table} cannot be renamed: {what} asks for it by its name.",
                name=name, table=table.name, what=calling),
            msg("Rename it in Excel, which rewrites such formulas."),
        )  # fmt: skip


def _calls(draft: Draft, table: ExcelTable, name: str) -> Iterator[str]:
    """Where formulas and names ask for a column by its name."""
    for sheet in worksheets(draft):
        for formula in draft.sheet(sheet.title).formulas():
            if _asks(formula.text, table, name, own=sheet.title == table.sheet):
                yield _address(sheet.title, (formula.row, formula.column))
    yield from (pointer.name for pointer in defined_names(draft) if _asks(pointer.text, table, name, own=False))


def _asks(text: str, table: ExcelTable, name: str, own: bool) -> bool:
    if "[" not in text:
        return False
    meant = (table.name.casefold(), "") if own else (table.name.casefold(),)
    return any(found.table.casefold() in meant and name in map(str.casefold, found.columns) for found in tables(text))


def as_name(text: str) -> str:
    """A text as a table's part spells it: line breaks are characters like any other there."""
    return shielded(text).replace("\n", "_x000a_")


def _address(title: str, spot: Spot) -> str:
    return Place(sheet=title, row=spot[0], column=spot[1]).address
