"""People edit a Google Sheet while sheetcrm works on it: nobody's value comes to stand on somebody else's record."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date
from typing import NamedTuple

import pytest

from sheetcrm.cli.program import run
from sheetcrm.errors import Exit
from sheetcrm.table import Cell, letters
from sheetcrm.workbook.google.wire import raw
from tests.e2e.conftest import Shored, copied
from tests.e2e.google_firm import as_file, firm
from tests.e2e.google_people import CHANGES, MOMENTS, MOVES, type_in
from tests.e2e.google_shore import Cells, Friday, Shore, lasting, standing
from tests.google.local import Served
from tests.google.sheets import fill, local_client, new_sheet

KEYS = {"Companies": ("Name",), "Deals": ("Need date",), "Activities": ("Summary",), "Tasks": ("Title", "Company")}
"""What tells the records of a table apart for whoever looks at them."""

NUMBERED = {"Company ID", "Deal ID", "Activity ID", "Task ID"}
"""Columns in which it does not matter who got which of the new numbers."""

Records = Mapping[tuple[Cell, ...], Mapping[Cell, Cell]]


class Firm(NamedTuple):
    """A firm's base that has been in use, and what an update makes of it where nobody meddles."""

    id: str
    before: Cells
    after: Cells


def in_use(updated: Cells) -> Cells:
    """The base after a day's work: a deal was settled, two firms and a talk were entered below the last ones."""
    tabs = {title: [list(row) for row in rows] for title, rows in updated.items()}
    deals, companies, activities = tabs["Deals"], tabs["Companies"], tabs["Activities"]
    deals[4][2], deals[4][9:10] = "Settled", [date(2026, 11, 10)]
    companies += [
        [None, "Iris", "Information", "Anna", "+7 912 345-67-96", "Perm", date(2026, 11, 1), "from the fair"],
        [None, "Lotus", "Information", "Boris", "+7 912 345-67-97", "Omsk", date(2026, 11, 2), "a friend of Iris"],
    ]
    activities.append([None, date(2026, 11, 19), "Call", "Lily", "Boris", "Reached", "will think about it"])
    return tabs


@pytest.fixture(scope="module")
def worked(server: Served, tmp_path_factory: pytest.TempPathFactory) -> Firm:
    folder = tmp_path_factory.mktemp("worked")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sheetcrm.cli.asked.datetime", Friday)
        typed = as_file(folder / "typed.xlsx", firm())
        assert run(["update", str(typed), "-q"]) == Exit.DONE
        before = in_use(standing(str(typed)))
        book = as_file(folder / "worked.xlsx", before)
        assert run(["update", str(book), "-q"]) == Exit.DONE
    client = local_client(server.url, folder)
    id = new_sheet(client, "Clients")
    fill(client, id, before, {}, {})
    client.close()
    return Firm(id, before, standing(str(book)))


@pytest.fixture
def base(shore: Shored, worked: Firm, served: Served) -> Shore:
    return shore(copied(served, worked.id))


def records(cells: Cells, table: str, title: str = "") -> Records:
    """The records of a table by what tells them apart; none twice."""
    stands = cells[title or table]
    header_at = next(at for at, row in enumerate(stands) if set(KEYS[table]) <= set(row))
    header = stands[header_at]
    found: dict[tuple[Cell, ...], Mapping[Cell, Cell]] = {}
    for row in stands[header_at + 1 :]:
        record: dict[Cell, Cell] = {
            name: cell for name, cell in zip(header, row, strict=False) if name is not None and cell is not None
        }
        key = tuple(record.get(name) for name in KEYS[table])
        if record:
            assert key not in found, f"{table}: {key} stands there twice"
            found[key] = record
    return found


def ghosts(stands: Cells, worked: Firm, spared: Set[Cell] = frozenset()) -> list[str]:
    """The cells that hold neither what stood on their record nor what an update computes for it, and lost records.

    A day counts as the number of it: who moves rows between the two calls that read a book may bring it to a cell that
    shows no days.
    """
    found = []
    for table in KEYS:
        now = records(stands, table, table if table in stands else "Clients")
        before, after = records(worked.before, table), records(worked.after, table)
        for key, record in now.items():
            if spared & set(record.values()):
                continue
            if key not in after:
                found.append(f"{table}: who is {key}?")
                continue
            allowed = before.get(key, {}), after[key]
            for header in (record.keys() | after[key].keys()) - NUMBERED - spared:
                if raw(record.get(header)) not in [raw(cells.get(header)) for cells in allowed]:
                    found.append(f"{table}: {key} {header}: {record.get(header)!r}")
        lost = (before[key] for key in before.keys() - now.keys())
        found += [f"{table}: {record} is lost" for record in lost if not spared & set(record.values())]
    return found


def unsettled(stands: Cells, worked: Firm) -> list[str]:
    """Where the tables are not as an undisturbed update leaves them, whatever the order of rows and columns."""
    found = []
    for table in KEYS:
        now, after = records(stands, table), records(worked.after, table)
        found += [f"{table}: {key}" for key in now.keys() ^ after.keys()]
        for key in now.keys() & after.keys():
            names = (now[key].keys() | after[key].keys()) - NUMBERED
            found += [
                f"{table}: {key} {name}" for name in names if raw(now[key].get(name)) != raw(after[key].get(name))
            ]
    return found


