"""Who has fallen silent: the strict 2P, who is left out, whom to call, and R21."""

import pytest

from sheetcrm.reports.reactivation import reactivation_queue, verdict
from sheetcrm.reports.report import Question
from sheetcrm.reports.silence import queue_size, silent_clients
from sheetcrm.text import say
from tests.books import facts_of
from tests.unit.reports.told import footer

DEALS = "Deal ID | Company | Amount | Delivered on | Stage"

# Alpha buys every 10 days, which makes P; the others bought once.
ALPHA = """
    D-000001 | Alpha | 10 | 2026-11-01 | Settled
    D-000002 | Alpha | 10 | 2026-11-11 | Settled
"""


def firm(deals: str, companies: str = "", **tabs: str) -> Question:
    clients = f"Company ID | Name | Stage\nC-000001 | Alpha | Buyer\n{companies.strip() or 'C-000002 | Beta | Buyer'}"
    return Question(facts_of({"Companies": clients, "Deals": f"{DEALS}\n{ALPHA.strip()}\n{deals.strip()}", **tabs}))


@pytest.mark.parametrize(("last", "silent"), [("2026-11-01", []), ("2026-10-31", [1])])
def test_a_client_stands_in_the_queue_from_the_day_after_two_periods(last: str, silent: list[int]) -> None:
    question = firm(f"D-000003 | Beta | 50 | {last} | Settled")
    assert question.facts.period.days == 10
    assert [one.company for one in silent_clients(question)] == silent


def test_refused_and_not_our_clients_are_left_out() -> None:
    question = firm(
        """
        D-000003 | Beta  | 50 | 2026-01-01 | Settled
        D-000004 | Gamma | 50 | 2026-01-01 | Settled
        D-000005 | Delta | 50 | 2026-01-01 | Settled
        """,
        "C-000002 | Beta | Refused\nC-000003 | Gamma | Not our client\nC-000004 | Delta | Buyer",
    )
    assert [one.company for one in silent_clients(question)] == [3]
    assert queue_size(question, 10) == 1


def test_the_most_valuable_year_before_the_silence_comes_first() -> None:
    question = firm(
        """
        D-000003 | Beta  | 500 | 2024-01-01 | Settled
        D-000004 | Beta  | 60  | 2026-01-01 | Settled
        D-000005 | Gamma | 80  | 2026-02-01 | Settled
        """,
        "C-000002 | Beta | Buyer\nC-000003 | Gamma | Buyer",
        Settings="Name | Value\np_estimator | 10",
    )
    assert [(one.company, int(one.year), int(one.life)) for one in silent_clients(question)] == [
        (2, 80, 80),
        (1, 60, 560),
    ]


def test_the_opening_balance_tells_of_clients_older_than_the_base() -> None:
    question = Question(
        facts_of(
            {
                "Companies": """
                    Company ID | Name  | Purchases before | Last purchase before | Revenue before
                    C-000001   | Alpha |                  |                      |
                    C-000002   | Beta  | 4                | 2026-01-01           | 900
                """,
                "Deals": f"{DEALS}\n{ALPHA.strip()}",
            }
        )
    )
    (beta,) = silent_clients(question)
    assert (beta.purchases, int(beta.year), beta.life_class) == (4, 900, "A")
    assert "1 client stands here by its opening balance alone" in footer(reactivation_queue(question))[-1]


def test_p_by_each_estimator_has_a_queue_of_its_own() -> None:
    question = firm("""
        D-000003 | Beta | 50 | 2026-08-01 | Settled
        D-000004 | Beta | 50 | 2026-10-10 | Settled
    """)
    figures = reactivation_queue(question).figures
    assert (figures["p_pooled_mean"], figures["p_median"], figures["p_client_mean"]) == (40, 40, 40)
    assert figures["queue_pooled_mean"] == 0
    assert queue_size(question, 20.9) == 1


@pytest.mark.parametrize(("rate", "colour"), [(0.669, "red"), (0.67, "green"), (1.2, "green")])
def test_r21_is_healthy_from_67_per_cent_on(rate: float, colour: str) -> None:
    assert say(verdict(rate), "en").startswith(colour)


def test_who_never_bought_twice_gives_no_period() -> None:
    question = Question(
        facts_of(
            {
                "Companies": "Company ID | Name\nC-000001 | Alpha",
                "Deals": f"{DEALS}\nD-000001 | Alpha | 10 | 2026-01-01 | Settled",
            }
        )
    )
    report = reactivation_queue(question)
    assert report.rows == ()
    assert "No client has bought twice" in say(report.reading, "en")
