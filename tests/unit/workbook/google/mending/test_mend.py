"""A person moves things between our last look and our write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sheetcrm.table import Book, Cell, Change, Sheet, book
from sheetcrm.text import say
from sheetcrm.workbook.google.mending import Aimed, Mended, mend
from sheetcrm.workbook.place import place
from tests.contract.test_workbook import recognise
from tests.unit.workbook.google.mending.people import Grid, aimed, grid_of

CLIENTS = [
    ["Our clients"],
    ["ID", "Name", "City"],
    ["C-1", "Daisy", "Perm"],
    ["", "Lily", "Omsk"],
    ["C-3", "Rose", "Tver"],
    ["", "Iris", "Kazan"],
]


def cell(row: int, column: str, new: str | None) -> Change:
    return Change("companies", None, column, None, new, row)


def new_client(id: str, name: str) -> Change:
    return Change("companies", None, None, None, {"company_id": id, "name": name})


def written(
    changes: Sequence[Change],
    person: Callable[[Grid], object],
    rows: Sequence[Sequence[Cell]] = CLIENTS,
    inserts: bool = True,
) -> tuple[Grid, Mended]:
    """The grid after a person's edit, our write and one round of mending; and what was to be mended."""
    grid = grid_of(rows)
    before = grid.book()
    cells = [cell for edit in place(before, changes) for cell in aimed(edit, inserts)]
    person(grid)
    grid.write(cells)
    mended = mend(cells, before, grid.book())
    grid.write(mended.cells)
    return grid, mended


def lines(grid: Grid) -> list[str]:
    return ["|".join(map(str, row)).rstrip("|") for row in grid.sheet().rows[1:]]


def told(mended: Mended) -> list[str]:
    return [say(message, "en") for message in mended.lost]


STAMPS = [cell(4, "company_id", "C-7"), cell(6, "company_id", "C-8")]


def test_nothing_is_off_where_nobody_did_anything() -> None:
    grid, mended = written([*STAMPS, cell(3, "city", "Tomsk"), new_client("C-9", "Fern")], lambda grid: None)
    assert not mended
    assert lines(grid)[-1] == "C-9|Fern"


def test_ids_follow_their_clients_through_a_sort() -> None:
    grid, mended = written(STAMPS, lambda grid: grid.sort(2, by=1))
    assert lines(grid) == ["ID|Name|City", "C-1|Daisy|Perm", "C-8|Iris|Kazan", "C-7|Lily|Omsk", "C-3|Rose|Tver"]
    assert not mended.lost


def test_ids_follow_their_clients_when_a_row_is_inserted_above() -> None:
    grid, mended = written(STAMPS, lambda grid: grid.insert_rows(2))
    assert lines(grid) == ["ID|Name|City", "", "C-1|Daisy|Perm", "C-7|Lily|Omsk", "C-3|Rose|Tver", "C-8|Iris|Kazan"]
    assert not mended.lost


def test_a_deleted_client_is_named_and_its_id_stays_on_nobody() -> None:
    grid, mended = written(STAMPS, lambda grid: grid.delete_row(3))
    assert lines(grid) == ["ID|Name|City", "C-1|Daisy|Perm", "C-3|Rose|Tver", "C-8|Iris|Kazan"]
    assert told(mended) == ["Companies!4 is not to be found any more; not written: C-7."]


def test_values_follow_a_moved_column() -> None:
    grid, mended = written([cell(3, "city", "Tomsk"), new_client("C-9", "Fern")], lambda grid: grid.move_column(2, 0))
    assert lines(grid) == [
        "City|ID|Name", "Tomsk|C-1|Daisy", "Omsk||Lily", "Tver|C-3|Rose", "Kazan||Iris", "|C-9|Fern",
    ]  # fmt: skip
    assert not mended.lost


def test_a_deleted_column_is_named_and_others_keep_their_own() -> None:
    grid, mended = written([cell(3, "city", "Tomsk"), cell(3, "name", "Dahlia")], lambda grid: grid.delete_column(1))
    assert lines(grid) == ["ID|City", "C-1|Tomsk", "|Omsk", "C-3|Tver", "|Kazan"]
    assert told(mended) == ["Tab Companies has no column Name any more; “Dahlia” was not written."]


def test_an_appended_column_leaves_the_one_that_it_covered() -> None:
    changes = [Change("companies", None, "debt", None, "▦ Debt", 2), cell(3, "debt", "10"), cell(5, "debt", "20")]
    grid, mended = written(changes, lambda grid: grid.insert_columns(1))
    assert lines(grid) == [
        "ID||Name|City|▦ Debt", "C-1||Daisy|Perm|10", "||Lily|Omsk", "C-3||Rose|Tver|20", "||Iris|Kazan",
    ]  # fmt: skip
    assert not mended.lost


def test_what_somebody_typed_beside_our_values_stays() -> None:
    def person(grid: Grid) -> None:
        grid.sort(2, by=1)
        grid.type((3, 2), "Ufa")

    grid, mended = written([cell(3, "name", "Dahlia"), cell(5, "name", "Rosa")], person)
    assert lines(grid)[1:] == ["C-1|Dahlia|Ufa", "|Iris|Kazan", "|Lily|Omsk", "C-3|Rosa|Tver"]
    assert not mended.lost


