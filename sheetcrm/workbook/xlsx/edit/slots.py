"""Which rows of a table somebody means in particular: a cleared one among them must not become another client.

A row is meant by every reference that touches it without covering the table whole: formulas on any sheet, names,
charts, sparklines, rules, links, controls, pivots; and by what lies on it: a comment, a link, a merged cell, a rule for
a few rows only. It is not meant by

- a formula of its own row (`=C7*D7` in row 7): that follows the row, whoever stands in it;
- a formula that runs down its column (`=F6+E7` in row 7, and in row 6 or 8 the same relative to it): it says "the row
  above" or "up to here", not "this client". What is absolute in it (`$C$2`) means a row; so does such a formula that
  stands alone, and one that copies rows from further away;
- structured references: they mean their own row, or the table whole;
- a range within one column that ends where it begins (`$C$2:$C$2`): so ends what followed a table of one row;
- print areas and filters.

An address inside a text is found where INDIRECT or HYPERLINK reads it. What another book or a macro points at cannot
be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import accumulate, chain
from typing import NamedTuple

from sheetcrm.table import Spot
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.formula import Formula
from sheetcrm.workbook.xlsx.edit.grammar import Ref, references
from sheetcrm.workbook.xlsx.edit.pivots import pivot_sources
from sheetcrm.workbook.xlsx.edit.pointers import Pointer, pointers, ranges_of
from sheetcrm.workbook.xlsx.edit.references import shape, shifted
from sheetcrm.workbook.xlsx.edit.resolve import Resolver
from sheetcrm.workbook.xlsx.edit.tables import worksheets
from sheetcrm.workbook.xlsx.parts import local

_TEXT = re.compile(r'"#?((?:[^"]|"")*)"')
_READS_TEXTS = re.compile(r"\b(?:INDIRECT|HYPERLINK)\(", re.IGNORECASE)
_LYING = frozenset({"dataValidation", "conditionalFormatting", "hyperlink", "mergeCell"})
_READ_ALREADY = frozenset({"worksheet", "sharedStrings", "styles", "theme", "calcChain", "pivotCacheDefinition"})


def pinned(draft: Draft, title: str, first: int, last: int) -> set[int]:
    """The rows of a table that something means in particular.

    Args:
        draft: The book; its formulas count as they stand.
        title: The table's sheet.
        first: The first row of its body.
        last: Its last row. What covers them all means none of them; a lone cell means itself.
    """
    # Where a run of rows begins, and behind which one it ends: long runs cost no more than short ones.
    steps = [0] * max(last - first + 2, 0)
    for runs, follows in _runs(draft, title):
        inside = [(max(top, first), min(bottom, last)) for top, bottom in runs if top <= last and first <= bottom]
        if inside and not (follows and _cover(inside, first, last)):
            for top, bottom in inside:
                steps[top - first] += 1
                steps[bottom - first + 1] -= 1
    return {first + at for at, depth in enumerate(accumulate(steps)) if depth}


def pointed_rows(draft: Draft, title: str) -> set[int]:
    """The rows of a sheet that something means alone: a reference of one row, a comment, a link.

    Asked of rows below a table. Ranges that reach below it wait for its new rows, and so does a list that repeats the
    table row by row, filled down in advance: neither means a client.

    Args:
        draft: The book; its formulas count as they stand.
        title: The sheet.
    """
    resolver = Resolver(draft)
    alone = (ref for sheet in worksheets(draft) for ref in _alone(draft.sheet(sheet.title).formulas(), sheet.title))
    refs = chain(_outside_cells(draft, title), alone)
    meant = {ref.top for ref in refs if not _may_follow(ref) and title in resolver.sheets(ref)}
    lying = (ref for ranges in _lying(draft, title) for ref in references(ranges, title))
    return meant | {ref.top for ref in lying if ref.top == ref.bottom}


def _alone(formulas: Iterable[Formula], title: str) -> Iterator[Ref]:
    """The references of formulas that none of their neighbours in the column repeats, and all absolute ones.

    Those to a formula's own row are left out: it follows the row, whoever stands in it.
    """
    told = {one.spot: one for one in _told(formulas, title)}
    shapes = {spot: shape(one.text, one.origin) for spot, one in told.items() if one.refs}
    for (row, column), one in told.items():
        runs = shapes.get((row, column)) in (shapes.get((row - 1, column), ""), shapes.get((row + 1, column), ""))
        other = (ref for ref in one.refs if not _is_own_row(ref, row, title))
        yield from (ref for ref in other if ref.fixed or not runs)


def _is_own_row(ref: Ref, row: int, title: str) -> bool:
    return ref.top == ref.bottom == row and ref.sheet.casefold() == title.casefold()


def _may_follow(ref: Ref) -> bool:
    """Whether a reference can be to a table that is one row high now, or higher."""
    return ref.top < ref.bottom or (ref.left == ref.right and not ref.single)


def _runs(draft: Draft, title: str) -> Iterator[tuple[list[tuple[int, int]], bool]]:
    """First and last row of all that means rows, and whether it may follow the table.

    The ranges of one rule come together, in order.
    """
    resolver = Resolver(draft)
    for ref in chain(_outside_cells(draft, title), _in_cells(draft, title)):
        if title in resolver.sheets(ref):
            yield [(ref.top, ref.bottom)], _may_follow(ref)
    for source in pivot_sources(draft):
        yield [(box.top, box.bottom) for box in source.boxes or () if box.sheet == title], True
    for ranges in _lying(draft, title):
        runs = sorted((ref.top, ref.bottom) for ref in references(ranges, title))
        yield runs, any(top < bottom for top, bottom in runs)


def _cover(runs: list[tuple[int, int]], first: int, last: int) -> bool:
    """Whether runs of rows, in order, cover all rows together."""
    reached = first - 1
    for top, bottom in runs:
        if top > reached + 1:
            return False
        reached = max(reached, bottom)
    return reached >= last


class _Told(NamedTuple):
    """A formula's cell, the references that it makes from there, and its text relative to it."""

    spot: Spot
    refs: list[Ref]
    text: str
    origin: Spot


