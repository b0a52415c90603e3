"""Whatever a person does between our look and our write, every record ends with its own values.

Every row and column of the grid has an identity of its own, whatever is done to it: so after the mending each cell can
be asked what it should hold. What is named as lost is the only exception.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sheetcrm.table import Cell, Change, Value, letters
from sheetcrm.workbook.google.mending import Mended, mend
from sheetcrm.workbook.place import place
from tests.unit.workbook.google.mending.people import Ghost, Grid, aimed, as_cell, grid_of, values_of

HEADER = 2
FIELDS = ("company_id", "name", "city")
ROUNDS = 3

Edit = tuple[Any, ...]


@dataclass(frozen=True)
class Plan:
    """A tab, and what is to be changed on it."""

    rows: Sequence[Sequence[Cell]]
    formulas: Sequence[tuple[int, int]]
    changes: Sequence[Change]


@st.composite
def plans(draw: st.DrawFn, ids: bool = False) -> Plan:
    """A table with or without ids, with look-alikes, blank lines, own columns and formulas; and changes of it.

    Something is left of every record that is written to: its id, or its city.
    """
    texts = st.sampled_from(["", "Lily", "Rose", "Perm"])
    size = draw(st.integers(0, 7))
    own = draw(st.sampled_from([(), ("Mine",), ("Mine", "", "Beside")]))
    rows: list[list[Cell]] = []
    for number in range(size):
        id = f"C-{number}" if ids or draw(st.booleans()) else ""
        city = draw(texts if ids else texts.filter(bool))
        rows.append([id, draw(texts), city, *(draw(texts) for _ in own)] if ids or draw(st.integers(0, 5)) else [""])
    formulas = [(HEADER + 1 + at, 3) for at in range(size) if len(rows[at]) > 3 and draw(st.integers(0, 3)) == 0]
    for row, column in formulas:
        rows[row - HEADER - 1][column] = "counted"
    head: list[list[Cell]] = [["Our clients"], ["ID", "Name", "City", *own]]
    changes = draw(changes_of(rows, ids))
    return Plan([*head, *rows], formulas, changes)


@st.composite
def changes_of(draw: st.DrawFn, rows: Sequence[Sequence[Cell]], ids: bool) -> list[Change]:
    """Ids for rows that have none, cells of records, a new column, new records."""
    values = st.one_of(st.none(), st.sampled_from(["Rose", "Perm", "ours"]))
    changes = []
    debts = draw(st.booleans())
    if debts:
        changes.append(Change("companies", None, "debt", None, "▦ Debt", HEADER))
    for number, row in enumerate(rows, HEADER + 1):
        if not any(row):
            continue
        if row[0] == "" and draw(st.booleans()):
            changes.append(Change("companies", None, "company_id", None, f"N-{number}", number))
        columns = draw(st.sets(st.sampled_from(["name", *(["city"] if ids else []), *(["debt"] if debts else [])])))
        changes += [Change("companies", None, column, None, draw(values), number) for column in sorted(columns)]
    for number in range(draw(st.integers(0, 2))):
        cells: dict[str, Value] = {"company_id": f"X-{number}", "name": draw(values), "city": "Omsk"}
        changes.append(Change("companies", None, None, None, cells))
    return changes


rows_ = st.integers(1, 10)
columns_ = st.integers(0, 5)
edits = st.one_of(
    st.tuples(st.just("sort"), st.just(HEADER), columns_),
    st.tuples(st.just("shuffle"), st.just(HEADER), st.integers(0, 99)),
    st.tuples(st.just("insert_rows"), rows_, st.integers(1, 2)),
    st.tuples(st.just("delete_row"), rows_.filter(lambda row: row != HEADER - 1)),
    st.tuples(st.just("move_row"), st.integers(HEADER, 10), st.integers(HEADER, 10)),
    st.tuples(st.just("insert_columns"), columns_, st.integers(1, 2)),
    st.tuples(st.just("delete_column"), st.integers(1, 5)),
    st.tuples(st.just("move_column"), columns_, columns_),
    st.tuples(st.just("type"), st.tuples(st.integers(HEADER + 1, 10), columns_), st.sampled_from(["typed", "Rose"])),
)
"""Something that a person does: a method of the grid and what it takes."""


moves = st.one_of(
    st.tuples(st.just("shuffle"), st.just(HEADER), st.integers(0, 99)),
    st.tuples(st.just("insert_rows"), rows_, st.integers(1, 2)),
    st.tuples(st.just("insert_columns"), columns_, st.integers(1, 2)),
    st.tuples(st.just("move_column"), columns_, columns_),
)
"""Something that a person does and that leaves every record whole."""


def do(grid: Grid, edit: Edit) -> None:
    name, *rest = edit
    getattr(grid, name)(*rest)


@dataclass
class Story:
    """What happened to a tab, and what was said to be lost."""

    grid: Grid
    meant: Mapping[Ghost, Cell]
    before: Mapping[Ghost, Cell]
    headers: Sequence[Cell]
    alike: Mapping[int, Sequence[int]]
    named: set[Ghost] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    gone_columns: set[int] = field(default_factory=set)
    lost: int = 0

    def listen(self, mended: Mended, aimed_at: Sequence[int], rows: Sequence[int], columns: Sequence[int]) -> None:
        """Note which cells and records are named."""
        self.lost += len(mended.lost)
        for message in mended.lost:
            if message.args.get("column") in self.headers:
                self.gone_columns.add(self.headers.index(message.args["column"]))
            for name, order in (("cell", rows), ("row", rows), ("record", aimed_at)):
                found = re.search(r"!([A-Z]*)(\d+)", str(message.args.get(name, "")))
                if found is None:
                    continue
                row = order[int(found[2]) - 1]
                if name != "cell":
                    self.gone.update(self.alike.get(row, [row]))
                else:
                    self.named.add((row, next(at for i, at in enumerate(columns) if letters(i) == found[1])))


def told(plan: Plan, first: Sequence[Edit], second: Sequence[Edit], inserts: bool) -> Story:
    """Look, plan, let a person edit, write by position, and mend until nothing is off."""
    grid = grid_of(plan.rows, plan.formulas)
    looked = grid.book()
    cells = [cell for edit in place(looked, plan.changes) for cell in aimed(edit, inserts)]
    filled = {row for row, cells in enumerate(plan.rows, 1) if any(cells)}
    story = Story(
        grid,
        {grid.ghost((cell.row, cell.spot[1])): as_cell(cell.value) for cell in cells if cell.row in filled},
        {ghost: as_cell(value) for ghost, value in grid.cells.items()},
        plan.rows[HEADER - 1],
        {row: [at for at, cells in enumerate(plan.rows) if cells == plan.rows[row]] for row in range(len(plan.rows))},
    )
    orders = list(grid.rows)
    for edit in first:
        do(grid, edit)
    for number in range(ROUNDS + 1):
        grid.write(cells)
        stands, rows, columns = grid.book(), list(grid.rows), list(grid.columns)
        mended = mend(cells, looked, stands)
        story.listen(mended, orders, rows, columns)
        if not mended.cells:
            return story
        for edit in second if not number else ():
            do(grid, edit)
        looked, cells, orders = stands, list(mended.cells), rows
    raise AssertionError("mending never ends")


def amiss(story: Story) -> list[tuple[Ghost, object, object]]:
    """The cells of the records that were there before which hold something else than they should.

    None, if all of them together look as they were meant to: then nobody could tell them apart.
    """
    grid = story.grid
    held = [row for row in grid.rows if row in {row for row, _ in story.before}]
    kept = [column for column in grid.columns if column in {column for _, column in story.before} - story.gone_columns]
    stand = {(row, column): as_cell(grid.cells.get((row, column))) for row in held for column in kept}
    looks = Counter(tuple(stand[row, column] for column in kept) for row in held)
    if looks == Counter(tuple(meant_for(story, (row, column)) for column in kept) for row in held):
        return []
    return [
        (ghost, cell, expected(story, ghost))
        for ghost, cell in stand.items()
        if ghost not in story.named and ghost[0] not in story.gone and cell not in expected(story, ghost)
    ]


def overwritten(story: Story) -> list[Ghost]:
    """What a person typed and our write did not cover, and which still isn't there."""
    grid = story.grid
    uncovered = ((ghost, value) for ghost, value in grid.typed.items() if ghost not in grid.covered)
    return [ghost for ghost, value in uncovered if grid.cells.get(ghost) != value]


