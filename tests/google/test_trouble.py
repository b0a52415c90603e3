"""Faults, quotas, edits by a person, and the log that counts it all; over HTTP, as a client meets them."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import gspread
import pytest
import requests
from gspread.exceptions import APIError

from tests.google.local import Served


@pytest.fixture
def tab(client: gspread.Client) -> gspread.Worksheet:
    tab = client.create("Clients").sheet1
    tab.update([["before"]])
    return tab


def write(tab: gspread.Worksheet, text: str = "after") -> Any:
    return tab.update([[text]])


@pytest.mark.parametrize(
    ("kind", "code", "applied"),
    [
        ("429", 429, False),
        ("503-before", 503, False),
        ("503-after", 503, True),
        ("403", 403, False),
        ("403-disabled", 403, False),
    ],
)
def test_a_refusal_before_or_after_applying(
    served: Served, tab: gspread.Worksheet, kind: str, code: int, applied: bool
) -> None:
    served.control("POST", "faults", kind=kind, method="PUT")
    with pytest.raises(APIError) as refused:
        write(tab)
    assert refused.value.code == code
    assert tab.acell("A1").value == ("after" if applied else "before")
    write(tab, "again")
    assert tab.acell("A1").value == "again"


def test_an_api_that_is_not_switched_on_names_the_project(served: Served, tab: gspread.Worksheet) -> None:
    served.control("POST", "faults", kind="403-disabled", method="PUT")
    with pytest.raises(APIError, match="has not been used in project 1 before or it is disabled") as refused:
        write(tab)
    assert refused.value.error["details"][0]["reason"] == "SERVICE_DISABLED"


def test_answers_bear_the_time_of_the_clock_that_a_test_puts_forward(served: Served) -> None:
    def told() -> datetime:
        return parsedate_to_datetime(requests.get(f"{served.url}/_test/log", timeout=9).headers["Date"])

    before = told()
    served.control("POST", "clock", advance=3600)
    assert told() - before >= timedelta(hours=1)


def test_a_token_refused_once_is_renewed_by_googles_own_library(served: Served, tab: gspread.Worksheet) -> None:
    served.control("POST", "faults", kind="401", method="PUT")
    write(tab)
    assert tab.acell("A1").value == "after"
    assert served.counts()["token"] == 2


@pytest.mark.parametrize(("kind", "applied"), [("drop-before", False), ("drop-after", True)])
def test_a_dropped_connection(served: Served, tab: gspread.Worksheet, kind: str, applied: bool) -> None:
    served.control("POST", "faults", kind=kind, method="PUT")
    with pytest.raises(requests.ConnectionError):
        write(tab)
    assert tab.acell("A1").value == ("after" if applied else "before")


@pytest.mark.parametrize(("kind", "applied"), [("html-502", False), ("html-502-after", True)])
def test_a_page_instead_of_json(served: Served, tab: gspread.Worksheet, kind: str, applied: bool) -> None:
    served.control("POST", "faults", kind=kind, method="PUT")
    with pytest.raises(APIError, match="502"):
        write(tab)
    assert tab.acell("A1").value == ("after" if applied else "before")


def test_a_hang_outlasts_the_clients_patience_and_is_applied_all_the_same(
    served: Served, tab: gspread.Worksheet
) -> None:
    served.control("POST", "faults", kind="hang", method="PUT", seconds=60)
    tab.client.set_timeout(0.1)
    with pytest.raises(requests.Timeout):
        write(tab)
    tab.client.set_timeout(None)
    served.control("DELETE", "faults")
    assert all_answered(served)
    assert tab.acell("A1").value == "after"


def all_answered(served: Served) -> bool:
    """Whether each call came to its end; the last may need a few looks."""
    looks = (served.control("GET", "log")["calls"] for _ in range(500))
    return any(all(call["status"] for call in calls) for calls in looks)


def test_retry_after_is_told_when_asked_for(served: Served, tab: gspread.Worksheet) -> None:
    served.control("POST", "faults", kind="429", retryAfter=7)
    served.control("POST", "faults", kind="429")
    told = []
    for _ in range(2):
        with pytest.raises(APIError) as refused:
            tab.get()
        told.append(refused.value.response.headers.get("Retry-After"))
    assert told == ["7", None]


def test_faults_are_counted_skipped_and_matched(served: Served, tab: gspread.Worksheet) -> None:
    served.control("POST", "faults", kind="429", path="/values/", times=2, skip=1)
    outcomes = []
    for _ in range(4):
        try:
            tab.get()
            outcomes.append(200)
        except APIError as error:
            outcomes.append(error.code)
    assert outcomes == [200, 429, 429, 200]
    assert served.control("GET", "faults") == {"faults": [], "edits": []}


def test_for_ever_lasts_until_it_is_called_off(served: Served, tab: gspread.Worksheet) -> None:
    served.control("POST", "faults", kind="503-before", times=None)
    for _ in range(3):
        with pytest.raises(APIError, match="currently unavailable"):
            tab.get()
    served.control("DELETE", "faults")
    assert tab.get() == [["before"]]


def test_an_expired_refresh_token(served: Served) -> None:
    served.control("POST", "faults", kind="invalid-grant", path="/token")
    form = {"grant_type": "refresh_token", "refresh_token": "x"}
    told = requests.post(f"{served.url}/token", data=form, timeout=9)
    assert told.json() == {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}


def test_a_quota_of_a_minute(served: Served, tab: gspread.Worksheet) -> None:
    served.control("POST", "quota", reads=2)
    tab.get()
    tab.get()
    with pytest.raises(APIError, match="Quota exceeded for quota metric 'Read requests'") as refused:
        tab.get()
    assert refused.value.error["status"] == "RESOURCE_EXHAUSTED"
    write(tab)
    served.control("POST", "clock", advance=61)
    tab.get()


@pytest.mark.parametrize(("when", "seen"), [("before", "person"), ("after", "before")])
def test_a_person_edits_around_the_second_read(served: Served, tab: gspread.Worksheet, when: str, seen: str) -> None:
    rows = [{"values": [{"userEnteredValue": {"stringValue": "person"}}]}]
    edit = {"updateCells": {"start": {}, "rows": rows, "fields": "*"}}
    served.control(
        "POST",
        "edits",
        spreadsheetId=tab.spreadsheet_id,
        requests=[edit],
        when=when,
        call=2,
        method="GET",
        path="/values",
    )
    assert [tab.acell("A1").value for _ in range(3)] == ["before", seen, "person"]


@pytest.mark.parametrize("asked", [{"kind": "418"}, {"kind": "429", "metod": "GET"}])
def test_a_control_that_makes_no_sense_is_refused(served: Served, asked: dict[str, Any]) -> None:
    assert requests.post(f"{served.url}/_test/faults", json=asked, timeout=9).status_code == 400
    assert requests.post(f"{served.url}/_test/nonsense", json=asked, timeout=9).status_code == 404


def test_the_log_tells_each_call_and_no_secret(served: Served, tab: gspread.Worksheet) -> None:
    served.control("DELETE", "log")
    tab.freeze(1)
    tab.get()
    log = served.control("GET", "log")
    update, read = log["calls"]
    assert (update["api"], update["kind"]) == ("sheets.spreadsheets.batchUpdate", "write")
    assert update["requests"] == ["updateSheetProperties"]
    assert (read["api"], read["kind"], read["status"]) == ("sheets.spreadsheets.values.get", "read", 200)
    assert log["counts"]["reads"] == log["counts"]["writes"] == 1
    assert log["counts"]["requestBytes"] > 0
    assert log["counts"]["responseBytes"] > 0
    assert "ya29" not in str(log)
    assert "Bearer" not in str(log)
