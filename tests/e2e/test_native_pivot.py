"""`pivot --native` in the hands of an office program: LibreOffice counts it anew and comes to our figures."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from sheetcrm.cli.program import run
from tests.lossless.faults import faults
from tests.lossless.opened import opened

QUESTIONS = {
    "nested": ("--rows", "territory,manager", "--cols", "delivered_on:month", "--values", "sum:amount,count"),
    "figures": ("--rows", "manager,deal_stage", "--values", "sum:amount,count,share,avg:amount"),
    "one figure": ("--rows", "stage", "--cols", "manager"),
    "deep": ("--rows", "product", "--cols", "deal_stage,need_date:year", "--values", "sum:delivered_qty"),
}
LANGUAGES = ("en", "ru")

_EVERY_TAB_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
_VALUE = re.compile(rb"<v>[^<]*</v>")


class Answer(NamedTuple):
    """What `pivot --native` told, and the tab of the native pivot as LibreOffice counted it, row by row."""

    told: Mapping[str, Any]
    cells: Sequence[Sequence[str]]


@pytest.fixture(scope="module")
def answers(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], Answer]:
    """The answers in both languages; the figures that we wrote into the pivots' tabs are blotted out before."""
    folder = tmp_path_factory.mktemp("native")
    told = {(lang, name): ask(folder / f"{lang}.xlsx", lang, words) for lang in LANGUAGES for name, words in
            QUESTIONS.items()}  # fmt: skip
    books = [folder / f"{lang}.xlsx" for lang in LANGUAGES]
    for book in books:
        blot_out(book, {answer["native"]["tab"] for answer in told.values()})
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", _EVERY_TAB_AS_CSV, "--outdir", str(folder), *map(str, books)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {
        (lang, name): Answer(answer, table(folder / f"{lang}-{answer['native']['tab']}.csv"))
        for (lang, name), answer in told.items()
    }


def ask(book: Path, lang: str, words: Sequence[str]) -> dict[str, Any]:
    """What the command tells as JSON; the book is made where there is none yet."""
    if not book.exists():
        assert run(["init", str(book), "--demo", "--lang", lang, "-q"]) == 0
    with redirect_stdout(StringIO()) as printed:
        assert run(["pivot", str(book), *words, "--native", "--format", "json"]) == 0
    told: dict[str, Any] = json.loads(printed.getvalue())
    return told


def blot_out(book: Path, titles: set[str]) -> None:
    """Put 0 into every number cell of these tabs, so that figures read later were counted by somebody else."""
    package = opened(book.read_bytes())
    parts = {sheet.part for sheet in package.sheets if sheet.title in titles}
    assert parts
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name, content in package.parts.items():
            target.writestr(name, _VALUE.sub(b"<v>0</v>", content) if name in parts else content)
    book.write_bytes(buffer.getvalue())


def table(path: Path) -> list[list[str]]:
    return list(csv.reader(StringIO(path.read_text("utf-8"))))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo book, not to be changed."""
    book = tmp_path_factory.mktemp("demo") / "clients.xlsx"
    assert run(["init", str(book), "--demo", "-q", "--lang", "en"]) == 0
    return book


def test_a_book_of_its_own_holds_the_three_tabs_and_the_base_is_not_touched(demo: Path, tmp_path: Path) -> None:
    before, out = demo.read_bytes(), tmp_path / "pivot.xlsx"
    assert run(["pivot", str(demo), "--rows", "manager", "--native", "--out", str(out), "-q"]) == 0
    package = opened(out.read_bytes())
    titles = [sheet.title for sheet in package.sheets]
    assert titles == ["▦ Companies – Manager", "▦ Companies – Manager · pivot", "▦ Companies – Manager · data"]
    assert list(faults(package)) == []
    assert demo.read_bytes() == before


def test_a_second_run_leaves_one_pivot_and_the_next_question_adds_its_own(demo: Path, tmp_path: Path) -> None:
    book = tmp_path / "clients.xlsx"
    book.write_bytes(demo.read_bytes())
    for rows, pivots in (("manager", 1), ("manager", 1), ("stage", 2)):
        assert run(["pivot", str(book), "--rows", rows, "--native", "-q"]) == 0
        package = opened(book.read_bytes())
        assert sum(part.startswith("xl/pivotTables/pivotTable") for part in package.parts) == pivots
        assert list(faults(package)) == []


def test_each_question_of_the_same_rows_has_a_tab_that_only_it_replaces(demo: Path, tmp_path: Path) -> None:
    book = tmp_path / "clients.xlsx"
    book.write_bytes(demo.read_bytes())
    questions = ((), ("--values", "sum:turnover"), ("--where", 'city="Leeds"'))
    first = [only_tab(book, words) for words in questions]
    assert len(set(first)) == 3
    before = titles_of(book)
    assert set(first) <= set(before)
    assert only_tab(book, questions[2]) == first[2]
    assert titles_of(book) == before


def only_tab(book: Path, words: Sequence[str]) -> str:
    """The one tab that a pivot by managers is written to; the book's other tabs stay."""
    before = set(titles_of(book))
    with redirect_stdout(StringIO()) as printed:
        assert run(["pivot", str(book), "--rows", "manager", *words]) == 0
    (title,) = (title for title in titles_of(book) if f" {title}." in printed.getvalue())
    assert set(titles_of(book)) == before | {title}
    return title


def titles_of(book: Path) -> list[str]:
    return [sheet.title for sheet in opened(book.read_bytes()).sheets]


@pytest.mark.parametrize(
    ("words", "code"), [(("--values", "distinct:city"), 2), (("--cols", "manager"), 2), (("--dry-run",), 0)]
)
def test_what_is_refused_or_only_tried_writes_nothing(demo: Path, words: tuple[str, ...], code: int) -> None:
    before = demo.read_bytes()
    assert run(["pivot", str(demo), "--rows", "manager", "--native", *words, "-q"]) == code
    assert demo.read_bytes() == before


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", QUESTIONS)
def test_libreoffice_comes_to_our_figures(answers: Mapping[tuple[str, str], Answer], lang: str, name: str) -> None:
    told, cells = answers[lang, name]
    (report,) = told["reports"]
    names = [column["label"] for column in report["columns"]][: len(QUESTIONS[name][1].split(","))]
    labels = len(names)
    keys = [column["key"] for column in report["columns"]][labels:]
    ours = [[row[key] for key in keys] for row in (*report["rows"], *report["totals"])]
    theirs = [[figure(cell) for cell in row[labels : labels + len(keys)]] for row in body(cells, names)]
    assert len(ours) > 5
    assert theirs == [[pytest.approx(value, rel=1e-9) if value else None for value in row] for row in ours]


def body(cells: Sequence[Sequence[str]], names: Sequence[str]) -> Sequence[Sequence[str]]:
    """The lines below the header, whose last line names what tells rows apart."""
    head = next(at for at, row in enumerate(cells) if list(row[: len(names)]) == names)
    return [row for row in cells[head + 1 :] if any(row)]


def figure(cell: str) -> float | None:
    """A figure as it was counted; nothing for none of it."""
    number = float(cell.removesuffix("%") or 0)
    return (number / 100 if cell.endswith("%") else number) or None
