"""Small books under change, made with XlsxWriter, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from lxml import etree

from sheetcrm.table import Spot, letters
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.references import area
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.parts import local
from tests.unit.workbook.packages import MAIN, OFFICE

Fill = Callable[[xlsxwriter.Workbook], object]


def made(fill: Fill) -> bytes:
    """A book as XlsxWriter writes it."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        fill(workbook)
    return out.getvalue()


def draft(
    fill: Fill, parts: Mapping[str, str] | None = None, edits: Mapping[str, tuple[str, str]] | None = None
) -> Draft:
    """A book under change.

    Args:
        fill: What is written into it.
        parts: Parts that XlsxWriter doesn't write, by name.
        edits: What is put in place of something else, by the beginning of a part's last name: `sheet1`, `workbook`.
    """
    source = ZipFile(BytesIO(made(fill)))
    contents = {name: source.read(name).decode() for name in source.namelist()}
    for beginning, (old, new) in (edits or {}).items():
        name = next(name for name in contents if name.rpartition("/")[2] in (f"{beginning}.xml", f"{beginning}.rels"))
        assert old in contents[name]
        contents[name] = contents[name].replace(old, new)
    return opened({**contents, **(parts or {})})


def opened(contents: Mapping[str, str]) -> Draft:
    """The parts as a book under change."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, content in contents.items():
            target.writestr(name, content)
    return Draft(open_package("book.xlsx", out.getvalue()))


def add_pivot(book: Draft, source: str) -> str:
    """Add a pivot's cache with such a source; the name of its part."""
    part = book.free_name("xl/pivotCache/pivotCacheDefinition{}.xml")
    inside = f'<cacheSource type="worksheet">{source}</cacheSource>'
    book.put(part, f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}">{inside}</pivotCacheDefinition>'.encode())
    book.relate(book.workbook, "pivotCacheDefinition", part)
    return part


def saved(book: Draft) -> Draft:
    """The book as it is read again."""
    return Draft(open_package("book.xlsx", book.finished()))


def spot(cell: str) -> Spot:
    """Row and column of an address."""
    found = area(cell)
    assert found is not None
    return found[0], found[1]


def spots(cells: str) -> set[Spot]:
    """Rows and columns of some addresses."""
    return {spot(cell) for cell in cells.split()}


def addresses(cells: Iterable[Spot]) -> str:
    """The addresses of some cells, in order."""
    return " ".join(f"{letters(column)}{row}" for row, column in sorted(cells))


def formulas(book: Draft, title: str) -> dict[str, str]:
    """The formulas of a sheet after saving, by address."""
    return {addresses([(found.row, found.column)]): found.text for found in saved(book).sheet(title).formulas()}


def uncalculated(book: Draft, title: str) -> str:
    """The formulas of a sheet that have no value after saving."""
    found = saved(book).sheet(title).formulas()
    return addresses((formula.row, formula.column) for formula in found if not formula.cached)


def said(book: Draft, part: str, *words: str) -> list[str]:
    """The texts of the elements of that name in a part after saving, or of their `ref` and `sqref`."""
    after = saved(book)
    name = next(name for name in after.parts() if name.rpartition("/")[2] == f"{part}.xml")
    root = etree.fromstring(after.read(name))
    found = [element for element in root.iter() if local(element) in words]
    return [str(element.get("ref") or element.get("sqref") or element.text or "") for element in found]


def named(book: Draft) -> dict[str, str]:
    """The defined names after saving."""
    after = saved(book)
    elements = (element for element in after.tree(after.workbook).iter() if local(element) == "definedName")
    return {str(element.get("name")): element.text or "" for element in elements}
