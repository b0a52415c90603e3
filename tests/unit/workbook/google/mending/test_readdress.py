"""A person edited the book after changes were planned on it, and before they are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sheetcrm.table import Cell, Change, Sheet, book
from sheetcrm.text import say
from sheetcrm.workbook.edited import edited
from sheetcrm.workbook.google.mending import readdress
from sheetcrm.workbook.place import place
from tests.contract.test_workbook import recognise
from tests.unit.workbook.google.mending.people import Grid, grid_of

CLIENTS = [
    ["ID", "Name", "City"],
    ["C-1", "Daisy", "Perm"],
    ["", "Lily", "Omsk"],
    ["C-3", "Rose", "Tver"],
]


def cell(row: int | None, column: str, new: str | None, id: str | None = None) -> Change:
    return Change("companies", id, column, None, new, row)


def new_client(id: str, name: str) -> Change:
    return Change("companies", None, None, None, {"company_id": id, "name": name})


STAMP = cell(3, "company_id", "C-7")


def outcome(changes: Sequence[Change], person: Callable[[Grid], object]) -> tuple[list[str], list[str]]:
    """The rows after the write, and what was skipped."""
    grid = grid_of(CLIENTS)
    before = grid.book()
    person(grid)
    now = grid.book()
    found = readdress(changes, before, now)
    sheet = now.sheets[0]
    for edit in place(now, found.changes):
        sheet = edited(sheet, edit)
    return ["|".join(map(str, row)).rstrip("|") for row in sheet.rows], [say(text, "en") for text in found.skipped]


def test_an_id_follows_its_client_through_a_sort() -> None:
    rows, skipped = outcome([STAMP], lambda grid: grid.sort(1, by=2))
    assert rows[1:] == ["C-7|Lily|Omsk", "C-1|Daisy|Perm", "C-3|Rose|Tver"]
    assert not skipped


def test_a_value_follows_its_client_and_its_column() -> None:
    def person(grid: Grid) -> None:
        grid.insert_rows(0, 2)
        grid.move_column(2, 0)

    rows, skipped = outcome([cell(None, "city", "Tomsk", id="C-3"), cell(2, "name", "Dahlia")], person)
    assert rows[2:] == ["City|ID|Name", "Perm|C-1|Dahlia", "Omsk||Lily", "Tomsk|C-3|Rose"]
    assert not skipped


def test_what_somebody_typed_meanwhile_is_left_and_named() -> None:
    rows, skipped = outcome([cell(2, "city", "Tomsk")], lambda grid: grid.type((2, 2), "Ufa"))
    assert rows[1] == "C-1|Daisy|Ufa"
    assert skipped == ["Companies!C2 was changed by somebody meanwhile and stays so; “Tomsk” was not written."]


def test_a_deleted_client_is_named_once() -> None:
    rows, skipped = outcome([cell(2, "city", "Tomsk"), cell(2, "name", "Dahlia")], lambda grid: grid.delete_row(1))
    assert rows[1:] == ["|Lily|Omsk", "C-3|Rose|Tver"]
    assert skipped == ["C-1 (Companies!2) is not to be found any more: nothing was written to it."]


def test_a_deleted_column_is_named() -> None:
    rows, skipped = outcome([cell(2, "city", "Tomsk"), STAMP], lambda grid: grid.delete_column(2))
    assert rows[1:] == ["C-1|Daisy", "C-7|Lily", "C-3|Rose"]
    assert skipped == ["Tab Companies has no column City any more; “Tomsk” was not written."]


def test_clients_that_look_alike_now_are_not_guessed() -> None:
    def person(grid: Grid) -> None:
        grid.insert_rows(1)
        grid.type((2, 1), "Lily")
        grid.type((2, 2), "Omsk")

    rows, skipped = outcome([STAMP], person)
    assert "C-7" not in "".join(rows)
    assert skipped == ["Companies!3 is not to be found any more: nothing was written to it."]


def test_a_new_client_stays_and_goes_below_the_last() -> None:
    rows, skipped = outcome([new_client("C-9", "Fern")], lambda grid: grid.insert_rows(1))
    assert rows[-1] == "C-9|Fern"
    assert not skipped


def test_a_new_client_that_somebody_entered_meanwhile_is_not_doubled() -> None:
    def person(grid: Grid) -> None:
        for column, value in enumerate(["C-9", "Fern", "Kazan"]):
            grid.type((5, column), value)

    rows, skipped = outcome([new_client("C-9", "Fern"), cell(None, "city", "Tomsk", id="C-9")], person)
    assert rows[4:] == ["C-9|Fern|Kazan"]
    assert len(skipped) == 1
    assert "Companies!5" in skipped[0]


def test_the_same_client_entered_without_an_id_is_not_doubled() -> None:
    rows, skipped = outcome(
        [Change("companies", None, None, None, {"name": "Fern"})], lambda grid: grid.type((5, 1), "Fern")
    )
    assert rows[4:] == ["|Fern"]
    assert skipped == ["Companies!5 was entered by somebody meanwhile: the same record was not added again."]


def test_an_id_that_somebody_gave_away_meanwhile_is_given_to_no_second_client() -> None:
    rows, skipped = outcome([STAMP], lambda grid: grid.type((5, 0), "C-7"))
    assert rows[2] == "|Lily|Omsk"
    assert len(skipped) == 1


def test_a_new_column_is_added_unless_somebody_has_added_it() -> None:
    changes = [Change("companies", None, "debt", None, "▦ Debt", 1), cell(2, "debt", "10")]
    assert outcome(changes, lambda grid: grid.insert_rows(0))[0][1:3] == ["ID|Name|City|▦ Debt", "C-1|Daisy|Perm|10"]
    assert outcome(changes, lambda grid: grid.type((1, 3), "▦ Debt"))[0][:2] == [
        "ID|Name|City|▦ Debt", "C-1|Daisy|Perm|10",
    ]  # fmt: skip


def test_a_client_that_somebody_worked_on_is_not_deleted() -> None:
    delete = Change("companies", "C-3", None, {"name": "Rose"}, None)
    rows, skipped = outcome([delete], lambda grid: grid.type((4, 2), "Ufa"))
    assert rows[3] == "C-3|Rose|Ufa"
    assert len(skipped) == 1
    rows, skipped = outcome([delete], lambda grid: grid.sort(1, by=2))
    assert "Rose" not in "".join(rows)
    assert not skipped


def test_a_cell_outside_the_tables_is_set_where_nobody_changed_it() -> None:
    def start(*cells: Cell) -> Sheet:
        return Sheet("Start", [[cell] for cell in cells])

    change = Change("Start", None, "A", "updated yesterday", "updated today", 2)
    before = book("Clients", "r1", [start("Hello", "updated yesterday")], recognise)
    for now, kept in ((start("Hi", "updated yesterday"), 1), (start("", "Hello", "updated yesterday"), 0)):
        found = readdress([change], before, book("Clients", "r2", [now], recognise))
        assert len(found.changes) == kept
        assert len(found.skipped) == 1 - kept
    gone = readdress([change], before, book("Clients", "r2", [], recognise))
    assert [say(text, "en") for text in gone.skipped] == ["Clients has no tab Start any more."]


def test_changes_of_a_table_that_is_gone_are_named() -> None:
    before = grid_of(CLIENTS).book()
    found = readdress([STAMP], before, book("Clients", "r2", [], recognise))
    assert not found.changes
    assert len(found.skipped) == 1
