"""The headers of Excel tables, changed through the editor."""

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from sheetcrm.errors import GuardError
from sheetcrm.workbook.xlsx import Patch


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book with the Excel table Sales over three columns."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Deals"
    for row in (["ID", "Sum", "2025"], ["D-1", 5, 7], ["D-2", 6, 8]):
        sheet.append(row)
    sheet.add_table(Table(displayName="Sales", ref="A1:C3"))
    book.create_sheet("Totals")["B2"] = "=SUM(Sales[Sum])"
    book.defined_names["Best"] = DefinedName("Best", attr_text="MAX(Sales[ID])")
    book.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def renamed(path: Path, cell: str, value: str | int | None) -> list[str]:
    with Patch(path) as book:
        book.set("Deals", cell, value)
        book.save(path)
    sheet = openpyxl.load_workbook(path)["Deals"]
    names = [name.replace("_x000a_", "\n") for name in sheet.tables["Sales"].column_names]
    assert [cell.value for cell in sheet[1]] == names
    return names


def test_the_column_is_called_as_its_header_says(path: Path) -> None:
    assert renamed(path, "C1", "Last year") == ["ID", "Sum", "Last year"]


def test_odd_characters_are_spelled_as_excel_does(path: Path) -> None:
    assert renamed(path, "C1", "Last\nyear & <all>") == ["ID", "Sum", "Last\nyear & <all>"]
    with ZipFile(path) as package:
        assert b'name="Last_x000a_year &amp; &lt;all&gt;"' in package.read("xl/tables/table1.xml")


def test_a_header_is_always_a_text(path: Path) -> None:
    assert renamed(path, "C1", 2026) == ["ID", "Sum", "2026"]


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("C1", None, "Deals!C1 is the header of an Excel table's column, which cannot be blank"),
        ("C1", "sum", "Deals!C1: the Excel table Sales has a column called «sum» already"),
        ("B1", "Amount", r"«Sum» of the Excel table Sales cannot be renamed: Totals!B2 asks for it by its name"),
        ("A1", "Key", "«ID» of the Excel table Sales cannot be renamed: Best asks for it by its name"),
    ],
)
def test_a_header_that_would_break_something_is_refused(path: Path, cell: str, value: str | None, said: str) -> None:
    before = path.read_bytes()
    with pytest.raises(GuardError, match=said):
        renamed(path, cell, value)
    assert path.read_bytes() == before
