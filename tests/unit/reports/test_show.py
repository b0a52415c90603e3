"""A report as a tab and as JSON: the same numbers."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sheetcrm.reports.report import Report, ReportCell, ReportColumn, ReportRow
from sheetcrm.reports.show import tab_title, to_json, to_tab
from sheetcrm.tab import TITLE_LENGTH, Chart, Format, Look, Shown, units
from sheetcrm.text import Label, msg
from tests.books import TODAY, base_of

BASE = base_of(
    {
        "Our clients": """
        Company ID | Name | City
        C-000001   | Rose | Perm
        C-000002   | Lily |
        """
    }
)
REPORT = Report(
    "R99",
    "sample",
    Label("A sample", "Пример"),
    msg("Read it from left to right."),
    TODAY,
    (
        ReportColumn("company", Label("Company", "Компания")),
        ReportColumn("revenue", Label("Revenue", "Выручка"), Format.MONEY, "RUB", bars=True),
        ReportColumn("share", Label("Share", "Доля"), Format.PERCENT),
        ReportColumn("silent", Label("Silent", "Молчит"), Format.INTEGER, Label("days", "дн.")),
        ReportColumn("last", Label("Last", "Последняя"), Format.DATE),
    ),
    (
        ReportRow(("Perm", Decimal("2500315.63"), 0.1 + 0.2, 5, None), 0, Look.SUBTOTAL),
        ReportRow((ReportCell("Rose", Look.BAD, ("companies", 0)), Decimal("10.00"), None, 5, date(2026, 11, 1)), 1),
    ),
    totals=(ReportRow((Label("Total", "Итого"), Decimal("2500315.63"), 1.0, None, None)),),
    footer=(msg("P is {n} days.", n=Decimal("72.21")),),
    uses=(("companies", "city"), ("companies", "city"), ("deals", "amount")),
    figures={"p": 72.21},
    chart=Chart("bar", "", 0, (1,), 0, 1),
    condition="city = Perm",
)


def test_a_tab_has_all_that_the_report_says() -> None:
    tab = to_tab(REPORT, BASE, "en")
    assert tab.title == "▦ A sample"
    assert [row.values[0] for row in tab.lead] == [
        "A sample",
        "Read it from left to right.",
        "As of 2026-11-21 · filter: city = Perm · filled: Companies “City” 50 %",
    ]
    assert [(column.header, column.unit) for column in tab.columns][:4] == [
        ("Company", ""),
        ("Revenue", "RUB"),
        ("Share", ""),
        ("Silent", "days"),
    ]
    assert [(row.level, row.look) for row in tab.rows] == [(0, Look.SUBTOTAL), (1, Look.PLAIN), (0, Look.TOTAL)]
    assert tab.rows[0].values == ("Perm", Decimal("2500315.63"), Decimal("0.3"), 5, None)
    assert [row.values[0] for row in tab.footer] == ["P is 72.21 days."]
    assert tab.highlights[0].column == 1


def test_what_is_folded_is_a_group_of_its_own() -> None:
    columns = (ReportColumn("name", "Name"), ReportColumn("may", "May", folded=True))
    tab = to_tab(replace(REPORT, columns=columns, rows=(ReportRow(("a", 1), 1, folded=True),)), BASE, "en")
    assert [(column.level, column.collapsed) for column in tab.columns] == [(0, False), (1, True)]
    assert (tab.rows[0].level, tab.rows[0].folded) == (2, True)


def test_a_column_has_room_for_the_longest_word_of_its_header() -> None:
    tab = to_tab(replace(REPORT, columns=(ReportColumn("a", "Neighbourhoods of ours", width=8),)), BASE, "en")
    assert tab.columns[0].width > len("Neighbourhoods")


def test_a_cell_leads_to_the_row_of_its_record() -> None:
    cell = to_tab(REPORT, BASE, "en").rows[1].values[0]
    assert cell == Shown("Rose", Look.BAD, ("Our clients", "A2"))


def test_a_chart_without_a_title_bears_the_reports() -> None:
    chart = to_tab(REPORT, BASE, "ru").chart
    assert chart is not None
    assert chart.title == "Пример"


def test_json_has_the_same_numbers_without_noise() -> None:
    told = to_json(REPORT, BASE, "ru")
    assert told["title"] == "Пример"
    assert told["as_of"] == "2026-11-21"
    columns = told["columns"]
    assert isinstance(columns, list)
    assert columns[3] == {"key": "silent", "label": "Молчит", "type": "integer", "unit": "days"}
    assert told["rows"] == [
        {"level": 0, "company": "Perm", "revenue": 2500315.63, "share": 0.3, "silent": 5, "last": None},
        {"level": 1, "company": "Rose", "revenue": 10, "share": None, "silent": 5, "last": "2026-11-01"},
    ]
    assert told["totals"] == [
        {"level": 0, "company": "Итого", "revenue": 2500315.63, "share": 1, "silent": None, "last": None}
    ]
    assert told["figures"] == {"p": 72.21}
    assert "2500315.63" in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize(
    ("title", "tab"),
    [
        ("Sales", "▦ Sales"),
        ("Who: a/b [c]?", "▦ Who a b c"),
        ("A title that is much too long for a sheet", "▦ A title that is much ·e2f2"),
        ("W" * 40, "▦ WWWWWWWWWWWWWWWWWWWWWWW ·9ae1"),
        ("The head's'", "▦ The head's"),
        ("Who\x07\ud800?", "▦ Who"),
        ("😀" * 14, "▦ " + "😀" * 14),
        ("😀" * 16, "▦ " + "😀" * 11 + " ·5273"),
    ],
)
def test_a_title_is_one_that_a_sheet_can_bear(title: str, tab: str) -> None:
    report = Report("R99", "sample", Label(title, title), msg("Read it."), TODAY, (), ())
    assert tab_title(report, "en") == tab
    assert units(tab) <= TITLE_LENGTH


def test_cut_titles_of_different_reports_differ() -> None:
    titles = [
        "Deals – Territory, Manager, Company",
        "Deals – Territory, Manager × Company",
        "Deals – Territory, Manager, Stage",
    ]
    reports = [Report("pivot", "pivot", Label(one, one), msg("Read it."), TODAY, (), ()) for one in titles]
    tabs = [tab_title(report, "en") for report in reports]
    assert len({*tabs}) == 3
    assert tabs == [tab_title(report, "en") for report in reports]
    assert all(tab.startswith("▦ Deals – Territory ·") and len(tab) <= 31 for tab in tabs)
