"""Formulas in cells while rows are taken out: each means the same cells afterwards, or keeps the rows from going."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sheetcrm.text import msg
from sheetcrm.workbook.cells import LAST_ROW
from sheetcrm.workbook.xlsx.compact.removal import NOTHING, Removal
from sheetcrm.workbook.xlsx.compact.work import Compaction, address
from sheetcrm.workbook.xlsx.edit.formula import Formula
from sheetcrm.workbook.xlsx.edit.grammar import Mentions, Ref, mentions, references
from sheetcrm.workbook.xlsx.edit.references import area, rewritten, shifted
from sheetcrm.workbook.xlsx.edit.resolve import Box
from sheetcrm.workbook.xlsx.edit.sheet import SheetDraft
from sheetcrm.workbook.xlsx.edit.tables import worksheets

_PREFIXES = re.compile(r"^(?:_xlfn\.|_xlws\.)+", re.IGNORECASE)
_INDIRECT = re.compile(r'INDIRECT\(\s*"((?:[^"]|"")*)"\s*[,)]', re.IGNORECASE)
_LINK = re.compile(r'HYPERLINK\(\s*"#((?:[^"]|"")*)"', re.IGNORECASE)
_COUNTS_ROWS = frozenset({"INDEX", "HLOOKUP", "CHOOSEROWS", "TAKE", "DROP"})
_FINDS_ROWS = frozenset({"MATCH", "XMATCH", "COUNT", "COUNTA"})
# What these come to does not change when a blank row between others goes; whatever is not among them is recalculated.
_BLIND = frozenset(
    {
        "SUM", "SUMIF", "SUMIFS", "COUNT", "COUNTA", "AVERAGE", "AVERAGEIF", "AVERAGEIFS", "MIN", "MAX", "MINIFS",
        "MAXIFS", "MEDIAN", "STDEV", "VAR", "SUBTOTAL", "VLOOKUP", "XLOOKUP", "LOOKUP", "LARGE", "SMALL", "RANK",
        "PERCENTILE", "QUARTILE", "IF", "IFS", "IFERROR", "IFNA", "SWITCH", "AND", "OR", "NOT", "XOR", "TRUE", "FALSE",
        "ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "TRUNC", "MOD", "ABS", "SIGN", "SQRT", "POWER", "EXP", "LN", "LOG",
        "LOG10", "CEILING", "FLOOR", "TODAY", "NOW", "DATE", "DATEVALUE", "DATEDIF", "DAYS", "YEAR", "MONTH", "DAY",
        "WEEKDAY", "WEEKNUM", "EDATE", "EOMONTH", "WORKDAY", "NETWORKDAYS", "HOUR", "MINUTE", "TIME", "TEXT", "VALUE",
        "LEFT", "RIGHT", "MID", "LEN", "TRIM", "UPPER", "LOWER", "PROPER", "CONCATENATE", "CONCAT", "REPT", "FIND",
        "SEARCH", "SUBSTITUTE", "REPLACE", "CHAR", "CODE", "EXACT", "HYPERLINK", "N", "T", "RAND", "RANDBETWEEN",
    }
)  # fmt: skip


class _Sharing(NamedTuple):
    """A shared formula: the cell that has its text, what the text mentions, and all cells that share it."""

    anchor: Formula
    said: Mentions
    members: list[Formula]


def move_formulas(work: Compaction) -> None:
    """Let the formulas of all sheets follow the rows."""
    for sheet in worksheets(work.draft):
        opened = work.draft.sheet(sheet.title)
        formulas = list(opened.formulas())
        sharing = _sharing(formulas, sheet.title)
        for formula in formulas:
            if formula.row not in work.removal(sheet.title):
                _move(work, opened, formula, sharing)
        _check_anchors(work, sheet.title, sharing)


def _sharing(formulas: Sequence[Formula], title: str) -> Mapping[str, _Sharing]:
    """The shared formulas of a sheet by their numbers."""
    shared = [formula for formula in formulas if formula.kind == "shared"]
    found = {anchor.group: _Sharing(anchor, mentions(anchor.text, title), []) for anchor in shared if anchor.text}
    for member in shared:
        if member.group in found:
            found[member.group].members.append(member)
    return found


def _check_anchors(work: Compaction, title: str, sharing: Mapping[str, _Sharing]) -> None:
    """A shared formula's text stands in one of its cells, which must not go while others need it."""
    removal = work.removal(title)
    for anchor, _, members in sharing.values():
        if anchor.row in removal and any(member.row not in removal for member in members):
            work.stop([title], address(title, anchor.row, anchor.column), msg("other cells share its formula"))


