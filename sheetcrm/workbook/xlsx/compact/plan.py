"""Which rows of a book were cleared, and the book without them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sheetcrm.table import Spot
from sheetcrm.workbook.cells import LAST_COLUMN
from sheetcrm.workbook.xlsx.compact.formulas import move_formulas
from sheetcrm.workbook.xlsx.compact.frame import move_frame
from sheetcrm.workbook.xlsx.compact.parts import check_book, move_around, move_pivots, move_tables
from sheetcrm.workbook.xlsx.compact.pointers import move_pointers
from sheetcrm.workbook.xlsx.compact.removal import Removal
from sheetcrm.workbook.xlsx.compact.work import Blocker, Compaction
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.formula import Formula
from sheetcrm.workbook.xlsx.edit.references import shape
from sheetcrm.workbook.xlsx.edit.sheet import SheetDraft
from sheetcrm.workbook.xlsx.edit.stale import drop_calc_chain, forget
from sheetcrm.workbook.xlsx.package import Package

Rows = tuple[int, int]
"""A table's header row and the row of its last record."""


@dataclass(frozen=True)
class Compacted:
    """A book without its cleared rows.

    Attributes:
        draft: The book; as it was where nothing could be removed.
        removed: The rows that went, by sheet title.
        blockers: What keeps the cleared rows of other sheets.
    """

    draft: Draft
    removed: Mapping[str, tuple[int, ...]]
    blockers: tuple[Blocker, ...]


def compact(package: Package, tables: Mapping[str, Rows]) -> Compacted:
    """Take the cleared rows out of the tables of a book; nothing is saved.

    A sheet whose rows something cannot follow keeps all of them, and the others are tried without it.

    Args:
        package: The book.
        tables: Where the table of each sheet stands, by the sheet's title.
    """
    draft = Draft(package)
    found = {title: cleared(draft.sheet(title), *rows) for title, rows in tables.items()}
    wanted = {title: rows for title, rows in found.items() if rows}
    blockers: list[Blocker] = []
    while wanted:
        work = Compaction(draft, {title: Removal(rows) for title, rows in wanted.items()})
        _take_out(work)
        if not work.blockers:
            break
        blockers += work.blockers
        wanted = {title: rows for title, rows in wanted.items() if title not in {stop.tab for stop in work.blockers}}
        # What was changed so far is thrown away: the book is read anew.
        draft = Draft(package)
    return Compacted(draft, wanted, tuple(blockers))


def _take_out(work: Compaction) -> None:
    check_book(work)
    move_formulas(work)
    # Before names and tables follow, since dependents are looked for where they stood.
    _forget(work.draft, work.stale)
    move_pointers(work)
    move_tables(work)
    for title, removal in work.removals.items():
        move_frame(work, title)
        move_around(work, title)
        work.draft.sheet(title).remove_rows(removal.gone)
    move_pivots(work)
    drop_calc_chain(work.draft)


def _forget(draft: Draft, stale: Mapping[str, Collection[Spot]]) -> None:
    """Drop the values of formulas that may come to another one, and of all that depend on them."""
    for title, spots in stale.items():
        for row, column in spots:
            draft.sheet(title).drop_value(row, column)
    forget(draft, stale)


def cleared(sheet: SheetDraft, header: int, last: int) -> tuple[int, ...]:
    """The rows between a table's header and its last record that hold nothing but formulas filled down."""
    blank = sheet.blank_rows(header + 1, last - 1, range(LAST_COLUMN + 1))
    if any(cell.formula for row in blank for cell in sheet.cells(row).values()):
        own = _own_formulas(sheet, frozenset(blank))
        blank = [row for row in blank if row not in own]
    return tuple(blank)


def _own_formulas(sheet: SheetDraft, blank: Collection[int]) -> set[int]:
    """Those of the blank rows that hold a formula which is not a copy of the ones in other rows."""
    formulas = list(sheet.formulas())
    shared = {formula.group: formula for formula in formulas if formula.kind == "shared" and formula.text}
    shapes = {formula: _shape(shared.get(formula.group, formula)) for formula in formulas}
    usual = {(formula.column, shapes[formula]) for formula in formulas if formula.row not in blank}
    return {
        formula.row
        for formula in formulas
        if formula.row in blank
        and (formula.kind not in ("", "shared") or (formula.column, shapes[formula]) not in usual)
    }


def _shape(formula: Formula) -> str:
    return shape(formula.text, (formula.row, formula.column))
