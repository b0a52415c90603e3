"""What each rule asks for, of whom, and when it is content."""

from datetime import date, datetime

import pytest

from sheetcrm.tasks.registry import RULES
from tests.unit.tasks.running import ACTIVITIES, Desk

COMPLETE = "Company ID|Name|Stage|Address|Phone|Manager|Category|▦ Created on|Next contact|VIP"


def lead(name: str, category: str = "D", created: str = "2026-11-01", more: str = "", stage: str = "lead") -> str:
    """A company whose data its stage doesn't find wanting."""
    return f"{name}|{stage}|Perm, Lenina 1|+7 342 222-33-44|Petrov|{category}|{created}|{more}"


def companies(*rows: str) -> str:
    return "\n".join([COMPLETE, *(f"C-{number:06d}|{row}" for number, row in enumerate(rows, 1))])


def contacts_on(*days: str, result: str = "reached", kind: str = "call", next_date: str = "") -> str:
    rows = (f"A-{n:06d}|{day}|{kind}|out|Rose||Petrov|{result}||{next_date}|" for n, day in enumerate(days, 1))
    return "\n".join([ACTIVITIES, *rows])


class TestKeepInTouch:
    @pytest.mark.parametrize(
        ("category", "waits", "is_due"),
        [("A", "2026-11-07", "2026-11-06"), ("B", "2026-10-22", "2026-10-21"), ("C", "2026-09-22", "2026-09-21")],
    )
    def test_a_class_has_its_cadence(self, category: str, waits: str, is_due: str) -> None:
        book = {"Companies": companies(lead("Rose", category))}
        assert Desk({**book, "Activities": contacts_on(waits)}).run().created == []
        assert Desk({**book, "Activities": contacts_on(is_due)}).run().created == ["T01 C-000001"]

    def test_a_class_that_purchases_earned_goes_before_the_category(self) -> None:
        deals = """Deal ID|Company|Amount|Delivered on|Stage|Product|Need date|Due date|Manager
            D-000001|Rose|100|2026-10-01|settled|Cement|2026-09-01|2026-10-01|Petrov"""
        book = {"Companies": companies(lead("Rose", "D")), "Activities": contacts_on("2026-11-01"), "Deals": deals}
        assert "T01 C-000001" in Desk(book).run().created

    @pytest.mark.parametrize(
        ("result", "kind"), [("not_reached", "call"), ("reached", "note"), ("reached", "decision")]
    )
    def test_only_a_contact_that_took_place_counts(self, result: str, kind: str) -> None:
        book = {
            "Companies": companies(lead("Rose", "A", created="2026-09-01")),
            "Activities": contacts_on("2026-11-20", result=result, kind=kind),
        }
        assert Desk(book).run().created == ["T01 C-000001"]

    @pytest.mark.parametrize("stage", ["lost", "disqualified"])
    def test_nobody_is_sent_after_a_client_that_is_lost(self, stage: str) -> None:
        book = {"Companies": companies(lead("Rose", "A", created="2025-01-01", more="2026-11-01", stage=stage))}
        assert Desk(book).run().created == []

    def test_a_base_without_activities_starts_at_its_adoption_with_five_calls_a_day(self) -> None:
        book = {"Companies": companies(*(lead(f"Firm {n}", "A", created="2026-11-01") for n in range(12)))}
        desk = Desk(book)
        first = desk.run()
        assert len(first.created) == 5
        assert sum(first.planned.backlog.values()) == 7
        assert desk.run().created == []
        assert len(desk.run(datetime(2026, 11, 22, 8, 30)).created) == 5

    def test_a_client_that_was_not_reached_comes_up_again_a_cadence_later(self) -> None:
        desk = Desk({"Companies": companies(lead("Rose", "A")), "Activities": contacts_on("2026-11-06")})
        (task,) = desk.run().planned.created
        desk.type(task.id, tick="x", result="not_reached")
        desk.run()
        assert desk.run(datetime(2026, 12, 3, 8, 30)).created == []
        assert desk.run(datetime(2026, 12, 4, 8, 30)).created == ["T01 C-000001"]


