"""The tabs Lists and Settings, and the drop-downs that refer to them."""

from sheetcrm.fresh.lists import extended, fresh_listed, list_rows, listed_in, setting_rows
from sheetcrm.schema.settings import Settings, meanings, read_settings
from sheetcrm.schema.words import ENUMERATIONS, Choice
from sheetcrm.text import Label
from tests.books import book_of

RADIO = Choice("radio", Label("Radio", "Радио"))


def test_every_value_stands_in_lists_in_both_languages() -> None:
    rows = [row for row in list_rows(ENUMERATIONS) if row]
    assert len(rows) == sum(len(found.choices) for found in ENUMERATIONS.values())
    assert {"list": "company_stage", "code": "buyer", "en": "Buyer", "ru": "Покупатель", "order": 4} in rows


def test_a_drop_down_covers_exactly_the_rows_of_its_list() -> None:
    labels = [
        "",
        "Russian",
        *(row.get("ru") for row in list_rows(ENUMERATIONS)),
    ]  # so that the index is the row's number
    for name, where in fresh_listed(ENUMERATIONS, "ru", "Списки").items():
        assert len(where) == 4
        title, column, first, last = where
        assert (title, column) == ("Списки", 3)
        assert isinstance(first, int)
        assert isinstance(last, int)
        listed = [choice.label.ru for choice in ENUMERATIONS[name].choices]
        # An open list offers a new value as soon as it is typed below the last one.
        assert labels[first : last + 1] == ([*listed, None] if ENUMERATIONS[name].open else listed)


def test_a_firm_s_own_value_comes_at_the_end_of_its_list() -> None:
    assert extended({"source": [RADIO]})["source"].choices[-1] == RADIO
    assert extended({"source": [RADIO]})["category"] == ENUMERATIONS["category"]


def test_in_an_existing_lists_tab_a_list_is_found_where_its_rows_stand_together() -> None:
    book = book_of(
        {
            "Lists": """
            List     | Code  | English | Russian
            source   | radio | Radio   | Радио
            source   | tv    | TV      | ТВ
            category | A     | A       | A
            source   | ads   | Ads     | Реклама
            """
        }
    )
    assert listed_in(book.by_name["lists"], "en") == {"category": ("Lists", 2, 4, 4)}


def test_settings_are_written_so_that_they_are_read_back() -> None:
    settings = Settings(language="ru", inn_required=False, regular_min_deals=3, publish=("stages", "check"))
    rows = setting_rows(settings, "ru")
    read, faults = read_settings([str(row["name"]) for row in rows], [str(row["value"]) for row in rows])
    assert (read, faults) == (settings, [])
    assert len(rows) == len(meanings())
