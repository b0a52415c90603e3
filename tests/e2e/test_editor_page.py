"""The example of docs/how-to/editor.md does what the page says."""

import re
from pathlib import Path

import openpyxl
import pytest

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "editor.md"


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Deals"
    sheet.append(["ID", "Sum", "Day"])
    for number in range(1, 8):
        sheet.append([f"D-000{number}", number, None])
    book.save(tmp_path / "clients.xlsx")
    monkeypatch.chdir(tmp_path)
    example = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    exec(compile(example[1], str(PAGE), "exec"), {})
    assert capsys.readouterr().out == "['Deals']\n"
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook("clients.xlsx")["Deals"].iter_rows()]
    assert rows[2] == [None, None, None]
    assert rows[6][1] == 1250.5
    assert rows[8][:2] == ["D-0042", 900]
