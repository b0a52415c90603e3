"""`sheetcrm doctor`: what stands between a command and its book, told before the command fails on it."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheetcrm.app.doctor.sheet import CALLS
from tests.e2e.conftest import Shored
from tests.e2e.google_accounts import ROBOT, shows_a_secret, signed_in
from tests.e2e.google_shore import Shore
from tests.e2e.program import Program, Ran
from tests.google.local import Served

TABLES = {"Companies": 7, "Deals": 5, "Activities": 3, "Tasks": 1, "Managers": 2}


@pytest.fixture
def sheetcrm(served: Served, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.fixture
def strict(served: Served) -> Iterator[Served]:
    """The local Google, letting nobody into a sheet who was not invited."""
    served.control("POST", "policy", enforce_permissions=True)
    yield served
    served.control("POST", "policy", enforce_permissions=False)


def checks(ran: Ran) -> dict[str, Mapping[str, Any]]:
    """The checks by name."""
    return {check["name"]: check for check in ran.json["checks"]}


def test_a_sheet_in_order_takes_two_reads_and_no_write(base: Shore, key_file: Path) -> None:
    ran = base("doctor", "--credentials", str(key_file), "--format", "json")
    found = checks(ran)
    assert (ran.code, base.counts()) == (0, (2, 0))
    assert ran.json["book"] == base.book.get()["properties"]["title"]
    assert found["credentials"]["facts"] == {"kind": "service_account", "source": "asked", "path": str(key_file)}
    assert found["sharing"]["facts"] == {"email": ROBOT}
    assert found["scopes"]["facts"] == {"scopes": ["https://www.googleapis.com/auth/spreadsheets"], "told": True}
    assert TABLES.items() <= found["tables"]["facts"]["tables"].items()
    assert "My notes" in found["tabs"]["facts"]["own"]
    assert {name for name, check in found.items() if check["state"] == "wrong"} == set()
    assert not shows_a_secret([ran])


def test_the_text_says_what_to_do_and_sums_up(base: Shore, key_file: Path) -> None:
    base.book.update({"updateSpreadsheetProperties": {"properties": {"locale": "ru_RU"}, "fields": "locale"}})
    ran = base("doctor", "--credentials", str(key_file))
    assert "look   locale: Its locale is ru_RU and its language is English" in ran.out
    assert "→ In the sheet choose File, Settings, and a locale of its language." in ran.out
    assert "Nothing is wrong; " in ran.out.splitlines()[-1]
    quiet = base("doctor", "--credentials", str(key_file), "--quiet")
    assert "look   locale" in quiet.out
    assert "ok     " not in quiet.out


@pytest.mark.parametrize("command", CALLS)
def test_no_command_takes_more_calls_than_the_doctor_says(base: Shore, command: str) -> None:
    words = {"pivot": ("--rows", "stage"), "report": ("stages",)}
    base(command, *words.get(command, ()))
    reads, writes = base.counts()
    assert (reads <= CALLS[command][0], writes <= CALLS[command][1]) == (True, True), base.counts()


def test_a_sheet_that_is_not_shared_names_the_address_to_share_it_with(
    strict: Served, base: Shore, key_file: Path
) -> None:
    ran = base("doctor", "--credentials", str(key_file))
    assert ran.code == 3
    assert f"WRONG  reading: Google does not let {ROBOT} open this sheet." in ran.out
    assert f"press Share, and add {ROBOT} as an editor" in ran.out


def test_a_sheet_that_is_shared_for_reading_can_be_read(strict: Served, base: Shore, key_file: Path) -> None:
    strict.control("POST", "policy", enforce_permissions=False)
    shared = {"type": "user", "role": "reader", "emailAddress": ROBOT}
    base.book.local.call("POST", f"/drive/v3/files/{base.book.id}/permissions", shared)
    strict.control("POST", "policy", enforce_permissions=True)
    found = checks(base("doctor", "--credentials", str(key_file), "--format", "json"))
    assert found["reading"]["state"] == "ok"
    assert found["writing"]["facts"]["may_write"] is None, "the API does not say"


def test_a_table_that_is_protected_from_us_is_wrong(strict: Served, base: Shore, key_file: Path) -> None:
    strict.control("POST", "policy", enforce_permissions=False)
    shared = {"type": "user", "role": "writer", "emailAddress": ROBOT}
    base.book.local.call("POST", f"/drive/v3/files/{base.book.id}/permissions", shared)
    area = {"sheetId": base.gid("Companies")}
    editors = {"users": ["ada@example.com"]}
    base.book.update({"addProtectedRange": {"protectedRange": {"range": area, "editors": editors}}})
    strict.control("POST", "policy", enforce_permissions=True)
    ran = base("doctor", "--credentials", str(key_file))
    assert ran.code == 3
    assert "WRONG  writing: Protected from this account, so that no command can write there: Companies." in ran.out


def test_an_unknown_id_is_named(sheetcrm: Program) -> None:
    ran = sheetcrm("doctor", "gsheet:1NoSuchSheet")
    assert ran.code == 3
    assert "WRONG  reading: Google knows no sheet with the id 1NoSuchSheet." in ran.out


def test_an_api_that_is_not_switched_on_is_told_with_the_page_to_do_it_on(base: Shore, key_file: Path) -> None:
    base.fault("403-disabled", path="/v4/")
    ran = base("doctor", "--credentials", str(key_file))
    assert ran.code == 3
    assert "The Google Sheets API is not switched on in the project 1." in ran.out
    assert "https://console.cloud.google.com/apis/library/sheets.googleapis.com?project=1" in ran.out


@pytest.mark.parametrize(("seconds", "state", "code"), [(0, "ok", 0), (150, "look", 0), (-600, "wrong", 3)])
def test_a_clock_that_is_off_is_named(
    served: Served, sheetcrm: Program, key_file: Path, seconds: int, state: str, code: int
) -> None:
    served.control("POST", "clock", advance=seconds)
    try:
        ran = sheetcrm("doctor", "--credentials", key_file, "--format", "json")
    finally:
        served.control("POST", "clock", advance=-seconds)
    clock = checks(ran)["clock"]
    assert (clock["state"], ran.code) == (state, code)
    assert clock["facts"]["ahead"] == pytest.approx(-seconds, abs=30)


def test_a_key_that_others_can_read_is_wrong(base: Shore, key_file: Path) -> None:
    key_file.chmod(0o644)
    ran = base("doctor", "--credentials", str(key_file), "--format", "json")
    assert ran.code == 3
    assert checks(ran)["credentials"]["hint"] == f"Type: chmod 600 {key_file}"
    assert "reading" not in checks(ran), "nothing was asked with it"


def test_a_sign_in_tells_the_rule_of_seven_days(served: Served, sheetcrm: Program, tmp_path: Path) -> None:
    signed_in(tmp_path / "config")
    ran = sheetcrm("doctor")
    assert ran.code == 0
    assert "look   sign-in: Signed in on " in ran.out
    assert "Google ends a sign-in after 7 days" in ran.out


def test_access_that_has_ended_is_wrong_and_the_sheet_is_left_alone(base: Shore, tmp_path: Path) -> None:
    signed_in(tmp_path / "config")
    base.fault("invalid-grant", path="/token")
    ran = base("doctor")
    assert (ran.code, base.counts()) == (3, (0, 0))
    assert "WRONG  token: You are signed out of Google" in ran.out


def test_whoever_works_on_files_needs_no_credentials(
    sheetcrm: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SHEETS_EMULATOR_HOST")
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path / "gcloud"))
    alone = sheetcrm("doctor")
    assert alone.code == 0
    assert "look   credentials: There are no credentials for Google." in alone.out
    assert sheetcrm("doctor", "gsheet:1NoSuchSheet").code == 3


def test_a_blank_sheet_is_told_how_to_begin(shore: Shored, served: Served, base: Shore) -> None:
    made = base.book.local.call("POST", "/v4/spreadsheets", {"properties": {"title": "Blank"}})
    ran = shore(made["spreadsheetId"])("doctor")
    assert ran.code == 0
    assert "The sheet is blank." in ran.out


def test_a_person_s_merged_cells_and_formulas_in_a_table_are_in_the_way(base: Shore) -> None:
    gid = base.gid("Companies")
    area = {"sheetId": gid, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 4, "endColumnIndex": 6}
    base.book.update({"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}})
    base.book.type("'Companies'!D5", ["=B2"])
    ran = base("doctor")
    assert "Companies!E2 is merged with its neighbours" in ran.out
    assert "Companies!D5: a formula stands in the column Manager" in ran.out


# ── a file ──


@pytest.fixture
def book(sheetcrm: Program, tmp_path: Path) -> Path:
    """A client base in a file."""
    path = tmp_path / "clients.xlsx"
    assert sheetcrm("init", path).code == 0
    return path


def test_a_file_in_order(served: Served, sheetcrm: Program, book: Path) -> None:
    ran = sheetcrm("doctor", book, "--format", "json")
    assert (ran.code, ran.json["state"], ran.json["book"]) == (0, "ok", "clients.xlsx")
    assert checks(ran).keys() == {"reading", "lock", "folder", "tables", "tabs", "libreoffice"}
    assert served.counts()["token"] == 0, "a file is no affair of Google's"


def test_a_book_that_is_left_out_is_the_only_one_in_the_folder(sheetcrm: Program, book: Path) -> None:
    assert sheetcrm("doctor", "--format", "json").json["book"] == "clients.xlsx"


def test_a_file_that_is_open_elsewhere_is_named(sheetcrm: Program, book: Path) -> None:
    book.with_name(".~lock.clients.xlsx#").write_text(",anna,office,20.11.2026 09:30,file;", "utf-8")
    ran = sheetcrm("doctor", book)
    assert ran.code == 0
    assert "look   lock: clients.xlsx is open in another program (anna · office)." in ran.out


def test_a_folder_that_cannot_be_written_is_wrong(
    sheetcrm: Program, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever runs the tests may be allowed everything.
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != book.parent)
    ran = sheetcrm("doctor", book)
    assert ran.code == 3
    assert f"WRONG  folder: {book.parent} cannot be written by this account" in ran.out


@pytest.mark.parametrize(("content", "said"), [(None, "There is no file"), (b"no zip", "book.xlsx")])
def test_a_file_that_cannot_be_read_is_wrong(
    sheetcrm: Program, tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        tmp_path.joinpath("book.xlsx").write_bytes(content)
    ran = sheetcrm("doctor", "book.xlsx")
    assert ran.code == 3
    assert said in ran.out


def test_a_list_that_is_not_ours_is_told_as_one(sheetcrm: Program, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["Firm", "Phone"])
    workbook.worksheets[0].append(["Rose", "+7 912 345-67-89"])
    workbook.save(tmp_path / "list.xlsx")
    found = checks(sheetcrm("doctor", "list.xlsx", "--format", "json"))
    assert (found["tables"]["state"], found["tables"]["facts"]["ours"]) == ("look", False)


def test_a_settings_file_with_a_word_that_nobody_reads_is_named(sheetcrm: Program, book: Path) -> None:
    book.with_name("sheetcrm.toml").write_text('book = "clients.xlsx"\nlanguage = "ru"\n', "utf-8")
    ran = sheetcrm("doctor")
    assert "look   sheetcrm.toml: sheetcrm.toml says something that nobody reads: language." in ran.out


def test_several_books_leave_the_doctor_with_the_access_alone(sheetcrm: Program, book: Path) -> None:
    book.with_name("second.xlsx").write_bytes(book.read_bytes())
    ran = sheetcrm("doctor")
    assert "look   book: There are several books in this folder: clients.xlsx, second.xlsx." in ran.out
    assert "credentials: " in ran.out