def _move(work: Compaction, sheet: SheetDraft, formula: Formula, sharing: Mapping[str, _Sharing]) -> None:
    title = sheet.title
    place = address(title, formula.row, formula.column)
    shared = sharing.get(formula.group) if formula.kind == "shared" else None
    if formula.kind == "dataTable":
        work.stop([title], place, msg("it belongs to a what-if table"))
    elif shared is not None and not formula.text:
        _recount(work, title, formula, shared.said, shared.anchor)
    else:
        said = mentions(formula.text, title)
        boxes = _boxes(work, said, title, formula)
        _check_calls(work, title, formula.text, said, boxes, place)
        _check_sizes(work, boxes, place)
        _respell(work, sheet, formula, shared, boxes, place)
        _recount(work, title, formula, said, formula)


def _respell(
    work: Compaction, sheet: SheetDraft, formula: Formula, shared: _Sharing | None, boxes: list[Box] | None, place: str
) -> None:
    title = sheet.title
    text = _shared(work, title, shared, place) if shared is not None else work.followed(formula.text, title, place)
    cells = _moved_area(work, title, formula, boxes, place)
    if text != formula.text or cells != formula.area:
        sheet.respell(formula.row, formula.column, text, cells)


def _boxes(work: Compaction, said: Mentions, title: str, formula: Formula) -> list[Box] | None:
    """The cells that a formula depends on, whatever today's date is; None where names hide what they are."""
    return work.resolver.precedents(said._replace(anything=False), title, (formula.row, formula.column))


def _calls(said: Mentions) -> set[str]:
    return {_PREFIXES.sub("", call).upper() for call in said.calls}


def _check_calls(work: Compaction, title: str, text: str, said: Mentions, boxes: list[Box] | None, place: str) -> None:
    """Functions that reach cells by other ways than by a reference."""
    calls = _calls(said)
    touched = _touched(work, boxes)
    if "INDIRECT" in calls:
        _check_indirect(work, title, text, place)
    if "OFFSET" in calls:
        whole = set(work.removals) if boxes is None else {box.sheet for box in boxes}
        work.stop(whole, place, msg("OFFSET counts rows from there"))
    if calls & _COUNTS_ROWS and not calls & _FINDS_ROWS:
        work.stop(touched, place, msg("it takes a row by its number"))
    for link in _LINK.findall(text) if "HYPERLINK" in calls else ():
        work.stop(_named(work, link, title), place, msg("it leads to a row by its number"))


def _check_indirect(work: Compaction, title: str, text: str, place: str) -> None:
    literals = _INDIRECT.findall(text)
    if len(literals) < text.upper().count("INDIRECT("):
        work.stop_all(place, msg("INDIRECT may mean any cell"))
    for literal in literals:
        work.stop(_named(work, literal, title), place, msg("INDIRECT names its rows as a text"))


def _named(work: Compaction, text: str, title: str) -> set[str]:
    """The sheets whose moving rows a text names."""
    return {moving for ref in references(text, title) if (moving := work.moving(ref))}


def _touched(work: Compaction, boxes: list[Box] | None) -> set[str]:
    """The sheets whose moving rows a formula depends on."""
    if boxes is None:
        return set(work.removals)
    return {box.sheet for box in boxes if work.removal(box.sheet).reaches(box.bottom)}


