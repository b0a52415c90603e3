"""The tab Start, and the line that tells when the book was updated."""

from datetime import datetime

import pytest

from sheetcrm.fresh.start import start_tab, updated
from sheetcrm.schema.tables import recognise
from sheetcrm.tab import Shown
from sheetcrm.table import Change
from sheetcrm.text import LANGUAGES, Lang
from sheetcrm.workbook.memory import MemoryWorkbook
from tests.books import book_of

TITLES = {"companies": "Клиенты", "lists": "Списки"}
MORNING = datetime(2026, 11, 21, 8, 30)


def written(lang: Lang) -> MemoryWorkbook:
    workbook = MemoryWorkbook(recognise)
    workbook.write([], [start_tab(lang, TITLES)], "")
    return workbook


def test_each_tab_is_said_in_a_line_with_a_link_under_its_own_title() -> None:
    shown = [item for row in start_tab("ru", TITLES).rows for item in row.values if isinstance(item, Shown)]
    links = {item.value: item.link for item in shown if item.link}
    assert links == {"★ Клиенты": ("Клиенты", "A1"), "Списки": ("Списки", "A1")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_fits_its_page(lang: Lang) -> None:
    tab = start_tab(lang, dict.fromkeys(TITLES, "x"), demo=True)
    second = (str(row.values[1]) for row in tab.rows if len(row.values) > 1)
    assert max(map(len, second)) <= 116


def test_start_is_no_table() -> None:
    assert written("ru").read().tables == ()


def test_an_update_rewrites_one_cell() -> None:
    workbook = written("ru")
    book = workbook.read()
    change = updated(book, MORNING, "ru")
    assert isinstance(change, Change)
    assert (change.table, change.column, change.row) == ("Начало", "B", 3)
    assert str(change.new).endswith("21.11 08:30")
    workbook.write([change], [], book.revision)
    (sheet,) = workbook.read().sheets
    assert sheet.rows[2][1] == change.new
    again = updated(workbook.read(), MORNING.replace(hour=9), "ru")
    assert again is not None
    assert again.old == change.new


@pytest.mark.parametrize("title", ["Start", "Начало"])
@pytest.mark.parametrize("line", ["State | Texas", "State |", "Состояние | обновить бы"])
def test_a_tab_of_the_user_s_with_that_title_is_left_alone(title: str, line: str) -> None:
    assert updated(book_of({title: f"Route | Stop\n{line}"}), MORNING, "en") is None


def test_a_line_that_somebody_removed_is_not_missed() -> None:
    assert updated(book_of({"Начало": "Наша база\nудачи"}), MORNING, "ru") is None
    assert updated(book_of({"Клиенты": "Наименование\nВектор"}), MORNING, "ru") is None
