"""Reports are found by their code or their word, and a firm may add its own."""

from importlib.metadata import EntryPoint, EntryPoints

import pytest

from sheetcrm.errors import UsageError
from sheetcrm.reports import registry
from sheetcrm.reports.registry import OURS, report_called, reports
from sheetcrm.reports.report import Entry, Question, Report
from sheetcrm.text import Label, msg, say
from tests.books import facts_of


def birthdays(question: Question) -> Report:
    """Who has a birthday."""
    return BIRTHDAYS.empty(question, msg("Nobody."))


BIRTHDAYS = Entry("R90", "birthdays", Label("Birthdays", "Дни рождения"), birthdays)
TWIN = Entry("R91", "Sales", Label("Our sales", "Наши продажи"), birthdays)


def plug_in(monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    points = EntryPoints([EntryPoint("own", target, registry.GROUP)])
    monkeypatch.setattr(registry, "entry_points", lambda group: points)


def test_codes_and_names_are_the_models() -> None:
    assert [(entry.code, entry.name) for entry in reports()] == [
        ("R01", "stages"),
        ("R05", "sales"),
        ("R07", "pipeline"),
        ("R09", "reactivation"),
        ("R12", "concentration"),
        ("R18", "quality"),
        ("R19", "board"),
    ]


@pytest.mark.parametrize("word", ["R09", "r09", "reactivation", " Reactivation "])
def test_a_report_is_found_by_code_or_name(word: str) -> None:
    assert report_called(word).code == "R09"


def test_a_slip_of_the_pen_gets_the_nearest_name() -> None:
    with pytest.raises(UsageError) as stop:
        report_called("reactivaton")
    assert stop.value.hint is not None
    assert say(stop.value.hint, "en") == "Did you mean reactivation?"


def test_a_strange_word_gets_all_names() -> None:
    with pytest.raises(UsageError) as stop:
        report_called("weather")
    assert stop.value.hint is not None
    assert "stages, sales, pipeline" in say(stop.value.hint, "en")


@pytest.mark.parametrize("entry", OURS, ids=lambda entry: entry.name)
def test_every_report_has_a_manual_and_a_short_title(entry: Entry) -> None:
    assert "Columns:" in entry.manual
    assert "Source:" in entry.manual
    assert max(map(len, entry.title)) <= 29


@pytest.mark.parametrize("entry", OURS, ids=lambda entry: entry.name)
def test_every_report_says_why_where_there_is_nothing(entry: Entry) -> None:
    report = entry.compute(Question(facts_of({"Companies": "Company ID | Name", "Deals": "Deal ID | Company"})))
    assert report.rows == ()
    assert say(report.reading, "en").endswith(".")


def test_a_firm_adds_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, f"{__name__}:BIRTHDAYS")
    assert report_called("birthdays").title == BIRTHDAYS.title


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (f"{__name__}:TWIN", "Two reports are called sales"),
        ("sheetcrm.tab:Tab", "is no report"),
        ("sheetcrm.nowhere:REPORT", "cannot be loaded"),
    ],
)
def test_what_cannot_be_added_is_said(monkeypatch: pytest.MonkeyPatch, target: str, said: str) -> None:
    plug_in(monkeypatch, target)
    with pytest.raises(UsageError, match=said):
        reports()
