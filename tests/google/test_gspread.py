"""gspread 6.2.1, unmodified, over HTTP: whatever it offers works as it does with Google."""

from __future__ import annotations

import io

import gspread
import pytest
from gspread.exceptions import APIError, SpreadsheetNotFound, WorksheetNotFound
from gspread.utils import ExportFormat, MergeType, ValidationConditionType, ValueRenderOption
from openpyxl import load_workbook

from tests.google.local import Served


@pytest.fixture
def clients(client: gspread.Client) -> gspread.Spreadsheet:
    return client.create("Clients")


@pytest.fixture
def tab(clients: gspread.Spreadsheet) -> gspread.Worksheet:
    return clients.sheet1


# -- spreadsheets -----------------------------------------------------------------------------------------------------


def test_a_spreadsheet_is_created_opened_listed_and_deleted(client: gspread.Client) -> None:
    made = client.create("Клиенты")
    assert client.open("Клиенты").id == client.open_by_key(made.id).id == client.open_by_url(made.url).id == made.id
    assert [file["name"] for file in client.list_spreadsheet_files()] == ["Клиенты"]
    assert [book.title for book in client.openall()] == ["Клиенты"]
    client.del_spreadsheet(made.id)
    with pytest.raises(SpreadsheetNotFound):
        client.open_by_key(made.id)


def test_its_title_locale_and_time_zone_change(clients: gspread.Spreadsheet) -> None:
    clients.update_title("Customers")
    clients.update_locale("ru_RU")
    clients.update_timezone("Europe/Moscow")
    again = gspread.Spreadsheet(clients.client, {"id": clients.id})
    assert (again.title, again.locale, again.timezone) == ("Customers", "ru_RU", "Europe/Moscow")
    assert again.get_lastUpdateTime() >= again.creationTime


def test_a_copy_has_the_cells_the_permissions_and_the_comments(client: gspread.Client, tab: gspread.Worksheet) -> None:
    tab.update([["Ada", 3]])
    tab.spreadsheet.share("ada@example.com", "user", "writer")
    copied = client.copy(tab.spreadsheet_id, title="Clients 2", copy_permissions=True)
    assert copied.title == "Clients 2"
    assert copied.sheet1.get() == [["Ada", "3"]]
    assert "ada@example.com" in [permission.get("emailAddress") for permission in copied.list_permissions()]


def test_permissions_are_given_told_and_taken(clients: gspread.Spreadsheet) -> None:
    clients.share("ada@example.com", "user", "writer", notify=False)
    clients.share("example.org", "domain", "reader")
    clients.share("", "anyone", "reader", with_link=True)
    told = {(permission["type"], permission["role"]) for permission in clients.list_permissions()}
    assert told == {("user", "owner"), ("user", "writer"), ("domain", "reader"), ("anyone", "reader")}
    assert len(clients.remove_permissions("ada@example.com")) == 1
    assert len(clients.list_permissions()) == 3


def test_ownership_is_handed_over(clients: gspread.Spreadsheet) -> None:
    clients.share("ada@example.com", "user", "writer")
    ada = next(p for p in clients.list_permissions() if p.get("emailAddress") == "ada@example.com")
    clients.transfer_ownership(str(ada["id"]))
    clients.accept_ownership(str(ada["id"]))
    owners = [p["emailAddress"] for p in clients.list_permissions() if p["role"] == "owner"]
    assert owners == ["ada@example.com"]


def test_export_and_import(client: gspread.Client, tab: gspread.Worksheet) -> None:
    client.import_csv(tab.spreadsheet_id, "name,sum\nAda,1\n")
    assert client.open_by_key(tab.spreadsheet_id).sheet1.get(value_render_option=ValueRenderOption.unformatted) == [
        ["name", "sum"],
        ["Ada", 1],
    ]
    assert client.export(tab.spreadsheet_id, ExportFormat.CSV) == b"name,sum\r\nAda,1"
    book = load_workbook(io.BytesIO(client.export(tab.spreadsheet_id, ExportFormat.EXCEL)))
    assert [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()] == [["name", "sum"], ["Ada", 1]]
    with pytest.raises(APIError, match="does not do this: export as application/pdf"):
        client.export(tab.spreadsheet_id, ExportFormat.PDF)


# -- tabs -------------------------------------------------------------------------------------------------------------


