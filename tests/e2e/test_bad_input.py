"""The worst that people feed it: each input gets one clear sentence, and nothing of theirs is lost."""

from __future__ import annotations

import errno
import io
import os
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.e2e.program import Program, Ran, cells, changed

Edit = Callable[[Workbook], None]


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    """The command line, failures of ours raised."""
    monkeypatch.setenv("SHEETCRM_TRACEBACK", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return Program(capsys)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small book: three companies, three deals, a manager; updated once."""
    from sheetcrm.cli.program import run

    book = tmp_path_factory.mktemp("founded") / "firm.xlsx"
    assert run(["init", str(book), "--lang", "en", "--quiet"]) == 0
    edit(book, _fill)
    assert run(["update", str(book), "--quiet"]) == 0
    return book.read_bytes()


@pytest.fixture
def book(tmp_path: Path, founded: bytes) -> Path:
    """A fresh copy of that book."""
    path = tmp_path / "firm.xlsx"
    path.write_bytes(founded)
    return path


def _fill(workbook: Workbook) -> None:
    put(workbook["Managers"], 2, Name="Ann Lee")
    for row, name in enumerate(("Rose", "Tulip", "Aster"), 2):
        put(workbook["Companies"], row, Name=name, Phone="+7 343 222-33-44", Stage="Information", Manager="Ann Lee")
        put(workbook["Deals"], row, Company=name, Amount=100 * row, Stage="Need found")


def edit(book: Path, *edits: Edit) -> None:
    """Change a book as its owner does."""
    workbook = openpyxl.load_workbook(book)
    for change in edits:
        change(workbook)
    workbook.save(book)


def column(sheet: Worksheet, header: str) -> int:
    """The column's number, from 1."""
    return next(number for number, cell in enumerate(sheet[1], 1) if str(cell.value) == header)


def put(sheet: Worksheet, row: int, **values: object) -> None:
    """Type values into a row by header."""
    for header, value in values.items():
        sheet.cell(row, column(sheet, header.replace("_", " "))).value = value  # type: ignore[assignment]  # any value


def clear(sheet: Worksheet, row: int, header: str) -> None:
    """Press Delete on a cell."""
    sheet.cell(row, column(sheet, header)).value = None


def codes(ran: Ran, sheet: str) -> set[tuple[str, str]]:
    """The findings of a tab: code and cell."""
    return {(found["code"], found["cell"]) for found in ran.json["findings"] if found["sheet"] == sheet}


def deals_say(book: Path) -> list[object]:
    """What the deals call their companies."""
    sheet = openpyxl.load_workbook(book)["Deals"]
    return [sheet.cell(row, column(sheet, "Company")).value for row in (2, 3, 4)]


# ── what people do to their rows between two updates ──


def test_a_cleared_company_name_renames_nothing(program: Program, book: Path) -> None:
    edit(book, lambda workbook: clear(workbook["Companies"], 3, "Name"))
    assert program("update", book).code == 0
    assert deals_say(book) == ["Rose", "Tulip", "Aster"]
    edit(book, lambda workbook: put(workbook["Companies"], 3, Name="Tulip"))
    assert program("update", book).code == 0
    assert deals_say(book) == ["Rose", "Tulip", "Aster"]


def test_a_copied_row_renames_nothing(program: Program, book: Path) -> None:
    def copy(workbook: Workbook) -> None:
        sheet = workbook["Companies"]
        sheet.append([cell.value for cell in sheet[3]])

    edit(book, copy)
    assert program("update", book).code == 0
    assert deals_say(book) == ["Rose", "Tulip", "Aster"]


def test_a_doubled_id_put_right_leaves_deals_with_their_companies(program: Program, book: Path) -> None:
    def double(workbook: Workbook) -> None:
        put(workbook["Companies"], 5, Company_ID="C-000001", Name="Violet", Phone="+7 343 222-33-55")
        put(workbook["Deals"], 4, Company="Violet")

    edit(book, double)
    assert program("update", book).code == 0
    edit(book, lambda workbook: clear(workbook["Companies"], 5, "Company ID"))
    assert program("update", book).code == 0
    assert deals_say(book) == ["Rose", "Tulip", "Violet"]


def test_a_row_of_totals_is_no_record(program: Program, book: Path) -> None:
    def sum_up(workbook: Workbook) -> None:
        put(workbook["Deals"], 5, Company="Total", Amount="=SUM(H2:H4)")

    before = codes(program("validate", book, "--format", "json"), "Deals")
    edit(book, sum_up)
    typed = cells(book)
    assert {code for code, _ in codes(program("validate", book, "--format", "json"), "Deals") - before} <= {"S006"}
    assert program("update", book).code == 0
    assert "Deals" not in changed(typed, cells(book))


def test_a_link_on_a_blank_cell_is_no_obstacle(program: Program, book: Path) -> None:
    def link(workbook: Workbook) -> None:
        workbook["Companies"]["B30"].hyperlink = "https://example.com"
        workbook["Companies"]["B30"].value = None

    edit(book, link)
    assert program("update", book).code == 0


# ── values beyond all measure ──


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(9999, 12, 31), "01.01.0001"])
def test_a_day_out_of_reach_is_a_finding_and_no_obstacle(program: Program, book: Path, day: object) -> None:
    edit(book, lambda workbook: put(workbook["Companies"], 2, Next_contact=day))
    sheet = openpyxl.load_workbook(book)["Companies"]
    cell = sheet.cell(2, column(sheet, "Next contact")).coordinate
    assert ("V002", cell) in codes(program("validate", book, "--format", "json"), "Companies")
    assert program("update", book).code == 0


