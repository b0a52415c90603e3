"""The promise: a write changes the cells it says it changes and nothing else; on every made book, and on yours."""

from __future__ import annotations

import csv
import os
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from sheetcrm.schema.tables import recognise
from sheetcrm.workbook import open_workbook
from sheetcrm.workbook.xlsx import Patch
from tests.lossless.books import books, suffix
from tests.lossless.cells import cells_of, child, rows_of, spot
from tests.lossless.comparer import differences
from tests.lossless.faults import faults
from tests.lossless.inventory import lost
from tests.lossless.jobs import ADDED, JOBS, SET, done
from tests.lossless.opened import opened, text_in
from tests.lossless.patched import WORKBOOK
from tests.lossless.plain import CLIENTS, TOTAL
from tests.lossless.somewhere import work_somewhere

BEYOND_OPENPYXL = {
    "backslashes": "does not find parts whose names have backslashes",
    "names in another case": "takes names literally",
    "strict": "does not know the namespaces of Strict books",
    "strict with everything": "the same",
}
"""Books that openpyxl cannot open as they were, either."""

BEYOND_LIBREOFFICE = {"backslashes", "names in another case"}
BY_NAME = {job.name: job for job in JOBS}
CASES = [(name, job.name) for name in books() for job in JOBS]

Edited = Mapping[tuple[str, str], Path]


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Edited:
    """Every made book after every job, by the names of both."""
    folder = tmp_path_factory.mktemp("edited")
    found = {}
    for number, (name, data) in enumerate(books().items()):
        source = folder / f"{number}{suffix(name)}"
        source.write_bytes(data)
        for job in JOBS:
            target = folder / f"{number}-{job.name}{suffix(name)}"
            done(job, source, target)
            found[name, job.name] = target
    return found


@pytest.mark.parametrize(("name", "job"), CASES)
def test_nothing_is_lost(edited: Edited, name: str, job: str) -> None:
    after = edited[name, job].read_bytes()
    allowed = BY_NAME[job].allowed(name)
    assert differences(books()[name], after, allowed) == []
    assert not lost(books()[name], after, allowed)


@pytest.mark.parametrize(("name", "job"), CASES)
def test_the_cells_hold_what_was_written(edited: Edited, name: str, job: str) -> None:
    sheets = open_workbook(edited[name, job], recognise).read().sheets
    rows = next(sheet.rows for sheet in sheets if sheet.title == "Data")
    for cell, value in BY_NAME[job].values.items():
        row, column = spot(cell)
        line = rows[row - 1] if row <= len(rows) else ()
        assert (line[column] if column < len(line) else "") == ("" if value is None else value), cell


@pytest.mark.parametrize(("name", "job"), [case for case in CASES if case[0] not in BEYOND_OPENPYXL])
@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl tells what it will drop
def test_openpyxl_reads_the_same(edited: Edited, name: str, job: str) -> None:
    book = openpyxl.load_workbook(edited[name, job])
    for cell, value in BY_NAME[job].values.items():
        found = book["Data"][cell].value
        if value is None and book["Data"][cell].hyperlink:
            continue  # it shows a link's address in a blank cell
        assert (found.date() if isinstance(found, datetime) else found) == value, cell
    book.close()


@pytest.mark.parametrize("name", books())
def test_what_depends_on_a_change_is_to_be_calculated_anew(edited: Edited, name: str) -> None:
    book = opened(edited[name, "set"].read_bytes())
    parts = {sheet.title: sheet.part for sheet in book.sheets}
    for tab, stale in BY_NAME["set"].allowed(name).stale.items():
        cells = dict(cells_of(rows_of(book, parts[tab])))
        assert {cell for cell in stale if child(cells[cell], "v") is not None} == set(), tab
    properties = child(book.tree(book.workbook), "calcPr")
    assert properties is not None
    assert properties.get("fullCalcOnLoad") == "1"


def test_the_header_of_an_excel_table_is_the_name_of_its_column(tmp_path: Path) -> None:
    path, copy = tmp_path / "book.xlsx", tmp_path / "copy.xlsx"
    path.write_bytes(books()["table"])
    with Patch(path) as book:
        book.set("Data", "B1", "Town")
        book.save(copy)
    assert list(faults(opened(copy.read_bytes()))) == []


