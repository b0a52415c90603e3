"""Formulas that sum up or look through a whole table: their ranges follow its end, on whatever sheet they stand."""

from __future__ import annotations

from functools import partial

from sheetcrm.errors import GuardError
from sheetcrm.findings import Place
from sheetcrm.table import Spot
from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.formula import Formula
from sheetcrm.workbook.xlsx.edit.grammar import Ref
from sheetcrm.workbook.xlsx.edit.references import area, rewritten, translated
from sheetcrm.workbook.xlsx.edit.sheet import SheetDraft
from sheetcrm.workbook.xlsx.edit.stretch import Stretch
from sheetcrm.workbook.xlsx.edit.tables import ExcelTable, worksheets


def follow_formulas(draft: Draft, stretch: Stretch) -> dict[str, set[Spot]]:
    """Rewrite the ranges that are the table's whole height, and what refers to its totals.

    Returns:
        The cells of the formulas that changed, by sheet.
    """
    changed: dict[str, set[Spot]] = {}
    for part in worksheets(draft):
        sheet = draft.sheet(part.title)
        formulas = list(sheet.formulas())
        spots = _follow(sheet, formulas, stretch)
        if stretch.totals and part.title == stretch.title:
            spots |= _free_totals(sheet, formulas, stretch)
        if spots:
            changed[part.title] = spots
    return changed


def _follow(sheet: SheetDraft, formulas: list[Formula], stretch: Stretch) -> set[Spot]:
    ends = [str(stretch.old), str(stretch.old + 1)] if stretch.totals else [str(stretch.old)]
    spots: set[Spot] = set()
    groups: set[str] = set()
    for formula in formulas:
        if not any(end in formula.text for end in ends):
            continue
        text = rewritten(formula.text, sheet.title, partial(_rows, stretch, sheet.title, formula))
        if text != formula.text:
            sheet.replace_formula(formula.row, formula.column, text)
            spots.add((formula.row, formula.column))
            groups.add(formula.group)
    for formula in formulas:
        if formula.kind == "shared" and not formula.text and formula.group in groups:
            sheet.drop_value(formula.row, formula.column)
            spots.add((formula.row, formula.column))
    return spots


def _rows(stretch: Stretch, title: str, formula: Formula, ref: Ref) -> tuple[int, int] | None:
    if not ref.fixed and _runs_down(formula):
        return None
    own = ref.sheet.casefold() == title.casefold()
    if own and ref.fixed_top and not ref.fixed_bottom and formula.row == ref.bottom:
        # A running total in the last row: the sum up to here, not the sum of all.
        return None
    return stretch.of_ref(ref, whole=True)


def _runs_down(formula: Formula) -> bool:
    """Whether other rows share the formula, and its relative references mean something else there."""
    corners = area(formula.area) if formula.kind == "shared" else None
    return corners is not None and corners[0] != corners[2]


def _is_total(stretch: Stretch, formula: Formula) -> bool:
    left, right = stretch.totals or (0, -1)
    return formula.row == stretch.old + 1 and left <= formula.column <= right


def check_totals(draft: Draft, table: ExcelTable) -> None:
    """Do nothing if the formulas in an Excel table's row of totals may move.

    Raises:
        GuardError: If a cell elsewhere shares one of them.
    """
    sheet = draft.sheet(table.sheet)
    formulas = list(sheet.formulas())
    totals = {(table.bottom, column) for column in range(table.left, table.right + 1)}
    groups = {found.group for found in formulas if found.kind == "shared" and (found.row, found.column) in totals}
    elsewhere = [found for found in formulas if found.group in groups and (found.row, found.column) not in totals]
    if elsewhere:
        place = Place(sheet=sheet.title, row=elsewhere[0].row, column=elsewhere[0].column)
        raise GuardError(
            msg("{cell} shares its formula with a row of totals, which cannot move then.", cell=place.address),
            msg("Enter the formulas of that row anew in Excel and save."),
        )


def _free_totals(sheet: SheetDraft, formulas: list[Formula], stretch: Stretch) -> set[Spot]:
    """Let the totals be calculated anew, and each by a text of its own: a shared one says which cells share it."""
    totals = [formula for formula in formulas if _is_total(stretch, formula)]
    anchors = {formula.group: formula for formula in totals if formula.text}
    for formula in totals:
        if formula.kind == "shared":
            anchor = anchors.get(formula.group, formula)
            text = rewritten(anchor.text, sheet.title, partial(_rows, stretch, sheet.title, anchor))
            text = translated(text, (anchor.row, anchor.column), (formula.row, formula.column))
            sheet.set_formula(formula.row, formula.column, text)
        else:
            sheet.drop_value(formula.row, formula.column)
    return {(formula.row, formula.column) for formula in totals}
