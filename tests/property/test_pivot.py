"""Laws of the pivot over any data: nothing is lost between the rows and the totals."""

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sheetcrm.reports.pivot import Ask, pivot
from sheetcrm.reports.report import Figure, Report, ReportCell, ReportRow
from sheetcrm.schema.base import load
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.tables import recognise
from sheetcrm.table import Cell, Sheet, book
from tests.books import TODAY

HEADER: list[Cell] = ["Deal ID", "Stage", "Product", "Amount", "Need date"]
Deal = tuple[Cell, Cell, Cell, Cell]

deals: st.SearchStrategy[list[Deal]] = st.lists(
    st.tuples(
        st.sampled_from(["Offer", "Agreed", "Lost", ""]),
        st.sampled_from(["Pipe", "pipe", "Sheet", ""]),
        st.one_of(st.just(""), st.decimals("0", "1000000", places=2).map(float)),
        st.sampled_from(["2026-01-31", "2026-02-01", "2025-12-31", ""]),
    ),
    min_size=1,
    max_size=12,
)


def firm(rows: list[Deal]) -> Facts:
    body = [[f"D-{number:06}", *row] for number, row in enumerate(rows, 1)]
    return Facts(load(book("b", "r", [Sheet("Deals", [HEADER, *body])], recognise)), TODAY)


def figures(report: Report, row: ReportRow) -> dict[str, Figure]:
    cells = (cell.figure if isinstance(cell, ReportCell) else cell for cell in row.cells)
    return dict(zip((column.key for column in report.columns), cells, strict=True))


def added(values: Sequence[Figure]) -> Decimal:
    return sum((Decimal(value) for value in values if isinstance(value, int | Decimal)), Decimal())


@given(deals)
def test_every_level_and_every_column_adds_up_to_the_total(rows: list[Deal]) -> None:
    report = pivot(firm(rows), Ask(("deal_stage", "product"), ("need_date:month",), ("sum:amount", "count"), "deals"))
    total = figures(report, report.totals[0])
    assert total["count"] == len(rows)
    assert added([total["sum:amount"]]) == sum(Decimal(repr(row[2])) for row in rows if row[2] != "")
    for measure in ("sum:amount", "count"):
        across = [key for key in total if key.startswith(f"{measure}@")]
        for row in (*report.rows, *report.totals):
            found = figures(report, row)
            assert added([found[key] for key in across]) == added([found[measure]])
        for level in (0, 1):
            inside = [figures(report, row)[measure] for row in report.rows if row.level == level]
            assert added(inside) == added([total[measure]])


@given(deals)
def test_averages_and_distinct_counts_of_a_total_come_from_the_rows(rows: list[Deal]) -> None:
    report = pivot(firm(rows), Ask(("deal_stage",), (), ("avg:amount", "distinct:product", "max:amount"), "deals"))
    total = figures(report, report.totals[0])
    amounts = [Decimal(repr(row[2])) for row in rows if row[2] != ""]
    assert total["distinct:product"] == len({str(row[1]).lower() for row in rows} - {""})
    assert total["avg:amount"] == (sum(amounts) / len(amounts) if amounts else None)
    assert total["max:amount"] == max(amounts, default=None)
