"""Edits as requests: few, typed, and never split inside a row."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sheetcrm.table import Cell, Change, Column, Layout, Sheet, Spot, book
from sheetcrm.workbook.google.edits import BLOCK, Piece, pieces_of, updates
from sheetcrm.workbook.google.standing import Standing, TabState
from sheetcrm.workbook.place import place

STATE = TabState("Clients", 5, 0, 1000, 20)
STANDING = Standing("id", "Clients", "en_US", "UTC", {"Clients": STATE})


def drawn(requests: list[dict[str, Any]]) -> dict[Spot, dict[str, Any]]:
    """The cells that updateCells requests set."""
    found: dict[Spot, dict[str, Any]] = {}
    for request in requests:
        start, rows = request["updateCells"]["start"], request["updateCells"]["rows"]
        for down, row in enumerate(rows):
            for right, cell in enumerate(row["values"]):
                spot = (start["rowIndex"] + 1 + down, start["columnIndex"] + right)
                assert spot not in found
                found[spot] = cell
    return found


def test_a_column_is_one_request() -> None:
    assert len(updates(5, [((row, 3), "x", "") for row in range(2, 200)])) == 1


def test_a_day_where_none_was_shown_is_shown_as_one_and_a_number_where_one_was_is_not() -> None:
    found = updates(5, [((1, 0), date(2026, 11, 22), ""), ((2, 0), date(2026, 11, 22), "DATE"), ((3, 0), 5, "DATE")])
    cells = drawn(found)
    assert cells[1, 0]["userEnteredFormat"] == {"numberFormat": {"type": "DATE"}}
    assert "userEnteredFormat" not in cells[2, 0]
    cleared = next(request["updateCells"] for request in found if request["updateCells"]["start"]["rowIndex"] == 2)
    assert cleared["fields"] == "userEnteredValue,userEnteredFormat.numberFormat"
    assert cells[3, 0] == {"userEnteredValue": {"numberValue": 5}}


@given(st.dictionaries(st.tuples(st.integers(1, 8), st.integers(0, 6)), st.sampled_from(["a", "", 1, True, None])))
def test_every_cell_is_set_once(cells: dict[Spot, Cell]) -> None:
    found = drawn(updates(5, [(spot, value, "") for spot, value in cells.items()]))
    assert found.keys() == cells.keys()
    for spot, value in cells.items():
        told = found[spot].get("userEnteredValue", {})
        assert list(told.values()) == ([] if value in (None, "") else [value])


def recognise(sheet: Sheet) -> Layout:
    columns = tuple(Column(at, str(text), f"{text}".lower()) for at, text in enumerate(sheet.rows[0]) if text)
    return Layout("companies", 1, columns)


def pieces(rows: list[list[Cell]], *changes: Change, formulas: frozenset[Spot] = frozenset()) -> list[Piece]:
    header: list[Cell] = ["Company_ID", "Name", "Debt", "Own"]
    base = book("Clients", "1", [Sheet("Clients", [header, *rows], formulas=formulas)], recognise)
    (edit,) = place(base, changes)
    return pieces_of(edit, STATE, STANDING)


def kinds(found: list[Piece]) -> list[str]:
    return [next(iter(request)) for piece in found for request in piece.requests]


def test_a_new_record_goes_into_a_row_of_its_own() -> None:
    insert = Change("companies", None, None, None, {"company_id": "C-2", "name": "Lily"})
    (made,) = pieces([["C-1", "Daisy", 1.0, ""]], insert)
    first = made.requests[0]["insertDimension"]
    assert first["range"] == {"sheetId": 5, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}
    assert first["inheritFromBefore"]
    assert drawn(made.requests[1:]).keys() == {(3, 0), (3, 1)}


def test_where_something_stands_below_nothing_is_pushed_down() -> None:
    insert = Change("companies", None, None, None, {"company_id": "C-2", "name": "Lily"})
    header: list[Cell] = ["Company_ID", "Name", "", "Colour"]
    rows: list[list[Cell]] = [header, ["C-1", "Daisy", "", "red"], ["", "", "", "blue"], ["", "", "", "green"]]
    layout = Layout("companies", 1, (Column(0, "Company_ID", "company_id"), Column(1, "Name", "name")))
    base = book("Clients", "1", [Sheet("Clients", rows)], lambda _: layout)
    (edit,) = place(base, [insert])
    assert kinds(pieces_of(edit, STATE, STANDING)) == ["updateCells"]


def test_the_first_record_looks_like_the_row_made_for_it_and_not_like_the_header() -> None:
    insert = Change("companies", None, None, None, {"company_id": "C-1"})
    assert not pieces([], insert)[0].requests[0]["insertDimension"]["inheritFromBefore"]


def test_many_first_records_never_take_rows_that_stand_already() -> None:
    inserts = [Change("companies", None, None, None, {"company_id": f"C-{n}"}) for n in range(STATE.rows + BLOCK)]
    rows = [request["insertDimension"]["range"] for piece in pieces([], *inserts) for request in piece.requests[:1]]
    assert [(area["startIndex"], area["endIndex"]) for area in rows] == [
        (1 + start, 1 + min(start + BLOCK, len(inserts))) for start in range(0, len(inserts), BLOCK)
    ]


def test_a_column_of_the_users_formulas_goes_on() -> None:
    insert = Change("companies", None, None, None, {"company_id": "C-3"})
    header: list[Cell] = ["Company_ID", "Name", "Debt", "Own"]
    rows: list[list[Cell]] = [header, ["C-1", "Daisy", 1.0, 2.0], ["C-2", "Lily", 1.0, 2.0]]
    layout = Layout("companies", 1, (Column(0, "Company_ID", "company_id"), Column(3, "Own", None)))
    base = book("Clients", "1", [Sheet("Clients", rows, formulas=frozenset({(2, 3), (3, 3)}))], lambda _: layout)
    (edit,) = place(base, [insert])
    assert kinds(pieces_of(edit, STATE, STANDING)) == ["insertDimension", "copyPaste", "updateCells"]


def test_a_long_write_is_made_of_pieces_of_whole_rows() -> None:
    rows: list[list[Cell]] = [[f"C-{n}", "Daisy", "", ""] for n in range(BLOCK + 10)]
    changes = [
        Change("companies", f"C-{n}", code, None, Decimal(n)) for n in range(BLOCK + 10) for code in ("debt", "own")
    ]
    found = pieces(rows, *changes)
    assert len(found) == 2
    touched = [{cell.spot[0] for cell in piece.cells} for piece in found]
    assert touched[0].isdisjoint(touched[1])
    assert sum(len(piece.cells) for piece in found) == len(changes)
    for piece in found:
        assert drawn(piece.requests).keys() == {cell.spot for cell in piece.cells}
