"""`--recalculate`: a formula without a value gets the one that LibreOffice comes to on a copy of the book.

Only the value of its cell is spliced in, as LibreOffice wrote it, so that dates keep the book's epoch and its formats.
What LibreOffice cannot compute stays without a value, and so does all that depends on it: an IFERROR around a function
that it does not know would look like a result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sheetcrm.table import Spot
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.formula import Formula
from sheetcrm.workbook.xlsx.edit.references import area
from sheetcrm.workbook.xlsx.edit.row import Result
from sheetcrm.workbook.xlsx.edit.sheet import SheetDraft
from sheetcrm.workbook.xlsx.edit.stale import dependents
from sheetcrm.workbook.xlsx.edit.tables import worksheets
from sheetcrm.workbook.xlsx.libreoffice import Calculate
from sheetcrm.workbook.xlsx.package import Package, open_package
from sheetcrm.workbook.xlsx.verify import verify_rest, verify_results

_Results = dict[Spot, Result]
"""Values of cells: of a formula's own, and of those that it fills."""
_Waiting = Mapping[str, Mapping[Spot, Formula]]
"""Formulas without a value, by sheet and cell."""
_Computed = Mapping[str, Mapping[Spot, _Results]]
"""What such formulas come to, by sheet and cell."""

_KINDS = ("n", "str", "b", "e")
_UNKNOWN_NAME = b"#NAME?"
_HIDDEN = re.compile(r"\"[^\"]*\"|'[^']*'|\[[^\[\]]*\]")
_FUNCTION = re.compile(r"(?:_xl\w+\.)*([\w.]+)\(")
# Another book, or a column that LibreOffice lost.
_ELSEWHERE = re.compile(r"\[\d+\]|\[\]")
# What they answer depends on the file's place, on the network or on a pivot table that waits to be refreshed.
_OUTSIDE = {"CELL", "INFO", "WEBSERVICE", "RTD", "DDE", "GETPIVOTDATA"}
_SPILLS = re.compile(rb"<[^>]*\scm\s*=")


def recalculated(package: Package, calculate: Calculate) -> tuple[bytes, int]:
    """The book with a value in every formula that had none and that LibreOffice can compute.

    Args:
        package: The book; formulas that have a value keep it.
        calculate: LibreOffice, or what stands in for it.

    Returns:
        The new zip, and how many formulas still have no value.

    Raises:
        CannotWriteError: If it cannot be calculated, or anything else would change.
    """
    draft = Draft(package)
    waiting = {sheet.title: _waiting(draft.sheet(sheet.title)) for sheet in worksheets(draft)}
    if not any(waiting.values()):
        return package.data, 0
    made = Draft(open_package(package.name, calculate(package.data)))
    computed = _computed(draft, waiting, made)
    trusted = _trusted(draft, waiting, computed)
    data = _spliced(draft, {title: _joined(found) for title, found in trusted.items() if found})
    return data, sum(map(len, waiting.values())) - sum(map(len, trusted.values()))


def _waiting(sheet: SheetDraft) -> dict[Spot, Formula]:
    """The formulas of a sheet that have no value."""
    return {(formula.row, formula.column): formula for formula in sheet.formulas() if not formula.cached}


def _computed(draft: Draft, waiting: _Waiting, made: Draft) -> _Computed:
    """What the formulas come to; those that LibreOffice cannot compute are left out."""
    known = {sheet.title for sheet in worksheets(made)}
    return {
        title: dict(_computed_on(draft.sheet(title), formulas, made.sheet(title)))
        for title, formulas in waiting.items()
        if formulas and title in known
    }


def _computed_on(
    sheet: SheetDraft, formulas: Mapping[Spot, Formula], made: SheetDraft
) -> Iterator[tuple[Spot, _Results]]:
    texts = {(formula.row, formula.column): formula.text for formula in made.formulas()}
    for spot, formula in formulas.items():
        result = _result(made, spot)
        if result is None or result.value == _UNKNOWN_NAME or not _is_understood(texts.get(spot, "")):
            continue
        filled = _filled(formula)
        if filled and _SPILLS.match(sheet.cells(spot[0])[spot[1]].raw):
            # It may fill other cells now than it did, which LibreOffice does not tell.
            continue
        more = {at: found for at in filled if _holds_value(sheet, at) and (found := _result(made, at))}
        yield spot, {spot: result, **more}


def _trusted(draft: Draft, waiting: _Waiting, computed: _Computed) -> _Computed:
    """What was computed from nothing but values and what was computed."""
    unknown = {
        title: {at for spot, formula in formulas.items() if spot not in computed.get(title, {})
                for at in (spot, *_filled(formula))}
        for title, formulas in waiting.items()
    }  # fmt: skip
    stay = dependents(draft, unknown)
    return {
        title: {spot: results for spot, results in found.items() if spot not in stay.get(title, ())}
        for title, found in computed.items()
    }


def _filled(formula: Formula) -> list[Spot]:
    """The cells besides its own that an array formula or a data table gives values to."""
    corners = area(formula.area) if formula.kind in ("array", "dataTable") else None
    if corners is None:
        return []
    top, left, bottom, right = corners
    spots = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    return [spot for spot in spots if spot != (formula.row, formula.column)]


def _result(made: SheetDraft, spot: Spot) -> Result | None:
    cell = made.cells(spot[0]).get(spot[1])
    result = cell.result if cell else None
    return result if result and result.kind in _KINDS else None


def _holds_value(sheet: SheetDraft, spot: Spot) -> bool:
    cell = sheet.cells(spot[0]).get(spot[1])
    return cell is not None and cell.result is not None


def _is_understood(text: str) -> bool:
    """Whether LibreOffice knows what a formula asks for; other functions it writes in small letters."""
    names = _FUNCTION.findall(_HIDDEN.sub("", text))
    return not _ELSEWHERE.search(text) and all(name == name.upper() and name not in _OUTSIDE for name in names)


def _joined(found: Mapping[Spot, _Results]) -> _Results:
    return {spot: result for results in found.values() for spot, result in results.items()}


def _spliced(draft: Draft, results: Mapping[str, _Results]) -> bytes:
    """The book with these values in it, read back and compared."""
    for title, found in results.items():
        for spot, result in found.items():
            draft.sheet(title).set_result(*spot, result)
    data = draft.finished()
    finished = open_package(draft.package.name, data)
    verify_rest(draft.package, draft.changed, finished)
    verify_results(draft.package, results, finished)
    return data
