"""Manuals of reports and task rules are read in either language, a task rule's with its script."""

import json
import re

import pytest

from sheetcrm.app.explaining import explain
from sheetcrm.cli.program import run
from sheetcrm.reports.manuals_ru import PROSE as REPORTS_RU
from sheetcrm.reports.registry import OURS
from sheetcrm.tasks.manuals_ru import PROSE as TASKS_RU
from sheetcrm.tasks.registry import RULES
from sheetcrm.text import LANGUAGES

NAMES = re.compile(r"\b[A-Z]+-?\d+\b|\b[a-z]+_\w+")
"""What no translation changes: requirements, codes, and the keys of columns and settings."""


def test_every_report_has_a_russian_manual_and_none_is_left_over() -> None:
    assert set(REPORTS_RU) == {entry.code for entry in OURS}


def test_every_task_rule_has_a_russian_manual_and_none_is_left_over() -> None:
    assert set(TASKS_RU) == set(RULES)


@pytest.mark.parametrize("code", [*REPORTS_RU, *TASKS_RU])
def test_the_russian_manual_names_the_same_sources_columns_and_settings(code: str) -> None:
    english, russian = (set(NAMES.findall(explain(code, lang).text)) for lang in LANGUAGES)
    assert english == russian


def test_a_task_rule_tells_what_to_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "T04", "--lang", "en"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "What to say Call first, before the client does." in out
    assert run(["explain", "T04", "--lang", "ru", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["script"].startswith("Позвоните первыми")
