from sheetcrm.text import Lang
from tests.unit.validators.finding import companies, findings, said


def test_every_missing_column_is_named_with_its_tab_in_plain_words() -> None:
    tabs = {
        "Компании": """
            ID компании | Наименование | Этап       | Телефон     | Город | ИНН
            C-000001    | Аурум        | Покупатель | 89123456789 | Пермь |
        """,
        "Контактные лица": """
            ID контакта | ФИО       | Компания | Должность | Телефон
            P-000001    | Анна Грей | Аурум    |           | 89123456780
        """,
        "Сделки": "ID сделки | Компания | Стадия | Причина отказа\nD-000001 | Аурум | Отказ | Цена",
    }
    (finding,) = [one for one in findings(tabs) if one.code == "G001"]
    lang: Lang = "ru"
    assert (finding.place.address, finding.place.field) == ("Компании!C2", "stage")
    for words in ("Покупатель", "ИНН", "Контактные лица: Должность", "Сделки: Объём поставки", "Информация"):
        assert words in said(finding, lang)


def test_a_record_has_one_error_and_one_warning_at_most() -> None:
    tabs = {
        "Companies": companies("Aurum | Buyer | | | ", header="Name | Stage | Manager | Category | INN"),
        "Managers": "Manager ID | Name\nM-000001 | Bob\nM-000002 | Kim",
        "Contacts": "Contact ID | Company\n",
    }
    gates = [one.code for one in findings(tabs) if one.code.startswith("G")]
    assert gates == ["G001", "G003"]


def test_what_most_companies_lack_is_said_of_the_column_and_the_rest_of_each() -> None:
    rows = [f"Firm {n} | Information | 8912345{n:04d} | Lenina {n} | {'B' if n == 0 else ''}" for n in range(12)]
    table = companies(
        *rows, "Last | Information | 89123456789 | | A", header="Name | Stage | Phone | Address | Category"
    )
    wishes = [(one.place.address, said(one)) for one in findings({"Companies": table}) if one.code == "G003"]
    assert [address for address, _ in wishes] == ["Companies!F1", "Companies!C14"]
    assert "Address" in wishes[1][1]


def test_the_manager_by_default_answers_where_none_is_typed() -> None:
    table = companies(
        "Aurum | Information | 89123456789 | Lenina 1 |", header="Name | Stage | Phone | Address | Manager"
    )
    managers = "Manager ID | Name\nM-000001 | Bob\nM-000002 | Kim"
    wants = [one.code for one in findings({"Companies": table, "Managers": managers})]
    settled = [
        one.code
        for one in findings(
            {"Companies": table, "Managers": managers, "Settings": "Setting | Value\ndefault_manager | Kim"}
        )
    ]
    assert (wants, settled) == (["G003"], [])
