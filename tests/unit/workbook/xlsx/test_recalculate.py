"""`--recalculate`: formulas without a value get the one that LibreOffice comes to, and nothing else changes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sheetcrm.errors import CannotWriteError, UsageError
from sheetcrm.table import Change
from sheetcrm.workbook import Address, open_workbook
from sheetcrm.workbook.xlsx import XlsxWorkbook
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.libreoffice import calculated
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.recalculate import recalculated
from tests.contract.test_workbook import recognise
from tests.unit.workbook.edit.drafts import spot
from tests.unit.workbook.packages import SHEET, parts, worksheet, zipped

Calculate = Callable[[bytes], bytes]


def row(*cells: str) -> str:
    return f'<row r="1">{"".join(cells)}</row>'


def book(rows: str) -> bytes:
    return zipped(parts() | {SHEET: worksheet(rows)})


def libreoffice(*cells: str) -> Calculate:
    """A LibreOffice that gives back these cells on row 1, whatever it is asked."""
    return lambda _: book(row(*cells))


def after(asked: str, calculate: Calculate) -> tuple[Draft, int]:
    """The book of that first row once it was calculated, and how many formulas still wait."""
    data, left = recalculated(open_package("book.xlsx", book(asked)), calculate)
    return Draft(open_package("book.xlsx", data)), left


def raw(draft: Draft, cell: str) -> str:
    number, column = spot(cell)
    return draft.sheet("S").cells(number)[column].raw.decode()


@pytest.mark.parametrize(
    ("told", "spliced"),
    [
        ('<c r="A1" s="7" t="n"><f aca="false">B1</f><v>0.25</v></c>', '<c r="A1" s="3"><f>B1</f><v>0.25</v></c>'),
        (
            '<c r="A1" t="str"><f>B1</f><v>a &lt;b&gt;</v></c>',
            '<c r="A1" s="3" t="str"><f>B1</f><v>a &lt;b&gt;</v></c>',
        ),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', '<c r="A1" s="3" t="str"><f>B1</f><v></v></c>'),
        ('<c r="A1" t="b"><f>B1</f><v>1</v></c>', '<c r="A1" s="3" t="b"><f>B1</f><v>1</v></c>'),
        ('<c r="A1" t="e"><f>B1</f><v>#DIV/0!</v></c>', '<c r="A1" s="3" t="e"><f>B1</f><v>#DIV/0!</v></c>'),
    ],
    ids=["number", "text", "empty text", "yes or no", "error"],
)
@pytest.mark.parametrize("was", ["", ' t="str"'], ids=["as a number", "as a text"])
def test_the_value_is_spliced_in_and_the_format_stays(was: str, told: str, spliced: str) -> None:
    draft, left = after(row(f'<c r="A1" s="3"{was}><f>B1</f></c>'), libreoffice(told))
    assert raw(draft, "A1") == spliced
    assert left == 0


def test_a_value_that_stands_is_kept_even_if_libreoffice_comes_to_another() -> None:
    asked = row('<c r="A1"><f>2/3</f><v>0.66666666666666663</v></c>', '<c r="B1"><f>1+1</f></c>')
    made = ('<c r="A1"><f>2/3</f><v>0.666666666666667</v></c>', '<c r="B1"><f>1+1</f><v>2</v></c>')
    draft, _ = after(asked, libreoffice(*made))
    assert "0.66666666666666663" in raw(draft, "A1")
    assert "<v>2</v>" in raw(draft, "B1")


def test_a_book_whose_formulas_all_have_values_is_not_even_opened() -> None:
    def refuse(_: bytes) -> bytes:
        raise AssertionError("LibreOffice was asked")

    _, left = after(row('<c r="A1"><f>1+1</f><v>2</v></c>'), refuse)
    assert left == 0


@pytest.mark.parametrize(
    "told",
    [
        '<c r="A1" t="e"><f>_xlfn.foobar(1)</f><v>#NAME?</v></c>',
        '<c r="A1"><f>IFERROR(_xlfn.foobar(1),7)</f><v>7</v></c>',
        '<c r="A1"><f>SUM(T[[#All],[]])</f><v>0</v></c>',
        '<c r="A1" t="e"><f>[1]S!A1</f><v>#N/A</v></c>',
        '<c r="A1" t="str"><f>CELL("filename",A2)</f><v>a temporary folder</v></c>',
        '<c r="A1" t="e"><f>GETPIVOTDATA("x",A9)</f><v>#REF!</v></c>',
        '<c r="B1"><v>1</v></c>',
    ],
    ids=["unknown", "unknown but caught", "column lost", "another book", "where it lies", "pivot", "no answer"],
)
def test_what_libreoffice_cannot_compute_stays_without_a_value(told: str) -> None:
    asked = row('<c r="A1"><f>X()</f></c>', '<c r="C1"><f>IFERROR(A1,5)</f></c>', '<c r="D1"><f>1+1</f></c>')
    made = (told, '<c r="C1"><f>IFERROR(A1,5)</f><v>5</v></c>', '<c r="D1"><f>1+1</f><v>2</v></c>')
    draft, left = after(asked, libreoffice(*made))
    assert raw(draft, "A1") == '<c r="A1"><f>X()</f></c>'
    assert raw(draft, "C1") == '<c r="C1"><f>IFERROR(A1,5)</f></c>', "it depends on A1"
    assert "<v>2</v>" in raw(draft, "D1")
    assert left == 2


@pytest.mark.parametrize("text", ['"sum("', "'my sheet(1)'!A2", "T[sum(rub)]", "_xlfn.STDEV.S(B1:B2)"])
def test_small_letters_elsewhere_are_no_unknown_function(text: str) -> None:
    xml = text.replace("&", "&amp;")
    draft, left = after(row(f'<c r="A1"><f>{xml}</f></c>'), libreoffice(f'<c r="A1"><f>{xml}</f><v>4</v></c>'))
    assert "<v>4</v>" in raw(draft, "A1")
    assert left == 0


ARRAY = '<f t="array" ref="A1:B1">C1:D1*2</f>'


def test_the_cells_that_an_array_formula_fills_follow_it() -> None:
    asked = row(f'<c r="A1">{ARRAY}</c>', '<c r="B1" s="2"><v>8</v></c>')
    made = (f'<c r="A1">{ARRAY}<v>20</v></c>', '<c r="B1"><v>30</v></c>')
    draft, left = after(asked, libreoffice(*made))
    assert raw(draft, "A1") == f'<c r="A1">{ARRAY}<v>20</v></c>'
    assert raw(draft, "B1") == '<c r="B1" s="2"><v>30</v></c>'
    assert left == 0


def test_a_spill_stays_without_a_value_since_it_may_fill_other_cells_now() -> None:
    asked = row(f'<c r="A1" cm="1">{ARRAY}</c>', '<c r="B1"><v>8</v></c>', '<c r="E1"><f>B1+1</f></c>')
    made = (f'<c r="A1">{ARRAY}<v>20</v></c>', '<c r="B1"><v>30</v></c>', '<c r="E1"><f>B1+1</f><v>31</v></c>')
    draft, left = after(asked, libreoffice(*made))
    assert raw(draft, "B1") == '<c r="B1"><v>8</v></c>'
    assert "<v>" not in raw(draft, "E1"), "it depends on a cell of the spill"
    assert left == 2


CLIENTS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>ID</t></is></c><c r="B1" t="inlineStr"><is><t>Name</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>C-1</t></is></c><c r="B2" t="inlineStr"><is><t>Ann</t></is></c>'
    '<c r="H2" t="str"><f>B2</f><v>Ann</v></c></row>'
)
RENAMED = Change("companies", "C-1", "name", "Ann", "Anna")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book with a client, and a formula of the user's that says the client's name."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(CLIENTS))
    return path


def rename(workbook: XlsxWorkbook) -> int:
    return workbook.write([RENAMED], (), workbook.read().revision).uncalculated


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let `soffice` be that Python script."""
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\n{script}", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


