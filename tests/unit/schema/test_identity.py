"""By what two rows are suspected to be one client."""

import pytest

from sheetcrm.schema.identity import city_key, email_keys, firm_name, phone_keys, web_domain


@pytest.mark.parametrize(
    "typed",
    ["ООО «Ромашка»", "РОМАШКА, ООО", 'Общество с ограниченной ответственностью "Ромашка"', "ооо  ромашка"],
)
def test_a_firm_is_one_however_its_name_is_typed(typed: str) -> None:
    assert firm_name(typed) == ("ромашка", "ООО")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("АО Ромашка", ("ромашка", "АО")),
        ("Ромашка", ("ромашка", "")),
        ("Acme Ltd.", ("acme", "LTD")),
        ("ACME LIMITED", ("acme", "LTD")),
        ("ИП Иванов И.И.", ("иванов и и", "ИП")),
        ("ООО", ("ооо", "ООО")),
    ],
)
def test_the_legal_form_stands_apart(typed: str, name: tuple[str, str]) -> None:
    assert firm_name(typed) == name


def test_a_city_is_one_with_its_mark_and_without() -> None:
    assert {city_key("г. Пермь"), city_key("Г.ПЕРМЬ"), city_key("город Пермь"), city_key("Пермь")} == {"пермь"}
    assert city_key("Гомель") == "гомель"


def test_every_phone_and_address_of_a_cell_is_a_key() -> None:
    assert phone_keys("+79123456789; +73432223344") == ("9123456789", "3432223344")
    assert email_keys("Info@Romashka.ru; b@c.ru") == ("info@romashka.ru", "b@c.ru")


def test_a_page_on_a_site_of_many_is_no_domain_of_ones_own() -> None:
    assert web_domain("https://www.Romashka.ru/contacts") == "romashka.ru"
    assert web_domain("vk.com/romashka") == web_domain("нет сайта") == ""
