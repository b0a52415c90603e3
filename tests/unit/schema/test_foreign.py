"""What a list that isn't ours seems to be."""

from dataclasses import replace

import pytest

from sheetcrm.schema.foreign.columns import How
from sheetcrm.schema.foreign.headers import candidates
from sheetcrm.schema.foreign.looks import is_person
from sheetcrm.schema.foreign.ours import is_foreign
from sheetcrm.schema.foreign.reading import ForeignList, Reading, read
from sheetcrm.schema.foreign.rows import shape
from sheetcrm.schema.tables import recognise
from sheetcrm.table import book
from tests.books import book_of, sheet

FIRMS = """
ООО «Ромашка» | 8 912 345-67-89 | info@romashka.ru | Пермь
АО Вектор | +7 (343) 222-33-44 | zakaz@vector.ru | Екатеринбург
ИП Кузнецов | 8-904-111-22-33 | kuz@mail.ru | Тюмень
"""


def reading(**tabs: str) -> Reading:
    return read(book_of(tabs))


def only(**tabs: str) -> ForeignList:
    (found,) = reading(**tabs).lists
    return found


def fields(found: ForeignList) -> dict[str, str]:
    return {column.title: column.name for column in found.columns}


# ── whose book it is ──


@pytest.mark.parametrize(
    "tabs",
    [
        {"Лист1": "Клиент | Телефон\nРомашка | 8 912 345-67-89"},
        {"Клиенты": "Клиент | Телефон | Долг\nРомашка | 8 912 345-67-89 | 100"},
        {"Companies": "Company ID | Name\n10234 | Acme"},
        {"Настройки": "Параметр | Значение\nшрифт | Arial"},
        {"Лист1": " | "},
    ],
    ids=["any tab", "a tab titled like ours", "ids of another program", "settings of something else", "empty"],
)
def test_a_book_without_our_marks_is_foreign(tabs: dict[str, str]) -> None:
    assert is_foreign(book_of(tabs))


@pytest.mark.parametrize(
    "tabs",
    [
        {"Companies": "company_id | name\nC-000001 | Ромашка"},
        {"Компании": 'ID компании | Наименование\n"" | Ромашка'},
        {"Компании": "Наименование | ▦ Долг\nРомашка | 100"},
        {"Клиенты": "Клиент | Телефон\nРомашка | ", "Настройки": "Настройка | Значение\nlanguage | ru"},
        {"Клиенты": "Клиент | Телефон\nРомашка | ", "▦ Проверка": "Проверка | 21.11.2026"},
    ],
    ids=["field codes and ids", "blank ids", "a derived column", "our settings", "a tab of ours"],
)
def test_a_book_that_bears_our_mark_is_ours(tabs: dict[str, str]) -> None:
    assert not is_foreign(book_of(tabs))


# ── where the header is ──


def test_title_rows_stand_above_the_header() -> None:
    found = shape(sheet("Лист1", f"База клиентов\nна 12 марта\n\n Клиент | Тел. | Почта | Город {FIRMS}"))
    assert (found.header, found.records) == ((4, 4), (5, 6, 7))


def test_of_two_header_rows_the_lower_one_names_the_columns_below_a_merged_cell() -> None:
    rows = 'Фирма | Контакты | | Город\n"" | Тел. | Почта |' + FIRMS.rstrip()
    merged = (((1, 1), (1, 2)), ((1, 0), (2, 0)), ((1, 3), (2, 3)))
    found = shape(replace(sheet("Лист1", rows), merged=merged))
    assert found.header == (1, 2)
    assert found.headers == {0: "Фирма", 1: "Тел.", 2: "Почта", 3: "Город"}


def test_a_title_merged_over_the_table_is_no_header() -> None:
    rows = "Клиенты | | |\nФирма | Тел. | Почта | Город" + FIRMS.rstrip()
    assert shape(replace(sheet("Лист1", rows), merged=(((1, 0), (1, 3)),))).header == (2, 2)


def test_months_and_years_may_head_columns_of_sums() -> None:
    found = shape(sheet("Лист1", "Клиент | Телефон | 2026-01-01 | 2025\nРомашка | 8 912 345-67-89 | 10 | 20"))
    assert (found.header, found.headers[3]) == ((1, 1), "2025")


def test_words_that_nobody_knows_are_a_header_above_columns_of_values() -> None:
    found = only(Лист1="Кто | Звонить | Писать | Где" + FIRMS.rstrip())
    assert fields(found) == {
        "Кто": "companies.name",
        "Звонить": "companies.phone",
        "Писать": "companies.email",
        "Где": "companies.city",
    }
    assert {column.how for column in found.columns} == {How.VALUES}