def test_a_cell_that_somebody_changed_in_the_meantime_is_left_and_named() -> None:
    def person(grid: Grid) -> None:
        grid.type((3, 2), "Ufa")
        grid.insert_rows(2)

    grid, mended = written([cell(3, "city", "Tomsk")], person)
    assert lines(grid)[2] == "C-1|Daisy|Ufa"
    assert told(mended) == ["Companies!C4 was changed by somebody meanwhile and stays so; “Tomsk” was not written."]


def test_clients_that_look_alike_are_named_and_not_guessed() -> None:
    rows = [*CLIENTS[:2], ["C-1", "Rose", "Tver"], ["", "Lily", "Omsk"], ["C-2", "Daisy", "Perm"], ["", "Lily", "Omsk"]]
    stamps = [cell(4, "company_id", "C-7"), cell(6, "company_id", "C-8")]
    grid, mended = written(stamps, lambda grid: grid.sort(2, by=1), rows)
    assert lines(grid)[1] == "C-2|Daisy|Perm"
    assert sorted(line for line in lines(grid) if "Rose" in line) == ["C-1|Rose|Tver"]
    assert len(told(mended)) >= 2
    assert all("Companies!" in text for text in told(mended))


def test_a_new_client_written_into_a_blank_row_leaves_the_one_that_it_covered() -> None:
    grid, mended = written([new_client("C-9", "Fern")], lambda grid: grid.insert_rows(2), inserts=False)
    assert lines(grid)[2:] == ["C-1|Daisy|Perm", "|Lily|Omsk", "C-3|Rose|Tver", "|Iris|Kazan", "C-9|Fern"]
    assert not mended.lost


def test_a_deletion_that_fell_on_another_client_is_taken_back() -> None:
    delete = Change("companies", None, None, {"name": "Daisy"}, None, 3)
    grid, mended = written([delete], lambda grid: grid.insert_rows(2))
    assert lines(grid) == ["ID|Name|City", "", "", "|Lily|Omsk", "C-3|Rose|Tver", "|Iris|Kazan"]
    assert not mended.lost


def test_a_covered_formula_is_named_and_its_last_value_put_back() -> None:
    grid = grid_of([*CLIENTS[:2], ["C-1", "Daisy", "Perm"], ["C-2", "Lily", "counted"]], formulas=[(4, 2)])
    before = grid.book()
    cells = [Aimed("Companies", (3, 2), "Tomsk", 3)]
    grid.shuffle(2, seed=2)
    grid.write(cells)
    mended = mend(cells, before, grid.book())
    grid.write(mended.cells)
    assert sorted(lines(grid)[1:]) == ["C-1|Daisy|Tomsk", "C-2|Lily|counted"]
    assert len(mended.lost) == 1
    assert "Companies!C3 held a formula" in told(mended)[0]


def test_ids_that_were_sorted_after_the_write_are_known_where_they_stand() -> None:
    grid = grid_of(CLIENTS)
    before = grid.book()
    cells = [cell for edit in place(before, STAMPS) for cell in aimed(edit, inserts=True)]
    grid.insert_rows(2)
    grid.write(cells)
    grid.sort(3, by=1)
    grid.write(mend(cells, before, grid.book()).cells)
    assert sorted(lines(grid))[-5:] == [
        "C-1|Daisy|Perm", "C-3|Rose|Tver", "C-7|Lily|Omsk", "C-8|Iris|Kazan", "ID|Name|City",
    ]  # fmt: skip


def start(*rows: Sequence[Cell], title: str = "Start") -> Book:
    return book("Clients", "r1", [Sheet(title, list(rows))], recognise)


def test_a_line_outside_the_tables_goes_where_it_belongs() -> None:
    before = start(["Book", "Clients"], ["State", "yesterday"], ["Help", "…"])
    after = start(["", ""], ["Book", "today"], ["State", "yesterday"], ["Help", "…"])
    mended = mend([Aimed("Start", (2, 1), "today", 2)], before, after)
    assert [(cell.spot, cell.value) for cell in mended.cells] == [((2, 1), "Clients"), ((3, 1), "today")]
    assert not mended.lost


def test_a_line_that_was_covered_whole_is_named_with_what_it_held() -> None:
    mended = mend([Aimed("Start", (2, 0), "today", 2)], start(["Hello"], ["old"]), start([""], ["today"], ["old"]))
    assert [(cell.spot, cell.value) for cell in mended.cells] == [((3, 0), "today")]
    assert told(mended)[1:] == ["Start!1 is not to be found any more; our write may have covered it. It held: Hello."]


def test_a_tab_that_was_deleted_after_the_write_is_named() -> None:
    mended = mend([Aimed("Start", (2, 0), "today", 2)], start(["Hello"], ["old"]), start(["x"], title="Other"))
    assert told(mended) == ["Tab Start was deleted meanwhile, with 1 value that was just written."]


def test_a_renamed_table_is_still_the_same() -> None:
    grid = grid_of(CLIENTS)
    before = grid.book()
    cells = [Aimed("Companies", (3, 2), "Tomsk", 3)]
    grid.insert_rows(2)
    grid.write(cells)
    renamed = book("Clients", "r2", [replace(grid.sheet(), title="Firms")], recognise)
    assert {cell.title for cell in mend(cells, before, renamed).cells} == {"Firms"}