CHART = "xl/charts/chart{}.xml"
GROWN = [
    ("plain", "xl/worksheets/sheet2.xml", "SUM(Data!C2:C7)"),
    ("charts", CHART.format(1), "Data!$C$2:$C$7"),
    ("charts", CHART.format(2), "Data!$A$2:$A$7"),
    ("chart of its own", CHART.format(1), "Data!$C$2:$C$7"),
    ("sparklines", "xl/worksheets/sheet3.xml", "Data!C2:C7"),
    ("conditional formats", "xl/worksheets/sheet1.xml", 'sqref="A2:F7"'),
    ("conditional formats", "xl/worksheets/sheet1.xml", "<xm:sqref>C2:C7</xm:sqref>"),
    ("table", "xl/tables/table1.xml", 'ref="A1:F7"'),
    ("table with totals", "xl/tables/table1.xml", 'ref="A1:F8"'),
    ("validations", "xl/worksheets/sheet1.xml", 'sqref="B2:B7"'),
    ("lists on another tab", "xl/worksheets/sheet1.xml", "<xm:sqref>B2:B7</xm:sqref>"),
    ("names", WORKBOOK, '<definedName name="Amounts">Data!$C$2:$C$7<'),
    ("names", WORKBOOK, '<definedName name="Amounts" localSheetId="1">Data!$F$2:$F$7<'),
    ("names", WORKBOOK, 'name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Data!$A$1:$F$7<'),
    ("names", WORKBOOK, 'name="_xlnm.Print_Area" localSheetId="0">Data!$A$1:$F$7<'),
    ("names", "xl/worksheets/sheet1.xml", '<autoFilter ref="A1:F7"'),
    ("protection", "xl/worksheets/sheet1.xml", 'sqref="B2:C7"'),
    ("pivot", "xl/pivotCache/pivotCacheDefinition1.xml", 'ref="A1:F7"'),
    ("pivot", "xl/pivotCache/pivotCacheDefinition1.xml", 'refreshOnLoad="1"'),
    ("newer parts", "xl/charts/chartEx1.xml", "Data!$C$2:$C$7"),
    ("spilling", "xl/worksheets/sheet3.xml", "UNIQUE(Data!B2:B7)"),
]


@pytest.mark.parametrize(("name", "part", "text"), GROWN)
def test_what_ended_with_the_table_ends_with_it(edited: Edited, name: str, part: str, text: str) -> None:
    assert text in opened(edited[name, "append"].read_bytes()).parts[part].decode()


@pytest.mark.parametrize(("name", "part", "text"), GROWN)
def test_what_meant_one_client_means_that_client(edited: Edited, name: str, part: str, text: str) -> None:
    book = opened(edited[name, "append"].read_bytes())
    sums = dict(cells_of(rows_of(book, "xl/worksheets/sheet2.xml")))
    assert text_in(sums["B2"]).startswith("Data!C3")


def test_libreoffice_calculates_the_same(soffice: str, edited: Edited, tmp_path: Path) -> None:
    """All books in one run: what was written is there, and the sums are those of the changed list."""
    every_tab_as_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", every_tab_as_csv, "--outdir", str(tmp_path / "out")]
    paths = {
        case: path
        for case, path in edited.items()
        if case[1] in ("set", "append") and case[0] not in BEYOND_LIBREOFFICE
    }
    subprocess.run([*command, *map(str, paths.values())], check=True, capture_output=True, timeout=300)
    changed = {"set": TOTAL - CLIENTS[2][2] + float(str(SET["C4"])), "append": TOTAL + float(str(ADDED["C"]))}
    for (name, job), path in paths.items():
        data, sums = (_csv(tmp_path / "out" / f"{path.stem}-{tab}.csv") for tab in ("Data", "Sums"))
        assert data[0][:3] == ["Name", "City", "Amount"], name
        assert float(sums[0][1]) == changed[job], name
        assert (data[2][4] == SET["E3"]) if job == "set" else (data[6][0] == ADDED["A"]), name


def _csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of real books, named by SHEETCRM_CORPUS; ours stand in for them where it names none."""
    named = os.environ.get("SHEETCRM_CORPUS")
    if named:
        return Path(named)
    for name, data in books().items():
        (tmp_path / f"{name}{suffix(name)}").write_bytes(data)
    return tmp_path


def test_books_that_nobody_knows_lose_nothing(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("worked")
    paths = [path for path in sorted(corpus.rglob("*")) if path.suffix.lower() in (".xlsx", ".xlsm")]
    failed: dict[str, list[str]] = {}
    for number, path in enumerate(paths):
        worked = work_somewhere(path, folder / f"{number}{path.suffix}")
        if worked.allowed is not None:
            found = differences(path.read_bytes(), worked.target.read_bytes(), worked.allowed)
            failed |= {path.name: found} if found else {}
    assert paths
    assert failed == {}
