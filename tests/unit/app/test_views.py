"""Which views are kept: whose, and what they filter by."""

from datetime import date

from sheetcrm.app.views import views
from tests.books import TODAY, base_of

COMPANIES = """
    Company ID | Name  | Manager  | ▦ Missing
    C-000001   | Daisy | {0} |
    C-000002   | Lily  | {1} |
    C-000003   | Rose  | {2} |
"""
MANAGERS = """
    Manager ID | Name  | Left
    M-000001   | Anna  |
    M-000002   | Boris | 2026-11-01
"""


def kept(*cells: str, managers: str = MANAGERS, today: date = TODAY) -> list[tuple[str, str | None]]:
    base = base_of({"Companies": COMPANIES.format(*cells), "Managers": managers})
    return [(view.title, view.equals) for view in views(base, today)]


def test_active_managers_have_a_view_each() -> None:
    assert kept("Anna", "Boris", "") == [("My clients — Anna", "Anna"), ("Missing data", None)]
    assert len(kept("Anna", "Boris", "", today=date(2026, 10, 1))) == 3


def test_a_view_asks_for_what_stands_in_the_cells() -> None:
    assert kept("M-000001", "anna", "M-000001")[0] == ("My clients — Anna", "M-000001")
    assert kept("Boris", "", "")[0] == ("My clients — Anna", "Anna")


def test_namesakes_are_told_apart_by_their_ids() -> None:
    managers = "Manager ID|Name\nM-000001|Anna\nM-000002|Anna"
    assert [title for title, _ in kept("", "", "", managers=managers)] == [
        "My clients — M-000001",
        "My clients — M-000002",
        "Missing data",
    ]


def test_a_manager_without_a_name_has_no_view_and_a_book_without_such_columns_none() -> None:
    assert len(kept("", "", "", managers="Manager ID|Name\n|\n")) == 1
    assert views(base_of({"Companies": "Company ID|Name\nC-000001|Daisy", "Managers": MANAGERS}), TODAY) == ()
    assert views(base_of({"Managers": MANAGERS}), TODAY) == ()


def test_a_russian_book_has_russian_titles() -> None:
    tabs = {
        "Компании": "ID компании|Наименование|Ответственный|▦ Не хватает\nC-000001|Ромашка|Анна|",
        "Ответственные": "ID ответственного|Имя\nM-000001|Анна  Ли",
    }
    assert [view.title for view in views(base_of(tabs), TODAY)] == ["Мои клиенты — Анна Ли", "Не хватает данных"]