def expected(story: Story, ghost: Ghost) -> list[Cell]:
    """What a cell may hold: what was meant for it, else what it held; what was typed, where we did not cover it.

    Records that looked alike may each hold what was meant for the other.
    """
    alike = [(row, ghost[1]) for row in story.alike.get(ghost[0], [ghost[0]])]
    own = [meant_for(story, other) for other in alike]
    if ghost in story.grid.typed:
        typed = as_cell(story.grid.typed[ghost])
        return [typed, *own, story.before.get(ghost, "")] if ghost in story.grid.covered else [typed]
    return own


def meant_for(story: Story, ghost: Ghost) -> Cell:
    """What we meant for a cell, else what it held."""
    return story.meant.get(ghost, story.before.get(ghost, ""))


def record_meant(story: Story, row: int) -> Mapping[str, Cell]:
    """A record by its headers as it should be shown."""
    added = {column: value for (at, column), value in story.meant.items() if at == HEADER - 1}
    headers = dict(enumerate(story.headers)) | added
    return {str(name): meant_for(story, (row, column)) for column, name in headers.items() if name}


def doubled(story: Story) -> list[Cell]:
    """The ids that stand on two records, none of them named."""
    grid = story.grid
    stand = Counter(
        grid.cells.get((row, 0))
        for row in grid.rows
        if (row, 0) not in story.named and (row, 0) not in grid.typed and row not in {HEADER - 1, *story.gone}
    )
    return [id for id, times in stand.items() if times > 1 and id not in ("", None)]


