"""What a run adds, keeps and closes, and for whom."""

from datetime import date, datetime

from sheetcrm.tasks.show import as_json
from tests.unit.tasks.running import TASKS, Desk, Run

LEADS = "Company ID|Name|Stage|Manager"


def leads(count: int, manager: str = "Petrov") -> str:
    return "\n".join([LEADS, *(f"C-{n:06d}|Firm {n}|lead|{manager}" for n in range(1, count + 1))])


def settings(**values: object) -> str:
    return "\n".join(["Name|Value", *(f"{name}|{value}" for name, value in values.items())])


def whose(run: Run) -> list[str]:
    return [run.base.manager_name(task.manager) for task in run.planned.created]


def test_a_second_run_adds_nothing() -> None:
    desk = Desk({"Companies": leads(3)})
    first = desk.run()
    assert len(first.created) == 3
    second = desk.run()
    assert second.changes == []
    assert second.tabs == first.tabs


def test_a_task_that_was_cancelled_is_not_set_again_in_its_period() -> None:
    desk = Desk({"Companies": leads(1)})
    (task,) = desk.run().planned.created
    desk.change("tasks", task.id, "status", "Cancelled")
    assert desk.run().created == []
    assert desk.run(datetime(2026, 12, 1, 9, 0)).created == ["T08 C-000001"]


def test_an_open_task_of_last_month_stands_for_this_month() -> None:
    desk = Desk({"Companies": leads(1)})
    desk.run()
    later = desk.run(datetime(2026, 12, 1, 9, 0))
    assert (later.created, later.planned.closed) == ([], [])


def test_a_task_that_a_person_set_is_never_touched() -> None:
    mine = TASKS + "\nT-000001|Send the price list|Firm 1|Petrov|2026-11-01|2|New|||||||"
    own = mine + "\nT-000002|Call back|Firm 1|Petrov|2026-11-01|2|New|||||| manual |T02;C-000001;2026-11-01"
    desk = Desk({"Companies": leads(1), "Tasks": own.replace(";", "/")})
    run = desk.run()
    assert run.planned.closed == []
    assert [task.title for task in run.planned.kept] == ["Send the price list", "Call back"]


def test_no_manager_gets_more_than_the_days_tasks() -> None:
    desk = Desk({"Companies": leads(10), "Settings": settings(tasks_a_day=4)})
    run = desk.run()
    assert len(run.created) == 4
    assert run.planned.backlog == {0: 6}
    assert desk.run().created == []


def test_what_is_ticked_off_today_still_counts_for_today_and_not_for_tomorrow() -> None:
    desk = Desk({"Companies": leads(10), "Settings": settings(tasks_a_day=4)})
    desk.run()
    desk.type("T-000001", tick="☑")
    assert desk.run().created == []
    assert len(desk.run(datetime(2026, 11, 22, 9, 0)).created) == 1


def test_the_work_of_somebody_who_left_goes_to_the_substitute_else_to_the_head() -> None:
    managers = """
        Manager ID | Name     | Role   | Left       | Substitute
        M-000001   | Petrov   | seller | 2026-10-01 | {substitute}
        M-000002   | Ivanova  | head   |            |
        M-000003   | Sidorov  | seller |            |
    """
    assert whose(Desk({"Companies": leads(1), "Managers": managers.format(substitute="Sidorov")}).run()) == ["Sidorov"]
    assert whose(Desk({"Companies": leads(1), "Managers": managers.format(substitute="")}).run()) == ["Ivanova"]
    assert whose(Desk({"Companies": leads(1), "Managers": managers.format(substitute="Petrov")}).run()) == ["Ivanova"]


def test_a_company_without_a_manager_is_the_default_managers_else_the_heads() -> None:
    assert whose(Desk({"Companies": leads(1, manager="")}).run()) == ["Ivanova"]
    chosen = settings(default_manager="Petrov")
    assert whose(Desk({"Companies": leads(1, manager=""), "Settings": chosen}).run()) == ["Petrov"]


def test_tasks_that_nobody_can_do_are_counted_and_not_set() -> None:
    managers = "Manager ID|Name|Role\nM-000001|Petrov|seller\nM-000002|Sidorov|seller"
    run = Desk({"Companies": leads(2, manager=""), "Managers": managers}).run()
    assert run.created == []
    assert [note.count for note in run.planned.notes] == [2]


def test_a_base_without_the_tab_tasks_gets_a_note_and_its_task_tabs_stay_as_they_are() -> None:
    desk = Desk({"Companies": leads(1)})
    desk.run()
    desk.type("T-000001", tick="x", summary="talked")
    desk.remove("Tasks")
    run = desk.run()
    assert (run.created, run.tabs, run.taken.closed) == ([], [], 0)
    assert len(run.planned.notes) == 1


def test_a_company_whose_id_is_given_in_the_same_run_gets_its_tasks() -> None:
    run = Desk({"Companies": "Name|Stage|Manager\nRose|lead|Petrov"}).run()
    assert run.created == ["T08 C-000001"]


def test_two_companies_of_one_name_are_told_apart_in_their_tasks() -> None:
    book = {
        "Companies": "Company ID|Name|City|Stage|Manager\nC-000001|Rose|Perm|lead|Petrov\nC-000002|Rose||lead|Petrov"
    }
    desk = Desk(book)
    desk.run()
    assert sorted(map(str, desk.column("tasks", "company"))) == ["C-000002", "Rose (Perm)"]


def test_needed_columns_that_somebody_deleted_come_back() -> None:
    desk = Desk({"Companies": leads(1), "Tasks": "Title|Manager|My own\nCall the bank|Petrov|x"})
    desk.run()
    assert desk.column("tasks", "key") == [None, "T08|C-000001|2026-11"]
    assert desk.column("tasks", "task_id") == ["T-000001", "T-000002"]
    assert desk.run().changes == []


def test_json_counts_and_lists_the_open_tasks() -> None:
    desk = Desk({"Companies": leads(2)})
    desk.run()
    desk.type("T-000001", tick="x", next_step="25.12 call back")
    desk.change("companies", "C-000002", "stage", "Refused")
    run = desk.run()
    shape = as_json(run.base, run.taken, run.planned)
    assert {key: shape[key] for key in ("version", "created", "closed", "kept", "backlog")} == {
        "version": 1,
        "created": 1,
        "closed": 2,
        "kept": 0,
        "backlog": 0,
    }
    assert shape["tasks"] == [
        {
            "id": "T-000003",
            "rule": "manual",
            "key": "T02|C-000001|2026-12-25",
            "title": "call back",
            "company": "C-000001",
            "contact": None,
            "deal": None,
            "manager": "Petrov",
            "priority": 2,
            "due": date(2026, 12, 25).isoformat(),
            "status": "new",
        }
    ]