@pytest.mark.parametrize("amount", [1e300, "1e999999999", -1e15])
def test_a_number_out_of_reach_is_a_finding_and_no_obstacle(program: Program, book: Path, amount: object) -> None:
    edit(
        book, lambda workbook: put(workbook["Deals"], 2, Amount=amount, Stage="Settled", Delivered_on=date(2026, 1, 9))
    )
    found = codes(program("validate", book, "--format", "json"), "Deals")
    assert "V001" in {code for code, _ in found}
    assert program("update", book).code == 0
    assert program("report", book, "--all", "--dry-run").code == 0


def test_a_text_as_long_as_a_cell_can_be_is_reported(program: Program, book: Path) -> None:
    edit(book, lambda workbook: put(workbook["Companies"], 2, Stage="x" * 32_767))
    assert program("validate", book, "--tab").code == 1


def test_a_period_of_a_billion_days_is_a_bad_setting(program: Program, book: Path) -> None:
    def widen(workbook: Workbook) -> None:
        sheet = workbook["Settings"]
        row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == "p_estimator")
        sheet.cell(row, 2).value = "1e999999999"

    edit(book, widen)
    assert "S010" in {code for code, _ in codes(program("validate", book, "--format", "json"), "Settings")}
    assert program("update", book).code == 0


# ── words of the command line ──


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "9999-12-31", "31.02.2026", ""])
def test_a_day_that_no_book_can_hold_is_refused(program: Program, book: Path, day: str) -> None:
    ran = program("tasks", book, "--as-of", day)
    assert (ran.code, "is not a day" in ran.err) == (2, True)


def test_a_long_bad_filter_is_shown_where_it_is_bad(program: Program, book: Path) -> None:
    ran = program("pivot", book, "--rows", "stage", "--where", "(" * 10_000 + "stage = lead" + ")" * 10_000)
    _, text, mark = ran.err.splitlines()[:3]
    assert ran.code == 2
    assert len(text) < 220
    assert text[mark.index("^")] == "("


def test_no_other_report_is_offered_for_a_code(program: Program, book: Path) -> None:
    ran = program("report", book, "R99")
    assert (ran.code, "Did you mean" in ran.err) == (2, False)


@pytest.mark.parametrize("name", ["new.csv", "new.xls", "new.xlsm", "new"])
def test_a_new_book_is_an_xlsx(program: Program, tmp_path: Path, name: str) -> None:
    ran = program("init", tmp_path / name)
    assert (ran.code, "new.xlsx" in ran.err) == (2, True)
    assert not (tmp_path / name).exists()


def test_an_empty_selection_hides_nothing(program: Program, book: Path) -> None:
    edit(book, lambda workbook: put(workbook["Companies"], 2, Stage="?!"))
    assert program("validate", book, "--select", "").code == 1


