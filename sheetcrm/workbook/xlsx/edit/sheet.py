"""One worksheet while it is changed: its rows stay bytes, and only those that are touched are put together anew."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from lxml import etree

from sheetcrm.table import Value, letters
from sheetcrm.workbook.xlsx.edit.cell import cell_xml, escaped
from sheetcrm.workbook.xlsx.edit.formula import Formula, blanked, formula_in, plain
from sheetcrm.workbook.xlsx.edit.located import Located
from sheetcrm.workbook.xlsx.edit.row import (
    CellXml,
    Result,
    RowXml,
    columns_of,
    relocated,
    renumbered,
    restyled,
    resulting,
)
from sheetcrm.workbook.xlsx.parts import SheetPart, local, parse
from sheetcrm.workbook.xlsx.walk import column_number

_DIMENSION = re.compile(rb"(<(?:[\w.-]+:)?dimension\s[^>]*?ref\s*=\s*[\"'])([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")
_FILLED = re.compile(rb"(\sref\s*=\s*([\"']))[^\"']*(\2)")


class SheetDraft:
    """A worksheet of a `Draft`."""

    def __init__(self, book: str, sheet: SheetPart, content: bytes, date1904: bool) -> None:
        """Find the rows.

        Args:
            book: What to call the book in a message.
            sheet: Which sheet it is.
            content: Its XML in UTF-8.
            date1904: Whether the book counts days from 1904.

        Raises:
            CannotReadError: If there is no end to its rows.
            CannotWriteError: If its rows stand out of order.
        """
        self.title = sheet.title
        self.part = sheet.part
        self._book = book
        self._date1904 = date1904
        self._file = Located(book, sheet, content)
        self._words = self._file.words
        self._rows: dict[int, RowXml] = {}
        self._looked_at: RowXml | None = None
        self._removed: frozenset[int] = frozenset()
        self._frame: etree._Element | None = None
        self._frame_changed = False

    @property
    def changed(self) -> bool:
        """Whether anything was touched."""
        return bool(self._rows or self._removed or self._frame_changed)

    def frame(self) -> etree._Element:
        """The sheet's XML with no rows in it, to look at."""
        if self._frame is None:
            empty = b"<%ssheetData/>" % self._words.prefix
            content = self._file.content[: self._file.data.start] + empty + self._file.content[self._file.data.stop :]
            self._frame = parse(self._book, self.part, content)
        return self._frame

    def edit_frame(self) -> etree._Element:
        """The same tree, to be changed in place."""
        self._frame_changed = True
        return self.frame()

    def row_numbers(self) -> Sequence[int]:
        """The rows that have an element, in order, those begun since among them."""
        begun = [number for number in self._rows if self._file.at(number) is None]
        return sorted([*self._file.numbers, *begun]) if begun else self._file.numbers

    def cells(self, row: int) -> Mapping[int, CellXml]:
        """The cells of a row as they stand now, by column."""
        return self._row(row).cells

    def is_hidden(self, row: int) -> bool:
        """Whether nobody sees a row."""
        return self._row(row).hidden

    def filled(self, row: int) -> set[int]:
        """The columns of a row that hold a value or a formula."""
        return columns_of(self.cells(row))

    def blank_rows(self, first: int, last: int, columns: range) -> list[int]:
        """The rows from `first` to `last` that hold no value in those columns; formulas do not count."""
        low, high = bisect_left(self._file.numbers, first), bisect_right(self._file.numbers, last)
        blank = [self._file.numbers[at] for at in range(low, high) if self._is_blank(at, columns)]
        if high - low > last - first:
            return blank
        there = set(self._file.numbers[low:high])
        absent = (number for number in range(first, last + 1) if number not in there)
        return sorted([*blank, *(number for number in absent if self._holds_nothing(number, columns))])

    def _holds_nothing(self, number: int, columns: range) -> bool:
        """Whether a row that the file does not have holds no value in those columns."""
        cells = self._rows[number].cells if number in self._rows else {}
        return not any(at in columns and not cell.formula and not cell.blank for at, cell in cells.items())

    def _is_blank(self, at: int, columns: range) -> bool:
        number = self._file.numbers[at]
        # Most rows begin with a value and no formula, which settles it.
        if number not in self._rows and self._file.begins_with_a_value(at, columns):
            return False
        return not any(at in columns and not cell.formula and not cell.blank for at, cell in self.cells(number).items())

    def formulas(self) -> Iterator[Formula]:
        """Every formula as it stands now, in the order of the rows."""
        touched = sorted(self._rows)
        at = 0
        for formula in self._file.formulas():
            while at < len(touched) and touched[at] <= formula.row:
                yield from self._formulas_of(touched[at])
                at += 1
            if formula.row not in self._rows:
                yield formula
        for number in touched[at:]:
            yield from self._formulas_of(number)

    def _formulas_of(self, row: int) -> Iterator[Formula]:
        """The formulas of a touched row."""
        cells = self._rows[row].cells
        for column in sorted(column for column, cell in cells.items() if cell.formula):
            content = cells[column].raw
            seen = blanked(content)
            found = self._words.formula_cell.match(seen)
            formula = formula_in(row, column, found, content, seen, self._words) if found else None
            if formula is not None:
                yield formula

    def style(self, row: int, column: int) -> int:
        """The cell format in force: the cell's, else its row's, else its column's."""
        standing = self._row(row)
        cell = standing.cells.get(column)
        if cell is not None:
            return cell.style
        return self._column_styles.get(column, 0) if standing.style is None else standing.style

    @cached_property
    def _column_styles(self) -> Mapping[int, int]:
        styles: dict[int, int] = {}
        for cols in (element for element in self.frame() if local(element) == "cols"):
            for col in cols:
                style = int(col.get("style", "0"))
                if style:
                    styles.update(dict.fromkeys(range(int(col.get("min", "1")) - 1, int(col.get("max", "1"))), style))
        return styles

    def set(self, row: int, column: int, value: Value | float, style: int | None = None) -> None:
        """Put a value into a cell; `style` None keeps the format that is in force."""
        style = self.style(row, column) if style is None else style
        prefix = self._words.prefix.decode()
        self._put(row, column, cell_xml(f"{letters(column)}{row}", value, style, prefix, self._date1904))

    def set_formula(self, row: int, column: int, text: str, style: int | None = None) -> None:
        """Put a formula into a cell, not yet calculated."""
        style = self.style(row, column) if style is None else style
        p = self._words.prefix.decode()
        dressed = f' s="{style}"' if style else ""
        raw = f'<{p}c r="{letters(column)}{row}"{dressed}><{p}f>{escaped(text)}</{p}f></{p}c>'
        self._put(row, column, raw.encode())

    def replace_formula(self, row: int, column: int, text: str) -> None:
        """Put another text into a standing formula; what else is said of it stays, its value goes."""
        raw = plain(self._open(row).cells[column].raw)
        found = self._words.formula.search(raw)
        assert found is not None
        start, end = found.span(2)
        self._put(row, column, self._uncached(raw[:start] + escaped(text).encode() + raw[end:]))

    def respell(self, row: int, column: int, text: str, cells: str) -> None:
        """Spell a standing formula otherwise, and the range that it fills; it means what it meant, its value stays."""
        raw = plain(self._open(row).cells[column].raw)
        found = self._words.formula.search(raw)
        assert found is not None
        start, end = found.span(2) if found[2] is not None else (found.end(), found.end())
        head = _FILLED.sub(lambda old: old[1] + cells.encode() + old[3], raw[:start], count=1)
        self._put(row, column, head + escaped(text).encode() + raw[end:])

    def drop_value(self, row: int, column: int) -> None:
        """Let a formula's cell forget its value: it will be calculated anew."""
        self._put(row, column, self._uncached(plain(self._open(row).cells[column].raw)))

    def set_result(self, row: int, column: int, result: Result) -> None:
        """Give a cell that stands, with a formula or filled by one, the value that it comes to; all else stays."""
        self._put(row, column, resulting(self._open(row).cells[column].raw, result, self._words))

    def _uncached(self, raw: bytes) -> bytes:
        return self._words.value.sub(b"", raw, count=1)

    def set_style(self, row: int, column: int, style: int) -> None:
        """Give a cell another format; its value stays."""
        cell = self._open(row).cells.get(column)
        if cell is None:
            self.set(row, column, None, style)
        else:
            self._put(row, column, restyled(cell.raw, style, self._words))

    def erase(self, row: int, column: int) -> None:
        """Clear a cell, its formula too; its format stays."""
        if column in self.cells(row):
            self.set(row, column, None)

    def move_row(self, source: int, target: int, left: int, right: int) -> None:
        """Move the cells of the columns from `left` to `right`, both from 0 and included, with their formats."""
        cells = self._open(source).cells
        for column in range(left, right + 1):
            cell = cells.pop(column, None)
            self._put(target, column, relocated(cell.raw, column, target) if cell else b"")

    def move_height(self, source: int, target: int) -> None:
        """Let a row stand as high as another one does, which has no height of its own any more."""
        self._open(source).give_height(self._open(target))

    def take_height(self, row: int, model: int) -> None:
        """Let a row stand as high as another one, unless it has a height of its own."""
        self._open(row).take_height(self._row(model))

    def remove_rows(self, rows: Collection[int]) -> None:
        """Take rows out, those below move up; whatever points at rows is the caller's business.

        Rows that the file did not have are not looked at: whoever takes rows out adds none.
        """
        self._removed |= frozenset(rows)

    def _put(self, row: int, column: int, raw: bytes) -> None:
        cells = self._open(row).cells
        if raw:
            self._rows[row].put(CellXml(column, raw, self._words))
        else:
            cells.pop(column, None)

    def _open(self, number: int) -> RowXml:
        """A row that is about to be changed; one that the file does not have is begun."""
        if number not in self._rows:
            self._rows[number] = self._row(number)
            self._looked_at = None
        return self._rows[number]

    def _row(self, number: int) -> RowXml:
        """A row to be looked at; the last one is kept, since who looks at a cell often looks again."""
        if number in self._rows:
            return self._rows[number]
        if self._looked_at is None or self._looked_at.number != number:
            self._looked_at = self._file.row(number)
        return self._looked_at

    def finished(self) -> Iterator[bytes | memoryview]:
        """The part's content, piece by piece."""
        head, tail = self._around()
        yield self._measured(head)
        if not self._rows and not self._removed:
            yield memoryview(self._file.content)[self._file.data]
        else:
            yield self._file.opening
            yield from self._compacted() if self._removed else self._spliced()
            yield b"</%ssheetData>" % self._words.prefix
        yield tail

    def _around(self) -> tuple[bytes, bytes]:
        """What stands before and behind the rows."""
        if not self._frame_changed:
            return self._file.content[: self._file.data.start], self._file.content[self._file.data.stop :]
        whole = etree.tostring(self.frame().getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)
        head, _, tail = whole.partition(b"<%ssheetData/>" % self._words.prefix)
        return head, tail

    def _measured(self, head: bytes) -> bytes:
        """The head, its hint at the sheet's extent made true."""
        spots = [(row.number, column) for row in self._rows.values() for column in columns_of(row.cells)]
        found = _DIMENSION.search(head)
        if found is None or not spots:
            return head
        right, bottom = found[4] or found[2], int(found[5] or found[3])
        left, top = column_number(found[2].decode()), int(found[3])
        first = letters(min(left, *(column for _, column in spots))), min(top, *(row for row, _ in spots))
        last_column = max(column_number(right.decode()), *(column for _, column in spots))
        last = letters(last_column), max(bottom, *(row for row, _ in spots))
        area = f"{first[0]}{first[1]}:{last[0]}{last[1]}".encode()
        return head[: found.start(2)] + area + head[found.end() :]

    def _spliced(self) -> Iterator[bytes | memoryview]:
        """The rows, with the touched ones put together anew."""
        if self._file.implicit:
            # Rows that leave their number to the order would move when one is put in before them.
            for number in list(self._rows):
                after = bisect_right(self._file.numbers, number)
                if after < len(self._file.numbers):
                    self._open(self._file.numbers[after])
        whole = memoryview(self._file.content)
        done = self._file.body.start
        for number in sorted(self._rows):
            at = self._file.at(number)
            where = self._file.gap(number) if at is None else self._file.span(at)
            yield whole[done : where.start]
            row = self._rows[number]
            if at is not None or row.cells:
                yield row.xml(self._words.prefix)
            done = where.stop
        yield whole[done : self._file.body.stop]

    def _compacted(self) -> Iterator[bytes]:
        """All rows but the removed ones, moved up, with what stands between them."""
        gone = sorted(self._removed)
        done = self._file.body.start
        for at, number in enumerate(self._file.numbers):
            where = self._file.span(at)
            yield self._file.content[done : where.start]
            done = where.stop
            if number not in self._removed:
                touched = number in self._rows or self._file.implicit
                raw = self._row(number).xml(self._words.prefix) if touched else self._file.content[where]
                up = bisect_left(gone, number)
                yield renumbered(raw, blanked(raw), number - up) if up else raw
        yield self._file.content[done : self._file.body.stop]
