"""The tab Start, and the line that tells when the book was updated."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from sheetcrm.fresh.start import filter_lines, start_of, start_tab, updated
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


ANNA, BORIS, LACKING = "My clients — Anna", "My clients — Boris", "Missing data"


def lines(workbook: MemoryWorkbook, *titles: str, gone: Sequence[str] = ()) -> list[str]:
    """What stands in the first column below Start's own lines once it names these views; a dot for a blank cell."""
    book = workbook.read()
    start = start_of(book)
    assert start is not None
    workbook.write(filter_lines(start, titles, gone, "en"), (), book.revision)
    own = len(start_tab("en", TITLES).rows)
    return [str(row[0]) or "." for row in workbook.read().sheets[0].rows[own:]]


def typed(workbook: MemoryWorkbook, row: int, text: str | None, column: str = "A") -> None:
    """Somebody types into a cell below Start's own lines, the first of them 1."""
    own = len(start_tab("en", TITLES).rows)
    change = Change("Start", None, column, None, text, own + row)
    workbook.write([change], (), workbook.read().revision)


def test_views_are_named_once_below_everything_else() -> None:
    workbook = written("en")
    named = [".", "Ready-made filters", ANNA, LACKING]
    assert lines(workbook, ANNA, LACKING) == named
    assert lines(workbook, ANNA, LACKING) == named


def test_what_a_person_wrote_below_stays_there() -> None:
    workbook = written("en")
    typed(workbook, 2, "our own notes")
    assert lines(workbook, ANNA) == [".", "our own notes", ".", "Ready-made filters", ANNA]
    typed(workbook, 6, "more", column="B")
    assert lines(workbook, ANNA, LACKING)[4:] == [ANNA, ".", LACKING]
    typed(workbook, 9, "the end")
    assert lines(workbook, ANNA, LACKING, BORIS)[4:] == [ANNA, ".", LACKING, BORIS, "the end"]


def test_a_newcomer_takes_the_line_of_who_left() -> None:
    workbook = written("en")
    lines(workbook, ANNA, LACKING)
    assert lines(workbook, BORIS, LACKING, gone=[ANNA]) == [".", "Ready-made filters", BORIS, LACKING]
    assert lines(workbook, LACKING, gone=[BORIS]) == [".", "Ready-made filters", ".", LACKING]
    assert lines(workbook, LACKING, ANNA) == [".", "Ready-made filters", ANNA, LACKING]


def test_a_line_of_which_a_person_changed_a_letter_is_theirs() -> None:
    workbook = written("en")
    lines(workbook, ANNA)
    typed(workbook, 3, ANNA + "!")
    assert lines(workbook, BORIS, gone=[ANNA]) == [".", "Ready-made filters", ANNA + "!", BORIS]


def test_lines_are_found_where_people_put_them() -> None:
    workbook = written("en")
    lines(workbook, ANNA, LACKING)
    for row, text in ((2, None), (3, None), (7, ANNA)):
        typed(workbook, row, text)
    assert lines(workbook, ANNA, LACKING, BORIS) == [".", ".", ".", LACKING, ".", ".", ANNA, BORIS]


def test_a_row_that_a_merged_cell_or_a_formula_takes_is_not_free() -> None:
    book = book_of({"Start": "State | updated: —\n"})
    sheet = replace(book.sheets[0], merged=(((3, 0), (4, 1)),), formulas=frozenset({(6, 3)}))
    assert [change.row for change in filter_lines(sheet, [ANNA], [], "en")] == [8, 9]
    below = replace(sheet, rows=[*sheet.rows, ["Ready-made filters", ""]])
    assert [change.row for change in filter_lines(below, [ANNA, BORIS], [], "en")] == [5, 7]
