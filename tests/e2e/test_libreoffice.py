"""The book as an office program sees it: LibreOffice opens it, and reads the values that we wrote."""

from __future__ import annotations

import csv
import subprocess
from io import StringIO
from pathlib import Path

import pytest

from sheetcrm.cli.program import run
from tests.e2e.program import cells


@pytest.fixture(scope="module", params=["en", "ru"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo book in one of the languages, with its reports and task sheets."""
    book = tmp_path_factory.mktemp(request.param) / "demo.xlsx"
    assert run(["init", str(book), "--demo", "--lang", request.param, "-q"]) == 0
    assert run(["update", str(book), "-q"]) == 0
    return book


def convert(soffice: str, book: Path, to: str, folder: Path) -> list[Path]:
    """What LibreOffice makes of the book."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [soffice, profile, "--headless", "--convert-to", to, "--outdir", str(folder / "out"), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return sorted((folder / "out").iterdir())


def test_libreoffice_reads_what_was_written(soffice: str, book: Path, tmp_path: Path) -> None:
    every_tab_as_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    made = convert(soffice, book, every_tab_as_csv, tmp_path)
    tables = {path.stem.removeprefix("demo-"): list(csv.reader(StringIO(path.read_text("utf-8")))) for path in made}
    written = {(tab, value) for (tab, _), value in cells(book).items() if isinstance(value, str) and "\n" not in value}
    read = {(tab, cell) for tab, rows in tables.items() for row in rows for cell in row}
    missed = {(tab, value) for tab, value in written if tab in tables and (tab, value) not in read}
    assert len(tables) > 20
    assert not missed


def test_every_page_can_be_drawn(soffice: str, pdftoppm: str, book: Path, tmp_path: Path) -> None:
    (pdf,) = convert(soffice, book, "pdf", tmp_path)
    subprocess.run([pdftoppm, "-r", "20", "-gray", "-png", str(pdf), str(tmp_path / "page")], check=True, timeout=300)
    assert len(list(tmp_path.glob("page*.png"))) >= len({tab for tab, _ in cells(book)}) - 2
