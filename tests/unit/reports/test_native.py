"""A native pivot: its flat table, what it counts, and how its tab shows what it comes to."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from sheetcrm.errors import UsageError
from sheetcrm.reports.native import check_native, native_tabs, table_name
from sheetcrm.reports.pivot import Ask, counting, told
from sheetcrm.schema.facts import Facts
from sheetcrm.tab import Format, Item, Look, PivotField, PivotValue, Shown, Tab
from sheetcrm.table import Value
from sheetcrm.text import Lang, say, show
from tests.books import facts_of

FIRM = facts_of(
    {
        "Companies": """
        Company ID | Name   | City | Manager
        C-000001   | Rose   | Perm | Anna
        C-000002   | Lily   | Omsk | Boris
        C-000003   | Rose   | Ufa  | Boris
        """,
        "Deals": """
        Deal ID  | Company     | Stage  | Product | Amount  | Need date  | Need qty
        D-000001 | Rose (Perm) | Agreed | Pipe    | 1200.50 | 2026-09-05 | 2
        D-000002 | Rose (Perm) | Offer  | Sheet   | 800     | 2026-11-05 | 2
        D-000003 | Lily        | Offer  | Pipe    | 99.99   | 2026-11-06 | 30
        ""       | Rose (Ufa)  | Lost   |         |         | 2026-11-07 |
        D-000005 | Rose (Ufa)  | Need   | pipe    | 500     |            | 1
        """,
    }
)


def tabs(ask: Ask, where: str = "", lang: Lang = "en", firm: Facts = FIRM) -> tuple[Tab, Tab]:
    """The tab of the pivot, and that of its data."""
    question = counting(firm, ask, where)
    check_native(question)
    return native_tabs(question, told(question), lang)


def plain(item: Item) -> Value:
    return item.value if isinstance(item, Shown) else item


def lines(tab: Tab) -> list[str]:
    """The header and the body as people read them."""
    rows: list[Sequence[Item]] = [[column.header for column in tab.columns], *(row.values for row in tab.rows)]
    return [" | ".join(show(plain(item), "en") for item in row) for row in rows]


def column(tab: Tab, header: str) -> list[Value]:
    at = [column.header for column in tab.columns].index(header)
    return [plain(row.values[at]) for row in tab.rows]


def test_the_data_has_a_row_for_each_row_that_counts() -> None:
    _, data = tabs(Ask(("manager",), of="deals"), "product = Pipe")
    assert column(data, "Deal ID") == ["D-000001", "D-000003", "D-000005"]


def test_a_row_without_an_id_is_counted_too() -> None:
    pivot, data = tabs(Ask(("manager",), of="deals"))
    assert column(data, "Deal ID")[3] == "#5"
    assert lines(pivot)[-1] == "Total | 5"


def test_the_data_holds_what_is_asked_for_first_and_then_what_may_be_pulled_in() -> None:
    _, data = tabs(Ask(("manager",), ("need_date:month",), ("sum:need_qty",)))
    headers = [column.header for column in data.columns]
    assert headers[:4] == ["Deal ID", "Manager", "Need date, month", "Need date"]
    assert {"Company", "Deal stage", "City", "Product", "Amount", "Need qty"} < set(headers)
    assert len(set(map(str.casefold, headers))) == len(headers)
    assert "Territory" not in headers, "nobody has filled it"


def test_numbers_and_dates_stay_so_and_blanks_that_tell_apart_are_named() -> None:
    _, data = tabs(Ask(("product",), ("need_date:month",), ("sum:amount",)))
    assert column(data, "Need date") == [date(2026, 9, 5), *(date(2026, 11, day) for day in (5, 6, 7)), None]
    assert column(data, "Need date, month") == ["2026-09", "2026-11", "2026-11", "2026-11", "(blank)"]
    assert column(data, "Amount") == [Decimal("1200.5"), 800, Decimal("99.99"), None, 500]
    assert column(data, "Product") == ["Pipe", "Sheet", "Pipe", "(blank)", "Pipe"]


def test_the_pivot_counts_the_columns_of_the_data() -> None:
    pivot, data = tabs(Ask(("manager", "deal_stage"), ("need_date:quarter",), ("sum:amount", "count", "share:amount")))
    assert pivot.pivot is not None
    headers = [column.header for column in data.columns]
    assert [headers[field.column] for field in pivot.pivot.rows] == ["Manager", "Deal stage"]
    assert pivot.pivot.rows[1].items == ("Need found", "Offer sent", "Agreed", "Lost"), "in the order of the list"
    assert pivot.pivot.columns == (PivotField(headers.index("Need date, quarter"), ("2026-Q3", "2026-Q4", "(blank)")),)
    assert pivot.pivot.values == (
        PivotValue(headers.index("Amount"), "sum", "Amount, RUB", Format.MONEY),
        PivotValue(0, "count", "Count", Format.INTEGER),
        PivotValue(headers.index("Amount"), "sum", "Share: Amount", Format.PERCENT, share=True),
    )
    assert (pivot.pivot.source, data.table) == (data.title, "Deals_Amount_358e_data")


@pytest.mark.parametrize(("lang", "total", "values"), [("en", "Total", "Values"), ("ru", "Итого", "Значения")])
def test_what_the_program_writes_by_itself_is_said_in_the_language_of_the_book(
    lang: Lang, total: str, values: str
) -> None:
    pivot, _ = tabs(Ask(("manager",)), lang=lang)
    assert pivot.pivot is not None
    assert (pivot.pivot.total, pivot.pivot.across) == (total, values)
    assert pivot.rows[-1].values[0] == total


def test_a_figure_is_never_called_as_a_column_is() -> None:
    pivot, data = tabs(Ask(("manager",), (), ("sum:need_qty", "max:need_qty")))
    assert pivot.pivot is not None
    assert "Need qty" in [column.header for column in data.columns]
    assert [value.name for value in pivot.pivot.values] == ["Sum: Need qty", "Greatest: Need qty"]


def test_companies_of_one_name_stay_apart() -> None:
    pivot, data = tabs(Ask(("company",)))
    assert pivot.pivot is not None
    assert pivot.pivot.rows[0].items == ("Lily", "Rose (Perm)", "Rose (Ufa)")
    assert set(column(data, "Company")) == set(pivot.pivot.rows[0].items)


def test_rows_show_each_name_once_with_the_subtotals_above() -> None:
    pivot, _ = tabs(Ask(("manager", "deal_stage"), (), ("sum:amount", "count")))
    assert lines(pivot) == [
        "Manager | Deal stage | Amount, RUB | Count",
        "Anna |  | 2,000.5 | 2",
        " | Offer sent | 800 | 1",
        " | Agreed | 1,200.5 | 1",
        "Boris |  | 599.99 | 3",
        " | Need found | 500 | 1",
        " | Offer sent | 99.99 | 1",
        " | Lost |  | 1",
        "Total |  | 2,600.49 | 5",
    ]
    assert [row.look for row in pivot.rows[:2]] == [Look.SUBTOTAL, Look.PLAIN]


def test_one_figure_stands_in_the_corner_above_its_columns() -> None:
    pivot, _ = tabs(Ask(("manager",), ("need_date:month",)))
    assert pivot.pivot is not None
    assert pivot.pivot.heads == 2
    assert lines(pivot) == [
        "Count | Need date, month |  |  | ",
        "Manager | 2026-09 | 2026-11 | (blank) | Total",
        "Anna | 1 | 1 |  | 2",
        "Boris |  | 2 | 1 | 3",
        "Total | 1 | 3 | 1 | 5",
    ]


def test_several_figures_stand_under_each_value_across() -> None:
    pivot, _ = tabs(Ask(("manager",), ("product",), ("sum:amount", "count")), "product in (Pipe, Sheet)")
    assert pivot.pivot is not None
    assert pivot.pivot.heads == 3
    assert lines(pivot)[:4] == [
        " | Product | Values |  |  |  | ",
        " | Pipe |  | Sheet |  | Total Amount, RUB | Total Count",
        "Manager | Amount, RUB | Count | Amount, RUB | Count |  | ",
        "Anna | 1,200.5 | 1 | 800 | 1 | 2,000.5 | 2",
    ]


def test_values_across_that_nest_are_written_over_the_first_of_their_columns() -> None:
    pivot, _ = tabs(Ask(("manager",), ("deal_stage", "need_date:year")), "product in (Pipe, Sheet)")
    assert pivot.pivot is not None
    assert pivot.pivot.heads == 3
    assert lines(pivot)[:3] == [
        "Count | Deal stage | Need date, year |  | ",
        " | Need found | Offer sent | Agreed | Total",
        "Manager | (blank) | 2026 | 2026 | ",
    ]


@pytest.mark.parametrize("value", ["distinct:company", "median:amount"])
def test_what_a_native_pivot_cannot_compute_is_refused_with_the_way_out(value: str) -> None:
    with pytest.raises(UsageError) as caught:
        tabs(Ask(("manager",), (), ("count", value)))
    assert caught.value.hint is not None
    assert value in say(caught.value.hint, "en")


def test_one_column_does_not_tell_both_rows_and_columns_apart() -> None:
    with pytest.raises(UsageError, match="Manager"):
        tabs(Ask(("manager", "deal_stage"), ("manager",)))


@pytest.mark.parametrize("value", ["sum:amount", "share:amount", "max:amount"])
def test_money_of_several_currencies_is_refused_but_its_rows_may_be_counted(value: str) -> None:
    firm = facts_of(
        {
            "Deals": """
            Deal ID  | Stage | Amount | Currency
            D-000001 | Offer | 10     | USD
            D-000002 | Offer | 20     |
            """
        }
    )
    with pytest.raises(UsageError) as caught:
        tabs(Ask(("deal_stage",), (), (value,)), firm=firm)
    assert "RUB, USD" in say(caught.value.message, "en")
    assert lines(tabs(Ask(("currency",)), firm=firm)[0])[-1] == "Total | 2"
    assert lines(tabs(Ask(("deal_stage",), (), (value,)), "currency = USD", firm=firm)[0])


def test_where_nothing_is_counted_both_tabs_say_so() -> None:
    for tab in tabs(Ask(("manager",)), "city = Minsk"):
        assert (tab.columns, tab.table, tab.pivot) == ((), "", None)
        assert "city = Minsk" in str(tab.lead[1].values[0])


def test_the_three_tabs_are_titled_alike_within_what_a_title_may_have() -> None:
    pivot, data = tabs(Ask(("manager",), name="Our pipeline"))
    assert (pivot.title, data.title) == ("▦ Our pipeline · pivot", "▦ Our pipeline · data")
    pivot, data = tabs(Ask(("manager", "company"), ("deal_stage",)), lang="ru")
    assert (pivot.title[-10:], data.title[-9:]) == (" · сводная", " · данные")
    assert len(pivot.title) <= 31


def test_another_question_of_the_same_rows_has_tabs_and_a_table_of_its_own() -> None:
    asked = [
        tabs(Ask(("manager",), values=("count",), of="deals")),
        tabs(Ask(("manager",), values=("count",), of="deals"), "product = Pipe"),
        tabs(Ask(("manager",), values=("sum:amount",), of="deals")),
        tabs(Ask(("manager",), ("need_date:year",), of="deals")),
        tabs(Ask(("manager",), ("need_date:month",), of="deals")),
    ]
    assert len({data.table.casefold() for _, data in asked}) == 5
    assert len({tab.title for pair in asked for tab in pair}) == 10
    assert all(len(tab.title) <= 31 for pair in asked for tab in pair)


@pytest.mark.parametrize(
    ("title", "name"),
    [("▦ Deals – Manager · data", "Deals_Manager_data"), ("▦ 2026 · данные", "_2026_данные"), ("▦ – · data", "data")],
)
def test_a_table_is_named_so_that_formulas_can_call_it(title: str, name: str) -> None:
    assert table_name(title) == name
