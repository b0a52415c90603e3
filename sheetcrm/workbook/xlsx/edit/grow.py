"""What ends where a table ends, and follows it: Excel tables, filters, rules, names, charts, pivots, formulas.

As Excel does when a table becomes longer: ranges that begin in the table and end with its last row reach the new one; a
formula's range does so if it is the table's whole height, with the header or without. A single cell never becomes a
range, and a range that would be left without a row stays as it is.
"""

from __future__ import annotations

from functools import partial

from lxml import etree

from sheetcrm.errors import GuardError
from sheetcrm.table import Spot
from sheetcrm.text import msg
from sheetcrm.workbook.cells import no_room
from sheetcrm.workbook.xlsx.edit.calculated import fill_down
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.follow import follow_formulas
from sheetcrm.workbook.xlsx.edit.grammar import Ref, references
from sheetcrm.workbook.xlsx.edit.pivots import pivot_sources
from sheetcrm.workbook.xlsx.edit.pointers import Pointer, pointers, ranges_of
from sheetcrm.workbook.xlsx.edit.references import Area, rewritten
from sheetcrm.workbook.xlsx.edit.region import Region
from sheetcrm.workbook.xlsx.edit.stretch import Stretch, spelled
from sheetcrm.workbook.xlsx.edit.tables import ExcelTable, excel_tables, is_queried
from sheetcrm.workbook.xlsx.edit.taken import Taken
from sheetcrm.workbook.xlsx.parts import local

__all__ = ["Region", "fill_down", "resize"]

_FILTERS = frozenset({"autoFilter", "sortState", "sortCondition"})
_LYING = frozenset({"dataValidation", "conditionalFormatting", "ignoredError", "protectedRange"})


def resize(draft: Draft, title: str, region: Region, last: int) -> dict[str, set[Spot]]:
    """Let everything that ends with a table's last row end with another one.

    What refers to the row of totals of an Excel table refers to the new one at once; its cells are to be moved then.

    Args:
        draft: The book.
        title: The table's sheet.
        region: The table as it was.
        last: Its last row from now on; the header's, where nothing is left.

    Returns:
        The formulas that went with it, by sheet: changed cells, for `stale.forget`. They have no value any more.

    Raises:
        GuardError: If something stands where the table is to grow.
    """
    stretch = _stretch(draft, title, region, last)
    if stretch.old == stretch.new:
        return {}
    own = _own_tables(draft, stretch)
    if stretch.new > stretch.old:
        _check_way(draft, stretch, own)
    for table in own:
        _stretch_table(draft, table, stretch)
    _stretch_frame(draft, stretch)
    for pointer in list(pointers(draft)):
        text = rewritten(pointer.text, pointer.sheet, partial(_pointed, stretch, pointer))
        if text != pointer.text:
            pointer.say(draft, text)
    _stretch_pivots(draft, stretch)
    return follow_formulas(draft, stretch)


def check_growth(draft: Draft, title: str, region: Region, last: int) -> None:
    """Do nothing if no Excel table keeps a table from ending at a row further down.

    Raises:
        GuardError: If one stands there, or a query fills the table.
    """
    check_unqueried(draft, title, region)
    stretch = _stretch(draft, title, region, last)
    _check_tables(draft, stretch, _own_tables(draft, stretch))


def check_unqueried(draft: Draft, title: str, region: Region) -> None:
    """Do nothing if a new row of the table would last.

    Raises:
        GuardError: If a query fills the table: with the next refresh the row would be gone.
    """
    own = Stretch(title, region, region.last_row, region.last_row)
    for table in excel_tables(draft, title):
        if _is_own(table, own) and is_queried(draft, table):
            raise GuardError(
                msg("Tab {tab}: a query fills the Excel table {table}, and its next refresh would remove a new row.",
                    tab=title, table=table.name),
                msg("Add the row where the query takes its data from, or turn the query off in Excel."),
            )  # fmt: skip


def _stretch(draft: Draft, title: str, region: Region, last: int) -> Stretch:
    """Which end moves where; an Excel table with blank rows below the last record ends behind those."""
    old, new = max(region.last_row, region.header_row + 1), max(last, region.header_row + 1)
    stretch = Stretch(title, region, old, new)
    tables = [table for table in excel_tables(draft, title) if _is_own(table, stretch) and table.last >= old]
    for table in tables[:1]:
        if table.last > old and new > old:
            stretch = Stretch(title, region, table.last, max(table.last, new))
        if table.totals and table.last == stretch.old:
            stretch = Stretch(title, region, stretch.old, stretch.new, (table.left, table.right))
    return stretch


