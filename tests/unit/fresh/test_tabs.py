"""Which tabs a book gets: all of a fresh one, what an existing one lacks, those that are enabled."""

from datetime import date

import pytest

from sheetcrm.errors import GuardError, UsageError
from sheetcrm.fresh.tabs import enable, fresh_tabs, language_of, missing
from sheetcrm.schema.base import load
from sheetcrm.schema.record import fields
from sheetcrm.schema.tables import SCHEMA, recognise
from sheetcrm.tab import Tab, TabColumn
from sheetcrm.table import Book
from sheetcrm.text import LANGUAGES, Lang
from sheetcrm.workbook.memory import MemoryWorkbook
from tests.books import TODAY, book_of

OWN_LIST = {
    "Клиенты": """
    Наша база  |            |              |
    Контрагент | Телефон    | Любимый цвет | Долг
    Вектор     | 8 342 8251 | синий        | 100
    """
}


def read_back(tabs: list[Tab]) -> Book:
    workbook = MemoryWorkbook(recognise)
    workbook.write([], tabs, "")
    return workbook.read()


def column(tab: Tab, key: str) -> TabColumn:
    return next(column for column in tab.columns if column.key == key)


# ── a fresh book ──


def test_a_fresh_book_has_its_tabs_in_order() -> None:
    titles = [tab.title for tab in fresh_tabs("ru", "services", TODAY)]
    assert titles == [
        *("Начало", "Компании", "Контактные лица", "Сделки", "События", "Задачи", "Ответственные"),
        *("Оплаты", "Товары", "Списки", "Настройки", "Правила", "Runs"),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_fresh_book_is_understood_and_lacks_nothing(lang: Lang) -> None:
    book = read_back(fresh_tabs(lang, "wholesale", TODAY))
    assert load(book).setting_faults == []
    assert load(book).lang == lang
    tabs, changes = missing(book, lang, "wholesale")
    assert (tabs, changes) == ([], [])


def test_a_fresh_book_holds_no_records_and_no_live_rules() -> None:
    book = read_back(fresh_tabs("ru", "wholesale", TODAY))
    assert {table.name for table in book if len(table)} == {"lists", "settings"}


def test_the_template_s_settings_and_values_are_in_the_book() -> None:
    base = load(read_back(fresh_tabs("en", "services", TODAY)))
    assert base.settings.regular_min_deals == 3
    assert not base.settings.inn_required
    assert base.vocabulary.enumerations["source"].label_of("tender").ru == "Тендер"


def test_drop_downs_of_a_fresh_book_lead_to_its_own_tabs() -> None:
    tabs = {tab.title: tab for tab in fresh_tabs("ru", "wholesale", TODAY)}
    deals = tabs["Сделки"]
    assert column(deals, "company").choices == ("Компании", 1, 2)
    assert column(deals, "contact").choices == ("Контактные лица", 0, 2)
    assert column(deals, "product").choices == ("Товары", 1, 2)
    choices = column(deals, "stage").choices
    assert len(choices) == 4
    title, number, first, last = choices
    rows = [row.values for row in tabs["Списки"].rows]
    assert title == "Списки"
    assert rows[int(first) - 2][int(number)] == "Выявлена потребность"
    assert rows[int(last) - 2][int(number)] == "Отложена"


def test_the_tool_s_own_tabs_are_hidden() -> None:
    assert [tab.title for tab in fresh_tabs("ru", "wholesale", TODAY) if tab.hidden] == ["Runs"]


# ── a book that stands already ──


def test_an_existing_list_gets_the_missing_tabs_and_columns_and_nothing_else() -> None:
    book = book_of(OWN_LIST)
    tabs, changes = missing(book, "ru")
    assert [tab.title for tab in tabs][:3] == ["Начало", "Контактные лица", "Сделки"]
    assert "Клиенты" not in [tab.title for tab in tabs]
    assert {change.row for change in changes} == {2}
    assert {change.old for change in changes} == {None}
    assert {change.column for change in changes} == set(fields(SCHEMA["companies"])) - {"name", "phone"}


def test_missing_columns_are_appended_at_the_right_and_the_own_ones_stay() -> None:
    workbook = MemoryWorkbook(recognise, book_of(OWN_LIST).sheets)
    book = workbook.read()
    tabs, changes = missing(book, "ru")
    workbook.write(changes, tabs, book.revision)
    after = workbook.read()
    table = after.by_name["companies"]
    headers = [column.header for column in table.layout.columns]
    assert headers[:5] == ["Контрагент", "Телефон", "Любимый цвет", "Долг", "ID компании"]
    assert list(table.cells("Долг")) == [100.0]
    assert table.columns["debt"].header == "▦ Долг"
    assert missing(after, "ru") == ([], [])


def test_missing_columns_that_always_show_come_before_those_of_a_group() -> None:
    _, changes = missing(book_of({"Контакты": "ФИО | Компания"}), "ru")
    codes = [change.column for change in changes]
    assert codes[0] == "contact_id"
    assert codes[-3:] == ["note", "consent", "do_not_contact"]


def test_drop_downs_of_added_tabs_lead_to_the_own_list() -> None:
    tabs, _ = missing(book_of(OWN_LIST), "ru")
    contacts = next(tab for tab in tabs if tab.title == "Контактные лица")
    assert column(contacts, "company").choices == ("Клиенты", 0, 3)


def test_a_list_of_many_thousands_is_not_offered_in_drop_downs() -> None:
    rows = "\n".join(f"Фирма {number}" for number in range(5_001))
    tabs, _ = missing(book_of({"Клиенты": f"Контрагент\n{rows}"}), "ru")
    contacts = next(tab for tab in tabs if tab.title == "Контактные лица")
    assert column(contacts, "company").choices == ()


def test_a_tab_that_is_not_ours_is_never_written_over() -> None:
    book = book_of({**OWN_LIST, "Настройки": "пароль от почты"})
    titles = [tab.title for tab in missing(book, "ru")[0]]
    assert "Настройки" not in titles
    assert "Параметры" in titles


def test_where_every_name_of_a_tab_is_taken_we_stop() -> None:
    book = book_of({"Правила": "-", "Rules": "-"})
    with pytest.raises(GuardError, match="another tab has its name"):
        missing(book, "ru")


def test_the_language_of_a_book_is_its_setting_or_that_of_its_headers() -> None:
    assert language_of(book_of(OWN_LIST)) == "ru"
    assert language_of(book_of({"Companies": "Name | Phone\nAurum | 1"})) == "en"
    assert language_of(book_of({**OWN_LIST, "Settings": "Setting | Value\nlanguage | en"})) == "en"


# ── enable ──


@pytest.mark.parametrize("name", ["Оплаты", "payments", "Payments", " оплаты "])
def test_a_tab_is_enabled_by_its_title_in_either_language_or_its_code(name: str) -> None:
    enabled = enable(book_of(OWN_LIST), [name], "ru")
    assert [tab.title for tab in enabled.tabs] == ["Оплаты"]


def test_a_tab_that_stands_already_is_left_alone_and_told() -> None:
    enabled = enable(book_of(OWN_LIST), ["companies", "needs", "Needs"], "ru")
    assert [tab.title for tab in enabled.tabs] == ["Потребности"]
    assert enabled.present == ("Клиенты",)


def test_an_unknown_tab_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError) as stop:
        enable(book_of(OWN_LIST), ["paymants"], "en")
    assert stop.value.hint is not None
    assert stop.value.hint.args == {"name": "Payments"}


def test_the_tool_s_own_tabs_cannot_be_enabled() -> None:
    with pytest.raises(UsageError):
        enable(book_of(OWN_LIST), ["ChangeLog"], "en")


def test_the_same_day_makes_the_same_demo_and_another_day_another() -> None:
    first, second = (fresh_tabs("ru", "wholesale", TODAY, demo=True) for _ in range(2))
    assert first == second
    assert fresh_tabs("ru", "wholesale", date(2026, 11, 22), demo=True) != first