def _check_sizes(work: Compaction, boxes: list[Box] | None, place: str) -> None:
    """Ranges of one length may be taken row by row; they must not come to differ."""
    lengths: dict[int, set[int]] = {}
    moving: set[str] = set()
    for box in boxes or ():
        rows = work.removal(box.sheet).shrunk(box.top, box.bottom)
        if box.top < box.bottom < LAST_ROW and rows is not None:
            lengths.setdefault(box.bottom - box.top, set()).add(rows[1] - rows[0])
            moving |= {box.sheet} if work.removal(box.sheet).hits(box.top, box.bottom) else set()
    if any(len(found) > 1 for found in lengths.values()):
        work.stop(moving, place, msg("it takes rows of two ranges side by side, and only one would become shorter"))


def _moved_area(work: Compaction, title: str, formula: Formula, boxes: list[Box] | None, place: str) -> str:
    """The cells that an array or a shared formula fills, afterwards."""
    cells = area(formula.area)
    if cells is None:
        return formula.area
    removal = work.removal(title)
    if formula.kind == "array":
        if removal.hits(cells[0], cells[2]):
            work.stop([title], place, msg("it fills the blank row, too"))
        if cells[0] < cells[2]:
            work.stop(_shrinking(work, boxes), place, msg("it fills a cell for each row"))
    return removal.ranges(formula.area)


def _shrinking(work: Compaction, boxes: list[Box] | None) -> set[str]:
    return {box.sheet for box in boxes or () if work.removal(box.sheet).hits(box.top, box.bottom)}


def _shared(work: Compaction, title: str, shared: _Sharing, place: str) -> str:
    """The text of a shared formula, if every cell that shares it goes on meaning the same cells."""
    own = work.removal(title)
    stay = [member for member in shared.members if member.row not in own]

    def change(ref: Ref) -> tuple[int, int] | None:
        titles = work.resolver.sheets(ref)
        removal = work.removal(titles[0]) if titles else NOTHING
        rows = removal.shrunk(ref.top, ref.bottom)
        agreed = rows is not None and all(_agrees(removal, own, ref, rows, shared.anchor.row, each) for each in stay)
        if not agreed or len(titles) > 1:
            work.stop({title, *titles}, place, msg("it is shared, and not every cell could keep its meaning"))
        return rows if removal else None

    return rewritten(shared.anchor.text, title, change)


def _agrees(removal: Removal, own: Removal, ref: Ref, rows: tuple[int, int], anchor: int, member: Formula) -> bool:
    """Whether the anchor's new text, filled to where the member comes to stand, means the rows that it meant."""
    meant = shifted(ref, member.row - anchor, 0)
    wanted = removal.shrunk(meant.top, meant.bottom)
    steps = own.moved(member.row) - own.moved(anchor)
    said = shifted(ref._replace(top=rows[0], bottom=rows[1]), steps, 0)
    return wanted == (said.top, said.bottom)


def _recount(work: Compaction, title: str, formula: Formula, said: Mentions, anchor: Formula) -> None:
    """Have a formula calculated anew where its value may depend on where rows stand."""
    if formula.kind != "array" and _calls(said) <= _BLIND:
        return
    spot, origin = (formula.row, formula.column), (anchor.row, anchor.column)
    boxes = work.resolver.precedents(said._replace(anything=False), title, spot, origin)
    if boxes is None or _shrinking(work, boxes) or work.removal(title).moved(formula.row) != formula.row:
        work.forget(title, spot)


def check_name(work: Compaction, text: str, place: str) -> None:
    """A name's formula, which must not count rows by itself."""
    said = mentions(text, "")
    boxes = work.resolver.precedents(said._replace(anything=False), "", (1, 0))
    _check_calls(work, "", text, said, boxes, place)