def test_a_list_without_a_header_is_understood_by_its_values() -> None:
    found = only(Лист1=FIRMS)
    assert len(found) == 3
    assert fields(found) == {
        "A": "companies.name",
        "B": "companies.phone",
        "C": "companies.email",
        "D": "companies.city",
    }


# ── which rows are records ──


def test_rows_that_are_no_records_are_told_apart() -> None:
    found = shape(
        sheet(
            "Лист1",
            """№ | Клиент | Телефон | Сумма
            1 | 2 | 3 | 4
            Менеджер: Иванова | | |
            1 | ООО Ромашка | 8 912 345-67-89 | 10
            2 | АО Вектор | 8 912 345-67-88 | 20
            "" | Итого | | 30
            "" | | |
            № | Клиент | Телефон | Сумма
            3 | ИП Кузнецов | 8 912 345-67-87 | 30
            Обновлено Леной в марте | | |""",
        )
    )
    assert found.records == (4, 5, 9)
    assert found.asides == {"header": (2, 8), "section": (3,), "total": (6,), "blank": (7,), "remark": (10,)}


def test_a_client_of_whom_only_the_name_is_known_is_a_record() -> None:
    found = shape(sheet("Лист1", f"Клиент | Тел. | Почта | Город {FIRMS}ООО Заря | | |"))
    assert found.records == (2, 3, 4, 5)


def test_a_firm_called_total_is_a_record() -> None:
    found = shape(sheet("Лист1", f"Клиент | Тел. | Почта | Город {FIRMS}Total Trade | 8 912 345-67-80 | | Пермь"))
    assert found.records == (2, 3, 4, 5)


def test_what_is_merged_downwards_stands_in_each_row() -> None:
    rows = 'Фирма | ФИО | Тел.\nООО Ромашка | Иванов Иван | 8 912 345-67-89\n"" | Петрова Анна | 8 912 345-67-88'
    (found,) = read(book("b", "1", [replace(sheet("Лист1", rows), merged=(((2, 0), (3, 0)),))], recognise)).lists
    assert [list(column.cells) for column in found.fields("companies.name")] == [["ООО Ромашка", "ООО Ромашка"]]
    assert found.leads == [(0, 2), (0, 2)]


# ── what the columns are ──


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Наименование клиента", "companies.name"),
        ("Контрагент", "companies.name"),
        ("Company name", "companies.name"),
        ("Контактное\nлицо", "contacts.full_name"),
        ("Контактое лицо", "contacts.full_name"),
        ("Телефон (моб.)", "companies.phone"),
        ("Телефон/факс", "companies.phone"),
        ("E-MAIL:", "companies.email"),
        ("ИНН / КПП", "companies.inn"),
        ("Сумма, руб.", "deals.amount"),
        ("Статус клиента", "companies.stage"),
        ("Last contacted", "activities.at"),
    ],
)
def test_a_header_is_understood_however_people_write_it(header: str, column: str) -> None:
    first = candidates(header)[0]
    assert f"{first.table}.{first.code}" == column


@pytest.mark.parametrize("header", ["Шоурум", "Код 1С", "▦ Долг", "Долг", "№ п/п", "Подарок на НГ"])
def test_a_header_that_says_nothing_to_us_stays_the_firms_own(header: str) -> None:
    assert candidates(header) == ()


def test_a_second_phone_is_understood_too() -> None:
    found = only(Лист1="Клиент | Телефон | Телефон 2 | Мобильный\nРомашка | 8 912 345-67-89 | 8 912 345-67-88 | ")
    assert fields(found) == {
        "Клиент": "companies.name",
        "Телефон": "companies.phone",
        "Телефон 2": "contacts.phone",
        "Мобильный": "contacts.mobile",
    }


def test_values_win_over_a_header_that_they_contradict() -> None:
    found = only(Лист1="Клиент | Почта | Телефон | Город" + FIRMS.rstrip())
    assert fields(found) == {
        "Клиент": "companies.name",
        "Почта": "companies.phone",
        "Телефон": "companies.email",
        "Город": "companies.city",
    }
    promised = [column.promised.code for column in found.columns if column.promised]
    assert promised == ["email", "phone"]


def test_words_under_a_header_of_dates_are_the_firms_own() -> None:
    found = only(Лист1="Клиент | Телефон | Следующий шаг\nРомашка | 8 912 345-67-89 | перезвонить в среду")
    assert found.columns[2].field is None


def test_tax_numbers_are_not_taken_for_phones() -> None:
    found = only(Лист1='ООО Ромашка | "7707083893"\nАО Вектор | "7736050003"\nИП Кузнецов | "500100732259"')
    assert fields(found) == {"A": "companies.name", "B": "companies.inn"}


