"""Whether a book is ours at all; a list that isn't is read in another way."""

from __future__ import annotations

from sheetcrm.schema.record import fields
from sheetcrm.schema.settings import meanings
from sheetcrm.schema.tables import SCHEMA, key_of
from sheetcrm.schema.words import ENUMERATIONS, fold
from sheetcrm.table import Book, Table, is_blank


def is_foreign(book: Book) -> bool:
    """Whether nothing in the book is ours: no ▦, no ids of ours, no settings or lists of ours."""
    if any(sheet.generated for sheet in book.sheets):
        return False
    return not any(_is_ours(table) for table in book.tables)


def _is_ours(table: Table) -> bool:
    """Whether a table bears our mark: an id column of ours, a ▦ column, or settings that we know."""
    known = {"settings": (meanings(), "name"), "lists": (ENUMERATIONS, "list")}.get(table.name)
    if known is not None:
        return any(fold(str(cell)) in map(fold, known[0]) for cell in table.cells(known[1]))
    if any(_is_derived(table.name, code) for code in table.columns):
        return True
    key = key_of(table.name)
    if not key or key not in table.columns:
        return False
    ids = [str(cell) for cell in table.cells(key) if not is_blank(cell)]
    return not ids or any(id.strip().upper().startswith(f"{SCHEMA[table.name].info.prefix}-") for id in ids)


def _is_derived(table: str, code: str) -> bool:
    col = fields(SCHEMA[table])[code].col
    return col.derived or col.hidden
