"""How many calls each command makes, by the local Google's own log, and of which kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheetcrm.errors import Exit
from sheetcrm.table import Cell
from tests.e2e.conftest import Make
from tests.e2e.foreign_lists import LISTS
from tests.e2e.google_firm import Rows, as_file
from tests.e2e.google_shore import Shore
from tests.e2e.program import Program

COUNTED: dict[tuple[str, ...], tuple[int, int]] = {
    ("validate",): (2, 0),
    ("validate", "--dry-run"): (2, 0),
    ("validate", "--tab"): (2, 1),
    ("report", "stages", "sales", "pipeline", "reactivation", "concentration", "quality"): (2, 1),
    ("report", "--all"): (2, 1),
    ("tasks",): (3, 1),
    ("update",): (3, 1),
    ("enable", "payments", "products"): (2, 1),
    ("pivot", "--rows", "manager"): (2, 1),
    ("pivot", "--rows", "manager", "--native"): (2, 1),
    ("init",): (3, 1),
    ("update", "--dry-run"): (2, 0),
    ("report", "--all", "--dry-run"): (2, 0),
}
"""The reads and writes of each command."""

ANSWERED = {Exit.DONE, Exit.FINDINGS}


@pytest.mark.parametrize("words", COUNTED, ids=" ".join)
def test_a_command_makes_so_many_calls(base: Shore, words: tuple[str, ...]) -> None:
    ran = base(*words)
    assert ran.code in ANSWERED, ran.err
    assert base.counts() == COUNTED[words]
    assert careful(base) == []


def careful(base: Shore) -> list[dict[str, Any]]:
    """The calls that we never make: values that are appended, parsed anew, or changed outside a batch."""
    calls = [call for call in base.calls() if call["kind"] in {"read", "write"}]
    return [
        call for call in calls
        if "append" in call["path"] or "USER_ENTERED" in call["query"] or "appendCells" in call["requests"]
        or (call["kind"] == "write" and not call["path"].endswith(":batchUpdate"))
    ]  # fmt: skip


def test_a_second_update_writes_the_line_on_start_alone(base: Shore) -> None:
    assert base("update").code == Exit.DONE
    before = base.stands()
    assert base("update").code == Exit.DONE
    reads, writes = base.counts()
    assert (reads <= 3, writes) == (True, 1)
    assert base.kinds() == {"createDeveloperMetadata": 1, "updateCells": 1}
    assert base.stands() == before


@pytest.mark.parametrize(
    ("words", "most"), [(("validate",), (3, 0)), (("report", "stages"), (3, 1)), (("update",), (4, 1))]
)
def test_formulas_cost_one_read_more_at_most(base: Shore, words: tuple[str, ...], most: tuple[int, int]) -> None:
    base.book.type("Companies!I1", ["Twice"], *(["=G2*2"] for _ in range(7)))
    assert base(*words).code in ANSWERED
    reads, writes = base.counts()
    assert reads <= most[0]
    assert writes == most[1]


def test_a_blank_sheet_becomes_a_book_in_one_write(make: Make) -> None:
    base = make({})
    assert base("init", "--lang", "en").code == Exit.DONE
    assert base.counts() == (3, 1)
    assert careful(base) == []


def test_a_list_of_somebodys_own_becomes_a_base_in_one_write(make: Make) -> None:
    own: Rows = [["Name", "Phone", "City"], ["Rose", "0113 496 0000", "Leeds"], ["Lily", None, "Hull"]]
    base = make({"Companies": own})
    assert base("init", "--lang", "en").code == Exit.DONE
    reads, writes = base.counts()
    assert (reads <= 3, writes) == (True, 1)
    assert [row[:3] for row in base.stands()["Companies"]] == own


@pytest.mark.parametrize("name", LISTS)
def test_a_strangers_list_is_answered_as_in_a_file_and_left_alone(
    make: Make, tmp_path: Path, program: Program, name: str
) -> None:
    LISTS[name](tmp_path / "made.xlsx")
    tabs = {sheet.title: plain(sheet.values) for sheet in openpyxl.load_workbook(tmp_path / "made.xlsx").worksheets}
    base, file = make(tabs), as_file(tmp_path / "list.xlsx", tabs)
    before = base.stands()
    ours, theirs = base("validate", "--format", "json"), program("validate", file, "--format", "json")
    assert (ours.code, base.counts()) == (theirs.code, (2, 0))
    assert unnamed(ours.json["list"]) == unnamed(theirs.json["list"])
    assert [{**finding, "url": ""} for finding in ours.json["findings"]] == list(theirs.json["findings"])
    assert base.stands() == before


def unnamed(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of a list, without the advice that names the book."""
    return {name: part for name, part in told.items() if name != "next"}


def plain(rows: Any) -> Sequence[Sequence[Cell]]:
    return [list(row) for row in rows]
