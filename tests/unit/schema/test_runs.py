"""The line that each run leaves."""

from datetime import datetime

import pytest

from sheetcrm.errors import GuardError
from sheetcrm.schema.base import load
from sheetcrm.schema.ids import Issued, issued_so_far
from sheetcrm.schema.runs import record_run
from sheetcrm.schema.tables import recognise
from sheetcrm.workbook.memory import MemoryWorkbook
from tests.books import base_of

NOW = datetime(2026, 11, 21, 8, 30, 15, 999)


def test_the_first_run_makes_the_hidden_tab_and_the_next_adds_a_line() -> None:
    workbook = MemoryWorkbook(recognise, base_of({"Companies": "Company ID|Name\nC-000001|Rose"}).book.sheets)
    for command in ("update", "tasks"):
        book = workbook.read()
        changes, tabs = record_run(load(book), NOW, command, "created=1", Issued({"C": 9}))
        workbook.write(changes, tabs, book.revision)
    base = load(workbook.read())
    assert base.values("runs", "run") == [NOW.replace(microsecond=0)] * 2
    assert base.values("runs", "command") == ["update", "tasks"]
    assert base.values("runs", "counts") == ["created=1; ids: C=9"] * 2
    assert issued_so_far(base) == Issued({"C": 9})
    assert next(sheet for sheet in base.book.sheets if sheet.title == "Runs").hidden


def test_a_run_that_gave_no_ids_remembers_none() -> None:
    _, (tab,) = record_run(base_of({}), NOW, "report", "rows=3")
    assert tab.rows[0].values == (NOW.replace(microsecond=0), "report", "rows=3")


@pytest.mark.parametrize(
    "own", ["Date|Km|Where|Shoes\n2026-01-01|10|park|new", "Run|Km\nMay|10", "Run\nMay", "Run|Command|Km\nMay|x|1"]
)
def test_a_tab_of_the_user_s_with_that_title_is_left_alone(own: str) -> None:
    sheets = base_of({"Companies": "Company ID|Name\nC-000001|Rose", "Runs": own}).book.sheets
    workbook = MemoryWorkbook(recognise, sheets)
    for _ in range(2):
        book = workbook.read()
        changes, tabs = record_run(load(book), NOW, "update", "created=1", Issued({"C": 9}))
        workbook.write(changes, tabs, book.revision)
    after = workbook.read()
    assert next(sheet for sheet in after.sheets if sheet.title == "Runs") == sheets[1]
    assert [table.title for table in after if table.name == "runs"] == ["Runs (sheetcrm)"]
    assert len(load(after).values("runs", "run")) == 2
    assert issued_so_far(load(after)) == Issued({"C": 9})


def test_where_all_its_names_are_taken_we_stop() -> None:
    base = base_of({"runs": "-", "RUNS (sheetcrm)": "-"})
    with pytest.raises(GuardError, match="The tab Runs cannot be added"):
        record_run(base, NOW, "report", "rows=3")
