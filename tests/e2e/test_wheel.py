"""The wheel holds all that the program needs: it is built, and run far from the checkout."""

import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from sheetcrm import __version__

ROOT = Path(__file__).parents[2]
SOURCES = ["setup.cfg", "setup.py", "pyproject.toml", "MANIFEST.in", "README.md", "LICENSE", "sheetcrm", "templates"]


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it; libraries come from ours, the checkout does not."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        else:
            shutil.copy(ROOT / name, source / name)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, cwd=source)
    home = folder / "venv"
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    (wheel,) = folder.glob("*.whl")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    library = next((home / "lib").glob("python*")) / "site-packages"
    # A path named in a .pth file is searched, but its own .pth files, our editable install among them, are not run.
    (library / "libraries.pth").write_text("\n".join(site.getsitepackages()), "utf-8")
    return home / "bin"


def test_the_program_tells_its_version(installed: Path, tmp_path: Path) -> None:
    assert __version__ in run(installed / "sheetcrm", "--version", cwd=tmp_path)
    assert __version__ in run(installed / "python", "-m", "sheetcrm", "--version", cwd=tmp_path)


def test_the_templates_and_the_russian_catalogue_are_inside(installed: Path, tmp_path: Path) -> None:
    code = (
        "from importlib.resources import files;"
        "print(len([f for f in files('sheetcrm.templates').iterdir() if f.name.endswith('.toml')]),"
        "files('sheetcrm').joinpath('locale/ru/LC_MESSAGES/sheetcrm.mo').is_file())"
    )
    templates = len(list((ROOT / "templates").glob("*.toml")))
    assert run(installed / "python", "-c", code, cwd=tmp_path).split() == [str(templates), "True"]


def test_a_book_is_made_by_it(installed: Path, tmp_path: Path) -> None:
    run(installed / "sheetcrm", "init", "demo.xlsx", "--demo", "--lang", "ru", cwd=tmp_path)
    assert (tmp_path / "demo.xlsx").stat().st_size > 0
