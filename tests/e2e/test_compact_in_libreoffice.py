"""After cleared rows went, LibreOffice calculates from the moved references what it calculated before."""

from __future__ import annotations

import csv
import subprocess
from io import BytesIO, StringIO
from pathlib import Path

import xlsxwriter

from sheetcrm.workbook.xlsx.compact.plan import compact
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.package import open_package

FORMULAS = (
    "=SUM(Deals!$C$2:$C$12)",
    "=Deals!B9",
    "=SUMIFS(Deals!C:C,Deals!B:B,Deals!B12)",
    "=VLOOKUP(9,Deals!C2:D12,2,FALSE)",
    "=INDEX(Deals!B2:B12,MATCH(11,Deals!C2:C12,0))",
    "=SUM(Amounts)",
    "=SUM(Sales[Amount])",
    "=COUNT(Deals!C8:C12)",
    '=SUMPRODUCT((Deals!B2:B12="Client 10")*Deals!C2:C12)',
    "=MAX(Deals!D2:D12)",
)
GONE = (3, 6, 7)
EVERY_TAB = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def book() -> bytes:
    """Eight deals and three cleared rows, and a tab that asks for them in many ways."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as author:
        deals, mine = author.add_worksheet("Deals"), author.add_worksheet("Mine")
        columns = [{"header": header} for header in ("Deal ID", "Company", "Amount", "Double")]
        deals.add_table("A1:D12", {"name": "Sales", "columns": columns})
        for row in range(2, 13):
            if row not in GONE:
                deals.write_row(row - 1, 0, [f"D-{row}", f"Client {row}", row])
            deals.write_formula(row - 1, 3, f"=C{row}*2")
        author.define_name("Amounts", "=Deals!$C$2:$C$12")
        for row, formula in enumerate(FORMULAS):
            mine.write_formula(row, 0, formula)
    return stream.getvalue()


def uncalculated(data: bytes) -> bytes:
    """The book with no formula's value in it, so that whatever shows one has calculated it."""
    draft = Draft(open_package("book.xlsx", data))
    for title in ("Deals", "Mine"):
        for formula in draft.sheet(title).formulas():
            draft.sheet(title).drop_value(formula.row, formula.column)
    return draft.finished()


def test_the_same_sums_and_the_same_clients(soffice: str, tmp_path: Path) -> None:
    done = compact(open_package("book.xlsx", book()), {"Deals": (1, 12)})
    assert done.removed == {"Deals": GONE}
    paths = [tmp_path / "before.xlsx", tmp_path / "after.xlsx"]
    for path, data in zip(paths, (book(), done.draft.finished()), strict=True):
        path.write_bytes(uncalculated(data))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", EVERY_TAB, "--outdir", str(tmp_path), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    before, after = (
        list(csv.reader(StringIO((tmp_path / f"{path.stem}-Mine.csv").read_text("utf-8")))) for path in paths
    )
    assert before == after
    assert [row[0] for row in after] == ["61", "Client 9", "12", "18", "Client 11", "61", "61", "5", "10", "24"]
