"""After many deals came and some went, everything in the book covers the deals, and nobody's formula means another."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
import python_calamine

from sheetcrm.schema.tables import recognise
from sheetcrm.table import Change
from sheetcrm.workbook.xlsx import Patch, XlsxWorkbook
from tests.e2e.deals_book import (
    FIRST,
    KINDS,
    LAST,
    POINTED,
    WRONG,
    Deal,
    deal,
    doubled,
    ending_at,
    followers,
    made,
    sums,
)
from tests.lossless.cells import cells_of, child, rows_of
from tests.lossless.faults import faults
from tests.lossless.opened import opened, text_in

Deals = dict[int, Deal]
Work = Callable[[Path], None]

NEW = [deal(number) for number in range(101, 151)]
LATER = [deal(number) for number in range(201, 209)]


def patch(path: Path) -> None:
    """Fifty deals come and ten go, through the editor."""
    with Patch(path) as book:
        for row in (40, 41):
            book.clear("Deals", row)
        rows = [book.append("Deals", dict(zip("ABCDE", new, strict=True))) for new in NEW]
        for row in (5, 17, 6, 18, 30, *sorted(rows)[-3:]):
            book.clear("Deals", row)
        book.save(path)


def patch_again(path: Path) -> None:
    """Two more go and eight come: they take the rows that are free."""
    with Patch(path) as book:
        for row in (12, 13):
            book.clear("Deals", row)
        book.save(path)
        for new in LATER:
            book.append("Deals", dict(zip("ABCDE", new, strict=True)))
        book.save(path)


def change(path: Path) -> None:
    """The same through the adapter."""
    _change(path, gone=[deal(40)[0], deal(41)[0]])
    _change(path, new=NEW)
    _change(path, gone=[*(deal(row)[0] for row in (5, 17, 6, 18, 30)), *(new[0] for new in NEW[-3:])])


def change_again(path: Path) -> None:
    """The same through the adapter."""
    _change(path, gone=[deal(12)[0], deal(13)[0]], new=LATER)


def _change(path: Path, gone: Sequence[str] = (), new: Sequence[Deal] = ()) -> None:
    workbook = XlsxWorkbook(path, recognise)
    codes = ("deal_id", "company", "stage", "manager", "amount")
    deletes = [Change("deals", id, None, {}, None) for id in gone]
    inserts = [Change("deals", None, None, None, dict(zip(codes, values, strict=True))) for values in new]
    workbook.write([*deletes, *inserts], (), workbook.read().revision)


WORKS: Mapping[str, Sequence[Work]] = {"patch": (patch, patch_again), "changes": (change, change_again)}
CASES = [(kind, by, times) for kind in KINDS for by in WORKS for times in (1, 2)]
Worked = Mapping[tuple[str, str, int], Path]


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Worked:
    """Every kind of book after every work, once and twice."""
    folder = tmp_path_factory.mktemp("worked")
    found = {}
    for number, (kind, by, times) in enumerate(CASES):
        path = folder / f"{number}.xlsx"
        path.write_bytes(made(kind))
        for work in WORKS[by][:times]:
            work(path)
        found[kind, by, times] = path
    return found


def standing(path: Path) -> Deals:
    """The deals that stand in the book, by row."""
    rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name("Deals").to_python()
    cells = {number: row[:5] for number, row in enumerate(rows, 1)}
    return {
        number: (str(a), str(b), str(c), str(d), int(str(e).partition(".")[0]))
        for number, (a, b, c, d, e) in cells.items()
        if str(a).startswith("D-")
    }


def end(path: Path, kind: str) -> int:
    """The last row of the list: blank rows above a row of totals stay."""
    if kind != "table with totals":
        return max(standing(path))
    rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name("Deals").to_python()
    return [row[0] for row in rows].index("All")


def left(times: int) -> list[Deal]:
    """The deals that there should be."""
    gone = {5, 6, 17, 18, 30, 40, 41} | ({12, 13} if times > 1 else set())
    old = [deal(row) for row in range(FIRST, LAST + 1) if row not in gone]
    return sorted([*old, *NEW[:-3], *(LATER if times > 1 else [])])


def shown(path: Path, address: str) -> str | None:
    """The value that a formula on the board has, None where it is to be calculated anew."""
    book = opened(path.read_bytes())
    value = child(dict(cells_of(rows_of(book, "xl/worksheets/sheet2.xml")))[address], "v")
    return None if value is None else text_in(value)


@pytest.mark.parametrize(("kind", "by", "times"), CASES)
def test_every_deal_is_there_and_nobody_moved(worked: Worked, kind: str, by: str, times: int) -> None:
    deals = standing(worked[kind, by, times])
    assert sorted(deals.values()) == left(times)
    assert all(row not in deals or deals[row] == deal(row) for row in POINTED)
    assert all(deals[row] == deal(row) for row in range(FIRST, LAST + 1) if deal(row) in deals.values())


@pytest.mark.parametrize(("kind", "by", "times"), CASES)
def test_everything_covers_exactly_the_deals(worked: Worked, kind: str, by: str, times: int) -> None:
    path = worked[kind, by, times]
    assert followers(path.read_bytes()) == ending_at(end(path, kind))[kind]
    assert list(faults(opened(path.read_bytes()))) == []


def test_every_kind_of_follower_is_looked_at() -> None:
    found = [followers(made(kind)) for kind in KINDS]
    assert all(any(of_kind[what] for of_kind in found) for what in found[0])
    assert all(found[0][what] for what in found[0].keys() - {"Excel table"})


@pytest.mark.parametrize("kind", KINDS)
def test_free_rows_are_taken_and_those_that_somebody_means_are_not(worked: Worked, kind: str) -> None:
    once, twice = worked[kind, "patch", 1], worked[kind, "patch", 2]
    after, bottom = standing(twice), max(standing(once))
    # Blank rows of a plain list may separate its parts: only those that the same editor cleared are free.
    free = {13} if kind == "list" else {5, 6, 13, 18}
    assert {row for row in after if after[row] in LATER and row <= bottom} == free
    assert not {12, 17, 30, 41} & after.keys()
    assert end(twice, kind) == bottom + len(LATER) - len(free)


@pytest.mark.parametrize(("kind", "by", "times"), CASES)
def test_the_column_of_formulas_reaches_the_last_deal(worked: Worked, kind: str, by: str, times: int) -> None:
    path = worked[kind, by, times]
    cells = dict(cells_of(rows_of(opened(path.read_bytes()), "xl/worksheets/sheet1.xml")))
    for row in standing(path):
        formula = child(cells[f"G{row}"], "f")
        assert formula is not None, row
        assert text_in(formula) == doubled(kind, row)


@pytest.mark.parametrize(("kind", "by", "times"), CASES)
def test_only_what_depends_on_the_deals_is_calculated_anew(worked: Worked, kind: str, by: str, times: int) -> None:
    path = worked[kind, by, times]
    assert {shown(path, f"B{row}") for row in range(1, len(sums(kind)) + 1) if row != 7} == {None}
    assert [shown(path, address) for address in ("H1", "H2")] == [str(WRONG)] * 2
    assert shown(path, "E23") == "Client 22"
    assert shown(path, "E18") is None


@pytest.fixture(scope="module")
def calculated(soffice: str, worked: Worked, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every tab of every book as LibreOffice shows it, in one run."""
    folder = tmp_path_factory.mktemp("calculated")
    every_tab = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [soffice, profile, "--headless", "--convert-to", every_tab, "--outdir", str(folder / "out")]
    subprocess.run([*command, *map(str, worked.values())], check=True, capture_output=True, timeout=300)
    return folder / "out"


