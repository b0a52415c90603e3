"""The filter language: what it picks, and how it says what it did not understand."""

import pytest

from sheetcrm.errors import Exit, UsageError
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.filter import parse
from sheetcrm.text import say
from tests.books import facts_of

TABS = {
    "Компании": """
    ID компании | Наименование | Этап       | Город           | Тел.             | Менеджер | Оборот клиента | Мой балл
    C-000001    | Ромашка      | Покупатель | Пермь           | +7 912 345-67-89 | Анна     | 12000,5        | 3
    C-000002    | Лютик        | Информация | Нижний Новгород |                  | Борис    | 800            | 10
    C-000003    | Берёза и сын | Отказ      |                 |                  |          |                |
    """,
    "Сделки": """
    ID сделки | Компания | Стадия      | Товар  | Объём потребности | Цена | Сумма | Дата выявления | Ответственный
    D-000001  | Ромашка  | Согласовано | Труба  | 10                | 7.5  |       | 2026-10-05     |
    D-000002  | Лютик    | КП          | Лист   |                   |      | 20000 | 2026-11-01     | Анна
    D-000003  | Лютик    | Отложена    | Лист   |                   |      |       |                |
    """,
    "Ответственные": """
    ID ответственного | Имя   | Роль
    M-000001          | Анна  | Руководитель
    M-000002          | Борис | Продавец
    """,
}


TICKS_AND_DATES = {
    "Компании": """
    ID компании | Наименование | Этап       | VIP | Договор до | Долг
    C-000001    | Ромашка      | Покупатель | да  | 2026-12-31 | 5
    C-000002    | Лютик        | Информация |     |            | 0
    C-000003    | Астра        | Отказ      | нет | 2026-11-02 |
    """,
}


@pytest.fixture(scope="module")
def firm() -> Facts:
    return facts_of(TABS)


@pytest.fixture(scope="module")
def other() -> Facts:
    return facts_of(TICKS_AND_DATES)


def picked(firm: Facts, table: str, text: str) -> list[int]:
    """The picked rows, numbered from 1 as in the tables above."""
    return sorted(position + 1 for position in parse(text, table, firm.base).positions(firm))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("city = Perm", []),
        ("city = пермь", [1]),
        ("Город = ПЕРМЬ", [1]),
        ("city = Нижний Новгород", [2]),
        ("name = Береза и сын", None),
        ("name = 'береза и сын'", [3]),
        ("name ~ ом", [1]),
        ("name !~ ом", [2, 3]),
        ("turnover > 12 000", [1]),
        ("turnover <= 12 000,50", [1, 2]),
        ("turnover < 12000.5", [2]),
        ("turnover != 800", [1, 3]),
        ("typed_stage in (buyer, Отказ)", [1, 3]),
        ("typed_stage not in (buyer, Отказ)", [2]),
        ("этап в ячейке в (Покупатель)", [1]),
        ("phone = 8 (912) 345 67 89", None),
        ("phone = '8 (912) 345 67 89'", [1]),
        ("phone = 89123456789", [1]),
        ("phone ~ 345", [1]),
        ('phone = ""', [2, 3]),
        ('phone != ""', [1]),
        ("manager = Анна", [1]),
        ("manager = M-000002", [2]),
        ("manager.role = head", [1]),
        ("company = C-000002", [2]),
    ],
)
def test_comparisons(firm: Facts, text: str, rows: list[int] | None) -> None:
    if rows is None:
        with pytest.raises(UsageError):
            parse(text, "companies", firm.base)
    else:
        assert picked(firm, "companies", text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("vip = да", [1]),
        ("vip = no", [3]),
        ("vip != yes", [2, 3]),
        ("contract_until = 2026", [1, 3]),
        ("contract_until = 11.2026", [3]),
        ("contract_until > 2026-11", [1]),
        ("contract_until >= 2026-11", [1, 3]),
        ("contract_until <= 2026-11", [3]),
        ("contract_until < 31.12.2026", [3]),
    ],
)
def test_ticks_and_dates_where_a_month_is_all_its_days(other: Facts, text: str, rows: list[int]) -> None:
    assert picked(other, "companies", text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("city = Пермь and turnover > 1 or name ~ лют", [1, 2]),
        ("city = Пермь and (turnover > 99999 or name ~ лют)", []),
        ("not city = Пермь and not turnover > 1", [3]),
        ("not (city = Пермь or turnover > 1)", [3]),
        ("город = Пермь или не оборот клиента > 1", [1, 3]),
        ("город != Пермь и оборот клиента > 1", [2]),
    ],
)
def test_and_binds_tighter_than_or_and_not_tightest(firm: Facts, text: str, rows: list[int]) -> None:
    assert picked(firm, "companies", text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("deal_stage = offer", [2]),
        ("Стадия = Согласовано", [1]),
        ("status = отложено", [3]),
        ("company.stage = sale", []),
        ("stage = Информация", [1, 2, 3]),
        ("city = Пермь", [1]),
        ("company.city = Пермь", [1]),
        ("company = Лютик", [2, 3]),
        ("amount = 75", [1]),
        ("manager = Анна", [1, 2]),
        ("manager = Борис", [3]),
        ("need_date = 2026-10", [1]),
        ("probability >= 30", [1, 2]),
        ("turnover > 1000 or product = лист", [1, 2, 3]),
    ],
)
def test_a_deal_knows_its_own_columns_and_its_companys(firm: Facts, text: str, rows: list[int]) -> None:
    assert picked(firm, "deals", text) == rows


