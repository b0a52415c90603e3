"""`update` writes what is new, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from sheetcrm.app.founding import Wish, init
from sheetcrm.app.updating import Updated, update
from sheetcrm.table import Change
from sheetcrm.text import LANGUAGES, Lang
from sheetcrm.workbook import Address
from tests.unit.app.shores import Remembering, opened_instead

NOW = datetime(2026, 11, 20, 9, 30)
BOOK = Address("clients.xlsx")


class Firm:
    """A firm's book in memory, on which `update` runs and people work."""

    def __init__(self, workbook: Remembering) -> None:
        self.workbook = workbook

    def update(self, minutes: int = 0) -> Updated:
        self.workbook.writes.clear()
        return update(BOOK, NOW + timedelta(minutes=minutes), dry_run=False)

    def type(self, tab: str, column: str, row: int, text: str | None) -> None:
        self.workbook.write([Change(tab, None, column, None, text, row)], (), self.workbook.read().revision)

    def title(self, table: str) -> str:
        return self.workbook.read().by_name[table].title


def updated_demo(lang: Lang, *, keeps_views: bool) -> Remembering:
    """A demo firm's book, updated once."""
    workbook = Remembering(keeps_views=keeps_views)
    with pytest.MonkeyPatch.context() as patch:
        opened_instead(patch, workbook)
        init(BOOK, Wish(lang, lang, "", demo=True, clean=False, as_of=NOW.date()), NOW, dry_run=False)
        update(BOOK, NOW, dry_run=False)
    return workbook


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> Lang:
    found: Lang = request.param
    return found


@pytest.fixture(scope="module")
def in_a_file(lang: Lang) -> Remembering:
    return updated_demo(lang, keeps_views=False)


@pytest.fixture(scope="module")
def with_views(lang: Lang) -> Remembering:
    return updated_demo(lang, keeps_views=True)


@pytest.fixture
def firm(monkeypatch: pytest.MonkeyPatch, in_a_file: Remembering) -> Firm:
    """A demo firm whose book is up to date."""
    workbook = in_a_file.copy()
    opened_instead(monkeypatch, workbook)
    return Firm(workbook)


@pytest.fixture
def shore(monkeypatch: pytest.MonkeyPatch, with_views: Remembering) -> Firm:
    """The same firm in a workbook that keeps views."""
    workbook = with_views.copy()
    opened_instead(monkeypatch, workbook)
    return Firm(workbook)


def test_an_update_with_nothing_new_writes_only_its_line_on_start(firm: Firm, lang: Lang) -> None:
    runs = firm.workbook.column("Runs")
    done = firm.update(minutes=5)
    ((changes, tabs),) = firm.workbook.writes
    assert [(change.table, change.column) for change in changes] == [("Начало" if lang == "ru" else "Start", "B")]
    assert tabs == []
    assert firm.workbook.column("Runs") == runs
    assert done.published
    assert done.refreshed == done.ids == 0


def test_a_tab_that_a_person_changed_is_drawn_anew_and_the_run_is_noted(firm: Firm) -> None:
    runs = len(firm.workbook.column("Runs"))
    title = next(sheet.title for sheet in firm.workbook.read().sheets if sheet.title.startswith("▦ "))
    firm.type(title, "A", 1, "not what we wrote")
    firm.update()
    assert [tab.title for _, tabs in firm.workbook.writes for tab in tabs] == [title]
    assert len(firm.workbook.column("Runs")) == runs + 1


def test_a_tab_that_a_person_deleted_comes_back(firm: Firm) -> None:
    titles = [sheet.title for sheet in firm.workbook.read().sheets if sheet.title.startswith("▦ ")]
    firm.workbook.delete(titles[-1])
    firm.update()
    assert [tab.title for _, tabs in firm.workbook.writes for tab in tabs] == titles[-1:]


def test_a_new_record_leaves_a_line_in_runs(firm: Firm) -> None:
    runs = len(firm.workbook.column("Runs"))
    companies = firm.title("companies")
    firm.type(companies, "B", len(firm.workbook.column(companies)) + 1, "Совсем Новая")
    assert firm.update().ids == 1
    assert len(firm.workbook.column("Runs")) == runs + 1


def test_a_book_without_a_line_on_start_is_not_written_when_nothing_is_new(firm: Firm) -> None:
    firm.workbook.delete(firm.workbook.read().sheets[0].title)
    firm.update()
    assert firm.workbook.writes == []


# ── views ──


def test_every_manager_has_a_view_and_start_names_them(shore: Firm, lang: Lang) -> None:
    mine, lacking = ("Мои клиенты — ", "Не хватает данных") if lang == "ru" else ("My clients — ", "Missing data")
    kept = shore.workbook.kept
    assert kept
    managers = [view for view in kept if view.column == "manager"]
    book = shore.workbook.read()
    assert {view.title for view in managers} <= {mine + str(name) for name in book.by_name["managers"].cells("name")}
    cells = set(book.by_name["companies"].cells("manager"))
    assert {view.equals for view in managers} & cells
    assert kept[-1].title == lacking
    assert (kept[-1].column, kept[-1].equals) == ("missing", None)
    start = book.sheets[0]
    heading = "Готовые фильтры" if lang == "ru" else "Ready-made filters"
    assert {view.listed for view in kept} == {(start.title, heading)}
    assert [row[0] for row in start.rows][-len(kept) - 2 :] == ["", heading, *(view.title for view in kept)]
    shore.update()
    assert [len(changes) for changes, _ in shore.workbook.writes] == [1]


def test_who_left_has_neither_a_view_nor_a_line(shore: Firm) -> None:
    book = shore.workbook.read()
    managers, start = book.by_name["managers"], book.sheets[0].title
    row, name = next(zip(managers.numbers, map(str, managers.cells("name")), strict=True))
    title = next(title for title in shore.workbook.views or () if title.endswith(name))
    left = Change("managers", None, "left", None, NOW.date() - timedelta(days=1), row)
    shore.workbook.write([left], (), book.revision)
    assert title in shore.workbook.column(start)
    shore.update()
    assert title not in (shore.workbook.views or ())
    assert title not in shore.workbook.column(start)


def test_a_file_gets_no_lines_of_views(firm: Firm) -> None:
    start = firm.workbook.read().sheets[0].title
    assert not {"Ready-made filters", "Готовые фильтры"} & set(firm.workbook.column(start))
