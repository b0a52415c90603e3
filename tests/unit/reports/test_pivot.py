"""Pivots: what is counted, by what, and what a pivot says when it cannot."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from sheetcrm.errors import UsageError
from sheetcrm.reports.pivot import Ask, pivot, words
from sheetcrm.reports.report import Figure, Report, ReportCell, ReportRow
from sheetcrm.reports.show import tab_title
from sheetcrm.tab import Chart, Format, Look
from sheetcrm.text import Label, say, show
from tests.books import TODAY, facts_of

TABS = {
    "Companies": """
    Company ID | Name | City | Manager | Turnover | ▦ Debt
    C-000001   | Rose | Perm | Anna    | 1000     | 77
    C-000002   | Lily | Omsk | Boris   | 500      |
    C-000003   | Aloe | Perm |         |          |
    """,
    "Deals": """
    Deal ID  | Company | Stage  | Amount | Need qty | Price | Need date  | Manager
    D-000001 | Rose    | Agreed | 0.1    |          |       | 2026-10-05 |
    D-000002 | Rose    | Offer  | 0.2    |          |       | 2026-11-05 |
    D-000003 | Lily    | Offer  |        | 3        | 1.5   | 2026-11-06 | Anna
    D-000004 | Lily    | Lost   |        |          |       |            |
    """,
    "Activities": """
    Activity ID | At         | Type | Company
    A-000001    | 2026-11-01 | Call | Rose
    A-000002    | 2026-11-02 | Call | Rose
    A-000003    | 2026-11-02 | Mail | Lily
    """,
}
FIRM = facts_of(TABS)


def figures(row: ReportRow) -> list[str]:
    """The row as people read it, in English."""
    return [show(cell.figure if isinstance(cell, ReportCell) else cell, "en") for cell in row.cells]


def table(report: Report) -> list[str]:
    """The rows and the total, a line each."""
    return [" | ".join(figures(row)) for row in (*report.rows, *report.totals)]


def test_companies_are_counted_where_every_name_is_theirs_else_deals() -> None:
    assert table(pivot(FIRM, Ask(("city",)))) == ["Omsk | 1", "Perm | 2", "Total | 3"]
    turnover, amount = Ask(("city",), values=("sum:turnover",)), Ask(("city",), values=("sum:amount",))
    assert table(pivot(FIRM, turnover)) == ["Omsk | 500", "Perm | 1,000", "Total | 1,500"]
    assert table(pivot(FIRM, amount)) == ["Omsk | 4.5", "Perm | 0.3", "Total | 4.8"]
    assert table(pivot(FIRM, Ask(("city",), ("deal_stage",))))[-1] == "Total | 2 | 1 | 1 | 4"


def test_of_names_the_table_in_either_language() -> None:
    by_company = ["Lily | 1", "Rose | 2", "Total | 3"]
    assert table(pivot(FIRM, Ask(("company",), of="activities"))) == by_company
    assert table(pivot(FIRM, Ask(("Компания",), of="События"))) == by_company


def test_money_is_exact_and_amount_is_quantity_times_price_unless_typed() -> None:
    report = pivot(FIRM, Ask(("manager",), values=("sum:amount", "count")))
    assert table(report) == ["Anna | 4.8 | 3", "Boris |  | 1", "Total | 4.8 | 4"]
    assert report.totals[0].cells[1] == Decimal("4.8")
    assert [(column.format, column.unit) for column in report.columns[1:]] == [
        (Format.MONEY, "RUB"),
        (Format.INTEGER, ""),
    ]


def test_rows_nest_with_subtotals_above_and_outline_levels() -> None:
    report = pivot(FIRM, Ask(("city", "company", "deal_stage"), of="deals"))
    assert [(row.level, row.look, figures(row)) for row in report.rows[:4]] == [
        (0, Look.SUBTOTAL, ["Omsk", "", "", "2"]),
        (1, Look.SUBTOTAL, ["Omsk", "Lily", "", "2"]),
        (2, Look.PLAIN, ["Omsk", "Lily", "Offer sent", "1"]),
        (2, Look.PLAIN, ["Omsk", "Lily", "Lost", "1"]),
    ]
    outer, own = report.rows[1].cells[:2]
    assert isinstance(outer, ReportCell)
    assert isinstance(own, ReportCell)
    assert (outer.look, own.record) == (Look.MUTED, ("companies", 1))


@pytest.mark.parametrize(
    ("value", "omsk", "perm", "total"),
    [
        ("avg:amount", "4.5", "0.15", "1.6"),
        ("mean:amount", "4.5", "0.15", "1.6"),
        ("median:amount", "4.5", "0.15", "0.2"),
        ("min:amount", "4.5", "0.1", "0.1"),
        ("max:need_date", "2026-11-06", "2026-11-05", "2026-11-06"),
        ("distinct:manager", "2", "1", "2"),
        ("count:amount", "1", "2", "3"),
        ("share", "0.5", "0.5", "1"),
        ("share:amount", "0.9375", "0.0625", "1"),
        ("среднее:Сумма", "4.5", "0.15", "1.6"),
    ],
)
def test_totals_are_computed_from_the_rows(value: str, omsk: str, perm: str, total: str) -> None:
    found = table(pivot(FIRM, Ask(("city",), values=(value,), of="deals")))
    assert found == [f"Omsk | {omsk}", f"Perm | {perm}", f"Total | {total}"]


def test_columns_are_named_by_their_values_and_end_with_the_total() -> None:
    report = pivot(FIRM, Ask(("company",), ("need_date:month",), ("count",), "deals"))
    assert [column.key for column in report.columns] == [
        "company",
        "count@2026-10",
        "count@2026-11",
        "count@blank",
        "count",
    ]
    assert [say(column.label, "ru") for column in report.columns][1:4] == ["10.2026", "11.2026", "(пусто)"]
    assert table(report) == ["Lily |  | 1 | 1 | 2", "Rose | 1 | 1 |  | 2", "Total | 1 | 2 | 1 | 4"]


def test_a_filter_of_companies_may_name_a_deals_column() -> None:
    report = pivot(FIRM, Ask(("city",)), "amount > 4")
    assert table(report) == ["Omsk | 1", "Total | 1"]
    assert report.condition == "amount > 4"


def test_the_default_rows_are_the_drill_without_what_nobody_filled() -> None:
    assert [column.key for column in pivot(FIRM, Ask()).columns] == ["manager", "company", "deal", "count"]


def test_derived_columns_are_counted_from_the_facts() -> None:
    assert table(pivot(FIRM, Ask(("city",), values=("sum:debt",))))[-1] == "Total | 0"


def test_the_footer_says_how_much_was_counted_and_how_much_is_blank() -> None:
    footer = [say(line, "en") for line in pivot(FIRM, Ask(("need_date",)), "company = Lily").footer]
    assert footer == ["Rows counted: 2 of 4, tab “Deals”.", "Rows with a blank “Need date”: 1."]


def test_money_of_several_currencies_is_not_added_up() -> None:
    firm = facts_of(
        {
            "Deals": """
            Deal ID  | Stage | Amount | Currency
            D-000001 | Offer | 10     | USD
            D-000002 | Offer | 20     |
            """
        }
    )
    report = pivot(firm, Ask(("currency",), values=("sum:amount", "count")))
    assert table(report) == ["RUB | 20 | 1", "USD | 10 | 1", "Total |  | 2"]
    assert "RUB, USD" in say(report.footer[-1], "en")


@pytest.mark.parametrize(
    ("ask", "chart"),
    [
        (Ask(("company",), of="deals"), Chart("bar", "", 0, (1,), 0, 1)),
        (Ask(("need_date:month",)), Chart("line", "", 0, (1,), 0, 1)),
        (Ask(("company",), ("deal_stage",)), Chart("stacked", "", 0, (1, 2, 3), 0, 1)),
        (Ask(("company",), ("deal_stage",), ("avg:amount",)), Chart("bar", "", 0, (4,), 0, 1)),
        (Ask(("city", "company")), None),
        (Ask(("deal_stage",), values=("max:need_date",)), None),
    ],
)
def test_a_single_level_of_a_few_rows_gets_a_chart(ask: Ask, chart: Chart | None) -> None:
    assert pivot(FIRM, ask).chart == chart


@pytest.mark.parametrize(
    ("where", "said"), [("city = Minsk", "matches the filter “city = Minsk”"), ("", "no rows yet")]
)
def test_where_nothing_is_counted_a_sentence_says_so(where: str, said: str) -> None:
    of = "companies" if where else "payments"
    report = pivot(FIRM, Ask(("company",), of=of), where)
    assert (report.rows, report.totals, report.chart) == ((), (), None)
    assert said in say(report.reading, "en")


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (Ask(("citty",)), "Did you mean: city"),
        (Ask(("city",), values=("sum:amout",)), "amount"),
        (Ask(("city",), values=("total:amount",)), "like sum:amount"),
        (Ask(("city",), values=("sum:name",)), "distinct:name"),
        (Ask(("city",), values=("sum",)), "All there are: "),
        (Ask(("deal_stage",), values=("sum:turnover",)), "--of companies"),
        (Ask(("city",), of="contacts"), "companies, deals, activities, payments, tasks"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_the_way_out(ask: Ask, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        pivot(FIRM, ask)
    assert said in say(caught.value.hint or "", "en")


def test_more_columns_than_anybody_can_read_are_refused() -> None:
    rows = "\n".join(f"D-{n:06} | {date.fromordinal(date(2025, 1, 1).toordinal() + n)}" for n in range(301))
    firm = facts_of({"Deals": "Deal ID | Need date\n" + rows})
    with pytest.raises(UsageError):
        pivot(firm, Ask(("deal",), ("need_date:day",)))


def test_a_name_becomes_the_title() -> None:
    assert pivot(FIRM, Ask(("city",), name="My cities")).title == Label("My cities", "My cities")
    assert pivot(FIRM, Ask(("city",), name="▦ My cities")).title == Label("My cities", "My cities")
    assert pivot(FIRM, Ask(("city",), ("stage",))).title == Label("Companies – City × Stage", "Компании – Город × Этап")


@pytest.mark.parametrize(
    ("ask", "title"),
    [
        (
            Ask(("city",), values=("sum:turnover",)),
            Label("Companies: Turnover – City", "Компании: Оборот клиента – Город"),
        ),
        (
            Ask(("city",), values=("count", "avg:credit_limit")),
            Label("Companies: Count, Average: Credit limit – City", "Компании: Количество, Среднее: Лимит – Город"),
        ),
        (
            Ask(("company",), ("need_date:month",)),
            Label("Deals – Company × Need date", "Сделки – Компания × Дата выявления"),
        ),
        (
            Ask(("company",), ("need_date:year",)),
            Label("Deals – Company × Need date (year)", "Сделки – Компания × Дата выявления (год)"),
        ),
    ],
)
def test_a_title_says_what_is_counted_and_by_which_step_of_time(ask: Ask, title: Label) -> None:
    assert pivot(FIRM, ask).title == title


def test_questions_that_differ_in_their_filter_alone_have_tabs_of_their_own() -> None:
    titles = [tab_title(pivot(FIRM, Ask(("city",)), where), "en") for where in ("", "city = Perm", "city = Omsk")]
    assert titles[0] == "▦ Companies – City"
    assert len(set(titles)) == 3
    assert all(title.startswith("▦ Companies – City ·") and len(title) <= 31 for title in titles[1:])


def test_the_same_question_has_the_same_tab_on_another_day_and_in_another_spelling() -> None:
    again = facts_of(TABS, TODAY + timedelta(9))
    spelt = pivot(FIRM, Ask(("city",)), 'city="Perm"'), pivot(again, Ask(("Город",), values=("COUNT",)), "City = perm")
    assert len({tab_title(report, "en") for report in spelt}) == 1


def test_a_name_is_the_whole_title_whatever_is_asked() -> None:
    assert tab_title(pivot(FIRM, Ask(("city",), name="My cities"), "city = Perm"), "en") == "▦ My cities"


def test_names_are_parted_by_commas_and_quotes_keep_one() -> None:
    assert words('city, "Скидка, %" ,sum:"Отсрочка, дн.",') == ("city", "Скидка, %", "sum:Отсрочка, дн.")


def test_a_figure_that_is_absent_is_none_not_zero() -> None:
    row: list[Figure | ReportCell] = list(pivot(FIRM, Ask(("deal_stage",), values=("avg:amount",))).rows[-1].cells)
    assert row[-1] is None