class TestPromisedStep:
    def test_the_last_activitys_next_date_is_due_on_its_day(self) -> None:
        desk = Desk(
            {"Companies": companies(lead("Rose")), "Activities": contacts_on("2026-11-10", next_date="2026-11-21")}
        )
        (task,) = desk.run().planned.created
        assert (task.key, task.due) == ("T02|C-000001|2026-11-21", date(2026, 11, 21))

    def test_a_day_to_come_is_not_a_task_yet(self) -> None:
        book = {"Companies": companies(lead("Rose")), "Activities": contacts_on("2026-11-10", next_date="2026-11-22")}
        assert Desk(book).run().created == []

    def test_a_later_contact_settles_the_promise_and_a_note_does_not(self) -> None:
        promise = contacts_on("2026-11-10", next_date="2026-11-15")
        later = promise + "\nA-000009|2026-11-16|{kind}|out|Rose||Petrov|||"
        book = {"Companies": companies(lead("Rose"))}
        assert Desk({**book, "Activities": later.format(kind="call")}).run().created == []
        assert Desk({**book, "Activities": later.format(kind="note")}).run().created == ["T02 C-000001"]

    def test_the_next_contact_of_the_company_counts_until_somebody_was_reached(self) -> None:
        book = {"Companies": companies(lead("Rose", more="2026-11-20"))}
        desk = Desk({**book, "Activities": contacts_on("2026-11-19")})
        assert desk.run().created == ["T02 C-000001"]
        assert Desk({**book, "Activities": contacts_on("2026-11-20")}).run().created == []

    def test_a_promise_that_was_moved_closes_the_old_task(self) -> None:
        desk = Desk({"Companies": companies(lead("Rose", more="2026-11-20")), "Activities": contacts_on("2026-11-01")})
        (task,) = desk.run().planned.created
        desk.change("companies", "C-000001", "next_contact", date(2026, 11, 30))
        assert desk.run().planned.closed == [task.id]


DEALS = "Deal ID|Company|Stage|Manager|Product|Need qty|Unit|Need date|Due date|Delivered on"
SERVICE = "\nM-000003|Sidorov|service||"


def deal(due: str, delivered: str = "", stage: str = "need") -> str:
    return f"{DEALS}\nD-000001|Rose|{stage}|Petrov|Cement|10|t|2026-10-01|{due}|{delivered}"


CALM = {"Companies": companies(lead("Rose")), "Activities": contacts_on("2026-11-20")}


class TestDeliveries:
    @pytest.mark.parametrize(("due", "created"), [("2026-11-25", ["T03 D-000001"]), ("2026-11-26", [])])
    def test_three_working_days_ahead_skip_the_weekend(self, due: str, created: list[str]) -> None:
        # 21 November 2026 is a Saturday: the third working day is Wednesday the 25th.
        assert Desk({**CALM, "Deals": deal(due)}).run().created == created

    def test_a_late_delivery_is_the_managers_and_from_the_third_day_the_heads(self) -> None:
        assert Desk({**CALM, "Deals": deal("2026-11-19")}).run().created == ["T04 D-000001"]
        late = Desk({**CALM, "Deals": deal("2026-11-18")}).run()
        assert late.created == ["T04 D-000001", "T04 D-000001 head"]
        assert {task.manager for task in late.planned.created} == {0, 1}

    @pytest.mark.parametrize("closed", [deal("2026-11-10", "2026-11-12"), deal("2026-11-10", stage="postponed")])
    def test_what_is_delivered_or_put_off_is_left_in_peace(self, closed: str) -> None:
        assert not [key for key in Desk({**CALM, "Deals": closed}).run().created if key.startswith(("T03", "T04"))]

    def test_the_task_closes_itself_when_the_delivery_is_typed_in(self) -> None:
        desk = Desk({**CALM, "Deals": deal("2026-11-20")})
        (task,) = desk.run().planned.created
        desk.change("deals", "D-000001", "delivered_on", date(2026, 11, 21))
        run = desk.run()
        assert run.planned.closed == [task.id]
        assert desk.column("tasks", "status")[0] == "auto_closed"

    def test_a_late_delivery_whose_task_was_ticked_off_comes_back_a_week_later(self) -> None:
        desk = Desk({**CALM, "Deals": deal("2026-11-20")})
        desk.run()
        desk.type("T-000001", tick="x")
        desk.run()
        assert desk.run(datetime(2026, 11, 26, 9, 0)).created == ["T04 D-000001 head"]
        assert "T04 D-000001" in desk.run(datetime(2026, 11, 27, 9, 0)).created

    def test_the_service_manager_hears_of_a_near_delivery_too(self) -> None:
        managers = f"Manager ID|Name|Role|Left|Substitute\nM-000001|Petrov|seller||{SERVICE}"
        run = Desk({**CALM, "Deals": deal("2026-11-24"), "Managers": managers}).run()
        assert run.created == ["T03 D-000001", "T03 D-000001 service"]