def _is_own(table: ExcelTable, stretch: Stretch) -> bool:
    """Whether an Excel table is this table, or some of its columns."""
    return table.first == stretch.first and stretch.region.meeting(table.left, table.right) > 0


def _own_tables(draft: Draft, stretch: Stretch) -> list[ExcelTable]:
    found = excel_tables(draft, stretch.title)
    return [table for table in found if _is_own(table, stretch) and table.last == stretch.old]


def _check_way(draft: Draft, stretch: Stretch, own: list[ExcelTable]) -> None:
    """Refuse where something that makes no room stands in the rows to be taken."""
    left, right, end = _check_tables(draft, stretch, own)
    taken = Taken(draft, draft.sheet(stretch.title))
    for row in range(stretch.old + 1, end + 1):
        obstacle = taken.in_the_way(row, left, right)
        if obstacle is not None:
            raise no_room(stretch.title, obstacle)


def _check_tables(draft: Draft, stretch: Stretch, own: list[ExcelTable]) -> tuple[int, int, int]:
    """Refuse where another Excel table stands in the rows to be taken; their columns, and the last of them."""
    left = min([stretch.region.first_column, *(table.left for table in own)])
    right = max([stretch.region.last_column, *(table.right for table in own)])
    end = stretch.new + (1 if stretch.totals else 0)
    for table in excel_tables(draft, stretch.title):
        cells = table.top, table.left, table.bottom, table.right
        within = table not in own and stretch.region.beside.issuperset(range(table.left, table.right + 1))
        if table not in own and not within and _meet(cells, (stretch.old + 1, left, end, right)):
            raise no_room(stretch.title, msg("the Excel table {table} stands there", table=table.name))
    return left, right, end


def _meet(one: Area, other: Area) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _stretch_table(draft: Draft, table: ExcelTable, stretch: Stretch) -> None:
    root = draft.edit(table.part)
    root.set("ref", spelled((table.top, table.left, stretch.new + table.totals, table.right)))
    for element in root.iter():
        if local(element) in _FILTERS:
            element.set("ref", stretch.ranges(str(element.get("ref") or "")))


def _stretch_frame(draft: Draft, stretch: Stretch) -> None:
    """The filters of the sheet, and what lies on its cells."""
    sheet = draft.sheet(stretch.title)
    for element in sheet.frame().iter():
        word = local(element)
        if word not in _FILTERS and word not in _LYING:
            continue
        old = str(element.get("ref") or "") if word in _FILTERS else ranges_of(element)
        new = stretch.ranges(old)
        if new != old and not (word == "dataValidation" and _are_checked(element, new, stretch)):
            sheet.edit_frame()
            _lay(element, new)


def _lay(element: etree._Element, ranges: str) -> None:
    inside = next((child for child in element if local(child) == "sqref"), None)
    if inside is None:
        element.set("ref" if local(element) in _FILTERS else "sqref", ranges)
    else:
        inside.text = ranges


def _are_checked(element: etree._Element, ranges: str, stretch: Stretch) -> bool:
    """Whether the new rows have a validation of their own already: no cell may have two."""
    added = [(max(top, stretch.old + 1), left, bottom, right) for top, left, bottom, right in _areas(ranges)]
    group = element.getparent()
    others = [other for other in group if other is not element] if group is not None else []
    standing = [cells for other in others for cells in _areas(ranges_of(other))]
    return any(new[0] <= new[2] and _meet(new, cells) for new in added for cells in standing)


def _areas(ranges: str) -> list[Area]:
    return [(ref.top, ref.left, ref.bottom, ref.right) for ref in references(ranges, "")]


def _pointed(stretch: Stretch, pointer: Pointer, ref: Ref) -> tuple[int, int] | None:
    """The rows that a pointer's reference has afterwards; relative ones are read from elsewhere and stay."""
    if pointer.name == "_xlnm.Print_Titles" or (pointer.kind in ("name", "rule") and not ref.fixed):
        return None
    whole = pointer.kind in ("rule", "link")
    return stretch.of_ref(ref, whole, above=pointer.name == "_xlnm.Print_Area")


def _stretch_pivots(draft: Draft, stretch: Stretch) -> None:
    for source in list(pivot_sources(draft)):
        if source.element.get("ref") and source.boxes:
            box = source.boxes[0]
            if box.sheet == stretch.title:
                ranges = stretch.ranges(str(source.element.get("ref")))
                if ranges != source.element.get("ref"):
                    draft.edit(source.part)
                    source.element.set("ref", ranges)