def _in_cells(draft: Draft, title: str) -> Iterator[Ref]:
    """The references of all formulas that mean rows in particular."""
    for sheet in worksheets(draft):
        told = _told(draft.sheet(sheet.title).formulas(), sheet.title)
        if sheet.title == title:
            yield from _particular(told, title)
        else:
            yield from (ref for one in told for ref in one.refs)


def _told(formulas: Iterable[Formula], title: str) -> Iterator[_Told]:
    anchors: dict[str, _Told] = {}
    for formula in formulas:
        spot = formula.row, formula.column
        anchor = anchors.get(formula.group)
        if formula.text or anchor is None:
            one = _Told(spot, [*_refs(formula.text, title)], formula.text, spot)
            if formula.kind == "shared":
                anchors[formula.group] = one
            yield one
        else:
            rows, columns = spot[0] - anchor.spot[0], spot[1] - anchor.spot[1]
            yield anchor._replace(spot=spot, refs=[shifted(ref, rows, columns) for ref in anchor.refs])


def _refs(text: str, title: str) -> Iterator[Ref]:
    """The references of a formula, those in texts that it takes for addresses among them."""
    yield from references(text, title)
    if _READS_TEXTS.search(text):
        for said in _TEXT.findall(text):
            yield from references(said.replace('""', '"'), title)


def _particular(told: Iterable[_Told], title: str) -> Iterator[Ref]:
    """The references on the table's own sheet, but for own rows and for formulas that run down their column."""
    running: list[tuple[Spot, Ref]] = []
    shapes: dict[Spot, str] = {}
    for one in told:
        row = one.spot[0]
        for ref in one.refs:
            own = ref.sheet.casefold() == title.casefold()
            if _is_own_row(ref, row, title):
                continue
            if own and not ref.fixed and ref.top - 1 <= row <= ref.bottom + 1:
                running.append((one.spot, ref))
                shapes[one.spot] = shape(one.text, one.origin)
            else:
                yield ref
    for (row, column), ref in running:
        if shapes[row, column] not in (shapes.get((row - 1, column)), shapes.get((row + 1, column))):
            yield ref


def _outside_cells(draft: Draft, title: str) -> Iterator[Ref]:
    """The references outside the cells that mean rows in particular."""
    read = {sheet.part for sheet in draft.sheets()} | {draft.workbook}
    for pointer in pointers(draft):
        read.add(pointer.part)
        yield from (ref for ref in references(pointer.text, pointer.sheet) if _means_rows(pointer, ref, title))
    read |= {relation.target for relation in draft.relations(draft.workbook) if relation.kind in _READ_ALREADY}
    for part in draft.parts():
        if part not in read and part.casefold().endswith((".xml", ".vml", ".rels")):
            yield from _written(draft.read(part), title)


def _means_rows(pointer: Pointer, ref: Ref, title: str) -> bool:
    """Whether a pointer's reference is to certain rows, not to wherever it is read from."""
    if pointer.kind == "name":
        return ref.fixed and not pointer.name.startswith("_xlnm.")
    if pointer.lies is None or pointer.sheet != title:
        return True
    own_row = ref.top == ref.bottom == pointer.lies[0]
    return not own_row and (ref.fixed or pointer.kind != "rule")


def _written(content: bytes, title: str) -> Iterator[Ref]:
    """Addresses on the sheet, wherever in a part they are written."""
    text = unescape(content.decode("utf-8", "replace"))
    quoted = "'" + re.escape(title.replace("'", "''")) + "'"
    address = rf"(?:{quoted}|(?<![\w.'\]]){re.escape(title)})!\$?[A-Z]{{1,3}}\$?\d+(?::\$?[A-Z]{{1,3}}\$?\d+)?"
    for found in re.finditer(address, text, re.IGNORECASE):
        yield from references(found[0].rpartition("!")[2], title)


def _lying(draft: Draft, title: str) -> Iterator[str]:
    """The ranges of what lies on cells of the sheet and would pass to whoever stands there next."""
    for element in draft.sheet(title).frame().iter():
        if local(element) in _LYING:
            yield str(element.get("ref") or "") or ranges_of(element)
    for relation in draft.relations(draft.sheet(title).part):
        if relation.kind in ("comments", "threadedComment") and relation.target in draft:
            yield from (str(element.get("ref") or "") for element in draft.tree(relation.target).iter())