def new_rows(plan: Plan) -> list[Mapping[str, Value]]:
    return [change.new for change in plan.changes if change.inserts and isinstance(change.new, Mapping)]


def new_records(story: Story, plan: Plan) -> list[object]:
    """The new records that do not stand there once and whole, unless they are named."""
    found: list[object] = []
    if "ID" not in story.grid.sheet().rows[header_of(story.grid) - 1]:
        return found  # the whole column was deleted
    for new in new_rows(plan):
        stand = values_of(story.grid, header_of(story.grid), str(new["company_id"]))
        wanted = {"Name": new["name"] or "", "City": "Omsk"}
        whole = [row for row in stand if {name: row.get(name, wanted[name]) for name in wanted} == wanted]
        if len(stand) != 1 or len(whole) != 1:
            found.append((new, stand))
    return found


def header_of(grid: Grid) -> int:
    return grid.rows.index(HEADER - 1) + 1


def debts(story: Story, plan: Plan) -> list[object]:
    """The cells of the appended column that are not on their own record."""
    grid = story.grid
    found: list[object] = []
    meant = {change.row: change.new or "" for change in plan.changes if change.column == "debt"}
    header = meant.pop(HEADER, None)
    if header is None:
        return []
    rows = grid.sheet().rows
    columns = [at for at, text in enumerate(rows[header_of(grid) - 1]) if text == header]
    if story.gone_columns:
        return found  # the header that it may have covered is named, and left as it is
    if len(columns) != 1:
        return [columns]
    ghosts = {ghost: at for at, ghost in enumerate(grid.rows) if ghost not in story.gone}
    for row in (row for row in range(HEADER, len(plan.rows)) if row in ghosts):
        cell = rows[ghosts[row]][columns[0]] if ghosts[row] < len(rows) else ""
        if cell != meant.get(row + 1, "") and (row, grid.columns[columns[0]]) not in story.named:
            found.append((row, cell))
    return found


@settings(max_examples=300)
@given(plans(ids=True), st.lists(edits, max_size=1), st.booleans())
def test_records_with_ids_keep_their_own_values(plan: Plan, person: Sequence[Edit], inserts: bool) -> None:
    story = told(plan, person, (), inserts)
    assert not amiss(story)
    assert not overwritten(story)
    assert not doubled(story)
    assert not new_records(story, plan)
    assert not debts(story, plan)


@settings(max_examples=300)
@given(plans(), st.lists(edits, max_size=2))
def test_what_is_not_named_is_as_it_should_be(plan: Plan, person: Sequence[Edit]) -> None:
    # Where new records fill blank rows that stand, one that covers a row without an id may look like a deletion.
    story = told(plan, person, (), inserts=True)
    assert not amiss(story)
    assert not overwritten(story)
    assert not doubled(story)


@settings(max_examples=300)
@given(plans(ids=True), moves, moves, st.booleans())
def test_records_are_whole_when_rows_are_moved_during_the_mending_too(
    plan: Plan, first: Edit, second: Edit, inserts: bool
) -> None:
    story = told(plan, [first], [second], inserts)
    if not story.lost:
        shown = [values_of(story.grid, header_of(story.grid), str(row[0])) for row in plan.rows[HEADER:]]
        assert shown == [[record_meant(story, number)] for number in range(HEADER, len(plan.rows))]
        assert not new_records(story, plan)
