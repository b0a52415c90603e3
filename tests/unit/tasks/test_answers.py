"""What becomes of the lines that managers tick and fill in."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from sheetcrm.table import Cell, Value
from sheetcrm.text import say
from tests.books import TODAY
from tests.unit.tasks.running import NOW, TASKS, Desk

COMPANIES = "Company ID|Name|Stage|Manager|Phone|Address\nC-000001|Rose|lead|Petrov||\nC-000002|Lily|lead|Petrov||"
CONTACTS = "Contact ID|Company|Full name|Position|Phone|Is main\nP-000001|Rose|Anna|boss|+7 342 222-33-44|yes"


def desk(**more: str) -> Desk:
    given = Desk({"Companies": COMPANIES, **more})
    given.run()
    return given


def activity(of: Desk) -> dict[str, Value]:
    codes = ("type", "direction", "company", "contact", "manager", "result", "summary", "next_date", "at")
    return {code: of.column("activities", code)[-1] for code in codes}


def manual(title: str = "Offer", company: str = "Rose") -> str:
    return f"{TASKS}\nT-000001|{title}|{company}|Petrov|2026-11-20|2|New|||||||"


@pytest.mark.parametrize("tick", ["☑", "x", "Х", "1", 1.0, True, "да", "+", "yes", "true", "Done", "сделано"])
def test_a_tick_closes_the_task_and_logs_the_contact(tick: Cell) -> None:
    book = desk(Tasks=manual(), Contacts=CONTACTS)
    book.type("T-000001", tick=tick, summary="asked for samples")
    run = book.run()
    assert run.taken.closed == 1
    assert (book.column("tasks", "status")[0], book.column("tasks", "done_on")[0]) == ("done", TODAY)
    assert activity(book) == {
        "type": "call",
        "direction": "out",
        "company": "Rose",
        "contact": "P-000001",
        "manager": "Petrov",
        "result": "reached",
        "summary": "asked for samples",
        "next_date": None,
        "at": NOW,
    }
    assert book.run().changes == []


def test_the_typed_result_is_the_activitys() -> None:
    book = desk(Tasks=manual())
    book.type("T-000001", tick="x", result="Not reached")
    book.run()
    assert activity(book)["result"] == "not_reached"
    assert book.column("tasks", "result")[0] == "Not reached"


def test_a_result_in_other_words_is_kept_in_the_summary_and_counts_as_reached() -> None:
    book = desk(Tasks=manual())
    book.type("T-000001", tick="x", result="wants a discount", summary="will think")
    (note,) = book.run().taken.notes
    assert "!J" in say(note, "en")
    assert "“wants a discount” is no known result" in say(note, "en")
    assert "Not reached" in say(note, "en")
    assert activity(book)["result"] == "reached"
    assert activity(book)["summary"] == "wants a discount; will think"
    assert book.column("tasks", "result")[0] == "wants a discount"


def test_filling_in_data_is_no_contact_with_the_client() -> None:
    book = desk()
    book.type("T-000001", tick="x", summary="found the address")
    book.run()
    assert (activity(book)["type"], activity(book)["result"]) == ("note", None)
    assert book.column("companies", "last_contact") == [None, None]


@pytest.mark.parametrize(
    ("typed", "due", "title"),
    [
        ("15.12 перезвонить", date(2026, 12, 15), "перезвонить"),
        (date(2026, 12, 15), date(2026, 12, 15), "The next step, agreed for 2026-12-15"),
    ],
)
def test_the_next_step_becomes_exactly_one_task(typed: Cell, due: date, title: str) -> None:
    book = desk(
        Tasks=manual(),
        Companies="Company ID|Name|Stage|Manager|Phone|Address\nC-000001|Rose|lead|Petrov|+7 342 222-33-44|Perm",
    )
    book.type("T-000001", tick="x", next_step=typed)
    assert len(book.run().taken.created) == 1
    assert activity(book)["next_date"] == due
    assert book.column("tasks", "next_date")[0] == due
    for day in (NOW, datetime(2026, 12, 15, 9, 0), datetime(2026, 12, 16, 9, 0)):
        book.run(day)
        assert book.column("tasks", "due")[1:] == [due]
    assert book.column("tasks", "title")[1] == title
    assert book.column("tasks", "status")[1] == "new"


def test_two_next_steps_of_one_client_are_two_tasks() -> None:
    two = manual() + "\nT-000002|Samples|Rose|Petrov|2026-11-20|2|New|||||||"
    book = desk(Tasks=two)
    book.type("T-000001", tick="x", next_step="15.12 call")
    book.type("T-000002", tick="x", next_step="18.12 visit")
    book.run()
    assert {"call", "visit"} <= set(book.column("tasks", "title"))
    assert book.run().changes == []


@pytest.mark.parametrize("step", ["как-нибудь потом", "31.02", "01.02.2020"])
def test_a_next_step_that_cannot_be_read_stays_in_the_summary_and_is_reported(step: str) -> None:
    book = desk(Tasks=manual())
    book.type("T-000001", tick="x", summary="no time now", next_step=step)
    run = book.run()
    assert activity(book)["summary"] == f"no time now; {step}"
    assert not run.taken.created
    assert [note.args["text"] for note in run.taken.notes] == [step]


def test_what_is_typed_without_a_tick_stands_on_the_new_tab_again() -> None:
    book = desk()
    typed = {"result": "Agreed", "summary": "half written", "next_step": "15.12"}
    book.type("T-000001", **typed)
    run = book.run()
    assert run.changes == []
    (line,) = (line for line in run.lines("Petrov") if "T-000001" in line)
    assert set(typed.values()) <= set(line)
    assert book.run().tabs == run.tabs


def test_a_line_that_somebody_copied_counts_once_and_loses_nothing() -> None:
    book = desk(Tasks=manual())
    book.type("T-000001", summary="first words", next_step="15.12 call")
    (tab,) = (sheet for sheet in book.workbook.read().sheets if sheet.title == "▦ Tasks — Petrov")
    header = next(row for row in tab.rows if "Task ID" in row)
    copy = list(next(row for row in tab.rows if "T-000001" in row))
    for name, value in {"☑": "x", "Summary": "second words", "Next step": "18.12"}.items():
        copy[header.index(name)] = value
    book.replace(replace(tab, rows=[*tab.rows, copy]))
    assert book.run().taken.closed == 1
    assert activity(book)["summary"] == "first words\nsecond words\n18.12"
    assert activity(book)["next_date"] == date(2026, 12, 15)


def test_a_word_that_is_neither_yes_nor_no_stays_and_is_reported() -> None:
    book = desk()
    book.type("T-000001", tick="maybe")
    run = book.run()
    assert run.taken.closed == 0
    assert len(run.taken.notes) == 1
    assert [line[0] for line in run.lines("Petrov") if line[1:2] == ["T-000001"]] == ["maybe"]


def test_a_task_does_not_close_itself_while_somebody_writes_on_its_line() -> None:
    book = desk()
    book.type("T-000001", summary="asked for the address")
    book.change("companies", "C-000001", "stage", "Refused")
    assert book.run().planned.closed == []
    book.type("T-000001", summary=None)
    assert book.run().planned.closed == ["T-000001"]


@pytest.mark.parametrize("typed", [{"tick": "x", "summary": "talked"}, {"summary": "talked"}])
def test_what_is_typed_for_a_task_that_was_closed_meanwhile_is_kept_apart(typed: dict[str, Cell]) -> None:
    book = desk()
    book.type("T-000001", **typed)
    book.change("tasks", "T-000001", "status", "Cancelled")
    run = book.run()
    assert run.taken.closed == 0
    assert len(run.taken.notes) == ("tick" in typed)
    assert book.column("activities", "summary") == []
    assert "talked" in [cell for line in run.lines("Petrov") for cell in line]
    assert book.run().tabs == run.tabs


def test_a_bare_tick_on_a_task_that_is_closed_already_is_reported_once() -> None:
    book = desk()
    book.type("T-000001", tick="x")
    book.change("tasks", "T-000001", "status", "Done")
    assert len(book.run().taken.notes) == 1
    assert not book.run().taken.notes


def test_a_task_without_a_company_keeps_its_summary_itself() -> None:
    book = desk(Tasks=manual("Learn the price list", company=""))
    book.type("T-000001", tick="x", result="done", summary="all of it", next_step="15.12 once more")
    book.run()
    assert book.column("activities", "summary") == []
    assert book.column("tasks", "result")[0] == "done; all of it"
    titles = dict(zip(book.column("tasks", "title"), book.column("tasks", "due"), strict=True))
    assert titles["once more"] == date(2026, 12, 15)


def test_where_contacts_cannot_be_logged_the_line_stays() -> None:
    book = desk(Activities="", Tasks=manual())
    book.type("T-000001", tick="x", summary="talked")
    run = book.run()
    assert (run.taken.closed, len(run.taken.notes)) == (0, 1)
    (line,) = (line for line in run.lines("Petrov") if "T-000001" in line)
    assert {"x", "talked"} <= set(line)


def test_the_contact_is_the_substitutes_who_had_it() -> None:
    managers = """
        Manager ID | Name     | Role   | Left       | Substitute
        M-000001   | Petrov   | seller | 2026-10-01 | Sidorov
        M-000003   | Sidorov  | seller |            |
    """
    book = desk(Tasks=manual(), Managers=managers)
    book.type("T-000001", tick="x")
    book.run()
    assert activity(book)["manager"] == "Sidorov"


class TestOwnLines:
    """A task that a manager writes on a free line of the tab."""

    def add(self, book: Desk, **cells: Cell) -> None:
        (tab,) = (sheet for sheet in book.workbook.read().sheets if sheet.title == "▦ Tasks — Petrov")
        header = next(row for row in tab.rows if "Task ID" in row)
        row: list[Cell] = [""] * len(header)
        for name, value in cells.items():
            row[header.index({"tick": "☑"}.get(name, name.capitalize().replace("_", " ")))] = value
        book.replace(replace(tab, rows=[*tab.rows, row]))

    def test_it_becomes_a_task_of_that_manager(self) -> None:
        book = desk()
        self.add(book, task="Send the price list", company="rose", due=date(2026, 11, 25))
        run = book.run()
        assert len(run.taken.created) == 1
        cells = ("title", "company", "manager", "due", "rule", "status")
        assert [book.column("tasks", code)[-1] for code in cells] == [
            "Send the price list",
            "Rose",
            "Petrov",
            date(2026, 11, 25),
            "manual",
            "new",
        ]
        assert book.run().changes == []

    def test_a_company_that_nobody_knows_stays_in_the_title(self) -> None:
        book = desk()
        self.add(book, task="Call", company="Tulip")
        run = book.run()
        assert book.column("tasks", "title")[-1] == "Tulip: Call"
        (note,) = run.taken.notes
        assert say(note, "en").startswith("'▦ Tasks — Petrov'!F")
        assert "“Tulip” does not name one company" in say(note, "en")

    def test_it_shows_no_strangers_phone(self) -> None:
        strangers = "Contact ID|Company|Full name|Phone\nP-000001||Eve|+7 342 222-33-44"
        book = desk(Contacts=strangers)
        self.add(book, task="Call", company="Tulip")
        self.add(book, task="Tidy up")
        lines = [line for line in book.run().lines("Petrov") if {"Tulip: Call", "Tidy up"} & {*line}]
        assert len(lines) == 2
        assert not [line for line in lines if "Eve" in line or any("222-33-44" in str(item) for item in line)]

    def test_a_call_that_was_not_planned_is_logged_at_once(self) -> None:
        book = desk()
        self.add(book, tick="x", task="They called", company="Rose", summary="want cement", next_step="15.12 offer")
        run = book.run()
        assert (run.taken.closed, len(run.taken.created)) == (1, 2)
        assert activity(book)["summary"] == "want cement"
        assert book.column("tasks", "status")[-2:] == ["done", "new"]
        assert book.column("tasks", "due")[-1] == date(2026, 12, 15)
        assert book.run().changes == []

    def test_what_is_half_written_stays_on_the_tasks_line(self) -> None:
        book = desk()
        self.add(book, summary="look into it")
        run = book.run()
        assert book.column("tasks", "title")[-1] == "look into it"
        assert sum("look into it" in line for line in run.lines("Petrov")) == 1
        assert book.run().changes == []


def test_the_heads_summary_below_the_lines_is_not_read_as_typing() -> None:
    book = desk(Companies=COMPANIES.replace("Petrov", "Ivanova"))
    assert not book.run().taken.created
