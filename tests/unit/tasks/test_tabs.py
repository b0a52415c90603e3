"""The tabs on which managers work."""

from sheetcrm.schema.base import load
from sheetcrm.tab import Look, Shown, Tab
from sheetcrm.tasks.sheet import INPUTS
from sheetcrm.tasks.titles import tab_titles
from tests.books import base_of
from tests.unit.tasks.running import NOW, TASKS, Desk, Run

BOOK = {
    "Companies": "Company ID|Name|Stage|Manager|Phone|Address\nC-000001|Rose|lead|Petrov|+7 342 222-33-44|Perm",
    "Contacts": """Contact ID|Company|Full name|Position|Phone|Is main|Do not contact
        P-000001|Rose|Boris|buyer|+7 342 222-33-55||
        P-000002|Rose|Anna|boss|+7 342 222-33-66 доб. 12|yes|
        P-000003|Rose|Clara|boss|+7 342 222-33-77|yes|yes""",
    "Deals": """Deal ID|Company|Stage|Manager|Product|Amount|Need date|Due date|Contact
        D-000001|Rose|need|Petrov|Cement|1500|2026-10-01|2026-11-24|P-000001""",
    "Tasks": f"""{TASKS}
        T-000001|Write a letter|Rose|Petrov|2026-11-20|3|New|||||||
        T-000002|Send samples|Rose|Petrov|2026-11-21|1|New|||||||
        T-000003|Learn prices||Petrov||2|New|||||||""",
}


def tab(run: Run, manager: str) -> Tab:
    (found,) = (tab for tab in run.tabs if tab.title == f"▦ Tasks — {manager}")
    return found


def cells(run: Run, manager: str, code: str) -> list[object]:
    at = [column.key for column in tab(run, manager).columns].index(code)
    return [row.values[at] for row in tab(run, manager).rows if len(row.values) > 1]


def test_tasks_stand_in_groups_the_overdue_first() -> None:
    run = Desk(BOOK).run()
    assert [line[0] or line[4] for line in run.lines("Petrov")] == [
        "Overdue",
        "Write a letter",
        "Today",
        "Send samples",
        "Learn prices",
        "Later",
        "Make sure of the delivery on 2026-11-24: Cement",
    ]
    late = cells(run, "Petrov", "due")[0]
    assert isinstance(late, Shown)
    assert late.look is Look.BAD


def test_a_line_says_whom_to_call_and_what_it_is_about() -> None:
    run = Desk(BOOK).run()
    assert cells(run, "Petrov", "contact") == ["Anna", "Anna", "", "Boris"]
    assert cells(run, "Petrov", "phone")[0] == "+7 342 222-33-66 доб. 12"
    assert cells(run, "Petrov", "amount")[-1] == 1500
    assert str(cells(run, "Petrov", "script")[-1]).startswith("Is the order ready")
    assert cells(run, "Petrov", "company")[0] == Shown("Rose", link=("Companies", "B2"))


def test_only_inputs_look_like_inputs_and_offer_choices() -> None:
    columns = tab(Desk(BOOK).run(), "Petrov").columns
    assert {column.key for column in columns if column.look is Look.INPUT} == set(INPUTS)
    assert {column.key for column in columns if column.choices} == {"tick", "result"}


def test_a_manager_with_nothing_to_do_is_told_so() -> None:
    assert Desk(BOOK).run().lines("Ivanova") == [["Nothing to do today."]]


def test_the_head_sees_who_has_how_many_overdue() -> None:
    run = Desk(BOOK).run()
    rows = [
        [item.value if isinstance(item, Shown) else item for item in row.values[4:8]]
        for row in tab(run, "Ivanova").footer
    ]
    assert rows == [["Overdue by manager", "Overdue", "To do", "Waiting"], ["Petrov", 1, 4, 0], ["Ivanova", 0, 0, 0]]
    assert tab(run, "Petrov").footer == ()


def test_the_tab_of_somebody_who_is_called_otherwise_now_says_so_and_keeps_what_was_typed_for_nobody() -> None:
    desk = Desk(BOOK)
    desk.run()
    desk.type("T-000001", summary="half written")
    desk.change("managers", "M-000001", "name", "Petrov-Vodkin")
    desk.change("companies", "C-000001", "manager", "Petrov-Vodkin")
    for task in ("T-000001", "T-000002", "T-000003", "T-000004"):
        desk.change("tasks", task, "manager", "Petrov-Vodkin")
    run = desk.run()
    assert "half written" in [cell for line in run.lines("Petrov-Vodkin") for cell in line]
    assert tab(run, "Petrov").columns == ()
    assert desk.run().tabs == run.tabs


def test_without_active_managers_what_was_typed_stays_where_it_was() -> None:
    desk = Desk({**BOOK, "Managers": "Manager ID|Name|Role|Left\nM-000001|Petrov|seller|"})
    desk.run()
    desk.type("T-000001", summary="half written")
    desk.change("managers", "M-000001", "left", load(desk.workbook.read()).values("tasks", "due")[0])
    run = desk.run()
    assert "half written" in [cell for line in run.lines("Petrov") for cell in line]
    assert desk.run().tabs == run.tabs


def titles(*names: str, lang: str = "ru") -> list[str]:
    managers = "\n".join(["ID ответственного|Имя", *(f"M-{n:06d}|{name}" for n, name in enumerate(names, 1))])
    base = base_of({"Ответственные": managers, "Настройки": f"Настройка|Значение\nlanguage|{lang}"})
    return list(tab_titles(base, range(len(names))).values())


def test_titles_fit_and_hold_nothing_that_is_forbidden() -> None:
    long, odd, quoted = titles("Константинопольская Александра", "Иванов [юг/север]: *?", "О'Хара 'мл.'")
    assert long == "▦ Задачи — Константинопольская"
    assert odd == "▦ Задачи — Иванов юг север"
    assert quoted == "▦ Задачи — О'Хара 'мл."
    assert titles("Petrov", lang="en") == ["▦ Tasks — Petrov"]


def test_an_emoji_in_a_name_counts_as_two_characters_and_stays_whole() -> None:
    assert titles("Аня" + "😀" * 20) == ["▦ Задачи — Аня" + "😀" * 8]
    assert titles("Аня" + "😀" * 20, "Аня" + "😀" * 20)[1] == "▦ Задачи — Аня" + "😀" * 4 + " M-000002"


def test_namesakes_are_told_apart_by_their_ids() -> None:
    assert titles("Иванов", "иванов", "Петров") == [
        "▦ Задачи — Иванов M-000001",
        "▦ Задачи — иванов M-000002",
        "▦ Задачи — Петров",
    ]
    assert all(
        len(title) <= 31 for title in titles("Константинопольский А", "Константинопольский Б", "Константинопольский В")
    )


def test_the_tab_says_what_the_next_run_takes_and_what_it_draws_anew() -> None:
    run = Desk(BOOK | {"Tasks": "", "Задачи": BOOK["Tasks"]}).run()
    said = [str(row.values[0]) for row in tab(run, "Petrov").lead]
    assert "takes every ticked line: Result, Summary and Next step" in said[2]
    assert "what is typed without a tick stays" in said[2]
    assert said[2].endswith("on the tab Задачи.")


def test_what_is_typed_over_a_line_elsewhere_is_drawn_anew() -> None:
    desk = Desk(BOOK)
    before = desk.run()
    desk.type("T-000001", title="Something else", due=NOW.date(), company="Nobody")
    assert desk.run().lines("Petrov") == before.lines("Petrov")