def test_stage_is_the_one_that_reports_count_by(firm: Facts) -> None:
    """Ромашка is typed a buyer, but no purchase bears that out."""
    assert picked(firm, "companies", "stage = buyer") == []
    assert picked(firm, "companies", "stage = lead") == [1, 2]


def test_the_users_own_column_wins_over_a_derived_one_of_its_name(other: Facts) -> None:
    assert picked(other, "companies", "Долг = 5") == [1]
    assert picked(other, "companies", "debt = 0") == [1, 2, 3]
    assert picked(other, "companies", "▦ Долг = 0") == [1, 2, 3]


@pytest.mark.parametrize("name", ["Мой балл", '"Мой балл"', "`мой балл`", "[Мой балл]", "«Мой балл»"])
def test_the_users_own_columns_go_by_header_and_numbers_in_them_are_numbers(firm: Facts, name: str) -> None:
    assert picked(firm, "companies", f"{name} > 9") == [2]


def test_derived_columns_come_from_the_facts_not_from_stale_cells() -> None:
    firm = facts_of(
        {
            "Companies": """
            Company ID | Name | ▦ Debt | ▦ ABCD
            C-000001   | Rose | 999    | D
            """,
            "Deals": """
            Deal ID  | Company | Stage   | Amount | Delivered on
            D-000001 | Rose    | Settled | 500    | 2026-10-01
            D-000002 | Rose    | Delivered | 70   | 2026-11-01
            """,
        }
    )
    assert picked(firm, "companies", "debt = 70 and abcd = A and last_purchase = 2026-10-01") == [1]


def test_values_that_the_firm_added_to_a_list_are_known() -> None:
    firm = facts_of(
        {
            "Companies": """
            Company ID | Name | Source
            C-000001   | Rose | Fair of Perm
            """,
            "Lists": """
            List   | Code | English
            source | fair | Fair of Perm
            """,
        }
    )
    assert picked(firm, "companies", "source = fair") == [1]


def marked(text: str, table: str = "companies") -> tuple[str, str]:
    """The part of the filter from the mark on, and the whole message with its hint."""
    firm = facts_of(TABS)
    with pytest.raises(UsageError) as caught:
        parse(text, table, firm.base)
    said = say(caught.value.message, "en")
    _, line, mark = said.split("\n")
    assert mark.strip() == "^"
    assert caught.value.exit_code is Exit.USAGE
    return line[mark.index("^") :], said + " " + say(caught.value.hint or "", "en")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("city = Perm and and turnover > 5", "and turnover > 5"),
        ("city = Perm turnover > 5", "> 5"),
        ("(city = Perm", ""),
        ("city = Perm)", ")"),
        ("city", ""),
        ("city =", ""),
        ("", ""),
        ("city = 'Perm", "'Perm"),
        ("city ! Perm", "! Perm"),
        ("city in ()", ")"),
        ("city in (Perm", ""),
        ("= Perm", "= Perm"),
        ("turnover > many", "many"),
        ("contract_until > 31.02.2026", "31.02.2026"),
        ("contract_until > soon", "soon"),
        ("vip = maybe", "maybe"),
        ("stage in (buyer, byer)", "byer)"),
        ("stage > buyer", "buyer"),
        ("city > Perm", "Perm"),
    ],
)
def test_a_filter_that_is_not_clear_marks_the_place(text: str, rest: str) -> None:
    assert marked(text)[0] == rest


def test_an_unknown_column_is_named_with_the_nearest_ones() -> None:
    rest, said = marked("name ~ x and citty = Perm")
    assert rest == "citty = Perm"
    assert "“citty”" in said
    assert "city" in said.rpartition("Did you mean")[2]


def test_an_unknown_value_of_a_list_is_met_with_the_nearest_one() -> None:
    assert "“Buyer”" in marked("stage = byer")[1]


def test_a_deals_stage_asked_of_a_company_says_how_it_is_called() -> None:
    assert "deal_stage" in marked("stage = offer", "deals")[1]


def test_parentheses_without_end_are_refused_not_crashed_on() -> None:
    assert "too many parentheses" in marked("(" * 10_000)[1]
    assert "too many parentheses" in marked("not " * 10_000 + "city = x")[1]
