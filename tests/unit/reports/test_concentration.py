"""On whom the sales hang: shares, HHI, classes, and what is left out."""

from decimal import Decimal

from sheetcrm.reports.concentration import concentration, ranked
from sheetcrm.reports.report import Question
from sheetcrm.reports.spread import spread
from sheetcrm.text import say
from tests.books import facts_of
from tests.unit.reports.told import figure, footer


def money(*sums: int) -> list[Decimal]:
    return [Decimal(one) for one in sums]


def sold(rows: str, companies: str = "") -> Question:
    """A firm whose clients were sold to, a settled deal a row: id, company, amount, day, order, currency."""
    deals = "\n".join(f"{row} | Settled" for row in rows.strip().splitlines())
    listed = companies or "C-000001 | Alpha\nC-000002 | Beta\nC-000003 | Gamma\nC-000004 | Delta"
    return Question(
        facts_of(
            {
                "Companies": f"Company ID | Name\n{listed}",
                "Deals": f"Deal ID | Company | Amount | Delivered on | Order no. | Currency | Stage\n{deals}",
            }
        )
    )


def test_one_client_is_the_whole_concentration() -> None:
    found = spread(money(100, 0))
    assert (found.clients, found.hhi, found.tops[1]) == (1, 10_000, 1)


def test_four_equal_clients_make_2500() -> None:
    found = spread(money(25, 25, 25, 25))
    assert found.hhi == 2_500
    assert found.tops == {1: 0.25, 3: 0.75, 5: 1, 10: 1}


def test_nobody_bought() -> None:
    assert spread([]).hhi == 0


def test_clients_stand_by_revenue_and_equal_ones_share_rank_and_the_better_class() -> None:
    question = sold("""
        D-000001 | Alpha | 80 | 2026-05-01 | |
        D-000002 | Beta  | 10 | 2026-05-01 | |
        D-000003 | Gamma | 10 | 2026-05-02 | |
    """)
    found = [(one.rank, one.company, one.abcd, round(one.cumulative, 2)) for one in ranked(question)]
    assert found == [(1, 0, "A", 0.8), (2, 1, "B", 0.9), (2, 2, "B", 1.0)]


def test_revenue_of_exactly_a_year_ago_belongs_to_the_year_before() -> None:
    question = sold("""
        D-000001 | Alpha | 50 | 2025-11-21 | |
        D-000002 | Alpha | 70 | 2025-11-22 | |
    """)
    (client,) = ranked(question)
    assert (int(client.revenue), int(client.before)) == (70, 50)


def test_a_lone_client_is_a_warning() -> None:
    report = concentration(sold("D-000001 | Alpha | 50 | 2026-11-01 | |"))
    assert footer(report)[0] == "Warning: 1 client brings 100.00 % of the revenue (20 % or more is a risk)."
    assert report.figures["clients_D"] == 3


def test_a_filter_by_deals_counts_their_revenue_alone() -> None:
    everything = sold("""
        D-000001 | Alpha | 50 | 2026-11-01 | |
        D-000002 | Beta  | 30 | 2026-11-02 | |
    """)
    some = Question(everything.facts, frozenset({1}), frozenset({1}), "amount = 30")
    assert [(one.company, int(one.revenue), one.share) for one in ranked(some)] == [(1, 30, 1)]


def test_two_currencies_cannot_be_summed() -> None:
    report = concentration(
        sold("""
        D-000001 | Alpha | 50 | 2026-11-01 | |
        D-000002 | Beta  | 30 | 2026-11-02 | | USD
    """)
    )
    assert report.rows == ()
    assert "several currencies (RUB, USD)" in say(report.reading, "en")


def test_without_settled_deals_it_says_why() -> None:
    report = concentration(sold("D-000001 | Alpha | 50 | | |"))
    assert report.rows == ()
    assert "No client has brought revenue" in say(report.reading, "en")


def test_beyond_five_hundred_clients_the_rest_make_one_line() -> None:
    names = "\n".join(f"C-{n:06} | Firm {n}" for n in range(1, 504))
    deals = "\n".join(f"D-{n:06} | Firm {n} | 10 | 2026-05-01 | |" for n in range(1, 504))
    report = concentration(sold(deals, names))
    assert len(report.rows) == 501
    assert [figure(cell) for cell in report.rows[-1].cells[1:3]] == ["3 more clients", 30]
    assert report.figures["clients"] == 503


def test_the_opening_balance_counts_while_the_base_is_young() -> None:
    question = Question(
        facts_of(
            {
                "Companies": """
                    Company ID | Name  | Purchases before | Last purchase before | Revenue before
                    C-000001   | Alpha | 3                | 2026-01-01           | 900
                    C-000002   | Beta  |                  |                      |
                """,
                "Deals": """
                    Deal ID  | Company | Amount | Delivered on | Stage
                    D-000001 | Beta    | 100    | 2026-10-01   | Settled
                """,
            }
        )
    )
    assert [(one.company, int(one.revenue)) for one in ranked(question)] == [(0, 900), (1, 100)]
    assert "opening balance of 1 client" in footer(concentration(question))[-1]
