"""Removing the cleared rows of a file: read, taken out, read back, saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sheetcrm.errors import CannotWriteError
from sheetcrm.findings import Place
from sheetcrm.table import Book, Cell, Recognise, Sheet, Table, book, is_blank
from sheetcrm.text import Message, msg
from sheetcrm.workbook.xlsx.compact.plan import compact
from sheetcrm.workbook.xlsx.compact.removal import Removal
from sheetcrm.workbook.xlsx.compact.work import Blocker
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.guards import check_writable
from sheetcrm.workbook.xlsx.kinds import bytes_of
from sheetcrm.workbook.xlsx.locks import check_unlocked
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.read import read_sheets
from sheetcrm.workbook.xlsx.save import revision, save


@dataclass(frozen=True, slots=True)
class Tidied:
    """What became of the cleared rows of a book.

    Attributes:
        before: The book as it was read.
        removed: The rows that went, by tab.
        blockers: What keeps the cleared rows of other tabs.
        notes: What nobody can know from inside the book.
    """

    before: Book
    removed: Mapping[str, tuple[int, ...]]
    blockers: tuple[Blocker, ...]
    notes: tuple[Message, ...]


def tidy(path: Path, recognise: Recognise, kept: int, *, dry_run: bool = False) -> Tidied:
    """Remove the cleared rows from the tables of a book.

    Args:
        path: The book.
        recognise: Tells which table a sheet is.
        kept: How many backups of it are kept.
        dry_run: Whether nothing is written.

    Raises:
        GuardError: If the book must not be changed.
        BusyError: If it is open elsewhere, or changed meanwhile.
        CannotReadError: If it cannot be read.
        CannotWriteError: If it cannot be saved, or would not hold the same records afterwards.
    """
    check_unlocked(path)
    data = bytes_of(path)
    package = open_package(path.name, data)
    check_writable(package, force=False)
    before = book(path.name, revision(data), read_sheets(package, fills=False), recognise)
    done = compact(package, {table.title: _rows(table) for table in before if len(table) and _has_ids(table)})
    if done.removed and not dry_run:
        finished = done.draft.finished()
        _check(before, read_sheets(open_package(path.name, finished), fills=False), done.removed)
        save(path, finished, before.revision, kept)
    return Tidied(before, done.removed, done.blockers, tuple(_notes(done.draft)) if done.removed else ())


def _has_ids(table: Table) -> bool:
    """Whether its rows are records, whose deletion leaves blank ones; in a list, blank rows are part of the looks."""
    return table.key is not None


def _rows(table: Table) -> tuple[int, int]:
    return table.layout.header_row, table.numbers[-1]


def _notes(draft: Draft) -> Iterator[Message]:
    yield msg("Other books that link to this one cannot be seen from here: their links may have to be renewed.")
    if any(relation.kind == "vbaProject" for relation in draft.relations(draft.workbook)):
        yield msg("Its macros may name rows by their numbers: look at them before you run them.")


def _check(before: Book, after: Sequence[Sheet], removed: Mapping[str, tuple[int, ...]]) -> None:
    """Do nothing if every row that stays holds what it held; formulas still to be calculated aside.

    Raises:
        CannotWriteError: If one does not.
    """
    for old, new in zip(before.sheets, after, strict=True):
        removal = Removal(removed.get(old.title, ()))
        rows = [row for number, row in enumerate(old.rows, 1) if number not in removal]
        for number, row in enumerate(rows, 1):
            found = new.rows[number - 1] if number <= len(new.rows) else ()
            for column, cell in enumerate(row):
                if (number, column) not in new.uncached and not _same(cell, found[column : column + 1]):
                    raise CannotWriteError(
                        msg(
                            "{book} was not written: without the cleared rows, {cell} would not hold what it held.",
                            book=before.name,
                            cell=Place(sheet=new.title, row=number, column=column).address,
                        ),
                        msg("Please report it; the book is as it was."),
                    )


def _same(old: Cell, new: Sequence[Cell]) -> bool:
    return (is_blank(old) and all(map(is_blank, new))) or list(new) == [old]
