"""The finished book, as bytes: the file as it was, the edits and the tabs."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import openpyxl
from openpyxl.workbook.properties import CalcProperties
from openpyxl.workbook.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

from sheetcrm.errors import CannotWriteError
from sheetcrm.tab import Tab
from sheetcrm.table import Book, letters
from sheetcrm.text import msg
from sheetcrm.workbook.grid import last_row
from sheetcrm.workbook.place import Edit
from sheetcrm.workbook.xlsx.draw import draw
from sheetcrm.workbook.xlsx.edit import apply
from sheetcrm.workbook.xlsx.keep import Kept, keep, put_back, texts_are_texts
from sheetcrm.workbook.xlsx.linked import blank_again
from sheetcrm.workbook.xlsx.package import Package

_ESCAPE = b"x005F_"
_TEXT = re.compile(rb"<(?:[\w.-]+:)?t(?: [^>]*)?>[^<]*")


def fresh(tabs: Sequence[Tab]) -> bytes:
    """A new book of these tabs."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for tab in tabs:
        draw(workbook, tab)
    workbook.active = next((sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"), 0)
    return put_back(_saved(workbook), {tab.title: _quiet(tab) for tab in tabs})


def rewritten(before: Book, package: Package, edits: Mapping[str, Edit], tabs: Sequence[Tab]) -> bytes:
    """The book with the edits made and the tabs drawn.

    Raises:
        CannotWriteError: If openpyxl cannot load the book.
        GuardError: If an edit cannot be made without harm.
    """
    replaced = {tab.title for tab in tabs}
    spared = {
        sheet.title: edits[sheet.title].cells if sheet.title in edits else ()
        for sheet in before.sheets
        if sheet.title not in replaced
    }
    kept = keep(package, spared) | {tab.title: _quiet(tab) for tab in tabs}
    workbook = _loaded(package)
    blank_again(workbook, before, package)
    for title, edit in edits.items():
        apply(workbook[title], edit)
    for tab in tabs:
        draw(workbook, tab)
    if any(sheet.formulas for sheet in before.sheets):
        workbook.calculation = workbook.calculation or CalcProperties()
        workbook.calculation.fullCalcOnLoad = True
    return put_back(_saved(workbook), kept)


def _quiet(tab: Tab) -> Kept:
    """No green corners on the ids, INN and phones of a tab that people fill."""
    if not tab.columns or tab.group in ("start", "report"):
        return Kept({}, b"")
    return Kept({}, texts_are_texts(f"A1:{letters(len(tab.columns) - 1)}{max(last_row(tab), 1)}"))


def _loaded(package: Package) -> Workbook:
    macros = any(name.endswith("vbaProject.bin") for name in package.entries)
    try:
        with warnings.catch_warnings():
            # It warns of what it drops; `losses` has looked at that already, exactly.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(BytesIO(_shielded(package)), rich_text=True, keep_vba=macros)
    except Exception as error:
        # openpyxl fails on odd but readable books in ways of all kinds.
        raise CannotWriteError(
            msg("{book} can be read but not written: openpyxl cannot load it ({reason}).", book=package.name,
                reason=str(error).partition("\n")[0]),
            msg("Open it in Excel or LibreOffice and save it anew as .xlsx."),
        ) from error  # fmt: skip


def _shielded(package: Package) -> bytes:
    """The book with its escaped texts escaped once more: openpyxl strips `x005F_` wherever it stands in a text."""
    texts = [name for name in package.entries if "/worksheets/" in name or name.lower().endswith("sharedstrings.xml")]
    spoilt = {name for name in texts if _ESCAPE in package.read(name)}
    if not spoilt:
        return package.data
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as target:
        for name in package.entries:
            content = package.read(name)
            target.writestr(name, _TEXT.sub(_escape_once_more, content) if name in spoilt else content)
    return buffer.getvalue()


def _escape_once_more(found: re.Match[bytes]) -> bytes:
    # What is left once openpyxl has cut the middle out is what stood there.
    return found[0].replace(_ESCAPE, b"x00x005F_5F_")


def _saved(workbook: Workbook) -> bytes:
    """Unpacked, since `put_back` packs it."""
    for sheet in workbook.worksheets:
        # openpyxl counts the levels only after it has written where they belong, and Excel then shows no buttons.
        levels = [dimension.outlineLevel for dimension in sheet.column_dimensions.values()]
        sheet.column_dimensions.max_outline = max(filter(None, levels), default=None)
    buffer = BytesIO()
    # Closed here even if openpyxl gives up halfway: left to the collector, it would complain on stderr.
    with warnings.catch_warnings(), ZipFile(buffer, "w", ZIP_STORED) as target:
        warnings.simplefilter("ignore")
        ExcelWriter(workbook, target).save()
    if workbook.vba_archive is not None:
        workbook.vba_archive.close()
    return buffer.getvalue()
