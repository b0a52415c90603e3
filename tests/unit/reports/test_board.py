"""The board: a card a deal, how long it has stood, and when it is red."""

from sheetcrm.reports.board import by_stage, deal_board
from sheetcrm.reports.open_deals import OPEN_STAGES, open_deals
from sheetcrm.reports.report import Question, ReportCell
from sheetcrm.tab import Look
from sheetcrm.text import say
from tests.books import facts_of
from tests.unit.reports.told import figure

HEADER = (
    "Deal ID | Company | Stage | Amount | Need date | Due date | Expected close | Pay due | Delivered on | Invoice date"
)


def firm(deals: str, **tabs: str) -> Question:
    clients = "Company ID | Name\nC-000001 | Alpha\nC-000002 | Beta"
    return Question(facts_of({"Companies": clients, "Deals": f"{HEADER}\n{deals.strip()}", **tabs}))


def cards(question: Question, stage: str) -> list[tuple[int, int | None, int]]:
    """A stage's cards as (deal, days in the stage, days late)."""
    found = by_stage(question.facts, open_deals(question))[OPEN_STAGES.index(stage)]
    return [(card.deal.deal, card.days, card.late) for card in found]


def test_the_greatest_deal_stands_on_top() -> None:
    question = firm("""
        D-000001 | Alpha | Agreed | 100 | | | | | |
        D-000002 | Beta  | Agreed | 900 | | | | | |
        D-000003 | Beta  | Agreed |     | | | | | |
    """)
    assert [deal for deal, _, _ in cards(question, "agreed")] == [1, 0, 2]


def test_days_in_the_stage_go_by_the_log_else_by_the_last_dated_step() -> None:
    question = firm(
        """
        D-000001 | Alpha | Agreed   | 300 | 2026-11-01 | | | | |
        D-000002 | Alpha | Agreed   | 200 | 2026-11-01 | | | | |
        D-000003 | Alpha | Invoiced | 100 | 2026-11-01 | | | | | 2026-11-11
        D-000004 | Alpha | Agreed   | 100 |            | | | | |
        """,
        StageLog="""
            Entity | ID       | From  | To     | At
            deals  | D-000002 | Offer | Agreed | 2026-11-18
        """,
    )
    assert cards(question, "agreed") == [(0, 20, 0), (1, 3, 0), (3, None, 0)]
    assert cards(question, "invoiced") == [(2, 10, 0)]


def test_a_card_is_late_once_a_date_has_passed() -> None:
    question = firm("""
        D-000001 | Alpha | Agreed | 400 | | 2026-11-21 | 2026-11-21 | |            |
        D-000002 | Alpha | Agreed | 300 | | 2026-11-10 | 2026-11-20 | |            |
        D-000003 | Alpha | Agreed | 200 | |            | 2026-11-20 | |            |
    """)
    assert cards(question, "agreed") == [(0, None, 0), (1, None, 11), (2, None, 1)]


def test_what_is_delivered_is_late_by_its_payment_alone() -> None:
    question = firm("""
        D-000001 | Alpha | Delivered | 200 | | 2026-10-01 | | 2026-11-20 | 2026-10-05 |
        D-000002 | Alpha | Delivered | 100 | | 2026-10-01 | |            | 2026-10-05 |
    """)
    assert cards(question, "delivered") == [(0, 47, 1), (1, 47, 0)]


def test_a_card_leads_to_its_deal_and_is_red_when_late() -> None:
    report = deal_board(
        firm("""
        D-000001 | Alpha | Offer sent | 1500 | 2026-11-20 | 2026-12-01 | 2026-11-01 | | |
    """)
    )
    summary, head, body = (row.cells[1] for row in report.rows)
    assert figure(summary) == "1 deal, 1,500 RUB"
    assert isinstance(head, ReportCell)
    assert (head.figure, head.look, head.record) == ("Alpha", Look.BAD, ("deals", 0))
    assert str(figure(body)).startswith("1,500 RUB, 1 day in the stage, late by 20 days\nmissing: ")


def test_nothing_in_work() -> None:
    report = deal_board(firm("D-000001 | Alpha | Lost | 100 | | | | | |"))
    assert report.rows == ()
    assert "no open deal" in say(report.reading, "en")
