"""Where the rows of a worksheet stand in its XML: found by their start tags, taken apart only when asked for."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from sheetcrm.errors import CannotReadError, CannotWriteError
from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.edit.formula import Formula, blanked, formula_in
from sheetcrm.workbook.xlsx.edit.row import RowXml, fresh_row, given_number, grammar, row_of
from sheetcrm.workbook.xlsx.kinds import damaged
from sheetcrm.workbook.xlsx.parts import SheetPart
from sheetcrm.workbook.xlsx.walk import column_number

_OPENED = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?:\s[^>]*?)?(/?)>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})\d+[\"']")


class Located:
    """The rows that a sheet's part has, as they are in the file.

    Attributes:
        content: The part's XML.
        words: The patterns for its namespace prefix.
        data: Where the element of the rows stands.
        body: What is inside that element.
        opening: Its start tag.
        numbers: The rows, in order.
        implicit: Whether some rows leave their number to the order.
    """

    def __init__(self, book: str, sheet: SheetPart, content: bytes) -> None:
        """Find the rows.

        Raises:
            CannotReadError: If there is no end to them.
            CannotWriteError: If they stand out of order.
        """
        self._book = book
        self._sheet = sheet
        self.content = content
        # What stands in a comment or a CDATA section must not be taken for elements.
        self._seen = blanked(content)
        opened = _OPENED.search(self._seen)
        if opened is None:
            raise self._cut()
        self.words = grammar(opened[1])
        self.opening = content[slice(*opened.span())].replace(b"/>", b">")
        self.data, self.body = self._find_data(opened)
        self.numbers, self._starts, self.implicit = self._index()

    def _cut(self) -> CannotReadError:
        return damaged(self._book, msg("the part {part} is cut short or broken", part=self._sheet.part))

    def _find_data(self, opened: re.Match[bytes]) -> tuple[slice, slice]:
        """Where the element of the rows stands, and what is inside it."""
        if opened[2]:
            return slice(*opened.span()), slice(opened.end(), opened.end())
        start = self._seen.rfind(b"</%ssheetData" % opened[1])
        if start < 0:
            raise self._cut()
        return slice(opened.start(), self._seen.index(b">", start) + 1), slice(opened.end(), start)

    def _index(self) -> tuple[Sequence[int], Sequence[int], bool]:
        """The numbers of the rows, where each begins, and whether some leave their number to the order."""
        numbers, starts = array("L"), array("Q")
        last, implicit = 0, False
        for found in self.words.row.finditer(self._seen, self.body.start, self.body.stop):
            given = int(found[1]) if found[1] else given_number(self._tag(found.start()))
            implicit = implicit or given is None
            number = last + 1 if given is None else given
            if number <= last:
                raise CannotWriteError(
                    msg("{book}, tab {tab}: row {row} stands out of order in the file; nothing was written.",
                        book=self._book, tab=self._sheet.title, row=number),
                    msg("Open it in Excel or LibreOffice and save it anew as .xlsx."),
                )  # fmt: skip
            numbers.append(number)
            starts.append(found.start())
            last = number
        return numbers, starts, implicit

    def _tag(self, start: int) -> bytes:
        return self._seen[start : self._seen.index(b">", start) + 1]

    def at(self, number: int) -> int | None:
        """Which of the rows has that number, None where none has."""
        at = bisect_left(self.numbers, number)
        return at if at < len(self.numbers) and self.numbers[at] == number else None

    def row(self, number: int) -> RowXml:
        """A row taken apart; one that the file does not have is begun."""
        at = self.at(number)
        if at is None:
            return fresh_row(number, self.words)
        where = self.span(at)
        return row_of(number, self.content[where], self._seen[where], self.words)

    def span(self, at: int) -> slice:
        """Where the `at`-th row of the file stands."""
        start = self._starts[at]
        opened = self._seen.index(b">", start)
        if self._seen[opened - 1] == 0x2F:
            return slice(start, opened + 1)
        close = self.words.row_end.search(self._seen, opened, self.body.stop)
        if close is None:
            raise damaged(self._book, msg("the part {part} has a row without an end", part=self._sheet.part))
        return slice(start, close.end())

    def gap(self, number: int) -> slice:
        """Where a row goes that the file does not have: before the next one."""
        at = bisect_left(self.numbers, number)
        start = self._starts[at] if at < len(self._starts) else self.body.stop
        return slice(start, start)

    def begins_with_a_value(self, at: int, columns: range) -> bool:
        """Whether the `at`-th row surely holds a value in those columns, told without taking it apart."""
        prefix = self.words.prefix
        end = self._starts[at + 1] if at + 1 < len(self._starts) else self.body.stop
        value = self._seen.find(b"<%sv>" % prefix, self._starts[at], end)
        if columns.start or value < 0 or self._seen.find(b"<%sf" % prefix, self._starts[at], value) >= 0:
            return False
        cell = self._seen.rfind(b"<%sc" % prefix, self._starts[at], value)
        reference = _REFERENCE.search(self._seen[cell:value])
        return reference is not None and column_number(reference[1].decode()) in columns

    def formulas(self) -> Iterator[Formula]:
        """Every formula, in order."""
        if self._seen.find(b"<%sf" % self.words.prefix, self.body.start, self.body.stop) < 0:
            return
        for found in self.words.formula_cell.finditer(self._seen, self.body.start, self.body.stop):
            row = self.numbers[bisect_right(self._starts, found.start()) - 1]
            reference = _REFERENCE.search(found[1] or b"")
            column = column_number(reference[1].decode()) if reference else self._implied(row, found.start())
            formula = formula_in(row, column, found, self.content, self._seen, self.words)
            if formula is None:
                raise self._cut()
            yield formula

    def _implied(self, row: int, start: int) -> int:
        """The column of a cell that leaves it to the order: how many stand before it in its row."""
        first = self._starts[bisect_left(self.numbers, row)]
        close = b"</%srow>" % self.words.prefix
        return len(row_of(row, self.content[first:start] + close, self._seen[first:start] + close, self.words).cells)
