"""Laws of the native pivot over any data: whoever counts its flat table as it says comes to the figures it shows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sheetcrm.reports.native import check_native, native_tabs
from sheetcrm.reports.pivot import Ask, counting, told
from sheetcrm.schema.base import load
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.tables import recognise
from sheetcrm.tab import Item, PivotValue, Shown, Tab
from sheetcrm.table import Cell, Sheet, Value, book
from tests.books import TODAY

HEADER: list[Cell] = ["Deal ID", "Stage", "Product", "Amount", "Need date", "Need qty"]
Row = Sequence[Value]

deals: st.SearchStrategy[list[tuple[Cell, ...]]] = st.lists(
    st.tuples(
        st.sampled_from(["Offer", "Agreed", "Lost", ""]),
        st.sampled_from(["Pipe", "pipe", "Sheet", "(blank)", "'=1", ""]),
        st.one_of(st.just(""), st.decimals("0", "1000000", places=2).map(float)),
        st.sampled_from(["2026-01-31", "2026-02-01", "2025-12-31", ""]),
        st.one_of(st.just(""), st.sampled_from([1.0, 2.0, 10.0])),
    ),
    min_size=1,
    max_size=10,
)
dimensions = st.sampled_from(["deal_stage", "product", "need_date:month", "need_qty"])
figures = st.lists(
    st.sampled_from(["count", "count:product", "sum:amount", "avg:amount", "min:amount", "max:need_qty", "share"]),
    min_size=1,
    max_size=3,
    unique=True,
)


@given(
    deals,
    st.lists(dimensions, min_size=1, max_size=2, unique=True),
    st.lists(dimensions, max_size=2, unique=True),
    figures,
)
def test_the_flat_table_counted_as_the_pivot_says_comes_to_the_figures_that_are_shown(
    rows: list[tuple[Cell, ...]], down: list[str], across: list[str], values: list[str]
) -> None:
    across = [word for word in across if word not in down]
    question = counting(firm(rows), Ask(tuple(down), tuple(across), tuple(values), "deals"))
    check_native(question)
    shown, data = native_tabs(question, told(question), "en")
    assert shown.pivot is not None
    labels = len(shown.pivot.rows)
    body = [plain_values(row.values) for row in shown.rows[shown.pivot.heads - 1 :]]
    assert body == [[*blank(line[:labels]), *line[labels:]] for line in counted(shown, data)]


def firm(rows: list[tuple[Cell, ...]]) -> Facts:
    body = [[f"D-{number:06}", *row] for number, row in enumerate(rows, 1)]
    return Facts(load(book("b", "r", [Sheet("Deals", [HEADER, *body])], recognise)), TODAY)


def plain_values(items: Sequence[Item]) -> list[Value]:
    return [item.value if isinstance(item, Shown) else item for item in items]


def blank(heads: Row) -> list[Value]:
    """The names of a row as its line shows them: the innermost alone."""
    last = max(at for at, head in enumerate(heads) if head is not None)
    return [head if at == last else None for at, head in enumerate(heads)]


def counted(shown: Tab, data: Tab) -> Iterator[list[Value]]:
    """The lines of a pivot, counted by somebody who knows only what it says."""
    pivot = shown.pivot
    assert pivot is not None
    rows = [plain_values(row.values) for row in data.rows]
    down, across = ([field.column for field in side] for side in (pivot.rows, pivot.columns))
    order = {field.column: field.items.index for field in (*pivot.rows, *pivot.columns)}
    columns = sorted({key(row, across, order) for row in rows}) if across else []
    prefixes = sorted({key(row, down, order)[:depth] for row in rows for depth in range(1, len(down) + 1)})
    for prefix in [*prefixes, ()]:
        mine = [row for row in rows if key(row, down, order)[: len(prefix)] == prefix]
        names: list[Value] = [pivot.rows[at].items[number] for at, number in enumerate(prefix)]
        heads = [*(names or [pivot.total]), *[None] * len(down)][: len(down)]
        parts = [[row for row in mine if key(row, across, order) == column] for column in columns]
        yield [*heads, *(figure(value, part, rows) for part in [*parts, mine] for value in pivot.values)]


def key(row: Row, columns: Sequence[int], order: Mapping[int, Callable[[Value], int]]) -> tuple[int, ...]:
    return tuple(order[column](row[column]) for column in columns)


def figure(value: PivotValue, part: Sequence[Row], whole: Sequence[Row]) -> Value:
    filled = [row[value.column] for row in part if row[value.column] is not None]
    numbers = [Decimal(cell) for cell in filled if isinstance(cell, int | Decimal)]
    if not part or (not numbers and value.function != "count"):
        return None
    if value.share:
        return Decimal(f"{len(part) / len(whole):.15g}")
    match value.function:
        case "count":
            return len(filled)
        case "sum":
            return sum(numbers, Decimal())
        case "average":
            return sum(numbers, Decimal()) / len(numbers)
        case "min":
            return min(numbers)
        case "max":
            return max(numbers)
