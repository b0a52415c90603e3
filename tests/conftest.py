"""What every test shares: how Hypothesis runs, golden files, and what a machine may lack."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

GOLDEN = Path(__file__).parent / "golden"
IN_CI = os.environ.get("CI") == "true"

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if IN_CI else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with `tests/golden/NAME`, or writes it there under `--update-golden`."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8")

    return compare


def left_out(reason: str) -> NoReturn:
    """The test is left out and says why; in CI, which leaves nothing out, it fails."""
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


def program(name: str, package: str) -> str:
    """The path of a program that the test runs."""
    return shutil.which(name) or left_out(f"needs the program {name!r} (Debian: apt-get install {package})")


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice, which opens, recalculates and draws our books."""
    return program("soffice", "libreoffice-calc")


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    """Poppler's renderer: a PDF page as a picture."""
    return program("pdftoppm", "poppler-utils")


@pytest.fixture(scope="session")
def cdnow_master() -> Path:
    """The purchases of all 23 570 CDNOW clients, fetched by `.ci/run`."""
    path = os.environ.get("CDNOW_MASTER")
    return (
        Path(path) if path else left_out("needs CDNOW_MASTER, the path of CDNOW_master.txt (package lifetimes 0.11.3)")
    )