@pytest.mark.parametrize(("kind", "by", "times"), CASES)
def test_libreoffice_comes_to_our_sums(worked: Worked, calculated: Path, kind: str, by: str, times: int) -> None:
    board = _csv(calculated / f"{worked[kind, by, times].stem}-Board.csv")
    deals = left(times)
    total = sum(amount for *_, amount in deals)
    settled = sum(stage == "Settled" for _, _, stage, _, _ in deals)
    wanted = {
        "sum": total,
        "sumifs": sum(amount for _, _, _, manager, amount in deals if manager == "Anna"),
        "countif": settled,
        "column": total * (2 if kind == "table with totals" else 1),
        "name": total,
        "doubled": total * 2,
        "lookup": deal(22)[-1],
        "chained": total + settled,
        "structured": total,
        "own": total * 2,
    }
    assert {row[0]: float(row[1]) for row in board[: len(sums(kind))]} == {name: wanted[name] for name in sums(kind)}
    assert [board[0][7], board[1][7]] == [str(WRONG)] * 2


@pytest.mark.parametrize(("kind", "by", "times"), CASES)
def test_who_points_at_a_client_is_shown_that_client_or_nobody(
    worked: Worked, calculated: Path, kind: str, by: str, times: int
) -> None:
    board = _csv(calculated / f"{worked[kind, by, times].stem}-Board.csv")
    there = {deal[1] for deal in left(times)}
    for row in POINTED:
        assert board[row][4] == (f"Client {row}" if f"Client {row}" in there else "0"), row


def test_the_row_of_totals_stands_below_the_last_deal(worked: Worked, calculated: Path) -> None:
    for (kind, _, times), path in worked.items():
        if kind == "table with totals":
            rows = _csv(calculated / f"{path.stem}-Deals.csv")
            assert (rows[-1][0], float(rows[-1][4])) == ("All", sum(amount for *_, amount in left(times)))
            assert len(rows) == end(path, kind) + 1


def _csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))
