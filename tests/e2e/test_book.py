"""The care of a file, from the command line: looking into it, its backups, its cleared rows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from sheetcrm.errors import Exit
from tests.e2e.program import Program, cells


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Program:
    """The command line in a folder of its own, failures of ours raised."""
    monkeypatch.setenv("SHEETCRM_TRACEBACK", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    return Program(capsys)


@pytest.fixture
def book(program: Program, tmp_path: Path) -> Path:
    """Three companies, the second of which was deleted; a tab of the user's adds them up."""
    path = tmp_path / "firm.xlsx"
    assert program("init", path, "--lang", "en", "--quiet").code == Exit.DONE
    workbook = openpyxl.load_workbook(path)
    companies = workbook["Companies"]
    for row, name in ((2, "Rose"), (4, "Aster")):
        companies.cell(row, 1, f"C-00000{row}")
        companies.cell(row, 2, name)
    mine = workbook.create_sheet("Mine")
    mine["A1"], mine["A2"] = "=COUNTA(Companies!$B$2:$B$4)", "=Companies!B4"
    workbook.save(path)
    return path


def test_inspect_says_whose_each_tab_is(program: Program, book: Path) -> None:
    ran = program("book", "inspect", book)
    assert ran.code == Exit.DONE
    assert "table “Companies”" in ran.out
    assert "sheetcrm can write to every table here." in ran.out
    found = program("book", "inspect", book, "--format", "json").json
    roles = {sheet["title"]: (sheet["role"], sheet["rows"]) for sheet in found["sheets"]}
    assert roles["Companies"] == ("companies", 2)
    assert roles["Mine"] == ("", 2)
    assert found["refused"] == []


def test_inspect_says_what_would_be_refused_and_why(program: Program, book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    workbook["Companies"]["B2"] = '="Rose"'
    workbook.save(book)
    ran = program("book", "inspect", book, "--lang", "en")
    assert "Companies!B2: a formula stands in the column" in ran.out
    (refused,) = program("book", "inspect", book, "--format", "json").json["refused"]
    assert refused["tab"] == "Companies"
    assert refused["hint"]


@pytest.mark.parametrize("content", [b"", b"not a book", b"PK\x03\x04"])
def test_inspect_stops_at_what_is_no_book(program: Program, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "no.xlsx").write_bytes(content)
    assert program("book", "inspect", "no.xlsx").code == Exit.CANNOT_RUN


def test_a_damaged_book_comes_back_from_its_backup(program: Program, book: Path) -> None:
    sound = cells(book)
    assert program("update", book).code == Exit.DONE
    book.write_bytes(book.read_bytes()[:1000])
    assert program("validate", book).code == Exit.CANNOT_RUN
    listed = program("book", "backups", book, "--format", "json").json["backups"]
    assert [(kept["number"], kept["sound"]) for kept in listed] == [(1, True)]
    ran = program("book", "backups", book, "--restore", "1")
    assert ran.code == Exit.DONE
    assert "what stood there is backup 1 now" in ran.out
    assert cells(book) == sound
    assert "damaged" in program("book", "backups", book).out


def test_a_lost_book_comes_back(program: Program, book: Path) -> None:
    sound = cells(book)
    program("update", book)
    book.unlink()
    assert program("book", "backups", book).code == Exit.DONE
    assert program("book", "backups", book, "--restore", "1", "--format", "json").json["changed"] is True
    assert cells(book) == sound


def test_backups_are_told_apart_by_the_second_in_the_language_of_the_book(program: Program, tmp_path: Path) -> None:
    book = tmp_path / "firm.xlsx"
    assert program("init", book, "--lang", "ru", "--quiet").code == Exit.DONE
    assert program("update", book).code == Exit.DONE
    moment = datetime.fromisoformat(program("book", "backups", book, "--format", "json").json["backups"][0]["moment"])
    assert f"{moment:%d.%m.%Y %H:%M:%S}" in program("book", "backups", book).out
    assert f"{moment:%Y-%m-%d %H:%M:%S}" in program("book", "backups", book, "--lang", "en").out
    book.unlink()
    assert program("book", "backups", book).code == Exit.DONE


def test_backups_that_there_are_not(program: Program, book: Path) -> None:
    assert "no backup" in program("book", "backups", book).out
    assert program("book", "backups", book, "--restore", "1").code == Exit.USAGE
    assert program("book", "backups", "other.xlsx").code == Exit.CANNOT_RUN
    assert program("book", "backups", "gsheet:abc").code == Exit.USAGE
    assert program("book", "backups", book, "--restore", "0").code == Exit.USAGE


def test_an_open_book_is_not_put_back(program: Program, book: Path) -> None:
    program("update", book)
    book.with_name("~$firm.xlsx").write_bytes(b"\x04Anna")
    ran = program("book", "backups", book, "--restore", "1")
    assert ran.code == Exit.BUSY
    assert "Anna" in ran.err


def test_sheetcrm_toml_says_how_many_backups_are_kept(program: Program, book: Path) -> None:
    (book.parent / "sheetcrm.toml").write_text("backups = 2")
    for _ in range(3):
        assert program("enable", book, "payments").code == Exit.DONE
        assert program("update", book).code == Exit.DONE
    assert len(program("book", "backups", book, "--format", "json").json["backups"]) == 2


@pytest.mark.parametrize("line", ["backups = 0", "backups = 1001", 'backups = "many"', "backups = true"])
def test_a_count_of_backups_that_is_none_is_refused(program: Program, book: Path, line: str) -> None:
    (book.parent / "sheetcrm.toml").write_text(line)
    ran = program("update", book)
    assert ran.code == Exit.USAGE
    assert "backups is a whole number from 1 to 1000" in ran.err


def test_compact_takes_out_the_row_of_a_deleted_company(program: Program, book: Path) -> None:
    before = book.read_bytes()
    ran = program("book", "compact", book, "--dry-run")
    assert (ran.code, book.read_bytes()) == (Exit.DONE, before)
    assert "Companies: 1 blank row would be removed." in ran.out
    ran = program("book", "compact", book, "--format", "json")
    assert (ran.code, ran.json["removed"], ran.json["blocked"]) == (Exit.DONE, {"Companies": [3]}, [])
    found = cells(book)
    assert (found["Companies", "B2"], found["Companies", "B3"]) == ("Rose", "Aster")
    assert (found["Mine", "A1"], found["Mine", "A2"]) == ("=COUNTA(Companies!$B$2:$B$3)", "=Companies!B3")
    assert len(program("book", "backups", book, "--format", "json").json["backups"]) == 1
    assert "no cleared rows" in program("book", "compact", book).out


def test_compact_lists_what_keeps_the_rows_and_changes_nothing(program: Program, book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    workbook["Mine"]["A3"] = "=Companies!B3"
    workbook.save(book)
    before = book.read_bytes()
    ran = program("book", "compact", book)
    assert (ran.code, book.read_bytes()) == (Exit.GUARDED, before)
    assert "Mine!A3: it points at the blank row 3" in ran.out
    blocked = program("book", "compact", book, "--format", "json").json["blocked"]
    assert [(stop["tab"], stop["place"]) for stop in blocked] == [("Companies", "Mine!A3")]


@pytest.mark.parametrize("words", [("book",), ("book", "--help"), ("book", "inspect", "--help")])
def test_the_group_explains_itself(program: Program, words: tuple[str, ...]) -> None:
    ran = program(*words)
    assert "inspect" in ran.out + ran.err


def test_a_misspelt_command_of_the_group(program: Program) -> None:
    ran = program("book", "backup")
    assert (ran.code, "backups" in ran.err) == (Exit.USAGE, True)
