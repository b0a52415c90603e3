"""CDNOW, the classic customer base, gives the figures that everybody gets from it.

The sample is in `tests/data`; the whole file comes with the package lifetimes (see `benchmarks/cdnow.py`). The figures
were computed from the same files apart from sheetcrm, under the definitions of the workbook model.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.cdnow import purchases, tabs
from sheetcrm.reports.pivot import Ask, pivot
from sheetcrm.reports.question import question
from sheetcrm.reports.registry import report_called
from sheetcrm.reports.report import ReportCell
from sheetcrm.reports.show import to_json
from sheetcrm.schema.base import load
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.tables import recognise
from sheetcrm.table import Book
from sheetcrm.validators.checking import check
from sheetcrm.workbook import open_workbook
from sheetcrm.workbook.memory import MemoryWorkbook

SAMPLE = Path(__file__).parents[1] / "data" / "CDNOW_sample.txt"
END = date(1998, 6, 30)


def book_of(path: Path) -> Book:
    workbook = MemoryWorkbook(recognise)
    workbook.write((), tabs(purchases(path)), "")
    return workbook.read()


@pytest.fixture(scope="module")
def sample() -> Facts:
    return Facts(load(book_of(SAMPLE), END), END)


@pytest.fixture(scope="module")
def master_book(cdnow_master: Path) -> Book:
    return book_of(cdnow_master)


@pytest.fixture(scope="module")
def master(master_book: Book) -> Facts:
    return Facts(load(master_book, END), END)


@dataclass(frozen=True)
class Base:
    """What the facts say of a base, rounded as it was published."""

    clients: int
    purchases: int
    revenue: Decimal
    r21: tuple[int, int]
    p: tuple[float, float, float]
    queues: tuple[int, int, int]
    classes: dict[str, int]


def told(facts: Facts) -> Base:
    bought, period, rate = facts.purchases.values(), facts.period, facts.second_purchase_rate
    estimates = (period.pooled_mean or 0, period.median or 0, period.client_mean or 0)
    late = [sum(days is not None and days > 2 * p for days in facts.days_since) for p in estimates]
    return Base(
        facts.base.size("companies"),
        sum(len(one.days) for one in bought),
        sum((amount for one in bought for amount in one.amounts), Decimal()),
        (rate.second, rate.first),
        (round(estimates[0], 2), round(estimates[1], 2), round(estimates[2], 2)),
        (late[0], late[1], late[2]),
        dict(sorted(Counter(facts.abcd).items())),
    )


def test_facts_of_the_sample(sample: Facts) -> None:
    assert told(sample) == Base(
        2357,
        6696,
        Decimal("244091.94"),
        (1139, 2357),
        (70.86, 34.0, 112.12),
        (1905, 2112, 1751),
        {"A": 304, "B": 256, "C": 252, "D": 1545},
    )


def test_facts_of_all_clients(master: Facts) -> None:
    assert told(master) == Base(
        23570,
        67591,
        Decimal("2500315.63"),
        (11516, 23570),
        (72.21, 34.0, 114.42),
        (18790, 20791, 17262),
        {"A": 3080, "B": 2650, "C": 2602, "D": 15238},
    )


def test_r21_as_of_the_end_of_september(master_book: Book) -> None:
    september = date(1997, 9, 30)
    rate = Facts(load(master_book, september), september).second_purchase_rate
    assert (rate.second, rate.first) == (9451, 23570)
    assert round(rate.naive or 0, 4) == 0.4010


def figures(facts: Facts, name: str) -> dict[str, object]:
    """A report's single figures, as its JSON has them."""
    told = to_json(report_called(name).compute(question(facts)), facts.base, "en")
    found = told["figures"]
    assert isinstance(found, dict)
    return found


def rounded(found: dict[str, object], places: int, *names: str) -> list[float]:
    return [round(float(str(found[name])), places) for name in names]


def test_r05_tells_the_whole_turnover(master: Facts) -> None:
    found = figures(master, "R05")
    assert found["life_amount"] == 2500315.63
    assert found["life_purchases"] == 67591
    assert rounded(found, 4, "life_average") == [36.9918]


def test_r09_tells_the_queue_by_three_estimators_and_r21(master: Facts) -> None:
    found = figures(master, "R09")
    assert rounded(found, 2, "p_pooled_mean", "p_median", "p_client_mean") == [72.21, 34, 114.42]
    assert [found[f"queue_{name}"] for name in ("pooled_mean", "median", "client_mean")] == [18790, 20791, 17262]
    assert (found["r21_second"], found["r21_first"]) == (11516, 23570)
    assert rounded(found, 4, "r21_naive") == [0.4886]
    assert len(report_called("R09").compute(question(master)).rows) == 18790


def test_r12_tells_the_concentration_and_the_classes(master: Facts) -> None:
    found = figures(master, "R12")
    assert rounded(found, 4, "top10") == [0.0424]
    assert rounded(found, 2, "hhi") == [5.69]
    assert [found[f"clients_{one}"] for one in "ABCD"] == [3080, 2650, 2602, 15238]
    assert rounded(found, 4, "life_top10") == [0.0261]
    assert rounded(found, 2, "life_hhi") == [2.61]
    assert [found[f"life_clients_{one}"] for one in "ABCD"] == [7695, 8067, 7740, 68]


def test_r09_and_r12_of_the_sample(sample: Facts) -> None:
    queue, classes = figures(sample, "R09"), figures(sample, "R12")
    assert [queue[f"queue_{name}"] for name in ("pooled_mean", "median", "client_mean")] == [1905, 2112, 1751]
    assert [classes[f"clients_{one}"] for one in "ABCD"] == [304, 256, 252, 1545]


def test_validate_finds_nothing_in_the_sample(sample: Facts) -> None:
    assert check(sample) == []


def test_validate_finds_nothing_among_all_clients(master: Facts) -> None:
    assert check(master) == []


def test_the_dormant_are_those_in_the_queue(sample: Facts) -> None:
    assert Counter(sample.counted_stage) == {"dormant": 1905, "regular": 2357 - 1905}


def pivoted(facts: Facts, ask: Ask) -> list[list[object]]:
    rows = pivot(facts, ask)
    return [[c.figure if isinstance(c, ReportCell) else c for c in row.cells] for row in (*rows.rows, *rows.totals)]


def test_a_pivot_counts_the_cohorts(master: Facts) -> None:
    cohorts = pivoted(master, Ask(("acquisition",)))
    assert cohorts[:3] == [[date(1997, 1, 1), 7846], [date(1997, 2, 1), 8476], [date(1997, 3, 1), 7248]]


def test_a_pivot_of_every_client_keeps_every_cent(master: Facts) -> None:
    rows = pivoted(master, Ask(("company",), (), ("sum:amount", "count")))
    assert len(rows) == 23570 + 1
    assert rows[-1][1:] == [Decimal("2500315.63"), 69659]


def test_the_sample_comes_through_an_xlsx_unchanged(sample: Facts, tmp_path: Path) -> None:
    workbook = open_workbook(tmp_path / "sample.xlsx", recognise)
    workbook.write((), tabs(purchases(SAMPLE)), "")
    assert told(Facts(load(workbook.read(), END), END)) == told(sample)
