"""The demo firm: believable, the same each time, sound without its defects, and each defect found where it is."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from random import Random

import pytest

from sheetcrm.app.founding import Wish, init
from sheetcrm.findings import Finding
from sheetcrm.fresh.demo.firm import DemoFirm, demo_firm
from sheetcrm.fresh.tabs import fresh_tabs
from sheetcrm.fresh.template import names, template
from sheetcrm.schema.base import load
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.record import fields
from sheetcrm.schema.tables import SCHEMA, recognise
from sheetcrm.schema.words import COMPANY_STAGE, DEAL_STAGE
from sheetcrm.table import Book, Sheet, book
from sheetcrm.text import LANGUAGES, Lang
from sheetcrm.validators.checking import check
from sheetcrm.validators.registry import RULES
from sheetcrm.workbook import Address, open_workbook
from sheetcrm.workbook.memory import MemoryWorkbook
from tests.books import TODAY

Spot = tuple[str, str, str]
"""A finding's code, the table, and the cell."""

FIRMS = [(lang, name) for lang in LANGUAGES for name in names()]
every_firm = pytest.mark.parametrize(("lang", "name"), FIRMS)

NO_TAB_CAN_SAY = {
    *("S001", "S002", "S003", "S007", "S008", "S009"),  # a demo book has its tabs and columns, each once
    *("S004", "S005", "S006"),  # merged cells and formulas are not in what we write
    "H009",  # the firm has a head
}
"""Rules that the demo firm breaks nowhere."""


@cache
def firm(lang: Lang, name: str, clean: bool = False, today: date = TODAY) -> DemoFirm:
    return demo_firm(template(name), lang, today, clean)


@cache
def facts(lang: Lang, name: str, clean: bool = False, today: date = TODAY) -> Facts:
    workbook = MemoryWorkbook(recognise)
    workbook.write([], fresh_tabs(lang, name, today, demo=True, clean=clean), "")
    return Facts(load(workbook.read()), today)


def seeded(found: Facts, lang: Lang, name: str, today: date = TODAY) -> set[Spot]:
    return {
        (defect.code, defect.table, found.base.place(defect.table, defect.position, defect.field).cell)
        for defect in firm(lang, name, today=today).defects
    }


def spots(findings: Iterable[Finding]) -> set[Spot]:
    return {(finding.code, finding.place.table, finding.place.cell) for finding in findings}


# ── defects ──


@every_firm
def test_a_clean_firm_has_nothing_wrong(lang: Lang, name: str) -> None:
    assert check(facts(lang, name, clean=True)) == []


@every_firm
def test_every_defect_is_found_where_it_is_and_nothing_else(lang: Lang, name: str) -> None:
    found = facts(lang, name)
    findings = check(found)
    assert spots(findings) == seeded(found, lang, name)
    assert len(findings) == len(spots(findings))


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2028, 2, 29), date(2027, 7, 4)])
def test_on_any_day(today: date) -> None:
    found = facts("ru", "wholesale", today=today)
    assert spots(check(found)) == seeded(found, "ru", "wholesale", today)
    assert check(facts("en", "project-sales", clean=True, today=today)) == []


@every_firm
def test_about_three_records_in_a_hundred_have_a_defect(lang: Lang, name: str) -> None:
    tables = [table for table in facts(lang, name).base.book if SCHEMA[table.name].info.group != "settings"]
    assert 0.025 < len(firm(lang, name).defects) / sum(map(len, tables)) < 0.045


@every_firm
def test_a_defect_of_every_kind_is_there(lang: Lang, name: str) -> None:
    assert {defect.code for defect in firm(lang, name).defects} == set(RULES) - NO_TAB_CAN_SAY


