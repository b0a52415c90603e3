"""Columns whose formulas are filled down into a new row, as Excel does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from lxml import etree

from sheetcrm.table import Spot, heads_totals
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.grammar import mentions, references
from sheetcrm.workbook.xlsx.edit.references import shape, translated
from sheetcrm.workbook.xlsx.edit.region import Region
from sheetcrm.workbook.xlsx.edit.sheet import SheetDraft
from sheetcrm.workbook.xlsx.edit.tables import excel_tables
from sheetcrm.workbook.xlsx.edit.words import text_of
from sheetcrm.workbook.xlsx.parts import local

_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?=[\s/>])((?:[^>/]|/(?!>))*)(?:/>|>([^<]*)</)")
_KIND = re.compile(rb"\st\s*=\s*[\"'](\w+)")
_GROUP = re.compile(rb"\ssi\s*=\s*[\"'](\d+)")


def fill_down(draft: Draft, title: str, region: Region, row: int) -> set[Spot]:
    """Fill the calculated columns of a table into one of its rows.

    A column is calculated where the Excel table says so, or where the next two rows that are not blank, those above
    first, hold the same formula relative to them; in a table of one row, where that one's formula looks at its own row.
    Cells that hold something stay, and so do formats.

    Args:
        draft: The book.
        title: The table's sheet.
        region: The table; its last row tells how cells without a format look.
        row: The row to fill.

    Returns:
        The cells that were filled.
    """
    sheet = draft.sheet(title)
    texts = _running(sheet, region, row) | _declared(draft, title, region)
    standing = sheet.cells(row)
    blank = [column for column in sorted(texts) if column not in standing or standing[column].blank]
    for column in blank:
        dressed = column in standing and standing[column].style
        style = None if dressed or region.last_row <= region.header_row else sheet.style(region.last_row, column)
        sheet.set_formula(row, column, texts[column], style)
    return {(row, column) for column in blank}


def filled_ahead(draft: Draft, title: str, region: Region, row: int) -> set[int]:
    """The columns whose formula in a row below a table is the one of its last row, filled down ahead of the records."""
    sheet = draft.sheet(title)
    last = _filled_above(sheet, region, row)
    above = _texts(sheet, last, region) if last else {}
    return {
        column
        for column, text in _texts(sheet, row, region).items()
        if (
            column in above and shape(above[column], (last, column)) == shape(text, (row, column))
            if last
            else _looks_at_own_row(text, row)
        )
    }


def _filled_above(sheet: SheetDraft, region: Region, row: int) -> int:
    """The next row above another one that holds anything, 0 for none: some are blank, but pointed at."""
    own = range(region.first_column, region.last_column + 1)
    rows = range(row - 1, region.header_row, -1)
    return next((number for number in rows if not sheet.filled(number).isdisjoint(own)), 0)


def _filled_below(sheet: SheetDraft, region: Region, row: int) -> int:
    """The next row of the table below another one that holds anything, 0 for none."""
    own = range(region.first_column, region.last_column + 1)
    rows = range(row + 1, region.last_row + 1)
    return next((number for number in rows if not sheet.filled(number).isdisjoint(own)), 0)


def total_in(draft: Draft, title: str, region: Region, row: int) -> int | None:
    """The column that makes a row below a list's records one of totals; None where it is a row like any other.

    Its first cell says so, or a formula in it adds up rows above it, blank ones between them or not.
    """
    sheet = draft.sheet(title)
    filled = sheet.filled(row).intersection(range(region.first_column, region.last_column + 1))
    if row <= region.header_row or not filled:
        return None
    if heads_totals(text_of(draft, sheet.cells(row)[min(filled)])):
        return min(filled)
    texts = _texts(sheet, row, region)
    before = _filled_above(sheet, region, row) if texts else 0
    above = _texts(sheet, before, region) if before else {}
    for column, text in texts.items():
        if column in above and shape(above[column], (before, column)) == shape(text, (row, column)):
            continue
        for ref in references(text, title):
            own = ref.sheet.casefold() == title.casefold() and ref.left <= column <= ref.right
            if own and not ref.single and region.header_row < ref.bottom < row:
                return column
    return None


def _declared(draft: Draft, title: str, region: Region) -> dict[int, str]:
    """The formulas that an Excel table declares; one with relative addresses is taken from the row above instead."""
    found: dict[int, str] = {}
    for table in excel_tables(draft, title):
        if table.first != region.header_row + 1 or not region.meeting(table.left, table.right):
            continue
        columns = [element for element in draft.tree(table.part).iter() if local(element) == "tableColumn"]
        texts = {column: _declaration(element) for column, element in enumerate(columns, start=table.left)}
        found |= {column: text for column, text in texts.items() if text}
    return found


def _declaration(column: etree._Element) -> str:
    """The formula that a table declares for a column, "" where relative addresses make it depend on where it stands."""
    for element in column:
        if local(element) == "calculatedColumnFormula" and element.get("array") != "1":
            text = element.text or ""
            return text if all(ref.fixed for ref in references(text, "")) else ""
    return ""


def _running(sheet: SheetDraft, region: Region, row: int) -> dict[int, str]:
    """The formulas that the last rows have in common, as the new row would have them."""
    last = _filled_above(sheet, region, row) or _filled_below(sheet, region, row)
    texts = _texts(sheet, last, region) if last else {}
    before = (
        (_filled_above(sheet, region, min(row, last)) or _filled_below(sheet, region, max(row, last))) if texts else 0
    )
    above = _texts(sheet, before, region) if before else {}
    found: dict[int, str] = {}
    for column, text in texts.items():
        spot = last, column
        if before:
            runs = column in above and shape(above[column], (before, column)) == shape(text, spot)
        else:
            runs = _looks_at_own_row(text, last)
        if runs:
            found[column] = translated(text, spot, (row, column))
    return found


def _looks_at_own_row(text: str, row: int) -> bool:
    said = mentions(text, "")
    relative = [ref for ref in said.refs if not ref.fixed]
    own = all(ref.top == ref.bottom == row for ref in relative) and not said.anything
    return own and (bool(relative) or any(found.this_row for found in said.tables))


def _texts(sheet: SheetDraft, row: int, region: Region) -> Mapping[int, str]:
    """The ordinary and the shared formulas of a row as they stand now, by column."""
    return {
        column: text
        for column, cell in sheet.cells(row).items()
        if cell.formula and region.meeting(column, column)
        for text in _text(sheet, (row, column), cell.raw)
    }


def _text(sheet: SheetDraft, spot: Spot, raw: bytes) -> Iterator[str]:
    element = _FORMULA.search(raw)
    kind = _KIND.search(element[1]) if element else None
    if element is None or (kind is not None and kind[1] not in (b"shared", b"normal")):
        return
    if element[2]:
        yield unescape(element[2].decode())
        return
    group = _GROUP.search(element[1])
    for formula in sheet.formulas():
        if group is not None and formula.group == group[1].decode() and formula.text:
            yield translated(formula.text, (formula.row, formula.column), spot)
            return