def numbers(stands: Cells) -> list[Cell]:
    """All ids that were given to records."""
    found = [
        record.get(name) for table in KEYS if table in stands for record in records(stands, table).values()
        for name in NUMBERED & record.keys()
    ]  # fmt: skip
    assert len(set(found)) == len(found)
    return found


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("deed", MOVES)
def test_who_moves_records_while_they_are_updated_finds_each_with_its_own(
    base: Shore, worked: Firm, deed: str, moment: str
) -> None:
    base.person(*MOVES[deed](base), **MOMENTS[moment])
    ran = base("update")
    assert ran.code == Exit.DONE, ran.err
    assert base.served.control("GET", "faults")["edits"] == []
    stands = base.stands()
    assert ghosts(stands, worked) == []
    assert base("update").code == Exit.DONE
    again = base.stands()
    assert unsettled(again, worked) == []
    assert None not in numbers(again)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("deed", CHANGES)
def test_what_somebody_changes_while_it_is_updated_stays(base: Shore, worked: Firm, deed: str, moment: str) -> None:
    act, spared = CHANGES[deed]
    base.person(*act(base), **MOMENTS[moment])
    ran = base("update")
    assert ran.code == Exit.DONE or (ran.code == Exit.BUSY and ran.err.endswith("Nothing was written. Run it again.\n"))
    assert base.served.control("GET", "faults")["edits"] == []
    assert ghosts(base.stands(), worked, spared) == []
    assert base("update").code == Exit.DONE
    once = base.stands()
    assert ghosts(once, worked, spared) == []
    assert base("update").code == Exit.DONE
    assert lasting(base.stands()) == lasting(once)


def test_what_somebody_typed_while_it_is_updated_is_there(base: Shore) -> None:
    base.person(*type_in("Companies", 2, 7, "likes tea")(base), path=":batchUpdate")
    base.person(*type_in("My notes", 4, 0, "bring cake")(base), path=":batchUpdate")
    assert base("update").code == Exit.DONE
    stands = base.stands()
    assert records(stands, "Companies")["Lily",]["My words"] == "likes tea"
    assert stands["My notes"][4] == ["bring cake"]


@pytest.mark.parametrize("words", [("tasks",), ("validate", "--tab"), ("report", "stages")], ids="-".join)
@pytest.mark.parametrize("deed", [*MOVES, *CHANGES])
def test_the_other_commands_disturb_nobody_either(base: Shore, worked: Firm, words: tuple[str, ...], deed: str) -> None:
    act, spared = (MOVES[deed], set()) if deed in MOVES else CHANGES[deed]
    base.person(*act(base), **MOMENTS["right before it writes"])
    assert base(*words).code in (Exit.DONE, Exit.FINDINGS, Exit.BUSY)
    assert ghosts(base.stands(), worked, spared) == []


def test_days_stay_days_whoever_moves_them_before_the_write(base: Shore, worked: Firm) -> None:
    base.person(*MOVES["sorts and inserts"](base), **MOMENTS["right before it writes"])
    assert base("update").code == Exit.DONE
    now, after = records(base.stands(), "Companies"), records(worked.after, "Companies")
    for name in ("Since in touch", "▦ Created on", "▦ Last contact", "▦ Last purchase"):
        assert [now[key].get(name) for key in after] == [record.get(name) for record in after.values()]


TICKED, SAID, RESULT = 0, "agreed on Tuesday", "Agreed"
"""What a manager types on his tab of tasks: in which column the tick goes, the summary, the result."""


def tick(base: Shore, manager: str = "Anna") -> str:
    """Let a manager tick the first task of a tab; its id."""
    title = f"▦ Tasks — {manager}"
    rows = base.stands()[title]
    header = next(row for row in rows if "Task ID" in row)
    line = next(at for at, row in enumerate(rows) if len(row) > 1 and str(row[1]).startswith("T-"))
    base.book.type(f"'{title}'!A{line + 1}", [True])
    for name, text in (("Summary", SAID), ("Result", RESULT)):
        base.book.type(f"'{title}'!{letters(header.index(name))}{line + 1}", [text])
    return str(rows[line][1])


@pytest.mark.parametrize("deed", ["inserts rows above", "sorts activities and tasks"])
def test_a_ticked_task_is_closed_and_its_talk_logged_once(base: Shore, deed: str) -> None:
    task = tick(base)
    base.person(*MOVES[deed](base), **MOMENTS["right before it writes"])
    assert base("tasks").code == Exit.DONE
    assert base("update").code == Exit.DONE
    assert base("tasks").code == Exit.DONE
    stands = base.stands()
    assert [record["Result"] for (said,), record in records(stands, "Activities").items() if said == SAID] == [RESULT]
    assert [record["Status"] for record in records(stands, "Tasks").values() if record["Task ID"] == task] == ["Done"]


@pytest.mark.parametrize("kind", ["429", "503-after", "drop-before"])
def test_a_write_that_breaks_off_logs_a_talk_once_too(base: Shore, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sheetcrm.workbook.google.batches.LARGEST", 30_000)
    task = tick(base)
    for _ in range(9):
        base.fault(kind, path="/spreadsheets/", skip=4, times=None)
        code = base("tasks").code
        base.calm()
        if code == Exit.DONE:
            break
    stands = base.stands()
    assert [record["Result"] for (said,), record in records(stands, "Activities").items() if said == SAID] == [RESULT]
    assert [record["Status"] for record in records(stands, "Tasks").values() if record["Task ID"] == task] == ["Done"]
