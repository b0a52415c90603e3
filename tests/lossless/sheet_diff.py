"""What changed in a worksheet beside the cells that may: its frame, its other rows, their other cells and looks."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from tests.lossless.allowed import Allowed
from tests.lossless.cells import Row, child, rows_of
from tests.lossless.opened import Opened, attributes, childless, local
from tests.lossless.same import differing, same

_OF_THE_VALUE = ("numFmtId", "applyNumberFormat", "quotePrefix")


def sheet_differences(old: Opened, new: Opened, part: str, title: str, allowed: Allowed) -> Iterator[str]:
    """The differences of a sheet, each named by its tab and cell."""
    before, after = old.tree(part), new.tree(part)
    more = title in allowed.lists
    for difference in differing(_frame(before), _frame(after), more, allowed.norm):
        yield f"{title}: {difference}"
    if not same(_between(before), _between(after)):
        yield f"{title}: what stands between the rows changed"
    rows = {row.number: row for row in rows_of(new, part)}
    looks = _Looks(new)
    for row in rows_of(old, part):
        if row.number in rows:
            yield from _row(title, row, rows.pop(row.number), allowed, looks)
        elif not all(_may_go(title, address, cell, allowed) for address, cell in row.cells.items()):
            yield f"{title}: row {row.number} is lost"
    for row in rows.values():
        for address in row.cells:
            if not allowed.cell(title, address):
                yield f"{title}!{address}: appeared"


class _Looks:
    """The cell formats of the new book; the old ones are the first of them."""

    def __init__(self, book: Opened) -> None:
        part = book.related("styles")
        self._formats = book.tree(part).findall("{*}cellXfs/{*}xf") if part else []

    def alike(self, before: etree._Element, after: etree._Element, number_too: bool) -> bool:
        """Whether two cells look the same, but perhaps for the number format."""
        if before.get("s", "0") == after.get("s", "0"):
            return True
        return self._look(before, number_too) == self._look(after, number_too)

    def _look(self, cell: etree._Element, number_too: bool) -> tuple[object, ...]:
        number = int(str(cell.get("s", "0")))
        if number >= len(self._formats):
            return (number,)
        xf = self._formats[number]
        kept = {key: value for key, value in attributes(xf).items() if number_too or key not in _OF_THE_VALUE}
        return sorted(kept.items()), [etree.tostring(element) for element in xf]


def _row(title: str, before: Row, after: Row, allowed: Allowed, looks: _Looks) -> Iterator[str]:
    if etree.tostring(before.element) == etree.tostring(after.element):
        return
    unnumbered, numbered = _bare(before.element), _bare(after.element)
    _number_alike(unnumbered, numbered)
    for difference in differing(unnumbered, numbered, title in allowed.lists):
        yield f"{title}, row {before.number}: {difference}"
    for address, cell in before.cells.items():
        if address in after.cells:
            yield from _cell(title, address, cell, after.cells[address], allowed, looks)
        elif not _may_go(title, address, cell, allowed):
            yield f"{title}!{address}: lost"
    for address in after.cells.keys() - before.cells.keys():
        if not allowed.cell(title, address):
            yield f"{title}!{address}: appeared"


def _cell(
    title: str, address: str, before: etree._Element, after: etree._Element, allowed: Allowed, looks: _Looks
) -> Iterator[str]:
    if allowed.cell(title, address):
        number_too = title not in allowed.lists and address not in allowed.dated.get(title, ())
        if address not in allowed.moved.get(title, ()) and not looks.alike(before, after, number_too):
            yield f"{title}!{address}: style {before.get('s', '0')} became {after.get('s', '0')}"
        return
    may_be_stale = address in allowed.stale.get(title, ()) or not _same_formula(before, after)
    before, after = deepcopy(before), deepcopy(after)
    _number_alike(before, after)
    if may_be_stale and child(after, "v") is None:
        _forget_value(before)
        _forget_value(after)
    for difference in differing(before, after, norm=allowed.norm):
        yield f"{title}!{address}: {difference}"


def _may_go(title: str, address: str, cell: etree._Element, allowed: Allowed) -> bool:
    """A blank cell without a look says nothing."""
    return allowed.cell(title, address) and cell.get("s", "0") == "0"


def _same_formula(before: etree._Element, after: etree._Element) -> bool:
    old, new = child(before, "f"), child(after, "f")
    return old is None or new is None or old.text == new.text


def _number_alike(before: etree._Element, after: etree._Element) -> None:
    """What left its number to the order may be given it."""
    if before.get("r") is None:
        after.attrib.pop("r", "")


def _forget_value(cell: etree._Element) -> None:
    """Let a formula's cell lose the value and the type of what it was calculated to."""
    if child(cell, "f") is not None:
        for value in cell.findall("{*}v"):
            cell.remove(value)
        cell.attrib.pop("t", "")


def _frame(sheet: etree._Element) -> etree._Element:
    """The sheet without its rows and its dimension."""
    bare = childless(sheet)
    for element in sheet:
        if local(element) == "sheetData":
            bare.append(childless(element))
        elif local(element) != "dimension":
            bare.append(deepcopy(element))
    return bare


def _between(sheet: etree._Element) -> etree._Element:
    """The sheet's data without its rows: comments, and what else somebody put there."""
    bare = etree.Element("sheetData")
    data = child(sheet, "sheetData")
    for element in () if data is None else data:
        if local(element) != "row":
            bare.append(deepcopy(element))
    return bare


def _bare(row: etree._Element) -> etree._Element:
    """The row without its cells and its spans."""
    bare = childless(row)
    bare.attrib.pop("spans", "")
    for element in row:
        if local(element) != "c":
            bare.append(deepcopy(element))
    return bare