def test_a_full_disk_behind_the_output_is_said(program: Program, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(sys, "stdout", Full())
    ran = program("validate", book)
    assert (ran.code, "No space left" in ran.err) == (3, True)


def test_a_name_too_long_for_any_disk_is_no_failure_of_ours(program: Program, tmp_path: Path) -> None:
    ran = program("validate", tmp_path / ("x" * 5000 + ".xlsx"))
    assert (ran.code, "cannot be read" in ran.err) == (3, True)


# ── packages ──


def test_a_tab_without_its_part_is_damage(program: Program, book: Path) -> None:
    with zipfile.ZipFile(book) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts.pop("xl/worksheets/sheet2.xml")
    with zipfile.ZipFile(book, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    ran = program("update", book)
    assert (ran.code, "the part xl/worksheets/sheet2.xml is missing" in ran.err) == (3, True)


def test_a_number_that_is_no_length_of_time_is_named_by_its_tab(program: Program, book: Path) -> None:
    def mistype(workbook: Workbook) -> None:
        cell = workbook["Companies"]["B30"]
        cell.value, cell.number_format = 89123456789, "[h]:mm"

    edit(book, mistype)
    ran = program("validate", book)
    assert (ran.code, "tab Companies: a number is too large" in ran.err) == (3, True)


def test_a_filter_that_matches_nothing_is_named(program: Program, book: Path) -> None:
    ran = program("report", book, "sales", "--where", "name = Nobody", "--dry-run")
    assert "filter: name = Nobody" in ran.out
    assert "matches the filter “name = Nobody”" in " ".join(ran.out.split())


def test_without_managers_the_tasks_say_whom_they_lack(program: Program, tmp_path: Path) -> None:
    book = tmp_path / "alone.xlsx"
    assert program("init", book).code == 0
    ran = program("tasks", book)
    assert "nobody to make a task sheet for: fill in the tab Managers" in ran.out
    assert "has now" not in ran.out


def test_the_owner_s_own_tabs_that_are_called_like_ours_stay(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    workbook = Workbook()
    tabs: dict[str, list[list[object]]] = {
        "Clients": [["Client", "Phone"], ["A Ltd", "+44 20 7946 0950"]],
        "Runs": [["Date", "Km"], ["2026-01-01", 10]],
        "Start": [["State", "Texas"]],
        "Rules": [["No smoking"]],
    }
    for title, rows in tabs.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.remove(workbook.worksheets[0])
    workbook.save(path)
    before = cells(path)
    for words in (("init", path, "--lang", "en"), ("report", path, "pipeline"), ("update", path), ("tasks", path)):
        assert program(*words).code == 0
    after = cells(path)
    assert {spot: value for spot, value in after.items() if spot in before} == before
    assert [after[("Runs (sheetcrm)", f"B{row}")] for row in range(2, 6)] == ["init", "report", "update", "tasks"]


@pytest.mark.parametrize(
    "words",
    [("update",), ("tasks",), ("report", "sales"), ("pivot", "--rows", "city"), ("enable", "products")],
    ids=lambda words: str(words[0]),
)
def test_nothing_is_written_into_a_list_that_is_not_ours(
    program: Program, tmp_path: Path, words: tuple[str, ...]
) -> None:
    path = tmp_path / "list.xlsx"
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in (["Client", "Phone", "City"], ["A Ltd", "+44 20 7946 0950", "York"]):
        sheet.append(row)
    workbook.save(path)
    before = path.read_bytes()
    ran = program(words[0], path, *words[1:])
    assert ran.code == 5
    assert "is a list that sheetcrm did not make" in ran.err
    assert "sheetcrm init" in ran.err
    assert path.read_bytes() == before


def test_emoji_in_names_make_titles_that_excel_takes(program: Program, book: Path) -> None:
    edit(book, lambda workbook: put(workbook["Managers"], 2, Name="Ann " + "😀" * 20))
    assert program("update", book).code == 0
    ran = program("pivot", book, "--rows", "manager", "--name", "😀" * 16, "--native")
    assert ran.code == 0
    assert all(len(title.encode("utf-16-le")) <= 62 for title in openpyxl.load_workbook(book).sheetnames)
