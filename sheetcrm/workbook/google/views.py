"""The filter views that sheetcrm keeps, and the links to them: a view hides rows only from who opened it.

The id of a view of ours follows from its title. So links to it stay, and no view of a person's is ever taken for ours,
not even one of the same title; one of ours that a person gives another title is theirs from then on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import NamedTuple
from zlib import crc32

from sheetcrm.tab import Look, View
from sheetcrm.table import Spot
from sheetcrm.workbook.google.edits import Piece
from sheetcrm.workbook.google.standing import Standing, TabState
from sheetcrm.workbook.google.tabs.styles import FONT, text_format
from sheetcrm.workbook.google.wire import Json, grid_range
from sheetcrm.workbook.google.writing import Aim
from sheetcrm.workbook.grid import text_spots
from sheetcrm.workbook.looks import LINK, STYLES

_FAMILY = 0x7FFF_FFF0
"""The part of an id that a title decides; where one is taken, its neighbour is as good."""

_BESIDE = " (sheetcrm)"
"""Ends the title of a view of ours beside a person's that is called the same."""

_HEADING = text_format(STYLES[Look.HEADING]) | {"fontFamily": FONT}
_LINE = text_format(replace(STYLES[Look.PLAIN], colour=LINK, underline=True)) | {"fontFamily": FONT}


class _Wanted(NamedTuple):
    """A view as it is to stand: on which tab, under which title, over which rows and columns, from 0."""

    view: View
    state: TabState
    title: str
    top: int
    column: int
    end: int

    @property
    def place(self) -> tuple[int, str]:
        return self.state.gid, self.title


class _Placed(NamedTuple):
    """A view that is wanted, its id, and what stands of it already; None for a new one."""

    wanted: _Wanted
    id: int
    message: Json | None


def kept(standing: Standing) -> tuple[str, ...]:
    """The titles of our views, as they are where no person's is called the same."""
    return tuple(title.removesuffix(_BESIDE) for _, title in _ours(standing))


def viewed(views: Sequence[View], target: Aim) -> list[Piece]:
    """The requests that leave these views of ours and no other; nothing where they stand so already.

    They go behind the edits of the same write, for they speak of the book as it is then; all in one piece, so that no
    view is without its link.

    Args:
        views: All that are to stand, none to leave alone what stands.
        target: The book as it was seen last, and the edits.
    """
    if not views:
        return []
    standing = target.seen.standing
    wanted = [one for view in views if (one := _wanted(view, target)) is not None]
    places, ours = {one.place for one in wanted}, _ours(standing)
    gone = {message["filterViewId"] for place, message in ours.items() if place not in places}
    taken = {message["filterViewId"] for state in standing.tabs.values() for message in _views(state)} - gone
    placed = _placed(wanted, ours, taken)
    requests: list[Json] = [{"deleteFilterView": {"filterId": id}} for id in sorted(gone)]
    requests += [request for one in placed for request in _requests(one)]
    requests += _links(placed, target)
    return [Piece(requests)] if requests else []


# ── what stands, and what is to stand ──


def _views(state: TabState) -> Sequence[Json]:
    found: Sequence[Json] = state.message.get("filterViews", ())
    return found


def _first(title: str) -> int:
    """The first id that a view of ours may have under that title."""
    return crc32(f"sheetcrm {title}".encode("utf-8", "surrogatepass")) & _FAMILY


def _is_ours(message: Json) -> bool:
    """Whether its id follows from its title."""
    return int(message["filterViewId"]) & _FAMILY == _first(message.get("title", ""))


def _ours(standing: Standing) -> dict[tuple[int, str], Json]:
    """Our views on all tabs, by tab and title."""
    return {
        (state.gid, message["title"]): message
        for state in standing.tabs.values()
        for message in _views(state)
        if _is_ours(message)
    }


def _wanted(view: View, target: Aim) -> _Wanted | None:
    """Where and how a view is to stand; None where its table or its column is not there."""
    table = target.seen.book.by_name.get(view.table)
    if table is None:
        return None
    state, edit = target.seen.standing.tabs[table.title], target.edits.get(table.title)
    fresh = {column.code: at for at, column in edit.headers.items()} if edit is not None else {}
    columns = {code: column.index for code, column in table.columns.items()} | fresh
    if view.column not in columns:
        return None
    title = view.title + (_BESIDE if _is_taken(view.title, state) else "")
    end = max(*table.record_columns, *columns.values()) + 1
    return _Wanted(view, state, title, table.layout.header_row - 1, columns[view.column], end)


def _is_taken(title: str, state: TabState) -> bool:
    """Whether a person has a view of that title on the tab."""
    strange = (message for message in _views(state) if not _is_ours(message))
    return any(message.get("title", "").casefold() == title.casefold() for message in strange)