ANSWERS = """
import pathlib, re, sys, zipfile
book, made = pathlib.Path(sys.argv[-1]), pathlib.Path(sys.argv[-2])
made.mkdir()
with zipfile.ZipFile(book) as old, zipfile.ZipFile(made / book.name, "w") as new:
    for name in old.namelist():
        new.writestr(name, old.read(name).replace(b"<f>B2</f>", b"<f>B2</f><v>Anna</v>"))
"""


def test_a_write_tells_how_many_formulas_wait(path: Path) -> None:
    assert rename(XlsxWorkbook(path, recognise)) == 1


def test_a_write_that_recalculates_leaves_none(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(path.parent, monkeypatch, ANSWERS)
    workbook = XlsxWorkbook(path, recognise, recalculate=True)
    assert rename(workbook) == 0
    sheet = workbook.read().sheets[0]
    assert sheet.rows[1][7] == "Anna"
    assert sheet.uncached == frozenset()


@pytest.mark.parametrize("script", ["raise SystemExit(1)", "pass", "import os; os.abort()"])
def test_a_libreoffice_that_fails_stops_the_write(path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program(path.parent, monkeypatch, script)
    before = path.read_bytes()
    workbook = XlsxWorkbook(path, recognise, recalculate=True)
    with pytest.raises(CannotWriteError, match="Nothing was written"):
        rename(workbook)
    assert path.read_bytes() == before


def test_a_libreoffice_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    pipe, starter = tmp_path / "pipe", tmp_path / "soffice"
    os.mkfifo(pipe)
    starter.write_text(f"#!/bin/sh\nexec 3>{pipe}\n(sleep 20; echo alive >&3) &\nwait\n", "utf-8")
    starter.chmod(0o755)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(CannotWriteError, match="did not finish"):
        calculated(str(starter), b"", patience=1.0)
    os.set_blocking(reading, True)
    with os.fdopen(reading, "rb") as said:
        assert said.read() == b"", "the pipe ends when all who hold it have ended"


def test_without_libreoffice_nothing_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="needs LibreOffice"):
        open_workbook(Address(str(tmp_path / "book.xlsx"), recalculate=True), recognise)
