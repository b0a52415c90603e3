"""What is wrong in the data: collected, never raised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sheetcrm.table import letters
from sheetcrm.text import Message


class Severity(StrEnum):
    """How much a finding weighs: an error blocks (exit 1), a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the book: a cell, a row (no column), a column (no row) or a whole tab.

    Attributes:
        table: The table's code (`companies`), or "" for a sheet that is none.
        sheet: The tab's title as it stands in the book.
        row: The row's number, from 1.
        column: The column's number, from 0.
        field: The field code, or the header of the user's own column.
        id: The record's id, "" where it has none.
        name: What people call the record, "" where it has no name.
        manager: The manager who answers for the record, "" where nobody does.
    """

    table: str = ""
    sheet: str = ""
    row: int | None = None
    column: int | None = None
    field: str = ""
    id: str = ""
    name: str = ""
    manager: str = ""

    @property
    def cell(self) -> str:
        """`B17`; `17` for a row, `B` for a column, "" for a tab."""
        column = "" if self.column is None else letters(self.column)
        return f"{column}{self.row or ''}"

    @property
    def address(self) -> str:
        """`Companies!B17`, quoted as a formula would need it."""
        plain = self.sheet.replace("_", "a").isalnum()
        sheet = self.sheet if plain else "'" + self.sheet.replace("'", "''") + "'"
        return f"{sheet}!{self.cell}" if self.cell else sheet

    def url(self, urls: Mapping[str, str]) -> str:
        """Where it opens in a browser, "" for a place in a file.

        Args:
            urls: Where the tabs open, by title (`sheetcrm.table.Book.urls`).
        """
        tab = urls.get(self.sheet, "")
        if not tab or not self.cell:
            return tab
        is_cell = self.row is not None and self.column is not None
        return f"{tab}&range={self.cell if is_cell else f'{self.cell}:{self.cell}'}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: its rule, its place, what is wrong and the way out.

    Attributes:
        code: The rule's stable code, `V004`.
        severity: Error or warning.
        place: Where it stands.
        message: What is wrong, in plain words.
        hint: What to do, None where the message says it.
        value: The raw value at fault, as text: the baseline hashes it.
    """

    code: str
    severity: Severity
    place: Place
    message: Message
    hint: Message | None = None
    value: str = ""
