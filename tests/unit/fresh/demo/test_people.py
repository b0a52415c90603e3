"""People and firms that do not exist, with numbers that could."""

from random import Random

import pytest
from stdnum.ru import inn as library

from sheetcrm.fresh.demo.people import Registry, latin, patronymic
from sheetcrm.fresh.demo.recipe import world
from sheetcrm.schema.spelling import Phones, emails
from sheetcrm.text import LANGUAGES, Lang


def registry(lang: Lang) -> Registry:
    return Registry(world(lang), Random("test"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_phones_are_valid_in_their_country_and_given_once(lang: Lang) -> None:
    place, given = world(lang), registry(lang)
    phones = [given.landline(city) for city in place.cities.values() for _ in range(40)]
    phones += [given.mobile() for _ in range(200)]
    good, bad = Phones(place.settings["region"]).read("; ".join(phones))
    assert bad == []
    assert len(set(good)) == len(phones)


def test_an_inn_has_the_right_check_digit_and_is_given_once() -> None:
    given, cities = registry("ru"), world("ru").cities
    inns = [given.inn(city) for city in cities.values() for _ in range(30)]
    assert all(library.is_valid(inn) for inn in inns)
    assert len(set(inns)) == len(inns)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_people_differ_and_their_addresses_are_addresses(lang: Lang) -> None:
    given = registry(lang)
    people = [given.person() for _ in range(200)]
    assert len({name for name, _ in people}) == len({local for _, local in people}) == 200
    assert emails(", ".join(f"{local}@firm.example" for _, local in people))[1] == []


@pytest.mark.parametrize(
    ("father", "son", "daughter"),
    [
        ("Иван", "Иванович", "Ивановна"),
        ("Сергей", "Сергеевич", "Сергеевна"),
        ("Михаил", "Михайлович", "Михайловна"),
    ],
)
def test_patronymics_agree(father: str, son: str, daughter: str) -> None:
    assert (patronymic(father, False), patronymic(father, True)) == (son, daughter)


def test_names_are_spelt_in_latin_letters() -> None:
    assert latin("Воробьёв") == "vorobev"
    assert latin("Щукин") == "schukin"
