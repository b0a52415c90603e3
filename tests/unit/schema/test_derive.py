"""The columns that `update` writes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sheetcrm.schema.base import Base, load
from sheetcrm.schema.derive import derive
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.tables import recognise
from sheetcrm.table import Change, Value
from sheetcrm.workbook.memory import MemoryWorkbook
from tests.books import TODAY, base_of, book_of

SETTLED = "Deal ID|Company|▦ Company link|Stage|Delivered on|Amount"


class Firm:
    """A firm's book in memory."""

    def __init__(self, tabs: Mapping[str, str]) -> None:
        self.workbook = MemoryWorkbook(recognise, book_of(dict(tabs)).sheets)

    @property
    def base(self) -> Base:
        return load(self.workbook.read())

    def update(self, today: date = TODAY) -> list[Change]:
        changes = derive(Facts(self.base, today))
        self.workbook.write(changes, (), self.workbook.read().revision)
        return changes

    def change(self, table: str, id: str, column: str, value: Value) -> None:
        self.workbook.write([Change(table, id, column, None, value)], (), self.workbook.read().revision)

    def company_cells(self, table: str = "deals") -> list[tuple[Value, Value]]:
        return list(zip(self.base.values(table, "company"), self.base.values(table, "company_link"), strict=True))


def test_derived_columns_are_appended_and_filled_and_a_second_run_changes_nothing() -> None:
    firm = Firm(
        {
            "Компании": "ID компании|Наименование|Этап\nC-000001|Ромашка|Покупатель\nC-000002|Лютик|Информация",
            "Сделки": """ID сделки|Компания|Стадия|Дата поставки|Сумма
                D-000001|Ромашка|Расчёты завершены|2026-10-01|1000,50
                D-000002|Ромашка|Отгружено|2026-11-01|70""",
        }
    )
    firm.update()
    base = firm.base
    assert [cell for cell in base.book.sheets[0].rows[0] if str(cell).startswith("▦")] == [
        "▦ Не хватает",
        "▦ Этап (факт)",
        "▦ Класс ABCD",
        "▦ Последний контакт",
        "▦ Последняя покупка",
        "▦ Период покупки, дн.",
        "▦ Долг",
        "▦ LTV",
        "▦ Заведён",
    ]
    assert base.values("companies", "abcd") == ["A", "D"]
    assert base.values("companies", "debt") == [Decimal(70), Decimal(0)]
    assert base.values("companies", "last_purchase") == [date(2026, 10, 1), None]
    assert base.values("companies", "created_on") == [TODAY, TODAY]
    assert "ИНН" in base.texts("companies", "missing")[0]
    assert base.values("deals", "purchase_no") == [1, None]
    assert firm.update() == []


def test_the_fact_of_a_stage_is_written_as_the_book_calls_it() -> None:
    book = "ID компании|Наименование|Этап|Адрес|Телефон\nC-000001|Ромашка|Информация|Пермь|+7 342 222-33-44"
    firm = Firm({"Компании": book})
    firm.update()
    table = firm.base.table("companies")
    assert table is not None
    assert table.cells("stage_fact") == ("Информация",)


def test_the_day_of_entry_is_set_once() -> None:
    firm = Firm({"Companies": 'Company ID|Name|▦ Created on\nC-000001|Rose|2020-05-01\nC-000002|Lily|""'})
    firm.update()
    assert firm.base.values("companies", "created_on") == [date(2020, 5, 1), TODAY]
    firm.update(date(2026, 11, 22))
    assert firm.base.values("companies", "created_on") == [date(2020, 5, 1), TODAY]


def test_a_firms_own_column_of_that_name_is_theirs() -> None:
    firm = Firm({"Компании": "ID компании|Наименование|Долг|LTV\nC-000001|Ромашка|спросить у Ольги|много"})
    firm.update()
    own = firm.base.table("companies")
    assert own is not None
    assert (own.cells("Долг"), own.cells("LTV")) == (("спросить у Ольги",), ("много",))
    assert firm.base.values("companies", "debt") == [Decimal(0)]


def test_a_column_headed_by_its_bare_code_is_ours() -> None:
    firm = Firm({"Companies": "Company ID|Name|debt\nC-000001|Rose|nonsense"})
    firm.update()
    assert [column.header for column in firm.base.book.tables[0].layout.columns].count("▦ Debt") == 0
    assert firm.base.values("companies", "debt") == [Decimal(0)]


def test_a_formula_in_a_derived_column_stays() -> None:
    firm = Firm({"Companies": "Company ID|Name|▦ Debt\nC-000001|Rose|5\nC-000002|Lily|5"})
    sheet = replace(firm.base.book.sheets[0], formulas=frozenset({(2, 2)}))
    firm.workbook = MemoryWorkbook(recognise, [sheet])
    firm.update()
    assert firm.base.values("companies", "debt") == [Decimal(5), Decimal(0)]