class TestDataMissing:
    def test_one_task_a_client_names_every_column(self) -> None:
        desk = Desk({"Companies": "Company ID|Name|Stage|Manager\nC-000001|Rose|lead|Petrov"})
        (task,) = desk.run().planned.created
        assert task.key == "T08|C-000001|2026-11"
        assert "Address" in task.title
        assert "Phone" in task.title

    def test_leads_go_to_the_researcher_and_others_to_their_manager(self) -> None:
        book = {
            "Companies": "Company ID|Name|Stage|Manager\nC-000001|Rose|lead|Petrov\nC-000002|Lily|prospect|Petrov",
            "Managers": "Manager ID|Name|Role\nM-000001|Petrov|seller\nM-000002|Seeker|researcher",
        }
        given = {task.company: task.manager for task in Desk(book).run().planned.created}
        assert given == {0: 1, 1: 0}

    def test_it_closes_itself_when_the_data_is_there(self) -> None:
        desk = Desk({"Companies": "Company ID|Name|Stage|Manager|Phone|Address\nC-000001|Rose|lead|Petrov||"})
        (task,) = desk.run().planned.created
        desk.change("companies", "C-000001", "phone", "+7 342 222-33-44")
        assert desk.run().planned.closed == [task.id]


class TestReactivate:
    purchases = """Deal ID|Company|Amount|Delivered on|Stage|Product|Need date|Due date|Manager
        D-000001|Rose|100|2026-01-10|settled|Cement|2026-01-01|2026-01-10|Petrov
        D-000002|Rose|100|2026-02-09|settled|Cement|2026-02-01|2026-02-09|Petrov
        D-000003|Lily|100|2026-09-22|settled|Cement|2026-09-01|2026-09-22|Petrov"""

    def test_only_more_than_two_periods_of_silence_count(self) -> None:
        # P is 30 days; Rose is silent for 285 days, Lily for exactly 60.
        book = {"Companies": companies(lead("Rose"), lead("Lily")), "Deals": self.purchases}
        assert [key for key in Desk(book).run().created if key.startswith("T10")] == ["T10 C-000001"]


def test_class_a_vip_and_key_clients_come_first() -> None:
    rows = (lead("Rose", more="2026-11-20"), lead("Lily", more="2026-11-20|yes"))
    run = Desk({"Companies": companies(*rows), "Activities": contacts_on("2026-11-01")}).run()
    assert {task.company: task.priority for task in run.planned.created} == {0: 2, 1: 1}


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_a_title_a_script_and_a_manual(code: str) -> None:
    rule = RULES[code]
    assert rule.code == code
    assert all(rule.title)
    assert all(rule.script)
    assert rule.title.en != rule.title.ru
    assert len(rule.manual) > 100
