"""What is broken inside a worksheet: order of elements, of rows and cells, ranges turned over, shared formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree

from tests.lossless.cells import Row, box, cells_of, child, rows_of, spot
from tests.lossless.opened import Opened, local

_ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
    "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
]  # fmt: skip
_RANGES = ("dimension", "autoFilter", "mergeCell", "conditionalFormatting", "dataValidation", "hyperlink", "sortState")


def sheet_faults(book: Opened, part: str) -> Iterator[str]:
    """What is wrong with a worksheet."""
    rows = rows_of(book, part)
    yield from out_of_order(part, book.tree(part), _ORDER)
    yield from _rows_out_of_order(part, rows)
    yield from _ranges_turned_over(part, book.tree(part))
    yield from _orphans_of_shared_formulas(part, rows)


def out_of_order(part: str, element: etree._Element, order: Sequence[str]) -> Iterator[str]:
    """Children that stand where the schema does not want them."""
    known = [order.index(local(child)) for child in element if local(child) in order]
    for one, following in pairwise(known):
        if following < one:
            yield f"{part}: {order[following]} stands after {order[one]}"


def _rows_out_of_order(part: str, rows: Sequence[Row]) -> Iterator[str]:
    last = 0
    for row in rows:
        if row.number <= last:
            yield f"{part}: row {row.number} stands after row {last}"
        last = row.number
        written = [spot(address) for address in row.cells]
        if any(number != row.number for number, _ in written):
            yield f"{part}: row {row.number} holds cells of another row"
        if [column for _, column in written] != sorted({column for _, column in written}):
            yield f"{part}: row {row.number} has its cells in disorder"
        if len(written) < sum(local(element) == "c" for element in row.element):
            yield f"{part}: row {row.number} has a cell twice"


def _ranges_turned_over(part: str, sheet: etree._Element) -> Iterator[str]:
    for element in sheet.iter(*(f"{{*}}{name}" for name in _RANGES)):
        for reference in str(element.get("ref") or element.get("sqref") or "").split():
            if any(letter.isdigit() for letter in reference) and any(letter.isalpha() for letter in reference):
                top, left, bottom, right = box(reference)
                if bottom < top or right < left:
                    yield f"{part}: {local(element)} covers {reference}, which is turned over"


def _orphans_of_shared_formulas(part: str, rows: Sequence[Row]) -> Iterator[str]:
    formulas = [(address, child(cell, "f")) for address, cell in cells_of(rows)]
    shared = [(address, f) for address, f in formulas if f is not None and f.get("t") == "shared"]
    anchors = {str(f.get("si")) for _, f in shared if f.get("ref")}
    for address, f in shared:
        if str(f.get("si")) not in anchors:
            yield f"{part}: {address} shares a formula that is nowhere"
