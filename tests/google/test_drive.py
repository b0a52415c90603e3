"""Drive: files told and found, shared and handed over, taken out and put in."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from tests.google.local import Book, Json, Local, RefusedError

SHEET = "application/vnd.google-apps.spreadsheet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = "/drive/v3/files"


def test_a_file_is_told_shortly_unless_fields_are_named(book: Book) -> None:
    path = f"{FILES}/{book.id}"
    short = {"kind": "drive#file", "id": book.id, "name": "Clients", "mimeType": SHEET}
    assert book.local.call("GET", path) == short
    told = book.local.call("GET", path, fields="name,version,capabilities/canEdit,owners(emailAddress)")
    assert told["capabilities"] == {"canEdit": True}
    assert set(told) == {"name", "version", "capabilities", "owners"}


def test_the_version_rises_with_each_change(book: Book) -> None:
    def version() -> int:
        return int(book.local.call("GET", f"{FILES}/{book.id}", fields="version")["version"])

    before = version()
    book.write("A1", [1])
    assert version() > before
    book.values("A1")
    assert version() == before + 1


def test_files_are_found_page_by_page(local: Local) -> None:
    made = [local.call("POST", FILES, {"name": name, "mimeType": SHEET})["id"] for name in ("b", "a", "it's")]
    found = local.call("GET", FILES, q=f"mimeType='{SHEET}' and trashed=false", orderBy="name", pageSize=2)
    assert [one["name"] for one in found["files"]] == ["a", "b"]
    rest = local.call("GET", FILES, orderBy="name", pageSize=2, pageToken=found["nextPageToken"])
    assert [one["id"] for one in rest["files"]] == [made[2]]
    assert "nextPageToken" not in rest
    assert local.call("GET", FILES, q="name = 'it\\'s'")["files"][0]["id"] == made[2]
    with pytest.raises(RefusedError, match="the file query fullText"):
        local.call("GET", FILES, q="fullText contains 'x' or name = 'y'")


def test_a_spreadsheet_lies_in_a_folder(local: Local) -> None:
    folder = local.call("POST", FILES, {"name": "Team", "mimeType": "application/vnd.google-apps.folder"})["id"]
    local.call("POST", FILES, {"name": "in", "mimeType": SHEET, "parents": [folder]})
    local.call("POST", FILES, {"name": "out", "mimeType": SHEET})
    assert [one["name"] for one in local.call("GET", FILES, q=f"'{folder}' in parents")["files"]] == ["in"]


def test_a_file_is_renamed_and_its_book_with_it(book: Book) -> None:
    book.local.call("PATCH", f"{FILES}/{book.id}", {"name": "Customers"})
    assert book.get()["properties"]["title"] == "Customers"


def test_a_copy_does_not_follow_its_original(book: Book) -> None:
    book.write("A1", ["a"])
    copied = Book(book.local, book.local.call("POST", f"{FILES}/{book.id}/copy", {})["id"])
    book.write("A1", ["b"])
    assert copied.values("A1") == [["a"]]
    assert copied.get()["properties"]["title"] == "Copy of Clients"


def test_a_file_that_is_not_there_is_refused_in_drives_words(local: Local) -> None:
    with pytest.raises(RefusedError, match="File not found: x") as refused:
        local.call("DELETE", f"{FILES}/x")
    assert refused.value.error["errors"][0]["reason"] == "notFound"
    assert "status" not in refused.value.error


def test_sharing_is_told_and_ended(book: Book) -> None:
    path = f"{FILES}/{book.id}/permissions"
    asked = {"type": "user", "role": "writer", "emailAddress": "ada@example.com"}
    made = book.local.call("POST", path, asked, fields="id,emailAddress,role")
    assert made == {"id": made["id"], "emailAddress": "ada@example.com", "role": "writer"}
    changed = book.local.call("PATCH", f"{path}/{made['id']}", {"role": "reader"})
    assert changed["role"] == "reader"
    book.local.call("DELETE", f"{path}/{made['id']}")
    assert [one["role"] for one in book.local.call("GET", path)["permissions"]] == ["owner"]
    with pytest.raises(RefusedError, match="Permission not found"):
        book.local.call("GET", f"{path}/{made['id']}")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"role": "reader"}, "type and role fields are required"),
        ({"type": "user", "role": "reader"}, "emailAddress is invalid"),
        ({"type": "user", "role": "owner", "emailAddress": "a@b.c"}, "transferOwnership parameter must be enabled"),
    ],
)
def test_sharing_that_makes_no_sense_is_refused(book: Book, asked: Json, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        book.local.call("POST", f"{FILES}/{book.id}/permissions", asked)


def test_xlsx_has_the_values_the_formats_and_text_that_stays_text(book: Book) -> None:
    book.type("A1", ["1/5/2024", "15%", "=1+1"])
    book.write("A2", ["=1+1", True])
    content = book.local.call("GET", f"{FILES}/{book.id}/export", mimeType=XLSX)
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows())
    assert rows[0][0].value == datetime(2024, 1, 5)
    assert (rows[0][1].value, rows[0][1].number_format) == (0.15, "0%")
    assert (rows[0][2].value, rows[0][2].data_type) == ("=1+1", "f")
    assert (rows[1][0].value, rows[1][0].data_type) == ("=1+1", "s")
    assert rows[1][1].value is True


def test_delimited_text_has_the_first_tab_as_it_looks(russian: Book) -> None:
    russian.type("A1", ["1,5", "a b"], ["", "x"])
    path = f"{FILES}/{russian.id}/export"
    assert russian.local.call("GET", path, mimeType="text/csv").decode() == '"1,5",a b\r\n,x'
    assert russian.local.call("GET", path, mimeType="text/tab-separated-values").decode() == "1,5\ta b\r\n\tx"


def test_who_am_i(local: Local) -> None:
    assert local.call("GET", "/drive/v3/about", fields="user")["user"]["emailAddress"] == "someone@example.com"
    with pytest.raises(RefusedError, match="The 'fields' parameter is required"):
        local.call("GET", "/drive/v3/about")


@pytest.mark.parametrize(("method", "path"), [("GET", "/drive/v3/drives"), ("GET", "/v4/other"), ("PUT", f"{FILES}/x")])
def test_what_is_not_done_here_says_so(local: Local, method: str, path: str) -> None:
    with pytest.raises(RefusedError, match=f"The local Google does not do this: {method} {path}") as refused:
        local.call(method, path)
    assert refused.value.status == 501


def test_my_drive_is_a_folder_and_a_spreadsheet_has_no_bytes(local: Local) -> None:
    root = local.call("GET", f"{FILES}/root", fields="id,name")
    assert root["name"] == "My Drive"
    book = local.book()
    assert local.call("GET", f"{FILES}/{book.id}", fields="parents") == {"parents": [root["id"]]}
    assert [one["id"] for one in local.call("GET", FILES, q="'root' in parents")["files"]] == [book.id]
    with pytest.raises(RefusedError, match="Use Export with Docs Editors files") as refused:
        local.call("GET", f"{FILES}/{book.id}", alt="media")
    assert refused.value.status == 403
