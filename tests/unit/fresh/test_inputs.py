"""A record class becomes a tab: columns, drop-downs, checks and what lights up."""

from decimal import Decimal
from itertools import groupby, pairwise

import pytest

from sheetcrm.fresh.inputs import Surroundings, arranged, input_tab, position_of
from sheetcrm.schema.record import fields
from sheetcrm.schema.settings import Settings
from sheetcrm.schema.tables import SCHEMA, layout_of
from sheetcrm.tab import Highlight, Look, Tab, TabColumn
from sheetcrm.text import LANGUAGES, Lang

RU = Surroundings("ru")
EN = Surroundings("en")


def column(tab: Tab, key: str) -> TabColumn:
    return next(column for column in tab.columns if column.key == key)


def highlights(tab: Tab, key: str, kind: str) -> list[Highlight]:
    number = next(number for number, column in enumerate(tab.columns) if column.key == key)
    return [found for found in tab.highlights if found.column == number and found.kind == kind]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", SCHEMA)
def test_every_header_is_understood_when_the_tab_is_read_back(name: str, lang: Lang) -> None:
    tab = input_tab(SCHEMA[name], Surroundings(lang))
    layout = layout_of(name, 1, [column.header for column in tab.columns])
    assert [column.code for column in layout.columns] == [column.key for column in tab.columns]
    assert not layout.doubles


def test_about_a_dozen_columns_of_companies_show_and_begin_with_id_and_name() -> None:
    shown = [column.header for column in input_tab(SCHEMA["companies"], RU).columns if not column.level]
    assert shown[:5] == ["ID компании", "Наименование", "Этап", "▦ Не хватает", "Ответственный"]
    assert 10 <= len(shown) <= 14


def test_between_two_folded_groups_stands_a_column_that_shows() -> None:
    """Office programs run neighbouring groups into one."""
    groups = [group for group, _ in groupby(info.col.group for info in arranged(SCHEMA["companies"]))]
    assert sorted(filter(None, groups)) == ["analysis", "contract", "opening", "profile", "requisites"]
    assert not any(one and other for one, other in pairwise(groups))


def test_nothing_is_lost_when_columns_are_arranged() -> None:
    for record in SCHEMA.values():
        assert sorted(info.code for info in arranged(record)) == sorted(fields(record))


def test_ids_are_grey_and_frozen_with_the_name_and_derived_columns_are_grey() -> None:
    tab = input_tab(SCHEMA["companies"], EN)
    assert (tab.columns[0].look, tab.freeze) == (Look.KEY, 2)
    assert column(tab, "debt").look is Look.DERIVED
    assert column(tab, "name").look is Look.PLAIN


def test_link_columns_are_hidden() -> None:
    assert column(input_tab(SCHEMA["deals"], RU), "company_link").hidden


def test_a_closed_list_stops_what_it_does_not_have_and_an_open_one_only_warns() -> None:
    tab = input_tab(SCHEMA["companies"], RU)
    assert column(tab, "stage").strict
    assert "Постоянный покупатель" in column(tab, "stage").choices
    assert not column(tab, "source").strict


def test_yes_and_no_are_said_in_the_book_s_language() -> None:
    assert column(input_tab(SCHEMA["companies"], RU), "vip").choices == ("да", "нет")
    assert column(input_tab(SCHEMA["companies"], EN), "vip").choices == ("yes", "no")


def test_references_are_offered_only_where_their_tab_is_in_the_book() -> None:
    around = Surroundings("en", references={"companies": ("Companies", 1, 2)})
    tab = input_tab(SCHEMA["deals"], around)
    assert column(tab, "company").choices == ("Companies", 1, 2)
    assert column(tab, "product").choices == ()


def test_a_derived_column_offers_and_asks_nothing() -> None:
    stage = column(input_tab(SCHEMA["companies"], RU), "stage_fact")
    assert (stage.choices, stage.check) == ((), None)


def test_dates_and_numbers_are_checked_with_a_sentence_in_the_book_s_language() -> None:
    tab = input_tab(SCHEMA["companies"], EN)
    due, discount = column(tab, "contract_date").check, column(tab, "discount").check
    assert due is not None
    assert (due.kind, due.message) == ("date", "A date belongs here, like 2026-11-21.")
    assert discount is not None
    assert (discount.low, discount.high) == (Decimal(0), Decimal(100))


def test_a_blank_inn_lights_up_from_the_buyer_on() -> None:
    (found,) = highlights(input_tab(SCHEMA["companies"], RU), "inn", "blank")
    stage = position_of(SCHEMA["companies"], "stage")
    assert found.when == (stage, ("Покупатель", "Реактивация", "Постоянный покупатель"))


def test_a_waived_inn_does_not_light_up() -> None:
    around = Surroundings("ru", Settings(inn_required=False))
    assert highlights(input_tab(SCHEMA["companies"], around), "inn", "blank") == []


def test_what_another_cell_can_stand_in_for_does_not_light_up() -> None:
    """Any channel will do for a lead, and an order's terms stand in any of its rows."""
    assert highlights(input_tab(SCHEMA["companies"], RU), "phone", "blank") == []
    assert highlights(input_tab(SCHEMA["deals"], RU), "terms", "blank") == []
    assert highlights(input_tab(SCHEMA["deals"], RU), "expected_close", "blank")


def test_the_stage_lights_up_where_something_is_missing() -> None:
    tab = input_tab(SCHEMA["companies"], RU)
    (found,) = highlights(tab, "stage", "filled")
    assert found.when == (position_of(SCHEMA["companies"], "missing"), ())


def test_new_rows_have_their_drop_downs() -> None:
    assert input_tab(SCHEMA["companies"], RU).spare >= 100
    assert input_tab(SCHEMA["runs"], RU).spare == 0


def test_rows_stand_under_their_headers() -> None:
    tab = input_tab(SCHEMA["managers"], EN, [{"name": "Ann Gray", "manager_id": "M-000001"}])
    (row,) = tab.rows
    assert list(row.values)[:3] == ["M-000001", "Ann Gray", None]