def test_a_header_that_may_be_phones_or_row_numbers_is_settled_by_the_values() -> None:
    phones = only(Лист1="Клиент | Номер\nРомашка | 8 912 345-67-89\nВектор | 8 912 345-67-88")
    numbers = only(Лист1="Номер | Клиент\n1 | Ромашка\n2 | Вектор")
    assert phones.columns[1].name == "companies.phone"
    assert numbers.columns[0].counter


def test_row_numbers_are_understood_and_are_no_field() -> None:
    found = only(Лист1="№ | Клиент | Телефон\n1 | Ромашка | 8 912 345-67-89\n2 | Вектор | 8 912 345-67-88")
    assert (found.columns[0].counter, found.columns[0].field) == (True, None)


def test_a_dash_among_sums_is_blank_and_a_sum_may_be_text() -> None:
    found = only(Лист1="Клиент | Телефон | Сумма\nРомашка | 8 912 345-67-89 | -\nВектор | | 1 234,50")
    assert [str(value) for value in found.columns[2].values] == ["None", "1234.50"]
    assert found.columns[2].problems == {}


@pytest.mark.parametrize("name", ["Иванов Иван", "Иванова", "Петров А.В.", "Сидорова Анна Петровна", "Kate Moore"])
def test_a_person_is_known_by_the_name(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize("name", ["ООО Иванов", "Екатеринбург", "Саратов", "Лист1", "Delta Marine", "Склад Перово 5"])
def test_what_is_no_person_is_not_taken_for_one(name: str) -> None:
    assert not is_person(name)


# ── which tabs are a list ──


def test_tabs_of_one_shape_are_one_list_whose_titles_are_managers() -> None:
    row = "Клиент | Телефон\nРомашка | 8 912 345-67-89"
    found = only(Иванова=row, Петров=row.replace("Клиент | Телефон", "Телефон | Клиент"), Смирнова=row)
    assert (len(found), found.title_means) == (3, "manager")
    assert [column.at for column in found.columns] == [(0, 1, 0), (1, 0, 1)]


@pytest.mark.parametrize(
    ("titles", "meaning"),
    [
        (("Екатеринбург", "Пермь", "Прочие города"), "city"),
        (("Январь", "Февраль 2026", "март"), "month"),
        (("Постоянный", "Потенциальный", "Отказ"), "stage"),
        (("Лист1", "Лист2", "Лист3"), ""),
    ],
)
def test_what_the_titles_of_tabs_tell(titles: tuple[str, ...], meaning: str) -> None:
    rows = "Клиент | Телефон\nРомашка | 8 912 345-67-89"
    assert only(**dict.fromkeys(titles, rows)).title_means == meaning


def test_tabs_that_name_no_client_are_left_out() -> None:
    found = reading(
        Клиенты="Клиент | Телефон\nРомашка | 8 912 345-67-89",
        Прайс="Товар | Цена\nТруба | 100",
        Менеджеры="ФИО | E-mail\nИванова Анна | anna@ours.ru",
        Итоги="Менеджер | Сумма\nИванова | 100",
        Инструкция="Сначала впишите клиента\nПотом позвоните",
    )
    assert [rows.shapes[0].sheet.title for rows in found.lists] == ["Клиенты"]
    assert found.left_out == dict.fromkeys(("Прайс", "Менеджеры", "Итоги", "Инструкция"), "no client")


def test_a_hidden_tab_is_left_out() -> None:
    hidden = replace(sheet("Старое", "Клиент | Телефон\nРомашка | 8 912 345-67-89"), hidden=True)
    found = read(book("b", "1", [hidden], recognise))
    assert (found.lists, found.left_out) == ((), {"Старое": "hidden"})


@pytest.mark.parametrize(
    ("rows", "of"),
    [
        ("Компания | ФИО\nРомашка | Иванов Иван\nРомашка | Петрова Анна\nВектор | Серов Олег", "contacts"),
        ("Клиент | Товар | Сумма\nРомашка | Труба | 1\nРомашка | Труба | 2\nВектор | Труба | 3", "deals"),
        ("Клиент | Телефон\nРомашка | 1\nВектор | 2", "companies"),
        ("ФИО | Телефон\nИванов Иван | 1\nСеров Олег | 2", "contacts"),
    ],
)
def test_what_a_row_is(rows: str, of: str) -> None:
    assert only(Лист1=rows).rows_of == of


def test_phones_of_a_british_list_are_read_as_british() -> None:
    found = reading(Leads="Company | Phone\nAmber Foods Ltd | 020 7100 4000\nCedar Press Ltd | 0161 496 0000")
    assert found.context.region == "GB"
