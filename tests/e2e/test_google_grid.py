"""A Google Sheet that its owner has furnished, full to the edge of its grid: new records find room and all follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sheetcrm.errors import Exit
from tests.e2e.google_shore import Shore

Json = dict[str, Any]

LAST = 2
"""The last row of the table Tasks before an update: its header, and one task."""


def area(gid: int, columns: tuple[int, int] = (0, 8), rows: tuple[int, int] = (0, LAST)) -> Json:
    return {
        "sheetId": gid,
        "startRowIndex": rows[0],
        "endRowIndex": rows[1],
        "startColumnIndex": columns[0],
        "endColumnIndex": columns[1],
    }


def cut_to_size(base: Shore, title: str, rows: int, columns: int) -> None:
    """Let the grid end where the table does."""
    gid = base.gid(title)
    properties = {"sheetId": gid, "gridProperties": {"rowCount": rows, "columnCount": columns}}
    fields = "gridProperties(rowCount,columnCount)"
    base.book.update({"updateSheetProperties": {"properties": properties, "fields": fields}})


def test_rows_and_columns_are_added_at_the_edge_of_the_grid(base: Shore) -> None:
    sizes = {"Companies": (8, 8), "Deals": (6, 10), "Activities": (4, 8), "Tasks": (LAST, 8), "Managers": (3, 3)}
    for title, (rows, columns) in sizes.items():
        cut_to_size(base, title, rows, columns)
    assert base("update").code == Exit.DONE
    assert base.counts() == (3, 1)
    stands = base.stands()
    assert [row[0] for row in stands["Tasks"][1:]] == [f"T-{number:06d}" for number in range(1, 9)]
    assert stands["Companies"][0][8:] == [
        "▦ Missing", "▦ Stage fact", "▦ ABCD", "▦ Last contact", "▦ Last purchase", "▦ Period days", "▦ Debt", "▦ LTV",
        "▦ Created on",
    ]  # fmt: skip
    assert base("update").code == Exit.DONE
    assert base.stands()["Tasks"] == stands["Tasks"]


def furniture(gid: int) -> Mapping[str, Json]:
    """What ends where the tasks end, by what it is."""
    whole, status = area(gid), area(gid, (6, 7), (1, LAST))
    sources = [{"sourceRange": {"sources": [area(gid, (5, 6))]}}]
    chart = {
        "title": "Priorities",
        "basicChart": {
            "chartType": "COLUMN",
            "domains": [{"domain": {"sourceRange": {"sources": [area(gid, (1, 2))]}}}],
            "series": [{"series": sources[0]}],
        },
    }
    red = {"backgroundColorStyle": {"rgbColor": {"red": 1}}}
    rule = {"condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": "New"}]}, "format": red}
    anchor = {"overlayPosition": {"anchorCell": {"sheetId": gid, "rowIndex": 0, "columnIndex": 7}}}
    return {
        "basicFilter": {"setBasicFilter": {"filter": {"range": whole}}},
        "filterViews": {"addFilterView": {"filter": {"title": "Mine", "range": whole}}},
        "namedRanges": {"addNamedRange": {"namedRange": {"name": "AllTasks", "range": whole}}},
        "bandedRanges": {
            "addBanding": {"bandedRange": {"range": whole, "rowProperties": {"firstBandColor": {"red": 1}}}}
        },
        "conditionalFormats": {"addConditionalFormatRule": {"rule": {"ranges": [status], "booleanRule": rule}}},
        "protectedRanges": {"addProtectedRange": {"protectedRange": {"range": whole, "warningOnly": True}}},
        "charts": {"addChart": {"chart": {"spec": chart, "position": anchor}}},
    }


def ends(part: Any, gid: int) -> set[int]:
    """Where the ranges of a tab end that stand anywhere in a part."""
    if isinstance(part, list):
        return {end for item in part for end in ends(item, gid)}
    if not isinstance(part, dict):
        return set()
    own = {part["endRowIndex"]} if "endRowIndex" in part and part.get("sheetId", 0) == gid else set()
    return own | {end for item in part.values() for end in ends(item, gid)}


@pytest.mark.parametrize("size", ["a grid with room", "a grid that ends there"])
@pytest.mark.parametrize("name", furniture(0))
def test_what_ended_with_the_last_record_covers_the_new_ones(base: Shore, name: str, size: str) -> None:
    gid = base.gid("Tasks")
    if size == "a grid that ends there":
        cut_to_size(base, "Tasks", LAST, 8)
    base.book.update(furniture(gid)[name])
    assert base("update").code == Exit.DONE
    assert base.counts() == (3, 1)
    last = len(base.stands()["Tasks"])
    assert last > LAST
    told = base.book.get()
    tab = next(sheet for sheet in told["sheets"] if sheet["properties"]["sheetId"] == gid)
    assert ends(told["namedRanges"] if name == "namedRanges" else tab[name], gid) == {last}


def test_a_column_of_formulas_goes_on_in_new_rows(base: Shore) -> None:
    base.book.type("Tasks!I1", ["Days left"], ["=E2-DATE(2026,11,20)"])
    assert base("update").code == Exit.DONE
    last = len(base.stands()["Tasks"])
    formulas = base.book.values(f"Tasks!I2:I{last}", valueRenderOption="FORMULA")
    assert formulas == [[f"=E{row}-DATE(2026,11,20)"] for row in range(LAST, last + 1)]


def test_a_list_beside_the_table_is_not_pushed(base: Shore) -> None:
    beside: list[list[Any]] = [["Holiday", "Day"], *([f"day {number}", float(number)] for number in range(1, 12))]
    base.book.write("Tasks!T1", *beside)
    assert base("update").code == Exit.DONE
    stands = base.stands()
    assert [row[19:21] for row in stands["Tasks"][: len(beside)]] == beside
    assert [row[0] for row in stands["Tasks"][1:9]] == [f"T-{number:06d}" for number in range(1, 9)]


def test_what_stands_below_the_table_stays_where_it_is_or_stops_us(base: Shore) -> None:
    base.book.write("Tasks!B12", ["signed: Anna"])
    before = base.stands()
    ran = base("update")
    assert ran.code in (Exit.DONE, Exit.GUARDED)
    assert base.book.values("Tasks!B12") == [["signed: Anna"]]
    if ran.code == Exit.GUARDED:
        assert base.stands() == before