def _placed(wanted: Sequence[_Wanted], ours: Mapping[tuple[int, str], Json], taken: Collection[int]) -> list[_Placed]:
    """The wanted views with their ids: the one that they have, or the first free one of their family."""
    used = set(taken)
    found: list[_Placed] = []
    for one in wanted:
        message = ours.get(one.place)
        id = message["filterViewId"] if message else next(n for n in count(_first(one.title)) if n not in used)
        used.add(id)
        found.append(_Placed(one, id, message))
    return found


# ── views ──


def _requests(placed: _Placed) -> Iterator[Json]:
    """What adds a view, or puts right one that stands; whatever else a person filters by in it stays."""
    wanted, message = placed.wanted, placed.message
    if message is None:
        told = {
            "filterViewId": placed.id,
            "title": wanted.title,
            "range": _area(wanted),
            "filterSpecs": [_spec(wanted)],
        }
        yield {"addFilterView": {"filter": told}}
        return
    specs, condition = _specs(message), _condition(wanted.view)
    here = [spec for spec in specs if spec.get("columnIndex", 0) == wanted.column]
    if _reaches(wanted, message.get("range", {})) and [_shown(spec) for spec in here] == [condition]:
        return
    others = [spec for spec in specs if spec not in here and _shown(spec) != condition]
    told = {"filterViewId": placed.id, "range": _area(wanted), "filterSpecs": [*others, _spec(wanted)]}
    yield {"updateFilterView": {"filter": told, "fields": "range,filterSpecs"}}


def _area(wanted: _Wanted) -> Json:
    """The whole table: down to the grid's end, since people type below the last record.

    From the first column, so that columns have the same numbers in the range as on the tab.
    """
    return {
        "sheetId": wanted.state.gid,
        "startRowIndex": wanted.top,
        "startColumnIndex": 0,
        "endColumnIndex": wanted.end,
    }


def _reaches(wanted: _Wanted, area: Json) -> bool:
    """Whether a range that Google told is that of the whole table."""
    return (
        area.get("startRowIndex", 0) == wanted.top
        and area.get("startColumnIndex", 0) == 0
        and area.get("endColumnIndex", wanted.state.columns) == wanted.end
        and int(area.get("endRowIndex", wanted.state.rows)) >= wanted.state.rows
    )


def _spec(wanted: _Wanted) -> Json:
    return {"columnIndex": wanted.column, "filterCriteria": {"condition": _condition(wanted.view)}}


def _condition(view: View) -> Json:
    if view.equals is None:
        return {"type": "NOT_BLANK"}
    return {"type": "TEXT_EQ", "values": [{"userEnteredValue": _as_typed(view.equals)}]}


def _as_typed(text: str) -> str:
    """A text as people type it into a condition, which takes what looks like a formula or a number for one."""
    return text if text[:1].isalpha() else '="' + text.replace('"', '""') + '"'


def _specs(message: Json) -> list[Json]:
    """What a view filters by; Google tells it in an old way too, by the column's number."""
    if "filterSpecs" in message:
        return list(message["filterSpecs"])
    return [{"columnIndex": int(at), "filterCriteria": told} for at, told in message.get("criteria", {}).items()]


def _shown(spec: Json) -> Json | None:
    found: Json | None = spec.get("filterCriteria", {}).get("condition")
    return found


# ── links ──


def _links(placed: Sequence[_Placed], target: Aim) -> Iterator[Json]:
    """Lead the cells that hold the titles to new views, or new cells to views that stand; undress what held one."""
    listed = next((one.wanted.view.listed for one in placed if one.wanted.view.listed is not None), None)
    sheet = next((sheet for sheet in target.seen.book.sheets if listed and sheet.title == listed[0]), None)
    if listed is None or sheet is None:
        return
    gid, before = target.seen.standing.tabs[sheet.title].gid, text_spots(sheet)
    after = text_spots(target.expected(sheet.title)) if sheet.title in target.edits else before
    held = {before[title] for title in kept(target.seen.standing) if title in before}
    for left in sorted(held.difference(after.values())):
        yield _dressed(gid, left, {}, [*_LINE, "link"])
    heading = after.get(listed[1])
    if heading is not None and heading != before.get(listed[1]):
        yield _dressed(gid, heading, _HEADING, _HEADING)
    for one in placed:
        title = one.wanted.view.title
        if (spot := after.get(title)) is not None and (one.message is None or spot != before.get(title)):
            link = {"uri": f"#gid={one.wanted.state.gid}&fvid={one.id}"}
            yield _dressed(gid, spot, _LINE | {"link": link}, [*_LINE, "link"])


def _dressed(gid: int, spot: Spot, letters: Json, fields: Collection[str]) -> Json:
    cell = {"userEnteredFormat": {"textFormat": letters}}
    mask = f"userEnteredFormat.textFormat({','.join(fields)})"
    return {"repeatCell": {"range": grid_range(gid, spot, spot), "cell": cell, "fields": mask}}
