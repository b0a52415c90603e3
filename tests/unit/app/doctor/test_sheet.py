"""What the doctor says of a Google Sheet as it was seen."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from sheetcrm.app.doctor.check import Check
from sheetcrm.app.doctor.sheet import sheet as checks_of
from sheetcrm.schema.tables import recognise
from sheetcrm.table import Book, Sheet, book
from sheetcrm.text import say
from sheetcrm.workbook.google.connection.client import connect
from sheetcrm.workbook.google.connection.endpoint import find_endpoint
from sheetcrm.workbook.google.examining import Visit
from sheetcrm.workbook.google.seeing import Seen, Source
from sheetcrm.workbook.google.standing import Standing, TabState
from tests.books import book_of, sheet

MOMENT = datetime(2026, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=3)))
COMPANIES = """
    Company ID | Name
    C-000001   | Rose
"""


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A client is made, though nothing is sent."""
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def said(found: Book | None = None, **about: Any) -> dict[str, Check]:
    """The checks of a book with these protected ranges, that locale, time zone and number of rows."""
    found = found or book_of({"Companies": COMPANIES, "▦ Check": "Code | Finding"})
    message = {"protectedRanges": about["protected"]} if "protected" in about else {}
    tabs = {
        tab.title: TabState(tab.title, at, at, about.get("rows", 100), 10, message=message if at == 0 else {})
        for at, tab in enumerate(found.sheets)
    }
    standing = Standing("1AbC", "Clients", about.get("locale", "en_GB"), about.get("zone", "Europe/Moscow"), tabs)
    client = connect(find_endpoint("127.0.0.1:1", {}))
    visit = Visit(Seen(Source(client, "1AbC", recognise), found, standing), 12_345)
    return {check.name: check for check in checks_of(visit, MOMENT)}


def test_a_sound_sheet_is_all_right() -> None:
    checks = said()
    assert {check.state for check in checks.values()} == {"ok"}
    assert checks["size"].facts == {"cells": 2000, "most": 10_000_000, "bytes": 12_345}
    assert checks["tables"].facts == {"ours": True, "tables": {"Companies": 1}}
    assert checks["tabs"].facts == {"generated": ["▦ Check"], "own": [], "hidden": []}


def test_that_nobody_can_tell_whether_we_may_write_is_said() -> None:
    check = said()["writing"]
    assert check.facts["may_write"] is None
    assert "only when it does" in say(check.told, "en")


def test_who_may_edit_a_protected_range_may_write() -> None:
    assert said(protected=[{"range": {}, "requestingUserCanEdit": True}])["writing"].facts["may_write"] is True


@pytest.mark.parametrize(
    ("area", "address"), [({}, "Companies"), ({"startRowIndex": 1, "startColumnIndex": 2}, "Companies!C2")]
)
def test_a_table_that_is_protected_from_us_is_wrong(area: dict[str, int], address: str) -> None:
    check = said(protected=[{"range": area}])["writing"]
    assert check.state == "wrong"
    assert check.facts["protected"] == [address]


def test_a_protection_that_only_warns_is_in_nobody_s_way() -> None:
    assert said(protected=[{"range": {}, "warningOnly": True}])["writing"].state == "ok"


def test_a_protected_tab_that_no_command_writes_into_is_in_nobody_s_way() -> None:
    notes = replace(sheet("My notes", "what | when\nflowers | May"), protected=True)
    found = book("Clients", "1", [notes, sheet("Companies", COMPANIES)], recognise)
    assert said(found, protected=[{"range": {}}])["writing"].state == "ok"


@pytest.mark.parametrize(("locale", "state"), [("en_US", "ok"), ("ru_RU", "look"), ("", "look")])
def test_the_locale_goes_with_the_language(locale: str, state: str) -> None:
    assert said(locale=locale)["locale"].state == state


@pytest.mark.parametrize(
    ("zone", "state"),
    [("Europe/Moscow", "ok"), ("Europe/Minsk", "ok"), ("Asia/Vladivostok", "look"), ("Nowhere/Land", "ok"), ("", "ok")],
)
def test_a_time_zone_is_another_where_its_clocks_are(zone: str, state: str) -> None:
    assert said(zone=zone)["time_zone"].state == state


def test_the_difference_of_time_zones_is_told() -> None:
    told = say(said(zone="America/St_Johns")["time_zone"].told, "en")
    assert "America/St_Johns (UTC-03:30), and this computer's is UTC+03:00" in told


def test_a_sheet_that_is_nearly_full_is_named() -> None:
    assert said(rows=450_000)["size"].state == "look"


def test_a_merged_cell_in_a_table_is_in_the_way() -> None:
    merged = Sheet("Companies", sheet("Companies", COMPANIES).rows, merged=(((2, 0), (2, 1)),))
    check = said(book("Clients", "1", [merged], recognise))["obstacle"]
    assert check.state == "look"
    assert "merged" in say(check.told, "en")


def test_a_list_that_is_not_ours_has_nothing_in_the_way() -> None:
    merged = replace(sheet("List", "Firm | Phone\nRose | 123"), merged=(((2, 0), (2, 1)),))
    checks = said(book("List", "1", [merged], recognise))
    assert checks["tables"].facts["ours"] is False
    assert "obstacle" not in checks


def test_a_blank_sheet_is_told_how_to_begin() -> None:
    checks = said(book("Clients", "0", [Sheet("Sheet1", ())], recognise))
    assert say(checks["tables"].told, "en") == "The sheet is blank."
    assert "locale" not in checks
