"""The rest of what gspread offers, and a count that nothing of it is forgotten."""

from __future__ import annotations

import inspect
import re
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import gspread
import pytest
from gspread.cell import Cell
from gspread.http_client import HTTPClient

ADA = "ada@example.com"
CLASSES = (gspread.Client, gspread.Spreadsheet, gspread.Worksheet, Cell, HTTPClient)


@pytest.fixture
def clients(client: gspread.Client) -> gspread.Spreadsheet:
    return client.create("Clients")


@pytest.fixture
def tab(clients: gspread.Spreadsheet) -> gspread.Worksheet:
    return clients.sheet1


def test_every_public_name_of_gspread_is_called_by_a_test() -> None:
    tests = "\n".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    names = {name for kind in CLASSES for name, _ in inspect.getmembers(kind) if not name.startswith("_")}
    assert [name for name in sorted(names) if not re.search(rf"\.{name}\b", tests)] == []


def test_a_file_and_its_permissions_by_the_clients_own_methods(
    client: gspread.Client, clients: gspread.Spreadsheet
) -> None:
    assert client.get_file_drive_metadata(clients.id)["name"] == "Clients"
    client.insert_permission(clients.id, ADA, perm_type="user", role="reader", notify=False)
    ada = next(one for one in client.list_permissions(clients.id) if one.get("emailAddress") == ADA)
    client.remove_permission(clients.id, str(ada["id"]))
    assert len(client.list_permissions(clients.id)) == 1
    clients.sheet1.update([["x"]])
    clients.update_drive_metadata()
    with pytest.warns(DeprecationWarning, match="get_lastUpdateTime"):
        assert clients.lastUpdateTime >= clients.creationTime
    client.http_client.login()
    assert client.expiry


def test_tabs_by_number_and_id(clients: gspread.Spreadsheet) -> None:
    deals = clients.add_worksheet("Deals", 10, 4)
    clients.duplicate_sheet(deals.id, insert_sheet_index=1, new_sheet_name="Deals 2")
    assert clients.get_worksheet(1).title == "Deals 2"
    clients.del_worksheet_by_id(deals.id)
    assert [tab.title for tab in clients.worksheets()] == ["Sheet1", "Deals 2"]
    other = clients.worksheet("Deals 2")
    other.update_index(0)
    assert clients.worksheet("Deals 2").index == 0
    assert other.column_count == 4
    assert other.tab_color is None
    told = clients.client.spreadsheets_get(clients.id, params={"fields": "sheets.properties.title"})
    assert told == {"sheets": [{"properties": {"title": "Deals 2"}}, {"properties": {"title": "Sheet1"}}]}
    copied = clients.client.spreadsheets_sheets_copy_to(clients.id, other.id, clients.id)
    assert copied["title"] == "Copy of Deals 2"


def test_the_values_methods_themselves(clients: gspread.Spreadsheet) -> None:
    raw: MutableMapping[str, Any] = {"valueInputOption": "RAW"}
    told = clients.values_update("A1:B1", params=raw, body={"values": [["a", 1]]})
    assert told["updatedCells"] == 2
    told = clients.values_append("A1", params=raw, body={"values": [["b", 2]]})
    assert told["updates"]["updatedRange"] == "Sheet1!A2:B2"
    body = {"valueInputOption": "RAW", "data": [{"range": "A3:B3", "values": [["c", 3]]}]}
    assert clients.values_batch_update(body)["totalUpdatedCells"] == 2
    assert clients.values_get("A1:B3")["values"] == [["a", "1"], ["b", "2"], ["c", "3"]]
    clients.values_clear("A1")
    clients.values_batch_clear(body={"ranges": ["A2", "B3"]})
    told = clients.values_batch_get(["A1:B2", "A3:B3"], params={"valueRenderOption": "UNFORMATTED_VALUE"})
    assert [one["values"] for one in told["valueRanges"]] == [[["", 1], ["", 2]], [["c"]]]


def test_cells_have_an_address_and_a_number(tab: gspread.Worksheet) -> None:
    tab.update([["x", "1,234.5"]], raw=False)
    cell = tab.cell(1, 2)
    assert (cell.address, cell.value, cell.numeric_value) == ("B1", "1,234.50", 1234.5)
    assert Cell.from_address("B1").col == 2
    assert [one.value for one in tab.get_all_cells()[:3]] == ["x", "1,234.50", ""]
    assert tab.get_values("A1:B1", maintain_size=True) == [["x", "1,234.50"]]
    tab.update([["x", "y"], ["z", "w"], [], ["other"]])
    assert tab.expand("A1") == [["x", "y"], ["z", "w"]]


def test_rows_and_columns_many_at_once(tab: gspread.Worksheet) -> None:
    tab.append_rows([["a", 1], ["b", 2]])
    tab.insert_rows([["first", 0], ["second", 0]], row=1)
    assert tab.col_values(1) == ["first", "second", "a", "b"]
    columns = tab.col_count
    tab.add_cols(2)
    assert gspread.Spreadsheet(tab.client, {"id": tab.spreadsheet_id}).sheet1.col_count == columns + 2
    tab.delete_dimension(gspread.utils.Dimension.rows, 1, 2)
    assert tab.col_values(1) == ["a", "b"]
    tab.rows_auto_resize(0, 2)


def test_columns_are_hidden_and_grouped(tab: gspread.Worksheet) -> None:
    tab.add_dimension_group_columns(1, 4)
    assert tab.list_dimension_group_columns()[0]["range"]["endIndex"] == 4
    tab.delete_dimension_group_columns(1, 4)
    assert tab.list_dimension_group_columns() == []

    def hidden() -> list[bool]:
        told = tab.spreadsheet.fetch_sheet_metadata({"fields": "sheets.data.columnMetadata.hiddenByUser"})
        return [bool(one.get("hiddenByUser")) for one in told["sheets"][0]["data"][0]["columnMetadata"][:3]]

    tab.hide_columns(1, 2)
    assert hidden() == [False, True, False]
    tab.unhide_columns(1, 2)
    assert hidden() == [False, False, False]


def test_notes_one_by_one(tab: gspread.Worksheet) -> None:
    tab.update_note("A1", "one")
    tab.insert_note("B1", "two")
    tab.insert_notes({"A2": "three", "B2": "four"})
    assert tab.get_notes() == [["one", "two"], ["three", "four"]]
    tab.clear_notes(["A1", "B2"])
    assert tab.get_notes() == [["", "two"], ["three"]]


def test_a_request_by_hand(client: gspread.Client, clients: gspread.Spreadsheet) -> None:
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{clients.id}?fields=spreadsheetId"
    assert client.http_client.request("get", url).json() == {"spreadsheetId": clients.id}