def test_however_the_headers_are_written_and_ordered_the_same_is_found() -> None:
    """English headers in a Russian book, field codes as headers, columns in any order."""

    def places(found: Facts) -> set[tuple[str, str, int | None, str]]:
        return {(f.code, f.place.table, f.place.row, f.place.field) for f in check(found)}

    original = facts("ru", "wholesale")
    english = _rewritten(original.base.book, lambda table, code: fields(SCHEMA[table])[code].label.en)
    codes = _rewritten(original.base.book, lambda table, code: code)
    assert places(Facts(load(english), TODAY)) == places(original)
    assert places(Facts(load(codes), TODAY)) == places(original)


def _rewritten(source: Book, header: Callable[[str, str], str]) -> Book:
    """The book with other headers and its columns shuffled; the rules' rows speak of the headers, and stay."""
    sheets = []
    for sheet in source.sheets:
        table = next((table for table in source.tables if table.sheet is sheet), None)
        sheets.append(sheet if table is None else _shuffled(sheet, table.name, table.columns, header))
    return book(source.name, source.revision, sheets, recognise)


def _shuffled(sheet: Sheet, table: str, columns: Iterable[str], header: Callable[[str, str], str]) -> Sheet:
    order = list(range(len(sheet.rows[0])))
    Random(table).shuffle(order)
    first = [header(table, code) for code in columns]
    return replace(sheet, rows=[[row[at] for at in order] for row in [first, *sheet.rows[1:]]])


# ── a believable firm ──


@every_firm
def test_it_has_clients_in_all_stages_and_deals_in_all_theirs(lang: Lang, name: str) -> None:
    base = facts(lang, name, clean=True).base
    assert base.size("companies") >= 60
    assert set(base.values("companies", "stage")) == {choice.code for choice in COMPANY_STAGE.choices}
    assert set(base.values("deals", "stage")) == {choice.code for choice in DEAL_STAGE.choices}
    assert Counter(base.values("managers", "role"))["head"] == 1
    assert base.size("managers") == 4


@every_firm
def test_its_clients_stand_where_their_deals_put_them(lang: Lang, name: str) -> None:
    found = facts(lang, name, clean=True)
    stages = found.base.values("companies", "stage")
    assert [(typed, fact) for typed, fact in zip(stages, found.stage_fact, strict=True) if typed != fact] == []
    settled = [stage == "settled" for stage in found.base.values("deals", "stage")]
    assert settled == found.deals.settled


@every_firm
def test_it_looks_back_on_eighteen_months_and_not_ahead(lang: Lang, name: str) -> None:
    found = facts(lang, name, clean=True)
    moments = [at.date() for at in found.base.values("activities", "at") if isinstance(at, datetime)]
    assert max(moments) <= TODAY
    assert date(2025, 5, 1) <= min(moments) < date(2025, 9, 1)


@every_firm
def test_every_report_has_something_to_tell(lang: Lang, name: str) -> None:
    found = facts(lang, name, clean=True)
    companies = range(found.base.size("companies"))
    assert sum(found.silent(company, 2) for company in companies) >= 5
    assert set(found.abcd) == {"A", "B", "C", "D"}
    assert sum(found.debt) > 0
    assert any(days for days in found.overdue_days if days)
    closes = found.base.values("deals", "expected_close")
    pipeline = [day for deal, day in enumerate(closes) if found.deals.open(deal) and isinstance(day, date)]
    assert sum(day >= TODAY for day in pipeline) > sum(day < TODAY for day in pipeline) > 0
    orders = Counter(number for number in found.base.texts("deals", "order_no") if number)
    assert max(orders.values()) >= 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_app_makes_the_demo_book_and_it_reads_back_the_same(lang: Lang, tmp_path: Path) -> None:
    path = tmp_path / "demo.xlsx"
    wish = Wish(lang=lang, spoken="en", template="", demo=True, clean=False, as_of=TODAY)
    made = init(Address(str(path)), wish, datetime(2026, 11, 21, 9), dry_run=False)
    assert made.created
    found = Facts(load(open_workbook(path, recognise).read()), TODAY)
    assert spots(check(found)) == seeded(found, lang, "wholesale")
