"""One worksheet while it is changed: its rows stay bytes, and only those that are touched are put together anew."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from html import unescape
from typing import NamedTuple

from lxml import etree

from sheetcrm.errors import CannotWriteError
from sheetcrm.table import Value, letters
from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.edit.cell import cell_xml, escaped
from sheetcrm.workbook.xlsx.edit.row import (
    CellXml,
    Result,
    RowXml,
    columns_of,
    fresh_row,
    given_number,
    grammar,
    relocated,
    renumbered,
    restyled,
    resulting,
    row_of,
)
from sheetcrm.workbook.xlsx.kinds import damaged
from sheetcrm.workbook.xlsx.parts import SheetPart, local, parse
from sheetcrm.workbook.xlsx.walk import column_number

_HIDING = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_REMARK = re.compile(rb"<!--.*?-->", re.DOTALL)
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_OPENED = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?:\s[^>]*?)?(/?)>")
_DIMENSION = re.compile(rb"(<(?:[\w.-]+:)?dimension\s[^>]*?ref\s*=\s*[\"'])([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})\d+[\"']")
_FILLED = re.compile(rb"(\sref\s*=\s*([\"']))[^\"']*(\2)")
_ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


class Formula(NamedTuple):
    """A formula as a cell has it.

    Attributes:
        row: The row's number, from 1.
        column: The column's number, from 0.
        text: The formula without its equals sign; "" for one that shares the text of another cell.
        kind: "" for a formula of one cell, else `shared`, `array` or `dataTable`.
        group: The number of the shared formula, "" for any other.
        area: The range that an array, a data table or a shared formula covers, said at its first cell.
        cached: Whether the cell has a value.
    """

    row: int
    column: int
    text: str
    kind: str
    group: str
    area: str
    cached: bool


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
        self._content = content
        # What stands in a comment or a CDATA section must not be taken for elements.
        self._seen = _blanked(content)
        opened = _OPENED.search(self._seen)
        if opened is None:
            raise damaged(book, msg("the part {part} is cut short or broken", part=self.part))
        self._opening = content[slice(*opened.span())].replace(b"/>", b">")
        self._words = grammar(opened[1])
        self._data, self._body = self._find_data(opened)
        self._numbers, self._starts, self._implicit = self._index()
        self._rows: dict[int, RowXml] = {}
        self._looked_at: RowXml | None = None
        self._removed: frozenset[int] = frozenset()
        self._frame: etree._Element | None = None
        self._frame_changed = False

    def _find_data(self, opened: re.Match[bytes]) -> tuple[slice, slice]:
        """Where the element of the rows stands, and what is inside it."""
        if opened[2]:
            return slice(*opened.span()), slice(opened.end(), opened.end())
        start = self._seen.rfind(b"</%ssheetData" % opened[1])
        if start < 0:
            raise damaged(self._book, msg("the part {part} is cut short or broken", part=self.part))
        return slice(opened.start(), self._seen.index(b">", start) + 1), slice(opened.end(), start)

    def _index(self) -> tuple[Sequence[int], Sequence[int], bool]:
        """The numbers of the rows, where each begins, and whether some leave their number to the order."""
        numbers, starts = array("L"), array("Q")
        last, implicit = 0, False
        for found in self._words.row.finditer(self._seen, self._body.start, self._body.stop):
            given = int(found[1]) if found[1] else given_number(self._tag(found.start()))
            implicit = implicit or given is None
            number = last + 1 if given is None else given
            if number <= last:
                raise CannotWriteError(
                    msg("{book}, tab {tab}: row {row} stands out of order in the file; nothing was written.",
                        book=self._book, tab=self.title, row=number),
                    msg("Open it in Excel or LibreOffice and save it anew as .xlsx."),
                )  # fmt: skip
            numbers.append(number)
            starts.append(found.start())
            last = number
        return numbers, starts, implicit

    def _tag(self, start: int) -> bytes:
        return self._seen[start : self._seen.index(b">", start) + 1]

    @property
    def changed(self) -> bool:
        """Whether anything was touched."""
        return bool(self._rows or self._removed or self._frame_changed)

    def frame(self) -> etree._Element:
        """The sheet's XML with no rows in it, to look at."""
        if self._frame is None:
            empty = b"<%ssheetData/>" % self._words.prefix
            content = self._content[: self._data.start] + empty + self._content[self._data.stop :]
            self._frame = parse(self._book, self.part, content)
        return self._frame

    def edit_frame(self) -> etree._Element:
        """The same tree, to be changed in place."""
        self._frame_changed = True
        return self.frame()

    def row_numbers(self) -> Sequence[int]:
        """The rows that have an element, in order, those begun since among them."""
        begun = [number for number in self._rows if not self._is_in_the_file(number)]
        return sorted([*self._numbers, *begun]) if begun else self._numbers

    def _is_in_the_file(self, number: int) -> bool:
        at = bisect_left(self._numbers, number)
        return at < len(self._numbers) and self._numbers[at] == number

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
        low, high = bisect_left(self._numbers, first), bisect_right(self._numbers, last)
        blank = [self._numbers[at] for at in range(low, high) if self._is_blank(at, columns)]
        if high - low > last - first:
            return blank
        there = set(self._numbers[low:high])
        absent = (number for number in range(first, last + 1) if number not in there)
        return sorted([*blank, *(number for number in absent if self._holds_nothing(number, columns))])

    def _holds_nothing(self, number: int, columns: range) -> bool:
        """Whether a row that the file does not have holds no value in those columns."""
        cells = self._rows[number].cells if number in self._rows else {}
        return not any(at in columns and not cell.formula and not cell.blank for at, cell in cells.items())

    def _is_blank(self, at: int, columns: range) -> bool:
        number = self._numbers[at]
        if number not in self._rows:
            end = self._starts[at + 1] if at + 1 < len(self._starts) else self._body.stop
            # Most rows begin with a value and no formula, which settles it without taking them apart.
            value = self._seen.find(b"<%sv>" % self._words.prefix, self._starts[at], end)
            if (
                columns.start == 0
                and value >= 0
                and self._seen.find(b"<%sf" % self._words.prefix, self._starts[at], value) < 0
            ):
                cell = self._seen.rfind(b"<%sc" % self._words.prefix, self._starts[at], value)
                reference = _REFERENCE.search(self._seen[cell:value])
                if reference is not None and column_number(reference[1].decode()) in columns:
                    return False
        return not any(at in columns and not cell.formula and not cell.blank for at, cell in self.cells(number).items())

    def formulas(self) -> Iterator[Formula]:
        """Every formula as it stands now, in the order of the rows."""
        touched = sorted(self._rows)
        at = 0
        for formula in self._formulas_read():
            while at < len(touched) and touched[at] <= formula.row:
                yield from self._formulas_of(touched[at])
                at += 1
            if formula.row not in self._rows:
                yield formula
        for number in touched[at:]:
            yield from self._formulas_of(number)

    def _formulas_read(self) -> Iterator[Formula]:
        """The formulas that the file has, edits left aside."""
        if self._seen.find(b"<%sf" % self._words.prefix, self._body.start, self._body.stop) < 0:
            return
        for found in self._words.formula_cell.finditer(self._seen, self._body.start, self._body.stop):
            row = self._numbers[bisect_right(self._starts, found.start()) - 1]
            reference = _REFERENCE.search(found[1] or b"")
            column = column_number(reference[1].decode()) if reference else self._implied(row, found.start())
            yield self._formula(row, column, found, self._content, self._seen)

    def _formulas_of(self, row: int) -> Iterator[Formula]:
        """The formulas of a touched row."""
        cells = self._rows[row].cells
        for column in sorted(cells):
            if cells[column].formula:
                content = cells[column].raw
                seen = _blanked(content)
                found = self._words.formula_cell.match(seen)
                if found is not None:
                    yield self._formula(row, column, found, content, seen)

    def _implied(self, row: int, start: int) -> int:
        """The column of a cell that leaves it to the order."""
        first = self._starts[bisect_left(self._numbers, row)]
        return len(row_of(row, *self._pieces(first, start), self._words).cells)

    def _pieces(self, start: int, end: int) -> tuple[bytes, bytes]:
        """The first cells of a row, closed before their time."""
        close = b"</%srow>" % self._words.prefix
        return self._content[start:end] + close, self._seen[start:end] + close

    def _formula(self, row: int, column: int, found: re.Match[bytes], content: bytes, seen: bytes) -> Formula:
        start = seen.rindex(b"<", found.start(), found.end())
        element = self._words.formula.match(seen, start)
        if element is None:
            raise damaged(self._book, msg("the part {part} is cut short or broken", part=self.part))
        attributes = {name: one or two for name, one, two in _ATTRIBUTE.findall(element[1])}
        value = self._words.value.match(seen, element.end())
        kind = attributes.get(b"t", b"").decode()
        return Formula(
            row,
            column,
            _text(content[slice(*element.span(2))]) if element[2] else "",
            "" if kind == "normal" else kind,
            attributes.get(b"si", b"").decode(),
            attributes.get(b"ref", b"").decode(),
            value is not None and (bool(value[1]) or b't="str"' in found[0]),
        )

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
        raw = _plain(self._open(row).cells[column].raw)
        found = self._words.formula.search(raw)
        assert found is not None
        start, end = found.span(2)
        self._put(row, column, self._uncached(raw[:start] + escaped(text).encode() + raw[end:]))

    def respell(self, row: int, column: int, text: str, cells: str) -> None:
        """Spell a standing formula otherwise, and the range that it fills; it means what it meant, its value stays."""
        raw = _plain(self._open(row).cells[column].raw)
        found = self._words.formula.search(raw)
        assert found is not None
        start, end = found.span(2) if found[2] is not None else (found.end(), found.end())
        head = _FILLED.sub(lambda old: old[1] + cells.encode() + old[3], raw[:start], count=1)
        self._put(row, column, head + escaped(text).encode() + raw[end:])

    def drop_value(self, row: int, column: int) -> None:
        """Let a formula's cell forget its value: it will be calculated anew."""
        self._put(row, column, self._uncached(_plain(self._open(row).cells[column].raw)))

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
            self._looked_at = self._taken_apart(number)
        return self._looked_at

    def _taken_apart(self, number: int) -> RowXml:
        at = bisect_left(self._numbers, number)
        if at == len(self._numbers) or self._numbers[at] != number:
            return fresh_row(number, self._words)
        where = self._span(at)
        return row_of(number, self._content[where], self._seen[where], self._words)

    def _span(self, at: int) -> slice:
        """Where the `at`-th row of the file stands."""
        start = self._starts[at]
        opened = self._seen.index(b">", start)
        if self._seen[opened - 1] == 0x2F:
            return slice(start, opened + 1)
        close = self._words.row_end.search(self._seen, opened, self._body.stop)
        if close is None:
            raise damaged(self._book, msg("the part {part} has a row without an end", part=self.part))
        return slice(start, close.end())

    def finished(self) -> Iterator[bytes | memoryview]:
        """The part's content, piece by piece."""
        head, tail = self._around()
        yield self._measured(head)
        if not self._rows and not self._removed:
            yield memoryview(self._content)[self._data]
        else:
            yield self._opening
            yield from self._compacted() if self._removed else self._spliced()
            yield b"</%ssheetData>" % self._words.prefix
        yield tail

    def _around(self) -> tuple[bytes, bytes]:
        """What stands before and behind the rows."""
        if not self._frame_changed:
            return self._content[: self._data.start], self._content[self._data.stop :]
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
        if self._implicit:
            # Rows that leave their number to the order would move when one is put in before them.
            for number in list(self._rows):
                at = bisect_right(self._numbers, number)
                if at < len(self._numbers):
                    self._open(self._numbers[at])
        whole = memoryview(self._content)
        done = self._body.start
        for number in sorted(self._rows):
            at = bisect_left(self._numbers, number)
            stands = at < len(self._numbers) and self._numbers[at] == number
            where = self._span(at) if stands else self._gap(at)
            yield whole[done : where.start]
            row = self._rows[number]
            if stands or row.cells:
                yield row.xml(self._words.prefix)
            done = where.stop
        yield whole[done : self._body.stop]

    def _gap(self, at: int) -> slice:
        """Where a new row goes: before the `at`-th of the file."""
        start = self._starts[at] if at < len(self._starts) else self._body.stop
        return slice(start, start)

    def _compacted(self) -> Iterator[bytes]:
        """All rows but the removed ones, moved up, with what stands between them."""
        gone = sorted(self._removed)
        done = self._body.start
        for at, number in enumerate(self._numbers):
            where = self._span(at)
            yield self._content[done : where.start]
            done = where.stop
            if number not in self._removed:
                touched = number in self._rows or self._implicit
                raw = self._row(number).xml(self._words.prefix) if touched else self._content[where]
                up = bisect_left(gone, number)
                yield renumbered(raw, _blanked(raw), number - up) if up else raw
        yield self._content[done : self._body.stop]


def _blanked(content: bytes) -> bytes:
    """The XML with comments, CDATA sections and instructions blanked out; all positions stay."""
    hides = b"<!" in content or content.find(b"<?", 1) > 0
    return _HIDING.sub(lambda found: b" " * len(found[0]), content) if hides else content


def _plain(raw: bytes) -> bytes:
    """An element's bytes with CDATA sections spelled as plain text, and without comments."""
    return _REMARK.sub(b"", _CDATA.sub(lambda found: escaped(found[1].decode()).encode(), raw)) if b"<!" in raw else raw


def _text(content: bytes) -> str:
    """The text of an element, its comments left out."""
    return unescape(_plain(content).decode())
