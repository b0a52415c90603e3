"""Drawn tabs brought into a book that exists: a new one finds its place, one that stands is replaced where it stands.

Everything of others stays as it is: their formats keep their numbers, their parts their bytes, their names and charts
go on meaning the same sheets. Doing it twice changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetcrm.errors import GuardError
from sheetcrm.text import msg
from sheetcrm.workbook.grid import position
from sheetcrm.workbook.looks import group_of
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.stale import drop_calc_chain
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.parts import SheetPart, sheet_parts, workbook_part, xml
from sheetcrm.workbook.xlsx.tabs.carrier import Carrier
from sheetcrm.workbook.xlsx.tabs.leavings import check_spare, cut
from sheetcrm.workbook.xlsx.tabs.listing import add_sheet, take_names, titles
from sheetcrm.workbook.xlsx.tabs.sheet import NEW, colour_in, kept_of


def transplant(draft: Draft, drawn: bytes, groups: Mapping[str, str]) -> None:
    """Bring all sheets of a drawn book into a draft.

    A tab that stands keeps its place, number, colour, visibility and the names that others gave to its cells; its
    drawings, comments, tables and pivot tables are replaced together with its cells. Formulas and pivots that look at
    the tab are the caller's business.

    Args:
        draft: The book.
        drawn: A book written by XlsxWriter: `scratch()` with the draft's epoch.
        groups: The group of each tab by its title, which decides where a new one goes.

    Raises:
        GuardError: If a title differs from a standing one in case only, belongs to a sheet without cells, or a slicer
            hangs on the tab. Nothing is changed then.
        CannotReadError: If a tab to be replaced is damaged.
    """
    source = open_package(draft.package.name, drawn)
    sheets = list(sheet_parts(source))
    standing = {sheet.title: sheet for sheet in draft.sheets()}
    for sheet in sheets:
        _check(draft, sheet.title, standing)
    redrawn = [sheet.title for sheet in sheets if sheet.title in standing]
    kept = {title: kept_of(draft.sheet(title)) for title in redrawn}
    if any(next(draft.sheet(title).formulas(), None) for title in redrawn):
        drop_calc_chain(draft)
    left = cut(draft, [standing[title] for title in redrawn])
    carrier = Carrier(draft, source, left)
    for sheet in sheets:
        if sheet.title in standing:
            carrier.bring_sheet(sheet.part, standing[sheet.title].part, kept[sheet.title])
        else:
            _add(draft, carrier, sheet, groups[sheet.title])
    for part in sorted(left):
        draft.remove(part)
    take_names(draft, xml(source, workbook_part(source)), redrawn)


def _check(draft: Draft, title: str, standing: Mapping[str, SheetPart]) -> None:
    """Do nothing if a drawn tab may come under its title."""
    found = next((sheet for sheet in standing.values() if sheet.title.casefold() == title.casefold()), None)
    if found is None:
        return
    if found.title != title or found.kind != "worksheet":
        raise GuardError(
            msg("{book} has a sheet {other} already, which to Excel is called the same as the tab {tab}.",
                book=draft.package.name, other=found.title, tab=title),
            msg("Rename that sheet."),
        )  # fmt: skip
    check_spare(draft, found)


def _add(draft: Draft, carrier: Carrier, sheet: SheetPart, group: str) -> None:
    part = carrier.free_name(sheet.part)
    carrier.bring_sheet(sheet.part, part, NEW)
    at = position(_groups(draft), group)
    add_sheet(draft, sheet.title, part, sheet.state, at)


def _groups(draft: Draft) -> Sequence[str | None]:
    """The group of every sheet that stands."""
    parts = {sheet.title: sheet.part for sheet in draft.sheets()}
    return [group_of(title, _colour(draft, parts.get(title, ""))) for title in titles(draft)]


def _colour(draft: Draft, part: str) -> str:
    if part not in draft:
        return ""
    return colour_in(draft.read(part) if part in draft.changed else draft.package.head(part))
