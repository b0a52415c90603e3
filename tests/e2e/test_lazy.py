"""What each command loads: a help screen needs no library, and a check neither the counting nor the writing ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LISTING = """
import sys
from sheetcrm.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""

COUNTING = {"pandas", "numpy"}
WRITING = {"openpyxl", "xlsxwriter"}
NETWORK = {"gspread", "google"}
SCREEN = {"rich"}
RECORDS = {"pydantic", "python_calamine", "lxml", "phonenumbers", "dateutil", "rapidfuzz"}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo book without a fault, brought up to date."""
    book = tmp_path_factory.mktemp("lazy") / "clean.xlsx"
    for words in (["init", str(book), "--demo", "--clean"], ["update", str(book)]):
        subprocess.run([sys.executable, "-m", "sheetcrm", *words], check=True, capture_output=True)
    return book


def loaded(*args: str) -> set[str]:
    """The packages that a call of the program loads, in a process of its own."""
    ran = subprocess.run([sys.executable, "-c", LISTING, *args], capture_output=True, text=True, check=True)
    return set(ran.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("args", [("--help",), ("--version",), ("--help", "--lang", "ru")])
def test_the_first_screen_loads_no_library_but_click(args: tuple[str, ...]) -> None:
    found = loaded(*args)
    assert "click" in found
    assert found.isdisjoint(COUNTING | WRITING | NETWORK | SCREEN | RECORDS)


@pytest.mark.parametrize(
    "command", ["validate", "update", "report", "pivot", "tasks", "init", "enable", "explain", "auth", "doctor"]
)
def test_a_command_s_own_help_loads_neither_counting_nor_writing(command: str) -> None:
    assert loaded(command, "--help").isdisjoint(COUNTING | WRITING | NETWORK)


def test_checking_a_sound_book_loads_neither_counting_nor_writing(clean: Path) -> None:
    found = loaded("validate", str(clean))
    assert "python_calamine" in found
    assert found.isdisjoint(COUNTING | WRITING | NETWORK)


def test_examining_a_file_loads_nothing_of_google_s(clean: Path) -> None:
    assert loaded("doctor", str(clean)).isdisjoint(COUNTING | NETWORK)


def test_only_a_pivot_counts_with_pandas(clean: Path) -> None:
    assert loaded("report", str(clean), "stages", "--dry-run").isdisjoint(COUNTING)
    assert "pandas" in loaded("pivot", str(clean), "--rows", "stage", "--dry-run")
