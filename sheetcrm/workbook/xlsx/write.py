"""The finished book, as bytes: the file as it was, with the changes in it and the tabs beside them."""

from __future__ import annotations

from collections.abc import Sequence

from sheetcrm.tab import Tab
from sheetcrm.table import Book, Change, Sheet, Spot
from sheetcrm.workbook.grid import tab_values
from sheetcrm.workbook.place import place
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.rows import apply
from sheetcrm.workbook.xlsx.edit.writer import Writer
from sheetcrm.workbook.xlsx.guards import check_writable
from sheetcrm.workbook.xlsx.package import Package, open_package
from sheetcrm.workbook.xlsx.tabs.native import add_pivot
from sheetcrm.workbook.xlsx.tabs.scratch import fresh as drawn
from sheetcrm.workbook.xlsx.tabs.scratch import scratch
from sheetcrm.workbook.xlsx.tabs.transplant import transplant
from sheetcrm.workbook.xlsx.verify import Recalculated, verify, verify_rest


def fresh(name: str, tabs: Sequence[Tab]) -> bytes:
    """A new book of these tabs."""
    data = drawn(tabs)
    if not any(tab.pivot for tab in tabs):
        return data
    draft = Draft(open_package(name, data))
    _add_pivots(draft, tabs)
    return draft.finished()


def rewritten(before: Book, package: Package, changes: Sequence[Change], tabs: Sequence[Tab]) -> tuple[bytes, int]:
    """The book with the changes made and the tabs in it, read back and compared.

    Args:
        before: The book as it was read.
        package: The same, as a package.
        changes: What changes in its tables.
        tabs: The tabs that are written whole.

    Returns:
        The new zip, and how many of its formulas have no value.

    Raises:
        CannotWriteError: If the book is written in a way that cannot be changed safely.
        GuardError: If a change would harm something of the user's.
    """
    check_writable(package, force=False)
    writer = Writer(Draft(package))
    edits = {edit.sheet.title: edit for edit in place(before, changes, writer.is_pointed_at)}
    for edit in edits.values():
        apply(writer, edit)
    _put_tabs(writer, before, tabs)
    formulas = Recalculated(writer.finish(), writer.filled, writer.erased)
    data = writer.draft.finished()
    finished = open_package(package.name, data)
    verify_rest(package, writer.draft.changed, finished)
    verify(before, edits, tabs, formulas, finished)
    return data, _uncalculated(before, tabs, formulas)


def _uncalculated(before: Book, tabs: Sequence[Tab], formulas: Recalculated) -> int:
    """How many formulas have no value after the write; tabs that were written whole have none."""
    replaced = {tab.title for tab in tabs}
    return sum(len(formulas.uncached(sheet)) for sheet in before.sheets if sheet.title not in replaced)


def _put_tabs(writer: Writer, before: Book, tabs: Sequence[Tab]) -> None:
    """Bring the tabs in; whatever depends on their cells is calculated anew."""
    if not tabs:
        return
    draft = writer.draft
    standing = {sheet.title: sheet for sheet in before.sheets}
    transplant(draft, scratch(tabs, draft.date1904), {tab.title: tab.group for tab in tabs})
    for tab in tabs:
        old = standing.get(tab.title)
        spots = {spot for spot, _ in tab_values(tab)} | (_filled(old) if old else set())
        writer.replaced(tab.title, spots, had_formulas=old is not None and bool(old.formulas))
    _add_pivots(draft, tabs)


def _add_pivots(draft: Draft, tabs: Sequence[Tab]) -> None:
    by_title = {tab.title: tab for tab in tabs}
    for tab in tabs:
        if tab.pivot is not None:
            add_pivot(draft, tab, by_title[tab.pivot.source])


def _filled(sheet: Sheet) -> set[Spot]:
    return {(row, column) for row, cells in enumerate(sheet.rows, 1) for column, cell in enumerate(cells) if cell != ""}