def test_rows_without_an_id_of_their_own_are_addressed_by_their_number() -> None:
    base = base_of({"Companies": 'Company ID|Name|debt\nC-000001|Rose|1\nC-000001|Lily|1\nC-000002|Iris|1\n""|Ivy|1'})
    changes = [change for change in derive(Facts(base, TODAY)) if change.column == "debt"]
    assert [(change.id, change.row) for change in changes] == [
        ("C-000001", 2),
        ("C-000001", 3),
        ("C-000002", None),
        (None, 5),
    ]


def test_what_stood_before_is_remembered() -> None:
    base = base_of({"Companies": "Company ID|Name|debt|abcd\nC-000001|Rose|12|B"})
    before = {change.column: change.old for change in derive(Facts(base, TODAY)) if change.column in ("debt", "abcd")}
    assert before == {"debt": Decimal(12), "abcd": "B"}


class TestCompanyLinks:
    firm_book = "Company ID|Name\nC-000001|Rose\nC-000002|Lily"

    def test_a_link_keeps_the_id_and_the_name_last_seen(self) -> None:
        firm = Firm({"Companies": self.firm_book, "Deals": f"{SETTLED}\nD-000001|rose||need||"})
        firm.update()
        assert firm.company_cells() == [("rose", "C-000001 rose")]
        assert firm.update() == []

    def test_a_renamed_company_is_renamed_wherever_the_old_name_stands(self) -> None:
        firm = Firm(
            {
                "Companies": self.firm_book,
                "Deals": f"{SETTLED}\nD-000001|Rose||need||\nD-000002|Lily||need||",
                "Contacts": "Contact ID|Company|Full name\nP-000001|Rose|Anna",
            }
        )
        firm.update()
        firm.change("companies", "C-000001", "name", "Rose & Sons")
        assert firm.base.links("contacts", "company").target == [0]
        firm.update()
        assert firm.company_cells() == [("Rose & Sons", "C-000001 Rose & Sons"), ("Lily", "C-000002 Lily")]
        assert firm.company_cells("contacts") == [("Rose & Sons", "C-000001 Rose & Sons")]
        assert firm.update() == []

    def test_a_name_that_somebody_changed_by_hand_stays_as_typed(self) -> None:
        firm = Firm({"Companies": self.firm_book, "Deals": f"{SETTLED}\nD-000001|Rose||need||"})
        firm.update()
        firm.change("companies", "C-000001", "name", "Rose & Sons")
        firm.change("deals", "D-000001", "company", "LILY")
        firm.update()
        assert firm.company_cells() == [("LILY", "C-000002 LILY")]

    def test_a_name_that_nobody_bears_wins_too_and_can_be_taken_back(self) -> None:
        firm = Firm({"Companies": self.firm_book, "Deals": f"{SETTLED}\nD-000001|Rose||need||"})
        firm.update()
        firm.change("companies", "C-000001", "name", "Rose & Sons")
        firm.change("deals", "D-000001", "company", "Tulip")
        assert [c for c in firm.update() if c.table == "deals"] == []
        firm.change("deals", "D-000001", "company", "Rose")
        firm.update()
        assert firm.company_cells() == [("Rose & Sons", "C-000001 Rose & Sons")]

    def test_a_new_namesake_makes_the_cell_say_which_one_was_meant(self) -> None:
        companies = "Company ID|Name|City\nC-000001|Rose|Perm\nC-000002|Lily|Omsk"
        firm = Firm({"Companies": companies, "Deals": f"{SETTLED}\nD-000001|Rose||need||"})
        firm.update()
        firm.change("companies", "C-000002", "name", "Rose")
        firm.update()
        assert firm.company_cells() == [("Rose (Perm)", "C-000001 Rose (Perm)")]

    def test_an_id_in_the_cell_stays_an_id(self) -> None:
        firm = Firm({"Companies": self.firm_book, "Deals": f"{SETTLED}\nD-000001|C-000002||need||"})
        firm.update()
        firm.change("companies", "C-000002", "name", "Tulip")
        firm.update()
        assert firm.company_cells() == [("C-000002", "C-000002 Tulip")]

    def test_a_formula_that_gives_the_former_name_is_not_overwritten(self) -> None:
        firm = Firm({"Companies": self.firm_book, "Deals": f"{SETTLED}\nD-000001|Rose|C-000001 Rose|need||"})
        firm.change("companies", "C-000001", "name", "Tulip")
        sheets = [replace(s, formulas=frozenset({(2, 1)})) if s.title == "Deals" else s for s in firm.base.book.sheets]
        firm.workbook = MemoryWorkbook(recognise, sheets)
        firm.update()
        assert firm.company_cells() == [("Rose", "C-000001 Rose")]
        assert firm.update() == []


def test_the_company_at_the_time_of_an_activity_is_set_once() -> None:
    firm = Firm(
        {
            "Companies": "Company ID|Name\nC-000001|Rose",
            "Activities": "Activity ID|At|Company\nA-000001|2026-11-01|Rose",
        }
    )
    firm.update()
    firm.change("companies", "C-000001", "name", "Tulip")
    firm.update()
    assert firm.base.values("activities", "company_at_time") == ["Rose"]
    assert firm.base.values("activities", "company") == ["Tulip"]
