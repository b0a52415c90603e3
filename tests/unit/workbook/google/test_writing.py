"""What people do while a command runs: over HTTP, since it is the order of calls that matters."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sheetcrm.errors import BusyError, CannotWriteError, Exit
from sheetcrm.tab import Look, Tab, TabColumn, TabRow
from sheetcrm.table import Cell, Change, Column, Layout, Sheet
from sheetcrm.text import say
from sheetcrm.workbook.google import GoogleWorkbook
from tests.google.local import Served
from tests.google.sheets import fill, local_client, new_sheet

CODES = {"ID": "company_id", "Name": "name", "City": "city"}
CLIENTS: dict[str, Sequence[Sequence[Cell]]] = {
    "Clients": [["ID", "Name", "City"], ["C-2", "Lily", "Omsk"], ["C-1", "Daisy", "Perm"], ["C-3", "Iris", "Tver"]],
    "Notes": [["free", "text"]],
}
TASKS = Tab("▦ Tasks", (TabColumn("Task"), TabColumn("Done", look=Look.INPUT)), (TabRow(("Call", None)),))


def recognise(sheet: Sheet) -> Layout | None:
    if not sheet.rows or "ID" not in sheet.rows[0]:
        return None
    header = [str(cell) for cell in sheet.rows[0]]
    return Layout("companies", 1, tuple(Column(at, text, CODES.get(text)) for at, text in enumerate(header) if text))


class Shore:
    """A Google Sheet with clients, a workbook on it, and a person who has it open too."""

    def __init__(self, served: Served, folder: Path) -> None:
        self.served = served
        self.client = local_client(served.url, folder)
        self.id = new_sheet(self.client)
        fill(self.client, self.id, CLIENTS, {}, {})
        self.book = GoogleWorkbook(f"gsheet:{self.id}", self.client, recognise)

    def gid(self, title: str) -> int:
        sheets = self.client.fetch_sheet_metadata(self.id, {"fields": "sheets.properties"})["sheets"]
        found = (sheet["properties"] for sheet in sheets if sheet["properties"]["title"] == title)
        return int(next(found).get("sheetId", 0))

    def person(self, *requests: dict[str, Any], path: str, call: int = 1) -> None:
        """Let a person do that right before the n-th call of that path from now."""
        edit = {"spreadsheetId": self.id, "requests": list(requests), "path": path, "call": call, "when": "before"}
        self.served.control("POST", "edits", **edit)

    def rows(self, title: str = "Clients") -> list[list[object]]:
        sheet = next(sheet for sheet in self.book.read().sheets if sheet.title == title)
        return [list(row) for row in sheet.rows]

    def sort(self) -> dict[str, Any]:
        area = {"sheetId": self.gid("Clients"), "startRowIndex": 1, "endRowIndex": 4, "endColumnIndex": 3}
        return {"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]}}

    def type(self, title: str, row: int, column: int, text: str) -> dict[str, Any]:
        start = {"sheetId": self.gid(title), "rowIndex": row - 1, "columnIndex": column}
        cell = {"userEnteredValue": {"stringValue": text}}
        return {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}


@pytest.fixture
def shore(served: Served, tmp_path: Path) -> Shore:
    return Shore(served, tmp_path)


def move(id: str, city: str) -> Change:
    return Change("companies", id, "city", None, city)


SORTED = [["ID", "Name", "City"], ["C-1", "Daisy", "Perm"], ["C-2", "Lily", "Kazan"], ["C-3", "Iris", "Tver"]]


@pytest.mark.parametrize("moment", ["values:batchGet", ":batchUpdate"])
def test_a_person_sorts_before_or_after_our_last_look(shore: Shore, moment: str) -> None:
    revision = shore.book.read().revision
    shore.person(shore.sort(), path=moment)
    written = shore.book.write([move("C-2", "Kazan")], (), revision)
    assert shore.rows() == SORTED
    assert not written.notes


@pytest.mark.parametrize("moment", ["values:batchGet", ":batchUpdate"])
def test_a_person_deletes_the_row_above(shore: Shore, moment: str) -> None:
    revision = shore.book.read().revision
    rows = {"sheetId": shore.gid("Clients"), "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    shore.person({"deleteDimension": {"range": rows}}, path=moment)
    shore.book.write([move("C-1", "Kazan")], (), revision)
    assert shore.rows() == [["ID", "Name", "City"], ["C-1", "Daisy", "Kazan"], ["C-3", "Iris", "Tver"]]


@pytest.mark.parametrize("moment", ["values:batchGet", ":batchUpdate"])
def test_a_person_inserts_a_column(shore: Shore, moment: str) -> None:
    revision = shore.book.read().revision
    columns = {"sheetId": shore.gid("Clients"), "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    shore.person({"insertDimension": {"range": columns}}, path=moment)
    insert = Change("companies", None, None, None, {"company_id": "C-4", "name": "Rose"})
    shore.book.write([move("C-1", "Kazan"), insert], (), revision)
    assert shore.rows()[2:] == [["C-1", "", "Daisy", "Kazan"], ["C-3", "", "Iris", "Tver"], ["C-4", "", "Rose", ""]]


@pytest.mark.parametrize("gone", ["renamed", "deleted"])
def test_a_person_renames_or_deletes_the_tab(shore: Shore, gone: str) -> None:
    revision, gid = shore.book.read().revision, shore.gid("Clients")
    renamed = {"properties": {"sheetId": gid, "title": "Firms"}, "fields": "title"}
    edit = {"updateSheetProperties": renamed} if gone == "renamed" else {"deleteSheet": {"sheetId": gid}}
    shore.person(edit, path="values:batchGet")
    written = shore.book.write([move("C-1", "Kazan")], (), revision)
    if gone == "renamed":
        assert shore.rows("Firms")[2] == ["C-1", "Daisy", "Kazan"]
        assert not written.notes
    else:
        assert "Clients" in say(written.notes[0], "en")


def test_a_second_write_goes_on_from_the_first(shore: Shore) -> None:
    written = shore.book.write([move("C-1", "Kazan")], (), shore.book.read().revision)
    shore.book.write([move("C-2", "Kazan")], (), written.revision)
    assert [row[2] for row in shore.rows()] == ["City", "Kazan", "Kazan", "Tver"]


def test_what_could_not_be_put_right_is_no_success(shore: Shore) -> None:
    revision = shore.book.read().revision
    shore.person(shore.sort(), path=":batchUpdate")
    shore.served.control("POST", "faults", kind="403", path=":batchUpdate", skip=1)
    with pytest.raises(CannotWriteError, match="landed on other rows was not put right") as stopped:
        shore.book.write([move("C-2", "Kazan")], (), revision)
    assert stopped.value.hint
    assert "the tabs Clients" in say(stopped.value.hint, "en")


def test_an_interrupted_write_does_not_say_that_nothing_was_written(
    shore: Shore, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision, request = shore.book.read().revision, shore.client.request

    def stopped_behind(method: str, *rest: Any, **named: Any) -> Any:
        answer = request(method, *rest, **named)
        if method == "post":
            raise KeyboardInterrupt
        return answer

    monkeypatch.setattr(shore.client, "request", stopped_behind)
    with pytest.raises(CannotWriteError, match="some of it may be written") as stopped:
        shore.book.write([move("C-2", "Kazan")], (), revision)
    assert stopped.value.exit_code == Exit.INTERRUPTED
    assert shore.rows()[1] == ["C-2", "Lily", "Kazan"]


def test_what_somebody_typed_meanwhile_stays_and_is_named(shore: Shore) -> None:
    revision = shore.book.read().revision
    shore.person(shore.type("Clients", 2, 2, "Tomsk"), path="values:batchGet")
    written = shore.book.write([move("C-2", "Kazan"), move("C-1", "Ufa")], (), revision)
    assert [row[2] for row in shore.rows()] == ["City", "Tomsk", "Ufa", "Tver"]
    assert "Clients!C2" in say(written.notes[0], "en")


def test_where_somebody_types_on_a_tab_that_is_drawn_anew_nothing_is_written(shore: Shore) -> None:
    shore.book.write((), [TASKS], shore.book.read().revision)
    revision = shore.book.read().revision
    shore.person(shore.type("▦ Tasks", 2, 1, "✓"), path="values:batchGet")
    with pytest.raises(BusyError, match="typing on the tab ▦ Tasks"):
        shore.book.write([move("C-2", "Kazan")], [TASKS], revision)
    assert shore.rows("▦ Tasks") == [["Task", "Done"], ["Call", "✓"]]
    assert shore.rows()[1] == ["C-2", "Lily", "Omsk"]


def test_a_blank_sheet_whose_tab_goes_meanwhile_is_not_blank_any_more(served: Served, tmp_path: Path) -> None:
    client = local_client(served.url, tmp_path)
    id = new_sheet(client)
    book = GoogleWorkbook(f"gsheet:{id}", client, recognise)
    assert not book.exists
    client.batch_update(id, {"requests": [{"addSheet": {"properties": {"sheetId": 7, "title": "Other"}}},
                                          {"deleteSheet": {"sheetId": 0}}]})  # fmt: skip
    with pytest.raises(BusyError, match="not blank any more"):
        book.write((), [TASKS], "")


def test_a_tab_that_somebody_deletes_meanwhile_keeps_everything_from_being_written(shore: Shore) -> None:
    report = Tab("▦ Report", rows=(TabRow(("x",)),))
    shore.book.write((), [report], shore.book.read().revision)
    revision = shore.book.read().revision
    shore.person({"deleteSheet": {"sheetId": shore.gid("▦ Report")}}, path=":batchUpdate")
    with pytest.raises(BusyError, match="changed its tabs"):
        shore.book.write([move("C-2", "Kazan")], [report], revision)
    assert shore.rows() == [list(row) for row in CLIENTS["Clients"]]


def test_a_write_in_parts_that_breaks_off_says_how_far_it_came(shore: Shore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sheetcrm.workbook.google.batches.LARGEST", 20_500)
    revision = shore.book.read().revision
    shore.served.control("POST", "faults", kind="403", path=":batchUpdate", skip=1)
    notes = [Change("Notes", None, "A", None, "long " * 40, 2 + row) for row in range(800)]
    with pytest.raises(CannotWriteError, match=r"1 of \d+ parts were written, then"):
        shore.book.write(notes, (), revision)
    again = shore.book.read()
    left = [Change("Notes", None, "A", None, "long " * 40, 2 + row) for row in range(800)]
    shore.book.write(left, (), again.revision)
    assert len(shore.rows("Notes")) == 801