def test_tabs_are_added_found_doubled_ordered_and_deleted(clients: gspread.Spreadsheet) -> None:
    deals = clients.add_worksheet("Сделки «2026»", rows=50, cols=5)
    clients.add_worksheet("Tasks", rows=5, cols=5, index=0)
    copied = deals.duplicate(new_sheet_name="Deals")
    assert [tab.title for tab in clients.worksheets()] == ["Deals", "Tasks", "Sheet1", "Сделки «2026»"]
    assert (copied.row_count, copied.col_count) == (50, 5)
    clients.reorder_worksheets([copied, deals])
    assert [tab.title for tab in clients.worksheets()] == ["Deals", "Сделки «2026»", "Tasks", "Sheet1"]
    clients.del_worksheet(clients.worksheet("Tasks"))
    with pytest.raises(WorksheetNotFound):
        clients.worksheet("Tasks")
    assert clients.get_worksheet_by_id(deals.id).title == "Сделки «2026»"


def test_a_taken_title_is_refused_in_googles_words(clients: gspread.Spreadsheet) -> None:
    with pytest.raises(APIError, match=r'addSheet: A sheet with the name "sheet1" already exists'):
        clients.add_worksheet("sheet1", 1, 1)


def test_a_tabs_properties_change(clients: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    other = clients.add_worksheet("Other", 10, 5)
    tab.update_title("Companies")
    tab.freeze(rows=1, cols=2)
    tab.update_tab_color("#ff7f50")
    tab.resize(20, 6)
    tab.hide()
    tab.hide_gridlines()
    again = clients.worksheet("Companies")
    assert (again.frozen_row_count, again.frozen_col_count, again.row_count, again.col_count) == (1, 2, 20, 6)
    assert again.isSheetHidden
    assert again.is_gridlines_hidden
    assert again.get_tab_color() == "#FF7F50"
    assert [one.title for one in clients.worksheets(exclude_hidden=True)] == [other.title]
    tab.show()
    tab.show_gridlines()
    tab.clear_tab_color()
    again = clients.worksheet("Companies")
    assert not again.isSheetHidden
    assert again.get_tab_color() is None


def test_a_tab_is_copied_into_another_spreadsheet(client: gspread.Client, tab: gspread.Worksheet) -> None:
    tab.update([["Ada"]])
    other = client.create("Other")
    told = tab.copy_to(other.id)
    assert told["title"] == "Copy of Sheet1"
    assert other.worksheet("Copy of Sheet1").acell("A1").value == "Ada"


# -- values -----------------------------------------------------------------------------------------------------------


def test_values_are_written_and_read(tab: gspread.Worksheet) -> None:
    tab.update([["name", "sum"], ["Ada", 1.5], ["Bob", 2]])
    assert tab.get_all_values() == [["name", "sum"], ["Ada", "1.5"], ["Bob", "2"]]
    assert tab.get_all_records() == [{"name": "Ada", "sum": 1.5}, {"name": "Bob", "sum": 2}]
    assert tab.row_values(2) == ["Ada", "1.5"]
    assert tab.col_values(1) == ["name", "Ada", "Bob"]
    assert tab.batch_get(["A1:A2", "B3"]) == [[["name"], ["Ada"]], [["2"]]]
    tab.batch_update([{"range": "A4", "values": [["Eve"]]}, {"range": "B4:C4", "values": [[3, True]]}])
    assert tab.get("A4:C4") == [["Eve", "3", "TRUE"]]


def test_cells_one_by_one(tab: gspread.Worksheet) -> None:
    tab.update_acell("B2", "=1+2")
    assert tab.acell("B2").value == "3"
    assert tab.acell("B2", value_render_option=ValueRenderOption.formula).value == "=1+2"
    tab.update_cell(3, 1, "x")
    cells = tab.range("A3:B3")
    cells[1].value = "y"
    tab.update_cells(cells)
    assert tab.get("A3:B3") == [["x", "y"]]


def test_find_sort_and_clear(tab: gspread.Worksheet) -> None:
    tab.update([["name", "sum"], ["Bob", 10], ["Ada", 9], ["Eve", 10]])
    found = tab.find("Ada")
    assert found
    assert (found.row, found.col) == (3, 1)
    assert len(tab.findall("10")) == 2
    tab.sort((2, "des"), (1, "asc"), range="A2:B4")
    assert tab.col_values(1) == ["name", "Bob", "Eve", "Ada"]
    tab.batch_clear(["A2:A3"])
    assert tab.col_values(1) == ["name", "", "", "Ada"]
    tab.clear()
    assert tab.get_all_values() == [[]]


def test_rows_and_columns_come_and_go(tab: gspread.Worksheet) -> None:
    tab.update([["a"], ["b"]])
    tab.insert_row(["new"], index=2)
    tab.insert_cols([["left", "x"]], col=1)
    assert tab.get("A1:B3") == [["left", "a"], ["x", "new"], ["", "b"]]
    tab.delete_rows(2)
    tab.delete_columns(1)
    assert tab.col_values(1) == ["a", "b"]
    rows = tab.row_count
    tab.add_rows(3)
    assert gspread.Spreadsheet(tab.client, {"id": tab.spreadsheet_id}).sheet1.row_count == rows + 3


def test_append_goes_astray_after_a_gap_as_google_does(tab: gspread.Worksheet) -> None:
    first = tab.append_row(["a", "", "c"])
    second = tab.append_row(["a", "", "c"])
    assert "tableRange" not in first
    assert second["tableRange"] == "Sheet1!C1"
    assert second["updates"]["updatedRange"] == "Sheet1!C2:E2"


def test_named_ranges(tab: gspread.Worksheet) -> None:
    tab.update([["a", 1], ["b", 2]])
    tab.define_named_range("A1:B2", "clients")
    assert [cell.value for cell in tab.spreadsheet.named_range("clients")] == ["a", "1", "b", "2"]
    (named,) = tab.spreadsheet.list_named_ranges()
    assert named["range"] == {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    tab.delete_named_range(named["namedRangeId"])
    assert tab.spreadsheet.list_named_ranges() == []


# -- looks and rules --------------------------------------------------------------------------------------------------


def test_formats(tab: gspread.Worksheet) -> None:
    tab.update([[0.5, 46000]])
    tab.format("A1", {"numberFormat": {"type": "PERCENT", "pattern": "0.0%"}, "textFormat": {"bold": True}})
    tab.batch_format([{"range": "B1", "format": {"numberFormat": {"type": "DATE", "pattern": "dd.mm.yyyy"}}}])
    assert tab.get() == [["50.0%", "09.12.2025"]]
    assert tab.get(value_render_option=ValueRenderOption.unformatted) == [[0.5, 46000]]


def test_notes(tab: gspread.Worksheet) -> None:
    assert tab.get_notes() == [[]]
    tab.update_notes({"A1": "read my note", "B2": "Or don't"})
    assert tab.get_notes() == [["read my note"], ["", "Or don't"]]
    assert tab.get_note("B2") == "Or don't"
    tab.clear_note("A1")
    assert tab.get_note("A1") == ""


def test_protected_ranges(tab: gspread.Worksheet) -> None:
    told = tab.add_protected_range("A1:B2", ["ada@example.com"], description=None)
    assert told["replies"][0]["addProtectedRange"]["protectedRange"]["requestingUserCanEdit"] is True
    (protected,) = tab.spreadsheet.list_protected_ranges(tab.id)
    assert protected["editors"]["users"] == ["ada@example.com", "robot@local.iam.gserviceaccount.com"]
    tab.delete_protected_range(protected["protectedRangeId"])
    assert tab.spreadsheet.list_protected_ranges(tab.id) == []


def test_merges(tab: gspread.Worksheet) -> None:
    tab.merge_cells("A1:B2", MergeType.merge_rows)
    merges = tab.spreadsheet.fetch_sheet_metadata()["sheets"][0]["merges"]
    assert [(one["startRowIndex"], one["endRowIndex"]) for one in merges] == [(0, 1), (1, 2)]
    tab.unmerge_cells("A1:B2")
    tab.batch_merge([{"range": "C1:D2"}])
    assert len(tab.spreadsheet.fetch_sheet_metadata()["sheets"][0]["merges"]) == 1


def test_filters_groups_hiding_and_validation(tab: gspread.Worksheet) -> None:
    tab.update([["name"], ["Ada"]])
    tab.set_basic_filter("A1:B2")
    tab.clear_basic_filter()
    tab.add_dimension_group_rows(1, 3)
    tab.add_dimension_group_rows(1, 2)
    assert [group["depth"] for group in tab.list_dimension_group_rows()] == [1, 2]
    tab.delete_dimension_group_rows(1, 2)
    assert [group["depth"] for group in tab.list_dimension_group_rows()] == [1]
    tab.hide_rows(1, 2)
    tab.unhide_rows(1, 2)
    tab.columns_auto_resize(0, 1)
    tab.add_validation("A2:A9", ValidationConditionType.one_of_list, ["Ada", "Bob"], strict=True)
    told = tab.spreadsheet.fetch_sheet_metadata({"includeGridData": "true"})
    assert told["sheets"][0]["data"][0]["rowData"][8]["values"][0]["dataValidation"]["strict"] is True


def test_copy_and_cut(tab: gspread.Worksheet) -> None:
    tab.update([[1, 2]])
    tab.copy_range("A1:B1", "A3:B3")
    tab.cut_range("A1:B1", "D5")
    assert tab.get_all_values()[2:] == [["1", "2", "", "", ""], [""] * 5, ["", "", "", "1", "2"]]


def test_the_log_counts_what_gspread_asked(served: Served, tab: gspread.Worksheet) -> None:
    served.control("DELETE", "log")
    tab.update([["a"]])
    tab.get()
    counts = served.counts()
    assert (counts["reads"], counts["writes"]) == (1, 1)
